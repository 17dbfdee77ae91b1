/* vec - arrays that grow inside an arena */
#include "base/vec.h"

#include <stdint.h>
#include <string.h>

void *
vec_grow(struct arena *a, const void *v, size_t n, size_t *cap, size_t size)
{
	size_t was = *cap;
	void *p;

	/* most lists of a schema have one thing or none */
	*cap = was ? was * 2 : size > 32 ? 1 : 4;
	if (was && arena_extend(a, v, was * size, *cap * size))
		return (void *)(uintptr_t)v;
	p = arena_alloc(a, *cap * size);
	if (n)
		memcpy(p, v, n * size);
	return p;
}
