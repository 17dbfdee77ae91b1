/* side.h - one side of `deesse diff`: a database, collections or a .sql file.
 */
#ifndef SYNC_SIDE_H
#define SYNC_SIDE_H

#include "sync/project.h"
#include "sync/server_scratch.h"

enum side_kind { SIDE_EMPTY, SIDE_DATABASE, SIDE_COLLECTIONS, SIDE_SQL };

/* A zeroed struct is a database that holds nothing. */
struct side {
	enum side_kind kind;
	const char *spec;
	struct db_url url; /* of SIDE_DATABASE */

	struct db *db; /* where its schema was read, and expressions can be
			  asked about; or NULL */
	struct server_scratch scratch;
};

/* Says what spec is: "sqlite:app.db" or "postgresql://…" is a database, a
 * name that ends in .sql a file, a folder collections. */
bool side_parse(
    struct arena *a, struct side *side, const char *spec, struct err *err);

/* Reads it as a schema of this dialect, or returns NULL. A .sql file of
 * PostgreSQL is read by the server (NULL: there is none). */
struct schema *side_schema(struct arena *a, struct side *side, enum dialect d,
    const struct dsl_options *dsl, const struct db_url *server,
    struct err *err);

/* Closes what was opened. */
void side_release(struct side *side);

#endif
