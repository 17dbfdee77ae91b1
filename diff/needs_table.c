/* needs_table - what changes of one table need of each other
 *
 * A table has few changes, so every pair is looked at: one function a kind says
 * whether it needs the other.
 */
#include "diff/needs.h"

#include "sql/key.h"

bool
is_rename(const struct change *c)
{
	return c->kind == CHANGE_RENAME_TABLE ||
	       c->kind == CHANGE_RENAME_COLUMN;
}

/* Does the change make the column what the new schema says? */
bool
makes_column(const struct change *o)
{
	return o->kind == CHANGE_ADD_COLUMN || o->kind == CHANGE_COLUMN_TYPE ||
	       o->kind == CHANGE_COLUMN_COLLATION ||
	       o->kind == CHANGE_COLUMN_GENERATED ||
	       o->kind == CHANGE_SET_NOT_NULL;
}

static bool
removes_mention(enum dialect d, const struct change *o, const char *column)
{
	if (o->kind == CHANGE_DROP_CONSTRAINT)
		return constraint_mentions(d, o->now_constraint, column);
	return o->kind == CHANGE_DROP_INDEX &&
	       index_mentions(d, o->now_index, column);
}

static bool
expr_mentions(enum dialect d, const struct expr *e, const char *column)
{
	return e->text && sql_mentions(d, e->text, column);
}

static bool
same_column(const struct change *c, const struct change *o)
{
	return c->new_column && c->new_column == o->new_column;
}

/* Does the change bring a primary key, or take one away? There is one at most.
 */
static bool
moves_key(struct pass *p, const struct change *c, bool brings)
{
	const struct constraint *whole =
	    brings ? c->new_constraint : c->now_constraint;
	const struct table *t = brings ? c->new_table : c->now_table;
	const struct column *column = brings ? c->new_column : c->now_column;
	const struct constraint *key = t ? table_primary_key(t) : NULL;

	if (c->kind ==
	    (brings ? CHANGE_ADD_CONSTRAINT : CHANGE_DROP_CONSTRAINT))
		return whole->kind == CONSTRAINT_PRIMARY_KEY;
	return c->kind == (brings ? CHANGE_ADD_COLUMN : CHANGE_DROP_COLUMN) &&
	       key &&
	       constraint_belongs(p->ops, p->dialect, t, key, column->name);
}

static bool
rename_needs(struct pass *p, const struct change *c, const struct change *o)
{
	return o->kind == CHANGE_RENAME_TABLE ||
	       (o->kind == CHANGE_RENAME_COLUMN &&
		   schema_same_name(
		       p->dialect, o->old_column->name, c->new_column->name));
}

static bool
add_column_needs(struct pass *p, const struct change *c, const struct change *o)
{
	const struct table *t = c->new_table;
	const char *name = c->new_column->name;

	if (o->kind != CHANGE_ADD_COLUMN)
		return false;
	if (expr_mentions(
		p->dialect, &c->new_column->generated, o->new_column->name) ||
	    expr_mentions(p->dialect, &column_more(c->new_column)->backfill,
		o->new_column->name))
		return true;
	for (size_t i = 0; i < t->constraints.n; i++)
		if (constraint_belongs(
			p->ops, p->dialect, t, t->constraints.v[i], name) &&
		    constraint_mentions(
			p->dialect, t->constraints.v[i], o->new_column->name))
			return true;
	return false;
}

static bool
ends_identity(const struct change *c)
{
	return c->kind == CHANGE_COLUMN_IDENTITY &&
	       c->new_column->identity == IDENTITY_NONE;
}

static bool
alter_column_needs(
    struct pass *p, const struct change *c, const struct change *o)
{
	return removes_mention(p->dialect, o, c->now_column->name) ||
	       (ends_identity(o) && same_column(c, o)) ||
	       (o->kind == CHANGE_ADD_COLUMN &&
		   expr_mentions(p->dialect, &c->new_column->generated,
		       o->new_column->name));
}

static bool
default_needs(struct pass *p, const struct change *c, const struct change *o)
{
	(void)p;
	return same_column(c, o) &&
	       (o->kind == CHANGE_COLUMN_TYPE ||
		   (o->kind == CHANGE_COLUMN_IDENTITY &&
		       c->new_column->identity == IDENTITY_NONE));
}

