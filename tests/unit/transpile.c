/* transpile - plans that run: the rows stay, the schema becomes the wanted one,
 * planning again finds nothing, and undo leads back */
#include "tests/unit/notation.h"
#include "tests/unit/plans.h"

#include <stdlib.h>

/* -- golden plans, run on SQLite ------------------------------------------ */

struct scene {
	struct arena a;
	struct err err;
	const char *from_sql, *to_sql;
	struct schema *from, *to;
	struct diff *diff;
	struct plan *plan;
	bool fails;
};

static const char *
indented(struct arena *a, const char *sql)
{
	struct buf b = { 0 };
	const char *text;

	for (; *sql; sql++) {
		buf_putc(&b, *sql);
		if (*sql == '\n')
			buf_puts(&b, "    ");
	}
	text = arena_strdup(a, buf_str(&b));
	buf_release(&b);
	return text;
}

static void
show_step(struct scene *s, struct buf *out, const struct step *step)
{
	buf_fmt(out, "%s%s\n", step->phase == PHASE_RELAX ? "relax" : "tighten",
	    step->rebuild ? ", rebuild" : "");
	for (size_t i = 0; i < step->changes.n; i++)
		buf_fmt(out, "  %s\n", change_text(&s->a, step->changes.v[i]));
	for (size_t i = 0; i < step->sql.n; i++)
		buf_fmt(out, "  > %s\n", indented(&s->a, step->sql.v[i]));
	for (size_t i = 0; i < step->undo.n; i++)
		buf_fmt(out, "  < %s\n", indented(&s->a, step->undo.v[i]));
	for (size_t i = 0; i < step->findings.n; i++) {
		const struct finding *f = &step->findings.v[i];

		buf_fmt(out, "  ! %s, %s%s, %s: %s\n", f->rule,
		    class_name(f->class), f->destructive ? "" : " (safe)",
		    f->object, f->message);
	}
}

static void
show_plan(struct scene *s, struct buf *out)
{
	for (size_t i = 0; i < s->plan->steps.n; i++)
		show_step(s, out, s->plan->steps.v[i]);
	for (size_t i = 0; i < s->diff->unresolved.n; i++) {
		const struct unresolved *u = &s->diff->unresolved.v[i];

		buf_fmt(out, "%s of %s to", u->kind, u->from);
		for (size_t k = 0; k < u->to.n; k++)
			buf_fmt(out, "%s %s", k ? " or" : "", u->to.v[k]);
		buf_puts(out, "?\n");
	}
}

static void
assert_same(struct scene *s, const struct schema *got,
    const struct schema *wanted, const char *what)
{
	if (schema_equal(got, wanted))
		return;
	fail_msg("%s\n--- got\n%s--- wanted\n%s", what, schema_text(&s->a, got),
	    schema_text(&s->a, wanted));
}

static struct plan *
make_plan(struct scene *s, const struct schema *from, const struct schema *to)
{
	struct plan *p =
	    transpile_plan(&s->a, diff_schemas(&s->a, from, to), &s->err);

	plans_must(p != NULL, &s->err, "plan");
	return p;
}

static void
assert_sound(struct scene *s, struct db *db)
{
	int64_t n;

	plans_must(db_count(db, "SELECT count(*) FROM pragma_foreign_key_check",
		       &n, &s->err),
	    &s->err, "check");
	assert_int_equal(n, 0);
	plans_must(db_count(db,
		       "SELECT count(*) FROM pragma_integrity_check "
		       "WHERE integrity_check <> 'ok'",
		       &n, &s->err),
	    &s->err, "check");
	assert_int_equal(n, 0);
}

/* After undo only this may be missing: that a column which came again, empty,
 * is required, and what to do with NULL. */
static void
assert_back(struct scene *s, struct db *db)
{
	const struct schema *got = plans_read(&s->a, db);
	const struct diff *d = diff_schemas(&s->a, got, s->from);

	for (size_t i = 0; i < d->changes.n; i++)
		if (d->changes.v[i]->kind != CHANGE_SET_NOT_NULL &&
		    d->changes.v[i]->kind != CHANGE_COLUMN_CONFLICT)
			fail_msg("undo leaves: %s",
			    change_text(&s->a, d->changes.v[i]));
}

static void
run_there_and_back(struct scene *s, struct buf *out)
{
	struct db *db = plans_open(&s->a, s->from_sql);
	const struct schema *got;

	if (s->fails) {
		assert_false(plans_apply(db, s->plan, &s->err));
		buf_puts(out, "fails\n");
		err_release(&s->err);
		assert_same(s, plans_read(&s->a, db), s->from, "rolled back");
		db_close(db);
		return;
	}
	plans_must(plans_apply(db, s->plan, &s->err), &s->err, "apply");
	got = plans_read(&s->a, db);
	assert_same(s, got, s->to, "applied");
	assert_sound(s, db);
	assert_int_equal(make_plan(s, got, s->to)->steps.n, 0);
	buf_puts(out, "rows after\n");
	plans_dump(&s->a, db, out);
	plans_must(plans_run(db, s->plan, true, &s->err), &s->err, "undo");
	assert_back(s, db);
	buf_puts(out, "rows after undo\n");
	plans_dump(&s->a, db, out);
	db_close(db);
}

