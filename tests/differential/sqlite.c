/* sqlite - the sentinel against SQLite's own authorizer
 *
 * usage: differential-sqlite [STATEMENTS [SEED]]
 *        differential-sqlite 0 FILE.sql...
 *
 * Statements are made from a grammar, written in an unlikely way, and prepared
 * on a scratch schema: the authorizer is asked before each thing that the
 * statement would do. What deletes, updates, drops a table or a column, or
 * attaches a file must be destructive, always; what only creates or reads must
 * be safe, but for one in two hundred. REPLACE, which nobody asks the
 * authorizer about, is told by running it. With files, the same of what is in
 * them, each statement by itself, on what those before it have made, in files
 * before it, too.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "sentinel/sentinel.h"

#include "tests/differential/sqlite_grammar.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static const char *const gaps[] = { " ", " ", " ", " ", "\n", "\t",
	" /* DROP TABLE t; */ ", " /* a /* nested ' one */ ", " -- ' DELETE\n",
	"\r\n", " /**/ ", "\f" };

#include "tests/differential/making.h"

/* ---- the engine --------------------------------------------------------- */

static const char schema[] =
    "CREATE TABLE t (a INTEGER PRIMARY KEY, b, c);"
    "CREATE TABLE u (a INTEGER PRIMARY KEY, b, c);"
    "CREATE VIEW v AS SELECT a FROM t;"
    "CREATE INDEX i ON t (b);"
    "CREATE TRIGGER r AFTER INSERT ON u BEGIN SELECT 1; END;"
    "CREATE VIRTUAL TABLE words USING fts5 (a);"
    "INSERT INTO t VALUES (1, 1, 1), (2, 2, 2);"
    "INSERT INTO u VALUES (1, 1, 1), (3, 3, 3);";

struct meaning {
	bool dangerous; /* takes rows or values away, or leaves the file */
	bool changes;   /* writes rows, or sets something */
	bool view;      /* drops a view, which holds none */
};

static int
ask(void *arg, int action, const char *one, const char *two, const char *db,
    const char *trigger)
{
	struct meaning *m = arg;

	(void)db;
	/* a trigger's own work is known to nobody who sees only text */
	if (trigger)
		return SQLITE_OK;
	switch (action) {
	case SQLITE_DELETE:
	case SQLITE_UPDATE:
		m->dangerous |=
		    one && strncmp(one, "sqlite_", 7) != 0 && !m->view;
		break;
	case SQLITE_DROP_VIEW:
		m->view = true;
		break;
	case SQLITE_DROP_TABLE:
	case SQLITE_DROP_VTABLE:
	case SQLITE_ATTACH:
	case SQLITE_DETACH:
		m->dangerous = true;
		break;
	case SQLITE_FUNCTION:
		m->dangerous |= two && !strcmp(two, "sqlite_drop_column");
		break;
	case SQLITE_INSERT:
		m->changes |= one && strncmp(one, "sqlite_", 7) != 0;
		break;
	case SQLITE_PRAGMA:
		m->changes |= two != NULL;
		break;
	default:
		break;
	}
	return action == SQLITE_ATTACH ? SQLITE_IGNORE : SQLITE_OK;
}

static sqlite3 *
open_scratch(const char *sql)
{
	sqlite3 *db;

	if (sqlite3_open(":memory:", &db) ||
	    sqlite3_exec(db, sql, NULL, NULL, NULL)) {
		fprintf(stderr, "scratch: %s\n", sqlite3_errmsg(db));
		exit(1);
	}
	return db;
}

