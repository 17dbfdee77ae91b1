/* vec.h - arrays that grow inside an arena.
 *
 * VEC(name, type) defines struct name { type *v; size_t n, cap; }. A zeroed
 * struct is an empty array. Elements move when the array grows, so keep
 * pointers to what elements point to, not to elements.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#define VEC(name, type)                                                        \
	struct name {                                                          \
		type *v;                                                       \
		size_t n, cap;                                                 \
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
	    (vec)->n = 0, (vec)->cap = (count))

/* Names, in an order that means something to who filled them. */
VEC(names, const char *);

/* Returns the n elements of the given size with room for more, where they are
 * if they are the arena's last, else a copy; sets *cap. */
void *vec_grow(
    struct arena *a, const void *v, size_t n, size_t *cap, size_t size);

#endif
