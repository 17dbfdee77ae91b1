/* needs - what must be made before what
 *
 * Across tables only what can connect them is looked up: foreign keys, enum
 * types, names that one gives up and another takes. What is inside a table is
 * in needs_table.c, views and triggers in needs_object.c.
 */
#include "diff/needs.h"

#include "sql/options.h"

/* Changes by what they are about. */
struct lookup {
	struct pass *p;
	struct arena *a;   /* of this lookup */
	struct map tables; /* struct changes, by name after the renames */
	struct map enums;  /* struct changes, the same */
	struct map freed;  /* struct change that gives up the relation's name */
};

void
need(struct pass *p, struct change *c, struct change *other)
{
	if (!other || other == c)
		return;
	for (size_t i = 0; i < c->needs.n; i++)
		if (c->needs.v[i] == other)
			return;
	vec_push(p->a, &c->needs, other);
}

const struct table *
change_table(const struct change *c)
{
	return c->new_table ? c->new_table : c->now_table;
}

static const char *
key(struct lookup *l, const char *schema, const char *name)
{
	return name_key(l->a, l->p->ops, "", schema, NULL, name);
}

static void
file_under(struct lookup *l, struct map *m, const char *k, struct change *c)
{
	struct changes *list = map_get(m, k);

	if (!list) {
		list = arena_new(l->a, struct changes);
		map_put(l->a, m, k, list);
	}
	vec_push(l->a, list, c);
}

/* Does it share names with tables, as their types do? A policy does not. */
static bool
is_named_among_tables(const struct object *o)
{
	return object_traits(o->kind)->relation || o->kind == OBJECT_TYPE ||
	       o->kind == OBJECT_DOMAIN;
}

/* The name of the constraint's index, which no other relation may have; NULL
 * where it has none. */
static const char *
index_of(const struct lookup *l, const struct constraint *k)
{
	bool keyed = k->kind == CONSTRAINT_PRIMARY_KEY ||
		     k->kind == CONSTRAINT_UNIQUE ||
		     k->kind == CONSTRAINT_EXCLUDE;

	return keyed && l->p->ops->constraint_names ? k->name : NULL;
}

static void
free_index_of(struct lookup *l, struct change *c, const struct constraint *k)
{
	const char *name = index_of(l, k);

	if (name)
		map_put(l->a, &l->freed, key(l, c->old_table->schema, name), c);
}

/* The name of the sequence of an identity, or NULL. */
static const char *
sequence_of(
    const struct lookup *l, const struct table *t, const struct column *c)
{
	return c->identity && l->p->ops->names_sequences
		   ? sql_sequence_named(l->a, l->p->dialect, t->name, c->name,
			 column_more(c)->identity_options)
		   : NULL;
}

static void
free_sequence_of(struct lookup *l, struct change *c, const struct column *of)
{
	const char *name = sequence_of(l, c->old_table, of);

	if (name)
		map_put(l->a, &l->freed, key(l, c->old_table->schema, name), c);
}

static void
file_freed(struct lookup *l, struct change *c)
{
	const struct table *t = c->old_table;
	const char *schema = t ? t->schema : NULL;

	switch (c->kind) {
	case CHANGE_RENAME_TABLE:
		map_put(l->a, &l->freed, key(l, schema, t->name), c);
		break;
	case CHANGE_DROP_TABLE:
		map_put(l->a, &l->freed, key(l, schema, t->name), c);
		for (size_t i = 0; i < t->indexes.n; i++)
			map_put(l->a, &l->freed,
			    key(l, schema, t->indexes.v[i]->name), c);
		for (size_t i = 0; i < t->constraints.n; i++)
			free_index_of(l, c, t->constraints.v[i]);
		for (size_t i = 0; i < t->columns.n; i++)
			free_sequence_of(l, c, t->columns.v[i]);
		for (size_t i = 0; i < t->partitions.n; i++)
			map_put(l->a, &l->freed,
			    key(l, partition_schema(t, &t->partitions.v[i]),
				t->partitions.v[i].name),
			    c);
		break;
	case CHANGE_DROP_PARTITION:
		if (!c->part)
			map_put(l->a, &l->freed,
			    key(l, partition_schema(t, c->old_partition),
				c->old_partition->name),
			    c);
		break;
	case CHANGE_DROP_COLUMN:
		for (size_t i = 0; i < t->constraints.n; i++)
			if (constraint_belongs(l->p->ops, l->p->dialect, t,
				t->constraints.v[i], c->old_column->name))
				free_index_of(l, c, t->constraints.v[i]);
		free_sequence_of(l, c, c->old_column);
		break;
	case CHANGE_DROP_CONSTRAINT:
	case CHANGE_RENAME_CONSTRAINT:
		free_index_of(l, c, c->old_constraint);
		break;
	case CHANGE_DROP_INDEX:
	case CHANGE_RENAME_INDEX:
		map_put(l->a, &l->freed, key(l, schema, c->old_index->name), c);
		break;
	case CHANGE_COLUMN_IDENTITY: /* the sequence that goes with it */
		if (c->new_column->identity == IDENTITY_NONE)
			free_sequence_of(l, c, c->old_column);
		break;
	case CHANGE_DROP_ENUM: /* a table is a type, too */
		map_put(l->a, &l->freed,
		    key(l, c->old_enum->schema, c->old_enum->name), c);
		break;
	case CHANGE_DROP_OBJECT:
		if (is_named_among_tables(c->old_object))
			map_put(l->a, &l->freed,
			    key(l, c->old_object->schema, c->old_object->name),
			    c);
		break;
	default:
		break;
	}
}

