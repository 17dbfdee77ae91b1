/* postgres_like - what another schema has already is not kept twice
 *
 * The whole is read into memory of its own and compared; only what differs is
 * moved.
 */
#include "introspect/postgres.h"

#include <string.h>

/* Equality does not ask for the order of columns, nor whose they are; a table
 * that is the very same has both, too. */
static bool
in_order(const struct table *a, const struct table *b)
{
	for (size_t i = 0; i < a->columns.n; i++)
		if (strcmp(a->columns.v[i]->name, b->columns.v[i]->name) != 0 ||
		    a->columns.v[i]->inherited != b->columns.v[i]->inherited)
			return false;
	return true;
}

static struct table *
same_table(const struct schema *like, const struct table *t)
{
	struct table *same = schema_table(like, t->schema, t->name);

	return same && table_equal(like->dialect, t, same) &&
		       in_order(t, same) && t->has_heirs == same->has_heirs
		   ? same
		   : NULL;
}

static struct object *
same_object(const struct schema *like, const struct object *o)
{
	struct object *same = schema_object_like(like, o);

	return same && expr_equal(&same->sql, &o->sql) ? same : NULL;
}

struct schema *
postgres_like(struct arena *a, struct schema *s, const struct schema *like)
{
	struct schema *out = arena_new(a, struct schema), rest = *s;
	size_t tables = 0, objects = 0;

	rest.tables = (struct tables){ 0 };
	rest.objects = (struct objects){ 0 };
	/* what differs is put into its place when it has moved */
	vec_reserve(a, &out->tables, s->tables.n);
	for (size_t i = 0; i < s->tables.n; i++) {
		struct table *t = same_table(like, s->tables.v[i]);

		vec_push(a, &out->tables, t);
		if (!t)
			vec_push(a, &rest.tables, s->tables.v[i]);
	}
	for (size_t i = 0; i < s->objects.n; i++)
		if (!same_object(like, s->objects.v[i]))
			vec_push(a, &rest.objects, s->objects.v[i]);
	schema_take_texts(a, &rest);
	rest = *schema_pack(a, &rest);
	out->dialect = s->dialect;
	out->enums = rest.enums;
	for (size_t i = 0; i < s->online.n; i++) {
		struct online o = s->online.v[i];

		o.name = arena_strdup(a, o.name);
		o.schema = o.schema ? arena_strdup(a, o.schema) : NULL;
		o.table = arena_strdup(a, o.table);
		vec_push(a, &out->online, o);
	}
	vec_reserve(a, &out->objects, s->objects.n);
	for (size_t i = 0; i < out->tables.n; i++)
		if (!out->tables.v[i])
			out->tables.v[i] = rest.tables.v[tables++];
	for (size_t i = 0; i < s->objects.n; i++) {
		struct object *o = same_object(like, s->objects.v[i]);

		vec_push(a, &out->objects, o ? o : rest.objects.v[objects++]);
	}
	schema_reindex(a, out);
	return out;
}
