/* reference - foreign keys that cannot stand while others are changed
 *
 * Between the changes of both its ends they would be of two types, and
 * PostgreSQL refuses that unless they compare (integer and bigint do, uuid and
 * bigint do not). What it references may go, too: a table that is made anew, or
 * one of two keys. So it goes before the first change and comes again after the
 * last.
 */
#include "diff/pass.h"

static const char *
key_of(
    struct pass *p, const char *schema, const char *table, const char *column)
{
	return name_key(p->a, p->ops, "", schema, table, column);
}

static bool
both_change(struct pass *p, struct map *changed, const struct table *t,
    const struct constraint *c)
{
	if (c->kind != CONSTRAINT_FOREIGN_KEY)
		return false;
	for (size_t i = 0; i < c->parts.n && i < c->target_columns.n; i++)
		if (map_get(changed,
			key_of(p, t->schema, t->name, c->parts.v[i].column)) &&
		    map_get(changed, key_of(p, c->target_schema, c->target,
					 c->target_columns.v[i])))
			return true;
	return false;
}

/* Does the change take away what the foreign key references? */
static bool
takes_target(struct pass *p, const struct change *c, const struct constraint *k)
{
	const struct table *t = c->now_table;

	if (!schema_same_name(p->dialect, t->name, k->target) ||
	    !schema_same_name(p->dialect, t->schema, k->target_schema))
		return false;
	return c->kind == CHANGE_DROP_TABLE ||
	       is_key_of(p->dialect,
		   c->kind == CHANGE_DROP_INDEX ? &c->now_index->parts
						: &c->now_constraint->parts,
		   &k->target_columns);
}

static bool
loses_target(struct pass *p, const struct changes *gone, const struct table *t,
    const struct constraint *k)
{
	if (k->kind != CONSTRAINT_FOREIGN_KEY || !k->target)
		return false;
	for (size_t i = 0; i < gone->n; i++)
		if (gone->v[i]->now_table == t &&
		    gone->v[i]->kind == CHANGE_DROP_TABLE)
			return false; /* it is made anew itself */
	for (size_t i = 0; i < gone->n; i++)
		if (takes_target(p, gone->v[i], k))
			return true;
	return false;
}

/* Is it the drop of a table that comes again, or of a key? */
static bool
takes_something(const struct change *c)
{
	switch (c->kind) {
	case CHANGE_DROP_TABLE:
		return c->mate != NULL;
	case CHANGE_DROP_CONSTRAINT:
		return c->now_constraint->kind == CONSTRAINT_PRIMARY_KEY ||
		       c->now_constraint->kind == CONSTRAINT_UNIQUE;
	case CHANGE_DROP_INDEX:
		return c->now_index->unique;
	default:
		return false;
	}
}

static const struct constraint *
find_equal(struct pass *p, const struct table *t, const struct constraint *c)
{
	for (size_t i = 0; i < t->constraints.n; i++)
		if (constraint_equal(p->dialect, t->constraints.v[i], c))
			return t->constraints.v[i];
	return NULL;
}

static void
make_again(struct pass *p, size_t table, size_t at, const struct table *new,
    const struct constraint *wanted)
{
	struct change *drop =
	    pass_add_of(p, CHANGE_DROP_CONSTRAINT, table, new);
	struct change *add = pass_add_of(p, CHANGE_ADD_CONSTRAINT, table, new);

	drop->old_constraint = drop->old_table->constraints.v[at];
	drop->now_constraint = drop->now_table->constraints.v[at];
	add->new_constraint = wanted;
	drop->source = add->source =
	    wanted->source.file ? wanted->source : new->source;
	pass_mates(drop, add);
}

static void
look_at_table(struct pass *p, struct map *changed, const struct changes *gone,
    size_t table)
{
	const struct table *now = p->now->tables.v[table];
	const struct table *new = schema_table(p->to, now->schema, now->name);

	for (size_t i = 0; new &&i < now->constraints.n; i++) {
		const struct constraint *c = now->constraints.v[i], *wanted;

		if (!both_change(p, changed, now, c) &&
		    !loses_target(p, gone, now, c))
			continue;
		wanted = find_equal(p, new, c);
		if (wanted)
			make_again(p, table, i, new, wanted);
	}
}

/* Columns whose enum type another one takes the place of. */
static void
note_exchanged(struct pass *p, struct map *changed)
{
	for (size_t i = 0; i < p->now->tables.n; i++) {
		const struct table *t = p->now->tables.v[i];

		for (size_t k = 0; k < t->columns.n; k++)
			if (pass_is_exchanged(p, t->columns.v[k]))
				map_put(p->a, changed,
				    key_of(p, t->schema, t->name,
					t->columns.v[k]->name),
				    p);
	}
}

void
pass_references(struct pass *p)
{
	struct map changed = { 0 };
	struct changes gone = { 0 };

	note_exchanged(p, &changed);
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		struct change *c = p->diff->changes.v[i];

		if (c->kind == CHANGE_COLUMN_TYPE)
			map_put(p->a, &changed,
			    key_of(p, c->new_table->schema, c->new_table->name,
				c->new_column->name),
			    c);
		if (takes_something(c))
			vec_push(p->a, &gone, c);
	}
	for (size_t i = 0; (changed.n || gone.n) && i < p->now->tables.n; i++)
		look_at_table(p, &changed, &gone, i);
}
