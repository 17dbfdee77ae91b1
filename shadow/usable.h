/* usable.h - views and triggers that SQLite keeps although they cannot run.
 *
 * Only shadow/ includes this. SQLite reads the text of a view or a trigger
 * when it is used, not when a table below it changes: a plan could leave one
 * behind that fails for the application.
 */
#ifndef SHADOW_USABLE_H
#define SHADOW_USABLE_H

#include "shadow/shadow.h"

/* Adds to *broken each view and trigger of the schema that cannot be used in
 * the scratch database, and why: name to message. */
void usable_broken(struct arena *a, struct db *scratch,
    const struct schema *schema, struct map *broken);

/* Adds those that stop ALTER TABLE, although nothing may ever fire them: one
 * that waits for a column which is not there. Not in a transaction. */
void usable_stops(struct arena *a, struct db *scratch, const struct schema *s,
    struct map *broken);

/* As usable_broken, after a plan from another schema: an error names the first
 * that worked before, or is new, and does not say that it may be so. */
bool usable_still(struct arena *a, struct db *scratch,
    const struct schema *from, const struct schema *schema,
    const struct map *before, struct err *err);

#endif
