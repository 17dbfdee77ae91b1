/* postgres - what deesse writes, said to a real PostgreSQL
 *
 * The golden cases say which statements are written; here the server says that
 * it takes them, and that a plan leads to the very database that the schema
 * alone makes.
 */
#include "tests/postgres/psql.h"
#include "tests/unit/notation.h"

#include "dsl/dsl.h"
#include "introspect/introspect.h"
#include "transpile/transpile.h"

#define D DIALECT_POSTGRES

struct scene {
	struct arena a;
	struct err err;
	const char *dir;
};

static void
must(struct scene *s, bool ok, const char *what)
{
	if (!ok)
		fail_msg("%s: %s: %s", s->dir, what,
		    s->err.text ? s->err.text : "?");
}

static struct schema *
read_schema(struct scene *s, const char *name)
{
	struct buf text = { 0 };
	struct schema *out;

	must(
	    s, file_read(&text, file_join(&s->a, s->dir, name), &s->err), name);
	out = notation_read(
	    &s->a, D, "collections/app.c", arena_strdup(&s->a, buf_str(&text)));
	buf_release(&text);
	return out;
}

/* Makes the database hold the schema and nothing else. */
static void
load(struct scene *s, const char *db, const struct schema *schema)
{
	struct buf sql = { 0 };

	psql_create(db);
	transpile_schema(&sql, schema);
	if (!psql_exec(db, buf_str(&sql), &s->err))
		fail_msg("%s: %s\n%s", s->dir, s->err.text, buf_str(&sql));
	buf_release(&sql);
}

static const char *
plan_sql(struct scene *s, const struct plan *p, bool back)
{
	struct buf b = { 0 };
	const char *text;

	for (size_t i = 0; i < p->steps.n; i++) {
		const struct step *step =
		    p->steps.v[back ? p->steps.n - 1 - i : i];

		buf_puts(&b, step_sql(&s->a, back ? &step->undo : &step->sql));
	}
	text = arena_strdup(&s->a, buf_str(&b));
	buf_release(&b);
	return text;
}

/* Shows the statements of a dump that another does not have. */
static void
show_missing(
    struct scene *s, const char *of, const char *from, const char *sign)
{
	while (*of) {
		const char *end = strstr(of, "\n\n");
		size_t n = end ? (size_t)(end - of) + 2 : strlen(of);
		const char *one = arena_strndup(&s->a, of, n);

		if (!strstr(from, one))
			print_error("%s %s", sign, one);
		of += n;
	}
}

static void
assert_same(struct scene *s, const char *what, const char *got,
    const char *wanted, const char *sql)
{
	if (!strcmp(got, wanted))
		return;
	print_error("%s", sql);
	show_missing(s, got, wanted, "got");
	show_missing(s, wanted, got, "wanted");
	fail_msg("%s: %s", s->dir, what);
}

static void
go(struct scene *s, const char *db, const char *sql)
{
	if (!psql_exec(db, sql, &s->err))
		fail_msg("%s: %s\n%s", s->dir, s->err.text, sql);
}

/* Some casts have no way back. */
static bool
has_undo(const struct plan *p)
{
	for (size_t i = 0; i < p->steps.n; i++)
		if (!p->steps.v[i]->undo.n)
			return false;
	return true;
}

/* There, and back but for what an undo cannot know: that a column which came
 * again, empty, is required. */
static void
run_plan(struct scene *s, const struct schema *from, const struct schema *to)
{
	struct plan *p =
	    transpile_plan(&s->a, diff_schemas(&s->a, from, to), &s->err);
	const char *sql, *undo;

	if (!p) { /* the golden text holds the reason */
		err_release(&s->err);
		return;
	}
	sql = plan_sql(s, p, false);
	undo = plan_sql(s, p, true);
	load(s, "plan_from", from);
	load(s, "plan_to", to);
	const char *before = psql_dump(&s->a, "plan_from", true);

	go(s, "plan_from", sql);
	assert_same(s, "the plan leads elsewhere",
	    psql_dump(&s->a, "plan_from", false),
	    psql_dump(&s->a, "plan_to", false), sql);
	if (!has_undo(p))
		return;
	go(s, "plan_from", undo);
	assert_same(s, "undo leads elsewhere",
	    psql_dump(&s->a, "plan_from", true), before, undo);
}

