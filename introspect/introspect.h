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

/* Asks the database ahead of introspect_like, where that can be, so that the
 * server works while the caller does something else, of what db_managed says
 * now; whoever uses the connection for anything else has asked in vain. Outside
 * a transaction only: introspect_like reads what one moment shows, in one of
 * its own, and is followed by introspect_end. */
bool introspect_ahead(struct db *db, struct err *err);

/* Ends that transaction, and writes the fingerprint of that moment, unless hex
 * is NULL. */
bool introspect_end(struct db *db, char hex[HASH_HEX], struct err *err);

/* Was it asked ahead, and not in vain? */
bool introspect_is_ahead(struct db *db);

/* Reads those tables and enum types that this transaction has made or changed,
 * and of others nothing: what a part of a large plan has done, whatever the
 * number of tables. A dialect that cannot tell reads everything. */
struct schema *introspect_written(
    struct arena *a, struct db *db, struct err *err);

/* Writes a hash that changes whenever the schema does, in one query: for
 * "nothing to do" without introspection, and to see that nobody changed the
 * database between a question and its answer. */
bool introspect_fingerprint(struct db *db, char hex[HASH_HEX], struct err *err);

/* Lets `declared` compare as the database would spell it, where that spells
 * expressions its own way (PostgreSQL): sets the keys of its expressions, and
 * the words for its types and operator classes. The texts stay. Called before
 * introspect_like with current = NULL, it says what is known from former runs;
 * called with what the database has, it asks the database about the rest of
 * what differs, in a transaction that is rolled back, without a lock on
 * anything that is there. What it says is kept in state_dir (NULL: nowhere).
 * Names of what could not be asked are added to `unproven` (may be NULL): there
 * the token streams are compared.
 *
 * An error is a default that the database would read as the present moment. */
bool introspect_spell(struct arena *a, struct db *db, struct schema *declared,
    const struct schema *current, const char *state_dir, struct names *unproven,
    struct err *err);

/* After a plan to `target` has run, in its transaction, with what the database
 * has then: pairs what the plan made with how it is spelt, so that the two
 * compare equal now and in every later run. Views, functions, policies and
 * their like are only paired here, and so is what was unproven; these pairs are
 * kept in the database. What was spelt before must be as it was predicted. */
bool introspect_spelled(struct arena *a, struct db *db, struct schema *target,
    const struct schema *now, const char *state_dir,
    const struct names *unproven, struct err *err);

#endif
