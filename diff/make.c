/* make - one change made in a schema
 *
 * This is what the database does, as far as a schema can see: the planner
 * follows with it what stands before each step, and what is declined is found
 * by making only the rest.
 */
#include "diff/making.h"

#include <string.h>

#define REMOVE(list, i)                                                        \
	(memmove(&(list)->v[i], &(list)->v[(i) + 1],                           \
	     ((list)->n - (i)-1) * sizeof(*(list)->v)),                        \
	    (list)->n--)

struct table *
find_table(struct making *m, const struct table *t)
{
	return t ? schema_table(m->s, t->schema, t->name) : NULL;
}

struct table *
table_now(struct making *m)
{
	struct table *t = find_table(m, m->c->new_table);

	return t ? t : find_table(m, m->c->old_table);
}

static struct column *
column_now(struct making *m, struct table *t)
{
	return t ? table_column(m->s, t, m->c->new_column->name) : NULL;
}

static void
make_create_enum(struct making *m)
{
	struct enum_type *e = arena_new(m->a, struct enum_type);

	*e = *m->c->new_enum;
	vec_push(m->a, &m->s->enums, e);
}

static void
make_alter_enum(struct making *m)
{
	struct enum_type *e =
	    schema_enum(m->s, m->c->new_enum->schema, m->c->new_enum->name);

	e->labels = m->c->new_enum->labels;
	e->labels_was = m->c->new_enum->labels_was;
	e->source = m->c->new_enum->source;
}

static void
make_drop_enum(struct making *m)
{
	for (size_t i = 0; i < m->s->enums.n; i++) {
		if (strcmp(m->s->enums.v[i]->name, m->c->old_enum->name) ||
		    !schema_same_name(m->dialect, m->s->enums.v[i]->schema,
			m->c->old_enum->schema))
			continue;
		REMOVE(&m->s->enums, i);
		return;
	}
}

static void
make_create_table(struct making *m)
{
	struct table *t = table_copy(m->a, m->c->new_table);

	/* its indexes are changes of their own */
	t->indexes = (struct indexes){ 0 };
	vec_push(m->a, &m->s->tables, t);
}

static void
make_drop_table(struct making *m)
{
	struct table *t = find_table(m, m->c->now_table);

	for (size_t i = 0; i < m->s->tables.n; i++) {
		if (m->s->tables.v[i] != t)
			continue;
		REMOVE(&m->s->tables, i);
		return;
	}
}

static void
add_constraint(struct making *m, struct table *t, const struct constraint *c)
{
	struct constraint *copy = arena_new(m->a, struct constraint);

	*copy = *c;
	vec_push(m->a, &t->constraints, copy);
}

/* A column comes in its declared place, as far as what stands before it is
 * there: a rebuild writes it so. */
static size_t
place_of(struct making *m, const struct table *t)
{
	const struct columns *wished = &m->c->new_table->columns;
	size_t at = 0;

	for (size_t i = 0; i < wished->n; i++) {
		if (wished->v[i] == m->c->new_column)
			break;
		for (size_t k = 0; k < t->columns.n; k++)
			if (schema_same_name(m->dialect, t->columns.v[k]->name,
				wished->v[i]->name) &&
			    k + 1 > at)
				at = k + 1;
	}
	return at;
}

static void
make_add_column(struct making *m)
{
	const struct diff_dialect *ops = diff_dialect(m->dialect);
	const struct table *new = m->c->new_table;
	struct table *t = table_now(m);
	struct column *c = arena_new(m->a, struct column);
	size_t at = place_of(m, t);

	*c = *m->c->new_column;
	vec_push(m->a, &t->columns, c);
	memmove(&t->columns.v[at + 1], &t->columns.v[at],
	    (t->columns.n - at - 1) * sizeof(*t->columns.v));
	t->columns.v[at] = c;
	for (size_t i = 0; ops->inline_constraints && i < new->constraints.n;
	     i++)
		if (constraint_belongs(
			ops, m->dialect, new, new->constraints.v[i], c->name))
			add_constraint(m, t, new->constraints.v[i]);
}

static void
make_drop_column(struct making *m)
{
	struct table *t = table_now(m);
	const char *name = m->c->now_column->name;
	const struct diff_dialect *ops = diff_dialect(m->dialect);

	for (size_t i = t->constraints.n; i-- > 0;)
		if (constraint_belongs(
			ops, m->dialect, t, t->constraints.v[i], name))
			REMOVE(&t->constraints, i);
	for (size_t i = t->columns.n; i-- > 0;)
		if (schema_same_name(m->dialect, t->columns.v[i]->name, name))
			REMOVE(&t->columns, i);
}

static void
make_column_type(struct making *m)
{
	struct column *c = column_now(m, table_now(m));

	c->type = m->c->new_column->type;
	column_say(m->a, c)->conversion =
	    column_more(m->c->new_column)->conversion;
	c->enum_type = m->c->new_column->enum_type;
	c->kind = m->c->new_column->kind;
}