static void
test_plan(void **state)
{
	struct scene s = { .dir = *state };

	run_plan(
	    &s, read_schema(&s, "from.schema"), read_schema(&s, "to.schema"));
	arena_release(&s.a);
}

static void
test_schema(void **state)
{
	struct scene s = { .dir = *state };

	load(&s, "loaded", read_schema(&s, "in.schema"));
	arena_release(&s.a);
}

/* -- collections, in both dialects ---------------------------------------- */

static struct schema *
compile(struct scene *s, enum dialect d)
{
	struct dsl_options options = {
		.dir = file_join(&s->a, s->dir, "collections"),
		.state_dir = file_join(&s->a, getenv("PGHOST"), "state"),
		.dialect = d,
	};
	struct schema *schema = dsl_compile(&s->a, &options, &s->err);

	must(s, schema != NULL, dialect_name(d));
	return schema;
}

/* What SQLite makes of the DDL is what was said. */
static void
test_sqlite(void **state)
{
	struct scene s = { .dir = *state };
	struct schema *wanted = compile(&s, DIALECT_SQLITE), *got;
	struct buf sql = { 0 };
	struct db_url url;
	struct db *db;

	transpile_schema(&sql, wanted);
	must(&s, db_url_parse(&s.a, &url, "sqlite::memory:", &s.err), "url");
	must(&s, db_open(&db, &url, DB_WRITE, &s.err), "open");
	must(&s, db_exec(db, buf_str(&sql), &s.err), buf_str(&sql));
	got = introspect(&s.a, db, &s.err);
	must(&s, got != NULL, "introspect");
	assert_string_equal(schema_text(&s.a, got), schema_text(&s.a, wanted));
	db_close(db);
	buf_release(&sql);
	arena_release(&s.a);
}

static void
test_collections(void **state)
{
	struct scene s = { .dir = *state };

	load(&s, "loaded", compile(&s, D));
	arena_release(&s.a);
}

VEC(tests, struct CMUnitTest);

static void
add_test(struct arena *a, struct tests *tests, char *dir, const char *what,
    CMUnitTestFunction test)
{
	vec_push(a, tests,
	    (struct CMUnitTest){
		.name = arena_fmt(a, "%s %s", what, strrchr(dir, '/') + 1),
		.test_func = test,
		.initial_state = dir });
}

/* A test for each folder of the stage that has such a file. */
static void
add_tests(struct arena *a, struct tests *tests, const char *stage,
    const char *file, const char *what, CMUnitTestFunction test)
{
	struct err err = { 0 };
	struct names found = { 0 };
	size_t before = tests->n;

	if (!file_find(
		a, &found, cases_path(a, stage), strrchr(file, '.'), &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < found.n; i++) {
		char *dir = arena_strdup(a, found.v[i]);

		if (strcmp(strrchr(dir, '/') + 1, file))
			continue;
		*strrchr(dir, '/') = '\0';
		if (strncmp(strrchr(dir, '/') + 1, "sqlite-", 7))
			add_test(a, tests, dir, what, test);
	}
	if (tests->n == before)
		abort();
}

int
main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct tests tests = { 0 };
	int failed;

	if (!getenv("PGHOST")) {
		fprintf(stderr, "usage: tests/postgres/cluster %s\n", argv[0]);
		return 64;
	}
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	add_tests(
	    &a, &tests, "golden/transpile", "in.schema", "load", test_schema);
	add_tests(
	    &a, &tests, "golden/transpile", "to.schema", "plan", test_plan);
	add_tests(&a, &tests, "golden/dsl", "wanted.sqlite.txt", "sqlite",
	    test_sqlite);
	add_tests(&a, &tests, "golden/wishes", "wanted.sqlite.txt", "sqlite",
	    test_sqlite);
	add_tests(&a, &tests, "golden/wishes", "wanted.postgres.txt",
	    "postgres", test_collections);
	add_tests(&a, &tests, "golden/dsl", "wanted.postgres.txt", "postgres",
	    test_collections);
	failed =
	    _cmocka_run_group_tests("postgres", tests.v, tests.n, NULL, NULL);
	arena_release(&a);
	return failed;
}