static bool
identity_needs(struct pass *p, const struct change *c, const struct change *o)
{
	bool gone = ends_identity(c);

	(void)p;
	return same_column(c, o) && !gone &&
	       (o->kind == CHANGE_COLUMN_TYPE ||
		   o->kind == CHANGE_COLUMN_DEFAULT ||
		   o->kind == CHANGE_SET_NOT_NULL);
}

static bool
not_null_needs(struct pass *p, const struct change *c, const struct change *o)
{
	if (c->kind == CHANGE_DROP_NOT_NULL &&
	    o->kind == CHANGE_COLUMN_IDENTITY)
		return same_column(c, o);
	if (c->kind == CHANGE_DROP_NOT_NULL && moves_key(p, o, false))
		return removes_mention(p->dialect, o, c->now_column->name);
	return same_column(c, o) && (o->kind == CHANGE_COLUMN_TYPE ||
					o->kind == CHANGE_COLUMN_DEFAULT);
}

/* Does a constraint of that name go with the column? */
static bool
takes_along(struct pass *p, const struct change *o, const char *name)
{
	const struct table *t = o->now_table;

	for (size_t i = 0; i < t->constraints.n; i++)
		if (t->constraints.v[i]->name &&
		    schema_same_name(
			p->dialect, t->constraints.v[i]->name, name) &&
		    constraint_belongs(p->ops, p->dialect, t,
			t->constraints.v[i], o->now_column->name))
			return true;
	return false;
}

static bool
is_logged_otherwise(const struct change *c)
{
	return c->kind == CHANGE_TABLE_OPTIONS &&
	       c->now_table->unlogged != c->new_table->unlogged;
}

static bool
constraint_needs(struct pass *p, const struct change *c, const struct change *o)
{
	const struct constraint *new = c->new_constraint;

	if (o->kind == CHANGE_DROP_COLUMN && new->name)
		return takes_along(p, o, new->name);

	if (makes_column(o))
		return constraint_mentions(
		    p->dialect, new, o->new_column->name);
	if (o->kind != CHANGE_DROP_CONSTRAINT)
		return is_logged_otherwise(o);
	return c->mate == o || (new->name &&schema_same_name(p->dialect,
				   new->name, o->now_constraint->name));
}

static bool
constraint_rename_needs(
    struct pass *p, const struct change *c, const struct change *o)
{
	return (o->kind == CHANGE_DROP_CONSTRAINT ||
		   o->kind == CHANGE_RENAME_CONSTRAINT) &&
	       o->now_constraint->name &&
	       schema_same_name(p->dialect, c->new_constraint->name,
		   o->now_constraint->name);
}

static bool
index_needs(struct pass *p, const struct change *c, const struct change *o)
{
	return c->mate == o ||
	       (makes_column(o) && index_mentions(p->dialect, c->new_index,
				       o->new_column->name));
}

/* Does the change read the column to fill or convert another one? */
static bool
reads_column(enum dialect d, const struct change *o, const char *column)
{
	switch (o->kind) {
	case CHANGE_ADD_COLUMN:
	case CHANGE_SET_NOT_NULL:
		return expr_mentions(
		    d, &column_more(o->new_column)->backfill, column);
	case CHANGE_COLUMN_TYPE:
		return expr_mentions(
		    d, &column_more(o->new_column)->conversion, column);
	default:
		return false;
	}
}

static bool
drop_column_needs(
    struct pass *p, const struct change *c, const struct change *o)
{
	const char *name = c->now_column->name;

	if (removes_mention(p->dialect, o, name) ||
	    reads_column(p->dialect, o, name))
		return true;
	return (o->kind == CHANGE_DROP_COLUMN ||
		   o->kind == CHANGE_COLUMN_GENERATED) &&
	       expr_mentions(p->dialect, &o->now_column->generated, name);
}

static bool
options_need(struct pass *p, const struct change *c, const struct change *o)
{
	(void)p;
	if (is_logged_otherwise(c))
		return o->kind == CHANGE_DROP_CONSTRAINT;
	return o->kind == CHANGE_COLUMN_TYPE || o->kind == CHANGE_ADD_COLUMN ||
	       o->kind == CHANGE_ADD_CONSTRAINT;
}

