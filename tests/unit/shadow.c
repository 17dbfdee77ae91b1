/* shadow - scratch copies, the third witness, proofs, and .sql as a schema */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/proc.h"
#include "introspect/introspect.h"
#include "shadow/scratch.h"
#include "shadow/shadow.h"

struct place {
	struct arena a;
	struct err err;
	struct db *db;
	char dir[64];
};

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));
	struct db_url url;

	snprintf(p->dir, sizeof(p->dir), "/tmp/deesse-shadow-XXXXXX");
	*state = p;
	return mkdtemp(p->dir) &&
		       db_url_parse(&p->a, &url,
			   arena_fmt(&p->a, "sqlite:%s/app.db", p->dir),
			   &p->err) &&
		       db_open(&p->db, &url, DB_WRITE, &p->err)
		   ? 0
		   : -1;
}

static int
teardown(void **state)
{
	struct place *p = *state;
	const char *argv[] = { "rm", "-rf", p->dir, NULL };
	struct proc rm = { .argv = argv };

	db_close(p->db);
	proc_run(&rm, &p->err);
	proc_release(&rm);
	err_release(&p->err);
	arena_release(&p->a);
	free(p);
	return 0;
}

static void
run(struct place *p, const char *sql)
{
	if (!db_exec(p->db, sql, &p->err))
		fail_msg("%s", p->err.text);
}

static void
assert_says(struct place *p, const char *words)
{
	assert_int_not_equal(p->err.kind, ERR_NONE);
	if (!strstr(p->err.text, words))
		fail_msg("\"%s\" is not in: %s", words, p->err.text);
}

static struct schema *
load(struct place *p, const char *text)
{
	struct schema *s = NULL;

	if (!shadow_load_sql(&p->a, DIALECT_SQLITE, text, &s, &p->err))
		fail_msg("%s", p->err.text);
	return s;
}

static struct schema *
now(struct place *p)
{
	struct schema *s = introspect(&p->a, p->db, &p->err);

	if (!s)
		fail_msg("%s", p->err.text);
	return s;
}

/* A plan of one step. */
struct
try {
	struct diff diff;
	struct plan plan;
	struct step step;
	struct findings seen;
};

static void
make_plan(struct place *p, struct try *t, const char *const *sql)
{
	struct step *step = &t->step;

	for (; *sql; sql++)
		vec_push(&p->a, &step->sql, *sql);
	vec_push(&p->a, &t->plan.steps, step);
	t->diff.from = now(p);
	t->plan.diff = &t->diff;
	t->plan.dialect = DIALECT_SQLITE;
	t->plan.rebuilds = step->rebuild;
}

static bool
witness(struct place *p, struct try *t, const struct schema *predicted)
{
	return shadow_witness(
	    &p->a, p->db, &t->plan, predicted, &t->seen, &p->err);
}

#define SQL(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* What the plan is seen to do, "rule object class!" with ! for destructive. */
static const char *
seen(struct place *p, const char *outcome, const char *const *sql)
{
	struct try t = { 0 };
	struct buf b = { 0 };
	const char *text;

	make_plan(p, &t, sql);
	if (!witness(p, &t, load(p, outcome)))
		fail_msg("%s", p->err.text);
	for (size_t i = 0; i < t.seen.n; i++) {
		const struct finding *f = &t.seen.v[i];

		buf_fmt(&b, "%s%s %s %s%s", i ? ", " : "", f->rule, f->object,
		    class_name(f->class), f->destructive ? "!" : "");
		assert_non_null(strstr(f->message, f->object));
		assert_int_equal(f->rows, -1);
	}
	text = arena_strdup(&p->a, buf_str(&b));
	buf_release(&b);
	return text;
}

#define USERS "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);"
#define POSTS                                                                  \
	"CREATE TABLE posts (id INTEGER PRIMARY KEY, author_id INT "           \
	"REFERENCES users (id) ON DELETE CASCADE, body TEXT);"

