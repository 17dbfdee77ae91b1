/* pack - a schema in as little memory as it needs
 *
 * What fills a schema leaves behind what it read, lists that grew, and the
 * same text many times over: a file name alone stands in every column. What
 * there is to move say the tables by which a schema is written as JSON.
 */
#include <string.h>

#include "schema/json_member.h"
#include "schema/schema.h"

/* The tables must know all there is, or it would be lost, here and there. */
#define LOOKED_AT(type, size)                                                  \
	_Static_assert(sizeof(struct type) == (size),                          \
	    "schema/json.c does not say what is new in struct " #type)

LOOKED_AT(column, 112);
LOOKED_AT(column_more, 96);
LOOKED_AT(part, 64);
LOOKED_AT(constraint, 128);
LOOKED_AT(constraint_more, 72);
LOOKED_AT(index, 128);
LOOKED_AT(relation, 72);
LOOKED_AT(partition, 72);
LOOKED_AT(parent, 16);
LOOKED_AT(table, 216);
LOOKED_AT(enum_type, 80);
LOOKED_AT(object, 96);

struct taking {
	struct arena *to, *scratch;
	struct map texts;
};

static void
take_text(struct taking *k, const char **s)
{
	char *mine;

	if (!*s)
		return;
	mine = map_get(&k->texts, *s);
	if (!mine) {
		mine = arena_strdup(k->to, *s);
		map_put(k->scratch, &k->texts, mine, mine);
	}
	*s = mine;
}

static void *
array_of(struct arena *a, const void *v, size_t n, size_t size)
{
	return n ? memcpy(arena_alloc(a, n * size), v, n * size) : NULL;
}

/* Gives the list an array of its own, with no room to spare. */
static void
own(struct arena *a, struct any_vec *list, size_t size)
{
	list->v = array_of(a, list->v, list->n, size);
	list->cap = list->n;
}

static void
take_names(struct taking *k, void *at)
{
	struct names *list = at;

	own(k->to, at, sizeof(*list->v));
	for (size_t i = 0; i < list->n; i++)
		take_text(k, &list->v[i]);
}

static bool
is_there(const struct member *m, const void *thing)
{
	return !m->more_at ||
	       *(void *const *)((const char *)thing + m->more_at);
}

static void take(struct taking *k, const struct members *m, void *thing);

static void
take_member(struct taking *k, const struct member *m, void *at)
{
	struct any_vec *list = at;
	struct expr *e = at;

	switch (m->kind) {
	case MEMBER_TEXT:
		take_text(k, at);
		break;
	case MEMBER_EXPR:
		take_text(k, &e->text);
		take_text(k, &e->key);
		break;
	case MEMBER_SOURCE:
		take_text(k, &((struct source *)at)->file);
		break;
	case MEMBER_NAMES:
		take_names(k, at);
		break;
	case MEMBER_LIST:
		for (size_t i = 0; i < list->n; i++)
			take(k, m->of, ((void **)list->v)[i]);
		break;
	case MEMBER_VALUES:
		for (size_t i = 0; i < list->n; i++)
			take(k, m->of, (char *)list->v + i * m->of->size);
		break;
	default:
		break;
	}
}

static void
take(struct taking *k, const struct members *m, void *thing)
{
	for (size_t i = 0; i < m->n; i++)
		if (is_there(&m->v[i], thing))
			take_member(
			    k, &m->v[i], member_made(k->to, &m->v[i], thing));
}

void
schema_take_texts(struct arena *a, struct schema *s)
{
	struct arena scratch = { 0 };
	struct taking k = { .to = a, .scratch = &scratch };

	take(&k, &members_of_schema, s);
	arena_release(&scratch);
}

/* Makes what the thing points to the arena's own, once. */
static void
pack_more(struct arena *a, const struct members *m, void *thing)
{
	size_t done = 0;

	for (size_t i = 0; i < m->n; i++) {
		const struct member *x = &m->v[i];
		void **more = (void *)((char *)thing + x->more_at);

		if (x->more_at > done && *more) {
			*more = array_of(a, *more, 1, x->more_size);
			done = x->more_at;
		}
	}
}

/* Makes the lists of a thing, and what is in them, the arena's own. */
static void
pack(struct arena *a, const struct members *m, void *thing)
{
	pack_more(a, m, thing);
	for (size_t i = 0; i < m->n; i++) {
		const struct members *of = m->v[i].of;
		bool values = m->v[i].kind == MEMBER_VALUES;
		struct any_vec *list = (void *)((char *)thing + m->v[i].offset);

		if (!of)
			continue;
		own(a, list, values ? of->size : sizeof(void *));
		for (size_t k = 0; !values && k < list->n; k++) {
			void **v = &((void **)list->v)[k];

			*v = array_of(a, *v, 1, of->size);
			pack(a, of, *v);
		}
	}
}

struct schema *
schema_pack(struct arena *a, const struct schema *from)
{
	struct schema *s = array_of(a, from, 1, sizeof(*from));

	s->found = (struct schema_index){ 0 };
	pack(a, &members_of_schema, s);
	schema_reindex(a, s);
	return s;
}
