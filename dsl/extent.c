/* extent - where the items of a collection lie in an object */
#include "dsl/extent.h"

#include <stdint.h>
#include <stdlib.h>

#if defined(__has_feature)
#define CLANG_ASAN __has_feature(address_sanitizer)
#else
#define CLANG_ASAN 0
#endif
#if defined(__SANITIZE_ADDRESS__) || CLANG_ASAN
#include <sanitizer/asan_interface.h>
#define FORBID(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#else
#define FORBID(p, n) ((void)0)
#endif

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

		e->stays |= !in_one(e, e) || image_has_text(e->image, e->begin);
		if (widest && (uintptr_t)widest->end > (uintptr_t)e->begin)
			widest->stays = e->stays = true;
		if (!widest || (uintptr_t)e->end > (uintptr_t)widest->end)
			widest = e;
	}
}

/* Pages go at times only, and read as zeros: in a build that looks for mistakes
 * every later read is one. */
static void
leave(struct extent *e)
{
	if (e->stays)
		return;
	e->gone = true;
	FORBID(e->begin, (size_t)(e->end - e->begin));
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
			leave(e);
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
			image_give_back(first->begin, all->v[k - 1].end);
		k += k == i;
	}
}