static void
test_witness_of_safe_statements(void **state)
{
	struct place *p = *state;

	run(p, USERS);
	assert_string_equal(
	    seen(p, USERS "CREATE TABLE t (a);", SQL("CREATE TABLE t (a)")),
	    "");
	assert_string_equal(seen(p,
				"CREATE TABLE users (id INTEGER PRIMARY KEY, "
				"name TEXT, age INT)",
				SQL("ALTER TABLE users ADD COLUMN age INT")),
	    "");
	assert_string_equal(seen(p, USERS "CREATE INDEX i ON users (name)",
				SQL("CREATE INDEX i ON users (name)")),
	    "");
	assert_string_equal(
	    seen(p, "CREATE TABLE people (id INTEGER PRIMARY KEY, nick TEXT)",
		SQL("ALTER TABLE users RENAME TO people",
		    "ALTER TABLE people RENAME COLUMN name TO nick")),
	    "");
	/* and nothing of it was done to the database */
	assert_true(schema_equal(now(p), load(p, USERS)));
}

static void
test_witness_of_losses(void **state)
{
	struct place *p = *state;

	run(p, USERS POSTS
	    "CREATE VIEW v AS SELECT name FROM users;"
	    "CREATE TRIGGER g AFTER DELETE ON users BEGIN SELECT 1; END;"
	    "CREATE INDEX i ON users (name)");
#define REST                                                                   \
	"CREATE VIEW v AS SELECT name FROM users;"                             \
	"CREATE TRIGGER g AFTER DELETE ON users BEGIN SELECT 1; END;"          \
	"CREATE INDEX i ON users (name);"
	assert_string_equal(seen(p, USERS REST, SQL("DROP TABLE posts")),
	    "drop-table posts data-loss!");
	assert_string_equal(
	    seen(p, USERS POSTS REST,
		SQL("-- ALTER TABLE\nDELETE/**/FROM \"users\"")),
	    "delete users data-loss!, delete posts data-loss!");
	assert_string_equal(
	    seen(p, USERS POSTS REST, SQL("UPDATE users SET name = 'x'")),
	    "update users data-dependent!");
	assert_string_equal(
	    seen(p,
		USERS REST "CREATE TABLE posts (id INTEGER PRIMARY KEY, "
			   "author_id INT REFERENCES users (id) ON DELETE "
			   "CASCADE);",
		SQL("ALTER TABLE posts DROP body")),
	    "drop-column posts.body data-loss!");
	assert_string_equal(
	    seen(p, USERS POSTS,
		SQL("DROP VIEW v", "DROP INDEX i", "DROP TRIGGER g")),
	    "drop-view v compatibility, drop-index i compatibility, "
	    "drop-trigger g compatibility");
	assert_string_equal(
	    seen(p, USERS POSTS REST, SQL("PRAGMA writable_schema = ON")),
	    "pragma writable_schema opaque!");
	assert_string_equal(seen(p, USERS POSTS REST, SQL("REINDEX")), "");
}

/* A trigger that deletes is seen where the statement only inserts. */
static void
test_witness_sees_through_triggers(void **state)
{
	struct place *p = *state;

	run(p, USERS POSTS "CREATE TRIGGER g AFTER INSERT ON users BEGIN "
			   "DELETE FROM posts; END");
	assert_string_equal(
	    seen(p,
		USERS POSTS "CREATE TRIGGER g AFTER INSERT ON users BEGIN "
			    "DELETE FROM posts; END",
		SQL("INSERT INTO users (name) VALUES ('x')")),
	    "delete posts data-loss!");
}

static void
test_what_the_plan_made_may_go(void **state)
{
	struct place *p = *state;

	run(p, USERS);
	assert_string_equal(
	    seen(p, USERS,
		SQL("CREATE TABLE \"New\" (a)", "INSERT INTO new VALUES (1)",
		    "UPDATE new SET a = 2", "DELETE FROM NEW",
		    "DROP TABLE new")),
	    "");
}

