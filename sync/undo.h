/* undo.h - runs taken back, schema and rows.
 *
 * An undo is a run like any other: it is planned from what the database is now
 * to what it was, judged by the same witnesses, proven, journalled, and can be
 * undone itself. (The undo that was written beside each statement is for people
 * and for migration files: it knows nothing of what happened since.) All of it
 * happens under the lock, in one transaction; a dry run does the same and rolls
 * back, so that its answer is no guess.
 *
 * Columns come again bare, without NOT NULL, default, checks and keys; the
 * trash fills them; then each table is written once more as it was, in the
 * order of columns that it had.
 */
#ifndef SYNC_UNDO_H
#define SYNC_UNDO_H

#include "sync/sync.h"
#include "sync/trash.h"

struct undo_options {
	struct sync_options sync; /* what is accepted, and the trash */
	int64_t id; /* back to before this run; 0: the last, with those that it
		       went on with */
	bool dry_run;
};

/* What came back out of the trash. */
struct undo_back {
	const char *what; /* "table posts", "column posts.body" */
	int64_t kept;     /* rows or values that were in the trash */
	int64_t back;     /* that found their place */
};
VEC(undo_backs, struct undo_back);

struct undo {
	struct arena *arena;
	const struct project *project;
	struct undo_options options;
	struct db *db;
	struct journal_entries runs; /* that are taken back, newest first */
	struct journal_entries as;   /* the runs that did it: only the id */
	struct undo_backs back;
	struct sync sync; /* the plan of the last run that was looked at */
	struct judgements steps; /* of all runs */
	bool refused;            /* sync.steps say why; nothing was changed */
	enum verdict verdict;
};

/* Takes runs back. Where the options do not accept what that would lose,
 * u->refused is set and nothing was changed. An error says why a run cannot be
 * taken back; then nothing was changed either. */
bool undo_run(struct undo *u, struct arena *a, const struct project *p,
    const struct undo_options *o, struct err *err);

/* Closes the database. */
void undo_release(struct undo *u);

#endif
