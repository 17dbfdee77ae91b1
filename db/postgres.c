/* postgres - the PostgreSQL driver
 *
 * Everything that libpq can do with a URL, the environment, service files and
 * .pgpass is left to it. Statements are sent and then waited for with poll, so
 * that a long one can show progress.
 */
#include "db/postgres.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define PATIENCE_MS 3000 /* for others */

/* How often a long statement is looked at, in milliseconds. */
#define TICK 100

/* What every session is, whatever the server, the role and the database say:
 * how values are written must not depend on them, and names mean what stands
 * in public. Whoever cannot see a row is told so, instead of counting none. */
#define SESSION                                                                \
	"SET client_encoding = 'UTF8';"                                        \
	"SET DateStyle = 'ISO, MDY';"                                          \
	"SET IntervalStyle = 'postgres';"                                      \
	"SET TimeZone = 'UTC';"                                                \
	"SET extra_float_digits = 1;"                                          \
	"SET jit = off;"                                                       \
	"SET xmloption = 'content';"                                           \
	"SET client_min_messages = 'warning';"                                 \
	"SET statement_timeout = 0;"                                           \
	"SET idle_in_transaction_session_timeout = 0;"                         \
	"SET lock_timeout = '5s';"                                             \
	"SET row_security = off;"                                              \
	"SET search_path = '" POSTGRES_SEARCH_PATH "'"
static const char session[] = SESSION;
static const char rest[] = "SELECT pg_catalog.pg_advisory_unlock_all();"
			   "RESET SESSION AUTHORIZATION; RESET ROLE;"
			   "RESET ALL;" SESSION;

static struct postgres_db *
of(struct db *db)
{
	return (struct postgres_db *)db;
}

static void
ignore_notice(void *arg, const PGresult *res)
{
	(void)arg;
	(void)res;
}

/* Waits for the socket; calls the progress function at each tick. */
static void
wait_for(struct postgres_db *p, short events)
{
	struct pollfd fd = { p->pq->PQsocket(p->conn), events, 0 };

	if (poll(&fd, 1, p->progress ? TICK : -1) == 0 && p->progress)
		p->progress(p->progress_arg);
}

PGresult *
postgres_result(struct postgres_db *p)
{
	while (p->pq->PQflush(p->conn) > 0) {
		wait_for(p, POLLIN | POLLOUT);
		if (!p->pq->PQconsumeInput(p->conn))
			break;
	}
	while (p->pq->PQisBusy(p->conn)) {
		wait_for(p, POLLIN);
		if (!p->pq->PQconsumeInput(p->conn))
			break;
	}
	return p->pq->PQgetResult(p->conn);
}

static void
postgres_close(struct db *db)
{
	struct postgres_db *p = of(db);

	if (p->conn)
		p->pq->PQfinish(p->conn);
	free(p->db.name);
	free(p->prepared);
	free(p);
}

/* The password is in url->text, which no message repeats; libpq's own messages
 * do not either. */
bool
postgres_connect(
    struct postgres_db *p, const struct db_url *url, struct err *err)
{
	/* of two names the last one counts; only the first is a URL */
	const char *const keys[] = { "dbname", "fallback_application_name",
		url->database ? "dbname" : NULL, NULL };
	const char *const values[] = { url->text, "deesse", url->database,
		NULL };
	PostgresPollingStatusType state = PGRES_POLLING_WRITING;
	const char *says;
	size_t n;

	p->conn = p->pq->PQconnectStartParams(keys, values, 1);
	while (p->conn && p->pq->PQstatus(p->conn) != CONNECTION_BAD &&
	       state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
		wait_for(p, state == PGRES_POLLING_READING ? POLLIN : POLLOUT);
		state = p->pq->PQconnectPoll(p->conn);
	}
	if (p->conn && p->pq->PQstatus(p->conn) == CONNECTION_OK)
		return true;
	says = p->conn ? p->pq->PQerrorMessage(p->conn) : "no memory";
	for (n = strlen(says); n && says[n - 1] == '\n';)
		n--;
	return err_fail(err, "cannot open %s: %.*s", url->shown, (int)n, says);
}

