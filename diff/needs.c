/* needs - what must be made before what
 *
 * Changes of one table are compared pair by pair, for a table has few; across
 * tables only what can connect them is looked up: foreign keys, enum types,
 * names that one gives up and another takes, and what views and triggers
 * mention.
 */
#include "diff/pass.h"

#include "sql/key.h"

/* Changes by what they are about. */
struct lookup {
	struct pass *p;
	struct map tables; /* struct changes, by name after the renames */
	struct map enums;  /* struct changes, the same */
	struct map freed;  /* struct change that gives up the relation's name */
};

static void
need(struct pass *p, struct change *c, struct change *other)
{
	if (!other || other == c)
		return;
	for (size_t i = 0; i < c->needs.n; i++)
		if (c->needs.v[i] == other)
			return;
	vec_push(p->a, &c->needs, other);
}

static const char *
key(struct lookup *l, const char *schema, const char *name)
{
	return name_key(l->p->a, l->p->ops, "", schema, NULL, name);
}

static void
file_under(struct lookup *l, struct map *m, const char *k, struct change *c)
{
	struct changes *list = map_get(m, k);

	if (!list) {
		list = arena_new(l->p->a, struct changes);
		map_put(l->p->a, m, k, list);
	}
	vec_push(l->p->a, list, c);
}

static const struct table *
table_of(const struct change *c)
{
	return c->new_table ? c->new_table : c->now_table;
}

static void
file_freed(struct lookup *l, struct change *c)
{
	const struct table *t = c->old_table;
	const char *schema = t ? t->schema : NULL;

	switch (c->kind) {
	case CHANGE_RENAME_TABLE:
		map_put(l->p->a, &l->freed, key(l, schema, t->name), c);
		break;
	case CHANGE_DROP_TABLE:
		map_put(l->p->a, &l->freed, key(l, schema, t->name), c);
		for (size_t i = 0; i < t->indexes.n; i++)
			map_put(l->p->a, &l->freed,
			    key(l, schema, t->indexes.v[i]->name), c);
		break;
	case CHANGE_DROP_INDEX:
	case CHANGE_RENAME_INDEX:
		map_put(
		    l->p->a, &l->freed, key(l, schema, c->old_index->name), c);
		break;
	case CHANGE_DROP_OBJECT:
		map_put(l->p->a, &l->freed,
		    key(l, c->old_object->schema, c->old_object->name), c);
		break;
	default:
		break;
	}
}

static void
file_change(struct lookup *l, struct change *c)
{
	const struct table *t = table_of(c);
	const struct enum_type *e = c->new_enum ? c->new_enum : c->old_enum;

	file_freed(l, c);
	if (t)
		file_under(l, &l->tables, key(l, t->schema, t->name), c);
	if (e)
		file_under(l, &l->enums, key(l, NULL, e->name), c);
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
	case CHANGE_CREATE_INDEX:
	case CHANGE_RENAME_INDEX:
		name = c->new_index->name;
		break;
	case CHANGE_ADD_CONSTRAINT:
		name = c->new_constraint->name;
		break;
	case CHANGE_CREATE_OBJECT:
		schema = c->new_object->schema;
		name = c->new_object->name;
		break;
	default:
		break;
	}
	if (name)
		need(l->p, c, map_get(&l->freed, key(l, schema, name)));
}

static bool
is_rename(const struct change *c)
{
	return c->kind == CHANGE_RENAME_TABLE ||
	       c->kind == CHANGE_RENAME_COLUMN;
}

/* Does the change make the column what the new schema says? */
static bool
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
		p->dialect, &c->new_column->generated, o->new_column->name))
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
alter_column_needs(
    struct pass *p, const struct change *c, const struct change *o)
{
	return removes_mention(p->dialect, o, c->now_column->name) ||
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
	bool gone = c->new_column->identity == IDENTITY_NONE;

	(void)p;
	return same_column(c, o) &&
	       (o->kind == CHANGE_COLUMN_TYPE ||
		   (!gone && (o->kind == CHANGE_COLUMN_DEFAULT ||
				 o->kind == CHANGE_SET_NOT_NULL)));
}

static bool
not_null_needs(struct pass *p, const struct change *c, const struct change *o)
{
	(void)p;
	if (c->kind == CHANGE_DROP_NOT_NULL &&
	    o->kind == CHANGE_COLUMN_IDENTITY)
		return same_column(c, o);
	return same_column(c, o) && (o->kind == CHANGE_COLUMN_TYPE ||
					o->kind == CHANGE_COLUMN_DEFAULT);
}

