/* schema - finding things in a schema
 *
 * Tables, enums and objects share one map: at 10000 tables a diff that looked
 * each of them up in a list would take seconds. A key is the kind, the schema
 * and the name, folded as the dialect folds; what was pushed to a list by hand
 * is not in the map, and is looked for in what the map does not cover.
 */
#include "schema/schema.h"

#include <stdio.h>
#include <string.h>

#include "schema/fact.h"

enum space { SPACE_TABLE, SPACE_SLUG, SPACE_ENUM, SPACE_OBJECT };

#define KEY_MAX 256

/* Writes the key; false where the names are too long to have one. */
static bool
make_key(char key[KEY_MAX], bool fold, int space, const char *schema,
    const char *name)
{
	size_t n = 0, len = strlen(name), above = schema ? strlen(schema) : 0;

	if (len + above + 4 > KEY_MAX)
		return false;
	key[n++] = (char)('A' + space);
	if (schema) {
		memcpy(key + n, schema, above);
		n += above;
		key[n++] = '\x1f';
	}
	memcpy(key + n, name, len + 1);
	for (char *p = key + 1; fold && *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	return true;
}

static void
remember(struct arena *a, struct schema *s, int space, const char *schema,
    const char *name, void *thing)
{
	char key[KEY_MAX];
	bool fold = schema_rules[s->dialect].fold && space != SPACE_SLUG;

	/* of two with one name the first is found, as in a list */
	if (name && make_key(key, fold, space, schema, name) &&
	    !map_get(&s->found.map, key))
		map_put(a, &s->found.map, arena_strdup(a, key), thing);
}

/* Returns what the map has; *all is set where a list must be searched from
 * its start, because the name is too long for a key, or none. */
static void *
recall(const struct schema *s, int space, const char *schema, const char *name,
    bool *all)
{
	char key[KEY_MAX];
	bool fold = schema_rules[s->dialect].fold && space != SPACE_SLUG;

	*all = !name || !make_key(key, fold, space, schema, name);
	return *all ? NULL : map_get(&s->found.map, key);
}

/* What besides schema and name says which one it is. */
static const char *
second_name(const struct schema *s, const struct object *o)
{
	if (object_of_table(s->dialect, o->kind))
		return o->table;
	return object_traits(o->kind)->signature ? o->signature : NULL;
}

static bool
has_second_name(const struct schema *s, enum object_kind kind)
{
	return object_of_table(s->dialect, kind) ||
	       object_traits(kind)->signature;
}

/* Returns the name by which an object is filed, which the buffer may hold;
 * NULL where it has no room. */
static const char *
filed_name(const struct schema *s, const struct object *o, char buf[KEY_MAX])
{
	const char *second = second_name(s, o);
	int n;

	if (!second)
		return o->name;
	n = snprintf(buf, KEY_MAX, "%s\x1e%s", o->name, second);
	return n < KEY_MAX ? buf : NULL;
}

static void
remember_object(struct arena *a, struct schema *s, struct object *o)
{
	char buf[KEY_MAX];

	remember(a, s, SPACE_OBJECT + (int)o->kind, o->schema,
	    filed_name(s, o, buf), o);
}

void
schema_reindex(struct arena *a, struct schema *s)
{
	s->found.map = (struct map){ 0 };
	for (size_t i = 0; i < s->tables.n; i++) {
		struct table *t = s->tables.v[i];

		remember(a, s, SPACE_TABLE, t->schema, t->name, t);
		remember(a, s, SPACE_SLUG, NULL, t->slug, t);
	}
	for (size_t i = 0; i < s->enums.n; i++) {
		struct enum_type *e = s->enums.v[i];

		remember(a, s, SPACE_ENUM, e->schema, e->name, e);
	}
	for (size_t i = 0; i < s->objects.n; i++)
		remember_object(a, s, s->objects.v[i]);
	s->found.tables = s->tables.n;
	s->found.enums = s->enums.n;
	s->found.objects = s->objects.n;
}

void
schema_add_table(struct arena *a, struct schema *s, struct table *t)
{
	vec_push(a, &s->tables, t);
	if (s->found.tables != s->tables.n - 1)
		return;
	remember(a, s, SPACE_TABLE, t->schema, t->name, t);
	remember(a, s, SPACE_SLUG, NULL, t->slug, t);
	s->found.tables++;
}

void
schema_add_enum(struct arena *a, struct schema *s, struct enum_type *e)
{
	vec_push(a, &s->enums, e);
	if (s->found.enums != s->enums.n - 1)
		return;
	remember(a, s, SPACE_ENUM, e->schema, e->name, e);
	s->found.enums++;
}

void
schema_add_object(struct arena *a, struct schema *s, struct object *o)
{
	vec_push(a, &s->objects, o);
	if (s->found.objects != s->objects.n - 1)
		return;
	remember_object(a, s, o);
	s->found.objects++;
}

static bool
is_called(enum dialect d, const char *schema, const char *name,
    const char *other_schema, const char *other)
{
	return schema_same_name(d, name, other) &&
	       schema_same_name(d, schema, other_schema);
}

struct table *
schema_table(const struct schema *s, const char *schema, const char *name)
{
	bool all;
	struct table *t = recall(s, SPACE_TABLE, schema, name, &all);

	for (size_t i = all ? 0 : s->found.tables; !t && i < s->tables.n; i++)
		if (is_called(s->dialect, schema, name, s->tables.v[i]->schema,
			s->tables.v[i]->name))
			t = s->tables.v[i];
	return t;
}

struct table *
schema_slug(const struct schema *s, const char *slug)
{
	bool all;
	struct table *t = recall(s, SPACE_SLUG, NULL, slug, &all);

	for (size_t i = all ? 0 : s->found.tables; !t && i < s->tables.n; i++)
		if (s->tables.v[i]->slug && !strcmp(s->tables.v[i]->slug, slug))
			t = s->tables.v[i];
	return t;
}

struct enum_type *
schema_enum(const struct schema *s, const char *schema, const char *name)
{
	bool all;
	struct enum_type *e = recall(s, SPACE_ENUM, schema, name, &all);

	for (size_t i = all ? 0 : s->found.enums; !e && i < s->enums.n; i++)
		if (is_called(s->dialect, schema, name, s->enums.v[i]->schema,
			s->enums.v[i]->name))
			e = s->enums.v[i];
	return e;
}

struct object *
schema_object(const struct schema *s, enum object_kind kind, const char *schema,
    const char *name)
{
	bool all = has_second_name(s, kind);
	struct object *o = NULL;

	if (!all)
		o = recall(s, SPACE_OBJECT + (int)kind, schema, name, &all);
	for (size_t i = all ? 0 : s->found.objects; !o && i < s->objects.n; i++)
		if (s->objects.v[i]->kind == kind &&
		    is_called(s->dialect, schema, name, s->objects.v[i]->schema,
			s->objects.v[i]->name))
			o = s->objects.v[i];
	return o;
}

static bool
is_same_object(
    const struct schema *s, const struct object *a, const struct object *b)
{
	return a->kind == b->kind &&
	       is_called(s->dialect, a->schema, a->name, b->schema, b->name) &&
	       schema_same_name(
		   s->dialect, second_name(s, a), second_name(s, b));
}

struct object *
schema_object_like(const struct schema *s, const struct object *o)
{
	bool all;
	char buf[KEY_MAX];
	struct object *found = recall(s, SPACE_OBJECT + (int)o->kind, o->schema,
	    filed_name(s, o, buf), &all);

	for (size_t i = all ? 0 : s->found.objects; !found && i < s->objects.n;
	     i++)
		if (is_same_object(s, o, s->objects.v[i]))
			found = s->objects.v[i];
	return found;
}

struct column *
table_column(const struct schema *s, const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (schema_same_name(s->dialect, t->columns.v[i]->name, name))
			return t->columns.v[i];
	return NULL;
}

struct index *
table_index(const struct schema *s, const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->indexes.n; i++)
		if (schema_same_name(s->dialect, t->indexes.v[i]->name, name))
			return t->indexes.v[i];
	return NULL;
}