/* A backslash in a plain string would be an escape: names and values would be
 * other ones than were written. */
static bool
refuse_old_strings(struct postgres_db *p, struct err *err)
{
	const char *value =
	    p->pq->PQparameterStatus(p->conn, "standard_conforming_strings");

	return (value && !strcmp(value, "on")) ||
	       err_fail(err,
		   "%s: standard_conforming_strings is off, so that text in "
		   "quotes would not mean what it says\n"
		   "turn it on for this database: ALTER DATABASE … SET "
		   "standard_conforming_strings = on",
		   p->db.name);
}

#define OLDEST 130000

static bool
refuse_old_server(struct postgres_db *p, struct err *err)
{
	int version = p->pq->PQserverVersion(p->conn);

	return version >= OLDEST ||
	       err_fail(err,
		   "%s: the server is PostgreSQL %d.%d; deesse needs 13 or "
		   "newer",
		   p->db.name, version / 10000, version % 10000);
}

/* Servers before 14 do not say so; there the first BEGIN fails. */
static bool
refuse_standby(struct postgres_db *p, struct err *err)
{
	const char *value = p->pq->PQparameterStatus(p->conn, "in_hot_standby");

	return !value || strcmp(value, "on") ||
	       err_fail(err,
		   "%s: the server is a standby, which nobody can write to; "
		   "name the primary",
		   p->db.name);
}

static bool
postgres_open(struct db **db, const struct db_url *url, enum db_mode mode,
    struct err *err)
{
	const struct libpq *pq = libpq(err);
	struct postgres_db *p;

	if (!pq)
		return false;
	p = xmalloc(sizeof(*p));
	*p = (struct postgres_db){ .pq = pq };
	p->db = (struct db){ .driver = &postgres_driver,
		.dialect = DIALECT_POSTGRES,
		.name = xmalloc(strlen(url->shown) + 1),
		.timeout_ms = PATIENCE_MS };
	memcpy(p->db.name, url->shown, strlen(url->shown) + 1);
	if (!postgres_connect(p, url, err)) {
		postgres_close(&p->db);
		return false;
	}
	pq->PQsetNoticeReceiver(p->conn, ignore_notice, NULL);
	pq->PQsetnonblocking(p->conn, 1);
	if (!refuse_old_server(p, err) || !refuse_old_strings(p, err) ||
	    (mode == DB_WRITE && !refuse_standby(p, err)) ||
	    !postgres_refuse_pool(p, url, err) ||
	    !postgres_exec(&p->db, session, err)) {
		postgres_close(&p->db);
		return false;
	}
	*db = &p->db;
	return true;
}

static void postgres_rollback(struct db *db);

static bool
postgres_rest(struct db *db)
{
	struct postgres_db *p = of(db);
	struct err ignored = { 0 };
	bool ok;

	db->timeout_ms = PATIENCE_MS;
	p->locked = false;
	p->progress = NULL;
	postgres_forget(p);
	postgres_rollback(db);
	/* one round trip: what ends is all that a session can hold */
	ok = postgres_exec(db, rest, &ignored) &&
	     p->pq->PQtransactionStatus(p->conn) == PQTRANS_IDLE;
	err_release(&ignored);
	return ok;
}

/* A server that went says so, or closes: that has come by now. */
static bool
postgres_alive(struct db *db)
{
	struct postgres_db *p = of(db);

	return p->pq->PQconsumeInput(p->conn) && !postgres_is_lost(p) &&
	       p->pq->PQtransactionStatus(p->conn) == PQTRANS_IDLE;
}

bool
postgres_is_good(const struct postgres_db *p, const PGresult *res)
{
	ExecStatusType status = p->pq->PQresultStatus(res);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
	       status == PGRES_SINGLE_TUPLE || status == PGRES_EMPTY_QUERY;
}

/* Reads what is left of a statement; what it says no longer matters. */
static void
drain(struct postgres_db *p)
{
	PGresult *res;

	while (!postgres_is_lost(p) && (res = postgres_result(p)))
		p->pq->PQclear(res);
}

