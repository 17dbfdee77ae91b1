/* driver - the PostgreSQL driver, beside a server that the runner started */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/db.h"

struct place {
	struct arena a;
	struct err err;
	struct db *db;
};

static void
must(struct place *p, bool ok)
{
	if (!ok)
		fail_msg("%s", p->err.text ? p->err.text : "failed, unsaid");
}

static struct db *
open_url(struct place *p, const char *text)
{
	struct db_url url;
	struct db *db = NULL;

	must(p, db_url_parse(&p->a, &url, text, &p->err));
	must(p, db_open(&db, &url, DB_WRITE, &p->err));
	return db;
}

static int
set_up(void **state)
{
	static struct place place;

	place = (struct place){ 0 };
	place.db = open_url(&place, "postgresql:///");
	*state = &place;
	return 0;
}

static int
tear_down(void **state)
{
	struct place *p = *state;

	db_close(p->db);
	err_release(&p->err);
	arena_release(&p->a);
	return 0;
}

static void
assert_fails(struct place *p, bool ok, const char *says)
{
	assert_false(ok);
	assert_non_null(p->err.text);
	if (!strstr(p->err.text, says))
		fail_msg("\"%s\" is not in: %s", says, p->err.text);
	err_release(&p->err);
}

static void
test_rows_and_parameters(void **state)
{
	struct place *p = *state;
	const char *odd = "Robert'); DROP TABLE t; --\\";
	const char *const params[] = { odd, NULL };
	struct db_rows *r = db_query(
	    p->db, "SELECT $1::text, $2::text, 7, true", params, 2, &p->err);

	must(p, r != NULL);
	assert_true(db_rows_next(r, &p->err));
	assert_string_equal(db_text(r, 0), odd);
	assert_string_equal(db_text(r, 1), "");
	assert_true(db_null(r, 1));
	assert_int_equal(db_int(r, 2), 7);
	assert_int_equal(db_int(r, 3), 1);
	assert_false(db_rows_next(r, &p->err));
	assert_int_equal(p->err.kind, ERR_NONE);
	db_rows_end(r);
}

static void
add_up(void *arg, struct db_rows *r)
{
	*(int64_t *)arg += db_int(r, 0);
}

static void
test_questions_together(void **state)
{
	struct place *p = *state;
	const char *const five[] = { "5" };
	const struct db_ask good[] = {
		{ "SELECT generate_series(1, 1000)", NULL, 0, add_up },
		{ "SELECT 1 WHERE false", NULL, 0, add_up },
		{ "SELECT $1::integer", five, 1, add_up },
	};
	const struct db_ask bad[] = {
		{ "SELECT 1", NULL, 0, add_up },
		{ "SELECT missing", NULL, 0, add_up },
		{ "SELECT 2", NULL, 0, add_up },
	};
	int64_t sum = 0;

	must(p, db_ask(p->db, good, 3, &sum, &p->err));
	assert_int_equal(sum, 500500 + 5);
	assert_fails(p, db_ask(p->db, bad, 3, &sum, &p->err),
	    "column \"missing\" does not exist");
	must(p, db_count(p->db, "SELECT 4", &sum, &p->err));
	assert_int_equal(sum, 4);
}

/* The one that fails is known, and none behind it was run; the connection goes
 * on, inside its transaction or outside. */
static void
test_statements_together(void **state)
{
	struct place *p = *state;
	const char *const good[] = { "CREATE TEMP TABLE one (n int)",
		"INSERT INTO one VALUES (1)", "INSERT INTO one VALUES (2)" };
	const char *const bad[] = { "INSERT INTO one VALUES (4)",
		"INSERT INTO missing VALUES (8)",
		"INSERT INTO one VALUES (16)" };
	size_t done = 9;
	int64_t sum = 0;

	must(p, db_exec_all(p->db, NULL, 0, &done, &p->err));
	assert_int_equal(done, 0);
	must(p, db_begin(p->db, &p->err));
	must(p, db_exec_all(p->db, good, 3, &done, &p->err));
	assert_int_equal(done, 3);
	must(p, db_commit(p->db, &p->err));
	must(p, db_begin(p->db, &p->err));
	assert_fails(p, db_exec_all(p->db, bad, 3, &done, &p->err),
	    "relation \"missing\" does not exist");
	assert_int_equal(done, 1);
	assert_fails(p, db_count(p->db, "SELECT 1", &sum, &p->err), "aborted");
	db_rollback(p->db);
	must(p, db_count(p->db, "SELECT sum(n) FROM one", &sum, &p->err));
	assert_int_equal(sum, 3);
}

