/* plans.h - two SQLite databases, the way from one to the other, and back.
 *
 * A case is a folder with from.sql and to.sql. What SQL cannot say stands in
 * comments of to.sql: `-- was posts.title headline` (or `-- was posts entries`,
 * or `-- was index posts.i old`) and `-- label posts.status sent shipped` are
 * the wishes of a collection, as are `-- backfill posts.slug lower(title)` and
 * `-- using posts.price price * 100`; `-- fails` says that the rows do not
 * allow it.
 */
#ifndef TESTS_UNIT_PLANS_H
#define TESTS_UNIT_PLANS_H

#include "tests/unit/cases.h"

#include <stdio.h>

#include "introspect/introspect.h"
#include "sql/key.h"
#include "transpile/transpile.h"

static inline void
plans_must(bool ok, struct err *err, const char *what)
{
	if (!ok)
		fail_msg("%s: %s", what, err->text ? err->text : "?");
}

static inline struct db *
plans_open(struct arena *a, const char *sql)
{
	struct err err = { 0 };
	struct db_url url;
	struct db *db;

	plans_must(db_url_parse(a, &url, "sqlite::memory:", &err), &err, "url");
	plans_must(db_open(&db, &url, DB_WRITE, &err), &err, "open");
	plans_must(db_exec(db, sql, &err), &err, sql);
	return db;
}

static inline struct schema *
plans_read(struct arena *a, struct db *db)
{
	struct err err = { 0 };
	struct schema *s = introspect(a, db, &err);

	plans_must(s != NULL, &err, "introspect");
	return s;
}

static inline struct column *
plans_column(struct schema *s, const char *table, const char *column)
{
	struct table *t = schema_table(s, NULL, table);
	struct column *c = t ? table_column(s, t, column) : NULL;

	if (!c)
		fail_msg("no column %s.%s", table, column);
	return c;
}

/* Obeys one comment; false where it is none of ours. */
static inline bool
plans_wish(struct arena *a, struct schema *s, const char *line)
{
	char w[4][64];
	struct column_more *more;
	struct table *t;
	int n = sscanf(
	    line, "-- %63s %63[^ .\n].%63s %63s", w[0], w[1], w[2], w[3]);

	if (n == 4 && (!strcmp(w[0], "backfill") || !strcmp(w[0], "using"))) {
		struct column *c = plans_column(s, w[1], w[2]);
		const char *text = strchr(strchr(line, '.'), ' ') + 1;
		struct expr e = { text, sql_key(a, s->dialect, text) };

		if (*w[0] == 'b')
			column_say(a, c)->backfill = e;
		else
			column_say(a, c)->conversion = e;
		return true;
	}
	if (n == 4 && !strcmp(w[0], "was")) {
		more = column_say(a, plans_column(s, w[1], w[2]));
		vec_push(a, &more->was, arena_strdup(a, w[3]));
		return true;
	}
	if (n == 4 && !strcmp(w[0], "label")) {
		char *to = strchr(line, '\0');
		struct column *c = plans_column(s, w[1], w[2]);

		while (to[-1] == '\n' || to[-1] == ' ')
			to--;
		while (to[-1] != ' ')
			to--;
		more = column_say(a, c);
		vec_push(a, &more->labels_was, arena_strdup(a, w[3]));
		vec_push(a, &more->labels_was,
		    arena_strndup(a, to, strcspn(to, " \n")));
		return true;
	}
	if (sscanf(line, "-- was %63s %63s", w[1], w[2]) == 2) {
		t = schema_table(s, NULL, w[1]);
		assert_non_null(t);
		vec_push(a, &t->was, arena_strdup(a, w[2]));
		return true;
	}
	return false;
}

/* Sets *fails where a comment says so. */
static inline void
plans_wishes(struct arena *a, struct schema *s, const char *sql, bool *fails)
{
	*fails = false;
	while (sql) {
		size_t n = strcspn(sql, "\n");
		const char *line = arena_strndup(a, sql, n);

		if (!strcmp(line, "-- fails"))
			*fails = true;
		else if (!strncmp(line, "-- ", 3) && !plans_wish(a, s, line))
			fail_msg("what is '%s'?", line);
		sql = sql[n] ? sql + n + 1 : NULL;
	}
}

/* Runs the steps, or takes them back; false where a statement failed. */
static inline bool
plans_run(struct db *db, const struct plan *p, bool back, struct err *err)
{
	bool ok;

	plans_must(db_rebuild_mode(db, true, err), err, "rebuild mode");
	plans_must(db_begin(db, err), err, "begin");
	ok = true;
	for (size_t i = 0; ok && i < p->steps.n; i++) {
		const struct step *s =
		    p->steps.v[back ? p->steps.n - 1 - i : i];
		const struct names *sql = back ? &s->undo : &s->sql;

		for (size_t k = 0; ok && k < sql->n; k++)
			ok = db_exec(db, sql->v[k], err) ||
			     err_add(err, "in %s", sql->v[k]);
	}
	if (ok)
		plans_must(db_commit(db, err), err, "commit");
	else
		db_rollback(db);
	return ok;
}

/* The plan must run with foreign keys on where no step asks for them off. */
static inline bool
plans_apply(struct db *db, const struct plan *p, struct err *err)
{
	bool ok = true;

	if (p->rebuilds)
		return plans_run(db, p, false, err);
	plans_must(db_exec(db, "PRAGMA foreign_keys = ON", err), err, "on");
	plans_must(db_begin(db, err), err, "begin");
	for (size_t i = 0; ok && i < p->steps.n; i++)
		for (size_t k = 0; ok && k < p->steps.v[i]->sql.n; k++)
			ok = db_exec(db, p->steps.v[i]->sql.v[k], err) ||
			     err_add(err, "in %s", p->steps.v[i]->sql.v[k]);
	if (ok)
		plans_must(db_commit(db, err), err, "commit");
	else
		db_rollback(db);
	return ok;
}

/* Adds all rows of all tables, with rowids where they have one; the day on
 * which the test runs is 'today'. */
static inline void
plans_dump(struct arena *a, struct db *db, struct buf *out)
{
	const struct schema *s = plans_read(a, db);
	struct err err = { 0 };

	for (size_t i = 0; i < s->tables.n; i++) {
		const struct table *t = s->tables.v[i];
		struct buf sql = { 0 };
		struct db_rows *r;

		buf_puts(&sql, "SELECT ");
		if (!t->without_rowid)
			buf_puts(&sql, "'#' || rowid || ' ' || ");
		for (size_t k = 0; k < t->columns.n; k++)
			buf_fmt(&sql,
			    "%s'%s=' || replace(quote(\"%s\"), "
			    "CURRENT_DATE, 'today')",
			    k ? " || ' ' || " : "", t->columns.v[k]->name,
			    t->columns.v[k]->name);
		buf_fmt(&sql, " FROM \"%s\" ORDER BY 1", t->name);
		r = db_query(db, buf_str(&sql), NULL, 0, &err);
		plans_must(r != NULL, &err, buf_str(&sql));
		while (db_rows_next(r, &err))
			buf_fmt(out, "  %s: %s\n", t->name, db_text(r, 0));
		plans_must(!err.kind, &err, buf_str(&sql));
		db_rows_end(r);
		buf_release(&sql);
	}
}

#endif