/* The last result of what was sent; NULL and an error where one failed. */
static PGresult *
finish(struct postgres_db *p, const char *sql, struct err *err)
{
	PGresult *res, *last = NULL;

	while ((res = postgres_result(p))) {
		p->pq->PQclear(last);
		last = res;
		if (!postgres_is_good(p, res))
			break;
	}
	if (last && postgres_is_good(p, last) && !postgres_is_lost(p))
		return last;
	postgres_fail(p, last, sql, err);
	p->pq->PQclear(last);
	drain(p);
	return NULL;
}

bool
postgres_exec(struct db *db, const char *sql, struct err *err)
{
	struct postgres_db *p = of(db);
	PGresult *res;

	postgres_forget(p);
	p->seen_of = NULL;
	if (!p->pq->PQsendQuery(p->conn, sql))
		return postgres_fail(p, NULL, sql, err);
	res = finish(p, strchr(sql, ';') ? sql : NULL, err);
	p->pq->PQclear(res);
	return res != NULL;
}

bool
postgres_change(struct db *db, const char *sql, int64_t *n, struct err *err)
{
	struct postgres_db *p = of(db);
	PGresult *res;

	postgres_forget(p);
	if (!p->pq->PQsendQuery(p->conn, sql))
		return postgres_fail(p, NULL, sql, err);
	res = finish(p, NULL, err);
	if (!res)
		return false;
	*n = strtoll(p->pq->PQcmdTuples(res), NULL, 10);
	p->pq->PQclear(res);
	return true;
}

static struct db_rows *
postgres_query(struct db *db, const char *sql, const char *const *params,
    size_t n, struct err *err)
{
	struct postgres_db *p = of(db);
	struct postgres_rows *r;
	PGresult *res = NULL;

	postgres_forget(p);
	if (strncmp(sql, "SELECT", 6) != 0 && strncmp(sql, "WITH", 4) != 0)
		p->seen_of = NULL;
	if (p->pq->PQsendQueryParams(
		p->conn, sql, (int)n, NULL, params, NULL, NULL, 0))
		res = finish(p, sql, err);
	else
		postgres_fail(p, NULL, sql, err);
	if (!res)
		return NULL;
	r = xmalloc(sizeof(*r));
	*r = (struct postgres_rows){ { db }, res, -1 };
	return &r->rows;
}

#define AGAIN "deesse_again"

/* Returns the text that prepares the statement in place of the last one. */
static const char *
prepare(struct postgres_db *p, struct buf *b, const char *sql)
{
	if (p->prepared && !strcmp(p->prepared, sql))
		return "EXECUTE " AGAIN;
	buf_fmt(b, "%sPREPARE " AGAIN " AS %s;EXECUTE " AGAIN,
	    p->prepared ? "DEALLOCATE ALL;" : "", sql);
	return buf_str(b);
}

/* "" where it failed, and the server may have it or not. */
void
postgres_again_note(struct postgres_db *p, const char *sql, bool ok)
{
	sql = ok ? sql : "";
	free(p->prepared);
	p->prepared = xmalloc(strlen(sql) + 1);
	memcpy(p->prepared, sql, strlen(sql) + 1);
}

static void
ignore_row(void *arg, struct db_rows *r)
{
	(void)arg;
	(void)r;
}

size_t
postgres_again_asks(struct postgres_db *p, struct arena *a, const char *sql,
    struct db_ask asks[POSTGRES_AGAIN])
{
	size_t n = 0;

	if (!p->prepared || strcmp(p->prepared, sql) != 0) {
		if (p->prepared)
			asks[n++].sql = "DEALLOCATE ALL";
		asks[n++].sql = arena_fmt(a, "PREPARE " AGAIN " AS %s", sql);
	}
	asks[n++].sql = "EXECUTE " AGAIN;
	for (size_t i = 0; i < n; i++)
		asks[i] =
		    (struct db_ask){ .sql = asks[i].sql, .read = ignore_row };
	return n;
}

