/* extent - where the items of a collection lie in an object */
#include "dsl/extent.h"

#include <stdint.h>
#include <stdlib.h>

void
extent_cover(struct extent *e, const void *p, size_t n)
{
	const char *at = p;

	if (!e->begin || (uintptr_t)at < (uintptr_t)e->begin)
		e->begin = at;
	if (!e->end || (uintptr_t)(at + n) > (uintptr_t)e->end)
		e->end = at + n;
}

static int
by_begin(const void *a, const void *b)
{
	uintptr_t p = (uintptr_t)((const struct extent *)a)->begin;
	uintptr_t q = (uintptr_t)((const struct extent *)b)->begin;

	return p < q ? -1 : p > q;
}

/* Do both lie in one section, as all that is between them? */
static bool
in_one(const struct extent *a, const struct extent *b)
{
	return a->image == b->image &&
	       image_holds(a->image, a->begin, (size_t)(b->end - a->begin));
}

void
extents_sort(struct extents *all)
{
	struct extent *widest = NULL; /* ends last, of those before */

	if (all->n)
		qsort(all->v, all->n, sizeof(*all->v), by_begin);
	for (size_t i = 0; i < all->n; i++) {
		struct extent *e = &all->v[i];

		e->stays |= !in_one(e, e);
		if (widest && (uintptr_t)widest->end > (uintptr_t)e->begin)
			widest->stays = e->stays = true;
		if (!widest || (uintptr_t)e->end > (uintptr_t)widest->end)
			widest = e;
	}
}

void
extents_leave(struct extents *all, const void *p)
{
	size_t low = 0, high = all->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		struct extent *e = &all->v[mid];

		if ((uintptr_t)p < (uintptr_t)e->begin) {
			high = mid;
		} else if ((uintptr_t)p >= (uintptr_t)e->end) {
			low = mid + 1;
		} else {
			e->gone = !e->stays;
			return;
		}
	}
}

void
extents_give_back(struct extents *all)
{
	for (size_t i = 0, k; i < all->n; i = k) {
		const struct extent *first = &all->v[i];
		bool new = false;

		for (k = i;
		     k < all->n && all->v[k].gone && in_one(first, &all->v[k]);
		     k++) {
			new |= !all->v[k].given;
			all->v[k].given = true;
		}
		if (new)
			image_give_back(
			    first->image, first->begin, all->v[k - 1].end);
		k += k == i;
	}
}
