/* db - one connection to a database */
#include "db/db.h"

#include <time.h>

#include "db/driver.h"

static const struct db_driver *const drivers[DIALECT_COUNT] = {
	[DIALECT_SQLITE] = &sqlite_driver,
	[DIALECT_POSTGRES] = &postgres_driver,
};

void
db_nap(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 20 * 1000000 }, NULL);
}

void
db_prepare(enum dialect d)
{
	if (drivers[d]->prepare)
		drivers[d]->prepare();
}

bool
db_open(struct db **db, const struct db_url *url, enum db_mode mode,
    struct err *err)
{
	*db = NULL;
	return drivers[url->dialect]->open(db, url, mode, err);
}

bool
db_place(struct arena *a, const struct db_url *url, struct db_place *out,
    struct err *err)
{
	*out = (struct db_place){ 0 };
	return drivers[url->dialect]->place(a, url, out, err);
}

void
db_close(struct db *db)
{
	if (db)
		db->driver->close(db);
}

bool
db_rest(struct db *db)
{
	db->managed = NULL;
	return db->driver->rest && db->driver->rest(db);
}

bool
db_is_alive(struct db *db)
{
	return !db->driver->alive || db->driver->alive(db);
}

enum dialect
db_dialect(const struct db *db)
{
	return db->dialect;
}

const char *
db_name(const struct db *db)
{
	return db->name;
}

bool
db_exec(struct db *db, const char *sql, struct err *err)
{
	return db->driver->exec(db, sql, err);
}

bool
db_exec_all(struct db *db, const char *const *sql, size_t n, size_t *done,
    struct err *err)
{
	if (db->driver->exec_all)
		return db->driver->exec_all(db, sql, n, done, err);
	for (*done = 0; *done < n; (*done)++)
		if (!db_exec(db, sql[*done], err))
			return false;
	return true;
}

struct db_rows *
db_query(struct db *db, const char *sql, const char *const *params, size_t n,
    struct err *err)
{
	return db->driver->query(db, sql, params, n, err);
}

bool
db_rows_next(struct db_rows *r, struct err *err)
{
	return r->db->driver->next(r, err);
}

const char *
db_text(struct db_rows *r, int i)
{
	return r->db->driver->text(r, i);
}

int64_t
db_int(struct db_rows *r, int i)
{
	return r->db->driver->number(r, i);
}

bool
db_null(struct db_rows *r, int i)
{
	return r->db->driver->null(r, i);
}

void
db_rows_end(struct db_rows *r)
{
	if (r)
		r->db->driver->end(r);
}

static bool
ask_one(struct db *db, const struct db_ask *ask, void *arg, struct err *err)
{
	struct err e = { 0 };
	struct db_rows *r = db_query(db, ask->sql, ask->params, ask->n, err);

	if (!r)
		return false;
	while (db_rows_next(r, &e))
		ask->read(arg, r);
	db_rows_end(r);
	if (e.kind)
		*err = e;
	return !e.kind;
}

bool
db_ask(struct db *db, const struct db_ask *asks, size_t n, void *arg,
    struct err *err)
{
	if (db->driver->ask)
		return db->driver->ask(db, asks, n, arg, err);
	for (size_t i = 0; i < n; i++)
		if (!ask_one(db, &asks[i], arg, err))
			return false;
	return true;
}

void
db_manage(struct db *db, const struct names *schemas)
{
	db->managed = schemas && schemas->n ? schemas : NULL;
}

const struct names *
db_managed(const struct db *db)
{
	static const char *v[] = { "public" };
	static const struct names only = { v, 1, 1 };

	return db->managed ? db->managed : &only;
}

bool
db_count(struct db *db, const char *sql, int64_t *n, struct err *err)
{
	struct db_rows *r = db_query(db, sql, NULL, 0, err);
	struct err why = { 0 };
	bool ok;

	if (!r)
		return false;
	ok = db_rows_next(r, &why);
	if (ok)
		*n = db_int(r, 0);
	else if (why.kind)
		err_set(err, why.kind, "%s", why.text);
	else
		err_fail(err, "%s: no row where one was expected, in: %s",
		    db_name(db), sql);
	db_rows_end(r);
	err_release(&why);
	return ok;
}

bool
db_begin(struct db *db, struct err *err)
{
	return db->driver->begin(db, err);
}

bool
db_commit(struct db *db, struct err *err)
{
	return db->driver->commit(db, err);
}

void
db_rollback(struct db *db)
{
	db->driver->rollback(db);
}

void
db_timeout(struct db *db, int ms)
{
	db->timeout_ms = ms;
	if (db->driver->timeout)
		db->driver->timeout(db, ms);
}

bool
db_lock(struct db *db, struct err *err)
{
	return db->driver->lock(db, err);
}

bool
db_rebuild_mode(struct db *db, bool on, struct err *err)
{
	return db->driver->rebuild_mode(db, on, err);
}

void *
db_handle(struct db *db)
{
	return db->driver->handle(db);
}

bool
db_stream(struct db *from, const char *select, struct db *to, const char *into,
    struct db_flow *flow, struct err *err)
{
	*flow = (struct db_flow){ 0 };
	if (from->driver->stream && from->driver == to->driver)
		return from->driver->stream(from, select, to, into, flow, err);
	return err_fail(err, "%s: rows cannot be streamed to %s", db_name(from),
	    db_name(to));
}

void
db_progress(struct db *db, void (*fn)(void *arg), void *arg)
{
	if (db->driver->progress)
		db->driver->progress(db, fn, arg);
}

bool
db_triggers(struct db *db, bool on, struct err *err)
{
	if (db->driver->triggers)
		return db->driver->triggers(db, on, err);
	return err_fail(err, "%s: triggers cannot be turned %s", db_name(db),
	    on ? "on" : "off");
}