static const char *
rebuilt(struct place *p, const char *copy, const char *outcome)
{
	struct try t = { 0 };
	struct buf b = { 0 };
	const char *text;

	t.step.rebuild = true;
	t.step.before = t.step.table = schema_table(now(p), NULL, "posts");
	make_plan(p, &t,
	    SQL("CREATE TABLE new_posts (id INTEGER PRIMARY KEY, author_id "
		"INT REFERENCES users (id) ON DELETE CASCADE, body TEXT)",
		copy, "DROP TABLE posts",
		"ALTER TABLE new_posts RENAME TO posts"));
	if (!witness(p, &t, load(p, outcome)))
		fail_msg("%s", p->err.text);
	for (size_t i = 0; i < t.seen.n; i++)
		buf_fmt(&b, "%s %s%s;", t.seen.v[i].rule, t.seen.v[i].object,
		    t.seen.v[i].destructive ? "!" : "");
	text = arena_strdup(&p->a, buf_str(&b));
	buf_release(&b);
	return text;
}

/* A rebuild may drop its table, but for what was not copied out of it. */
static void
test_witness_of_rebuilds(void **state)
{
	struct place *p = *state;

	run(p, USERS POSTS);
	assert_string_equal(rebuilt(p,
				"INSERT INTO new_posts (id, author_id, body) "
				"SELECT id, author_id, body FROM posts",
				USERS POSTS),
	    "");
	assert_string_equal(rebuilt(p,
				"INSERT INTO new_posts (id, body) SELECT id, "
				"\"Body\" || '' FROM \"POSTS\"",
				USERS POSTS),
	    "drop-column posts.author_id!;");
	/* what is only looked at is not copied */
	assert_string_equal(
	    rebuilt(p, "SELECT id, author_id, body FROM posts", USERS POSTS),
	    "drop-column posts.id!;drop-column posts.author_id!;"
	    "drop-column posts.body!;");
}

static void
test_findings_are_per_step(void **state)
{
	struct place *p = *state;
	struct step one = { 0 }, two = { 0 };
	struct diff diff = { 0 };
	struct plan plan = { .dialect = DIALECT_SQLITE, .diff = &diff };
	struct findings found[2] = { { 0 } };

	run(p, USERS POSTS);
	diff.from = now(p);
	vec_push(&p->a, &one.sql, "CREATE TABLE t (a)");
	vec_push(&p->a, &two.sql, "ALTER TABLE users DROP COLUMN name");
	vec_push(&p->a, &plan.steps, &one);
	vec_push(&p->a, &plan.steps, &two);
	assert_true(shadow_witness(&p->a, p->db, &plan,
	    load(p, "CREATE TABLE users (id INTEGER PRIMARY KEY);"
		    "CREATE TABLE t (a);" POSTS),
	    found, &p->err));
	assert_int_equal(found[0].n, 0);
	assert_int_equal(found[1].n, 1);
	assert_string_equal(found[1].v[0].rule, "drop-column");
}

static void
test_statement_that_fails(void **state)
{
	struct place *p = *state;
	struct try t = { .step.source = { "collections/users.c", 7 } };

	run(p, USERS);
	make_plan(p, &t,
	    SQL("CREATE TABLE t (a)", "ALTER TABLE users DROP COLUMN gone"));
	assert_false(witness(p, &t, now(p)));
	assert_says(p, "collections/users.c:7: the plan fails on a copy");
	assert_says(p, "no such column: \"gone\"");
	assert_says(p, "in: ALTER TABLE users DROP COLUMN gone");
	assert_true(schema_equal(now(p), load(p, USERS)));
}

static void
test_plan_that_leads_elsewhere(void **state)
{
	struct place *p = *state;
	struct try t = { 0 };

	run(p, USERS);
	make_plan(p, &t, SQL("ALTER TABLE users ADD COLUMN age INT"));
	assert_false(shadow_prove(&p->a, p->db, &t.plan,
	    load(p, "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, "
		    "age TEXT)"),
	    &p->err));
	assert_says(p, "does not lead where it should");
	assert_says(p, "not wanted: table users: column age type int");
	assert_says(p, "missing: table users: column age type text");
	assert_true(shadow_prove(&p->a, p->db, &t.plan,
	    load(p, "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, "
		    "age INT)"),
	    &p->err));
}

