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

static void
test_change_comes_back(void **state)
{
	struct fixture *f = *state;
	struct journal_run run = a_run();
	struct journal_change c;
	struct journal_statements list = { 0 };
	struct journal_entries runs = { 0 };
	struct journal_statement s = { .sql = "ALTER TABLE a\nDROP b",
		.phase = "tighten",
		.verdict = VERDICT_DESTRUCTIVE,
		.what = "drop column a.b",
		.undo_rebuilds = true };
	int64_t id = 0;
	bool known = false;

	vec_push(&f->a, &run.statements, s);
	run.change.earlier = "CREATE TABLE a (b);\n";
	vec_push(&f->a, &run.change.later, "table odd\n\\name");
	vec_push(&f->a, &run.change.later, "hash");
	for (int i = 0; i < JOURNAL_RENAME; i++)
		vec_push(&f->a, &run.change.renames, i < 3 ? "x\ty" : "");
	vec_push(&f->a, &run.change.series, "a");
	vec_push(&f->a, &run.change.series, "12");
	run.change.trash = "token";
	run.change.entries = 3;
	run.counter = 4;
	assert_true(db_begin(f->db, &f->err));
	assert_true(journal_write(&f->a, f->db, &run, &id, &f->err));
	assert_true(db_commit(f->db, &f->err));
	assert_int_equal(id, 1);
	assert_true(
	    journal_change(&f->a, f->db, id, &c, &known, &f->err) && known);
	assert_string_equal(c.earlier, run.change.earlier);
	assert_int_equal(c.later.n, 2);
	assert_string_equal(c.later.v[0], "table odd\n\\name");
	assert_int_equal(c.renames.n, JOURNAL_RENAME);
	assert_string_equal(c.renames.v[2], "x\ty");
	assert_string_equal(c.renames.v[6], "");
	assert_string_equal(c.series.v[1], "12");
	assert_string_equal(c.trash, "token");
	assert_int_equal(c.entries, 3);
	assert_null(c.lost);
	assert_true(journal_statements(&f->a, f->db, id, &list, &f->err));
	assert_int_equal(list.n, 1);
	assert_string_equal(list.v[0].what, s.what);
	assert_true(list.v[0].undo_rebuilds);
	assert_null(list.v[0].undo);
	assert_int_equal(list.v[0].verdict, VERDICT_DESTRUCTIVE);
	/* a run that takes it back is seen on it */
	run.change = (struct journal_change){ .undoes = id };
	assert_true(write_run(f, &run));
	assert_true(journal_history(&f->a, f->db, 0, &runs, &f->err));
	assert_int_equal(runs.n, 2);
	assert_int_equal(runs.v[0].undoes, 1);
	assert_int_equal(runs.v[1].undone_by, 2);
	assert_int_equal(runs.v[1].counter_before, 4);
	assert_true(runs.v[1].counter_after > 0);
}

/* The counter moves with the schema, and with VACUUM, which renumbers. */
static void
test_counter_sees_vacuum(void **state)
{
	struct fixture *f = *state;
	int64_t one, two, three;

	assert_true(db_exec(f->db, "CREATE TABLE a (b)", &f->err));
	assert_true(journal_counter(f->db, &one, &f->err));
	assert_true(db_exec(f->db, "INSERT INTO a VALUES (1)", &f->err));
	assert_true(journal_counter(f->db, &two, &f->err));
	assert_int_equal(one, two);
	assert_true(db_exec(f->db, "VACUUM", &f->err));
	assert_true(journal_counter(f->db, &three, &f->err));
	assert_int_not_equal(two, three);
}

/* A journal of the first version is read as far as it goes, and gets what it
 * lacks with the next run. */
static void
test_old_journal(void **state)
{
	static const char old[] =
	    "CREATE TABLE _deesse_state (key TEXT PRIMARY KEY NOT NULL,"
	    " value TEXT NOT NULL) WITHOUT ROWID;"
	    "CREATE TABLE _deesse_objects (name TEXT PRIMARY KEY NOT NULL,"
	    " keys TEXT NOT NULL) WITHOUT ROWID;"
	    "CREATE TABLE _deesse_history (id INTEGER PRIMARY KEY,"
	    " at TEXT NOT NULL DEFAULT 'then', who TEXT NOT NULL,"
	    " command TEXT NOT NULL, version TEXT NOT NULL,"
	    " verdict TEXT NOT NULL, before TEXT NOT NULL,"
	    " after TEXT NOT NULL);"
	    "CREATE TABLE _deesse_statements (run INTEGER NOT NULL,"
	    " n INTEGER NOT NULL, sql TEXT NOT NULL, undo TEXT,"
	    " phase TEXT NOT NULL, verdict TEXT NOT NULL, source TEXT,"
	    " PRIMARY KEY (run, n)) WITHOUT ROWID;"
	    "INSERT INTO _deesse_history (who, command, version, verdict,"
	    " before, after) VALUES ('me', 'push', '0.0', 'safe', 'b', 'a');"
	    "INSERT INTO _deesse_statements VALUES (1, 1, 'CREATE', 'DROP',"
	    " 'relax', 'safe', NULL)";
	struct fixture *f = *state;
	struct journal_run run = a_run();
	struct journal_entries runs = { 0 }, again = { 0 };
	struct journal_statements list = { 0 };
	struct journal_statement s = { .sql = "x", .phase = "relax" };
	struct journal_change c;
	bool known = true;

	assert_true(db_exec(f->db, old, &f->err));
	assert_true(journal_history(&f->a, f->db, 0, &runs, &f->err));
	assert_int_equal(runs.n, 1);
	assert_string_equal(runs.v[0].who, "me");
	assert_int_equal(runs.v[0].counter_after, -1);
	assert_true(journal_statements(&f->a, f->db, 1, &list, &f->err));
	assert_string_equal(list.v[0].undo, "DROP");
	assert_null(list.v[0].what);
	assert_true(journal_change(&f->a, f->db, 1, &c, &known, &f->err));
	assert_false(known);
	vec_push(&f->a, &run.statements, s);
	run.change.earlier = "";
	assert_true(write_run(f, &run));
	assert_true(journal_history(&f->a, f->db, 0, &again, &f->err));
	assert_int_equal(again.n, 2);
	assert_true(journal_change(&f->a, f->db, 2, &c, &known, &f->err));
	assert_true(known);
	/* the old run still has nothing that could be taken back */
	assert_true(journal_change(&f->a, f->db, 1, &c, &known, &f->err));
	assert_false(known);
}

static void
test_no_journal(void **state)
{
	struct fixture *f = *state;
	struct journal_entries runs = { 0 };
	struct journal_statements list = { 0 };
	struct journal_change c;
	bool known = true;

	assert_true(journal_history(&f->a, f->db, 0, &runs, &f->err));
	assert_true(journal_statements(&f->a, f->db, 1, &list, &f->err));
	assert_true(journal_change(&f->a, f->db, 1, &c, &known, &f->err));
	assert_int_equal(runs.n + list.n, 0);
	assert_false(known);
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
		    test_change_comes_back, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_counter_sees_vacuum, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_old_journal, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_no_journal, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_rolled_back_with_its_transaction, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
