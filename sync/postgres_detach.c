/* postgres_detach - a partition leaves its table while others work there
 *
 * The server does it in two transactions of its own, and waits in between for
 * all who may still see the partition; so it cannot be part of ours, and the
 * moment it is done everybody sees it. It is the last thing before our
 * transaction. A mark on the partition says, from before it begins, what it was
 * a part of: who is interrupted in between, or fails, finds it and puts the
 * partition back.
 */
#include <string.h>

#include "db/postgres.h"
#include "sql/quote.h"
#include "sync/postgres.h"

#define D DIALECT_POSTGRES

#define CONCURRENTLY_SINCE 140000

struct leaver {
	struct db *db;
	struct arena a;
	const char *name; /* as SQL says it */
	const char *mark;
	/* of the server's answer, NULL: it has none */
	const char *of, *bound, *check;
	bool attached, leaving;
};

static void
begin(struct leaver *p, struct db *db, const char *schema, const char *table,
    const char *mark)
{
	*p = (struct leaver){ .db = db, .mark = mark };
	p->name = postgres_qualified(&p->a, schema, table);
}

static const char *
text(struct leaver *p, struct db_rows *r, int n)
{
	return db_null(r, n) ? NULL : arena_strdup(&p->a, db_text(r, n));
}

/* What it is a part of, and its bound, from the catalog; from the mark where it
 * has left. */
static bool
look(struct leaver *p, struct err *err)
{
	static const char sql[] =
	    "SELECT coalesce(i.inhparent::regclass::text, m.note->>'of'),"
	    " coalesce(pg_catalog.pg_get_expr(c.relpartbound, c.oid),"
	    " m.note->>'bound'), coalesce(m.note->>'check', 'CHECK ('"
	    " || pg_catalog.pg_get_partition_constraintdef(c.oid) || ')'),"
	    " c.relispartition, i.inhdetachpending"
	    " FROM pg_catalog.pg_class c"
	    " LEFT JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid"
	    " AND c.relispartition"
	    " LEFT JOIN (SELECT k.conrelid, pg_catalog.obj_description(k.oid,"
	    " 'pg_constraint')::json AS note FROM pg_catalog.pg_constraint k"
	    " WHERE k.conname = $2) m ON m.conrelid = c.oid"
	    " WHERE c.oid = to_regclass($1)";
	const char *params[] = { p->name, p->mark };
	struct err e = { 0 };
	struct db_rows *r = db_query(p->db, sql, params, 2, err);

	if (!r)
		return false;
	if (db_rows_next(r, &e)) {
		p->of = text(p, r, 0);
		p->bound = text(p, r, 1);
		p->check = text(p, r, 2);
		p->attached = db_int(r, 3);
		p->leaving = !db_null(r, 4) && db_int(r, 4);
	}
	db_rows_end(r);
	if (e.kind)
		*err = e;
	return !e.kind;
}

/* Runs the text of the buffer, with short tries for its lock, and ends it. */
static bool
brief(struct leaver *p, struct buf *b, struct err *err)
{
	bool ok = postgres_run_brief(p->db, buf_str(b), p->name, err);

	buf_release(b);
	return ok;
}

static bool
add_mark(struct leaver *p, struct err *err)
{
	struct buf b = { 0 }, note = { 0 };
	const char *params[] = { p->of, p->bound, p->check };
	struct err e = { 0 };
	struct db_rows *r = db_query(p->db,
	    "SELECT json_build_object('of', $1::text, 'bound', $2::text,"
	    " 'check', $3::text)::text",
	    params, 3, err);

	if (!r)
		return false;
	if (db_rows_next(r, &e))
		buf_puts(&note, db_text(r, 0));
	db_rows_end(r);
	if (e.kind) {
		*err = e;
		return false;
	}
	buf_fmt(&b, "ALTER TABLE %s ADD CONSTRAINT ", p->name);
	sql_ident(&b, D, p->mark);
	buf_puts(&b, " CHECK (true) NOT VALID;\nCOMMENT ON CONSTRAINT ");
	sql_ident(&b, D, p->mark);
	buf_fmt(&b, " ON %s IS ", p->name);
	sql_literal(&b, D, buf_str(&note));
	buf_release(&note);
	return brief(p, &b, err);
}