/* Inside a rebuild foreign keys are off: the children's rows stay. */
static void
test_rebuild_mode_is_on(void **state)
{
	struct place *p = *state;
	struct try t = { .step.rebuild = true };

	run(p, USERS POSTS);
	t.step.before = t.step.table = schema_table(now(p), NULL, "users");
	make_plan(p, &t,
	    SQL("CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT)",
		"INSERT INTO n SELECT u.id, u.name FROM users AS u",
		"DROP TABLE users", "ALTER TABLE n RENAME TO users"));
	assert_true(witness(p, &t, load(p, USERS POSTS)));
	assert_int_equal(t.seen.n, 0);
}

/* What only an application has is not needed to copy what uses it, and is not
 * there for the plan. */
static void
twice(sqlite3_context *context, int n, sqlite3_value **values)
{
	(void)n;
	sqlite3_result_int(context, 2 * sqlite3_value_int(values[0]));
}

static int
backwards(void *data, int n, const void *a, int m, const void *b)
{
	(void)data;
	return -memcmp(a, b, (size_t)(n < m ? n : m));
}

static void
register_application(struct place *p)
{
	sqlite3 *handle = db_handle(p->db);

	sqlite3_create_function(handle, "twice", 1,
	    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, twice,
	    NULL, NULL);
	sqlite3_create_collation(
	    handle, "backwards", SQLITE_UTF8, NULL, backwards);
}

#define ODD                                                                    \
	"CREATE TABLE odd (a TEXT COLLATE backwards CHECK (twice(a) > 1), "    \
	"b INT AS (twice(a)));"                                                \
	"CREATE INDEX odd_a ON odd (a);"                                       \
	"CREATE INDEX odd_b ON odd (twice(a));"

static void
test_functions_and_collations_of_others(void **state)
{
	struct place *p = *state;
	struct try good = { 0 }, bad = { 0 };
	struct schema *predicted;
	struct column *c;

	register_application(p);
	run(p, ODD);
	predicted = now(p);
	c = arena_new(&p->a, struct column);
	c->name = "c";
	c->type = "";
	vec_push(&p->a, &predicted->tables.v[0]->columns, c);
	make_plan(p, &good, SQL("ALTER TABLE odd ADD COLUMN c"));
	if (!witness(p, &good, predicted))
		fail_msg("%s", p->err.text);
	make_plan(p, &bad, SQL("CREATE TABLE t (a CHECK (twice(a) > 0))"));
	assert_false(witness(p, &bad, predicted));
	assert_says(p, "no such function: twice");
}

static void
test_modules_of_others(void **state)
{
	struct place *p = *state;
	struct try t = { 0 };
	sqlite3 *handle = db_handle(p->db);

	run(p, USERS "CREATE VIRTUAL TABLE v USING fts5(x)");
	/* as if the module were another's */
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
	run(p, "DELETE FROM sqlite_schema WHERE name LIKE 'v\\_%' ESCAPE '\\';"
	       "UPDATE sqlite_schema SET sql = 'CREATE VIRTUAL TABLE v USING "
	       "nothing_known(x)' WHERE name = 'v'");
	sqlite3_db_config(handle, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0, NULL);
	run(p, "PRAGMA schema_version = 99");
	make_plan(p, &t, SQL("DROP TABLE v"));
	if (!witness(p, &t, load(p, USERS)))
		fail_msg("%s", p->err.text);
	assert_int_equal(t.seen.n, 1);
	assert_string_equal(t.seen.v[0].rule, "drop-table");
	assert_string_equal(t.seen.v[0].object, "v");
	assert_true(t.seen.v[0].destructive);
}

static void
test_virtual_tables_are_copied_once(void **state)
{
	struct place *p = *state;
	struct try t = { 0 };

#define SEARCH                                                                 \
	USERS "CREATE VIRTUAL TABLE search USING fts5(name, content='users');" \
	      "CREATE TRIGGER g AFTER INSERT ON users BEGIN INSERT INTO "      \
	      "search (rowid, name) VALUES (NEW.id, NEW.name); END;"           \
	      "CREATE VIEW late AS SELECT * FROM later;"                       \
	      "CREATE TABLE later (id INTEGER PRIMARY KEY AUTOINCREMENT);"
	run(p, SEARCH "INSERT INTO later DEFAULT VALUES; ANALYZE");
	make_plan(p, &t, SQL("CREATE TABLE t (a)"));
	if (!witness(p, &t, load(p, SEARCH "CREATE TABLE t (a)")))
		fail_msg("%s", p->err.text);
	if (t.seen.n)
		fail_msg("%s", t.seen.v[0].message);
}

