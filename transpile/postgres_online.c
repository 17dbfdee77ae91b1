/* postgres_online - what takes long is made before the transaction begins
 *
 * CREATE INDEX keeps writers away until the last row is in it, ADD CONSTRAINT
 * and SET NOT NULL keep everybody away until the last row was looked at. Made
 * under another name and without such a lock, they need but a moment to take
 * their place: an index is renamed or becomes a key, a constraint that every
 * row was found to satisfy is renamed or lets SET NOT NULL believe it. So what
 * is done in the transaction is still all or nothing. The steps are those of
 * the server's manual (CREATE INDEX, ALTER TABLE, notes) and of pg-schema-diff;
 * that they wait under other names is ours.
 */
#include "transpile/ddl.h"

#include <string.h>

#include "sql/quote.h"

#define D DIALECT_POSTGRES

static bool
is_optional(const struct table *t, const struct parts *parts)
{
	for (size_t i = 0; i < parts->n; i++)
		for (size_t k = 0; k < t->columns.n; k++)
			if (!strcmp(
				t->columns.v[k]->name, parts->v[i].column) &&
			    !t->columns.v[k]->not_null)
				return true;
	return false;
}

static bool
can_constrain(const struct change *c)
{
	const struct constraint *k = c->new_constraint;

	switch (k->kind) {
	case CONSTRAINT_PRIMARY_KEY:
		/* it would look for NULL in every row */
		return !is_optional(c->old_table, &k->parts);
	case CONSTRAINT_UNIQUE:
		return true;
	case CONSTRAINT_CHECK:
	case CONSTRAINT_FOREIGN_KEY:
		return !k->not_valid;
	case CONSTRAINT_EXCLUDE:
		return false;
	}
	return false;
}

/* A table of partitions builds no index CONCURRENTLY, and takes no foreign key
 * that is NOT VALID. */
bool
postgres_can_online(const struct change *c)
{
	const struct table *t = c->old_table;

	if (!t || !c->new_table || t->partition_by.text ||
	    c->new_table->partition_by.text)
		return false;
	switch (c->kind) {
	case CHANGE_CREATE_INDEX:
		return !c->new_index->invalid;
	case CHANGE_ADD_CONSTRAINT:
		return can_constrain(c);
	case CHANGE_SET_NOT_NULL:
		return !column_fills(c->old_column, c->new_column);
	default:
		return false;
	}
}

/* ---- making -------------------------------------------------------------- */

static void
keep(struct arena *a, struct buf *b, struct names *out)
{
	vec_push(a, out, arena_strndup(a, buf_str(b), b->len));
	buf_cut(b, 0);
}

static void
make_index(struct buf *b, const struct table *t, const struct index *i,
    const char *name)
{
	struct index wanted = *i;

	wanted.name = name;
	ddl_index_as(b, D, t, &wanted, " CONCURRENTLY");
}

/* The index of a key. */
static void
make_key(struct buf *b, const struct table *t, const struct constraint *k,
    const char *name)
{
	const struct index i = { .name = name,
		.unique = true,
		.parts = k->parts,
		.include = k->include,
		.nulls_not_distinct = k->nulls_not_distinct };

	ddl_index_as(b, D, t, &i, " CONCURRENTLY");
}

static void
make_constraint(struct arena *a, struct buf *b, const struct table *t,
    const struct constraint *k, struct names *out)
{
	postgres_add_constraint(b, t, k);
	keep(a, b, out);
	ddl_alter(b, D, t);
	buf_puts(b, "VALIDATE CONSTRAINT ");
	sql_ident(b, D, k->name);
}

/* Column IS NOT NULL, as a constraint. */
static void
make_not_null(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct names *out)
{
	struct constraint k = {
		.kind = CONSTRAINT_CHECK, .name = name, .not_valid = true
	};
	struct buf text = { 0 };

	sql_ident(&text, D, c->new_column->name);
	buf_puts(&text, " IS NOT NULL");
	k.check.text = buf_str(&text);
	make_constraint(a, b, c->new_table, &k, out);
	buf_release(&text);
}

void
postgres_make_online(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct names *out)
{
	struct constraint k;

	if (c->kind == CHANGE_CREATE_INDEX) {
		make_index(b, c->new_table, c->new_index, name);
	} else if (c->kind == CHANGE_SET_NOT_NULL) {
		make_not_null(a, b, c, name, out);
	} else if (c->new_constraint->kind == CONSTRAINT_UNIQUE ||
		   c->new_constraint->kind == CONSTRAINT_PRIMARY_KEY) {
		make_key(b, c->new_table, c->new_constraint, name);
	} else {
		k = *c->new_constraint;
		k.name = name;
		k.not_valid = true;
		make_constraint(a, b, c->new_table, &k, out);
	}
	keep(a, b, out);
}

/* ---- taking its place ---------------------------------------------------- */

static void
place_constraint(struct writing *w)
{
	const struct constraint *k = w->c->new_constraint;
	bool key =
	    k->kind == CONSTRAINT_UNIQUE || k->kind == CONSTRAINT_PRIMARY_KEY;

	ddl_alter(&w->b, D, w->c->new_table);
	buf_puts(&w->b, key ? "ADD CONSTRAINT " : "RENAME CONSTRAINT ");
	sql_ident(&w->b, D, key ? k->name : w->c->online);
	if (!key) {
		buf_puts(&w->b, " TO ");
		sql_ident(&w->b, D, k->name);
		return;
	}
	buf_fmt(&w->b, " %s USING INDEX ",
	    k->kind == CONSTRAINT_UNIQUE ? "UNIQUE" : "PRIMARY KEY");
	sql_ident(&w->b, D, w->c->online);
	if (k->deferrable)
		buf_puts(&w->b, " DEFERRABLE");
	if (k->deferred)
		buf_puts(&w->b, " INITIALLY DEFERRED");
}

void
postgres_place_online(struct writing *w)
{
	if (w->c->kind == CHANGE_CREATE_INDEX) {
		buf_puts(&w->b, "ALTER INDEX ");
		sql_qualified(&w->b, D, w->c->new_table->schema, w->c->online);
		buf_puts(&w->b, " RENAME TO ");
		sql_ident(&w->b, D, w->c->new_index->name);
	} else if (w->c->kind == CHANGE_SET_NOT_NULL) {
		ddl_alter(&w->b, D, w->c->new_table);
		buf_puts(&w->b, "DROP CONSTRAINT ");
		sql_ident(&w->b, D, w->c->online);
	} else {
		place_constraint(w);
	}
	say(w);
}
