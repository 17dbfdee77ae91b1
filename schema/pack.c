/* pack - a schema in as little memory as it needs
 *
 * What fills a schema leaves behind what it read, lists that grew, and the
 * same text many times over. A file name alone stands in every column.
 */
#include <stddef.h>
#include <string.h>

#include "schema/schema.h"

struct taking {
	struct arena *to, *scratch;
	struct map texts;
};

/* Where the texts of a struct are; lists of them apart. */
struct places {
	const size_t *texts;
	size_t n;
	const size_t *lists; /* struct names */
	size_t lists_n;
};

#define AT(type, field) offsetof(struct type, field)
#define EXPR(type, field) AT(type, field.text), AT(type, field.key)
#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define PLACES(what)                                                           \
	static const struct places what##_places = { what##_texts,             \
		COUNT(what##_texts), what##_lists, COUNT(what##_lists) }

/* A struct that grows must be looked at here, or its texts would be freed. */
#define LOOKED_AT(type, size)                                                  \
	_Static_assert(sizeof(struct type) == (size),                          \
	    "schema/pack.c does not know what is new in struct " #type)

static const size_t column_texts[] = {
	AT(column, name),
	AT(column, type),
	EXPR(column, default_value),
	EXPR(column, generated),
	AT(column, collation),
	AT(column, comment),
	AT(column, on_conflict),
	EXPR(column, backfill),
	EXPR(column, conversion),
	AT(column, field),
	AT(column, enum_type),
	AT(column, source.file),
};
static const size_t column_lists[] = {
	AT(column, was),
	AT(column, labels),
	AT(column, labels_was),
};
PLACES(column);
LOOKED_AT(column, 232);

static const size_t part_texts[] = {
	AT(part, column),
	EXPR(part, expr),
	AT(part, nulls),
	AT(part, collation),
	AT(part, opclass),
	AT(part, with),
};
static const struct places part_places = { part_texts, COUNT(part_texts), NULL,
	0 };
LOOKED_AT(part, 64);

static const size_t constraint_texts[] = {
	AT(constraint, name),
	AT(constraint, column),
	EXPR(constraint, check),
	AT(constraint, target_schema),
	AT(constraint, target),
	AT(constraint, match),
	AT(constraint, on_conflict),
	AT(constraint, method),
	EXPR(constraint, where),
	AT(constraint, comment),
	AT(constraint, source.file),
};
static const size_t constraint_lists[] = {
	AT(constraint, target_columns),
	AT(constraint, include),
};
PLACES(constraint);
LOOKED_AT(constraint, 208);

static const size_t index_texts[] = {
	AT(index, name),
	AT(index, method),
	EXPR(index, where),
	AT(index, with),
	AT(index, comment),
	AT(index, source.file),
};
static const size_t index_lists[] = { AT(index, include), AT(index, was) };
PLACES(index);
LOOKED_AT(index, 144);

static const size_t relation_texts[] = {
	AT(relation, name),
	AT(relation, target),
	AT(relation, by),
	AT(relation, through),
	AT(relation, from),
	AT(relation, to),
	AT(relation, source.file),
};
static const struct places relation_places = { relation_texts,
	COUNT(relation_texts), NULL, 0 };
LOOKED_AT(relation, 72);

static const size_t partition_texts[] = {
	AT(partition, name),
	EXPR(partition, bound),
	AT(partition, source.file),
};
static const struct places partition_places = { partition_texts,
	COUNT(partition_texts), NULL, 0 };
LOOKED_AT(partition, 40);

static const size_t table_texts[] = {
	AT(table, schema),
	AT(table, name),
	EXPR(table, partition_by),
	AT(table, comment),
	AT(table, sql),
	AT(table, slug),
	AT(table, label),
	AT(table, source.file),
};
static const size_t table_lists[] = { AT(table, was) };
PLACES(table);
LOOKED_AT(table, 248);

static const size_t enum_texts[] = {
	AT(enum_type, schema),
	AT(enum_type, name),
	AT(enum_type, source.file),
};
static const size_t enum_lists[] = {
	AT(enum_type, labels),
	AT(enum_type, was),
	AT(enum_type, labels_was),
};
PLACES(enum);
LOOKED_AT(enum_type, 104);

static const size_t object_texts[] = {
	AT(object, schema),
	AT(object, name),
	AT(object, table),
	AT(object, signature),
	AT(object, header),
	EXPR(object, sql),
	AT(object, drop),
	AT(object, source.file),
};
static const struct places object_places = { object_texts, COUNT(object_texts),
	NULL, 0 };
LOOKED_AT(object, 88);

static const char *
take_text(struct taking *k, const char *s)
{
	char *mine;

	if (!s)
		return NULL;
	mine = map_get(&k->texts, s);
	if (mine)
		return mine;
	mine = arena_strdup(k->to, s);
	map_put(k->scratch, &k->texts, mine, mine);
	return mine;
}

static void *
array_of(struct arena *a, const void *v, size_t n, size_t size)
{
	return n ? memcpy(arena_alloc(a, n * size), v, n * size) : NULL;
}

/* Gives the list an array of its own, with no room to spare. */
#define OWN(a, list)                                                           \
	((list)->v = array_of((a), (list)->v, (list)->n, sizeof(*(list)->v)),  \
	    (list)->cap = (list)->n)

static void
take_names(struct taking *k, struct names *list)
{
	OWN(k->to, list);
	for (size_t i = 0; i < list->n; i++)
		list->v[i] = take_text(k, list->v[i]);
}

static void
take(struct taking *k, const struct places *at, void *thing)
{
	for (size_t i = 0; i < at->n; i++) {
		const char **s = (void *)((char *)thing + at->texts[i]);

		*s = take_text(k, *s);
	}
	for (size_t i = 0; i < at->lists_n; i++)
		take_names(k, (void *)((char *)thing + at->lists[i]));
}

#define TAKE_ALL(k, places, list)                                              \
	do {                                                                   \
		for (size_t i_ = 0; i_ < (list)->n; i_++)                      \
			take((k), &(places), (list)->v[i_]);                   \
	} while (0)

static void
take_parts(struct taking *k, struct parts *parts)
{
	for (size_t i = 0; i < parts->n; i++)
		take(k, &part_places, &parts->v[i]);
}

static void
take_table(struct taking *k, struct table *t)
{
	take(k, &table_places, t);
	TAKE_ALL(k, column_places, &t->columns);
	TAKE_ALL(k, constraint_places, &t->constraints);
	TAKE_ALL(k, index_places, &t->indexes);
	TAKE_ALL(k, relation_places, &t->relations);
	for (size_t i = 0; i < t->constraints.n; i++)
		take_parts(k, &t->constraints.v[i]->parts);
	for (size_t i = 0; i < t->indexes.n; i++)
		take_parts(k, &t->indexes.v[i]->parts);
	for (size_t i = 0; i < t->partitions.n; i++)
		take(k, &partition_places, &t->partitions.v[i]);
}

void
schema_take_texts(struct arena *a, struct schema *s)
{
	struct arena scratch = { 0 };
	struct taking k = { .to = a, .scratch = &scratch };

	for (size_t i = 0; i < s->tables.n; i++)
		take_table(&k, s->tables.v[i]);
	TAKE_ALL(&k, enum_places, &s->enums);
	TAKE_ALL(&k, object_places, &s->objects);
	take_names(&k, &s->ignored);
	arena_release(&scratch);
}

/* Gives the list an array of its own, and copies of what it points to. */
#define OWN_ALL(a, list)                                                       \
	do {                                                                   \
		OWN((a), (list));                                              \
		for (size_t i_ = 0; i_ < (list)->n; i_++)                      \
			(list)->v[i_] = array_of(                              \
			    (a), (list)->v[i_], 1, sizeof(*(list)->v[i_]));    \
	} while (0)

static void
pack_table(struct arena *a, struct table *t)
{
	OWN_ALL(a, &t->columns);
	OWN_ALL(a, &t->constraints);
	OWN_ALL(a, &t->indexes);
	OWN_ALL(a, &t->relations);
	OWN(a, &t->partitions);
	for (size_t i = 0; i < t->constraints.n; i++)
		OWN(a, &t->constraints.v[i]->parts);
	for (size_t i = 0; i < t->indexes.n; i++)
		OWN(a, &t->indexes.v[i]->parts);
}

struct schema *
schema_pack(struct arena *a, const struct schema *from)
{
	struct schema *s = array_of(a, from, 1, sizeof(*from));

	s->found = (struct schema_index){ 0 };
	OWN_ALL(a, &s->tables);
	for (size_t i = 0; i < s->tables.n; i++)
		pack_table(a, s->tables.v[i]);
	OWN_ALL(a, &s->enums);
	OWN_ALL(a, &s->objects);
	schema_reindex(a, s);
	return s;
}
