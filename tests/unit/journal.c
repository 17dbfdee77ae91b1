/* journal - the state of a database, written and read back */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "journal/journal.h"

struct fixture {
	struct arena a;
	struct db *db;
	struct err err;
};

static int
setup(void **state)
{
	static struct fixture f;
	struct db_url url;

	f = (struct fixture){ 0 };
	assert_true(db_url_parse(&f.a, &url, "sqlite::memory:", &f.err));
	assert_true(db_open(&f.db, &url, DB_WRITE, &f.err));
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	db_close(f->db);
	arena_release(&f->a);
	err_release(&f->err);
	return 0;
}

static bool
write_run(struct fixture *f, const struct journal_run *run)
{
	bool ok = db_begin(f->db, &f->err) &&
		  journal_write(&f->a, f->db, run, NULL, &f->err);

	return ok ? db_commit(f->db, &f->err) : (db_rollback(f->db), false);
}

static struct journal_run
a_run(void)
{
	return (struct journal_run){
		.command = "push",
		.version = "0.1",
		.source_key = "source",
		.fingerprint = "after",
		.declared = "declared",
		.before = "before",
		.verdict = VERDICT_SAFE,
	};
}

static void
test_never_seen(void **state)
{
	struct fixture *f = *state;
	struct journal_state s;

	assert_true(journal_read(&f->a, f->db, &s, &f->err));
	assert_false(s.known);
	assert_null(s.version);
	assert_int_equal(s.owned.n, 0);
}

static void
test_state_comes_back(void **state)
{
	struct fixture *f = *state;
	struct journal_run run = a_run();
	struct journal_state s;

	vec_push(&f->a, &run.owned, "table posts");
	vec_push(&f->a, &run.owned, "column posts.title");
	vec_push(&f->a, &run.owned, "check posts a\n= '\\n'");
	vec_push(&f->a, &run.owned, "table users");
	assert_true(write_run(f, &run));
	assert_true(journal_read(&f->a, f->db, &s, &f->err));
	assert_true(s.known);
	assert_string_equal(s.version, "0.1");
	assert_string_equal(s.source_key, "source");
	assert_string_equal(s.fingerprint, "after");
	assert_string_equal(s.declared, "declared");
	assert_int_equal(strlen(s.at), strlen("2026-01-01T00:00:00Z"));
	assert_int_equal(s.owned.n, 4);
	assert_non_null(map_get(&s.owned, "table posts"));
	assert_non_null(map_get(&s.owned, "column posts.title"));
	assert_non_null(map_get(&s.owned, "check posts a\n= '\\n'"));
	assert_non_null(map_get(&s.owned, "table users"));
	assert_null(map_get(&s.owned, "table comments"));
}

static void
test_state_is_replaced(void **state)
{
	struct fixture *f = *state;
	struct journal_run run = a_run();
	struct journal_state s;

	vec_push(&f->a, &run.owned, "table posts");
	assert_true(write_run(f, &run));
	run.owned = (struct names){ 0 };
	vec_push(&f->a, &run.owned, "table users");
	run.fingerprint = "later";
	assert_true(write_run(f, &run));
	assert_true(journal_read(&f->a, f->db, &s, &f->err));
	assert_string_equal(s.fingerprint, "later");
	assert_int_equal(s.owned.n, 1);
	assert_non_null(map_get(&s.owned, "table users"));
}

static void
test_history(void **state)
{
	struct fixture *f = *state;
	struct journal_run run = a_run();
	struct journal_entries list = { 0 };

	/* a run without statements moves the state and is no history */
	assert_true(write_run(f, &run));
	/* more statements than one INSERT takes */
	for (int i = 0; i < 1201; i++) {
		struct journal_statement s = {
			.sql = arena_fmt(&f->a, "CREATE TABLE t%d (a)", i),
			.phase = "relax",
			.verdict = VERDICT_SAFE,
		};

		vec_push(&f->a, &run.statements, s);
	}
	assert_true(write_run(f, &run));
	run.statements.n = 1;
	run.command = "dev";
	run.verdict = VERDICT_DESTRUCTIVE;
	assert_true(write_run(f, &run));
	assert_true(journal_history(&f->a, f->db, 10, &list, &f->err));
	assert_int_equal(list.n, 2);
	assert_string_equal(list.v[0].command, "dev");
	assert_string_equal(list.v[0].verdict, "destructive");
	assert_int_equal(list.v[0].statements, 1);
	assert_int_equal(list.v[1].statements, 1201);
	assert_true(*list.v[1].who != '\0');
}

static void
test_rolled_back_with_its_transaction(void **state)
{
	struct fixture *f = *state;
	struct journal_run run = a_run();
	struct journal_state s;

	assert_true(db_begin(f->db, &f->err));
	assert_true(journal_write(&f->a, f->db, &run, NULL, &f->err));
	db_rollback(f->db);
	assert_true(journal_read(&f->a, f->db, &s, &f->err));
	assert_false(s.known);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    test_never_seen, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_state_comes_back, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_state_is_replaced, setup, teardown),
		cmocka_unit_test_setup_teardown(test_history, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_rolled_back_with_its_transaction, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
