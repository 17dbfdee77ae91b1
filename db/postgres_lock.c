/* postgres_lock - one deesse at a time changes a PostgreSQL database
 *
 * The lock is polled: whoever waits in pg_advisory_lock holds a snapshot, and
 * CREATE INDEX CONCURRENTLY of the holder would wait for that one.
 */
#include "base/buf.h"
#include "db/postgres.h"

/* "deesse" in ASCII: advisory locks are numbers, and each database has its
 * own. */
#define KEY "110386656539493" /* 0x646565737365 */

/* Another deesse does what this one wants to do: it is waited for longer. */
#define PATIENCE 4

static bool
try_lock(struct db *db, bool *got, struct err *err)
{
	int64_t n = 0;

	if (!db_count(db, "SELECT pg_try_advisory_lock(" KEY ")", &n, err))
		return false;
	*got = n != 0;
	return true;
}

static const char holder[] =
    "SELECT a.pid, coalesce(a.usename, '?'), coalesce(a.application_name, ''),"
    " coalesce(host(a.client_addr), 'this host'),"
    " coalesce(extract(epoch FROM now() - a.backend_start)::bigint, 0)"
    " FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
    " AND l.database = (SELECT oid FROM pg_database"
    " WHERE datname = current_database())"
    " AND (l.classid::bigint << 32) | l.objid::bigint = " KEY;

static bool
name_holder(struct db *db, struct err *err)
{
	struct err e = { 0 };
	struct db_rows *r = db_query(db, holder, NULL, 0, &e);

	err_set(err, ERR_BUSY, "%s: another deesse is changing this database",
	    db->name);
	if (r && db_rows_next(r, &e))
		err_add(err,
		    "it is backend %s of %s (%s) from %s, connected for %s s",
		    db_text(r, 0), db_text(r, 1), db_text(r, 2), db_text(r, 3),
		    db_text(r, 4));
	db_rows_end(r);
	err_release(&e);
	return false;
}

bool
postgres_lock(struct db *db, struct err *err)
{
	struct postgres_db *p = (struct postgres_db *)db;
	int64_t end = clock_ms() + PATIENCE * db->timeout_ms;
	bool got = p->locked;

	for (;;) {
		if (!got && !try_lock(db, &got, err))
			return false;
		if (got) {
			p->locked = true;
			return true;
		}
		if (clock_ms() >= end)
			return name_holder(db, err);
		db_nap();
	}
}
