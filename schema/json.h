/* json.h - a schema as JSON, and back, for where no compiler is.
 *
 * What comes back is the same to the letter, what only the collection knew
 * included; the order of everything is kept. Who reads a file that somebody
 * else wrote gets a schema that is sound (columns that are named exist, words
 * are those of the format) or an error that names the place.
 */
#ifndef SCHEMA_JSON_H
#define SCHEMA_JSON_H

#include <jansson.h>

#include "base/buf.h"
#include "base/err.h"
#include "schema/schema.h"

/* Adds the schema as an object in one line; members_write (json_member.h) says
 * more. Fails where a text is not UTF-8. */
bool schema_to_json(struct buf *out, const struct schema *s, struct err *err);

/* Does a schema that was read name only what it has? */
bool schema_is_sound(const struct schema *s, struct err *err);

/* Returns the schema that the object says, or NULL. */
struct schema *schema_from_json(
    struct arena *a, const json_t *object, struct err *err);

#endif
