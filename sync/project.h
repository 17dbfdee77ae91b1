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
#define PROJECT_FOLDER "collections"

struct project {
	const char *name; /* of one of several databases: "logs"; else "" */
	struct db_url url;
	struct dsl_options dsl; /* with the dialect of the database */
	struct dsl_config config;
	struct db **standing; /* NULL, or where a connection to a server waits
				 between two looks (session_close) */
};

VEC(projects, struct project);

/* Fills *p; database and collections may be NULL. What else is below that
 * folder is not looked at. */
bool project_find(struct arena *a, struct project *p, const char *database,
    const char *collections, bool verbose, struct err *err);

/* Adds every database of the tree of collections: the folder itself, where it
 * holds collections, and each one below it that has a config.c. Each is a
 * database of its own, which its CONFIG must name; none may be named twice. Of
 * several `database` chooses one: by its folder, or by its URL; any other URL
 * is that of the folder itself. */
bool projects_find(struct arena *a, struct projects *out, const char *database,
    const char *collections, bool verbose, struct err *err);

/* As projects_find, for what can be done with one database only: of several one
 * must be chosen. */
bool project_choose(struct arena *a, struct project *p, const char *database,
    const char *collections, bool verbose, struct err *err);

#endif