/* How many rows of t and u are still what they were. */
static int
count_kept(sqlite3 *db)
{
	sqlite3_stmt *s;
	int n = -1;

	if (sqlite3_prepare_v2(db,
		"SELECT (SELECT count(*) FROM t WHERE a = b AND b = c) + "
		"(SELECT count(*) FROM u WHERE a = b AND b = c)",
		-1, &s, NULL))
		return -1;
	if (sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return n;
}

/* What would the statement do? False where it is none. */
static bool
ask_engine(sqlite3 *db, const char *sql, size_t len, struct meaning *m)
{
	sqlite3_stmt *s = NULL;
	bool ok;

	sqlite3_set_authorizer(db, ask, m);
	ok = !sqlite3_prepare_v2(db, sql, (int)len, &s, NULL) && s;
	sqlite3_set_authorizer(db, NULL, NULL);
	if (ok && sqlite3_stmt_isexplain(s))
		*m = (struct meaning){ 0 };
	if (ok && !m->dangerous)
		while (sqlite3_step(s) == SQLITE_ROW)
			;
	sqlite3_finalize(s);
	return ok;
}

/* ---- both --------------------------------------------------------------- */

static void
compare(struct totals *t, const char *sql, size_t len, bool known,
    const struct meaning *m, enum verdict v)
{
	t->made++;
	if (!known) {
		t->refused++;
		return;
	}
	t->dangerous += m->dangerous;
	t->plain += !m->dangerous && !m->changes;
	if (m->dangerous && v == VERDICT_SAFE) {
		t->missed++;
		fprintf(stderr, "MISSED: %.*s\n", (int)len, sql);
	} else if (!m->dangerous && !m->changes && v != VERDICT_SAFE) {
		t->overcautious++;
		fprintf(stderr, "too strict: %.*s\n", (int)len, sql);
	}
}

static void
try_one(struct totals *t)
{
	struct arena a = { 0 };
	struct statements all = { 0 };
	struct findings found = { 0 };
	struct buf words = { 0 }, sql = { 0 };
	struct meaning m = { 0 };
	sqlite3 *db = open_scratch(schema);
	int before = count_kept(db);
	bool known;

	expand(&words, "<statement>", 0);
	write_words(&sql, buf_str(&words));
	known = ask_engine(db, buf_str(&sql), sql.len, &m);
	/* a table that was renamed cannot be counted, and has lost nothing */
	if (known && !m.dangerous && count_kept(db) >= 0)
		m.dangerous = count_kept(db) < before;
	sql_split(&a, &all, DIALECT_SQLITE, buf_str(&sql), sql.len);
	if (all.n == 1)
		compare(t, buf_str(&sql), sql.len, known, &m,
		    sentinel_judge(
			&a, NULL, DIALECT_SQLITE, &all.v[0], &found));
	else
		fprintf(stderr, "%u statements: %s\n", all.n, buf_str(&sql));
	t->missed += all.n != 1;
	sqlite3_close(db);
	buf_release(&words);
	buf_release(&sql);
	arena_release(&a);
}

static void
try_file(struct totals *t, sqlite3 *db, const char *path)
{
	struct arena a = { 0 };
	struct buf text = { 0 };
	struct statements all = { 0 };
	struct err err = { 0 };

	if (!file_read(&text, path, &err)) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	sql_split(&a, &all, DIALECT_SQLITE, buf_str(&text), text.len);
	for (size_t i = 0; i < all.n; i++) {
		const struct statement *st = &all.v[i];
		struct findings found = { 0 };
		struct meaning m = { 0 };
		bool known = ask_engine(db, st->text, st->len, &m);

		compare(t, st->text, st->len, known, &m,
		    sentinel_judge(&a, NULL, DIALECT_SQLITE, st, &found));
		/* the next ones may need what it leaves */
		if (m.dangerous)
			sqlite3_exec(db, arena_strndup(&a, st->text, st->len),
			    NULL, NULL, NULL);
	}
	buf_release(&text);
	arena_release(&a);
}

static int
try_files(int n, char **paths)
{
	struct totals t = { 0 };
	sqlite3 *db = open_scratch("");

	for (int i = 0; i < n; i++)
		try_file(&t, db, paths[i]);
	sqlite3_close(db);
	return !print_totals(&t);
}

int
main(int argc, char **argv)
{
	long wanted = argc > 1 ? atol(argv[1]) : 4000;
	struct totals t = { 0 };
	bool ok;

	if (argc > 2 && !wanted)
		return try_files(argc - 2, argv + 2);
	state = argc > 2 ? strtoull(argv[2], NULL, 10) * 2654435761u + 1
			 : 88172645463325252u;
	while (t.made + t.missed < wanted)
		try_one(&t);
	ok = print_totals(&t);
	/* a grammar that makes nothing proves nothing */
	return !ok || t.refused * 3 > t.made || t.dangerous * 6 < t.made ||
	       t.plain * 6 < t.made;
}
