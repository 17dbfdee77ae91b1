/* map.h - strings to pointers, inside an arena.
 *
 * Open addressing with FNV-1a. A zeroed struct is an empty map. Keys are not
 * copied: they must live as long as the map. There is no removal, for maps
 * live for one pass.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stddef.h>

#include "base/arena.h"

struct map_slot {
	const char *key;
	void *value;
};

struct map {
	struct map_slot *slots;
	unsigned n, cap;
};

/* Makes room for n keys in an empty map: growing to thousands would leave the
 * smaller ones behind. */
void map_reserve(struct arena *a, struct map *m, size_t n);

/* Returns the value of key, or NULL. */
void *map_get(const struct map *m, const char *key);

/* Sets key to value, which is not NULL; returns the value it had, or NULL. */
void *map_put(struct arena *a, struct map *m, const char *key, void *value);

#endif