static void
make_not_null(struct making *m)
{
	struct column *c = column_now(m, table_now(m));

	c->not_null = m->c->new_column->not_null;
	column_say(m->a, c)->backfill = column_more(m->c->new_column)->backfill;
}

static void
make_default(struct making *m)
{
	column_now(m, table_now(m))->default_value =
	    m->c->new_column->default_value;
}

static void
make_generated(struct making *m)
{
	struct column *c = column_now(m, table_now(m));

	c->generated = m->c->new_column->generated;
	c->stored = m->c->new_column->stored;
	c->default_value = m->c->new_column->default_value;
}

static void
make_identity(struct making *m)
{
	struct column *c = column_now(m, table_now(m));

	c->identity = m->c->new_column->identity;
	column_say(m->a, c)->identity_options =
	    column_more(m->c->new_column)->identity_options;
}

static void
make_collation(struct making *m)
{
	column_now(m, table_now(m))->collation = m->c->new_column->collation;
}

static void
make_conflict(struct making *m)
{
	column_say(m->a, column_now(m, table_now(m)))->on_conflict =
	    column_more(m->c->new_column)->on_conflict;
}

/* A check that holds labels brings what they were called before. */
static void
make_add_constraint(struct making *m)
{
	struct table *t = table_now(m);
	const struct columns *wished = &m->c->new_table->columns;

	add_constraint(m, t, m->c->new_constraint);
	for (size_t i = 0; i < wished->n; i++) {
		struct column *c = table_column(m->s, t, wished->v[i]->name);
		struct column_more *more;

		if (!c || !constraint_mentions(
			      m->dialect, m->c->new_constraint, c->name))
			continue;
		more = column_say(m->a, c);
		more->labels = column_more(wished->v[i])->labels;
		more->labels_was = column_more(wished->v[i])->labels_was;
	}
}

/* Of two that say the same, the one of the same name. */
static size_t
find_constraint(
    struct making *m, const struct table *t, const struct constraint *c)
{
	size_t n = t->constraints.n, equal = n;

	for (size_t i = n; i-- > 0;) {
		const struct constraint *k = t->constraints.v[i];

		if (!constraint_equal(m->dialect, k, c))
			continue;
		if (equal == n ||
		    schema_same_name(m->dialect, k->name, c->name) ||
		    !schema_same_name(
			m->dialect, t->constraints.v[equal]->name, c->name))
			equal = i;
	}
	return equal;
}

static void
make_rename_constraint(struct making *m)
{
	struct table *t = table_now(m);
	size_t i = find_constraint(m, t, m->c->now_constraint);

	if (i < t->constraints.n)
		t->constraints.v[i]->name = m->c->new_constraint->name;
}

static void
make_drop_constraint(struct making *m)
{
	struct table *t = table_now(m);
	size_t i = find_constraint(m, t, m->c->now_constraint);

	if (i < t->constraints.n)
		REMOVE(&t->constraints, i);
}

static void
make_create_index(struct making *m)
{
	struct index *x = arena_new(m->a, struct index);

	*x = *m->c->new_index;
	vec_push(m->a, &table_now(m)->indexes, x);
}

static void
make_rename_index(struct making *m)
{
	struct index *x =
	    table_index(m->s, table_now(m), m->c->now_index->name);

	x->name = m->c->new_index->name;
	x->was = (struct names){ 0 };
	vec_push(m->a, &x->was, m->c->now_index->name);
}

static void
make_drop_index(struct making *m)
{
	struct table *t = table_now(m);

	for (size_t i = t->indexes.n; i-- > 0;)
		if (schema_same_name(m->dialect, t->indexes.v[i]->name,
			m->c->now_index->name))
			REMOVE(&t->indexes, i);
}

static void
make_options(struct making *m)
{
	struct table *t = table_now(m);

	t->strict = m->c->new_table->strict;
	t->without_rowid = m->c->new_table->without_rowid;
	t->unlogged = m->c->new_table->unlogged;
	t->partition_by = m->c->new_table->partition_by;
}

static void
make_row_security(struct making *m)
{
	struct table *t = table_now(m);

	t->row_security = m->c->new_table->row_security;
	t->force_row_security = m->c->new_table->force_row_security;
}

static void
make_add_partition(struct making *m)
{
	struct table *part = find_table(m, m->c->part);

	for (size_t i = m->s->tables.n; part && i-- > 0;)
		if (m->s->tables.v[i] == part)
			REMOVE(&m->s->tables, i);
	vec_push(m->a, &table_now(m)->partitions, *m->c->new_partition);
}

static void
make_partition_bound(struct making *m)
{
	struct table *t = table_now(m);

	*partition_named(&t->partitions, m->c->new_partition->name) =
	    *m->c->new_partition;
}

