/* extent.h - where the items of a collection lie in an object.
 *
 * What was lowered of a collection is larger than its items, so these go as the
 * lowering goes on. Compilers write what belongs together one after the other:
 * the bytes from the first to the last of a collection's items and lists are
 * its own, unless something else lies among them, and then they stay.
 */
#ifndef DSL_EXTENT_H
#define DSL_EXTENT_H

#include "base/vec.h"
#include "dsl/image.h"

struct extent {
	const char *begin, *end;
	const struct image *image;
	bool stays; /* others lie in it, or texts, or it is of no collection */
	bool gone;  /* nobody reads it any more */
	bool given; /* its pages were given back, but for the first and last */
};
VEC(extents, struct extent);

/* Makes it hold the n bytes at p, too. */
void extent_cover(struct extent *e, const void *p, size_t n);

/* Puts them in order, when all are known, and finds those that must stay. */
void extents_sort(struct extents *all);

/* Notes that nobody will read the extent in which p lies, if it may go. */
void extents_leave(struct extents *all, const void *p);

/* Gives back the memory of those that were left. */
void extents_give_back(struct extents *all);

#endif