/* The copy is a sound database, that takes rows of every kind of table. */
static void
test_copy_is_sound(void **state)
{
	struct place *p = *state;
	struct db *scratch = NULL;
	struct db_rows *r;
	int64_t n;

	run(p, SEARCH POSTS
	    "CREATE TABLE wr (a TEXT, b UNIQUE, PRIMARY KEY (b, a DESC)) "
	    "WITHOUT ROWID; CREATE INDEX wr_a ON wr (a DESC);"
	    "CREATE UNIQUE INDEX body ON posts (lower(body)) WHERE id > 0;"
	    "CREATE TABLE _deesse_state (k PRIMARY KEY, v);"
	    "INSERT INTO users (name) VALUES ('gone'); ANALYZE");
	assert_true(scratch_open(&scratch, &p->err));
	if (!scratch_copy(scratch, p->db, &p->err))
		fail_msg("%s", p->err.text);
	assert_true(
	    db_count(scratch, "SELECT count(*) FROM users", &n, &p->err));
	assert_int_equal(n, 0);
	assert_true(db_exec(scratch,
	    "INSERT INTO users (name) VALUES ('a'), ('b');"
	    "INSERT INTO posts (author_id, body) SELECT id, name FROM users;"
	    "INSERT INTO wr SELECT body, id FROM posts;"
	    "INSERT INTO later DEFAULT VALUES;"
	    "INSERT INTO _deesse_state VALUES (1, zeroblob(10000));"
	    "DELETE FROM users WHERE name = 'a'",
	    &p->err));
	assert_true(db_count(scratch,
	    "SELECT count(*) FROM posts JOIN wr ON a = body WHERE b > 0", &n,
	    &p->err));
	assert_int_equal(n, 1);
	assert_true(
	    db_count(scratch, "SELECT seq FROM sqlite_sequence", &n, &p->err));
	assert_int_equal(n, 1);
	assert_true(db_count(scratch,
	    "SELECT count(*) FROM search WHERE search MATCH 'b'", &n, &p->err));
	assert_int_equal(n, 1);
	r = db_query(scratch, "PRAGMA integrity_check", NULL, 0, &p->err);
	assert_true(db_rows_next(r, &p->err));
	assert_string_equal(db_text(r, 0), "ok");
	db_rows_end(r);
	db_close(scratch);
	assert_true(db_count(p->db, "SELECT count(*) FROM users", &n, &p->err));
	assert_int_equal(n, 1);
}

/* The copy holds no rows, and the file is not written. */
static void
test_only_the_schema_is_read(void **state)
{
	struct place *p = *state;
	struct try t = { 0 };
	char before[HASH_HEX], after[HASH_HEX];
	const char *path = file_join(&p->a, p->dir, "app.db");

	run(p, USERS "INSERT INTO users (name) VALUES (NULL)");
	assert_true(hash_file(before, path, &p->err));
	/* would fail on the row */
	make_plan(p, &t,
	    SQL("CREATE UNIQUE INDEX i ON users (name)", "DROP INDEX i",
		"CREATE TABLE t AS SELECT * FROM users",
		"SELECT abs(-9223372036854775808) FROM t", "DROP TABLE t"));
	assert_true(witness(p, &t, load(p, USERS)));
	assert_true(hash_file(after, path, &p->err));
	assert_string_equal(before, after);
}

