/* inherit.h - between the files about tables that inherit from others.
 *
 * Internal to diff/.
 */
#ifndef DIFF_INHERIT_H
#define DIFF_INHERIT_H

#include "diff/needs.h"

/* No table stands deeper below its first ancestor. */
enum { DEPTH_MAX = 64 };

/* inherit.c: the table above, or NULL where the schema does not have it. */
const struct table *above_of(const struct schema *s, const struct parent *p);

/* inherit.c: how many tables stand above it at most, counted up to limit. */
size_t depth_of(const struct schema *s, const struct table *t, size_t limit);

/* inherit.c: is it a check that heirs have, too? */
bool is_inheritable(const struct constraint *c);

/* inherit.c: the table's check of that name, or NULL. */
const struct constraint *check_named(const struct table *t, const char *name);

#endif
