/* introspect.h - a live database as a schema.
 *
 * A constant number of queries, whatever the number of tables. deesse's own
 * tables (_deesse_*) and the engine's (sqlite_*) are left out, and so are the
 * shadow tables of virtual ones.
 */
#ifndef INTROSPECT_INTROSPECT_H
#define INTROSPECT_INTROSPECT_H

#include "base/hash.h"
#include "db/db.h"
#include "schema/schema.h"

/* Reads the schema of the database. Returns NULL on error. */
struct schema *introspect(struct arena *a, struct db *db, struct err *err);

/* As introspect, but a table that equals the one of that name in `like` is that
 * very one, with what the collection says of it: of thousands of tables only
 * those take memory that differ. What `like` lives in must live as long. */
struct schema *introspect_like(
    struct arena *a, struct db *db, const struct schema *like, struct err *err);

/* Writes a hash that changes whenever the schema does, in one query: for
 * "nothing to do" without introspection, and to see that nobody changed the
 * database between a question and its answer. */
bool introspect_fingerprint(struct db *db, char hex[HASH_HEX], struct err *err);

#endif
