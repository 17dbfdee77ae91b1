/* postgres_exchange - an enum type loses values while others work
 *
 * A value of an enum type cannot be taken away, so another type takes over. To
 * cast its column writes every row while everybody waits; so the column gets
 * the new type as any other (postgres_copy.c), under a name that nobody knows,
 * in the schema of deesse's own. Once it stands, the old type goes, for nothing
 * has it any more, and the new one gets its name.
 */
#include "transpile/ddl.h"

#include <string.h>

#include "base/text.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

struct user {
	const struct table *table;
	const struct column *column;
	size_t n;
};

static void
find_user(const struct schema *s, const struct enum_type *e, struct user *u)
{
	for (size_t i = 0; i < s->tables.n; i++)
		for (size_t k = 0; k < s->tables.v[i]->columns.n; k++) {
			const struct column *c = s->tables.v[i]->columns.v[k];

			if (!c->enum_type || strcmp(c->enum_type, e->name) != 0)
				continue;
			u->table = s->tables.v[i];
			u->column = c;
			u->n++;
		}
}

static bool
renames(const struct enum_type *old, const struct enum_type *new)
{
	for (size_t i = 0; i < old->labels.n; i++)
		if (strcmp(enum_label_now(old, new, old->labels.v[i]),
			old->labels.v[i]) != 0)
			return true;
	return false;
}

/* What compares it with a value says so in words of the old type. */
static bool
is_compared(const struct table *t, const struct column *c)
{
	for (size_t i = 0; i < t->constraints.n; i++)
		if (t->constraints.v[i]->kind == CONSTRAINT_CHECK &&
		    constraint_mentions(D, t->constraints.v[i], c->name))
			return true;
	for (size_t i = 0; i < t->indexes.n; i++) {
		const struct index *x = t->indexes.v[i];

		if (!index_mentions(D, x, c->name))
			continue;
		if (x->where.text)
			return true;
		for (size_t k = 0; k < x->parts.n; k++)
			if (!x->parts.v[k].column)
				return true;
	}
	return false;
}

/* The same of a column, to be named when its type is. */
static struct change *
as_column(struct arena *a, const struct change *c, const struct user *u,
    const struct table *now, const struct column *is)
{
	struct change *x = arena_new(a, struct change);
	struct column *to = arena_new(a, struct column);
	struct buf type = { 0 };
	struct finding writes = { .rule = "type-rewrite",
		.class = CLASS_BLOCKING };

	*to = *is;
	postgres_enum(&type, "", c->new_enum);
	to->type = buf_take(&type, a);
	*x = (struct change){ .kind = CHANGE_COLUMN_TYPE,
		.old_table = u->table,
		.new_table = now,
		.now_table = u->table,
		.old_column = u->column,
		.now_column = u->column,
		.new_column = to,
		.old_enum = c->old_enum,
		.new_enum = c->new_enum,
		.source = c->source,
		.needs = c->needs };
	vec_push(a, &x->findings, writes);
	x->online = transpile_online(a, D, x);
	if (x->online)
		to->type = arena_fmt(a, "%s.%s", ONLINE_SCHEMA, x->online);
	return x->online ? x : NULL;
}

const struct change *
postgres_exchange(struct arena *a, const struct diff *d, const struct change *c,
    const char **why)
{
	struct user u = { 0 };
	const struct table *now;
	const struct column *is;
	const struct change *x = NULL;

	if (enum_grows(c->old_enum, c->new_enum))
		return NULL;
	find_user(d->from, c->old_enum, &u);
	if (!u.n)
		return NULL;
	now = schema_table(d->to, u.table->schema, u.table->name);
	is = now ? table_column(d->to, now, u.column->name) : NULL;
	if (u.n > 1)
		*why = "several columns have this type";
	else if (!is || !is->enum_type ||
		 strcmp(is->enum_type, c->new_enum->name) != 0 ||
		 text_ends(is->type, "[]"))
		*why = "its column changes otherwise, or is a list";
	else if (renames(c->old_enum, c->new_enum))
		*why = "values of it are renamed at the same time";
	else if (is_compared(u.table, u.column) || is_compared(now, is))
		*why = "a check or an index compares its column";
	else if (!(x = as_column(a, c, &u, now, is)))
		*why = "another column is computed from it, or it is no plain "
		       "column of one table";
	return x;
}

void
postgres_make_type(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out)
{
	struct enum_type e = *c->new_enum;

	e.schema = ONLINE_SCHEMA;
	postgres_enum(b, name, &e);
	postgres_keep_online(a, b, ONLINE_COLUMN, out);
}

void
postgres_place_type(struct writing *w)
{
	const struct enum_type *e = w->c->new_enum;
	const char *schema = e->schema ? e->schema : "public";

	buf_puts(&w->b, "DROP TYPE ");
	sql_qualified(&w->b, D, e->schema, e->name);
	say(w);
	buf_puts(&w->b, "ALTER TYPE ");
	sql_qualified(&w->b, D, ONLINE_SCHEMA, w->c->online);
	buf_puts(&w->b, " SET SCHEMA ");
	sql_ident(&w->b, D, schema);
	say(w);
	buf_puts(&w->b, "ALTER TYPE ");
	sql_qualified(&w->b, D, e->schema, w->c->online);
	buf_puts(&w->b, " RENAME TO ");
	sql_ident(&w->b, D, e->name);
	say(w);
}
