/* sqlite - the SQLite driver
 *
 * The file is opened and closed by SQLite alone: its locks are POSIX locks,
 * which the process loses when any descriptor of the file is closed. What must
 * be known about a path is asked with stat and access.
 */
#include "db/sqlite.h"

#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

struct sqlite_rows {
	struct db_rows rows;
	sqlite3_stmt *stmt;
};

/* Some versions (3.40 is one) forgot to say that the JSON functions are
 * harmless: with them no check or index could use one, unless the schema is
 * trusted. SQLite's own functions are all there is here, in any case. */
static int
must_trust(void)
{
	static const char sql[] =
	    "SELECT 1 FROM pragma_function_list"
	    " WHERE name = 'json_valid' AND NOT flags & 2097152";
	sqlite3 *handle = NULL;
	sqlite3_stmt *stmt = NULL;
	int rc;

	/* asked of another connection: a lock on the file is met later */
	rc = sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_prepare_v2(handle, sql, -1, &stmt, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	sqlite3_finalize(stmt);
	sqlite3_close_v2(handle);
	return rc == SQLITE_ROW;
}

/* As must_trust said. */
static bool trusted;

static void
find_trusted(void)
{
	trusted = must_trust();
}

static void
sqlite_prepare(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, find_trusted);
}

/* A connection reads what may be anybody's file: its schema is not trusted
 * with functions, and its internals cannot be written by SQL. */
static bool
configure(struct sqlite_db *s, struct err *err)
{
	const struct {
		int option, value;
	} wanted[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, trusted },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
	};

	sqlite3_extended_result_codes(s->handle, 1);
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		int now = -1;

		sqlite3_db_config(
		    s->handle, wanted[i].option, wanted[i].value, &now);
		if (now != wanted[i].value)
			return err_fail(err,
			    "this SQLite (%s) does not take its option %d",
			    sqlite3_libversion(), wanted[i].option);
	}
	return true;
}

/* Reads the header: sqlite3_open_v2 alone does not look into the file. */
static bool
look(struct sqlite_db *s, enum db_mode mode, struct err *err)
{
	static const char sql[] = "PRAGMA schema_version";
	int rc = sqlite3_exec(s->handle, sql, NULL, NULL, NULL);

	if (rc)
		return sqlite_fail(s, rc, NULL, err);
	/* SQLite opens a file that it may not write for reading instead */
	if (mode == DB_WRITE && sqlite3_db_readonly(s->handle, "main"))
		return sqlite_fail(s, SQLITE_READONLY, NULL, err);
	return true;
}

static void
sqlite_close(struct db *db)
{
	struct sqlite_db *s = (struct sqlite_db *)db;

	sqlite3_close_v2(s->handle);
	lockfile_release(&s->lock);
	free(s->db.name);
	free(s);
}

static bool
sqlite_open(struct db **db, const struct db_url *url, enum db_mode mode,
    struct err *err)
{
	struct sqlite_db *s;
	bool memory = !strcmp(url->path, ":memory:");
	const char *path = url->path;
	int rc, flags = mode == DB_WRITE
			    ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
			    : SQLITE_OPEN_READONLY;

	if (!memory && !sqlite_path_ok(path, mode, err))
		return false;
	if (!memory && mode == DB_READ_NEW && !file_exists(path))
		memory = true;
	s = xmalloc(sizeof(*s));
	*s = (struct sqlite_db){ .memory = memory };
	s->db = (struct db){ .driver = &sqlite_driver,
		.dialect = DIALECT_SQLITE,
		.name = xmalloc(strlen(path) + 1),
		.timeout_ms = 5000 };
	memcpy(s->db.name, path, strlen(path) + 1);
	if (memory) {
		path = ":memory:";
		flags = SQLITE_OPEN_READWRITE;
	}
	rc = sqlite3_open_v2(
	    path, &s->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc != SQLITE_OK) {
		sqlite_fail(s, rc, NULL, err);
		sqlite_close(&s->db);
		return false;
	}
	sqlite_wait_init(s);
	sqlite_prepare();
	if (!configure(s, err) || !look(s, mode, err)) {
		sqlite_close(&s->db);
		return false;
	}
	*db = &s->db;
	return true;
}

/* Runs the first statement at *sql and moves *sql behind it. Of one among
 * several the error says which; who gave one alone knows it. */
