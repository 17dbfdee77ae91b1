/* binary.h - a schema as bytes, and back, for a cache that one program reads.
 *
 * As with JSON nothing is lost; it takes a tenth of the time, and no more
 * memory than the schema itself. What was written by another program, or
 * damaged, is refused or is a sound schema: no byte is believed.
 */
#ifndef SCHEMA_BINARY_H
#define SCHEMA_BINARY_H

#include "base/buf.h"
#include "schema/schema.h"

/* Adds the schema. */
void schema_to_bytes(struct buf *out, const struct schema *s);

/* Returns the schema, in as little memory as it needs; NULL where the bytes are
 * none. They can go afterwards. */
struct schema *schema_from_bytes(struct arena *a, const void *p, size_t n);

/* The same of bytes that this very run has written. */
struct schema *schema_unpack(struct arena *a, const struct buf *bytes);

#endif
