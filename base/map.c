/* map - strings to pointers, inside an arena */
#include "base/map.h"

#include <stdint.h>
#include <string.h>

static struct map_slot *
find(const struct map *m, const char *key)
{
	uint64_t h = 14695981039346656037u;

	for (const unsigned char *p = (const void *)key; *p; p++)
		h = (h ^ *p) * 1099511628211u;
	h ^= h >> 32;
	for (size_t i = h & (m->cap - 1);; i = (i + 1) & (m->cap - 1)) {
		struct map_slot *s = &m->slots[i];

		if (!s->key || !strcmp(s->key, key))
			return s;
	}
}

void *
map_get(const struct map *m, const char *key)
{
	return m->cap ? find(m, key)->value : NULL;
}

/* A map is full where three quarters of it are. */
static bool
is_full(const struct map *m, size_t n)
{
	return n >= m->cap / 4 * 3;
}

void
map_reserve(struct arena *a, struct map *m, size_t n)
{
	for (m->cap = 16; is_full(m, n); m->cap *= 2)
		if (m->cap > UINT32_MAX / 2)
			out_of_memory();
	m->slots = arena_array(a, struct map_slot, m->cap);
}

static void
grow(struct arena *a, struct map *m)
{
	struct map old = *m;

	m->cap = old.cap ? old.cap * 2 : 16;
	m->slots = arena_array(a, struct map_slot, m->cap);
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].key)
			*find(m, old.slots[i].key) = old.slots[i];
}

void *
map_put(struct arena *a, struct map *m, const char *key, void *value)
{
	struct map_slot *s;
	void *was;

	if (is_full(m, m->n))
		grow(a, m);
	s = find(m, key);
	was = s->value;
	if (!s->key)
		m->n++;
	s->key = key;
	s->value = value;
	return was;
}
