/* sqlite - what must hold before COMMIT, in SQLite's words */
#include <string.h>

#include "base/text.h"
#include "sql/quote.h"
#include "sync/sqlite.h"

#define D DIALECT_SQLITE

static bool
count_rows(struct db *db, const char *table, int64_t *n, struct err *err)
{
	struct buf sql = { 0 };
	bool ok;

	buf_puts(&sql, "SELECT count(*) FROM ");
	sql_ident(&sql, D, table);
	ok = db_count(db, buf_str(&sql), n, err);
	buf_release(&sql);
	return ok;
}

/* Sets *n to the rows of the table that refer to nothing; -1 where a key cannot
 * be checked at all, for what it refers to is not unique. */
static bool
count_orphans(struct db *db, const char *table, int64_t *n, struct err *err)
{
	struct err why = { 0 };
	struct db_rows *r =
	    db_query(db, "SELECT count(*) FROM pragma_foreign_key_check(?1)",
		&table, 1, err);

	if (!r)
		return false;
	*n = db_rows_next(r, &why) ? db_int(r, 0) : -1;
	db_rows_end(r);
	if (why.kind && !strstr(why.text, "foreign key mismatch")) {
		*err = why;
		return false;
	}
	err_release(&why);
	return true;
}

static bool
references(const struct table *t, const char *target)
{
	for (size_t i = 0; i < t->constraints.n; i++) {
		const struct constraint *k = t->constraints.v[i];

		if (k->kind == CONSTRAINT_FOREIGN_KEY &&
		    schema_same_name(D, k->target, target))
			return true;
	}
	return false;
}

/* Is it, or something that it refers to, written anew or dropped? Sets *target
 * to what it becomes where it is itself. */
static bool
is_touched(
    const struct plan *p, const struct table *old, const struct table **target)
{
	bool touched = false;

	for (size_t i = 0; i < p->steps.n; i++) {
		const struct step *s = p->steps.v[i];

		if (!s->rebuild)
			continue;
		if (s->table == old)
			*target = s->target;
		touched |= s->table == old || references(old, s->table->name);
	}
	return touched;
}

/* The name that a table of the old schema has in the new one, or NULL. */
static const char *
new_table_name(const struct diff *d, const struct table *old)
{
	for (size_t i = 0; i < d->changes.n; i++) {
		const struct change *c = d->changes.v[i];

		if (c->old_table != old)
			continue;
		if (c->kind == CHANGE_RENAME_TABLE)
			return c->new_table->name;
		if (c->kind == CHANGE_DROP_TABLE)
			return NULL;
	}
	return old->name;
}

static bool
count_counters(struct db *db, const char *table, int64_t *n, struct err *err)
{
	struct buf sql = { 0 };
	bool ok;

	if (!db_count(db,
		"SELECT count(*) FROM sqlite_schema"
		" WHERE name = 'sqlite_sequence'",
		n, err))
		return false;
	if (!*n)
		return true;
	buf_puts(&sql, "SELECT count(*) FROM sqlite_sequence WHERE name = ");
	sql_literal(&sql, D, table);
	ok = db_count(db, buf_str(&sql), n, err);
	buf_release(&sql);
	return ok;
}

/* SQLite counts from 0 on when an empty table is filled with no rows. */
static bool
drop_counter(struct db *db, const struct guarded *t, struct err *err)
{
	struct buf sql = { 0 };
	int64_t n;
	bool ok;

	if (t->rows || t->counters)
		return true;
	if (!count_counters(db, t->table, &n, err))
		return false;
	if (!n)
		return true;
	buf_puts(&sql, "DELETE FROM sqlite_sequence WHERE seq = 0 AND name = ");
	sql_literal(&sql, D, t->table);
	ok = db_exec(db, buf_str(&sql), err);
	buf_release(&sql);
	return ok;
}

/* Rows of rebuilt tables and of those that point to them: a cascade that
 * should not have been would show there. */
static bool
guard(struct arena *a, struct db *db, const struct plan *p, struct guard *g,
    struct err *err)
{
	const struct tables *all = &p->diff->from->tables;

	if (!sqlite_keep_statistics(db, p, err))
		return false;
	*g = (struct guard){ 0 };
	if (!p->rebuilds)
		return true;
	g->v = arena_array(a, struct guarded, all->n);
	for (size_t i = 0; i < all->n; i++) {
		const char *name = new_table_name(p->diff, all->v[i]);
		struct guarded *t = &g->v[g->n];

		if (!name || !is_touched(p, all->v[i], &t->rebuilt))
			continue;
		t->table = name;
		if (!count_rows(db, all->v[i]->name, &t->rows, err) ||
		    !count_counters(db, all->v[i]->name, &t->counters, err) ||
		    !count_orphans(db, all->v[i]->name, &t->orphans, err))
			return false;
		g->n++;
	}
	return true;
}

