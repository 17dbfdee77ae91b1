/* project.h - which collections, which database.
 *
 * The database is named by, in this order: the option, CONFIG, the environment
 * (DATABASE_URL), the file that DATABASE_URL_FILE names, `.env` beside the
 * collections' user, and else sqlite:deesse.db.
 */
#ifndef SYNC_PROJECT_H
#define SYNC_PROJECT_H

#include "base/err.h"
#include "db/db.h"
#include "dsl/dsl.h"

#define PROJECT_STATE ".deesse"

struct project {
	struct db_url url;
	struct dsl_options dsl; /* with the dialect of the database */
	struct dsl_config config;
};

/* Fills *p; database and collections may be NULL. */
bool project_find(struct arena *a, struct project *p, const char *database,
    const char *collections, bool verbose, struct err *err);

#endif
