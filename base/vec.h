/* vec.h - arrays that grow inside an arena.
 *
 * VEC(name, type) defines struct name { type *v; unsigned n, cap; }. A zeroed
 * struct is an empty array. Elements move when the array grows, so keep
 * pointers to what elements point to, not to elements. The numbers are small,
 * for a schema has tens of thousands of lists, most of them empty.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#define VEC(name, type)                                                        \
	struct name {                                                          \
		type *v;                                                       \
		unsigned n, cap;                                               \
	}

/* Appends item to the array *vec, growing it inside arena a. */
#define vec_push(a, vec, ...)                                                  \
	((vec)->n == (vec)->cap                                                \
		? (void)((vec)->v = vec_grow((a), (vec)->v, (vec)->n,          \
			     &(vec)->cap, sizeof(*(vec)->v)))                  \
		: (void)0,                                                     \
	    (void)((vec)->v[(vec)->n++] = (__VA_ARGS__)))

/* Makes room for n elements in an empty list: growing to thousands would leave
 * the smaller arrays behind. */
#define vec_reserve(a, vec, count)                                             \
	((vec)->v = arena_alloc((a), (count) * sizeof(*(vec)->v)),             \
	    (vec)->n = 0, (vec)->cap = vec_size(count))

/* Names, in an order that means something to who filled them. */
VEC(names, const char *);

/* Returns the n elements of the given size with room for more, where they are
 * if they are the arena's last, else a copy; sets *cap. */
void *vec_grow(
    struct arena *a, const void *v, size_t n, unsigned *cap, size_t size);

/* Returns n; where no list can be so long, memory has run out. */
unsigned vec_size(size_t n);

#endif
