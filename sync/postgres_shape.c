/* postgres_shape - rows as another table would hold them, as a query */
#include "sync/postgres.h"

#include <string.h>

#include "sql/quote.h"

#define D DIALECT_POSTGRES

const struct column *
postgres_old_column(const struct table *old, const struct column *c)
{
	for (size_t i = 0; i < old->columns.n; i++)
		if (!strcmp(old->columns.v[i]->name, c->name))
			return old->columns.v[i];
	for (size_t i = 0; i < c->was.n; i++)
		for (size_t k = 0; k < old->columns.n; k++)
			if (!strcmp(old->columns.v[k]->name, c->was.v[i]))
				return old->columns.v[k];
	return NULL;
}

/* The column of the new table that the old one becomes, or NULL. */
static const struct column *
becomes(
    const struct table *old, const struct table *new, const struct column *was)
{
	for (size_t i = 0; i < new->columns.n; i++)
		if (postgres_old_column(old, new->columns.v[i]) == was)
			return new->columns.v[i];
	return NULL;
}

static bool
has_column(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (!strcmp(t->columns.v[i]->name, name))
			return true;
	return false;
}

/* The old rows under the new names: .backfill and .using read these. */
static void
add_renamed(struct buf *b, const struct table *old, const struct table *new)
{
	size_t n = 0;

	buf_puts(b, "(SELECT ");
	for (size_t i = 0; i < old->columns.n; i++) {
		const struct column *was = old->columns.v[i];
		const struct column *is = becomes(old, new, was);

		/* what goes has given its name away before */
		if (!is && has_column(new, was->name))
			continue;
		buf_puts(b, n++ ? ", " : "");
		sql_ident(b, D, was->name);
		buf_puts(b, " AS ");
		sql_ident(b, D, is ? is->name : was->name);
	}
	buf_puts(b, " FROM ");
	sql_qualified(b, D, old->schema, old->name);
	buf_puts(b, ") AS ");
	sql_ident(b, D, new->name);
}

static bool
is_same_type(const struct column *a, const struct column *b)
{
	return !strcmp(a->type, b->type);
}

/* Adds what the new column holds before anything is computed. */
static void
add_value(struct buf *b, const struct table *old, const struct column *c)
{
	const struct column *was = postgres_old_column(old, c);
	bool fills = column_fills(was, c);

	buf_puts(b, "CAST(");
	buf_puts(b, was && fills ? "coalesce(" : "");
	if (was && c->conversion.text && !is_same_type(was, c))
		buf_fmt(b, "(%s)", c->conversion.text);
	else if (was)
		sql_ident(b, D, c->name);
	if (was && fills)
		buf_fmt(b, ", %s)", c->backfill.text);
	else if (!was)
		buf_puts(b, fills                   ? c->backfill.text
			    : c->default_value.text ? c->default_value.text
						    : "NULL");
	buf_fmt(b, " AS %s)", c->type);
	if (c->collation) {
		buf_puts(b, " COLLATE ");
		sql_ident(b, D, c->collation);
	}
	buf_puts(b, " AS ");
	sql_ident(b, D, c->name);
}

/* A column that is computed now as it was is read, not computed. */
static bool
is_computed(const struct table *old, const struct column *c)
{
	const struct column *was = postgres_old_column(old, c);

	return c->generated.text &&
	       !(was && expr_equal(&was->generated, &c->generated));
}

static void
add_plain(struct buf *b, const struct table *old, const struct table *new)
{
	size_t n = 0;

	buf_puts(b, "(SELECT ");
	for (size_t i = 0; i < new->columns.n; i++) {
		const struct column *c = new->columns.v[i];
		const struct column *was = postgres_old_column(old, c);

		if (is_computed(old, c))
			continue;
		buf_puts(b, n++ ? ", " : "");
		if (was && is_same_type(was, c) && !column_fills(was, c))
			sql_ident(b, D, c->name);
		else
			add_value(b, old, c);
	}
	buf_puts(b, " FROM ");
	add_renamed(b, old, new);
	buf_puts(b, ") AS ");
	sql_ident(b, D, new->name);
}

void
postgres_shape(struct arena *a, struct buf *b, const struct table *old,
    const struct table *new)
{
	struct buf inner = { 0 }, computed = { 0 };
	const char *below;

	add_plain(&inner, old, new);
	for (size_t i = 0; i < new->columns.n; i++) {
		const struct column *c = new->columns.v[i];

		if (!is_computed(old, c))
			continue;
		buf_fmt(&computed, ", (%s) AS ", c->generated.text);
		sql_ident(&computed, D, c->name);
	}
	if (computed.len) { /* none is computed of another */
		below = arena_strndup(a, inner.s, inner.len);
		buf_cut(&inner, 0);
		buf_fmt(&inner, "(SELECT *%s FROM %s) AS ", computed.s, below);
		sql_ident(&inner, D, new->name);
	}
	buf_puts(b, inner.s);
	buf_release(&inner);
	buf_release(&computed);
}