/* What else a part needs is done while it is a table. */
static void
need_around_part(struct lookup *l, struct change *c)
{
	struct changes *group =
	    map_get(&l->tables, key(l, c->part->schema, c->part->name));
	const struct changes *all = &l->p->diff->changes;

	for (size_t i = 0; group && i < group->n; i++) {
		if (c->kind == CHANGE_ADD_PARTITION) {
			need(l->p, c, group->v[i]);
			continue;
		}
		need(l->p, group->v[i], c);
		/* what was said of the part is of the table now */
		for (size_t k = 0; k < all->n; k++)
			if (all->v[k]->kind == CHANGE_DROP_OBJECT &&
			    schema_same_name(l->p->dialect,
				all->v[k]->old_object->table, c->part->name))
				need(l->p, group->v[i], all->v[k]);
	}
}

static void
file_change(struct lookup *l, struct change *c)
{
	const struct table *t = change_table(c);
	const struct enum_type *e = c->new_enum ? c->new_enum : c->old_enum;

	file_freed(l, c);
	if (t)
		file_under(l, &l->tables, key(l, t->schema, t->name), c);
	if (e)
		file_under(l, &l->enums, key(l, NULL, e->name), c);
}

/* Functions of one name stand side by side. */
static bool
shares_names(const struct change *c)
{
	return c->new_object && object_traits(c->new_object->kind)->signature;
}

static void
need_freed(
    struct lookup *l, struct change *c, const char *schema, const char *name)
{
	need(l->p, c, map_get(&l->freed, key(l, schema, name)));
}

/* What comes with a new table has names, too. */
static void
need_free_names(struct lookup *l, struct change *c)
{
	const struct table *t = c->new_table;

	for (size_t i = 0; i < t->partitions.n; i++)
		need_freed(l, c, partition_schema(t, &t->partitions.v[i]),
		    t->partitions.v[i].name);
	for (size_t i = 0; i < t->constraints.n; i++) {
		const char *name = index_of(l, t->constraints.v[i]);

		if (name)
			need_freed(l, c, t->schema, name);
	}
	for (size_t i = 0; i < t->columns.n; i++) {
		const char *name = sequence_of(l, t, t->columns.v[i]);

		if (name)
			need_freed(l, c, t->schema, name);
	}
}

/* What the change takes the name of, or NULL. */
static void
need_free_name(struct lookup *l, struct change *c)
{
	const struct table *t = c->new_table;
	const char *schema = t ? t->schema : NULL, *name = NULL;

	switch (c->kind) {
	case CHANGE_RENAME_TABLE:
	case CHANGE_CREATE_TABLE:
		name = t->name;
		break;
	case CHANGE_ADD_PARTITION:
		name = c->new_partition->name;
		schema = partition_schema(t, c->new_partition);
		break;
	case CHANGE_CREATE_INDEX:
	case CHANGE_RENAME_INDEX:
		name = c->new_index->name;
		break;
	case CHANGE_ADD_CONSTRAINT:
	case CHANGE_RENAME_CONSTRAINT:
		name = index_of(l, c->new_constraint);
		break;
	case CHANGE_CREATE_ENUM:
		schema = c->new_enum->schema;
		name = c->new_enum->name;
		break;
	case CHANGE_CREATE_OBJECT:
		schema = c->new_object->schema;
		name = c->new_object->name;
		break;
	case CHANGE_ADD_COLUMN:
	case CHANGE_COLUMN_IDENTITY: /* the sequence that comes with it */
		name = sequence_of(l, t, c->new_column);
		break;
	default:
		break;
	}
	if (c->kind == CHANGE_CREATE_TABLE)
		need_free_names(l, c);
	if (name && !shares_names(c))
		need_freed(l, c, schema, name);
}