/* It is back before anybody looks. */
static void
make_unbind_partition(struct making *m)
{
	(void)m;
}

static void
make_drop_partition(struct making *m)
{
	struct partitions *all = &table_now(m)->partitions;

	for (size_t i = all->n; i-- > 0;)
		if (!strcmp(all->v[i].name, m->c->old_partition->name))
			REMOVE(all, i);
	if (m->c->part)
		vec_push(m->a, &m->s->tables, table_copy(m->a, m->c->part));
}

static void
make_add_parent(struct making *m)
{
	vec_push(m->a, &table_now(m)->parents, *m->c->parent);
}

static void
make_drop_parent(struct making *m)
{
	struct parents *all = &table_now(m)->parents;
	const struct parent *p =
	    parent_named(all, m->c->parent->schema, m->c->parent->name);

	if (p)
		REMOVE(all, (size_t)(p - all->v));
}

static void
make_comment(struct making *m)
{
	struct table *t = table_now(m);
	const struct change *c = m->c;
	size_t i;

	if (c->new_column) {
		column_now(m, t)->comment = c->new_column->comment;
	} else if (c->new_index) {
		table_index(m->s, t, c->new_index->name)->comment =
		    c->new_index->comment;
	} else if (c->new_constraint) {
		i = find_constraint(m, t, c->now_constraint);
		if (i < t->constraints.n)
			t->constraints.v[i]->comment =
			    c->new_constraint->comment;
	} else {
		t->comment = c->new_table->comment;
	}
}

static void
make_create_object(struct making *m)
{
	struct object *o = arena_new(m->a, struct object);

	*o = *m->c->new_object;
	vec_push(m->a, &m->s->objects, o);
}

static void
make_replace_object(struct making *m)
{
	*schema_object_like(m->s, m->c->new_object) = *m->c->new_object;
}

static void
make_drop_object(struct making *m)
{
	struct object *o = schema_object_like(m->s, m->c->old_object);

	for (size_t i = m->s->objects.n; i-- > 0;)
		if (m->s->objects.v[i] == o)
			REMOVE(&m->s->objects, i);
}

void
diff_make(struct arena *a, struct schema *s, const struct change *c)
{
	static void (*const makers[CHANGE_KIND_COUNT])(struct making *) = {
		[CHANGE_CREATE_ENUM] = make_create_enum,
		[CHANGE_RENAME_ENUM] = make_rename_enum,
		[CHANGE_ALTER_ENUM] = make_alter_enum,
		[CHANGE_DROP_ENUM] = make_drop_enum,
		[CHANGE_RENAME_TABLE] = make_rename_table,
		[CHANGE_CREATE_TABLE] = make_create_table,
		[CHANGE_DROP_TABLE] = make_drop_table,
		[CHANGE_RENAME_COLUMN] = make_rename_column,
		[CHANGE_ADD_COLUMN] = make_add_column,
		[CHANGE_DROP_COLUMN] = make_drop_column,
		[CHANGE_COLUMN_TYPE] = make_column_type,
		[CHANGE_SET_NOT_NULL] = make_not_null,
		[CHANGE_DROP_NOT_NULL] = make_not_null,
		[CHANGE_COLUMN_DEFAULT] = make_default,
		[CHANGE_COLUMN_GENERATED] = make_generated,
		[CHANGE_COLUMN_IDENTITY] = make_identity,
		[CHANGE_COLUMN_COLLATION] = make_collation,
		[CHANGE_COLUMN_CONFLICT] = make_conflict,
		[CHANGE_ADD_CONSTRAINT] = make_add_constraint,
		[CHANGE_RENAME_CONSTRAINT] = make_rename_constraint,
		[CHANGE_DROP_CONSTRAINT] = make_drop_constraint,
		[CHANGE_CREATE_INDEX] = make_create_index,
		[CHANGE_RENAME_INDEX] = make_rename_index,
		[CHANGE_DROP_INDEX] = make_drop_index,
		[CHANGE_TABLE_OPTIONS] = make_options,
		[CHANGE_COMMENT] = make_comment,
		[CHANGE_CREATE_OBJECT] = make_create_object,
		[CHANGE_REPLACE_OBJECT] = make_replace_object,
		[CHANGE_DROP_OBJECT] = make_drop_object,
		[CHANGE_ROW_SECURITY] = make_row_security,
		[CHANGE_ADD_PARTITION] = make_add_partition,
		[CHANGE_PARTITION_BOUND] = make_partition_bound,
		[CHANGE_UNBIND_PARTITION] = make_unbind_partition,
		[CHANGE_DROP_PARTITION] = make_drop_partition,
		[CHANGE_ADD_PARENT] = make_add_parent,
		[CHANGE_DROP_PARENT] = make_drop_parent,
	};
	struct making m = { a, s, s->dialect, c };

	makers[c->kind](&m);
}
