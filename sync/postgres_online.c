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

const char *
postgres_qualified(struct arena *a, const char *schema, const char *name)
{
	struct buf b = { 0 };

	sql_qualified(&b, DIALECT_POSTGRES, schema ? schema : "public", name);
	return buf_take(&b, a);
}

bool
postgres_run_brief(
    struct db *db, const char *sql, const char *table, struct err *err)
{
	struct names tables = { .v = &table, .n = 1, .cap = 1 };
	bool ok = db_begin(db, err) && journal_prepare(db, err) &&
		  postgres_try(db, sql, &tables, err) && db_commit(db, err);

	if (!ok)
		db_rollback(db);
	return ok;
}

bool
postgres_run_long(
    struct sync *s, const struct change *c, const char *sql, struct err *err)
{
	struct postgres_watch w;
	struct db *db = s->db;
	struct err ignored = { 0 };
	bool ok;

	if (!postgres_set_ms(db, "lock_timeout",
		(int64_t)POSTGRES_PATIENCE * db->timeout_ms, err))
		return false;
	postgres_watch(&w, s, c);
	ok = db_exec(db, sql, err);
	postgres_unwatch(&w);
	postgres_set_ms(db, "lock_timeout", db->timeout_ms, &ignored);
	err_release(&ignored);
	return ok;
}

/* Rows whose value is another one than it should be. */
static bool
find_none(
    struct sync *s, const struct change *c, const char *sql, struct err *err)
{
	int64_t n;

	if (!db_count(s->db, sql, &n, err))
		return false;
	return !n ||
	       err_fail(err,
		   c->kind == CHANGE_DROP_COLUMN
		       ? "%s: of %lld %s the copy for the trash is not the same"
		       : "%s: in %lld %s the new column, or the copy for the "
			 "trash, is not what the old one says",
		   change_text(s->arena, c), (long long)n,
		   n == 1 ? "row" : "rows");
}

bool
postgres_make_online_now(struct sync *s, const struct change *c,
    const struct online_step *x, struct err *err)
{
	const struct table *t = c->old_table;

	switch (x->how) {
	case ONLINE_COLUMN:
	case ONLINE_CHECK:
		return postgres_run_brief(s->db, x->sql,
		    postgres_qualified(s->arena, t->schema, t->name), err);
	case ONLINE_FILL:
		return postgres_fill(s, c, x, err);
	case ONLINE_DETACH:
		return postgres_detach(s, c, x->sql, err);
	case ONLINE_NONE:
		return find_none(s, c, x->sql, err);
	case ONLINE_LONG:
		return postgres_run_long(s, c, x->sql, err);
	}
	return false;
}

static void
drop_trigger(
    struct buf *sql, const char *name, const char *after, const char *table)
{
	struct buf trigger = { 0 };

	buf_fmt(&trigger, ONLINE_TRIGGER "%s%s", name, after);
	buf_puts(sql, "DROP TRIGGER IF EXISTS ");
	sql_ident(sql, DIALECT_POSTGRES, buf_str(&trigger));
	buf_fmt(sql, " ON %s; ", table);
	buf_release(&trigger);
}

static void
drop_function(struct buf *sql, const char *name, const char *after)
{
	struct buf function = { 0 };

	buf_fmt(&function, "%s%s", name, after);
	buf_puts(sql, "DROP FUNCTION IF EXISTS ");
	sql_qualified(sql, DIALECT_POSTGRES, ONLINE_SCHEMA, buf_str(&function));
	buf_puts(sql, "(); ");
	buf_release(&function);
}

void
postgres_drop_keeping(
    struct buf *sql, const struct online *o, const char *table)
{
	drop_trigger(sql, o->name, ONLINE_KEEPS, table);
	drop_trigger(sql, o->name, ONLINE_EMPTIES, table);
	drop_function(sql, o->name, ONLINE_KEEPS);
}

static void
drop_column(struct buf *sql, const struct online *o, const char *table)
{
	drop_trigger(sql, o->name, "", table);
	drop_function(sql, o->name, "");
	postgres_drop_keeping(sql, o, table);
	buf_puts(sql, "DROP TABLE IF EXISTS ");
	sql_qualified(sql, DIALECT_POSTGRES, ONLINE_SCHEMA, o->name);
	buf_fmt(sql, "; ALTER TABLE %s DROP COLUMN IF EXISTS ", table);
	sql_ident(sql, DIALECT_POSTGRES, o->name);
	buf_puts(sql, "; DROP TYPE IF EXISTS ");
	sql_qualified(sql, DIALECT_POSTGRES, ONLINE_SCHEMA, o->name);
}

/* DROP INDEX CONCURRENTLY would wait for everybody; what nobody reads yet
 * needs but a moment. */
bool
postgres_drop_online(struct db *db, const struct online *o, struct err *err)
{
	struct buf sql = { 0 };
	struct arena a = { 0 };
	const char *table = postgres_qualified(&a, o->schema, o->table);
	bool ok, none = true;

	if (o->part) {
		arena_release(&a);
		return postgres_reattach(db, o, err);
	}
	ok = !o->constraint || o->column || postgres_unfill(db, o, &none, err);
	if (!ok || !none) {
		arena_release(&a);
		return ok;
	}
	if (o->column) {
		drop_column(&sql, o, table);
	} else if (o->constraint) {
		buf_fmt(
		    &sql, "ALTER TABLE %s DROP CONSTRAINT IF EXISTS ", table);
		sql_ident(&sql, DIALECT_POSTGRES, o->name);
	} else {
		buf_fmt(&sql, "DROP INDEX IF EXISTS %s",
		    postgres_qualified(&a, o->schema, o->name));
	}
	ok = postgres_run_brief(db, buf_str(&sql), table, err);
	buf_release(&sql);
	arena_release(&a);
	return ok;
}

/* What others or the machine were the reason of may be otherwise next time. */
bool
postgres_may_go_on(struct db *db)
{
	const struct postgres_db *p = (const struct postgres_db *)db;
	static const char *const classes[] = { "08", "40", "53", "55", "57" };

	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (postgres_said(db, classes[i]))
			return true;
	return postgres_is_lost(p);
}
