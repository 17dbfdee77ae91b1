/* postgres_online - statements beside those who work
 *
 * CREATE INDEX CONCURRENTLY and VALIDATE take no lock that reading or writing
 * waits for, so they may wait long for their own; but not for ever, and not
 * behind a reader of the day. What needs a real lock, if only for a moment,
 * is tried as the fence is.
 */
#include "db/postgres.h"
#include "sql/quote.h"
#include "sync/postgres.h"

/* So many times the patience that one has for a lock that others feel. */
#define PATIENCE 20

static const char *
quoted(struct arena *a, const char *schema, const char *name)
{
	struct buf b = { 0 };
	const char *text;

	sql_qualified(&b, DIALECT_POSTGRES, schema ? schema : "public", name);
	text = arena_strdup(a, buf_str(&b));
	buf_release(&b);
	return text;
}

/* In a transaction of its own. */
static bool
run_brief(struct db *db, const char *sql, const char *table, struct err *err)
{
	struct names tables = { .v = &table, .n = 1, .cap = 1 };
	bool ok = db_begin(db, err) && postgres_try(db, sql, &tables, err) &&
		  db_commit(db, err);

	if (!ok)
		db_rollback(db);
	return ok;
}

bool
postgres_make_online_now(struct arena *a, struct db *db, const struct change *c,
    const char *sql, bool brief, struct err *err)
{
	struct err ignored = { 0 };
	bool ok;

	if (brief)
		return run_brief(db, sql,
		    quoted(a, c->old_table->schema, c->old_table->name), err);
	if (!postgres_set_ms(
		db, "lock_timeout", (int64_t)PATIENCE * db->timeout_ms, err))
		return false;
	ok = db_exec(db, sql, err);
	postgres_set_ms(db, "lock_timeout", db->timeout_ms, &ignored);
	err_release(&ignored);
	return ok;
}

/* DROP INDEX CONCURRENTLY would wait for everybody; what nobody reads yet
 * needs but a moment. */
bool
postgres_drop_online(struct db *db, const struct online *o, struct err *err)
{
	struct buf sql = { 0 };
	struct arena a = { 0 };
	const char *table = quoted(&a, o->schema, o->table);
	bool ok;

	if (o->constraint) {
		buf_fmt(
		    &sql, "ALTER TABLE %s DROP CONSTRAINT IF EXISTS ", table);
		sql_ident(&sql, DIALECT_POSTGRES, o->name);
	} else {
		buf_fmt(&sql, "DROP INDEX IF EXISTS %s",
		    quoted(&a, o->schema, o->name));
	}
	ok = run_brief(db, buf_str(&sql), table, err);
	buf_release(&sql);
	arena_release(&a);
	return ok;
}
