/* kinds - everything that is kept as SQL, read from a real PostgreSQL
 *
 * Each case of tests/golden/kinds is SQL and the schema that is read from the
 * database it makes. What was read is written in three ways, as DDL, as a plan
 * from nothing and as files beside collections, and must lead to the same: to
 * a database that dumps like the first, or to the same schema. A plan to
 * nothing leaves nothing. With --bless the texts are written anew.
 */
#include "tests/postgres/objects.h"
#include "tests/postgres/suite.h"

#include "introspect/introspect.h"
#include "transpile/transpile.h"

#define D DIALECT_POSTGRES

static struct schema *
read_db(struct scene *s, const char *name)
{
	struct schema *schema, *ahead;
	struct db_url url;
	struct db *db;

	must(s,
	    db_url_parse(&s->a, &url,
		arena_fmt(&s->a, "postgresql:///%s", name), &s->err),
	    name);
	must(s, db_open(&db, &url, DB_WRITE, &s->err), name);
	db_manage(db, &s->managed);
	schema = introspect(&s->a, db, &s->err);
	must(s, schema != NULL, "introspect");
	/* the survey sees each kind that the fingerprint sees */
	must(s, introspect_ahead(db, &s->err), "introspect_ahead");
	ahead = introspect(&s->a, db, &s->err);
	must(s, ahead != NULL, "introspect, asked ahead");
	must(s, introspect_end(db, NULL, &s->err), "introspect_end");
	assert_string_equal(
	    schema_text(&s->a, ahead), schema_text(&s->a, schema));
	assert_int_equal(ahead->unmanaged.n, schema->unmanaged.n);
	for (size_t i = 0; i < ahead->unmanaged.n; i++)
		assert_string_equal(
		    ahead->unmanaged.v[i], schema->unmanaged.v[i]);
	db_close(db);
	return schema;
}

static void
print_text(const char *sql)
{
	for (size_t n; *sql; sql += n + (sql[n] == '\n')) {
		n = strcspn(sql, "\n");
		print_error("%.*s\n", (int)n, sql);
	}
}

/* Prints the lines that one text has beyond another, one by one, for cmocka
 * cuts long messages short. */
static void
print_beyond(
    struct scene *s, const char *what, const char *text, const char *other)
{
	for (size_t n; *text; text += n + (text[n] == '\n')) {
		const char *line;

		n = strcspn(text, "\n");
		line = arena_fmt(&s->a, "\n%.*s\n", (int)n, text);
		if (!strstr(arena_fmt(&s->a, "\n%s\n", other), line))
			print_error("%s: %s", what, line + 1);
	}
}

static void
assert_same(struct scene *s, const char *what, const char *sql, const char *got,
    const char *wanted)
{
	if (!strcmp(got, wanted))
		return;
	print_text(sql);
	print_beyond(s, "got only", got, wanted);
	print_beyond(s, "wanted only", wanted, got);
	fail_msg("%s: %s differ", s->dir, what);
}

static void
run(struct scene *s, const char *what, const char *db, const char *sql)
{
	if (!psql_exec(db, sql, &s->err)) {
		print_text(sql);
		fail_msg("%s: %s: %s", s->dir, what, s->err.text);
	}
}

static const char *
plan_sql(struct scene *s, const struct schema *from, const struct schema *to)
{
	struct diff *d = diff_schemas(&s->a, from, to);
	struct plan *p = transpile_plan(&s->a, d, &s->err);
	struct buf b = { 0 };
	const char *text;

	must(s, p != NULL, "plan");
	for (size_t i = 0; i < p->steps.n; i++)
		buf_puts(&b, step_sql(&s->a, &p->steps.v[i]->sql));
	text = arena_strdup(&s->a, buf_str(&b));
	buf_release(&b);
	return text;
}

static void
test_ddl(struct scene *s, const struct schema *read, const char *dump)
{
	struct buf sql = { 0 };

	psql_create("kinds_b");
	transpile_schema(&sql, read);
	run(s, "DDL", "kinds_b", buf_str(&sql));
	assert_same(s, "read again", buf_str(&sql),
	    schema_text(&s->a, read_db(s, "kinds_b")),
	    schema_text(&s->a, read));
	assert_same(s, "DDL dumps", buf_str(&sql),
	    psql_dump(&s->a, "kinds_b", false), dump);
	buf_release(&sql);
}

static void
test_plans(struct scene *s, const struct schema *read, const char *dump)
{
	struct schema nothing = { .dialect = D };
	const char *there = plan_sql(s, &nothing, read),
		   *back = plan_sql(s, read, &nothing);

	psql_create("kinds_c");
	run(s, "plan", "kinds_c", there);
	assert_same(
	    s, "plan dumps", there, psql_dump(&s->a, "kinds_c", false), dump);
	assert_int_equal(
	    diff_schemas(&s->a, read_db(s, "kinds_c"), read)->changes.n, 0);
	run(s, "plan to nothing", "kinds_c", back);
	assert_same(s, "nothing is left", back,
	    schema_text(&s->a, read_db(s, "kinds_c")),
	    schema_text(&s->a, &nothing));
}

static void
test_kinds(void **state)
{
	struct scene s = { .dir = *state };
	struct buf sql = { 0 }, got = { 0 };
	const struct schema *schema;
	const char *dump;

	must(&s, file_read(&sql, file_join(&s.a, s.dir, "in.sql"), &s.err),
	    "in.sql");
	scene_manage(&s, buf_str(&sql));
	psql_create("kinds_a");
	run(&s, "in.sql", "kinds_a", buf_str(&sql));
	schema = read_db(&s, "kinds_a");
	for (size_t i = 0; i < schema->unmanaged.n; i++)
		buf_fmt(&got, "not managed: %s\n", schema->unmanaged.v[i]);
	buf_puts(&got, schema_text(&s.a, schema));
	cases_compare(file_join(&s.a, s.dir, "wanted.txt"), &got);
	if (!schema->unmanaged.n) {
		dump = psql_dump(&s.a, "kinds_a", false);
		test_ddl(&s, schema, dump);
		test_plans(&s, schema, dump);
	}
	buf_release(&sql);
	buf_release(&got);
	scene_end(&s);
}

int
main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct tests tests = { 0 };

	if (!suite_begin(argc, argv))
		return 64;
	suite_add(&a, &tests, "golden/kinds", "in.sql", "kinds", test_kinds);
	return suite_end(&a, "kinds", &tests);
}
