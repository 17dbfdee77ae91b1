/* db.h - one connection to a database.
 *
 * A driver is a table of functions, one file a driver (sqlite.c). Names and
 * values are bound; a URL's password never appears in an error. A connection
 * belongs to one thread.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/dialect.h"
#include "base/err.h"
#include "base/vec.h"

/* A parsed database URL: "sqlite:app.db", "postgresql://…". */
struct db_url {
	enum dialect dialect;
	const char *text;     /* as given: may hold a password */
	const char *shown;    /* for people, logs and JSON: without password */
	const char *path;     /* SQLite: the file; ":memory:" is one too */
	const char *database; /* PostgreSQL: another database of that server
				 than text names, or NULL */
};

/* Parses "sqlite:PATH", "sqlite://PATH", "postgres://…", "postgresql://…".
 * Anything else is an ERR_USAGE error that shows the forms. */
bool db_url_parse(
    struct arena *a, struct db_url *url, const char *text, struct err *err);

/* Where a URL leads, with all that a service file and the environment add. */
struct db_place {
	struct names names; /* what it may be called, the plainest first: "app",
			       "db.example.org/app" */
	const char *remote; /* the first host that is not this machine, or
			       NULL */
};

/* Finds that out, without a connection. A socket, a loopback address and a bare
 * host name ("db", as containers call each other) are this machine. */
bool db_place(struct arena *a, const struct db_url *url, struct db_place *out,
    struct err *err);

enum db_mode {
	DB_READ,     /* nothing is written, a missing file is an error */
	DB_READ_NEW, /* nothing is written; a missing file reads as empty */
	DB_WRITE,    /* made where it is missing */
};

struct db;
struct db_rows;

/* Does what the first db_open of a process would have to do once, where there
 * is time for it. */
void db_prepare(enum dialect d);

/* Opens the database. Release it with db_close. */
bool db_open(struct db **db, const struct db_url *url, enum db_mode mode,
    struct err *err);
void db_close(struct db *db);

/* Makes a connection that did its work what db_open gave, so that it can stand
 * for the next: no transaction, no lock, no role, nothing set. False where it
 * cannot, and is to be closed. */
bool db_rest(struct db *db);

/* Is the other end of a connection that rested still there, as far as can be
 * told without asking it? */
bool db_is_alive(struct db *db);

enum dialect db_dialect(const struct db *db);

/* What to call the database in messages: the file's path. */
const char *db_name(const struct db *db);

/* Runs one or more statements that return nothing of interest, up to the first
 * that fails; of one among several the error says which. */
bool db_exec(struct db *db, const char *sql, struct err *err);

/* Runs n statements, each as db_exec would, but waits for none of them where
 * the driver can. Sets *done to how many were run before the one that failed,
 * whose error it is; those after it are not run. */
bool db_exec_all(struct db *db, const char *const *sql, size_t n, size_t *done,
    struct err *err);

/* Begins a query of one statement with n parameters, bound as text (NULL is
 * NULL). Ended with db_rows_end, always. Returns NULL on error. */
struct db_rows *db_query(struct db *db, const char *sql,
    const char *const *params, size_t n, struct err *err);

/* Steps to the next row: true if there is one. An error ends the rows and is
 * kept in *err; check err->kind afterwards. */
bool db_rows_next(struct db_rows *r, struct err *err);

/* Column i of the row: text ("" for NULL, valid until the next step), number,
 * and is it NULL? */
const char *db_text(struct db_rows *r, int i);
int64_t db_int(struct db_rows *r, int i);
bool db_null(struct db_rows *r, int i);
void db_rows_end(struct db_rows *r);

/* One query of several that are asked together. */
struct db_ask {
	const char *sql;
	const char *const *params; /* n of them, bound as text */
	size_t n;
	void (*read)(void *arg, struct db_rows *r); /* of each row */
};

/* Asks n queries, in one round trip where the driver can, and calls read for
 * each row as it comes, query after query. What is read is not kept; read must
 * not use the connection. */
bool db_ask(struct db *db, const struct db_ask *asks, size_t n, void *arg,
    struct err *err);

/* Which schemas of the database are managed (PostgreSQL): what introspect/
 * reads and what a push may change. The list must live as long as the
 * connection; empty, as it is at first: "public" alone. */
void db_manage(struct db *db, const struct names *schemas);
const struct names *db_managed(const struct db *db);

/* Sets *n to the first column of the first row of a query. */
bool db_count(struct db *db, const char *sql, int64_t *n, struct err *err);

/* Begins a transaction that may write, waiting for others as long as the
 * timeout; commits it, waiting longer. A commit that failed leaves the
 * transaction open: try again or roll back. Rolling back never fails, and does
 * nothing where no transaction stands. */
bool db_begin(struct db *db, struct err *err);
bool db_commit(struct db *db, struct err *err);
void db_rollback(struct db *db);

/* How long to wait for others, in milliseconds. Default 5000. */
void db_timeout(struct db *db, int ms);

/* Takes the lock that lets one deesse at a time change this database, waiting
 * up to the timeout; the error says who to look for. Released by db_close, and
 * by the end of the process, however it ends. A database in memory needs none.
 */
bool db_lock(struct db *db, struct err *err);

/* Prepares the connection to rebuild tables (SQLite: foreign keys off, read
 * back) or puts it back. Must be called outside a transaction. */
bool db_rebuild_mode(struct db *db, bool on, struct err *err);

/* What db_stream has moved. */
struct db_flow {
	int64_t read;    /* rows that the query gave */
	int64_t written; /* rows that the statement made or changed */
	int64_t bytes;   /* of their values */
};

/* Runs the statement `into` on one connection for each row that a query gives
 * on another (or the same), with the row's values as its parameters, exactly
 * as they are stored. Memory holds one row at a time. */
bool db_stream(struct db *from, const char *select, struct db *to,
    const char *into, struct db_flow *flow, struct err *err);

/* Lets triggers fire on this connection, or not: what an undo brings back must
 * arrive as it was, and touch nothing else. */
bool db_triggers(struct db *db, bool on, struct err *err);

/* Calls fn now and then while a statement runs or a commit waits, where the
 * driver can; NULL ends that. */
void db_progress(struct db *db, void (*fn)(void *arg), void *arg);

/* The driver's own handle (sqlite3 *, PGconn *), for introspect/ and shadow/
 * only. */
void *db_handle(struct db *db);

#endif