static void
test_differences(void **state)
{
	struct place *p = *state;
	struct schema *s = load(p, USERS POSTS "CREATE VIEW v AS SELECT 1;");
	struct schema *t =
	    load(p, "CREATE TABLE posts (id INTEGER PRIMARY KEY, author_id INT "
		    "REFERENCES users (id) ON DELETE SET NULL, body TEXT);"
		    "CREATE TABLE zebras (a); CREATE VIEW v AS SELECT 2;");
	struct buf many = { 0 };
	const char *text;

	assert_string_equal(shadow_difference(&p->a, s, s), "");
	assert_string_equal(shadow_difference(&p->a, s, t),
	    "missing: table posts: foreign-key on ( author_id ) to users "
	    "columns (id) on-delete \"SET NULL\"\n"
	    "not wanted: table posts: foreign-key on ( author_id ) to users "
	    "columns (id) on-delete CASCADE\n"
	    "not wanted: table users\n"
	    "not wanted: table users: column id type integer\n"
	    "not wanted: table users: column name type text\n"
	    "not wanted: table users: primary-key on ( id )\n"
	    "missing: table zebras\n"
	    "missing: table zebras: column a\n"
	    "not wanted: view v as \"create view v as select 1\"\n"
	    "missing: view v as \"create view v as select 2\"");
	buf_puts(&many, "CREATE TABLE t (c0");
	for (int i = 1; i < 30; i++)
		buf_fmt(&many, ", c%d", i);
	buf_puts(&many, ")");
	text = shadow_difference(&p->a, load(p, many.s), load(p, ""));
	assert_non_null(strstr(text, "\nand 21 more"));
	buf_release(&many);
}

static void
test_load_sql(void **state)
{
	struct place *p = *state;
	struct schema *s = load(p,
	    "-- a dump\nBEGIN;\nCREATE TABLE t (a);\nINSERT INTO t VALUES "
	    "(1);\nCREATE INDEX i ON t (a);\nCOMMIT;\n-- the end");

	assert_int_equal(s->tables.n, 1);
	assert_int_equal(s->tables.v[0]->indexes.n, 1);
	assert_int_equal(load(p, "")->tables.n, 0);
	assert_int_equal(load(p, " -- nothing\n ; ;")->tables.n, 0);
}

static void
test_load_sql_errors(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "CREATE TABLE t (a);\n\n\nCREATE TABLE t (b);",
		    "4: table t already exists" },
		{ "\n  SELEC 1", "2: near \"SELEC\": syntax error" },
		{ "CREATE TABLE t (a", "1: incomplete input" },
		{ "CREATE TABLE t (a);\nATTACH '/tmp/no' AS x;",
		    "2: not authorized" },
		{ "VACUUM INTO '/tmp/deesse-no-such-file'",
		    "1: authorization denied" },
	};
	struct place *p = *state;
	struct schema *s = NULL;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_false(shadow_load_sql(
		    &p->a, DIALECT_SQLITE, cases[i].text, &s, &p->err));
		assert_says(p, cases[i].says);
		assert_null(s);
	}
	assert_false(file_exists("/tmp/deesse-no-such-file"));
	assert_false(shadow_load_sql(
	    &p->a, DIALECT_POSTGRES, "CREATE TABLE t (a int)", &s, &p->err));
	assert_says(p, "PostgreSQL");
}

static void
test_write(void **state)
{
	struct place *p = *state;
	const char *state_dir = arena_fmt(&p->a, "%s/a/.deesse", p->dir);
	const char *path = file_join(&p->a, state_dir, "shadow/schema.sql");
	struct stat first, second, third;
	struct buf b = { 0 };

	assert_true(shadow_write(state_dir, "CREATE TABLE t (a);\n", &p->err));
	assert_int_equal(stat(path, &first), 0);
	assert_true(shadow_write(state_dir, "CREATE TABLE t (a);\n", &p->err));
	assert_int_equal(stat(path, &second), 0);
	assert_int_equal(first.st_ino, second.st_ino);
	assert_int_equal(first.st_mtim.tv_nsec, second.st_mtim.tv_nsec);
	assert_true(shadow_write(state_dir, "CREATE TABLE u (a);\n", &p->err));
	assert_int_equal(stat(path, &third), 0);
	assert_int_not_equal(first.st_ino, third.st_ino);
	assert_true(file_read(&b, path, &p->err));
	assert_string_equal(b.s, "CREATE TABLE u (a);\n");
	buf_release(&b);
	assert_false(shadow_write(path, "x", &p->err));
	assert_says(p, "schema.sql");
}