static bool
run_one(struct sqlite_db *s, const char **sql, bool alone, struct err *err)
{
	const char *start = *sql, *tail = NULL;
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(s->handle, start, -1, &stmt, &tail);

	if (rc == SQLITE_OK) {
		*sql = tail;
		while ((rc = stmt ? sqlite3_step(stmt) : SQLITE_DONE) ==
		       SQLITE_ROW)
			;
	}
	if (rc != SQLITE_DONE)
		sqlite_fail(s, rc, alone ? NULL : start, err);
	sqlite3_finalize(stmt);
	return rc == SQLITE_DONE;
}

static bool
sqlite_exec(struct db *db, const char *sql, struct err *err)
{
	bool alone = !strchr(sql, ';');

	while (*sql)
		if (!run_one((struct sqlite_db *)db, &sql, alone, err))
			return false;
	return true;
}

static bool
bind_all(struct sqlite_db *s, sqlite3_stmt *stmt, const char *const *params,
    size_t n, const char *sql, struct err *err)
{
	if ((size_t)sqlite3_bind_parameter_count(stmt) != n)
		return err_fail(err, "%s: %zu values for %d parameters, in: %s",
		    s->db.name, n, sqlite3_bind_parameter_count(stmt), sql);
	for (size_t i = 0; i < n; i++) {
		int rc = sqlite3_bind_text(
		    stmt, (int)i + 1, params[i], -1, SQLITE_TRANSIENT);

		if (rc)
			return sqlite_fail(s, rc, sql, err);
	}
	return true;
}

static struct db_rows *
sqlite_query(struct db *db, const char *sql, const char *const *params,
    size_t n, struct err *err)
{
	struct sqlite_db *s = (struct sqlite_db *)db;
	struct sqlite_rows *r;
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(s->handle, sql, -1, &stmt, NULL);

	if (rc != SQLITE_OK) {
		sqlite_fail(s, rc, sql, err);
		return NULL;
	}
	if (!bind_all(s, stmt, params, n, sql, err)) {
		sqlite3_finalize(stmt);
		return NULL;
	}
	r = xmalloc(sizeof(*r));
	*r = (struct sqlite_rows){ { db }, stmt };
	return &r->rows;
}

static bool
sqlite_next(struct db_rows *rows, struct err *err)
{
	struct sqlite_rows *r = (struct sqlite_rows *)rows;
	int rc = sqlite3_step(r->stmt);

	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		sqlite_fail((struct sqlite_db *)rows->db, rc,
		    sqlite3_sql(r->stmt), err);
	return rc == SQLITE_ROW;
}

static const char *
sqlite_text(struct db_rows *rows, int i)
{
	sqlite3_stmt *stmt = ((struct sqlite_rows *)rows)->stmt;
	const unsigned char *s = sqlite3_column_text(stmt, i);

	return s ? (const char *)s : "";
}

static int64_t
sqlite_number(struct db_rows *rows, int i)
{
	return sqlite3_column_int64(((struct sqlite_rows *)rows)->stmt, i);
}

static bool
sqlite_null(struct db_rows *rows, int i)
{
	return sqlite3_column_type(((struct sqlite_rows *)rows)->stmt, i) ==
	       SQLITE_NULL;
}

static void
sqlite_end(struct db_rows *rows)
{
	sqlite3_finalize(((struct sqlite_rows *)rows)->stmt);
	free(rows);
}

static void
sqlite_rollback(struct db *db)
{
	sqlite3 *handle = ((struct sqlite_db *)db)->handle;

	/* a full disk, among others, has rolled back by itself */
	if (!sqlite3_get_autocommit(handle))
		sqlite3_exec(handle, "ROLLBACK", NULL, NULL, NULL);
}

static bool
sqlite_lock(struct db *db, struct err *err)
{
	struct sqlite_db *s = (struct sqlite_db *)db;
	struct buf b = { 0 };
	char *real;
	bool ok;

	if (s->memory || s->lock.path)
		return true;
	/* two links to one file are one database */
	real = realpath(db->name, NULL);
	buf_fmt(&b, "%s-deesse-lock", real ? real : db->name);
	free(real);
	ok = lockfile_take(&s->lock, b.s, db->timeout_ms, db->name, err);
	buf_release(&b);
	return ok;
}

/* Inside a transaction the pragma does nothing and says nothing, and then
 * DROP TABLE deletes the rows of other tables by cascade. A rebuild that failed
 * may have left the other one on. */
