/* object.h - the collections that an object file holds.
 *
 * What comes out is checked against deesse/dsl.h: every pointer points into
 * the bytes, every string ends, every kind, size and enumerator is one
 * that this version knows. So lowering can use the structs of the public
 * header as they are.
 */
#ifndef DSL_OBJECT_H
#define DSL_OBJECT_H

#include "base/err.h"
#include "base/vec.h"
#include "dsl/deesse/dsl.h"
#include "dsl/extent.h"

struct collection {
	const struct deesse_COLLECTION *head;
	const struct deesse_item *const *items;
	size_t n;
};
VEC(collections, struct collection);

VEC(object_items, const struct deesse_item *);

VEC(images, struct image *);

struct declared {
	struct images images;               /* what all this is in */
	struct collections collections;     /* by file, line and name */
	struct object_items objects;        /* the same; ENUM_TYPE, VIEW … */
	const struct deesse_CONFIG *config; /* or NULL */
	struct extents extents;             /* of all these */
	size_t left;                        /* collections that were left */
};

/* Adds what the n bytes of an object file hold to *out, which points into them:
 * they are changed, and must stay (image_read). name is for messages. Any bytes
 * give a result or an error. *culprit is set to a word to look for in the
 * sources, where something in them is the error. */
bool object_read(struct arena *a, struct declared *out, const char *name,
    void *bytes, size_t n, const char **culprit, struct err *err);

/* Says that nobody will read a collection any more, nor its items: it has none
 * now. Their memory is given back at times. */
void object_leave(struct declared *o, struct collection *c);

/* Gives back the memory of all but the texts: neither a collection nor an item
 * is to be read afterwards. */
void object_drop(struct declared *o);

/* Puts the collections of several objects into one order, when all are read. */
void object_sort(struct declared *o);

#endif