bool
is_key_of(
    enum dialect d, const struct parts *parts, const struct names *columns)
{
	for (size_t i = 0; i < parts->n; i++) {
		size_t k = 0;

		while (k < columns->n &&
		       !schema_same_name(d, parts->v[i].column, columns->v[k]))
			k++;
		if (k == columns->n)
			return false;
	}
	return parts->n == columns->n;
}

static bool
names_have(enum dialect d, const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->n; i++)
		if (schema_same_name(d, names->v[i], name))
			return true;
	return false;
}

static bool needs_release(
    struct pass *p, const struct change *o, const struct constraint *k);

/* Is the table logged from now on, or no longer? What is logged refers to what
 * is logged alone. */
static bool
turns(const struct change *o, bool logged)
{
	return o->kind == CHANGE_TABLE_OPTIONS &&
	       o->now_table->unlogged == logged &&
	       o->new_table->unlogged != logged;
}

/* Does the change of the target make what the reference needs there, or take
 * away what it would lean on for now? */
static bool
makes_target(struct pass *p, const struct change *o, const struct constraint *k)
{
	const struct constraint *c = o->new_constraint;

	if (o->kind == CHANGE_CREATE_TABLE || is_rename(o) || turns(o, true))
		return true;
	if (makes_column(o))
		return names_have(
		    p->dialect, &k->target_columns, o->new_column->name);
	if (o->kind == CHANGE_ADD_CONSTRAINT)
		return (c->kind == CONSTRAINT_PRIMARY_KEY ||
			   c->kind == CONSTRAINT_UNIQUE) &&
		       is_key_of(p->dialect, &c->parts, &k->target_columns);
	if (o->kind == CHANGE_DROP_CONSTRAINT || o->kind == CHANGE_DROP_INDEX)
		return needs_release(p, o, k);
	return o->kind == CHANGE_CREATE_INDEX && o->new_index->unique &&
	       is_key_of(p->dialect, &o->new_index->parts, &k->target_columns);
}

static struct changes *
changes_of_target(struct lookup *l, const struct constraint *k)
{
	if (k->kind != CONSTRAINT_FOREIGN_KEY || !k->target)
		return NULL;
	return map_get(&l->tables, key(l, k->target_schema, k->target));
}

static void
need_target(struct lookup *l, struct change *c, const struct constraint *k)
{
	struct changes *group = changes_of_target(l, k);
	/* a new table has no rows whose key would be looked for */
	bool loose =
	    l->p->ops->loose_references && c->kind == CHANGE_CREATE_TABLE;

	for (size_t i = 0; group && i < group->n; i++)
		if (makes_target(l->p, group->v[i], k) &&
		    (!loose || group->v[i]->kind != CHANGE_CREATE_INDEX))
			need(l->p, c, group->v[i]);
}

/* Must the reference be gone before the change of its target is made? */
static bool
needs_release(
    struct pass *p, const struct change *o, const struct constraint *k)
{
	switch (o->kind) {
	case CHANGE_DROP_TABLE:
		return true;
	case CHANGE_DROP_COLUMN:
	case CHANGE_COLUMN_TYPE:
		return names_have(
		    p->dialect, &k->target_columns, o->now_column->name);
	case CHANGE_DROP_CONSTRAINT:
		return is_key_of(
		    p->dialect, &o->now_constraint->parts, &k->target_columns);
	case CHANGE_DROP_INDEX:
		return o->now_index->unique &&
		       is_key_of(p->dialect, &o->now_index->parts,
			   &k->target_columns);
	default:
		return turns(o, false);
	}
}