struct constraint *
table_primary_key(const struct table *t)
{
	for (size_t i = 0; i < t->constraints.n; i++)
		if (t->constraints.v[i]->kind == CONSTRAINT_PRIMARY_KEY)
			return t->constraints.v[i];
	return NULL;
}

struct constraint *
table_constraint(enum dialect d, const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->constraints.n; i++)
		if (schema_same_name(d, t->constraints.v[i]->name, name))
			return t->constraints.v[i];
	return NULL;
}

/* No server cuts a name further than that. */
#define LED 24

bool
partition_leads(const struct partitions *partitions, const char *name)
{
	for (size_t i = 0; i < partitions->n; i++) {
		size_t n = strlen(partitions->v[i].name);

		if (!strncmp(name, partitions->v[i].name, n < LED ? n : LED))
			return true;
	}
	return false;
}

struct parent *
parent_named(
    const struct parents *parents, const char *schema, const char *name)
{
	for (size_t i = 0; i < parents->n; i++)
		if (schema_same_name(
			DIALECT_POSTGRES, parents->v[i].schema, schema) &&
		    !strcmp(parents->v[i].name, name))
			return &parents->v[i];
	return NULL;
}

struct partition *
partition_named(const struct partitions *partitions, const char *name)
{
	for (size_t i = 0; i < partitions->n; i++)
		if (!strcmp(partitions->v[i].name, name))
			return &partitions->v[i];
	return NULL;
}

const char *
partition_schema(const struct table *whole, const struct partition *part)
{
	if (!part->schema)
		return whole->schema;
	return strcmp(part->schema, "public") ? part->schema : NULL;
}
