/* postgres - what deesse writes, said to a real PostgreSQL
 *
 * The golden cases say which statements are written; here the server says that
 * it takes them, and that a plan leads to the very database that the schema
 * alone makes.
 */
#include "tests/postgres/objects.h"
#include "tests/postgres/suite.h"
#include "tests/postgres/vector.h"
#include "tests/unit/notation.h"

#include "dsl/dsl.h"
#include "introspect/introspect.h"
#include "sql/quote.h"
#include "transpile/transpile.h"

#define D DIALECT_POSTGRES

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
	vector_put(&s->a, &sql);
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

/* A case with a rows.sql runs its plan over these rows; rows.txt says what they
 * are then. */
static void
put_rows(struct scene *s)
{
	const char *path = file_join(&s->a, s->dir, "rows.sql");
	struct buf sql = { 0 };

	if (!file_exists(path))
		return;
	must(s, file_read(&sql, path, &s->err), path);
	go(s, "plan_from", buf_str(&sql));
	buf_release(&sql);
}

static void
check_rows(struct scene *s, const struct schema *to)
{
	struct buf sql = { 0 }, got = { 0 };

	if (!file_exists(file_join(&s->a, s->dir, "rows.sql")))
		return;
	for (size_t i = 0; i < to->tables.n; i++) {
		const char *name = to->tables.v[i]->name;

		buf_puts(&sql, "SELECT ");
		sql_literal(&sql, D, name);
		buf_puts(&sql, " || ' ' || row_to_json(t)::text FROM ");
		sql_ident(&sql, D, name);
		buf_puts(&sql, " t ORDER BY 1;\n");
	}
	must(s, psql_ask(&got, "plan_from", buf_str(&sql), &s->err), "rows");
	cases_compare(file_join(&s->a, s->dir, "rows.txt"), &got);
	buf_release(&sql);
	buf_release(&got);
}

/* There, and back but for what an undo cannot know: that a column which came
 * again, empty, is required. */
static void
run_plan(struct scene *s, const struct plan *p)
{
	const char *sql = plan_sql(s, p, false), *undo = plan_sql(s, p, true);
	const char *before;

	load(s, "plan_from", p->diff->from);
	load(s, "plan_to", p->diff->to);
	before = psql_dump(&s->a, "plan_from", true);
	put_rows(s);
	go(s, "plan_from", sql);
	check_rows(s, p->diff->to);
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

	struct diff *d = diff_schemas(
	    &s.a, read_schema(&s, "from.schema"), read_schema(&s, "to.schema"));
	struct plan *p = transpile_plan(&s.a, d, &s.err);

	if (p)
		run_plan(&s, p);
	/* else the golden text holds the reason */
	scene_end(&s);
}

static void
test_schema(void **state)
{
	struct scene s = { .dir = *state };

	load(&s, "loaded", read_schema(&s, "in.schema"));
	scene_end(&s);
}

/* -- collections, in both dialects ---------------------------------------- */

static struct schema *
compile(struct scene *s, const char *folder, enum dialect d)
{
	struct dsl_options options = {
		.dir = file_join(&s->a, s->dir, folder),
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
	struct schema *wanted = compile(&s, "collections", DIALECT_SQLITE),
		      *got;
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
	scene_end(&s);
}

static void
test_collections(void **state)
{
	struct scene s = { .dir = *state };

	load(&s, "loaded", compile(&s, "collections", D));
	scene_end(&s);
}

/* -- objects: from one folder of collections to another ------------------- */

/* Makes the plan, and holds it beside the golden text. */
static struct plan *
object_plan(struct scene *s, enum dialect d)
{
	struct diff *diff =
	    diff_schemas(&s->a, compile(s, "from", d), compile(s, "to", d));
	struct plan *p = transpile_plan(&s->a, diff, &s->err);
	struct buf out = { 0 };

	if (p)
		objects_show(&s->a, &out, p);
	else
		buf_fmt(&out, "%s\n", s->err.text);
	cases_compare(file_join(&s->a, s->dir,
			  arena_fmt(&s->a, "wanted.%s.txt", dialect_name(d))),
	    &out);
	buf_release(&out);
	return p;
}

/* What all changes make, and what is planned then. */
static void
assert_complete(struct scene *s, const struct plan *p)
{
	struct changes none = { 0 };
	const struct schema *made = diff_without(&s->a, p->diff, &none);

	assert_string_equal(
	    schema_text(&s->a, made), schema_text(&s->a, p->diff->to));
	assert_int_equal(diff_schemas(&s->a, made, p->diff->to)->changes.n, 0);
}

static void
test_objects_postgres(void **state)
{
	struct scene s = { .dir = *state };
	struct plan *p = object_plan(&s, D);

	if (p) {
		assert_complete(&s, p);
		run_plan(&s, p);
	}
	scene_end(&s);
}

static void
test_objects_sqlite(void **state)
{
	struct scene s = { .dir = *state };
	struct plan *p = object_plan(&s, DIALECT_SQLITE);
	struct buf sql = { 0 };
	struct db *db;

	must(&s, p != NULL, "plan");
	assert_complete(&s, p);
	transpile_schema(&sql, p->diff->from);
	db = plans_open(&s.a, buf_str(&sql));
	must(&s, plans_apply(db, p, &s.err), "apply");
	assert_string_equal(schema_text(&s.a, plans_read(&s.a, db)),
	    schema_text(&s.a, p->diff->to));
	must(&s, plans_run(db, p, true, &s.err), "undo");
	assert_string_equal(schema_text(&s.a, plans_read(&s.a, db)),
	    schema_text(&s.a, p->diff->from));
	db_close(db);
	buf_release(&sql);
	scene_end(&s);
}

int
main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct tests tests = { 0 };

	if (!suite_begin(argc, argv))
		return 64;
	suite_add(
	    &a, &tests, "golden/transpile", "in.schema", "load", test_schema);
	suite_add(
	    &a, &tests, "golden/transpile", "to.schema", "plan", test_plan);
	suite_add(&a, &tests, "golden/dsl", "wanted.sqlite.txt", "sqlite",
	    test_sqlite);
	suite_add(&a, &tests, "golden/objects", "wanted.sqlite.txt",
	    "sqlite objects", test_objects_sqlite);
	suite_add(&a, &tests, "golden/objects", "wanted.postgres.txt",
	    "objects", test_objects_postgres);
	suite_add(&a, &tests, "golden/wishes", "wanted.sqlite.txt", "sqlite",
	    test_sqlite);
	suite_add(&a, &tests, "golden/wishes", "wanted.postgres.txt",
	    "postgres", test_collections);
	suite_add(&a, &tests, "golden/dsl", "wanted.postgres.txt", "postgres",
	    test_collections);
	return suite_end(&a, "postgres", &tests);
}
