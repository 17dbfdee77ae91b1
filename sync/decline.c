/* decline - the target without what nobody agreed to
 *
 * What was declined must stay as it is, whole: a column that is kept keeps its
 * foreign key, its checks and its indexes too. So each refused change is taken
 * back in a copy of the target, and what hung on it with it; the plan is then
 * made anew from the two schemas, as always.
 */
#include <string.h>

#include "sql/key.h"
#include "sync/judge.h"

/* The copy's own table for one of the target or of the current schema. */
static struct table *
find_table(struct schema *s, const struct change *c)
{
	const struct table *t = c->new_table ? c->new_table : c->old_table;

	return t ? schema_table(s, t->schema, t->name) : NULL;
}

static bool
parts_name(enum dialect d, const struct parts *parts, const char *column)
{
	for (size_t i = 0; i < parts->n; i++) {
		const struct part *p = &parts->v[i];

		if (p->column ? schema_same_name(d, p->column, column)
			      : sql_mentions(d, p->expr.text, column))
			return true;
	}
	return false;
}

static bool
constraint_names(enum dialect d, const struct constraint *k, const char *column)
{
	return (k->column && schema_same_name(d, k->column, column)) ||
	       (k->check.text && sql_mentions(d, k->check.text, column)) ||
	       parts_name(d, &k->parts, column);
}

static bool
index_names(enum dialect d, const struct index *x, const char *column)
{
	return (x->where.text && sql_mentions(d, x->where.text, column)) ||
	       parts_name(d, &x->parts, column);
}

/* Takes out of a list all for which the condition holds. */
#define REMOVE_IF(list, item, condition)                                       \
	do {                                                                   \
		size_t kept_ = 0;                                              \
                                                                               \
		for (size_t i_ = 0; i_ < (list)->n; i_++) {                    \
			item = (list)->v[i_];                                  \
			if (!(condition))                                      \
				(list)->v[kept_++] = (list)->v[i_];            \
		}                                                              \
		(list)->n = kept_;                                             \
	} while (0)

static void
remove_column(struct schema *s, struct table *t, const char *name)
{
	REMOVE_IF(&t->columns, const struct column *x,
	    schema_same_name(s->dialect, x->name, name));
	REMOVE_IF(&t->constraints, const struct constraint *x,
	    constraint_names(s->dialect, x, name));
	REMOVE_IF(&t->indexes, const struct index *x,
	    index_names(s->dialect, x, name));
}

static void
restore_constraint(struct arena *a, struct schema *s, struct table *t,
    const struct constraint *old)
{
	struct constraint *copy;

	for (size_t i = 0; i < t->constraints.n; i++)
		if (constraint_equal(s->dialect, t->constraints.v[i], old))
			return;
	copy = arena_new(a, struct constraint);
	*copy = *old;
	vec_push(a, &t->constraints, copy);
}

static void
restore_index(
    struct arena *a, struct schema *s, struct table *t, const struct index *old)
{
	struct index *copy = arena_new(a, struct index);

	*copy = *old;
	REMOVE_IF(&t->indexes, const struct index *x,
	    schema_same_name(s->dialect, x->name, old->name));
	vec_push(a, &t->indexes, copy);
}

/* A column that stays keeps what is made of it. */
static void
restore_column(
    struct arena *a, struct schema *s, struct table *t, const struct change *c)
{
	const struct table *old = c->old_table;
	struct column *copy = arena_new(a, struct column);

	if (table_column(s, t, c->old_column->name))
		return;
	*copy = *c->old_column;
	vec_push(a, &t->columns, copy);
	for (size_t i = 0; i < old->constraints.n; i++)
		if (constraint_names(
			s->dialect, old->constraints.v[i], copy->name))
			restore_constraint(a, s, t, old->constraints.v[i]);
	for (size_t i = 0; i < old->indexes.n; i++)
		if (index_names(s->dialect, old->indexes.v[i], copy->name))
			restore_index(a, s, t, old->indexes.v[i]);
}

/* A constraint that is not added leaves the one that it replaces. */
static void
restore_replaced(
    struct arena *a, struct schema *s, struct table *t, const struct change *c)
{
	const struct constraint *new = c->new_constraint;

	for (size_t i = 0; i < c->old_table->constraints.n; i++) {
		const struct constraint *old = c->old_table->constraints.v[i];
		bool same_place =
		    old->kind == new->kind &&
		    (old->kind == CONSTRAINT_PRIMARY_KEY ||
			(old->column &&
			    new->column &&schema_same_name(
				s->dialect, old->column, new->column)) ||
			(old->name && new->name &&schema_same_name(
					  s->dialect, old->name, new->name)));

		if (same_place)
			restore_constraint(a, s, t, old);
	}
}

static void
restore_object(struct arena *a, struct schema *s, const struct change *c)
{
	struct object *copy;

	if (c->new_object)
		REMOVE_IF(&s->objects, const struct object *x,
		    x->kind == c->new_object->kind &&
			schema_same_name(
			    s->dialect, x->name, c->new_object->name));
	if (!c->old_object)
		return;
	REMOVE_IF(&s->objects, const struct object *x,
	    x->kind == c->old_object->kind &&
		schema_same_name(s->dialect, x->name, c->old_object->name));
	copy = arena_new(a, struct object);
	*copy = *c->old_object;
	vec_push(a, &s->objects, copy);
}

