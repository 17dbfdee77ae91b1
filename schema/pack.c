/* pack - a schema in as little memory as it needs
 *
 * What fills a schema leaves behind what it read, lists that grew, and the
 * same text many times over. A file name alone stands in every column.
 */
#include <stddef.h>
#include <string.h>

#include "schema/schema.h"

struct packing {
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
pack_text(struct packing *p, const char *s)
{
	char *mine;

	if (!s)
		return NULL;
	mine = map_get(&p->texts, s);
	if (mine)
		return mine;
	mine = arena_strdup(p->to, s);
	map_put(p->scratch, &p->texts, mine, mine);
	return mine;
}

static void *
array_of(struct arena *a, const void *v, size_t n, size_t size)
{
	return n ? memcpy(arena_alloc(a, n * size), v, n * size) : NULL;
}

/* Gives the list an array of its own, with no room to spare. */
#define OWN(p, list)                                                           \
	((list)->v =                                                           \
		array_of((p)->to, (list)->v, (list)->n, sizeof(*(list)->v)),   \
	    (list)->cap = (list)->n)

static void
pack_names(struct packing *p, struct names *list)
{
	OWN(p, list);
	for (size_t i = 0; i < list->n; i++)
		list->v[i] = pack_text(p, list->v[i]);
}

static void
pack_places(struct packing *p, const struct places *at, void *thing)
{
	for (size_t i = 0; i < at->n; i++) {
		const char **s = (void *)((char *)thing + at->texts[i]);

		*s = pack_text(p, *s);
	}
	for (size_t i = 0; i < at->lists_n; i++)
		pack_names(p, (void *)((char *)thing + at->lists[i]));
}

static void *
pack_thing(
    struct packing *p, const struct places *at, const void *thing, size_t size)
{
	void *mine = array_of(p->to, thing, 1, size);

	pack_places(p, at, mine);
	return mine;
}

/* Makes a list of pointers, and what they point to, the arena's own. */
#define PACK_LIST(p, places, list)                                             \
	do {                                                                   \
		OWN((p), (list));                                              \
		for (size_t i_ = 0; i_ < (list)->n; i_++)                      \
			(list)->v[i_] = pack_thing((p), &(places),             \
			    (list)->v[i_], sizeof(*(list)->v[i_]));            \
	} while (0)

static void
pack_parts(struct packing *p, struct parts *parts)
{
	OWN(p, parts);
	for (size_t i = 0; i < parts->n; i++)
		pack_places(p, &part_places, &parts->v[i]);
}

static struct table *
pack_table(struct packing *p, const struct table *from)
{
	struct table *t = pack_thing(p, &table_places, from, sizeof(*from));

	PACK_LIST(p, column_places, &t->columns);
	PACK_LIST(p, constraint_places, &t->constraints);
	PACK_LIST(p, index_places, &t->indexes);
	PACK_LIST(p, relation_places, &t->relations);
	for (size_t i = 0; i < t->constraints.n; i++)
		pack_parts(p, &t->constraints.v[i]->parts);
	for (size_t i = 0; i < t->indexes.n; i++)
		pack_parts(p, &t->indexes.v[i]->parts);
	OWN(p, &t->partitions);
	for (size_t i = 0; i < t->partitions.n; i++)
		pack_places(p, &partition_places, &t->partitions.v[i]);
	return t;
}

struct schema *
schema_pack(struct arena *a, const struct schema *from)
{
	struct arena scratch = { 0 };
	struct packing p = { .to = a, .scratch = &scratch };
	struct schema *s = array_of(a, from, 1, sizeof(*from));

	s->found = (struct schema_index){ 0 };
	OWN(&p, &s->tables);
	for (size_t i = 0; i < s->tables.n; i++)
		s->tables.v[i] = pack_table(&p, from->tables.v[i]);
	PACK_LIST(&p, enum_places, &s->enums);
	PACK_LIST(&p, object_places, &s->objects);
	pack_names(&p, &s->ignored);
	schema_reindex(a, s);
	arena_release(&scratch);
	return s;
}