static void
test_a_failed_transaction_is_no_commit(void **state)
{
	struct place *p = *state;
	int64_t n = -1;

	must(p, db_exec(p->db, "CREATE TABLE t (a integer)", &p->err));
	must(p, db_begin(p->db, &p->err));
	must(p, db_exec(p->db, "INSERT INTO t VALUES (1)", &p->err));
	assert_fails(
	    p, db_exec(p->db, "INSERT INTO t VALUES ('x')", &p->err), "\"x\"");
	assert_fails(p, db_commit(p->db, &p->err), "cannot be committed");
	db_rollback(p->db);
	db_rollback(p->db);
	must(p, db_count(p->db, "SELECT count(*) FROM t", &n, &p->err));
	assert_int_equal(n, 0);
	must(p, db_exec(p->db, "DROP TABLE t", &p->err));
}

static void
test_one_at_a_time(void **state)
{
	struct place *p = *state;
	struct db *other = open_url(p, "postgresql:///");

	must(p, db_lock(p->db, &p->err));
	must(p, db_lock(p->db, &p->err));
	db_timeout(other, 50);
	assert_fails(p, db_lock(other, &p->err), "another deesse is changing");
	db_close(p->db);
	p->db = open_url(p, "postgresql:///");
	db_timeout(other, 5000);
	must(p, db_lock(other, &p->err));
	db_close(other);
}

static void
test_a_lost_connection(void **state)
{
	struct place *p = *state;
	struct db *other = open_url(p, "postgresql:///");
	int64_t n;

	must(p, db_begin(other, &p->err));
	must(p, db_exec(p->db,
		    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
		    "WHERE pid <> pg_backend_pid() AND application_name = "
		    "'deesse'",
		    &p->err));
	assert_fails(p, db_count(other, "SELECT 1", &n, &p->err),
	    "terminating connection");
	assert_fails(
	    p, db_exec(other, "SELECT 1", &p->err), "the connection is lost");
	assert_false(db_commit(other, &p->err));
	db_rollback(other);
	db_close(other);
	err_release(&p->err);
}

static void
test_old_strings_are_refused(void **state)
{
	struct place *p = *state;
	struct db_url url;
	struct db *db = NULL;

	must(p, db_url_parse(&p->a, &url,
		    "postgresql:///?options=-c%20standard_conforming_strings"
		    "%3Doff",
		    &p->err));
	assert_fails(p, db_open(&db, &url, DB_WRITE, &p->err),
	    "standard_conforming_strings is off");
	assert_null(db);
}

static void
test_the_session_is_always_the_same(void **state)
{
	struct place *p = *state;
	struct db *db = open_url(p,
	    "postgresql:///?options=-c%20DateStyle%3DGerman%20-c%20"
	    "search_path%3Dpg_catalog%20-c%20statement_timeout%3D1");
	struct db_rows *r = db_query(db,
	    "SELECT date '2026-11-21', current_setting('search_path'), "
	    "current_setting('statement_timeout'), interval '90 minutes'",
	    NULL, 0, &p->err);

	must(p, r && db_rows_next(r, &p->err));
	assert_string_equal(db_text(r, 0), "2026-11-21");
	assert_string_equal(db_text(r, 1), "public");
	assert_string_equal(db_text(r, 2), "0");
	assert_string_equal(db_text(r, 3), "01:30:00");
	db_rows_end(r);
	db_close(db);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rows_and_parameters),
		TEST(test_questions_together),
		TEST(test_statements_together),
		TEST(test_a_failed_transaction_is_no_commit),
		TEST(test_one_at_a_time),
		TEST(test_a_lost_connection),
		TEST(test_old_strings_are_refused),
		TEST(test_the_session_is_always_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
