/* sync - random schemas, one into the other and back
 *
 * Two random schemas and random rows: a push from the first to the second
 * keeps every value of every column that both have, a second push is empty,
 * undo brings back the first schema with all its rows, and undo of the undo
 * the second. DEESSE_SEED begins elsewhere, DEESSE_CASES runs more of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "diff/diff.h"
#include "introspect/introspect.h"
#include "shadow/shadow.h"
#include "sync/sync.h"
#include "sync/undo.h"
#include "tests/unit/shapes.h"

struct place {
	struct arena a;
	char dir[64];
	const char *file, *before, *after;
	struct project project;
	struct err err;
	struct chance chance;
	size_t keyless; /* cases that cannot be undone, for want of a key */
};

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	snprintf(p->dir, sizeof(p->dir), "/tmp/deesse-sync-XXXXXX");
	if (!mkdtemp(p->dir))
		return -1;
	p->file = file_join(&p->a, p->dir, "app.db");
	p->before = file_join(&p->a, p->dir, "before.db");
	p->after = file_join(&p->a, p->dir, "after.db");
	if (!db_url_parse(&p->a, &p->project.url,
		arena_fmt(&p->a, "sqlite:%s", p->file), &p->err))
		return -1;
	*state = p;
	return 0;
}

static int
teardown(void **state)
{
	struct place *p = *state;
	const char *argv[] = { "rm", "-rf", p->dir, NULL };
	pid_t pid = fork();

	if (!pid) {
		execvp(argv[0], (char **)(uintptr_t)argv);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
	err_release(&p->err);
	arena_release(&p->a);
	free(p);
	return 0;
}

/* The whole story: cmocka would cut it short. */
static _Noreturn void
give_up(const char *what, const char *story)
{
	fprintf(stderr, "%s\n%s\n", what, story);
	fail();
	abort();
}

static void
make_rows(struct place *p, const struct shape s[TABLES])
{
	struct db *db;
	struct buf b = { 0 };

	buf_puts(&b, "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF;\n"
		     "BEGIN;\n");
	for (size_t i = 0; i < TABLES; i++)
		if (s[i].there)
			write_rows(&p->chance, &b, &s[i], i);
	buf_puts(&b, "COMMIT");
	assert_true(db_open(&db, &p->project.url, DB_WRITE, &p->err));
	if (!db_exec(db, b.s, &p->err))
		fail_msg("%s\n%s", p->err.text, b.s);
	db_close(db);
	buf_release(&b);
}

static struct sync_options
any_loss(struct arena *a)
{
	struct sync_options o = {
		.command = "push", .version = "test", .accept_data_loss = true
	};

	for (int c = 0; c < CLASS_COUNT; c++)
		vec_push(a, &o.allow, class_name((enum finding_class)c));
	return o;
}

/* Brings the database to what the statements make. Sets *steps to how many
 * were needed. */
static bool
push(struct place *p, const char *sql, size_t *steps)
{
	struct arena a = { 0 };
	struct sync_options o = any_loss(&a);
	struct schema *target, *current;
	struct sync s = { 0 };
	bool moved = false, ok;

	sync_init(&s, &a, &p->project, &o);
	assert_true(db_open(&s.db, &p->project.url, DB_WRITE, &p->err));
	assert_true(db_exec(s.db, "PRAGMA synchronous = OFF", &p->err));
	if (!shadow_load_sql(&a, DIALECT_SQLITE, sql, &target, &p->err))
		fail_msg("%s\n%s", p->err.text, sql);
	current = introspect(&a, s.db, &p->err);
	assert_non_null(current);
	assert_true(introspect_fingerprint(s.db, s.fingerprint, &p->err));
	assert_true(journal_read(&a, s.db, &s.state, &p->err));
	ok = sync_compare(&s, current, target, &p->err);
	*steps = ok ? s.steps.n : 0;
	ok = ok && (!s.steps.n || sync_apply(&s, &moved, &p->err));
	assert_false(moved);
	sync_release(&s);
	arena_release(&a);
	return ok;
}

static bool
undo(struct place *p)
{
	struct arena a = { 0 };
	struct undo_options o = { .sync = any_loss(&a) };
	struct undo u;
	bool ok;

	o.sync.command = "undo";
	ok = undo_run(&u, &a, &p->project, &o, &p->err);
	assert_false(ok && u.refused);
	undo_release(&u);
	arena_release(&a);
	return ok;
}

static void
copy_file(struct place *p, const char *from, const char *to)
{
	struct buf b = { 0 };

	assert_true(file_read(&b, from, &p->err));
	assert_true(file_write(to, b.s, b.len, 0600, &p->err));
	buf_release(&b);
}

static int64_t
count(struct place *p, struct db *db, const char *sql)
{
	int64_t n = -1;

	if (!db_count(db, sql, &n, &p->err))
		fail_msg("%s\n%s", p->err.text, sql);
	return n;
}

/* The columns of a table, as the text of a list that compares by value and
 * type; of those in which both tables are alike where `common` is set. */
static const char *
list_of(struct place *p, const struct table *t, const struct table *other,
    bool common, bool rowid)
{
	struct buf b = { 0 };
	const char *text;

	if (rowid)
		buf_puts(&b, "rowid");
	for (size_t i = 0; i < t->columns.n; i++) {
		const struct column *c = t->columns.v[i], *x = NULL;

		for (size_t k = 0; k < other->columns.n; k++)
			if (!strcmp(other->columns.v[k]->name, c->name))
				x = other->columns.v[k];
		if (common && (!x || strcmp(x->type, c->type)))
			continue;
		buf_fmt(&b, "%squote(\"%s\")", b.len ? ", " : "", c->name);
	}
	if (!b.len)
		buf_puts(&b, "1");
	text = arena_strndup(&p->a, b.s, b.len);
	buf_release(&b);
	return text;
}

/* Every row of `old` is there now, in what both tables have. */
static void
compare_table(struct place *p, struct db *db, const struct table *old,
    const struct table *now, bool common, const char *story)
{
	bool rowid = !old->without_rowid && !now->without_rowid;
	const char *list = list_of(p, old, now, common, rowid);
	const char *sql = arena_fmt(&p->a,
	    "SELECT (SELECT count(*) FROM (SELECT %s FROM was.\"%s\" EXCEPT"
	    " SELECT %s FROM main.\"%s\")) + abs((SELECT count(*) FROM "
	    "was.\"%s\") -"
	    " (SELECT count(*) FROM main.\"%s\"))",
	    list, old->name, list, now->name, old->name, now->name);

	if (count(p, db, sql))
		give_up(
		    arena_fmt(&p->a, "rows of %s are not what they were\n%s",
			old->name, sql),
		    story);
}

static const struct schema *
schema_of(struct place *p, const char *file)
{
	struct db_url url = { .dialect = DIALECT_SQLITE, .path = file };
	struct schema *s;
	struct db *db;

	assert_true(db_open(&db, &url, DB_READ, &p->err));
	s = introspect(&p->a, db, &p->err);
	assert_non_null(s);
	db_close(db);
	return s;
}

/* No number is given a second time. */
static void
compare_series(struct place *p, struct db *db, const char *story)
{
	if (count(p, db,
		"SELECT count(*) FROM was.sqlite_sequence w"
		" WHERE name IN (SELECT name FROM was.sqlite_schema)"
		" AND seq > coalesce((SELECT seq FROM main.sqlite_sequence n"
		" WHERE n.name = w.name), 0)"))
		give_up("a series begins anew", story);
}

/* The database against an older copy of it. `whole`: they are the same. */
static void
compare(struct place *p, const char *copy, bool whole, const char *story)
{
	const struct schema *was = schema_of(p, copy);
	const struct schema *now = schema_of(p, p->file);
	struct db *db;

	if (whole && !schema_equal(was, now))
		give_up(arena_fmt(&p->a, "the schema is not what it was\n%s",
			    shadow_difference(&p->a, now, was)),
		    story);
	assert_true(db_open(&db, &p->project.url, DB_WRITE, &p->err));
	assert_true(
	    db_exec(db, arena_fmt(&p->a, "ATTACH '%s' AS was", copy), &p->err));
	for (size_t i = 0; i < was->tables.n; i++) {
		const struct table *t = was->tables.v[i];
		const struct table *x = schema_table(now, NULL, t->name);

		if (x)
			compare_table(p, db, t, x, !whole, story);
		for (size_t k = 0; whole && k < t->columns.n; k++)
			assert_string_equal(
			    t->columns.v[k]->name, x->columns.v[k]->name);
	}
	if (whole && count(p, db,
			 "SELECT count(*) FROM was.sqlite_schema"
			 " WHERE name = 'sqlite_sequence'"))
		compare_series(p, db, story);
	assert_int_equal(
	    count(p, db, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
	assert_int_equal(count(p, db,
			     "SELECT integrity_check = 'ok'"
			     " FROM pragma_integrity_check"),
	    1);
	db_close(db);
}

/* Why a push may fail: rows do not fit. The database is as it was. */
static bool
is_honest(const char *text)
{
	static const char *const reasons[] = { "constraint failed",
		"would refer to what is not there", "datatype mismatch",
		"Cannot add a NOT NULL column" };

	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if (strstr(text, reasons[i]))
			return true;
	return false;
}

static bool
one_case(struct place *p, uint64_t seed)
{
	struct shape shape[TABLES];
	const char *first, *second, *story;
	size_t steps;
	bool ok;

	p->chance = (struct chance){ .a = &p->a, .state = seed };
	draw(&p->chance, shape);
	first = write_schema(&p->chance, shape);
	unlink(p->file);
	unlink(arena_fmt(&p->a, "%s-trash", p->file));
	if (!push(p, first, &steps))
		fail_msg("seed %llu: %s\n%s", (unsigned long long)seed,
		    p->err.text, first);
	make_rows(p, shape);
	copy_file(p, p->file, p->before);
	redraw(&p->chance, shape);
	second = write_schema(&p->chance, shape);
	story = arena_fmt(&p->a, "seed %llu\n%s\nto\n%s",
	    (unsigned long long)seed, first, second);
	ok = push(p, second, &steps);
	if (!ok) {
		if (!is_honest(p->err.text))
			give_up(p->err.text, story);
		err_release(&p->err);
		compare(p, p->before, true, story);
		return false;
	}
	compare(p, p->before, false, story);
	copy_file(p, p->file, p->after);
	if (!steps)
		return true;
	if (!push(p, second, &steps) || steps)
		give_up(arena_fmt(&p->a, "a second push has %zu steps", steps),
		    story);
	if (!undo(p)) {
		if (!strstr(p->err.text, "have no key"))
			give_up(p->err.text, story);
		err_release(&p->err);
		compare(p, p->after, true, story);
		p->keyless++;
		return true;
	}
	compare(p, p->before, true, story);
	if (!undo(p))
		give_up(arena_fmt(&p->a, "again: %s", p->err.text), story);
	compare(p, p->after, true, story);
	return true;
}

static uint64_t
number(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text ? strtoull(text, NULL, 10) : otherwise;
}

static void
test_there_and_back(void **state)
{
	struct place *p = *state;
	uint64_t seed = number("DEESSE_SEED", 1);
	uint64_t n = number("DEESSE_CASES", 100);
	size_t applied = 0;

	for (uint64_t i = 0; i < n; i++)
		applied += one_case(p, seed + i);
	print_message("%zu of %zu pairs could be pushed, %zu not undone\n",
	    applied, (size_t)n, p->keyless);
	assert_true(n < 20 || p->keyless * 10 <= applied);
	/* a test that only meets pushes that fail tests nothing */
	assert_true(n < 20 || applied * 3 >= n);
}

/* One pair by hand: the rows are made with `rows`, and what `ask` gives must be
 * `before` at first, and again after push and undo. */
static const struct pair {
	const char *name, *from, *rows, *to, *ask, *before;
} pairs[] = {
	{ "full text",
	    "CREATE VIRTUAL TABLE f USING fts5(title, body);"
	    "CREATE TABLE t (id INTEGER PRIMARY KEY);",
	    "INSERT INTO f (rowid, title, body) VALUES (7, 'a b', 'c d'),"
	    " (9, 'e', 'f g')",
	    "CREATE TABLE t (id INTEGER PRIMARY KEY);",
	    "SELECT group_concat(rowid || title || body) FROM f('g')",
	    "9ef g" },
	{ "r-tree",
	    "CREATE VIRTUAL TABLE f USING rtree(id, a, b);"
	    "CREATE TABLE t (id INTEGER PRIMARY KEY);",
	    "INSERT INTO f VALUES (3, 1, 2), (5, 4, 8)",
	    "CREATE TABLE t (id INTEGER PRIMARY KEY);",
	    "SELECT group_concat(id) FROM f WHERE a > 3", "5" },
	{ "a column that becomes generated",
	    "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT);",
	    "INSERT INTO t VALUES (1, 5, 'x'), (2, 6, NULL)",
	    "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER,"
	    " b TEXT GENERATED ALWAYS AS (a || '!') VIRTUAL);",
	    "SELECT group_concat(id || quote(b)) FROM t", "1'x',2NULL" },
	{ "STRICT and ANY",
	    "CREATE TABLE t (id INTEGER PRIMARY KEY, a ANY) STRICT;",
	    "INSERT INTO t VALUES (1, '00123'), (2, 7), (3, '7')",
	    "CREATE TABLE t (id INTEGER PRIMARY KEY, a ANY);",
	    "SELECT group_concat(quote(a)) FROM t", "'00123',7,'7'" },
	{ "a key that goes", "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);",
	    "INSERT INTO t VALUES (4, 'x'), (9, 'y'), (2, 'z')",
	    "CREATE TABLE t (a TEXT);",
	    "SELECT group_concat(id || a) FROM (SELECT * FROM t ORDER BY id)",
	    "2z,4x,9y" },
	{ "a unique column with a default",
	    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL"
	    " DEFAULT '' UNIQUE, b TEXT);",
	    "INSERT INTO t VALUES (1, 'p', 'x'), (2, 'q', 'y')",
	    "CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT);",
	    "SELECT group_concat(a || b) FROM t", "px,qy" },
	{ "a parent with children that cascade",
	    "CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT, b TEXT);"
	    "CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER NOT NULL"
	    " REFERENCES p (id) ON DELETE CASCADE);",
	    "INSERT INTO p VALUES (1, 'x', 'y'), (2, 'z', 'w');"
	    "INSERT INTO c VALUES (10, 1), (11, 2), (12, 2)",
	    "CREATE TABLE p (id INTEGER PRIMARY KEY, b TEXT NOT NULL);"
	    "CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER NOT NULL"
	    " REFERENCES p (id) ON DELETE CASCADE);",
	    "SELECT group_concat(c.id || a) FROM c JOIN p ON p.id = c.p",
	    "10x,11z,12z" },
	{ "a trigger that would fire",
	    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, n INTEGER);"
	    "CREATE TRIGGER r AFTER UPDATE ON t BEGIN UPDATE t SET n = n + 1"
	    " WHERE id = new.id; END;"
	    "CREATE TRIGGER s BEFORE INSERT ON t BEGIN"
	    " SELECT raise(ABORT, 'no'); END;",
	    "DROP TRIGGER s; INSERT INTO t VALUES (1, 'x', 0), (2, 'y', 5);"
	    "CREATE TRIGGER s BEFORE INSERT ON t BEGIN"
	    " SELECT raise(ABORT, 'no'); END",
	    "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER);"
	    "CREATE TRIGGER r AFTER UPDATE ON t BEGIN UPDATE t SET n = n + 1"
	    " WHERE id = new.id; END;"
	    "CREATE TRIGGER s BEFORE INSERT ON t BEGIN"
	    " SELECT raise(ABORT, 'no'); END;",
	    "SELECT group_concat(a || n) FROM t", "x0,y5" },
	{ "odd names",
	    "CREATE TABLE \"drop table x\" (\"a b\" TEXT PRIMARY KEY NOT NULL,"
	    " \"select\" TEXT, \"it's\" BLOB, \"\xf0\x9f\x90\x98\" REAL);",
	    "INSERT INTO \"drop table x\" VALUES ('k', 's', X'00', 1.5)",
	    "CREATE TABLE \"drop table x\" (\"a b\" TEXT PRIMARY KEY NOT "
	    "NULL);",
	    "SELECT \"select\" || quote(\"it's\") ||"
	    " \"\xf0\x9f\x90\x98\" FROM \"drop table x\"",
	    "sX'00'1.5" },
	{ "all names of the rowid taken",
	    "CREATE TABLE t (rowid TEXT, _rowid_ TEXT, a TEXT);",
	    "INSERT INTO t VALUES ('r', 'o', 'x'), ('s', 'p', 'y')",
	    "CREATE TABLE t (rowid TEXT, _rowid_ TEXT);",
	    "SELECT group_concat(rowid || _rowid_ || a) FROM t", "rox,spy" },
};

static void
ask(struct place *p, const struct pair *x)
{
	struct db *db;
	struct db_rows *r;
	const char *got;

	assert_true(db_open(&db, &p->project.url, DB_READ, &p->err));
	r = db_query(db, x->ask, NULL, 0, &p->err);
	if (!r)
		give_up(p->err.text, x->name);
	assert_true(db_rows_next(r, &p->err));
	got = arena_strdup(&p->a, db_text(r, 0));
	db_rows_end(r);
	db_close(db);
	if (strcmp(got, x->before) != 0)
		give_up(
		    arena_fmt(&p->a, "%s, not %s", got, x->before), x->name);
}

static void
test_pairs(void **state)
{
	struct place *p = *state;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		const struct pair *x = &pairs[i];
		struct db *db;
		size_t steps;

		unlink(p->file);
		unlink(arena_fmt(&p->a, "%s-trash", p->file));
		assert_true(push(p, x->from, &steps));
		assert_true(db_open(&db, &p->project.url, DB_WRITE, &p->err));
		if (!db_exec(db, x->rows, &p->err))
			give_up(p->err.text, x->name);
		db_close(db);
		ask(p, x);
		copy_file(p, p->file, p->before);
		if (!push(p, x->to, &steps))
			give_up(p->err.text, x->name);
		assert_true(steps > 0);
		if (!undo(p))
			give_up(p->err.text, x->name);
		ask(p, x);
		compare(p, p->before, true, x->name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_pairs, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_there_and_back, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
