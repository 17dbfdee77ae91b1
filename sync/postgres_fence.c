/* postgres_fence - others are kept away from what a plan touches
 *
 * An advisory lock keeps out another deesse, but no stranger: without a lock
 * on the table, a rename in between would make the wrong column go. All tables
 * are locked at once, sorted, each in the strongest mode that the plan needs,
 * so that no lock is ever upgraded. Whoever waits for ACCESS EXCLUSIVE makes
 * all others wait behind it: so each try is short, and between two of them
 * others go on.
 */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "db/postgres.h"
#include "sql/quote.h"
#include "sync/postgres.h"

enum lock { LOCK_NONE, LOCK_COMMENTS, LOCK_WRITES, LOCK_ALL };

static const char *const modes[] = {
	[LOCK_COMMENTS] = "SHARE UPDATE EXCLUSIVE",
	[LOCK_WRITES] = "SHARE ROW EXCLUSIVE",
	[LOCK_ALL] = "ACCESS EXCLUSIVE",
};

struct locked {
	const char *name; /* as SQL says it */
	enum lock lock;
};

struct fence {
	struct arena *a;
	struct map by_name;
	VEC(, struct locked *) list;
};

static void
add(struct fence *f, const struct table *t, enum lock lock)
{
	struct buf b = { 0 };
	struct locked *l;

	sql_qualified(
	    &b, DIALECT_POSTGRES, t->schema ? t->schema : "public", t->name);
	l = map_get(&f->by_name, b.s);
	if (!l) {
		l = arena_new(f->a, struct locked);
		l->name = arena_strdup(f->a, b.s);
		map_put(f->a, &f->by_name, l->name, l);
		vec_push(f->a, &f->list, l);
	}
	if (l->lock < lock)
		l->lock = lock;
	buf_release(&b);
}

/* The table that a foreign key will point to, as it is now. */
static const struct table *
target_of(const struct diff *d, const struct constraint *k)
{
	const struct table *to =
	    schema_table(d->to, k->target_schema, k->target);

	for (size_t i = 0; to && i < d->changes.n; i++)
		if (d->changes.v[i]->kind == CHANGE_RENAME_TABLE &&
		    d->changes.v[i]->new_table == to)
			return d->changes.v[i]->old_table;
	return schema_table(d->from, k->target_schema, k->target);
}

static void
add_targets(
    struct fence *f, const struct diff *d, const struct constraints *all)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct table *t =
		    all->v[i]->kind == CONSTRAINT_FOREIGN_KEY
			? target_of(d, all->v[i])
			: NULL;

		if (t)
			add(f, t, LOCK_WRITES);
	}
}

static enum lock
lock_of(enum change_kind kind)
{
	switch (kind) {
	case CHANGE_COMMENT:
		return LOCK_COMMENTS;
	case CHANGE_CREATE_INDEX:
		return LOCK_WRITES;
	default:
		return LOCK_ALL;
	}
}

/* It has left its table, which nobody need be kept from. */
static void
add_part(struct fence *f, const struct change *c)
{
	struct table part = { .schema = c->old_partition->schema
					    ? c->old_partition->schema
					    : c->old_table->schema,
		.name = c->old_partition->name };

	add(f, &part, LOCK_ALL);
}

static void
add_change(struct fence *f, const struct diff *d, const struct change *c)
{
	if (c->online && c->kind == CHANGE_DROP_PARTITION)
		add_part(f, c);
	else if (c->old_table)
		add(f, c->old_table, lock_of(c->kind));
	/* what goes takes the triggers of its keys from the other side */
	if (c->kind == CHANGE_DROP_TABLE)
		add_targets(f, d, &c->old_table->constraints);
	if (c->kind == CHANGE_CREATE_TABLE)
		add_targets(f, d, &c->new_table->constraints);
	if (c->new_constraint &&
	    c->new_constraint->kind == CONSTRAINT_FOREIGN_KEY) {
		struct constraint *one[] = { (
		    void *)(size_t)c->new_constraint };
		struct constraints list = { .v = one, .n = 1, .cap = 1 };

		add_targets(f, d, &list);
	}
}

/* The values of an enum type stand in its tables. */
static void
add_users(struct fence *f, const struct diff *d, const struct enum_type *e)
{
	for (size_t i = 0; i < d->from->tables.n; i++) {
		const struct table *t = d->from->tables.v[i];

		for (size_t k = 0; k < t->columns.n; k++)
			if (t->columns.v[k]->enum_type &&
			    !strcmp(t->columns.v[k]->enum_type, e->name))
				add(f, t, LOCK_ALL);
	}
}

static int
by_name(const void *a, const void *b)
{
	return strcmp((*(struct locked *const *)a)->name,
	    (*(struct locked *const *)b)->name);
}

