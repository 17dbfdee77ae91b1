/* dialect.h - what sync/ asks a database in its own SQL. */
#ifndef SYNC_DIALECT_H
#define SYNC_DIALECT_H

#include "base/buf.h"
#include "db/db.h"
#include "journal/journal.h"
#include "sync/sync.h"

/* What was counted before a plan ran, to be compared afterwards. */
struct guarded {
	const char *table;           /* its name after the plan */
	const struct table *rebuilt; /* what it becomes, or NULL */
	int64_t rows, orphans;       /* orphans is -1 where none can be told */
	int64_t counters;            /* SQLite: in sqlite_sequence, 0 or 1 */
};

struct guard {
	struct guarded *v;
	size_t n;
};

/* How many locks a server can hold. */
struct lock_room {
	size_t per_transaction; /* the setting */
	size_t all;             /* of all sessions together */
	size_t of_batch;        /* what one transaction may take of it */
};

/* A plan that needs fewer is asked about no server. */
#define LOCKS_OF_ANY_SERVER 100

struct sync_dialect {
	/* -- the connection (session.h); NULL: there are no schemas, roles - */
	/* Returns the schemas that are managed; declared may be NULL. */
	const struct names *(*schemas)(struct arena *a,
	    const struct dsl_config *config, const struct schema *declared,
	    const struct names *before);
	/* Adds all schemas of the database that are a user's. */
	bool (*list_schemas)(
	    struct arena *a, struct db *db, struct names *out, struct err *err);
	/* Is anything owned in the schema? */
	bool (*holds)(const struct names *owned, const char *schema);
	/* Takes on a role; NULL: none. */
	bool (*become)(struct db *db, const char *role, struct err *err);

	/* Did the transaction fail because a value that it added to an enum
	 * type may be used only once it is committed? NULL: never. */
	bool (*wants_values_first)(struct db *db);

	/* -- what a run writes down (record.h) ----------------------------- */
	/* the query for all that has a definition: type ("table", "index",
	 * "view", "trigger"), name, table, statement; in an order that loads.
	 * NULL: definitions are kept as the schema in JSON */
	const char *definitions;
	/* the query for the tables that number their rows in a series, and the
	 * last number, asked where there is such a table; NULL: there is no
	 * such thing */
	const char *series;
	/* Makes the series of a table go on from n at least. */
	bool (*set_series)(
	    struct db *db, const char *table, const char *n, struct err *err);

	/* Can transpile_rewrite write a table anew? Then an undo lets columns
	 * come bare, fills them, and writes their table as it was. */
	bool rewrites;

	/* -- evidence ------------------------------------------------------ */
	/* Sets *rows to how many rows a finding on the change speaks of, -1
	 * where they were not counted; false where that cannot be asked, which
	 * is no error. */
	bool (*ask)(struct arena *a, struct db *db, const struct diff *d,
	    const struct change *c, const struct finding *f, int64_t *rows);

	/* -- locks (batch.h); NULL: any number, or one for all --------------
	 */
	/* How many locks do the changes need, in one transaction? */
	size_t (*locks)(struct arena *a, const struct changes *changes);
	/* How many are there? */
	bool (*room)(struct db *db, struct lock_room *room, struct err *err);

	/* Sets *bytes to what the table and its indexes take on the disk; NULL:
	 * nobody waits for it to be written anew but who writes himself. */
	bool (*weigh)(struct db *db, const struct table *t, int64_t *bytes,
	    struct err *err);

	/* -- how long it may take (budget.h) ------------------------------- */
	/* Bounds each statement of this transaction that follows, in
	 * milliseconds; 0: no more. NULL: that cannot be bound. */
	bool (*limit)(struct db *db, int64_t ms, struct err *err);
	/* Did the last statement fail for its time? */
	bool (*over_limit)(struct db *db);

	/* -- beside those who work (online.h); NULL: that cannot be -------- */
	/* Runs one statement of transpile_make_online by itself, as it says; a
	 * brief one waits for its lock as the fence does. */
	bool (*make_online)(struct sync *s, const struct change *c,
	    const struct online_step *x, struct err *err);
	/* Drops what such statements made, if it is there. */
	bool (*drop_online)(
	    struct db *db, const struct online *o, struct err *err);
	/* Can a partition leave its table so? */
	bool (*detaches)(struct db *db);
	/* Was it a lack of time, room or peace that one failed for, so that
	 * the next run may go on? */
	bool (*may_go_on)(struct db *db);

	/* -- inside the transaction ---------------------------------------- */
	/* Keeps others away from what the plan touches. False, without an
	 * error, and *moved set, where it is no longer there. NULL: the
	 * transaction does. */
	bool (*fence)(struct arena *a, struct db *db, const struct plan *p,
	    bool *moved, struct err *err);
	/* Counts rows and violations before a plan runs. */
	bool (*guard)(struct arena *a, struct db *db, const struct plan *p,
	    struct guard *g, struct err *err);
	/* Says in the user's words why a step failed; NULL: as it stands. */
	void (*explain)(
	    struct arena *a, const struct step *step, struct err *err);
	/* Compares afterwards, before COMMIT. */
	bool (*verify)(struct arena *a, struct db *db, const struct plan *p,
	    const struct guard *g, struct err *err);
};

extern const struct sync_dialect sync_sqlite, sync_postgres;

/* NULL where no driver of the dialect is there. */
const struct sync_dialect *sync_dialect(enum dialect d);

#endif