struct db_rows *
postgres_again(struct db *db, const char *sql, struct err *err)
{
	struct postgres_db *p = of(db);
	struct postgres_rows *r;
	struct buf b = { 0 };
	PGresult *res = NULL;
	const char *text = prepare(p, &b, sql);

	postgres_forget(p);
	if (p->pq->PQsendQuery(p->conn, text))
		res = finish(p, sql, err);
	else
		postgres_fail(p, NULL, sql, err);
	postgres_again_note(p, sql, res != NULL);
	buf_release(&b);
	if (!res)
		return NULL;
	r = xmalloc(sizeof(*r));
	*r = (struct postgres_rows){ { db }, res, -1 };
	return &r->rows;
}

static bool
postgres_next(struct db_rows *rows, struct err *err)
{
	struct postgres_rows *r = (struct postgres_rows *)rows;

	(void)err;
	return ++r->at < of(rows->db)->pq->PQntuples(r->res);
}

static const char *
postgres_text(struct db_rows *rows, int i)
{
	struct postgres_rows *r = (struct postgres_rows *)rows;

	return of(rows->db)->pq->PQgetvalue(r->res, r->at, i);
}

/* A count, an oid, or a truth, which PostgreSQL writes t and f. */
static int64_t
postgres_number(struct db_rows *rows, int i)
{
	const char *text = postgres_text(rows, i);

	return *text == 't' ? 1 : strtoll(text, NULL, 10);
}

static bool
postgres_null(struct db_rows *rows, int i)
{
	struct postgres_rows *r = (struct postgres_rows *)rows;

	return of(rows->db)->pq->PQgetisnull(r->res, r->at, i);
}

static void
postgres_end(struct db_rows *rows)
{
	of(rows->db)->pq->PQclear(((struct postgres_rows *)rows)->res);
	free(rows);
}

/* Not READ WRITE: who sets a database to read only means us, too. */
static bool
postgres_begin(struct db *db, struct err *err)
{
	return postgres_exec(db, "BEGIN ISOLATION LEVEL READ COMMITTED", err);
}

/* COMMIT of a transaction that has failed is a ROLLBACK, and no error. */
static bool
postgres_commit(struct db *db, struct err *err)
{
	struct postgres_db *p = of(db);

	if (p->pq->PQtransactionStatus(p->conn) == PQTRANS_INERROR)
		return err_fail(err,
		    "%s: the transaction has failed and cannot be committed",
		    db->name);
	if (postgres_exec(db, "COMMIT", err))
		return true;
	if (postgres_is_lost(p))
		err_add(err,
		    "it is not known whether the server had committed: deesse "
		    "status shows what is there now");
	return false;
}

bool
postgres_is_inside(struct db *db)
{
	struct postgres_db *p = of(db);

	return p->pq->PQtransactionStatus(p->conn) != PQTRANS_IDLE;
}

static void
postgres_rollback(struct db *db)
{
	struct postgres_db *p = of(db);
	struct err err = { 0 };

	if (!postgres_is_lost(p) &&
	    p->pq->PQtransactionStatus(p->conn) != PQTRANS_IDLE)
		postgres_exec(db, "ROLLBACK", &err);
	err_release(&err);
}

/* Nothing is ever rebuilt with foreign keys off here. */
static bool
postgres_rebuild_mode(struct db *db, bool on, struct err *err)
{
	(void)db;
	(void)on;
	(void)err;
	return true;
}

static void
postgres_progress(struct db *db, void (*fn)(void *arg), void *arg)
{
	struct postgres_db *p = of(db);

	p->progress = fn;
	p->progress_arg = arg;
}

static void *
postgres_handle(struct db *db)
{
	return of(db)->conn;
}

const struct db_driver postgres_driver = {
	.open = postgres_open,
	.place = postgres_place,
	.close = postgres_close,
	.rest = postgres_rest,
	.alive = postgres_alive,
	.exec = postgres_exec,
	.exec_all = postgres_exec_all,
	.query = postgres_query,
	.next = postgres_next,
	.text = postgres_text,
	.number = postgres_number,
	.null = postgres_null,
	.end = postgres_end,
	.ask = postgres_ask,
	.begin = postgres_begin,
	.commit = postgres_commit,
	.rollback = postgres_rollback,
	.lock = postgres_lock,
	.rebuild_mode = postgres_rebuild_mode,
	.handle = postgres_handle,
	.progress = postgres_progress,
};
