/* catalog - what a real PostgreSQL holds, read back
 *
 * Each case of tests/golden/catalog is SQL and the schema that is read from the
 * database it makes. What is read is written again as DDL, and the database
 * that this makes must dump like the first. With --bless the texts are written
 * anew.
 *
 * What the golden cases of other stages declare is loaded too, and read back:
 * it must be what was declared, but for how the server spells expressions.
 */
#include "tests/postgres/objects.h"
#include "tests/postgres/suite.h"
#include "tests/postgres/vector.h"
#include "tests/unit/notation.h"

#include "dsl/dsl.h"
#include "introspect/introspect.h"
#include "transpile/transpile.h"

#define D DIALECT_POSTGRES

static void
open_db(struct scene *s, const char *name)
{
	struct db_url url;

	must(s,
	    db_url_parse(&s->a, &url,
		arena_fmt(&s->a, "postgresql:///%s", name), &s->err),
	    name);
	must(s, db_open(&s->db, &url, DB_WRITE, &s->err), name);
	db_manage(s->db, &s->managed);
}

static void
close_db(struct scene *s)
{
	db_close(s->db);
	s->db = NULL;
}

/* What is asked ahead finds the same, and is of one moment with a fingerprint;
 * who asks something else in between has asked in vain. */
static void
read_ahead(struct scene *s, struct schema *schema)
{
	char plain[HASH_HEX], of_moment[HASH_HEX];
	struct schema *same;
	int64_t one;

	must(s, introspect_fingerprint(s->db, plain, &s->err), "fingerprint");
	must(s, introspect_ahead(s->db, &s->err), "introspect_ahead");
	assert_true(introspect_is_ahead(s->db));
	same = introspect_like(&s->a, s->db, schema, &s->err);
	must(s, same != NULL, "introspect_like, asked ahead");
	must(s, introspect_end(s->db, of_moment, &s->err), "introspect_end");
	assert_string_equal(
	    schema_text(&s->a, same), schema_text(&s->a, schema));
	assert_string_equal(of_moment, plain);

	must(s, introspect_ahead(s->db, &s->err), "introspect_ahead");
	must(s, db_count(s->db, "SELECT 1", &one, &s->err), "in between");
	assert_false(introspect_is_ahead(s->db));
	must(s, db_begin(s->db, &s->err), "no transaction is left behind");
	db_rollback(s->db);
}

static struct schema *
read_db(struct scene *s, const char *name)
{
	struct schema *schema, *same;

	open_db(s, name);
	schema = introspect(&s->a, s->db, &s->err);
	must(s, schema != NULL, "introspect");
	/* nothing is new beside what it is itself */
	same = introspect_like(&s->a, s->db, schema, &s->err);
	must(s, same != NULL, "introspect_like");
	assert_string_equal(
	    schema_text(&s->a, same), schema_text(&s->a, schema));
	for (size_t i = 0; i < schema->tables.n; i++)
		assert_ptr_equal(same->tables.v[i], schema->tables.v[i]);
	read_ahead(s, schema);
	close_db(s);
	return schema;
}

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

static void
test_catalog(void **state)
{
	struct scene s = { .dir = *state };
	const char *sql = scene_text(&s, "in.sql");
	struct buf got = { 0 };
	struct schema *schema;

	scene_manage(&s, sql);
	psql_create("catalog");
	must(&s, psql_exec("catalog", sql, &s.err), "in.sql");
	schema = read_db(&s, "catalog");
	schema->objects.n = 0; /* are another test's */
	buf_puts(&got, schema_text(&s.a, schema));
	cases_compare(file_join(&s.a, s.dir, "wanted.txt"), &got);
	buf_release(&got);
	scene_end(&s);
}

/* -- what is declared is what is read ------------------------------------- */

static void
mask(struct expr *e)
{
	if (e->text)
		*e = (struct expr){ "…", "…" };
}

static void
mask_parts(struct parts *parts)
{
	for (size_t i = 0; i < parts->n; i++)
		mask(&parts->v[i].expr);
}

/* The stand-in for an extension has no indexes of its own. */
static void
drop_missing_methods(struct indexes *all)
{
	size_t kept = 0;

	for (size_t i = 0; i < all->n; i++)
		if (!all->v[i]->method || strcmp(all->v[i]->method, "ivfflat"))
			all->v[kept++] = all->v[i];
	all->n = kept;
}

