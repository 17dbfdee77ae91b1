/* attach - indexes and keys of a part, and those of the whole that hold them
 *
 * An index of the whole takes over what its parts have already, and takes it
 * along when it goes. One that was made ON ONLY the whole waits until each part
 * has one that was attached to it; nothing detaches it again, so that all of
 * them go together.
 */
#include "diff/needs.h"

#include "sql/key.h"
#include "sql/lex.h"

#include <string.h>

/* Returns the name behind two words of a statement, without its schema. */
static const char *
name_behind(struct pass *p, const struct object *o, const char *first,
    const char *second)
{
	const char *name = NULL;
	bool point = true;
	int seen = 0;
	struct lexer l;
	struct token t;

	lex_init(&l, p->dialect, o->sql.text, strlen(o->sql.text));
	while (lex_next(&l, &t)) {
		if (seen < 2) {
			seen = seen && token_is(&t, second)
				   ? 2
				   : token_is(&t, first);
			continue;
		}
		if (!point && !token_is(&t, "."))
			break;
		if (point)
			name = sql_unquote(p->a, p->dialect, t.at, t.len);
		point = !point;
	}
	lex_release(&l);
	return name;
}

/* Returns the name of the index that the object makes, or NULL. */
static const char *
made_by(struct pass *p, const struct object *o)
{
	if (o->kind == OBJECT_INDEX)
		return o->name;
	if (o->kind != OBJECT_SETTING ||
	    !strstr(o->sql.key, " add constraint ") ||
	    (!strstr(o->sql.key, " primary key ") &&
		!strstr(o->sql.key, " unique ")))
		return NULL;
	return name_behind(p, o, "add", "constraint");
}

/* Returns the index that the statement attaches to that of o->table, or NULL.
 */
static const char *
attached_by(struct pass *p, const struct object *o)
{
	return o->kind == OBJECT_SETTING &&
		       strstr(o->sql.key, " attach partition ")
		   ? name_behind(p, o, "attach", "partition")
		   : NULL;
}

static bool
renames_key(const struct object *o)
{
	return o->kind == OBJECT_SETTING &&
	       strstr(o->sql.key, " rename constraint ");
}

static bool
ties(struct pass *p, const struct object *attach, const struct object *o)
{
	const char *part = attached_by(p, attach),
		   *index = part ? made_by(p, o) : NULL;

	if (!index)
		return false;
	return schema_same_name(p->dialect, index, part) ||
	       (schema_same_name(p->dialect, attach->schema, o->schema) &&
		   schema_same_name(p->dialect, index, attach->table));
}

bool
attach_moves(struct pass *p, const struct object *o, const bool *moves)
{
	for (size_t i = 0; i < p->from->objects.n; i++)
		if (moves[i] && (ties(p, p->from->objects.v[i], o) ||
				    ties(p, o, p->from->objects.v[i])))
			return true;
	return false;
}

const struct partition *
object_part(enum dialect d, const struct object *o, const struct table *whole)
{
	const struct partition *part =
	    o->table ? partition_named(&whole->partitions, o->table) : NULL;

	return part && schema_same_name(
			   d, partition_schema(whole, part), o->schema)
		   ? part
		   : NULL;
}

static bool
is_of_part(const struct pass *p, const struct object *o, const struct table *t)
{
	return object_part(p->dialect, o, t) != NULL;
}

static bool
is_of(const struct pass *p, const struct object *o, const struct table *t)
{
	return o->table && !strcmp(o->table, t->name) &&
	       schema_same_name(p->dialect, o->schema, t->schema);
}

static bool
says_all(struct pass *p, const struct object *o, const struct parts *parts)
{
	for (size_t i = 0; i < parts->n; i++)
		if (parts->v[i].column &&
		    !object_mentions(p->dialect, o, parts->v[i].column))
			return false;
	return true;
}

static bool
is_key(const struct constraint *k)
{
	return k->kind == CONSTRAINT_PRIMARY_KEY ||
	       k->kind == CONSTRAINT_UNIQUE;
}

/* Is it a foreign key of a part that points to `part`, or where that is NULL
 * to any part of the table? */
static bool
points_to_part(struct pass *p, const struct object *o,
    const struct table *whole, const struct partition *part)
{
	if (o->kind != OBJECT_SETTING || !strstr(o->sql.key, " foreign key "))
		return false;
	if (part)
		return object_mentions(p->dialect, o, part->name);
	for (size_t i = 0; i < whole->partitions.n; i++)
		if (object_mentions(p->dialect, o, whole->partitions.v[i].name))
			return true;
	return false;
}

bool
attach_disturbs(struct pass *p, const struct change *c, const struct object *o)
{
	switch (c->kind) {
	case CHANGE_DROP_TABLE:
		return is_of_part(p, o, c->old_table) ||
		       points_to_part(p, o, c->old_table, NULL);
	case CHANGE_DROP_PARTITION:
		return !c->part && ((o->table && !strcmp(o->table,
						     c->old_partition->name)) ||
				       points_to_part(p, o, c->old_table,
					   c->old_partition));
	case CHANGE_DROP_INDEX:
		return (is_of_part(p, o, c->old_table) && made_by(p, o) &&
			   says_all(p, o, &c->now_index->parts)) ||
		       (c->now_index->unique &&
			   points_to_part(p, o, c->old_table, NULL));
	case CHANGE_DROP_CONSTRAINT:
		return (is_of_part(p, o, c->old_table) && renames_key(o)) ||
		       (is_key(c->now_constraint) &&
			   points_to_part(p, o, c->old_table, NULL));
	default:
		return false;
	}
}