/* Some versions (3.40 is one) see NULLs where a table WITHOUT ROWID keeps its
 * columns in another order than it names them. Sets *yes where no row has one;
 * IS NULL would not even be asked of a column that is NOT NULL. */
static bool
is_imagined(struct db *db, const struct guarded *t, const char *complaint,
    bool *yes, struct err *err)
{
	static const char says[] = "NULL value in ";
	size_t n = strlen(t->table);
	struct buf sql = { 0 };
	int64_t nulls;
	bool ok;

	*yes = false;
	if (!t->rebuilt->without_rowid || !text_starts(complaint, says) ||
	    strncmp(complaint + sizeof(says) - 1, t->table, n) ||
	    complaint[sizeof(says) - 1 + n] != '.')
		return true;
	buf_puts(&sql, "SELECT count(*) FROM ");
	sql_ident(&sql, D, t->table);
	buf_puts(&sql, " WHERE typeof(");
	sql_ident(&sql, D, complaint + sizeof(says) + n);
	buf_puts(&sql, ") = 'null'");
	ok = db_count(db, buf_str(&sql), &nulls, err);
	*yes = ok && !nulls;
	buf_release(&sql);
	return ok;
}

/* Runs a query that says "ok" or what is wrong, a row each. */
static bool
check(struct db *db, const char *sql, const struct guarded *t, struct err *err)
{
	struct err why = { 0 };
	struct db_rows *r = db_query(db, sql, &t->table, 1, err);
	bool ok = r != NULL, imagined;

	while (ok && db_rows_next(r, &why)) {
		const char *says = db_text(r, 0);

		if (!strcmp(says, "ok"))
			continue;
		ok = is_imagined(db, t, says, &imagined, err);
		if (ok && !imagined)
			ok = err_fail(err,
			    "table %s does not pass the integrity check: %s; "
			    "everything was rolled back",
			    t->table, says);
	}
	if (r)
		db_rows_end(r);
	if (why.kind)
		*err = why;
	return ok && !why.kind;
}

/* Has every index as many entries as the table has rows? */
static bool
check_entries(struct db *db, const struct guarded *t, struct err *err)
{
	for (size_t i = 0; i < t->rebuilt->indexes.n; i++) {
		const struct index *x = t->rebuilt->indexes.v[i];
		struct buf sql = { 0 };
		int64_t n = t->rows;
		bool ok;

		if (x->where.text)
			continue;
		buf_puts(&sql, "SELECT count(*) FROM ");
		sql_ident(&sql, D, t->table);
		buf_puts(&sql, " INDEXED BY ");
		sql_ident(&sql, D, x->name);
		ok = db_count(db, buf_str(&sql), &n, err);
		buf_release(&sql);
		if (ok && n != t->rows)
			return err_fail(err,
			    "index %s has %lld entries for %lld rows; "
			    "everything was rolled back",
			    x->name, (long long)n, (long long)t->rows);
		if (!ok)
			return false;
	}
	return true;
}

/* Looking up every row in every index takes longer than to write them: beyond
 * this many rows, the entries are counted instead. */
#define LOOKED_UP 200000

static bool
check_integrity(struct db *db, const struct guarded *t, struct err *err)
{
	if (!t->rebuilt)
		return true;
	if (t->rows <= LOOKED_UP)
		return check(db,
		    "SELECT integrity_check FROM pragma_integrity_check(?1)", t,
		    err);
	return check(db, "SELECT quick_check FROM pragma_quick_check(?1)", t,
		   err) &&
	       check_entries(db, t, err);
}

static bool
orphaned(const char *table, int64_t n, struct err *err)
{
	return err_fail(err,
	    "%lld %s of table %s would refer to what is not there; "
	    "everything was rolled back",
	    (long long)n, n == 1 ? "row" : "rows", table);
}

/* What could not be checked before may show what was always so. */
static bool
check_orphans(struct db *db, const struct guarded *t, struct err *err)
{
	int64_t n;

	if (!count_orphans(db, t->table, &n, err))
		return false;
	if (n < 0 && t->orphans >= 0)
		return err_fail(err,
		    "a foreign key of table %s would refer to what is not "
		    "unique; everything was rolled back",
		    t->table);
	if (t->orphans < 0 || n <= t->orphans)
		return true;
	return orphaned(t->table, n - t->orphans, err);
}

