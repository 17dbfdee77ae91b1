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

static bool
is_of_one_table(const struct change *c)
{
	return c->kind == CHANGE_CREATE_INDEX ||
	       (c->kind == CHANGE_ADD_CONSTRAINT &&
		   c->new_constraint->kind != CONSTRAINT_CHECK);
}

/* A table of partitions builds no index CONCURRENTLY, and takes no foreign key
 * that is NOT VALID. */
bool
postgres_can_online(const struct change *c)
{
	const struct table *t = c->old_table;

	if (!t || !c->new_table || c->by)
		return false;
	/* those that inherit would have it under the other name, too */
	if (t->has_heirs && !is_of_one_table(c))
		return false;
	if (c->kind == CHANGE_ADD_COLUMN)
		return postgres_can_fill(c);
	if (c->kind == CHANGE_SET_NOT_NULL &&
	    column_fills(c->old_column, c->new_column))
		return postgres_can_refill(c);
	if (c->kind == CHANGE_COLUMN_TYPE)
		return postgres_can_copy(c);
	if (c->kind == CHANGE_DROP_COLUMN)
		return postgres_keeps(c);
	if (c->kind == CHANGE_DROP_PARTITION)
		return postgres_can_detach(c);
	if (t->partition_by.text || c->new_table->partition_by.text)
		return false;
	switch (c->kind) {
	case CHANGE_CREATE_INDEX:
		return !c->new_index->invalid;
	case CHANGE_ADD_CONSTRAINT:
		return can_constrain(c);
	case CHANGE_SET_NOT_NULL:
		return true;
	default:
		return false;
	}
}

/* ---- making -------------------------------------------------------------- */

void
postgres_keep_fill(
    struct arena *a, struct buf *b, struct buf *left, struct online_steps *out)
{
	postgres_keep_online(a, b, ONLINE_FILL, out);
	out->v[out->n - 1].left = arena_strndup(a, buf_str(left), left->len);
	buf_release(left);
}

void
postgres_keep_online(struct arena *a, struct buf *b, enum online_how how,
    struct online_steps *out)
{
	vec_push(a, out,
	    (struct online_step){
		.sql = arena_strndup(a, buf_str(b), b->len), .how = how });
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
		.include = constraint_more(k)->include,
		.nulls_not_distinct = k->nulls_not_distinct };

	ddl_index_as(b, D, t, &i, " CONCURRENTLY");
}

void
postgres_validate(struct arena *a, struct buf *b, const struct table *t,
    const char *name, struct online_steps *out)
{
	ddl_alter(b, D, t);
	buf_puts(b, "VALIDATE CONSTRAINT ");
	sql_ident(b, D, name);
	postgres_keep_online(a, b, ONLINE_LONG, out);
}

void
postgres_make_check(struct arena *a, struct buf *b, const struct table *t,
    const struct constraint *k, struct online_steps *out)
{
	postgres_add_constraint(b, t, k);
	postgres_keep_online(a, b, ONLINE_CHECK, out);
	postgres_validate(a, b, t, k->name, out);
}

void
postgres_make_not_null(struct arena *a, struct buf *b, const struct table *t,
    const char *column, const char *name, struct online_steps *out)
{
	struct constraint k = {
		.kind = CONSTRAINT_CHECK, .name = name, .not_valid = true
	};
	struct buf text = { 0 };

	sql_ident(&text, D, column);
	buf_puts(&text, " IS NOT NULL");
	k.check.text = buf_str(&text);
	postgres_make_check(a, b, t, &k, out);
	buf_release(&text);
}

static void
make_constraint(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out)
{
	struct constraint k = *c->new_constraint;

	if (k.kind == CONSTRAINT_UNIQUE || k.kind == CONSTRAINT_PRIMARY_KEY) {
		make_key(b, c->new_table, &k, name);
		postgres_keep_online(a, b, ONLINE_LONG, out);
		return;
	}
	k.name = name;
	k.not_valid = true;
	postgres_make_check(a, b, c->new_table, &k, out);
}

void
postgres_make_online(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out)
{
	switch (c->kind) {
	case CHANGE_CREATE_INDEX:
		make_index(b, c->new_table, c->new_index, name);
		postgres_keep_online(a, b, ONLINE_LONG, out);
		break;
	case CHANGE_SET_NOT_NULL:
		if (column_fills(c->old_column, c->new_column))
			postgres_make_refill(a, b, c, name, out);
		else
			postgres_make_not_null(
			    a, b, c->new_table, c->new_column->name, name, out);
		break;
	case CHANGE_ADD_COLUMN:
		postgres_make_fill(a, b, c, name, out);
		break;
	case CHANGE_DROP_PARTITION:
		postgres_make_detach(a, b, c, out);
		break;
	case CHANGE_COLUMN_TYPE:
		postgres_make_copy(a, b, c, name, out);
		break;
	case CHANGE_DROP_COLUMN:
		postgres_make_keep(a, b, c, name, out);
		break;
	default:
		make_constraint(a, b, c, name, out);
	}
}

/* ---- taking its place ---------------------------------------------------- */

void
postgres_key_using(struct buf *b, const struct table *t,
    const struct constraint *k, const char *index)
{
	ddl_alter(b, D, t);
	buf_puts(b, "ADD CONSTRAINT ");
	sql_ident(b, D, k->name);
	buf_fmt(b, " %s USING INDEX ",
	    k->kind == CONSTRAINT_UNIQUE ? "UNIQUE" : "PRIMARY KEY");
	sql_ident(b, D, index);
	if (k->deferrable)
		buf_puts(b, " DEFERRABLE");
	if (k->deferred)
		buf_puts(b, " INITIALLY DEFERRED");
}

static void
place_constraint(struct writing *w)
{
	const struct constraint *k = w->c->new_constraint;
	const struct table *t = w->c->new_table;

	if (k->kind == CONSTRAINT_UNIQUE || k->kind == CONSTRAINT_PRIMARY_KEY) {
		postgres_key_using(&w->b, t, k, w->c->online);
		return;
	}
	ddl_alter(&w->b, D, t);
	buf_puts(&w->b, "RENAME CONSTRAINT ");
	sql_ident(&w->b, D, w->c->online);
	buf_puts(&w->b, " TO ");
	sql_ident(&w->b, D, k->name);
}

/* It let SET NOT NULL believe, and is not needed any more. */
void
postgres_drop_check(struct writing *w)
{
	ddl_alter(&w->b, D, w->c->new_table);
	buf_puts(&w->b, "DROP CONSTRAINT ");
	sql_ident(&w->b, D, w->c->online);
	say(w);
}

void
postgres_place_online(struct writing *w)
{
	if (w->c->kind == CHANGE_CREATE_INDEX) {
		buf_puts(&w->b, "ALTER INDEX ");
		sql_qualified(&w->b, D, w->c->new_table->schema, w->c->online);
		buf_puts(&w->b, " RENAME TO ");
		sql_ident(&w->b, D, w->c->new_index->name);
	} else {
		place_constraint(w);
	}
	say(w);
}