/* Does the change make an index of the whole, or take one away? */
static bool
makes_index(const struct change *c)
{
	return c->kind == CHANGE_CREATE_INDEX ||
	       (c->kind == CHANGE_ADD_CONSTRAINT && is_key(c->new_constraint));
}

static bool
drops_index(const struct change *c)
{
	return c->kind == CHANGE_DROP_INDEX ||
	       (c->kind == CHANGE_DROP_CONSTRAINT && is_key(c->now_constraint));
}

/* Is what `whole` makes the index that holds what `o` makes? */
static bool
holds(struct pass *p, const struct object *whole, const struct object *o)
{
	const char *is = made_by(p, whole), *index = is ? made_by(p, o) : NULL;

	for (size_t i = 0; index && i < p->from->objects.n; i++) {
		const struct object *a = p->from->objects.v[i];
		const char *part = attached_by(p, a);

		if (part && schema_same_name(p->dialect, part, index) &&
		    schema_same_name(p->dialect, a->table, is))
			return true;
	}
	for (size_t i = 0; index && i < p->from->tables.n; i++) {
		const struct partition *part =
		    object_part(p->dialect, o, p->from->tables.v[i]);

		if (part && part->of && !strcmp(part->of, whole->table))
			return true;
	}
	return false;
}

static bool
sets_not_null(const struct object *o)
{
	return o->kind == OBJECT_SETTING && strstr(o->sql.key, " set not null");
}

/* Is the column required for a primary key, too? That must be gone before. */
static bool
key_requires(struct pass *p, const struct object *key, const struct object *o)
{
	return sets_not_null(o) && made_by(p, key) &&
	       strstr(key->sql.key, " primary key ") &&
	       schema_same_name(p->dialect, key->table, o->table) &&
	       schema_same_name(p->dialect, key->schema, o->schema);
}

/* One that the part has keeps the whole from having it. */
static bool
stands_in_the_way(
    struct pass *p, const struct change *c, const struct object *o)
{
	if (c->new_table && makes_index(c) && made_by(p, o) &&
	    is_of(p, o, c->new_table))
		return true;
	if (!c->new_table || !is_of_part(p, o, c->new_table))
		return false;
	if (c->kind == CHANGE_SET_NOT_NULL)
		return sets_not_null(o) &&
		       object_mentions(p->dialect, o, c->new_column->name);
	return (makes_index(c) && made_by(p, o)) ||
	       (drops_index(c) && renames_key(o));
}

void
need_attached_drop(struct pass *p, struct change *c, struct change *drop)
{
	const struct object *o = drop->old_object;

	if (stands_in_the_way(p, c, o))
		need(p, c, drop);
	if (drops_index(c) && is_of_part(p, o, c->old_table) && made_by(p, o))
		need(p, drop, c);
	if (c->kind == CHANGE_DROP_OBJECT && c != drop &&
	    (holds(p, c->old_object, o) || key_requires(p, c->old_object, o)))
		need(p, drop, c);
}

/* Has the whole, or the table itself, one that must be gone? */
static bool
makes_room(struct pass *p, const struct change *c, const struct object *o)
{
	const char *index;

	if (drops_index(c))
		return is_of_part(p, o, c->old_table) ||
		       is_of(p, o, c->old_table);
	if (c->kind != CHANGE_DROP_OBJECT)
		return false;
	index = made_by(p, c->old_object);
	return index && schema_same_name(p->dialect, index, made_by(p, o)) &&
	       schema_same_name(p->dialect, c->old_object->schema, o->schema);
}

/* A trigger of the whole comes with each part, and under its name. */
static bool
is_trigger_beside(
    struct pass *p, const struct object *old, const struct object *o)
{
	if (old->kind != OBJECT_TRIGGER || o->kind != OBJECT_TRIGGER ||
	    !schema_same_name(p->dialect, old->name, o->name))
		return false;
	for (size_t i = 0; i < p->now->tables.n; i++) {
		const struct table *t = p->now->tables.v[i];

		if ((is_of(p, o, t) && is_of_part(p, old, t)) ||
		    (is_of(p, old, t) && is_of_part(p, o, t)))
			return true;
	}
	return false;
}

bool
need_attached_create(struct pass *p, struct change *c, struct change *create)
{
	const struct object *o = create->new_object;

	if (c == create)
		return false;
	if (c->kind == CHANGE_CREATE_OBJECT && ties(p, o, c->new_object))
		need(p, create, c);
	if (makes_index(c) && renames_key(o) && is_of_part(p, o, c->new_table))
		need(p, create, c);
	if (c->kind == CHANGE_DROP_OBJECT &&
	    is_trigger_beside(p, c->old_object, o))
		need(p, create, c);
	if (!made_by(p, o) || !o->table)
		return false;
	if (makes_room(p, c, o) ||
	    (c->kind == CHANGE_ADD_PARTITION && is_of(p, o, c->new_table)))
		need(p, create, c);
	return c->kind == CHANGE_CREATE_INDEX && is_of_part(p, o, c->new_table);
}
