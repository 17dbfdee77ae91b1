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
 *
 * On PostgreSQL the trash is a schema of the database, deesse_trash, so one
 * transaction holds it all and there are no orphans. A table that goes is not
 * copied there but moves, in place of its DROP: that takes no time, and what
 * stood on it comes back with it.
 */
#ifndef SYNC_TRASH_H
#define SYNC_TRASH_H

#include "sync/sync.h"

enum loss_kind {
	LOSS_TABLE,  /* a table goes, with its rows */
	LOSS_COLUMN, /* a column goes, or all its values */
	LOSS_VALUES, /* some values become others */
	LOSS_OBJECT, /* what counts (a sequence), or what the trash needs */
};

/* What a plan takes away, as far as the plan alone says. */
struct loss {
	enum loss_kind kind;
	const struct table *old, *new;     /* old is NULL for a virtual table */
	const struct column *column;       /* the old one */
	const struct column *column_now;   /* of LOSS_VALUES: the new one */
	const struct object *object;       /* a virtual table, a sequence */
	const struct partition *partition; /* of old, which alone goes */
	/* PostgreSQL: what was made beside those who work has noted in a table
	 * of this name what is to be kept; or, of LOSS_VALUES, has in a column
	 * of this name beside the old one what values became */
	const char *noted, *beside;
	bool goes;  /* of LOSS_TABLE: it goes; else its values do */
	bool nulls; /* of LOSS_COLUMN: that there was no value counts too */
	/* The columns that find a row again, by their old and new names; none:
	 * its rowid. Without a key the whole table is kept instead. */
	bool keyed;
	struct names key, key_now;
};
VEC(losses, struct loss);

/* A copy that this run has made. */
struct kept {
	const struct loss *loss; /* NULL: an object */
	int64_t id;              /* of the entry */
	int64_t oid;             /* PostgreSQL: of a table that will move */
	int64_t rows;            /* the same: of a copy */
};
VEC(kept_list, struct kept);

struct trash_entry {
	int64_t id;
	enum loss_kind kind;
	const char *run;           /* the token */
	const char *at;            /* UTC, ISO 8601 */
	const char *schema;        /* of the table; NULL: the default one */
	const char *table;         /* as it was called */
	const char *column;        /* NULL: of a whole table */
	struct names columns, key; /* of the copy; no key: the rowid */
	const char *rowid; /* what the copy calls the rowid, NULL: not kept */
	const char *sql;   /* what made the table, its indexes and triggers */
	int64_t rows, bytes;
	int64_t series;  /* of AUTOINCREMENT, 0: none */
	int64_t days;    /* its age */
	int64_t history; /* the run's number, 0: an orphan; trash_list */
	bool moved;      /* it is the thing itself, no copy */
	const char *back, *drop; /* PostgreSQL: what brings it back, if it is
				    moved, and what removes it */
};
VEC(trash_entries, struct trash_entry);

struct trash {
	struct arena *a;
	struct db *main;      /* the caller's */
	struct db *db;        /* where it is: a connection of its own, or the
				 main one; NULL: not open */
	const char *path;     /* what to call it, NULL: the database has none */
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

/* Before columns are copied ahead of the transaction: is there room for them in
 * the trash? Else an error as that of trash_keep. */
bool trash_fits(struct sync *s, struct err *err);

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

/* Gives the run its token, if it has none yet. */
bool trash_name_run(struct trash *t, struct err *err);

/* Writes what this run left in the trash, for the journal. */
void trash_note(const struct trash *t, struct journal_change *c);

/* Opens the trash; *there is false where there is none and write is not set.
 * The main transaction stands where it is opened to write. */
bool trash_open(struct trash *t, bool write, bool *there, struct err *err);

/* Lets triggers fire on the main connection, or not, while rows come back. */
bool trash_triggers(struct trash *t, bool on, struct err *err);

/* Runs one statement of the plan. Where it would drop what the trash keeps, or
 * what something in the trash needs, that is moved there instead. */
bool trash_run(struct trash *t, const char *sql, struct err *err);

/* Puts what an entry has moved back where it was, before anything else of a
 * run is taken back; nothing for copies. The entry is gone then. */
bool trash_bring(struct trash *t, const struct trash_entry *e, struct err *err);

/* Reads the entries, of one run where token is not NULL, in order. */
bool trash_list(struct trash *t, const char *token, struct trash_entries *out,
    struct err *err);

/* Reads one entry; *found is false where there is none. */
bool trash_find(struct trash *t, int64_t id, struct trash_entry *out,
    bool *found, struct err *err);

/* Where the rows of an entry go: names in the main database. */
struct trash_place {
	const char *schema, *table, *column;
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

/* Makes numbers of a column that came back go on from where they were, once it
 * is what it was. */
bool trash_go_on(struct trash *t, const struct trash_entry *e,
    const struct trash_place *to, struct err *err);

/* Removes entries that are older than so many days (0: all) and all orphans;
 * the file goes with the last. Sets *n and *bytes to what went. The caller's
 * transaction stands; where the trash is in it, it is committed. */
bool trash_empty(
    struct trash *t, int64_t days, int64_t *n, int64_t *bytes, struct err *err);

/* Returns a size as people read it: "3.2 MB". */
const char *trash_size(struct arena *a, int64_t bytes);

/* Sets *bytes to what "500M", "2G" or "1000000" says; false where it is no
 * size. */
bool trash_parse_size(const char *text, int64_t *bytes);

/* The above, in a dialect's way. */
struct trash_dialect {
	/* Is it another database? Then it has a connection and transactions of
	 * its own, and a run that died may have left orphans there. */
	bool apart;
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
	/* it is empty; NULL: nothing to do */
	bool (*discard)(struct trash *t, struct err *err);
	/* See trash_triggers; NULL: fill does it by itself. */
	bool (*triggers)(struct trash *t, bool on, struct err *err);
	/* See trash_run and trash_bring; NULL: nothing is ever moved. */
	bool (*run)(struct trash *t, const char *sql, struct err *err);
	bool (*bring)(
	    struct trash *t, const struct trash_entry *e, struct err *err);
	/* See trash_go_on; NULL: nothing to do. */
	bool (*go_on)(struct trash *t, const struct trash_entry *e,
	    const struct trash_place *to, struct err *err);
	/* Brings an entry back as a table of its own, under its name or, where
	 * that is taken, another one, which *name and *rows then say. NULL: by
	 * the entry's own statements (restore.c). */
	bool (*restore)(struct trash *t, const struct trash_entry *e,
	    const char **name, int64_t *rows, struct err *err);
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
