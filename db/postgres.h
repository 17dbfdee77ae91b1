/* postgres.h - between the files of the PostgreSQL driver.
 *
 * db/ includes this, and introspect/, shadow/ and sync/ where a file speaks to
 * PostgreSQL and to nothing else.
 */
#ifndef DB_POSTGRES_H
#define DB_POSTGRES_H

#include "db/driver.h"
#include "db/libpq.h"

/* What a name without a schema means in every session. */
#define POSTGRES_SEARCH_PATH "public"

struct postgres_db {
	struct db db;
	const struct libpq *pq;
	PGconn *conn;
	bool locked;
	void (*progress)(void *arg);
	void *progress_arg;
	char said[6]; /* the SQLSTATE of the last error */
	/* what introspect/ saw of these schemas (db_managed); NULL: nothing,
	 * or a statement was run since then */
	const struct names *seen_of;
	int64_t seen[48];  /* how many of what */
	char seen_hex[65]; /* the fingerprint of it */
	char *prepared;    /* what postgres_again has prepared, or NULL */
	/* the schemas of which queries were sent ahead, and whose rows are not
	 * read yet; NULL: none were */
	const struct names *ahead_of;
};

struct postgres_rows {
	struct db_rows rows;
	PGresult *res;
	int at; /* the row, -1 before the first */
};

/* Connects p->conn, and sets nothing there. What came of it is closed by the
 * caller, if it failed, too. */
bool postgres_connect(
    struct postgres_db *p, const struct db_url *url, struct err *err);

/* Refuses a connection through a pooler that shares servers between
 * transactions; asked before anything is set there. */
bool postgres_refuse_pool(
    struct postgres_db *p, const struct db_url *url, struct err *err);

/* Waits until the next result of what was sent is there, calling the progress
 * function now and then, and returns it (PQgetResult): NULL at the end. */
PGresult *postgres_result(struct postgres_db *p);

/* Sets the error to what the server said of a statement (NULL: not of one), or
 * to what became of the connection where `res` is NULL; returns false. */
bool postgres_fail(struct postgres_db *p, const PGresult *res, const char *sql,
    struct err *err);

/* Did the statement do what it should? */
bool postgres_is_good(const struct postgres_db *p, const PGresult *res);

/* Is the connection gone? */
bool postgres_is_lost(const struct postgres_db *p);

/* Is a transaction open? */
bool postgres_is_inside(struct db *db);

/* Was the last error of the connection this SQLSTATE ("55P03"), or of this
 * class ("22")? */
bool postgres_said(struct db *db, const char *sqlstate);

/* Runs one or more statements without parameters; false on the first error. */
bool postgres_exec(struct db *db, const char *sql, struct err *err);

/* See db_place. */
bool postgres_place(struct arena *a, const struct db_url *url,
    struct db_place *out, struct err *err);

/* Runs one statement and sets *n to the rows that it changed. */
bool postgres_change(
    struct db *db, const char *sql, int64_t *n, struct err *err);

#define POSTGRES_AGAIN 3

/* As db_query without parameters, of a statement that is asked again and again:
 * from the second time on the server need not plan it. One is kept. */
struct db_rows *postgres_again(struct db *db, const char *sql, struct err *err);

/* See db_ask. */
bool postgres_ask(struct db *db, const struct db_ask *asks, size_t n, void *arg,
    struct err *err);

/* The halves of postgres_ask: in between the server works. Any other use of the
 * connection reads what is left, and forgets it (postgres_forget). */
bool postgres_send(
    struct db *db, const struct db_ask *asks, size_t n, struct err *err);
bool postgres_receive(struct db *db, const struct db_ask *asks, size_t n,
    void *arg, struct err *err);
void postgres_forget(struct postgres_db *p);

/* postgres_again as queries of postgres_send: writes them, the one that has
 * rows last, and returns how many. When they were read, postgres_again_note
 * says what came of them. */
size_t postgres_again_asks(struct postgres_db *p, struct arena *a,
    const char *sql, struct db_ask asks[POSTGRES_AGAIN]);
void postgres_again_note(struct postgres_db *p, const char *sql, bool ok);

/* See db_exec_all. */
bool postgres_exec_all(struct db *db, const char *const *sql, size_t n,
    size_t *done, struct err *err);

/* See db_lock. */
bool postgres_lock(struct db *db, struct err *err);

#endif