/* Whatever one change is declined, the rest is a plan that runs. */
static void
run_without_each(struct scene *s)
{
	for (size_t i = 0; i < s->diff->changes.n; i++) {
		struct changes one = { .v = &s->diff->changes.v[i], .n = 1 };
		struct schema *rest = diff_without(&s->a, s->diff, &one);
		struct plan *p = make_plan(s, s->from, rest);
		struct db *db = plans_open(&s->a, s->from_sql);

		if (!plans_apply(db, p, &s->err))
			fail_msg("without '%s': %s",
			    change_text(&s->a, one.v[0]), s->err.text);
		assert_same(s, plans_read(&s->a, db), rest,
		    change_text(&s->a, one.v[0]));
		assert_true(p->steps.n < s->plan->steps.n ||
			    p->diff->changes.n < s->diff->changes.n);
		db_close(db);
	}
}

/* Who owns nothing drops nothing, unless it is replaced. */
static void
run_without_owning(struct scene *s)
{
	static const bool drops[CHANGE_KIND_COUNT] = {
		[CHANGE_DROP_TABLE] = true,
		[CHANGE_DROP_COLUMN] = true,
		[CHANGE_DROP_OBJECT] = true,
		[CHANGE_DROP_INDEX] = true,
	};
	struct map none = { 0 };
	struct names kept = { 0 };
	struct schema *target =
	    diff_target(&s->a, s->to, s->from, &none, &kept);
	struct diff *d = diff_schemas(&s->a, s->from, target);
	size_t dropped = 0;

	for (size_t i = 0; i < s->diff->changes.n; i++)
		dropped += drops[s->diff->changes.v[i]->kind] &&
			   !s->diff->changes.v[i]->mate;
	for (size_t i = 0; i < d->changes.n; i++)
		if (drops[d->changes.v[i]->kind] && !d->changes.v[i]->mate)
			fail_msg("not owned: %s",
			    change_text(&s->a, d->changes.v[i]));
	assert_true(kept.n >= dropped);
}

static void
run_case(struct scene *s, struct buf *out)
{
	struct db *db = plans_open(&s->a, s->from_sql);

	s->from = plans_read(&s->a, db);
	db_close(db);
	db = plans_open(&s->a, s->to_sql);
	s->to = plans_read(&s->a, db);
	db_close(db);
	plans_wishes(&s->a, s->to, s->to_sql, &s->fails);
	s->diff = diff_schemas(&s->a, s->from, s->to);
	s->plan = transpile_plan(&s->a, s->diff, &s->err);
	plans_must(s->plan != NULL, &s->err, "plan");
	show_plan(s, out);
	run_there_and_back(s, out);
	if (!s->fails)
		run_without_each(s);
	run_without_owning(s);
}

static void
test_plan(void **state)
{
	const char *dir = *state;
	struct scene s = { 0 };
	struct buf from = { 0 }, to = { 0 }, out = { 0 };

	plans_must(file_read(&from, file_join(&s.a, dir, "from.sql"), &s.err),
	    &s.err, "read");
	plans_must(file_read(&to, file_join(&s.a, dir, "to.sql"), &s.err),
	    &s.err, "read");
	s.from_sql = buf_str(&from);
	s.to_sql = buf_str(&to);
	run_case(&s, &out);
	cases_compare(file_join(&s.a, dir, "wanted.txt"), &out);
	buf_release(&from);
	buf_release(&to);
	buf_release(&out);
	err_release(&s.err);
	arena_release(&s.a);
}

/* -- from any schema to any other, without rows --------------------------- */

static void
run_empty(struct scene *s)
{
	struct db *db = plans_open(&s->a, s->from_sql);
	struct db *wanted = plans_open(&s->a, s->to_sql);

	s->from = plans_read(&s->a, db);
	s->to = plans_read(&s->a, wanted);
	s->diff = diff_schemas(&s->a, s->from, s->to);
	s->plan = transpile_plan(&s->a, s->diff, &s->err);
	plans_must(s->plan != NULL, &s->err, "plan");
	plans_must(plans_apply(db, s->plan, &s->err), &s->err, "apply");
	assert_same(s, plans_read(&s->a, db), s->to, "applied");
	assert_sound(s, db);
	plans_must(plans_run(db, s->plan, true, &s->err), &s->err, "undo");
	assert_back(s, db);
	db_close(db);
	db_close(wanted);
}

