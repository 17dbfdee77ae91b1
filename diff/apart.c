/* apart - what tables say of a type that goes and comes again
 *
 * A default, a computed column, a check or an index holds on to the types that
 * it says. Each goes before such a type does, and comes again after it: two
 * changes, the halves of one. Values that were computed stay between the two.
 */
#include "diff/needs.h"

#include <string.h>

#include "sql/key.h"

static struct change *
change_of_column(
    const struct pass *p, const struct column *now, enum change_kind kind)
{
	const struct changes *all = &p->diff->changes;

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i]->now_column == now && all->v[i]->kind == kind)
			return all->v[i];
	return NULL;
}

static enum change_kind
kind_of(const struct column *c)
{
	return c->generated.text ? CHANGE_COLUMN_GENERATED
				 : CHANGE_COLUMN_DEFAULT;
}

static struct change *
note_column(struct pass *p, size_t table, const struct table *new, size_t at,
    const struct column *to)
{
	const struct column *now = p->now->tables.v[table]->columns.v[at];
	struct change *c = pass_add_of(p, kind_of(now), table, new);

	c->old_column = p->from->tables.v[table]->columns.v[at];
	c->now_column = now;
	c->new_column = to;
	return c;
}

void
again_column(struct pass *p, size_t table, const struct table *new, size_t at)
{
	const struct column *now = p->now->tables.v[table]->columns.v[at];
	const struct column *to = table_column(p->to, new, now->name);

	if (to && !change_of_column(p, now, kind_of(now)) &&
	    !change_of_column(p, now, CHANGE_COLUMN_GENERATED) &&
	    !change_of_column(p, now, CHANGE_DROP_COLUMN))
		note_column(p, table, new, at, to);
}

bool
apart_column(struct pass *p, size_t table, const struct table *new, size_t at,
    struct change *halves[2])
{
	const struct column *now = p->now->tables.v[table]->columns.v[at];
	const struct column *to = table_column(p->to, new, now->name);
	struct change *first, *second = change_of_column(p, now, kind_of(now));
	struct column *between;

	if (!to || change_of_column(p, now, CHANGE_DROP_COLUMN) ||
	    (second && kind_of(to) != kind_of(now)))
		return false;
	if (second && second->mate) { /* for another's sake */
		halves[0] = second;
		halves[1] = second->mate;
		return true;
	}
	if (second && !to->generated.text && !to->default_value.text)
		return false; /* it goes as it is */
	between = arena_new(p->a, struct column);
	*between = *now;
	between->default_value = between->generated = (struct expr){ 0 };
	between->stored = false;
	between->enum_type = NULL; /* it does not wait for the type */
	if (!second)
		second = note_column(p, table, new, at, to);
	first = note_column(p, table, new, at, between);
	second->now_column = between;
	pass_mates(first, second);
	need(p, second, first);
	halves[0] = first;
	halves[1] = second;
	return true;
}

void
apart_constraint(
    struct pass *p, size_t table, const struct table *new, size_t at)
{
	const struct constraint *now =
				    p->now->tables.v[table]->constraints.v[at],
				*is = NULL;
	const struct changes *all = &p->diff->changes;
	struct change *drop, *add;

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i]->now_constraint == now)
			return;
	for (size_t i = 0; i < new->constraints.n && !is; i++)
		if (constraint_equal(p->dialect, now, new->constraints.v[i]))
			is = new->constraints.v[i];
	if (!is)
		return;
	drop = pass_add_of(p, CHANGE_DROP_CONSTRAINT, table, new);
	drop->old_constraint = drop->old_table->constraints.v[at];
	drop->now_constraint = now;
	add = pass_add_of(p, CHANGE_ADD_CONSTRAINT, table, new);
	add->new_constraint = is;
	pass_mates(drop, add);
}

void
apart_index(struct pass *p, size_t table, const struct table *new, size_t at)
{
	const struct index *now = p->now->tables.v[table]->indexes.v[at];
	const struct index *is = table_index(p->to, new, now->name);
	const struct changes *all = &p->diff->changes;
	struct change *drop, *add;

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i]->now_index == now)
			return;
	if (!is)
		return;
	drop = pass_add_of(p, CHANGE_DROP_INDEX, table, new);
	drop->old_index = drop->old_table->indexes.v[at];
	drop->now_index = now;
	add = pass_add_of(p, CHANGE_CREATE_INDEX, table, new);
	add->new_index = is;
	pass_mates(drop, add);
}

/* -- types ---------------------------------------------------------------- */

/* A table, and a type that goes and comes again. The columns of such types, and
 * what speaks of them, are not looked at: who moves them sees to that. */
struct leaving {
	struct pass *p;
	size_t table;
	const struct table *now, *new;
	const char *name, *enum_type; /* the second is NULL for no enum */
};

static bool
is_own(const struct leaving *l, const struct column *c)
{
	for (size_t i = 0; !l->enum_type && i < l->p->moving.n; i++)
		if (column_is_of(l->p, c, l->p->moving.v[i]))
			return true;
	return l->enum_type && c->enum_type &&
	       !strcmp(c->enum_type, l->enum_type);
}

static bool
says(const struct leaving *l, const struct expr *e)
{
	if (!e->text || !sql_says(l->p->dialect, e->text, l->name))
		return false;
	for (size_t i = 0; i < l->now->columns.n; i++)
		if (is_own(l, l->now->columns.v[i]) &&
		    sql_mentions(
			l->p->dialect, e->text, l->now->columns.v[i]->name))
			return false;
	return true;
}

static bool
index_says(const struct leaving *l, const struct index *x)
{
	bool found = says(l, &x->where);

	for (size_t i = 0; i < x->parts.n; i++)
		found |= says(l, &x->parts.v[i].expr);
	return found;
}

static void
leave_in(struct leaving *l)
{
	struct change *halves[2];

	for (size_t i = 0; i < l->now->columns.n; i++) {
		const struct column *c = l->now->columns.v[i];

		if (!is_own(l, c) &&
		    (says(l, &c->default_value) || says(l, &c->generated)))
			apart_column(l->p, l->table, l->new, i, halves);
	}
	for (size_t i = 0; i < l->now->constraints.n; i++)
		if (says(l, &l->now->constraints.v[i]->check))
			apart_constraint(l->p, l->table, l->new, i);
	for (size_t i = 0; i < l->now->indexes.n; i++)
		if (index_says(l, l->now->indexes.v[i]))
			apart_index(l->p, l->table, l->new, i);
}

static void
leave(struct pass *p, const char *name, const char *enum_type)
{
	for (size_t i = 0; i < p->now->tables.n; i++) {
		const struct table *now = p->now->tables.v[i];
		struct leaving l = { .p = p,
			.table = i,
			.now = now,
			.new = schema_table(p->to, now->schema, now->name),
			.name = name,
			.enum_type = enum_type };

		if (l.new &&map_get(
			table_words(p, now), words_fold(p->a, name)))
			leave_in(&l);
	}
}

void
pass_apart(struct pass *p)
{
	size_t n = p->diff->changes.n;

	for (size_t i = 0; i < n; i++) {
		const struct change *c = p->diff->changes.v[i];

		if (c->kind == CHANGE_ALTER_ENUM &&
		    !enum_grows(c->old_enum, c->new_enum))
			leave(p, c->new_enum->name, c->new_enum->name);
	}
	for (size_t i = 0; i < p->moving.n; i++)
		leave(p, p->moving.v[i]->name, NULL);
}