/* -- what is written is what is read -------------------------------------- */

static const char *
golden_folder(struct arena *a)
{
	size_t n = strlen(__FILE__) - strlen("unit/shadow.c");

	return arena_fmt(a, "%.*sgolden/introspect", (int)n, __FILE__);
}

/* The DDL of a schema makes that schema, and its DDL is the same text. */
static void
try_round_trip(struct place *p, const char *path)
{
	struct buf sql = { 0 }, ddl = { 0 }, again = { 0 };
	struct schema *one, *two = NULL;

	assert_true(file_read(&sql, path, &p->err));
	one = load(p, buf_str(&sql));
	transpile_schema(&ddl, one);
	if (!shadow_load_sql(
		&p->a, DIALECT_SQLITE, buf_str(&ddl), &two, &p->err))
		fail_msg("%s: %s\n%s", path, p->err.text, buf_str(&ddl));
	if (!schema_equal(one, two))
		fail_msg("%s: %s", path, shadow_difference(&p->a, two, one));
	transpile_schema(&again, two);
	assert_string_equal(buf_str(&ddl), buf_str(&again));
	buf_release(&sql);
	buf_release(&ddl);
	buf_release(&again);
}

static void
test_round_trips(void **state)
{
	struct place *p = *state;
	struct names cases = { 0 };

	assert_true(
	    file_find(&p->a, &cases, golden_folder(&p->a), ".sql", &p->err));
	assert_true(cases.n >= 10);
	for (size_t i = 0; i < cases.n; i++)
		try_round_trip(p, cases.v[i]);
}

/* From every odd schema to every other, by a plan that is proven. */
static void
try_plan(struct place *p, const char *from, const char *to)
{
	struct buf sql = { 0 };
	struct findings *found;
	struct schema *wanted;
	struct db_url url;
	struct plan *plan;

	db_close(p->db);
	assert_true(db_url_parse(&p->a, &url, "sqlite::memory:", &p->err));
	assert_true(db_open(&p->db, &url, DB_WRITE, &p->err));
	assert_true(file_read(&sql, from, &p->err));
	run(p, buf_str(&sql));
	buf_cut(&sql, 0);
	assert_true(file_read(&sql, to, &p->err));
	wanted = load(p, buf_str(&sql));
	buf_release(&sql);
	plan =
	    transpile_plan(&p->a, diff_schemas(&p->a, now(p), wanted), &p->err);
	if (!plan)
		fail_msg("%s to %s: %s", from, to, p->err.text);
	found = arena_array(&p->a, struct findings, plan->steps.n + 1);
	if (!shadow_witness(&p->a, p->db, plan, wanted, found, &p->err))
		fail_msg("%s to %s: %s", from, to, p->err.text);
	if (!strcmp(from, to))
		assert_int_equal(plan->steps.n, 0);
}

static void
test_plans_between_golden_schemas(void **state)
{
	struct place *p = *state;
	struct names cases = { 0 };

	assert_true(
	    file_find(&p->a, &cases, golden_folder(&p->a), ".sql", &p->err));
	for (size_t i = 0; i < cases.n; i++)
		for (size_t k = 0; k < cases.n; k++)
			try_plan(p, cases.v[i], cases.v[k]);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_witness_of_safe_statements),
		TEST(test_witness_of_losses),
		TEST(test_witness_sees_through_triggers),
		TEST(test_what_the_plan_made_may_go),
		TEST(test_witness_of_rebuilds),
		TEST(test_findings_are_per_step),
		TEST(test_statement_that_fails),
		TEST(test_plan_that_leads_elsewhere),
		TEST(test_rebuild_mode_is_on),
		TEST(test_functions_and_collations_of_others),
		TEST(test_modules_of_others),
		TEST(test_virtual_tables_are_copied_once),
		TEST(test_copy_is_sound),
		TEST(test_only_the_schema_is_read),
		TEST(test_differences),
		TEST(test_load_sql),
		TEST(test_load_sql_errors),
		TEST(test_write),
		TEST(test_round_trips),
		TEST(test_plans_between_golden_schemas),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
