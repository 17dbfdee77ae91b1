/* lowered.h - the schema of the sources, as it was lowered last. Internal to
 * dsl/.
 *
 * Beside the objects of the cache stands one schema a slot, which the program
 * that wrote it finds again while the sources are the same: it takes a quarter
 * of the time and of the memory of reading the objects and lowering them. What
 * is damaged, or another program's, is none.
 */
#ifndef DSL_LOWERED_H
#define DSL_LOWERED_H

#include "dsl/cache.h"
#include "schema/schema.h"

/* Returns the schema of that key, or NULL. */
struct schema *lowered_read(
    struct arena *a, const struct cache *c, const char *key);

/* Writes the bytes of a schema (schema/binary.h). What fails is forgotten. */
void lowered_write(
    const struct cache *c, const char *key, const struct buf *bytes);

#endif