/* The whole table as it is in the database, or not at all. */
static void
restore_table(struct arena *a, struct schema *s, const struct change *c)
{
	struct table *t = find_table(s, c);

	if (t && c->old_table)
		*t = *table_copy(a, c->old_table);
	else if (t)
		REMOVE_IF(&s->tables, const struct table *x, x == t);
	else if (c->old_table)
		vec_push(a, &s->tables, table_copy(a, c->old_table));
	if (c->old_object || c->new_object)
		restore_object(a, s, c);
}

/* Puts back what of a column the change would have set. */
static bool
restore_attribute(struct column *to, const struct change *c)
{
	const struct column *old = c->old_column;

	switch (c->kind) {
	case CHANGE_COLUMN_TYPE:
		to->type = old->type;
		to->kind = old->kind;
		to->enum_type = old->enum_type;
		return true;
	case CHANGE_SET_NOT_NULL:
	case CHANGE_DROP_NOT_NULL:
		to->not_null = old->not_null;
		to->on_conflict = old->on_conflict;
		return true;
	case CHANGE_COLUMN_DEFAULT:
		to->default_value = old->default_value;
		return true;
	case CHANGE_COLUMN_GENERATED:
		to->generated = old->generated;
		to->stored = old->stored;
		return true;
	case CHANGE_COLUMN_IDENTITY:
		to->identity = old->identity;
		return true;
	case CHANGE_COLUMN_COLLATION:
		to->collation = old->collation;
		return true;
	default:
		return false;
	}
}

static void
take_back(struct arena *a, struct schema *s, const struct change *c)
{
	struct table *t = find_table(s, c);
	struct column *column =
	    t && c->new_column ? table_column(s, t, c->new_column->name) : NULL;

	if (column && c->old_column && restore_attribute(column, c))
		return;
	if (t && c->kind == CHANGE_DROP_COLUMN) {
		restore_column(a, s, t, c);
	} else if (t && c->kind == CHANGE_ADD_COLUMN) {
		remove_column(s, t, c->new_column->name);
	} else if (t && c->kind == CHANGE_ADD_CONSTRAINT) {
		REMOVE_IF(&t->constraints, const struct constraint *x,
		    constraint_equal(s->dialect, x, c->new_constraint));
		if (c->old_table)
			restore_replaced(a, s, t, c);
	} else if (t && c->kind == CHANGE_DROP_CONSTRAINT) {
		restore_constraint(a, s, t, c->old_constraint);
	} else if (t && c->kind == CHANGE_CREATE_INDEX) {
		REMOVE_IF(&t->indexes, const struct index *x,
		    schema_same_name(s->dialect, x->name, c->new_index->name));
		if (c->old_index)
			restore_index(a, s, t, c->old_index);
	} else if (t && c->kind == CHANGE_DROP_INDEX) {
		restore_index(a, s, t, c->old_index);
	} else {
		restore_table(a, s, c);
	}
}

static bool
is_blamed(const struct sync *s, const struct change *c)
{
	for (size_t i = 0; i < c->findings.n; i++)
		if (!finding_passes(&s->options, &c->findings.v[i]))
			return true;
	return false;
}

static void
decline_step(struct sync *s, struct schema *target, const struct step *step,
    bool whole_tables)
{
	bool blamed = false;

	for (size_t i = 0; i < step->changes.n && !whole_tables; i++) {
		const struct change *c = step->changes.v[i];

		if (!is_blamed(s, c))
			continue;
		blamed = true;
		take_back(s->arena, target, c);
	}
	for (size_t i = 0; i < step->changes.n && !blamed; i++)
		restore_table(s->arena, target, step->changes.v[i]);
}

/* While it is not known whether a column was renamed, the one that may be its
 * new name must not appear: the rename could not be made any more. */
static void
decline_candidates(struct sync *s, struct schema *target)
{
	const struct changes *all = &s->plan->diff->changes;

	for (size_t i = 0; i < s->unresolved.n; i++) {
		const struct unresolved *u = &s->unresolved.v[i];

		for (size_t k = 0; k < all->n; k++) {
			const struct change *c = all->v[k];
			bool adds = c->kind == CHANGE_ADD_COLUMN
					? c->old_table == u->drop->old_table
					: c->kind == CHANGE_CREATE_TABLE;

			if (!adds || (u->drop->kind == CHANGE_DROP_COLUMN) !=
					 (c->kind == CHANGE_ADD_COLUMN))
				continue;
			for (size_t n = 0; n < u->to.n; n++) {
				const char *dot = strrchr(u->to.v[n], '.');
				const char *name = dot ? dot + 1 : u->to.v[n];
				const char *own = c->new_column
						      ? c->new_column->name
						      : c->new_table->name;

				if (!strcmp(name, own))
					take_back(s->arena, target, c);
			}
		}
	}
}

struct schema *
decline(struct sync *s, bool whole_tables)
{
	struct schema *target = schema_copy(s->arena, s->target);

	for (size_t i = 0; i < s->steps.n; i++)
		if (s->steps.v[i].refused)
			decline_step(
			    s, target, s->steps.v[i].step, whole_tables);
	decline_candidates(s, target);
	return target;
}
