/* postgres_shape - rows as another table would hold them, as a query */
#include "sync/postgres.h"

#include <string.h>

#include "sql/quote.h"
#include "sync/shape.h"

#define D DIALECT_POSTGRES

/* The old rows under the new names: .backfill and .using read these. */
static void
add_renamed(struct buf *b, const struct table *old, const struct table *new)
{
	size_t n = 0;

	buf_puts(b, "(SELECT ");
	for (size_t i = 0; i < old->columns.n; i++) {
		const struct column *was = old->columns.v[i];
		const struct column *is = shape_becomes(D, old, new, was);

		/* what goes has given its name away before */
		if (!is && shape_has_column(D, new, was->name))
			continue;
		buf_puts(b, n++ ? ", " : "");
		sql_ident(b, D, was->name);
		buf_puts(b, " AS ");
		sql_ident(b, D, is ? is->name : was->name);
	}
	buf_puts(b, " FROM ");
	postgres_rows_of(b, old);
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
	const struct column *was = shape_old_column(D, old, c);
	bool fills = column_fills(was, c);

	buf_puts(b, "CAST(");
	buf_puts(b, was && fills ? "coalesce(" : "");
	if (was && column_more(c)->conversion.text && !is_same_type(was, c))
		buf_fmt(b, "(%s)", column_more(c)->conversion.text);
	else if (was)
		sql_ident(b, D, c->name);
	if (was && fills)
		buf_fmt(b, ", %s)", column_more(c)->backfill.text);
	else if (!was)
		buf_puts(b, fills ? column_more(c)->backfill.text
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

static void
add_plain(struct buf *b, const struct table *old, const struct table *new)
{
	size_t n = 0;

	buf_puts(b, "(SELECT ");
	for (size_t i = 0; i < new->columns.n; i++) {
		const struct column *c = new->columns.v[i];
		const struct column *was = shape_old_column(D, old, c);

		if (shape_is_computed(D, old, c))
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
postgres_rows_of(struct buf *b, const struct table *t)
{
	buf_puts(b, t->has_heirs && !t->far_heirs ? "ONLY " : "");
	sql_qualified(b, D, t->schema, t->name);
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

		if (!shape_is_computed(D, old, c))
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
