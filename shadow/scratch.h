/* scratch.h - an in-memory SQLite database with a schema and no rows.
 *
 * Only shadow/ includes this.
 */
#ifndef SHADOW_SCRATCH_H
#define SHADOW_SCRATCH_H

#include <sqlite3.h>

#include "db/db.h"

/* Opens an empty one. Closed with db_close. */
bool scratch_open(struct db **scratch, struct err *err);

/* Makes everything that the database holds in the scratch database, which is
 * empty. What only an application has (functions, collations) is not needed
 * for it and not there afterwards, as on any connection of deesse's; modules
 * are stood in for. */
bool scratch_copy(struct db *scratch, struct db *db, struct err *err);

/* Runs the statements of a text that says what a schema is; they cannot reach
 * any file. An error begins with the line. */
bool scratch_load(struct db *scratch, const char *text, struct err *err);

#endif