/* Of two tables that one refers to, both logged from now on, or no longer. */
static void
need_turned(struct lookup *l, struct change *c)
{
	const struct table *t = c->new_table;

	for (size_t i = 0; i < t->constraints.n; i++) {
		struct changes *group =
		    changes_of_target(l, t->constraints.v[i]);

		for (size_t k = 0; group && k < group->n; k++) {
			if (turns(c, true) && turns(group->v[k], true))
				need(l->p, c, group->v[k]);
			if (turns(c, false) && turns(group->v[k], false))
				need(l->p, group->v[k], c);
		}
	}
}

static void
release_target(struct lookup *l, struct change *c, const struct constraint *k)
{
	struct changes *group = changes_of_target(l, k);

	for (size_t i = 0; group && i < group->n; i++)
		if (needs_release(l->p, group->v[i], k))
			need(l->p, group->v[i], c);
}

/* Calls f for each constraint that the change brings, or takes away. */
static void
each_constraint(struct lookup *l, struct change *c,
    void (*f)(struct lookup *, struct change *, const struct constraint *),
    bool brought)
{
	struct pass *p = l->p;
	bool whole =
	    c->kind == (brought ? CHANGE_CREATE_TABLE : CHANGE_DROP_TABLE);
	const struct table *t = brought ? c->new_table : c->now_table;
	const struct column *column = brought ? c->new_column : c->now_column;

	if (c->kind ==
	    (brought ? CHANGE_ADD_CONSTRAINT : CHANGE_DROP_CONSTRAINT)) {
		f(l, c, brought ? c->new_constraint : c->now_constraint);
		return;
	}
	if (!whole &&
	    c->kind != (brought ? CHANGE_ADD_COLUMN : CHANGE_DROP_COLUMN))
		return;
	for (size_t i = 0; i < t->constraints.n; i++)
		if (whole || constraint_belongs(p->ops, p->dialect, t,
				 t->constraints.v[i], column->name))
			f(l, c, t->constraints.v[i]);
}

static void
need_enum(struct lookup *l, struct change *c, const struct column *column)
{
	struct changes *group;

	if (!column || !column->enum_type)
		return;
	group = map_get(&l->enums, key(l, NULL, column->enum_type));
	for (size_t i = 0; group && i < group->n; i++)
		if (group->v[i]->kind != CHANGE_DROP_ENUM)
			need(l->p, c, group->v[i]);
}

/* A type goes after all that used it. */
static void
release_enum(struct lookup *l, struct change *c, const struct column *column)
{
	struct changes *group;

	if (!column || !column->enum_type)
		return;
	group = map_get(&l->enums, key(l, NULL, column->enum_type));
	for (size_t i = 0; group && i < group->n; i++)
		if (group->v[i]->kind == CHANGE_DROP_ENUM)
			need(l->p, group->v[i], c);
}

static void
need_enums(struct lookup *l, struct change *c)
{
	if (c->kind == CHANGE_CREATE_TABLE)
		for (size_t i = 0; i < c->new_table->columns.n; i++)
			need_enum(l, c, c->new_table->columns.v[i]);
	else if (!is_rename(c))
		need_enum(l, c, c->new_column);
	if (c->kind == CHANGE_DROP_TABLE)
		for (size_t i = 0; i < c->now_table->columns.n; i++)
			release_enum(l, c, c->now_table->columns.v[i]);
	else if (c->kind == CHANGE_DROP_COLUMN || c->kind == CHANGE_COLUMN_TYPE)
		release_enum(l, c, c->now_column);
}

void
pass_needs(struct pass *p)
{
	struct arena mine = { 0 };
	struct lookup l = { .p = p, .a = &mine };
	struct changes *all = &p->diff->changes;

	for (size_t i = 0; i < all->n; i++)
		file_change(&l, all->v[i]);
	for (size_t i = 0; i < all->n; i++) {
		struct change *c = all->v[i];
		const struct table *t = change_table(c);

		need_free_name(&l, c);
		if (t)
			need_in_table(p, c,
			    map_get(&l.tables, key(&l, t->schema, t->name)));
		each_constraint(&l, c, need_target, true);
		each_constraint(&l, c, release_target, false);
		need_enums(&l, c);
		if (c->kind == CHANGE_TABLE_OPTIONS)
			need_turned(&l, c);
		if (c->part)
			need_around_part(&l, c);
		if (c->kind == CHANGE_ALTER_ENUM &&
		    !enum_grows(c->old_enum, c->new_enum))
			need_around_enum(p, c);
	}
	arena_release(&mine);
	need_around_objects(p);
}