/* Each golden case's goal becomes that of some others. */
static void
test_any_to_any(void **state)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	struct names found = { 0 }, sql = { 0 };

	(void)state;
	plans_must(
	    file_find(&a, &found, cases_path(&a, "golden/plan"), ".sql", &err),
	    &err, "find");
	for (size_t i = 0; i < found.n; i++) {
		struct buf text = { 0 };

		if (strcmp(strrchr(found.v[i], '/'), "/to.sql"))
			continue;
		plans_must(file_read(&text, found.v[i], &err), &err, "read");
		vec_push(&a, &sql, arena_strdup(&a, buf_str(&text)));
		buf_release(&text);
	}
	for (size_t i = 0; i < sql.n; i++)
		for (size_t k = 1; k < sql.n; k += 9) {
			struct scene s = { .from_sql = sql.v[i],
				.to_sql = sql.v[(i + k) % sql.n] };

			run_empty(&s);
			arena_release(&s.a);
		}
	arena_release(&a);
}

/* -- golden texts, for what is not run here ------------------------------- */

static struct schema *
read_notation(struct scene *s, const char *dir, const char *name)
{
	enum dialect d = DIALECT_SQLITE;
	const char *dialect = strrchr(dir, '/') + 1;
	struct buf text = { 0 };
	struct schema *out;

	assert_true(dialect_parse(
	    &d, arena_strndup(&s->a, dialect, strcspn(dialect, "-"))));
	plans_must(file_read(&text, file_join(&s->a, dir, name), &s->err),
	    &s->err, "read");
	out = notation_read(&s->a, d, "collections/app.c", buf_str(&text));
	buf_release(&text);
	return out;
}

/* The DDL of a schema: in.schema, wanted.sql. */
static void
test_schema(void **state)
{
	struct scene s = { 0 };
	struct buf out = { 0 };

	transpile_schema(&out, read_notation(&s, *state, "in.schema"));
	cases_compare(file_join(&s.a, *state, "wanted.sql"), &out);
	buf_release(&out);
	arena_release(&s.a);
}

/* A plan: from.schema, to.schema, wanted.txt. */
static void
test_text(void **state)
{
	struct scene s = { 0 };
	struct buf out = { 0 };

	s.from = read_notation(&s, *state, "from.schema");
	s.to = read_notation(&s, *state, "to.schema");
	s.diff = diff_schemas(&s.a, s.from, s.to);
	s.plan = transpile_plan(&s.a, s.diff, &s.err);
	if (s.plan)
		show_plan(&s, &out);
	else
		buf_fmt(&out, "%s\n", s.err.text);
	cases_compare(file_join(&s.a, *state, "wanted.txt"), &out);
	if (s.plan) {
		struct names none = { 0 };
		struct changes declined = { 0 };

		/* what the changes make, all of them, is the wanted schema */
		assert_string_equal(step_sql(&s.a, &none), "");
		assert_same(
		    &s, diff_without(&s.a, s.diff, &declined), s.to, "made");
	}
	buf_release(&out);
	err_release(&s.err);
	arena_release(&s.a);
}

VEC(tests, struct CMUnitTest);

/* One test for each folder that has such a file. */
static void
add_tests(struct arena *a, struct tests *tests, const char *folder,
    const char *file, CMUnitTestFunction test)
{
	struct err err = { 0 };
	struct names found = { 0 };
	size_t before = tests->n;

	plans_must(file_find(a, &found, cases_path(a, folder),
		       strrchr(file, '.'), &err),
	    &err, "find");
	for (size_t i = 0; i < found.n; i++) {
		char *dir = arena_strdup(a, found.v[i]);

		if (strcmp(strrchr(dir, '/') + 1, file))
			continue;
		*strrchr(dir, '/') = '\0';
		vec_push(a, tests,
		    (struct CMUnitTest){ .name = strrchr(dir, '/') + 1,
			.test_func = test,
			.initial_state = dir });
	}
	if (tests->n == before) {
		fprintf(stderr, "no %s below %s\n", file, folder);
		abort();
	}
}

int
main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct tests tests = { 0 };
	int failed;

	cases_bless = argc > 1 && !strcmp(argv[1], "--bless");
	vec_push(
	    &a, &tests, (struct CMUnitTest)cmocka_unit_test(test_any_to_any));
	add_tests(&a, &tests, "golden/plan", "to.sql", test_plan);
	add_tests(&a, &tests, "golden/transpile", "in.schema", test_schema);
	add_tests(&a, &tests, "golden/transpile", "to.schema", test_text);
	failed =
	    _cmocka_run_group_tests("transpile", tests.v, tests.n, NULL, NULL);
	arena_release(&a);
	return failed;
}
