/* scratch.h - an in-memory SQLite database with a schema and no rows.
 *
 * Only shadow/ includes this.
 */
#ifndef SHADOW_SCRATCH_H
#define SHADOW_SCRATCH_H

#include <sqlite3.h>

#include "db/db.h"

/* Opens an empty one. Closed with db_close. */
bool scratch_open(struct arena *a, struct db **scratch, struct err *err);

/* Makes everything that the database holds in the scratch database. Functions,
 * collations and modules that only an application has are stood in for while
 * it is made, and are gone again afterwards. */
bool scratch_copy(
    struct arena *a, struct db *scratch, struct db *db, struct err *err);

#endif