/* Sets *n to the rows of the table that break this one key. */
static bool
count_breaches(struct db *db, const struct table *t, const struct constraint *k,
    int64_t *n, struct err *err)
{
	struct buf columns = { 0 };
	const char *params[] = { t->name, NULL, k->target };
	struct err why = { 0 };
	struct db_rows *r;

	for (size_t i = 0; i < k->parts.n; i++)
		buf_fmt(&columns, "%s%s", i ? "," : "", k->parts.v[i].column);
	params[1] = buf_str(&columns);
	r = db_query(db,
	    "SELECT count(*) FROM pragma_foreign_key_check(?1) WHERE fkid IN"
	    " (SELECT id FROM pragma_foreign_key_list(?1) GROUP BY id HAVING"
	    " lower(group_concat(\"from\")) = lower(?2)"
	    " AND lower(\"table\") = lower(?3))",
	    params, 3, err);
	buf_release(&columns);
	if (!r)
		return false;
	*n = db_rows_next(r, &why) ? db_int(r, 0) : 0;
	db_rows_end(r);
	if (why.kind)
		*err = why;
	return !why.kind;
}

/* Is it a key that the change brings, and that rows may break? */
static bool
is_brought(const struct change *c, const struct constraint *k)
{
	bool foretold = false;

	for (size_t i = 0; i < c->findings.n; i++)
		foretold |= !strcmp(c->findings.v[i].rule, "add-foreign-key");
	if (!foretold || k->kind != CONSTRAINT_FOREIGN_KEY)
		return false;
	return c->new_constraint
		   ? k == c->new_constraint
		   : k->column && c->new_column &&
			 schema_same_name(D, k->column, c->new_column->name);
}

/* A key that is new has no old orphans: SQLite itself would not look. */
static bool
check_new_keys(struct db *db, const struct plan *p, struct err *err)
{
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		const struct change *c = p->diff->changes.v[i];
		const struct table *t = c->new_table;

		for (size_t k = 0; t && k < t->constraints.n; k++) {
			const struct constraint *key = t->constraints.v[k];
			int64_t n;

			if (!is_brought(c, key))
				continue;
			if (!count_breaches(db, t, key, &n, err))
				return false;
			if (n)
				return orphaned(t->name, n, err);
		}
	}
	return true;
}

static bool
verify(struct arena *a, struct db *db, const struct plan *p,
    const struct guard *g, struct err *err)
{
	int64_t n;

	(void)a;
	for (size_t i = 0; i < g->n; i++) {
		const struct guarded *t = &g->v[i];

		if (!count_rows(db, t->table, &n, err))
			return false;
		if (n != t->rows)
			return err_fail(err,
			    "table %s had %lld rows and would have %lld; "
			    "everything was rolled back",
			    t->table, (long long)t->rows, (long long)n);
		if (!check_integrity(db, t, err) ||
		    !check_orphans(db, t, err) || !drop_counter(db, t, err))
			return false;
	}
	return check_new_keys(db, p, err) &&
	       sqlite_restore_statistics(db, p, err);
}

static bool
set_series(struct db *db, const char *table, const char *n, struct err *err)
{
	struct buf b = { 0 };
	bool ok;

	buf_puts(&b, "INSERT INTO sqlite_sequence (name, seq) SELECT name, 0"
		     " FROM sqlite_schema WHERE type = 'table' AND name = ");
	sql_literal(&b, D, table);
	buf_puts(&b, " AND name NOT IN (SELECT name FROM sqlite_sequence);"
		     "UPDATE sqlite_sequence SET seq = max(seq, CAST(");
	sql_literal(&b, D, n);
	buf_puts(&b, " AS INTEGER)) WHERE name = ");
	sql_literal(&b, D, table);
	ok = db_exec(db, b.s, err);
	buf_release(&b);
	return ok;
}

static bool
ask(struct arena *a, struct db *db, const struct diff *d,
    const struct change *c, const struct finding *f, int64_t *rows)
{
	struct buf sql = { 0 };
	struct err ignored = { 0 };
	bool ok = sqlite_probe(a, &sql, d, c, f) &&
		  db_count(db, buf_str(&sql), rows, &ignored);

	err_release(&ignored);
	buf_release(&sql);
	return ok;
}

const struct sync_dialect sync_sqlite = {
	.series = "SELECT name, seq FROM sqlite_sequence",
	.set_series = set_series,
	.definitions = "SELECT type, name, tbl_name, sql FROM sqlite_schema"
		       " WHERE sql IS NOT NULL ORDER BY type = 'trigger',"
		       " type = 'view', type = 'index', rowid",
	.rewrites = true,
	.ask = ask,
	.guard = guard,
	.explain = sqlite_explain,
	.verify = verify,
};