bool
changes_column(const struct change *c)
{
	switch (c->kind) {
	case CHANGE_ADD_COLUMN:
	case CHANGE_DROP_COLUMN:
	case CHANGE_COLUMN_TYPE:
	case CHANGE_COLUMN_COLLATION:
	case CHANGE_COLUMN_GENERATED:
	case CHANGE_COLUMN_DEFAULT:
	case CHANGE_SET_NOT_NULL:
	case CHANGE_DROP_NOT_NULL:
		return true;
	default:
		return false;
	}
}

static bool
is_part_of(struct pass *p, const struct partition *part,
    const struct partition *parent)
{
	return part && parent && part->of &&
	       schema_same_name(p->dialect, part->of, parent->name);
}

/* A table that becomes a part has the columns that the whole is to have. */
static bool
add_partition_needs(
    struct pass *p, const struct change *c, const struct change *o)
{
	if (o->kind == CHANGE_UNBIND_PARTITION)
		return true;
	if (o->kind == CHANGE_DROP_PARTITION)
		return c->mate == o || bounds_may_meet(p->dialect,
					   o->old_partition, c->new_partition);
	return c->mate == o ||
	       is_part_of(p, c->new_partition, o->new_partition) ||
	       (c->kind == CHANGE_ADD_PARTITION && c->part &&
		   changes_column(o));
}

/* What stands below goes first, with its rows or to another place. */
static bool
drop_partition_needs(
    struct pass *p, const struct change *c, const struct change *o)
{
	return !(o->kind == CHANGE_PARTITION_BOUND && o->mate) &&
	       is_part_of(p, o->old_partition, c->old_partition);
}

/* A part that becomes a table keeps what it has of the whole. */
static bool
leaves_whole(const struct change *c, const struct change *o)
{
	return o->kind == CHANGE_DROP_PARTITION && o->part &&
	       (changes_column(c) || c->kind == CHANGE_DROP_CONSTRAINT ||
		   c->kind == CHANGE_DROP_INDEX);
}

/* Does c, of a table that both change, need o? Renames go before all else. */
static bool (*const in_table[CHANGE_KIND_COUNT])(
    struct pass *, const struct change *, const struct change *) = {
	[CHANGE_RENAME_COLUMN] = rename_needs,
	[CHANGE_ADD_COLUMN] = add_column_needs,
	[CHANGE_COLUMN_TYPE] = alter_column_needs,
	[CHANGE_COLUMN_COLLATION] = alter_column_needs,
	[CHANGE_COLUMN_GENERATED] = alter_column_needs,
	[CHANGE_COLUMN_DEFAULT] = default_needs,
	[CHANGE_COLUMN_IDENTITY] = identity_needs,
	[CHANGE_SET_NOT_NULL] = not_null_needs,
	[CHANGE_DROP_NOT_NULL] = not_null_needs,
	[CHANGE_ADD_CONSTRAINT] = constraint_needs,
	[CHANGE_RENAME_CONSTRAINT] = constraint_rename_needs,
	[CHANGE_CREATE_INDEX] = index_needs,
	[CHANGE_DROP_COLUMN] = drop_column_needs,
	[CHANGE_TABLE_OPTIONS] = options_need,
	[CHANGE_ADD_PARTITION] = add_partition_needs,
	[CHANGE_PARTITION_BOUND] = add_partition_needs,
	[CHANGE_DROP_PARTITION] = drop_partition_needs,
};

void
need_in_table(struct pass *p, struct change *c, const struct changes *group)
{
	for (size_t i = 0; i < group->n; i++) {
		struct change *o = group->v[i];

		if (o == c || (o->mate == c && c->kind == CHANGE_DROP_TABLE))
			continue;
		/* who inherits no more is told so before columns are
		 * renamed, for both */
		if (c->kind == CHANGE_DROP_PARENT &&
		    o->kind == CHANGE_RENAME_COLUMN)
			continue;
		if ((is_rename(o) && !is_rename(c)) || leaves_whole(c, o) ||
		    (moves_key(p, o, false) && moves_key(p, c, true)) ||
		    o->kind == CHANGE_CREATE_TABLE ||
		    (in_table[c->kind] && in_table[c->kind](p, c, o)))
			need(p, c, o);
	}
}
