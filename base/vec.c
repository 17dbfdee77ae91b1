/* vec - arrays that grow inside an arena */
#include "base/vec.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

unsigned
vec_size(size_t n)
{
	if (n > UINT_MAX)
		out_of_memory();
	return (unsigned)n;
}

void *
vec_grow(struct arena *a, const void *v, size_t n, unsigned *cap, size_t size)
{
	size_t was = *cap;
	void *p;

	/* most lists of a schema have one thing or none */
	*cap = vec_size(was ? was * 2 : size > 32 ? 1 : 4);
	if (was && arena_extend(a, v, was * size, *cap * size))
		return (void *)(uintptr_t)v;
	p = arena_alloc(a, *cap * size);
	if (n)
		memcpy(p, v, n * size);
	return p;
}
