/* vec - arrays that grow inside an arena */
#include "base/vec.h"

#include <string.h>

void *
vec_grow(struct arena *a, const void *v, size_t n, size_t *cap, size_t size)
{
	void *p;

	*cap = *cap ? *cap * 2 : 4;
	p = arena_alloc(a, *cap * size);
	if (n)
		memcpy(p, v, n * size);
	return p;
}
