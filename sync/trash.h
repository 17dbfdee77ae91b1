/* trash.h - nothing is lost even after yes: what a run takes away is kept.
 *
 * On SQLite the trash is a database beside the file (app.db-trash). A
 * connection of its own copies into it, while the main one stands in its
 * transaction and has changed nothing yet, and commits; only then the main
 * connection drops and commits. So whatever happens in between, a row is in
 * one of the two files. Never is there one COMMIT over attached files: killed
 * in WAL mode, that one leaves a table in neither.
 *
 * The rows are read through the main connection, inside its transaction, for
 * that sees exactly what the run will take away; a connection of the trash's
 * would see what was committed before. One row at a time is in memory.
 *
 * A run is named in the trash by a token that its journal holds too. An entry
 * whose token the journal does not know is an orphan of a run that did not
 * commit; the next run that opens the trash removes it.
 */
#ifndef SYNC_TRASH_H
#define SYNC_TRASH_H

#include "sync/sync.h"

enum loss_kind {
	LOSS_TABLE,  /* a table goes, with its rows */
	LOSS_COLUMN, /* a column goes, or all its values */
	LOSS_VALUES, /* some values become others */
};

/* What a plan takes away, as far as the plan alone says. */
struct loss {
	enum loss_kind kind;
	const struct table *old, *new;   /* old is NULL for a virtual table */
	const struct column *column;     /* the old one */
	const struct column *column_now; /* of LOSS_VALUES: the new one */
	const struct object *object;     /* a virtual table */
	bool nulls; /* of LOSS_COLUMN: that there was no value counts too */
	/* The columns that find a row again, by their old and new names; none:
	 * its rowid. Without a key the whole table is kept instead. */
	bool keyed;
	struct names key, key_now;
};
VEC(losses, struct loss);

/* A copy that this run has made. */
struct kept {
	const struct loss *loss;
	int64_t id; /* of the entry */
};
VEC(kept_list, struct kept);

struct trash_entry {
	int64_t id;
	enum loss_kind kind;
	const char *run;           /* the token */
	const char *at;            /* UTC, ISO 8601 */
	const char *table;         /* as it was called */
	const char *column;        /* NULL: of a whole table */
	struct names columns, key; /* of the copy; no key: the rowid */
	const char *rowid; /* what the copy calls the rowid, NULL: not kept */
	const char *sql;   /* what made the table, its indexes and triggers */
	int64_t rows, bytes;
	int64_t series;  /* of AUTOINCREMENT, 0: none */
	int64_t days;    /* its age */
	int64_t history; /* the run's number, 0: an orphan; trash_list */
};
VEC(trash_entries, struct trash_entry);

struct trash {
	struct arena *a;
	struct db *main;      /* the caller's */
	struct db *db;        /* the connection of its own; NULL: not open */
	const char *path;     /* of the file, NULL: the database has none */
	char token[33];       /* of this run */
	struct losses losses; /* what this run takes away */
	struct kept_list kept;
	int64_t bytes;     /* of what is kept */
	struct names lost; /* what went without a copy, in words */
};

/* Begins; nothing is opened. */
void trash_init(struct trash *t, struct arena *a, struct db *main);

/* Closes the connection. */
void trash_release(struct trash *t);

/* Copies what the plan of s takes away and that holds data, and commits it,
 * inside the main transaction and before any statement of the plan. Opens
 * nothing where there is nothing to keep. Too large a copy is an ERR_DECISION
 * error that says its size. */
bool trash_keep(struct trash *t, struct sync *s, struct err *err);

/* After the plan's statements and before the main COMMIT: notes what rewritten
 * values became, and forgets those that stayed the same. */
bool trash_settle(struct trash *t, struct err *err);

/* The run did not commit: removes what it has put into the trash, if it can.
 * What is left is an orphan. */
void trash_forget(struct trash *t);

/* Writes what this run left in the trash, for the journal. */
void trash_note(const struct trash *t, struct journal_change *c);

/* Opens the trash; *there is false where there is none and write is not set.
 * The main transaction stands where it is opened to write. */
bool trash_open(struct trash *t, bool write, bool *there, struct err *err);

/* Reads the entries, of one run where token is not NULL, in order. */
bool trash_list(struct trash *t, const char *token, struct trash_entries *out,
    struct err *err);

/* Reads one entry; *found is false where there is none. */
bool trash_find(struct trash *t, int64_t id, struct trash_entry *out,
    bool *found, struct err *err);

/* Where the rows of an entry go: names in the main database. */
struct trash_place {
	const char *table, *column;
	struct names key;
};

/* Sets apart those rewritten values that nobody has changed since, before the
 * schema goes back; `now` are the names until then. Nothing for other kinds. */
bool trash_prepare(struct trash *t, const struct trash_entry *e,
    const struct trash_place *now, struct err *err);

/* Brings the rows or values back. flow->read is what was kept, flow->written
 * what found its row. Triggers must be off. */
bool trash_fill(struct trash *t, const struct trash_entry *e,
    const struct trash_place *to, struct db_flow *flow, struct err *err);

/* Removes entries that are older than so many days (0: all) and all orphans;
 * the file goes with the last. Sets *n and *bytes to what went. */
bool trash_empty(
    struct trash *t, int64_t days, int64_t *n, int64_t *bytes, struct err *err);

/* Returns a size as people read it: "3.2 MB". */
const char *trash_size(struct arena *a, int64_t bytes);

/* Sets *bytes to what "500M", "2G" or "1000000" says; false where it is no
 * size. */
bool trash_parse_size(const char *text, int64_t *bytes);

/* The above, in a dialect's way. */
struct trash_dialect {
	/* why there is no trash, in words; then path says NULL, and only holds,
	 * by_rowid and converts_back are called. NULL: there is one */
	const char *keeps_nothing;
	/* the file's name, NULL where the database has none */
	const char *(*path)(struct arena *a, struct db *main);
	bool (*holds)(
	    struct trash *t, const struct loss *l, bool *yes, struct err *err);
	bool (*measure)(struct trash *t, const struct losses *all, int64_t most,
	    int64_t *bytes, struct err *err);
	bool (*open)(struct trash *t, bool write, bool *there, struct err *err);
	bool (*copy)(struct trash *t, const struct loss *l, struct err *err);
	bool (*settle)(struct trash *t, struct err *err);
	bool (*list)(struct trash *t, const char *token, int64_t id,
	    struct trash_entries *out, struct err *err);
	bool (*remove)(
	    struct trash *t, const struct trash_entry *e, struct err *err);
	bool (*prepare)(struct trash *t, const struct trash_entry *e,
	    const struct trash_place *now, struct err *err);
	bool (*fill)(struct trash *t, const struct trash_entry *e,
	    const struct trash_place *to, struct db_flow *flow,
	    struct err *err);
	bool (*discard)(struct trash *t, struct err *err); /* it is empty */
	/* can a row be found again by its number? */
	bool (*by_rowid)(const struct table *old, const struct table *new);
	/* does a value of the column, converted to another type without a
	 * loss, become what it was when it is converted back? */
	bool (*converts_back)(const struct table *t, const struct column *c);
};

extern const struct trash_dialect trash_sqlite, trash_postgres;

/* NULL where no driver of the dialect is there. */
const struct trash_dialect *trash_dialect(enum dialect d);

#endif