static bool
constraint_needs(struct pass *p, const struct change *c, const struct change *o)
{
	const struct constraint *new = c->new_constraint;

	if (makes_column(o))
		return constraint_mentions(
		    p->dialect, new, o->new_column->name);
	if (o->kind != CHANGE_DROP_CONSTRAINT)
		return false;
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

static bool
drop_column_needs(
    struct pass *p, const struct change *c, const struct change *o)
{
	const char *name = c->now_column->name;

	if (removes_mention(p->dialect, o, name))
		return true;
	return (o->kind == CHANGE_DROP_COLUMN ||
		   o->kind == CHANGE_COLUMN_GENERATED) &&
	       expr_mentions(p->dialect, &o->now_column->generated, name);
}

static bool
options_need(struct pass *p, const struct change *c, const struct change *o)
{
	(void)p;
	(void)c;
	return o->kind == CHANGE_COLUMN_TYPE || o->kind == CHANGE_ADD_COLUMN ||
	       o->kind == CHANGE_ADD_CONSTRAINT;
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
};

static void
need_in_table(struct pass *p, struct change *c, const struct changes *group)
{
	for (size_t i = 0; i < group->n; i++) {
		struct change *o = group->v[i];

		if (o == c)
			continue;
		if ((is_rename(o) && !is_rename(c)) ||
		    (moves_key(p, o, false) && moves_key(p, c, true)) ||
		    o->kind == CHANGE_CREATE_TABLE ||
		    (in_table[c->kind] && in_table[c->kind](p, c, o)))
			need(p, c, o);
	}
}

/* Do the parts name exactly these columns, in any order? */
static bool
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

/* Does the change of the target make what the reference needs there? */
static bool
makes_target(struct pass *p, const struct change *o, const struct constraint *k)
{
	const struct constraint *c = o->new_constraint;

	if (o->kind == CHANGE_CREATE_TABLE || is_rename(o))
		return true;
	if (makes_column(o))
		return names_have(
		    p->dialect, &k->target_columns, o->new_column->name);
	if (o->kind == CHANGE_ADD_CONSTRAINT)
		return (c->kind == CONSTRAINT_PRIMARY_KEY ||
			   c->kind == CONSTRAINT_UNIQUE) &&
		       is_key_of(p->dialect, &c->parts, &k->target_columns);
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

	for (size_t i = 0; group && i < group->n; i++)
		if (makes_target(l->p, group->v[i], k))
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
		return false;
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

/* Does the change take something away from below an object that stands? */
static bool
pulls(struct pass *p, const struct change *c, const struct words *w)
{
	switch (c->kind) {
	case CHANGE_RENAME_TABLE:
	case CHANGE_DROP_TABLE:
		return words_mention(p, w, c->old_table->name);
	case CHANGE_RENAME_COLUMN:
	case CHANGE_DROP_COLUMN:
	case CHANGE_COLUMN_TYPE:
	case CHANGE_COLUMN_COLLATION:
	case CHANGE_COLUMN_GENERATED:
		return words_mention(p, w, c->old_table->name) &&
		       words_mention_column(p, w, c->old_column->name);
	default:
		return false;
	}
}

/* Does the change make what a new object stands on? */
static bool
bears(struct pass *p, const struct change *c, const struct words *w)
{
	const struct table *t = table_of(c);
	const struct column *column =
	    c->new_column ? c->new_column : c->now_column;

	if (!t || !words_mention(p, w, t->name))
		return false;
	if (c->kind == CHANGE_CREATE_TABLE || c->kind == CHANGE_RENAME_TABLE)
		return true;
	return column && words_mention_column(p, w, column->name) &&
	       (c->kind == CHANGE_RENAME_COLUMN ||
		   c->kind == CHANGE_DROP_COLUMN || makes_column(c));
}

static void
need_around_drop(struct pass *p, struct change *drop, const struct words *w)
{
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		struct change *c = p->diff->changes.v[i];

		if (pulls(p, c, w))
			need(p, c, drop);
		/* and what stands on this object goes before it */
		if (c->kind == CHANGE_DROP_OBJECT && c != drop &&
		    c->old_object->kind != OBJECT_TRIGGER &&
		    words_mention(p, w, c->old_object->name))
			need(p, c, drop);
	}
}

static void
need_around_create(struct pass *p, struct change *create, const struct words *w)
{
	need(p, create, create->mate);
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		struct change *c = p->diff->changes.v[i];

		if (bears(p, c, w) ||
		    (c->kind == CHANGE_CREATE_OBJECT &&
			c->new_object->kind != OBJECT_TRIGGER &&
			words_mention(p, w, c->new_object->name)))
			need(p, create, c);
	}
}

static const struct words *
words_of(const struct words *all, size_t n, const struct object *o)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].object == o)
			return &all[i];
	return NULL;
}

static void
need_around_objects(struct pass *p)
{
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		struct change *c = p->diff->changes.v[i];

		if (c->kind == CHANGE_DROP_OBJECT)
			need_around_drop(p, c,
			    words_of(p->old_words, p->from->objects.n,
				c->old_object));
		else if (c->kind == CHANGE_CREATE_OBJECT)
			need_around_create(p, c,
			    words_of(
				p->new_words, p->to->objects.n, c->new_object));
	}
}

void
pass_needs(struct pass *p)
{
	struct lookup l = { p, { 0 }, { 0 }, { 0 } };
	struct changes *all = &p->diff->changes;

	for (size_t i = 0; i < all->n; i++)
		file_change(&l, all->v[i]);
	for (size_t i = 0; i < all->n; i++) {
		struct change *c = all->v[i];
		const struct table *t = table_of(c);

		need_free_name(&l, c);
		if (t)
			need_in_table(p, c,
			    map_get(&l.tables, key(&l, t->schema, t->name)));
		each_constraint(&l, c, need_target, true);
		each_constraint(&l, c, release_target, false);
		need_enums(&l, c);
	}
	need_around_objects(p);
}
