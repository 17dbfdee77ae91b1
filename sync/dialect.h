/* dialect.h - what sync/ asks a database in its own SQL. */
#ifndef SYNC_DIALECT_H
#define SYNC_DIALECT_H

#include "base/buf.h"
#include "db/db.h"
#include "transpile/transpile.h"

/* What was counted before a plan ran, to be compared afterwards. */
struct guarded {
	const char *table;           /* its name after the plan */
	const struct table *rebuilt; /* what it becomes, or NULL */
	int64_t rows, orphans;       /* orphans is -1 where none can be told */
};

struct guard {
	struct guarded *v;
	size_t n;
};

struct sync_dialect {
	/* the query for all that has a definition: type ("table", "index",
	 * "view", "trigger"), name, table, statement; in an order that loads */
	const char *definitions;
	/* the query for the tables that number their rows in a series, and the
	 * last number, asked where there is such a table; NULL: there is no
	 * such thing */
	const char *series;
	/* Makes the series of a table go on from n at least. */
	bool (*set_series)(
	    struct db *db, const char *table, const char *n, struct err *err);
	/* Adds the query that counts the rows of which a finding on the change
	 * speaks; false where nothing can be asked. */
	bool (*probe)(struct arena *a, struct buf *sql, const struct diff *d,
	    const struct change *c, const struct finding *f);
	/* Counts rows and violations before a plan runs, inside it. */
	bool (*guard)(struct arena *a, struct db *db, const struct plan *p,
	    struct guard *g, struct err *err);
	/* Compares afterwards, before COMMIT. */
	bool (*verify)(struct arena *a, struct db *db, const struct plan *p,
	    const struct guard *g, struct err *err);
};

extern const struct sync_dialect sync_sqlite;

/* NULL where no driver of the dialect is there. */
const struct sync_dialect *sync_dialect(enum dialect d);

#endif