static bool
sqlite_rebuild_mode(struct db *db, bool on, struct err *err)
{
	int64_t now = -1;

	if (!sqlite_exec(db,
		on ? "PRAGMA foreign_keys = OFF"
		   : "PRAGMA foreign_keys = ON;"
		     "PRAGMA legacy_alter_table = OFF",
		err) ||
	    !db_count(db, "PRAGMA foreign_keys", &now, err))
		return false;
	if (now == !on)
		return true;
	return err_fail(err,
	    "%s: foreign keys cannot be turned %s in the middle of a "
	    "transaction, so no table can be rebuilt",
	    db->name, on ? "off" : "on");
}

static int64_t
size_of(sqlite3_stmt *row, int i)
{
	int type = sqlite3_column_type(row, i);

	if (type == SQLITE_NULL)
		return 0;
	/* asking a number for its bytes would turn it into text */
	return type == SQLITE_TEXT || type == SQLITE_BLOB
		   ? sqlite3_column_bytes(row, i)
		   : 8;
}

/* Hands one row over: the values are copied as they are, type and all. */
static int
pass_on(sqlite3_stmt *row, sqlite3_stmt *into, int n, struct db_flow *flow)
{
	sqlite3 *to = sqlite3_db_handle(into);
	sqlite3_int64 before = sqlite3_total_changes64(to);
	int rc = SQLITE_OK;

	for (int i = 0; rc == SQLITE_OK && i < n; i++) {
		flow->bytes += size_of(row, i);
		rc = sqlite3_bind_value(
		    into, i + 1, sqlite3_column_value(row, i));
	}
	while (rc == SQLITE_OK || rc == SQLITE_ROW)
		rc = sqlite3_step(into);
	if (rc != SQLITE_DONE)
		return rc;
	flow->read++;
	flow->written += sqlite3_total_changes64(to) - before;
	return sqlite3_reset(into);
}

static bool
sqlite_stream(struct db *from, const char *select, struct db *to,
    const char *into, struct db_flow *flow, struct err *err)
{
	struct sqlite_db *f = (struct sqlite_db *)from;
	struct sqlite_db *t = (struct sqlite_db *)to;
	sqlite3_stmt *row = NULL, *out = NULL;
	int rc, n;
	bool ok;

	rc = sqlite3_prepare_v2(f->handle, select, -1, &row, NULL);
	ok = rc == SQLITE_OK || sqlite_fail(f, rc, select, err);
	if (ok) {
		rc = sqlite3_prepare_v2(t->handle, into, -1, &out, NULL);
		ok = rc == SQLITE_OK || sqlite_fail(t, rc, into, err);
	}
	n = ok ? sqlite3_bind_parameter_count(out) : 0;
	while (ok && (rc = sqlite3_step(row)) == SQLITE_ROW) {
		rc = pass_on(row, out, n, flow);
		ok = rc == SQLITE_OK || sqlite_fail(t, rc, into, err);
	}
	if (ok && rc != SQLITE_DONE)
		ok = sqlite_fail(f, rc, select, err);
	sqlite3_finalize(row);
	sqlite3_finalize(out);
	return ok;
}

static bool
sqlite_triggers(struct db *db, bool on, struct err *err)
{
	int now = -1;

	sqlite3_db_config(((struct sqlite_db *)db)->handle,
	    SQLITE_DBCONFIG_ENABLE_TRIGGER, on, &now);
	return now == on || err_fail(err, "%s: triggers cannot be turned %s",
				db->name, on ? "on" : "off");
}

static void *
sqlite_handle(struct db *db)
{
	return ((struct sqlite_db *)db)->handle;
}

/* "app", "app.db", "data/app.db": a file is on this machine, or as good as. */
static bool
sqlite_place(struct arena *a, const struct db_url *url, struct db_place *out,
    struct err *err)
{
	const char *slash = strrchr(url->path, '/');
	const char *file = slash ? slash + 1 : url->path;
	const char *dot = strrchr(file, '.');

	(void)err;
	if (dot && dot > file)
		vec_push(a, &out->names,
		    arena_strndup(a, file, (size_t)(dot - file)));
	vec_push(a, &out->names, file);
	vec_push(a, &out->names, url->path);
	return true;
}

const struct db_driver sqlite_driver = {
	.prepare = sqlite_prepare,
	.open = sqlite_open,
	.place = sqlite_place,
	.close = sqlite_close,
	.exec = sqlite_exec,
	.query = sqlite_query,
	.next = sqlite_next,
	.text = sqlite_text,
	.number = sqlite_number,
	.null = sqlite_null,
	.end = sqlite_end,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.lock = sqlite_lock,
	.rebuild_mode = sqlite_rebuild_mode,
	.handle = sqlite_handle,
	.stream = sqlite_stream,
	.triggers = sqlite_triggers,
	.progress = sqlite_progress,
};