/* One that goes in the middle of a list keeps its place: all are sorted. */
static void
write_locks(const struct fence *f, struct buf *sql)
{
	for (size_t i = 0; i < f->list.n; i++) {
		const struct locked *l = f->list.v[i];
		bool goes_on = i && f->list.v[i - 1]->lock == l->lock;

		buf_puts(sql, goes_on ? ", "
			      : i     ? "; LOCK TABLE "
				      : "LOCK TABLE ");
		buf_puts(sql, l->name);
		if (i + 1 == f->list.n || f->list.v[i + 1]->lock != l->lock)
			buf_fmt(sql, " IN %s MODE", modes[l->lock]);
	}
}

static const char blockers[] =
    "SELECT DISTINCT l.relation::regclass::text, a.pid,"
    " coalesce(a.usename, '?'), coalesce(a.application_name, ''),"
    " coalesce(extract(epoch FROM clock_timestamp() -"
    " coalesce(a.xact_start, a.backend_start))::bigint, 0),"
    " coalesce(a.state, ''), coalesce(left(a.query, 200), '')"
    " FROM pg_catalog.pg_locks l"
    " JOIN pg_catalog.pg_stat_activity a USING (pid)"
    " WHERE l.locktype = 'relation' AND l.granted"
    " AND l.pid <> pg_catalog.pg_backend_pid()"
    " AND l.relation = ANY ($1::regclass[]::oid[])"
    " ORDER BY 5 DESC LIMIT 5";

/* As an array of text. */
static void
write_array(struct buf *b, const struct names *list)
{
	buf_putc(b, '{');
	for (size_t i = 0; i < list->n; i++) {
		buf_puts(b, i ? ",\"" : "\"");
		for (const char *s = list->v[i]; *s; s++) {
			if (*s == '"' || *s == '\\')
				buf_putc(b, '\\');
			buf_putc(b, *s);
		}
		buf_putc(b, '"');
	}
	buf_putc(b, '}');
}

static void
name_blockers(const struct names *tables, struct db *db, struct err *err)
{
	struct err e = { 0 };
	struct buf list = { 0 };
	struct db_rows *r;
	const char *param;

	write_array(&list, tables);
	param = list.s;
	r = db_query(db, blockers, &param, 1, &e);
	while (r && db_rows_next(r, &e))
		err_add(err,
		    "table %s is held by backend %s of %s (%s), %s, since %s "
		    "s: %s",
		    db_text(r, 0), db_text(r, 1), db_text(r, 2), db_text(r, 3),
		    db_text(r, 5), db_text(r, 4), db_text(r, 6));
	db_rows_end(r);
	buf_release(&list);
	err_release(&e);
}

/* Others get their turn between two tries; the pauses differ, so that two who
 * wait for each other do not meet again. */
#define TRY_MS "400ms"

bool
postgres_try(
    struct db *db, const char *sql, const struct names *tables, struct err *err)
{
	int64_t end = clock_ms() + db->timeout_ms;

	if (!db_exec(db, "SET LOCAL lock_timeout = '" TRY_MS "'", err))
		return false;
	for (;;) {
		struct err e = { 0 };

		if (!db_exec(db, "SAVEPOINT deesse_fence", err))
			return false;
		if (db_exec(db, sql, &e))
			return db_exec(
			    db, "RELEASE SAVEPOINT deesse_fence", err);
		if (!postgres_said(db, "55P03") &&
		    !postgres_said(db, "40P01")) {
			*err = e;
			return false;
		}
		err_release(&e);
		if (!db_exec(db, "ROLLBACK TO SAVEPOINT deesse_fence", err))
			return false;
		if (clock_ms() >= end) {
			err_fail(err,
			    "%s: the tables of this plan are in use; nothing "
			    "was changed",
			    db->name);
			name_blockers(tables, db, err);
			return false;
		}
		for (int naps = 1 + (int)(random() % 8); naps > 0; naps--)
			db_nap();
	}
}

bool
postgres_fence(struct arena *a, struct db *db, const struct plan *p,
    bool *moved, struct err *err)
{
	struct fence f = { .a = a };
	struct names tables = { 0 };
	struct buf sql = { 0 };
	bool ok;

	for (size_t i = 0; i < p->diff->changes.n; i++) {
		const struct change *c = p->diff->changes.v[i];

		add_change(&f, p->diff, c);
		if (c->kind == CHANGE_ALTER_ENUM)
			add_users(&f, p->diff, c->old_enum);
	}
	if (!f.list.n)
		return journal_prepare(db, err);
	qsort(f.list.v, f.list.n, sizeof(*f.list.v), by_name);
	write_locks(&f, &sql);
	for (size_t i = 0; i < f.list.n; i++)
		vec_push(a, &tables, f.list.v[i]->name);
	ok = journal_prepare(db, err) &&
	     postgres_try(db, sql.s, &tables, err) &&
	     /* a statement may want one more lock than was foreseen */
	     postgres_set_ms(db, "LOCAL lock_timeout", db->timeout_ms, err);
	*moved =
	    !ok && (postgres_said(db, "42P01") || postgres_said(db, "3F000"));
	if (*moved)
		err_release(err);
	buf_release(&sql);
	return ok;
}