/* The server leaves a check behind that says the bound, so that the way back is
 * short; nobody has asked for it. */
static bool
drop_bound(struct leaver *p, struct err *err)
{
	const char *params[] = { p->name, p->check };
	struct buf b = { 0 };
	struct err e = { 0 };
	struct db_rows *r = db_query(p->db,
	    "SELECT k.conname FROM pg_catalog.pg_constraint k"
	    " WHERE k.conrelid = to_regclass($1) AND k.contype = 'c'"
	    " AND k.conislocal AND pg_catalog.pg_get_constraintdef(k.oid)"
	    " IN ($2, $2 || ' NO INHERIT')",
	    params, 2, err);

	if (!r)
		return false;
	while (db_rows_next(r, &e)) {
		buf_fmt(&b, "ALTER TABLE %s DROP CONSTRAINT ", p->name);
		sql_ident(&b, D, db_text(r, 0));
		buf_puts(&b, ";\n");
	}
	db_rows_end(r);
	if (e.kind) {
		*err = e;
		buf_release(&b);
		return false;
	}
	return !b.len || brief(p, &b, err);
}

bool
postgres_detaches(struct db *db)
{
	const struct postgres_db *p = (const struct postgres_db *)db;

	return p->pq->PQserverVersion(p->conn) >= CONCURRENTLY_SINCE;
}

bool
postgres_detach(
    struct sync *s, const struct change *c, const char *sql, struct err *err)
{
	const struct partition *x = c->old_partition;
	struct leaver p;
	bool ok;

	begin(&p, s->db, x->schema ? x->schema : c->old_table->schema, x->name,
	    c->online);
	ok = look(&p, err) &&
	     ((p.attached && p.check) ||
		 err_fail(err, "%s is no partition any more", x->name)) &&
	     add_mark(&p, err) && postgres_run_long(s, c, sql, err) &&
	     drop_bound(&p, err);
	arena_release(&p.a);
	return ok;
}

/* It waits, as the first half did, for those who may still see it. */
static bool
finalize(struct leaver *p, struct err *err)
{
	struct err ignored = { 0 };
	bool ok =
	    postgres_set_ms(p->db, "lock_timeout",
		(int64_t)POSTGRES_PATIENCE * p->db->timeout_ms, err) &&
	    db_exec(p->db,
		arena_fmt(&p->a, "ALTER TABLE %s DETACH PARTITION %s FINALIZE",
		    p->of, p->name),
		err);

	postgres_set_ms(p->db, "lock_timeout", p->db->timeout_ms, &ignored);
	err_release(&ignored);
	return ok;
}

static bool
is_there(struct leaver *p, const char *table, bool *yes, struct err *err)
{
	struct buf b = { 0 };
	int64_t n = 0;
	bool ok;

	buf_puts(&b, "SELECT count(to_regclass(");
	sql_literal(&b, D, table);
	buf_puts(&b, "))");
	ok = db_count(p->db, buf_str(&b), &n, err);
	*yes = n > 0;
	buf_release(&b);
	return ok;
}

bool
postgres_reattach(struct db *db, const struct online *o, struct err *err)
{
	struct buf b = { 0 };
	struct leaver p;
	bool whole = false, ok;

	begin(&p, db, o->schema, o->table, o->name);
	ok = look(&p, err) && (!p.leaving || finalize(&p, err)) &&
	     (!p.of || is_there(&p, p.of, &whole, err));
	if (ok && whole && (!p.attached || p.leaving))
		buf_fmt(&b, "ALTER TABLE %s ATTACH PARTITION %s %s;\n", p.of,
		    p.name, p.bound);
	buf_fmt(&b, "ALTER TABLE %s DROP CONSTRAINT IF EXISTS ", p.name);
	sql_ident(&b, D, o->name);
	ok = ok && brief(&p, &b, err) && (!p.check || drop_bound(&p, err));
	buf_release(&b);
	arena_release(&p.a);
	return ok;
}
