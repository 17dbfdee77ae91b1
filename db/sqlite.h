/* sqlite.h - between the files of the SQLite driver; only they include it. */
#ifndef DB_SQLITE_H
#define DB_SQLITE_H

#include <sqlite3.h>

#include "base/buf.h"
#include "db/driver.h"
#include "db/lockfile.h"

struct sqlite_db {
	struct db db; /* its name is the path */
	sqlite3 *handle;
	bool memory; /* has no file */
	struct lockfile lock;
	int64_t waiting_since;
	bool in_vain;            /* this transaction has waited long enough */
	int64_t waited_ms;       /* by a COMMIT that gave up; 0: the timeout */
	void (*tick)(void *arg); /* of sqlite_progress */
	void *tick_arg;
};

/* Lets the connection wait for others as long as its timeout says. */
void sqlite_wait_init(struct sqlite_db *s);

/* What db.h says of them. */
bool sqlite_begin(struct db *db, struct err *err);
bool sqlite_commit(struct db *db, struct err *err);
void sqlite_progress(struct db *db, void (*fn)(void *arg), void *arg);

/* Sets the error of a call that returned rc: what is wrong with the file, and
 * what to do. sql is the statement, or NULL. Returns false. */
bool sqlite_fail(struct sqlite_db *s, int rc, const char *sql, struct err *err);

/* Adds who has locks on the file, one "name (process 12)" after the other, as
 * far as this system tells. */
void sqlite_holders(struct buf *out, const char *path);

/* Can the path be opened in this mode, as far as looking can tell? */
bool sqlite_path_ok(const char *path, enum db_mode mode, struct err *err);

#endif
