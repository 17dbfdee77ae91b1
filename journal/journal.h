/* journal.h - what deesse knows of a database, kept in that database.
 *
 * Three tables (SQLite: _deesse_*): the state of the last push, the objects
 * that deesse owns because it made or adopted them, and the history of runs
 * with every statement. They are written in the very transaction that they
 * speak of, so they are never wrong. A database without them was never seen.
 */
#ifndef JOURNAL_JOURNAL_H
#define JOURNAL_JOURNAL_H

#include "base/hash.h"
#include "base/map.h"
#include "base/verdict.h"
#include "db/db.h"

struct journal_state {
	bool known;              /* deesse was here before */
	const char *version;     /* of deesse, at the last push */
	const char *source_key;  /* dsl_key then */
	const char *fingerprint; /* introspect_fingerprint then */
	const char *declared;    /* hash of the declared schema then */
	const char *at;          /* when, UTC, ISO 8601 */
	struct map owned;        /* keys of diff_keys, each to itself */
};

/* Reads the state; a database that deesse never saw has known = false. */
bool journal_read(
    struct arena *a, struct db *db, struct journal_state *s, struct err *err);

/* As journal_read, without the owned objects: for "nothing to do". */
bool journal_read_head(
    struct arena *a, struct db *db, struct journal_state *s, struct err *err);

/* One statement of a run. */
struct journal_statement {
	const char *sql, *undo; /* undo may be NULL: nothing takes it back */
	const char *phase;      /* "relax", "tighten" */
	enum verdict verdict;
	const char *source; /* "collections/posts.c:7" */
};
VEC(journal_statements, struct journal_statement);

/* One run, and what the state is after it. */
struct journal_run {
	const char *command; /* "push", "dev" */
	const char *version, *source_key, *fingerprint, *declared;
	const char *before; /* fingerprint before the run */
	enum verdict verdict;
	struct journal_statements statements; /* none: only the state moves */
	struct names owned;                   /* all keys owned from now on */
};

/* Writes a run inside the caller's transaction, making the tables where they
 * are missing. */
bool journal_write(struct arena *a, struct db *db,
    const struct journal_run *run, struct err *err);

struct journal_entry {
	int64_t id;
	const char *at, *who, *command, *version;
	const char *verdict;
	int64_t statements;
};
VEC(journal_entries, struct journal_entry);

/* Reads the last runs that changed something, newest first. */
bool journal_history(struct arena *a, struct db *db, int limit,
    struct journal_entries *out, struct err *err);

#endif