/* Returns the schema's text without what expressions say: the server has its
 * own spelling. Views and their like are not of this test. */
static const char *
masked_text(struct scene *s, const struct schema *schema)
{
	struct schema *copy = schema_copy(&s->a, schema);

	copy->objects.n = 0;
	for (size_t i = 0; i < copy->tables.n; i++) {
		struct table *t = copy->tables.v[i];

		mask(&t->partition_by);
		drop_missing_methods(&t->indexes);
		for (size_t k = 0; k < t->columns.n; k++) {
			mask(&t->columns.v[k]->default_value);
			mask(&t->columns.v[k]->generated);
		}
		for (size_t k = 0; k < t->constraints.n; k++) {
			mask(&t->constraints.v[k]->check);
			if (t->constraints.v[k]->more)
				mask(&t->constraints.v[k]->more->where);
			mask_parts(&t->constraints.v[k]->parts);
		}
		for (size_t k = 0; k < t->indexes.n; k++) {
			mask(&t->indexes.v[k]->where);
			mask_parts(&t->indexes.v[k]->parts);
		}
		for (size_t k = 0; k < t->partitions.n; k++)
			mask(&t->partitions.v[k].bound);
	}
	return schema_text(&s->a, copy);
}

static void
manage_all(struct scene *s, const struct schema *schema)
{
	vec_push(&s->a, &s->managed, "public");
	for (size_t i = 0; i < schema->objects.n; i++)
		if (schema->objects.v[i]->kind == OBJECT_SCHEMA)
			vec_push(
			    &s->a, &s->managed, schema->objects.v[i]->name);
}

/* Shows the lines of a text that another does not have. */
static void
show_missing(
    struct scene *s, const char *of, const char *from, const char *sign)
{
	while (*of) {
		size_t n = strcspn(of, "\n");
		const char *one = arena_fmt(&s->a, "\n%.*s\n", (int)n, of);

		if (!strstr(from, one))
			print_error("%s %s", sign, one + 1);
		of += n + (of[n] == '\n');
	}
}

static void
assert_same(struct scene *s, const char *got, const char *wanted)
{
	if (!strcmp(got, wanted))
		return;
	show_missing(s, got, wanted, "got");
	show_missing(s, wanted, got, "wanted");
	fail_msg("%s: what is read is not what was declared", s->dir);
}

static void
assert_read(struct scene *s, const struct schema *declared)
{
	manage_all(s, declared);
	load(s, "declared", declared);
	assert_same(s, masked_text(s, read_db(s, "declared")),
	    masked_text(s, declared));
}

static void
test_schema(void **state)
{
	struct scene s = { .dir = *state };

	assert_read(
	    &s, notation_read(&s.a, D, "app.c", scene_text(&s, "in.schema")));
	scene_end(&s);
}

static void
test_to(void **state)
{
	struct scene s = { .dir = *state };

	assert_read(
	    &s, notation_read(&s.a, D, "app.c", scene_text(&s, "to.schema")));
	scene_end(&s);
}

static void
test_collections(void **state)
{
	struct scene s = { .dir = *state };
	struct dsl_options options = {
		.dir = file_join(&s.a, s.dir, "collections"),
		.state_dir = file_join(&s.a, getenv("PGHOST"), "state"),
		.dialect = D,
	};
	struct schema *schema = dsl_compile(&s.a, &options, &s.err);

	must(&s, schema != NULL, "compile");
	assert_read(&s, schema);
	scene_end(&s);
}

int
main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct tests tests = { 0 };

	if (!suite_begin(argc, argv))
		return 64;
	suite_add(&a, &tests, "golden/catalog", "in.sql", "read", test_catalog);
	suite_add(
	    &a, &tests, "golden/transpile", "in.schema", "schema", test_schema);
	suite_add(&a, &tests, "golden/transpile", "to.schema", "to", test_to);
	suite_add(&a, &tests, "golden/wishes", "wanted.postgres.txt", "wish",
	    test_collections);
	suite_add(&a, &tests, "golden/dsl", "wanted.postgres.txt", "dsl",
	    test_collections);
	return suite_end(&a, "catalog", &tests);
}
