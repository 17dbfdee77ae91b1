/* copy - a schema that can be changed without the first one noticing */
#include "schema/schema.h"

#include <string.h>

static void *
copy_of(struct arena *a, const void *p, size_t n)
{
	return n ? memcpy(arena_alloc(a, n), p, n) : NULL;
}

#define COPY(a, p) copy_of((a), (p), sizeof(*(p)))

/* Gives the list an array of its own, with no room to spare. */
#define OWN(a, list)                                                           \
	((list)->v = copy_of((a), (list)->v, (list)->n * sizeof(*(list)->v)),  \
	    (list)->cap = (list)->n)

static struct column *
column_copy(struct arena *a, const struct column *c)
{
	struct column *copy = COPY(a, c);

	if (copy->more) {
		copy->more = COPY(a, copy->more);
		OWN(a, &copy->more->was);
		OWN(a, &copy->more->labels);
		OWN(a, &copy->more->labels_was);
	}
	return copy;
}

static struct constraint *
constraint_copy(struct arena *a, const struct constraint *c)
{
	struct constraint *copy = COPY(a, c);

	OWN(a, &copy->parts);
	OWN(a, &copy->target_columns);
	if (copy->more) {
		copy->more = COPY(a, copy->more);
		OWN(a, &copy->more->delete_columns);
		OWN(a, &copy->more->include);
	}
	return copy;
}

static struct index *
index_copy(struct arena *a, const struct index *i)
{
	struct index *copy = COPY(a, i);

	OWN(a, &copy->parts);
	OWN(a, &copy->include);
	OWN(a, &copy->was);
	return copy;
}

static struct enum_type *
enum_copy(struct arena *a, const struct enum_type *e)
{
	struct enum_type *copy = COPY(a, e);

	OWN(a, &copy->labels);
	OWN(a, &copy->was);
	OWN(a, &copy->labels_was);
	return copy;
}

struct table *
table_copy(struct arena *a, const struct table *t)
{
	struct table *copy = COPY(a, t);

	OWN(a, &copy->columns);
	OWN(a, &copy->constraints);
	OWN(a, &copy->indexes);
	OWN(a, &copy->was);
	OWN(a, &copy->relations);
	OWN(a, &copy->partitions);
	OWN(a, &copy->parents);
	for (size_t i = 0; i < copy->columns.n; i++)
		copy->columns.v[i] = column_copy(a, t->columns.v[i]);
	for (size_t i = 0; i < copy->constraints.n; i++)
		copy->constraints.v[i] =
		    constraint_copy(a, t->constraints.v[i]);
	for (size_t i = 0; i < copy->indexes.n; i++)
		copy->indexes.v[i] = index_copy(a, t->indexes.v[i]);
	return copy;
}

struct schema *
schema_share(struct arena *a, const struct schema *s)
{
	struct schema *copy = COPY(a, s);

	/* an index of the old names would lead to the old tables */
	copy->found = (struct schema_index){ 0 };
	OWN(a, &copy->tables);
	OWN(a, &copy->enums);
	OWN(a, &copy->objects);
	for (size_t i = 0; i < copy->enums.n; i++)
		copy->enums.v[i] = enum_copy(a, s->enums.v[i]);
	for (size_t i = 0; i < copy->objects.n; i++)
		copy->objects.v[i] = COPY(a, s->objects.v[i]);
	return copy;
}

struct table *
schema_own(struct arena *a, struct schema *s, const struct table *t)
{
	for (size_t i = 0; i < s->tables.n; i++)
		if (s->tables.v[i] == t)
			return s->tables.v[i] = table_copy(a, t);
	return NULL;
}

struct schema *
schema_copy(struct arena *a, const struct schema *s)
{
	struct schema *copy = schema_share(a, s);

	for (size_t i = 0; i < copy->tables.n; i++)
		copy->tables.v[i] = table_copy(a, s->tables.v[i]);
	return copy;
}
