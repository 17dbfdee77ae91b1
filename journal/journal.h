/* journal.h - what deesse knows of a database, kept in that database.
 *
 * Four tables (SQLite: _deesse_*, PostgreSQL: in the schema deesse): the state
 * of the last push, the objects that deesse owns because it made or adopted
 * them, the history of runs, and every statement of theirs. They are written in
 * the very transaction that they speak of, so they are never wrong. A database
 * without them was never seen.
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
	struct names schemas;    /* that were managed then (PostgreSQL) */
	const char *protected;   /* journal_protect's name, "" or NULL: it is
				    not */
	struct names strays;     /* what was there then that is not deesse's */
	bool knows_strays;       /* older versions did not keep it */
	struct map owned;        /* keys of diff_keys, each to itself */
};

/* Reads the state; a database that deesse never saw has known = false. */
bool journal_read(
    struct arena *a, struct db *db, struct journal_state *s, struct err *err);

/* As journal_read, without the owned objects: for "nothing to do". */
bool journal_read_head(
    struct arena *a, struct db *db, struct journal_state *s, struct err *err);

/* Marks the database as protected under a name, or no longer (""), in a
 * transaction of its own. */
bool journal_protect(struct db *db, const char *name, struct err *err);

/* One statement of a run. */
struct journal_statement {
	const char *sql, *undo; /* undo may be NULL: nothing takes it back */
	const char *phase;      /* "relax", "tighten" */
	enum verdict verdict;
	const char *source; /* "collections/posts.c:7", or NULL */
	const char *what;   /* for people: "drop column posts.body" */
	/* must foreign keys be off for undo, as in a rebuild? */
	bool undo_rebuilds;
};
VEC(journal_statements, struct journal_statement);

/* What a run did to the schema, so that it can be taken back. The texts are
 * the dialect's own; journal/ only keeps them. */
struct journal_change {
	const char *earlier; /* what changed or went, as it was: statements */
	/* what changed or came: pairs of a key ("table posts") and a hash of
	 * what it is now */
	struct names later;
	/* groups of JOURNAL_RENAME: what, table before, table after, column
	 * before, column after, label before, label after; "" for none */
	struct names renames;
	/* pairs: a table of `earlier` and the last number of its series */
	struct names series;
	/* what went without a copy of it, in words; NULL: nothing */
	const char *lost;
	const char *trash; /* names the run in the trash; NULL: nothing there */
	int64_t entries;   /* how many entries it has there */
	int64_t undoes;    /* the run that this one took back; 0: none */
};

#define JOURNAL_RENAME 7

/* One run, and what the state is after it. */
struct journal_run {
	const char *command; /* "push", "dev" */
	const char *version, *source_key, *fingerprint, *declared;
	const char *before; /* fingerprint before the run */
	enum verdict verdict;
	struct journal_statements statements; /* none: only the state moves */
	struct names owned;                   /* all keys owned from now on */
	bool owns_more;       /* owned are those that come to what was owned */
	struct names schemas; /* that are managed */
	const struct names *strays; /* keys of what is left alone, NULL: they
				       stay as they were */
	struct journal_change change;
	/* journal_counter as the run began; -1: not known */
	int64_t counter;
};

/* Makes the tables where they are missing, inside the caller's transaction, so
 * that a role that may not is told before anything else is done. */
bool journal_prepare(struct db *db, struct err *err);

/* Writes a run inside the caller's transaction, making the tables where they
 * are missing. Sets *id to its number in the history, 0 for a run without
 * statements; id may be NULL. */
bool journal_write(struct arena *a, struct db *db,
    const struct journal_run *run, int64_t *id, struct err *err);

/* Sets *n to a number that moves whenever rows may have been renumbered: by
 * every change of the schema, and by VACUUM. */
bool journal_counter(struct db *db, int64_t *n, struct err *err);

struct journal_entry {
	int64_t id;
	const char *at, *who, *command, *version;
	const char *verdict;
	int64_t statements;
	int64_t undoes;             /* the run that it took back, or 0 */
	int64_t undone_by;          /* the last run that took it back, or 0 */
	const char *trash;          /* names it in the trash, or NULL */
	int64_t entries;            /* how many entries it left there */
	const char *before, *after; /* fingerprints */
	/* journal_counter before and after; -1: a version that did not know */
	int64_t counter_before, counter_after;
};
VEC(journal_entries, struct journal_entry);

/* Reads the last runs that changed something, newest first; limit 0: all. A
 * database without a journal has none. */
bool journal_history(struct arena *a, struct db *db, int limit,
    struct journal_entries *out, struct err *err);

/* Reads the statements of a run, in order. */
bool journal_statements(struct arena *a, struct db *db, int64_t id,
    struct journal_statements *out, struct err *err);

/* Reads what a run did to the schema. Sets *known to false where it was
 * written by a version that did not keep it. */
bool journal_change(struct arena *a, struct db *db, int64_t id,
    struct journal_change *out, bool *known, struct err *err);

#endif
