/* side.h - one side of `deesse diff`: a database, collections or a .sql file.
 */
#ifndef SYNC_SIDE_H
#define SYNC_SIDE_H

#include "sync/project.h"

enum side_kind { SIDE_EMPTY, SIDE_DATABASE, SIDE_COLLECTIONS, SIDE_SQL };

/* A zeroed struct is a database that holds nothing. */
struct side {
	enum side_kind kind;
	const char *spec;
	struct db_url url; /* of SIDE_DATABASE */
};

/* Says what spec is: "sqlite:app.db" or "postgresql://…" is a database, a
 * name that ends in .sql a file, a folder collections. */
bool side_parse(
    struct arena *a, struct side *side, const char *spec, struct err *err);

/* Reads it as a schema of this dialect, or returns NULL. */
struct schema *side_schema(struct arena *a, const struct side *side,
    enum dialect d, const struct dsl_options *dsl, struct err *err);

#endif
