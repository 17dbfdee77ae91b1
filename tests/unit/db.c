/* db - URLs, the SQLite driver, and what can be wrong with a file */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "db/db.h"

/* Every test has a folder of its own, and an arena. */
struct place {
	struct arena a;
	char dir[64];
	const char *file;
	struct err err;
};

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	snprintf(p->dir, sizeof(p->dir), "/tmp/deesse-db-XXXXXX");
	if (!mkdtemp(p->dir) || chmod(p->dir, 0755))
		return -1;
	p->file = file_join(&p->a, p->dir, "app.db");
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

static bool
try_open(struct place *p, struct db **db, const char *path, enum db_mode mode)
{
	struct db_url url;

	err_release(&p->err);
	if (!db_url_parse(
		&p->a, &url, arena_fmt(&p->a, "sqlite:%s", path), &p->err))
		return false;
	return db_open(db, &url, mode, &p->err);
}

static struct db *
opened(struct place *p, enum db_mode mode)
{
	struct db *db = NULL;

	if (!try_open(p, &db, p->file, mode))
		fail_msg("%s", p->err.text);
	return db;
}

static void
run(struct place *p, struct db *db, const char *sql)
{
	if (!db_exec(db, sql, &p->err))
		fail_msg("%s", p->err.text);
}

static void
assert_says(struct place *p, const char *words)
{
	assert_int_not_equal(p->err.kind, ERR_NONE);
	if (!strstr(p->err.text, words))
		fail_msg("\"%s\" is not in: %s", words, p->err.text);
}

static int64_t
count(struct place *p, struct db *db, const char *sql)
{
	int64_t n = -1;

	if (!db_count(db, sql, &n, &p->err))
		fail_msg("%s", p->err.text);
	return n;
}

static void
test_urls(void **state)
{
	static const struct {
		const char *text;
		enum dialect dialect;
		const char *path, *shown;
	} cases[] = {
		{ "sqlite:app.db", DIALECT_SQLITE, "app.db", "sqlite:app.db" },
		{ "sqlite://app.db", DIALECT_SQLITE, "app.db",
		    "sqlite:app.db" },
		{ "sqlite:///var/a b.db", DIALECT_SQLITE, "/var/a b.db",
		    "sqlite:/var/a b.db" },
		{ "sqlite::memory:", DIALECT_SQLITE,
		    ":memory:", "sqlite::memory:" },
		{ "postgres://ada@db.example:5433/app", DIALECT_POSTGRES, NULL,
		    "postgres://ada@db.example:5433/app" },
		{ "postgresql:///app", DIALECT_POSTGRES, NULL,
		    "postgresql:///app" },
		{ "postgresql://h:5432/app?sslmode=require", DIALECT_POSTGRES,
		    NULL, "postgresql://h:5432/app?sslmode=require" },
		{ "postgresql://ada:geheim@h/app", DIALECT_POSTGRES, NULL,
		    "postgresql://ada@h/app" },
		{ "postgresql://ada:geheim@h1:1,h2:2/app", DIALECT_POSTGRES,
		    NULL, "postgresql://ada@h1:1,h2:2/app" },
		{ "postgresql://:geheim@h/app", DIALECT_POSTGRES, NULL,
		    "postgresql://@h/app" },
		{ "postgresql://ada:ge@he/i?m@h/app", DIALECT_POSTGRES, NULL,
		    "postgresql://ada@h/app" },
		{ "postgresql://h/app?password=geheim", DIALECT_POSTGRES, NULL,
		    "postgresql://h/app" },
		{ "postgresql://h/app?user=ada&password=geheim&a=b",
		    DIALECT_POSTGRES, NULL, "postgresql://h/app?user=ada&a=b" },
		{ "postgresql://h/app?pass%77ord=geheim&sslpassword=geheim",
		    DIALECT_POSTGRES, NULL, "postgresql://h/app" },
		{ "postgresql://h/app?PASSWORD=geheim&x", DIALECT_POSTGRES,
		    NULL, "postgresql://h/app?x" },
	};
	struct place *p = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct db_url url;

		assert_true(db_url_parse(&p->a, &url, cases[i].text, &p->err));
		assert_int_equal(url.dialect, cases[i].dialect);
		assert_string_equal(url.text, cases[i].text);
		assert_string_equal(url.shown, cases[i].shown);
		assert_null(strstr(url.shown, "geheim"));
		if (cases[i].path)
			assert_string_equal(url.path, cases[i].path);
		else
			assert_null(url.path);
	}
}

static void
test_bad_urls(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "", "no database URL" },
		{ "app.db", "did you mean sqlite:app.db?" },
		{ "mysql://ada:geheim@h/app", "\"mysql:\" are not known" },
		{ "host=h password=geheim", "no database URL" },
		{ "geheim@h", "no database URL" },
		{ "sqlite:", "names no file" },
		{ "sqlite://", "names no file" },
		{ "postgresql:ada:geheim", "must begin with postgresql://" },
	};
	struct place *p = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct db_url url;

		assert_false(db_url_parse(&p->a, &url, cases[i].text, &p->err));
		assert_int_equal(p->err.kind, ERR_USAGE);
		assert_says(p, cases[i].says);
		assert_says(p, "sqlite:app.db");
		assert_null(strstr(p->err.text, "geheim"));
		err_release(&p->err);
	}
}

static void
test_a_server_that_is_away_is_named_without_the_password(void **state)
{
	struct place *p = *state;
	struct db *db = NULL;
	struct db_url url;

	assert_true(db_url_parse(
	    &p->a, &url, "postgres://ada:geheim@/app?host=/nowhere", &p->err));
	assert_false(db_open(&db, &url, DB_READ, &p->err));
	assert_null(db);
	assert_says(p, "postgres://ada@/app?host=/nowhere");
	assert_says(p, "No such file or directory");
	assert_null(strstr(p->err.text, "geheim"));
}

static void
test_rows(void **state)
{
	struct place *p = *state;
	struct db *db = opened(p, DB_WRITE);
	const char *odd = "Robert'); DROP TABLE t; --";
	struct db_rows *r;

	assert_int_equal(db_dialect(db), DIALECT_SQLITE);
	assert_string_equal(db_name(db), p->file);
	run(p, db,
	    "CREATE TABLE t (a, b); ; -- two\n"
	    "INSERT INTO t VALUES (1, 'x'), (2, NULL);");
	r = db_query(db, "SELECT a, b FROM t ORDER BY a", NULL, 0, &p->err);
	assert_non_null(r);
	assert_true(db_rows_next(r, &p->err));
	assert_int_equal(db_int(r, 0), 1);
	assert_string_equal(db_text(r, 1), "x");
	assert_false(db_null(r, 1));
	assert_true(db_rows_next(r, &p->err));
	assert_string_equal(db_text(r, 0), "2");
	assert_true(db_null(r, 1));
	assert_string_equal(db_text(r, 1), "");
	assert_false(db_rows_next(r, &p->err));
	assert_int_equal(p->err.kind, ERR_NONE);
	db_rows_end(r);

	r = db_query(db, "INSERT INTO t VALUES (?1, ?2)",
	    (const char *[]){ odd, NULL }, 2, &p->err);
	assert_false(db_rows_next(r, &p->err));
	assert_int_equal(p->err.kind, ERR_NONE);
	db_rows_end(r);
	assert_int_equal(count(p, db, "SELECT count(*) FROM t"), 3);
	r = db_query(db, "SELECT b IS NULL FROM t WHERE a = ?1",
	    (const char *[]){ odd }, 1, &p->err);
	assert_true(db_rows_next(r, &p->err));
	assert_int_equal(db_int(r, 0), 1);
	db_rows_end(r);
	db_rows_end(NULL);
	db_close(db);
	db_close(NULL);
}

static void
test_errors_of_statements(void **state)
{
	struct place *p = *state;
	struct db *db = opened(p, DB_WRITE);
	struct db_rows *r;
	int64_t n;

	assert_false(db_exec(db,
	    "CREATE TABLE a (x); CREATE\nTABLE a (y); CREATE TABLE b (z)",
	    &p->err));
	assert_says(p, "table a already exists");
	assert_says(p, "in: CREATE TABLE a (y)");
	assert_int_equal(count(p, db, "SELECT count(*) FROM sqlite_schema"), 1);
	assert_false(db_exec(db, "CREATE TABLE a (y)", &p->err));
	assert_null(strstr(p->err.text, "in: "));
	assert_null(db_query(db, "SELEC 1", NULL, 0, &p->err));
	assert_says(p, "syntax error");
	assert_null(db_query(db, "SELECT ?1", NULL, 0, &p->err));
	assert_says(p, "0 values for 1 parameters");
	assert_false(db_count(db, "SELECT 1 WHERE 0", &n, &p->err));
	assert_says(p, "no row");
	/* an error in the middle of rows is no end of rows */
	err_release(&p->err);
	r = db_query(db,
	    "SELECT abs(x) FROM (SELECT 1 AS x UNION ALL "
	    "SELECT -9223372036854775808)",
	    NULL, 0, &p->err);
	assert_true(db_rows_next(r, &p->err));
	assert_false(db_rows_next(r, &p->err));
	assert_says(p, "integer overflow");
	db_rows_end(r);
	assert_false(
	    db_count(db, "SELECT abs(-9223372036854775808)", &n, &p->err));
	assert_says(p, "integer overflow");
	db_close(db);
}

static void
test_long_statements_are_cut_between_characters(void **state)
{
	struct place *p = *state;
	struct db *db = opened(p, DB_WRITE);
	struct buf b = { 0 };

	for (int shift = 0; shift < 3; shift++) {
		buf_cut(&b, 0);
		buf_fmt(&b, "SELECT '%.*s", shift, "xx");
		for (int i = 0; i < 200; i++)
			buf_puts(&b, "\xe2\x82\xac");
		buf_puts(&b, "' FROM nowhere; SELECT 1");
		assert_false(db_exec(db, b.s, &p->err));
		assert_says(p, "\xe2\x82\xac …");
		assert_null(strstr(p->err.text, "\xe2\x82 "));
		assert_null(strstr(p->err.text, "\xe2 "));
	}
	buf_release(&b);
	db_close(db);
}

static void
test_safe_settings(void **state)
{
	struct place *p = *state;
	struct db *db = opened(p, DB_WRITE);

	assert_int_equal(count(p, db, "PRAGMA foreign_keys"), 1);
	/* not trusted, but where the JSON functions need it */
	assert_int_equal(count(p, db, "PRAGMA trusted_schema"),
	    count(p, db,
		"SELECT count(*) FROM pragma_function_list WHERE "
		"name = 'json_valid' AND NOT flags & 0x200000"));
	run(p, db,
	    "CREATE TABLE j (a CHECK (json_valid(a)), b AS (a ->> 'b'));"
	    "CREATE INDEX jb ON j (b);"
	    "INSERT INTO j VALUES ('{\"b\":1}')");
	/* defensive: the schema cannot be edited behind SQLite's back */
	run(p, db, "CREATE TABLE t (a); PRAGMA writable_schema = ON");
	assert_false(
	    db_exec(db, "UPDATE sqlite_schema SET sql = 'x'", &p->err));
	db_close(db);
}

static void
test_files_that_are_no_database(void **state)
{
	struct place *p = *state;
	struct db *db = NULL;
	char text[2048];

	memset(text, 'x', sizeof(text));
	assert_true(file_write(p->file, text, sizeof(text), 0644, &p->err));
	assert_false(try_open(p, &db, p->file, DB_READ));
	assert_says(p, "app.db is not a SQLite database");
	assert_false(try_open(p, &db, p->file, DB_WRITE));
	assert_says(p, "app.db is not a SQLite database");
	assert_null(db);
	assert_false(try_open(p, &db, p->dir, DB_WRITE));
	assert_says(p, "is a folder");
	assert_int_equal(unlink(p->file), 0);
	assert_int_equal(mkfifo(p->file, 0600), 0);
	assert_false(try_open(p, &db, p->file, DB_READ));
	assert_says(p, "is not a file");
	assert_false(
	    try_open(p, &db, arena_fmt(&p->a, "%s/x.db", p->file), DB_WRITE));
	assert_says(p, "is not a folder");
	assert_false(
	    try_open(p, &db, arena_fmt(&p->a, "%s/no/x.db", p->dir), DB_WRITE));
	assert_says(p, "/no: No such file or directory");
	assert_false(try_open(
	    p, &db, arena_fmt(&p->a, "%s/no/x.db", p->dir), DB_READ_NEW));
	assert_says(p, "No such file or directory");
}

static void
test_missing_file(void **state)
{
	struct place *p = *state;
	struct db *db = NULL;

	assert_false(try_open(p, &db, p->file, DB_READ));
	assert_says(p, "app.db does not exist");
	db = opened(p, DB_READ_NEW);
	assert_string_equal(db_name(db), p->file);
	assert_int_equal(count(p, db, "SELECT count(*) FROM sqlite_schema"), 0);
	assert_true(db_lock(db, &p->err));
	db_close(db);
	assert_false(file_exists(p->file));
	db = opened(p, DB_WRITE);
	run(p, db, "CREATE TABLE t (a)");
	db_close(db);
	assert_true(file_exists(p->file));
	db = opened(p, DB_READ_NEW);
	assert_int_equal(count(p, db, "SELECT count(*) FROM sqlite_schema"), 1);
	assert_false(db_exec(db, "CREATE TABLE u (a)", &p->err));
	assert_says(p, "cannot be written");
	db_close(db);
}

static void
test_damaged_file(void **state)
{
	struct place *p = *state;
	struct db *db = opened(p, DB_WRITE);
	struct buf b = { 0 };
	int64_t n;

	run(p, db,
	    "PRAGMA page_size = 512; CREATE TABLE t (a);"
	    "INSERT INTO t VALUES (1)");
	db_close(db);
	assert_true(file_read(&b, p->file, &p->err));
	memset(b.s + 512, 0xff, 512);
	assert_true(file_write(p->file, b.s, b.len, 0644, &p->err));
	buf_release(&b);
	db = opened(p, DB_READ);
	assert_false(db_count(db, "SELECT count(*) FROM t", &n, &p->err));
	assert_says(p, "app.db is damaged");
	assert_says(p, "SQLite says: ");
	db_close(db);
}

/* Begins a child that does `play` and then waits to be killed; returns when it
 * has written its byte. */
static pid_t
child(struct place *p, void (*play)(struct place *p))
{
	int ready[2];
	pid_t pid;
	char c;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (!pid) {
		play(p);
		if (write(ready[1], "x", 1) != 1)
			_exit(1);
		pause();
		_exit(0);
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(ready[0]);
	return pid;
}

static void
end_child(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void
hold_write_lock(struct place *p)
{
	struct db *db = opened(p, DB_WRITE);

	run(p, db, "BEGIN IMMEDIATE; INSERT INTO t VALUES (1)");
}

static void
hold_write_lock_wal(struct place *p)
{
	struct db *db = opened(p, DB_WRITE);

	run(p, db, "PRAGMA journal_mode = WAL");
	run(p, db, "BEGIN IMMEDIATE; INSERT INTO t VALUES (1)");
}

static void
check_locked(struct place *p, void (*play)(struct place *))
{
	struct db *db = opened(p, DB_WRITE);
	pid_t pid;

	run(p, db, "CREATE TABLE IF NOT EXISTS t (a)");
	db_close(db);
	pid = child(p, play);
	db = opened(p, DB_WRITE);
	db_timeout(db, 100);
	assert_false(db_begin(db, &p->err));
	assert_says(p, "app.db is locked");
	/* where the system tells who it is, we do */
	if (!access("/proc/locks", R_OK) && !strstr(p->err.text, "fuser"))
		assert_says(
		    p, arena_fmt(&p->a, "test-db (process %ld)", (long)pid));
	else
		assert_says(p, "fuser -v ");
	err_release(&p->err);
	end_child(pid);
	assert_true(db_begin(db, &p->err));
	db_rollback(db);
	assert_int_equal(count(p, db, "SELECT count(*) FROM t"), 0);
	db_close(db);
}

static void
test_locked_by_another_program(void **state)
{
	check_locked(*state, hold_write_lock);
}

static void
test_locked_in_wal_mode(void **state)
{
	check_locked(*state, hold_write_lock_wal);
}

/* The lock comes free while we wait for it. */
static void
test_waits_for_a_lock(void **state)
{
	struct place *p = *state;
	struct db *db = opened(p, DB_WRITE);
	pid_t pid, killer;

	run(p, db, "CREATE TABLE t (a)");
	pid = child(p, hold_write_lock);
	killer = fork();
	if (!killer) {
		usleep(200000);
		kill(pid, SIGKILL);
		_exit(0);
	}
	db_timeout(db, 20000);
	assert_true(db_begin(db, &p->err));
	assert_true(db_commit(db, &p->err));
	waitpid(killer, NULL, 0);
	waitpid(pid, NULL, 0);
	db_close(db);
}

/* A reader makes COMMIT wait; the transaction stays open meanwhile. */
static void
test_busy_commit_leaves_the_transaction_open(void **state)
{
	struct place *p = *state;
	struct db *db = opened(p, DB_WRITE), *reader;
	struct db_rows *r;

	run(p, db, "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)");
	reader = opened(p, DB_READ);
	r = db_query(reader, "SELECT a FROM t", NULL, 0, &p->err);
	assert_true(db_rows_next(r, &p->err));
	db_timeout(db, 100);
	assert_true(db_begin(db, &p->err));
	run(p, db, "INSERT INTO t VALUES (3)");
	assert_false(db_commit(db, &p->err));
	assert_says(p, "is locked");
	db_rows_end(r);
	err_release(&p->err);
	assert_true(db_commit(db, &p->err));
	assert_int_equal(count(p, reader, "SELECT count(*) FROM t"), 3);
	db_close(reader);
	db_close(db);
}

/* Pages that do not fit into the cache wait for a reader once, not each by
 * itself: this would take hours. */
static void
test_large_write_beside_a_reader(void **state)
{
	struct place *p = *state;
	struct db *db = opened(p, DB_WRITE), *reader;
	struct db_rows *r;

	run(p, db, "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)");
	reader = opened(p, DB_READ);
	r = db_query(reader, "SELECT a FROM t", NULL, 0, &p->err);
	assert_true(db_rows_next(r, &p->err));
	db_timeout(db, 300);
	assert_true(db_begin(db, &p->err));
	run(p, db,
	    "PRAGMA cache_size = 10; WITH RECURSIVE c(i) AS (SELECT 1"
	    " UNION ALL SELECT i + 1 FROM c WHERE i < 100000)"
	    " INSERT INTO t SELECT randomblob(3000) FROM c LIMIT 20000");
	db_rows_end(r);
	assert_true(db_commit(db, &p->err));
	assert_int_equal(count(p, reader, "SELECT count(*) FROM t"), 20002);
	db_close(reader);
	db_close(db);
}

static void
count_ticks(void *arg)
{
	++*(int *)arg;
}

static void
test_progress(void **state)
{
	struct place *p = *state;
	struct db *db = opened(p, DB_WRITE);
	static const char sql[] =
	    "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c"
	    " WHERE i < 200000) SELECT sum(i) FROM c";
	int ticks = 0;

	db_progress(db, count_ticks, &ticks);
	run(p, db, sql);
	assert_true(ticks > 0);
	db_progress(db, NULL, NULL);
	ticks = 0;
	run(p, db, sql);
	assert_int_equal(ticks, 0);
	db_close(db);
}

static void
test_transactions(void **state)
{
	struct place *p = *state;
	struct db *db = opened(p, DB_WRITE);

	run(p, db, "CREATE TABLE t (a)");
	assert_true(db_begin(db, &p->err));
	run(p, db, "INSERT INTO t VALUES (1)");
	db_rollback(db);
	db_rollback(db);
	assert_int_equal(count(p, db, "SELECT count(*) FROM t"), 0);
	assert_false(db_commit(db, &p->err));
	assert_says(p, "no transaction");
	db_close(db);
}

static void
test_rebuild_mode(void **state)
{
	struct place *p = *state;
	struct db *db = opened(p, DB_WRITE);

	assert_true(db_rebuild_mode(db, true, &p->err));
	assert_int_equal(count(p, db, "PRAGMA foreign_keys"), 0);
	assert_true(db_rebuild_mode(db, false, &p->err));
	assert_int_equal(count(p, db, "PRAGMA foreign_keys"), 1);
	assert_true(db_begin(db, &p->err));
	assert_false(db_rebuild_mode(db, true, &p->err));
	assert_says(p, "cannot be turned off");
	db_rollback(db);
	db_close(db);
}

static void
hold_deesse_lock(struct place *p)
{
	struct db *db = opened(p, DB_WRITE);

	if (!db_lock(db, &p->err))
		_exit(1);
}

static void
test_one_deesse_at_a_time(void **state)
{
	struct place *p = *state;
	const char *lock = arena_fmt(&p->a, "%s-deesse-lock", p->file);
	const char *alias = file_join(&p->a, p->dir, "alias.db");
	struct db *db = opened(p, DB_WRITE), *other = NULL;
	pid_t pid = child(p, hold_deesse_lock);

	db_timeout(db, 60);
	assert_false(db_lock(db, &p->err));
	assert_says(p, "another deesse is changing");
	assert_says(p, arena_fmt(&p->a, "process %ld", (long)pid));
	err_release(&p->err);
	/* killed, not released: the file is there, the lock is not */
	end_child(pid);
	assert_true(file_exists(lock));
	assert_true(db_lock(db, &p->err));
	assert_true(db_lock(db, &p->err));
	/* under another name it is the same database */
	assert_int_equal(symlink(p->file, alias), 0);
	assert_true(try_open(p, &other, alias, DB_WRITE));
	db_timeout(other, 60);
	assert_false(db_lock(other, &p->err));
	err_release(&p->err);
	db_close(db);
	assert_false(file_exists(lock));
	assert_true(db_lock(other, &p->err));
	db_close(other);
	assert_false(file_exists(lock));
}

/* Many take the lock, and no two hold it at once: each makes a folder while
 * it holds the lock, which fails where it is there. */
static void
test_lock_holds_off_a_crowd(void **state)
{
	struct place *p = *state;
	const char *here = file_join(&p->a, p->dir, "here");
	pid_t pids[4];

	db_close(opened(p, DB_WRITE));
	for (int i = 0; i < 4; i++) {
		pids[i] = fork();
		if (pids[i])
			continue;
		for (int n = 0; n < 25; n++) {
			struct db *db = opened(p, DB_WRITE);

			db_timeout(db, 60000);
			if (!db_lock(db, &p->err))
				_exit(1);
			if (mkdir(here, 0700))
				_exit(2);
			sched_yield();
			rmdir(here);
			db_close(db);
		}
		_exit(0);
	}
	for (int i = 0; i < 4; i++) {
		int status;

		waitpid(pids[i], &status, 0);
		assert_int_equal(status, 0);
	}
}

/* Runs `play` in a child; its exit status is the verdict, its words come
 * through a file. */
static void
in_child(struct place *p, void (*play)(struct place *p))
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		play(p);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(status, 0);
}

/* In a child an assertion cannot fail the test: its status does. */
#define CHILD(p, cond)                                                         \
	do {                                                                   \
		if (cond)                                                      \
			break;                                                 \
		fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, #cond,  \
		    (p)->err.text ? (p)->err.text : "");                       \
		_exit(1);                                                      \
	} while (0)

static bool
says(const struct place *p, const char *words)
{
	return p->err.text && strstr(p->err.text, words);
}

static void
become_nobody(void)
{
	/* the superuser may write everything */
	if (!geteuid() && (setgid(65534) || setuid(65534)))
		_exit(77);
}

/* No lock, no change: where the file cannot be made, that is an error. */
static void
take_lock_where_none_can_be(struct place *p)
{
	struct db *db = NULL;

	become_nobody();
	CHILD(p, try_open(p, &db, p->file, DB_READ));
	CHILD(p, !db_lock(db, &p->err));
	CHILD(p, says(p, "cannot take the lock file") &&
		     says(p, "Permission denied"));
	db_close(db);
}

static void
test_lock_that_cannot_be_made(void **state)
{
	struct place *p = *state;

	db_close(opened(p, DB_WRITE));
	in_child(p, take_lock_where_none_can_be);
}

/* A link in its place is not followed: somebody laid it there. */
static void
test_lock_is_no_link(void **state)
{
	struct place *p = *state;
	struct db *db = opened(p, DB_WRITE);
	const char *victim = file_join(&p->a, p->dir, "victim");
	struct buf b = { 0 };

	assert_true(file_write(victim, "precious", 8, 0600, &p->err));
	assert_int_equal(
	    symlink(victim, arena_fmt(&p->a, "%s-deesse-lock", p->file)), 0);
	assert_false(db_lock(db, &p->err));
	assert_says(p, "cannot take the lock file");
	db_close(db);
	assert_true(file_read(&b, victim, &p->err));
	assert_string_equal(buf_str(&b), "precious");
	buf_release(&b);
}

static void
test_memory_has_no_lock(void **state)
{
	struct place *p = *state;
	struct db *db = NULL;

	assert_true(try_open(p, &db, ":memory:", DB_WRITE));
	assert_true(db_lock(db, &p->err));
	run(p, db, "CREATE TABLE t (a)");
	assert_int_equal(count(p, db, "SELECT count(*) FROM t"), 0);
	db_close(db);
	assert_false(file_exists(":memory:"));
	assert_false(file_exists(":memory:-deesse-lock"));
}

static void
open_read_only(struct place *p)
{
	struct db *db = NULL;

	become_nobody();
	CHILD(p, !try_open(p, &db, p->file, DB_WRITE));
	CHILD(p, says(p, "cannot write") && says(p, "Permission denied"));
	CHILD(p, try_open(p, &db, p->file, DB_READ));
	db_close(db);
}

static void
test_read_only_file(void **state)
{
	struct place *p = *state;
	struct db *db = opened(p, DB_WRITE);

	run(p, db, "CREATE TABLE t (a)");
	db_close(db);
	assert_int_equal(chmod(p->dir, 0777), 0);
	assert_int_equal(chmod(p->file, 0444), 0);
	in_child(p, open_read_only);
	/* the file may be written, but no journal can be made beside it */
	assert_int_equal(chmod(p->file, 0666), 0);
	assert_int_equal(chmod(p->dir, 0555), 0);
	in_child(p, open_read_only);
}

static void
open_unreadable(struct place *p)
{
	struct db *db = NULL;

	become_nobody();
	CHILD(p, !try_open(p, &db, p->file, DB_READ));
	CHILD(p, says(p, "cannot read") && says(p, "Permission denied"));
}

static void
test_unreadable_file(void **state)
{
	struct place *p = *state;

	db_close(opened(p, DB_WRITE));
	assert_int_equal(chmod(p->file, 0), 0);
	in_child(p, open_unreadable);
}

/* A program died in the middle of a write: its journal must be played back,
 * which reading alone cannot do. */
static void
test_hot_journal(void **state)
{
	struct place *p = *state;
	struct db *db = opened(p, DB_WRITE);
	pid_t pid;

	run(p, db,
	    "PRAGMA cache_size = 1; CREATE TABLE t (a);"
	    "INSERT INTO t VALUES (0)");
	db_close(db);
	pid = fork();
	if (!pid) {
		db = opened(p, DB_WRITE);
		run(p, db,
		    "PRAGMA cache_size = 1; BEGIN IMMEDIATE;"
		    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
		    "SELECT i + 1 FROM n WHERE i < 2000) "
		    "INSERT INTO t SELECT randomblob(200) FROM n");
		raise(SIGKILL);
	}
	waitpid(pid, NULL, 0);
	assert_true(file_exists(arena_fmt(&p->a, "%s-journal", p->file)));
	assert_false(try_open(p, &db, p->file, DB_READ));
	assert_says(p, "recovers when it is opened for writing");
	db = opened(p, DB_WRITE);
	assert_int_equal(count(p, db, "SELECT count(*) FROM t"), 1);
	db_close(db);
}

static const char fill[] = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
			   "SELECT i + 1 FROM n WHERE i < 4000) "
			   "INSERT INTO t SELECT randomblob(200) FROM n";

static void
fill_small_disk(struct place *p)
{
	struct db *db = NULL;
	int64_t n = -1;

	if (unshare(geteuid() ? CLONE_NEWUSER | CLONE_NEWNS : CLONE_NEWNS) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("none", p->dir, "tmpfs", 0, "size=256k"))
		_exit(77);
	CHILD(p, try_open(p, &db, p->file, DB_WRITE));
	CHILD(p, db_exec(db, "CREATE TABLE t (a)", &p->err));
	CHILD(p, db_begin(db, &p->err));
	CHILD(p, !db_exec(db, fill, &p->err) || !db_commit(db, &p->err));
	CHILD(p, says(p, "the disk is full"));
	db_rollback(db);
	CHILD(p, db_count(db, "SELECT count(*) FROM t", &n, &p->err));
	CHILD(p, n == 0);
	db_close(db);
	umount(p->dir);
}

static void
test_full_disk(void **state)
{
	in_child(*state, fill_small_disk);
}

static void
fill_up_to_limit(struct place *p)
{
	struct db *db = NULL;
	int64_t n = -1;

	signal(SIGXFSZ, SIG_IGN);
	CHILD(p, try_open(p, &db, p->file, DB_WRITE));
	CHILD(p, db_exec(db, "CREATE TABLE t (a)", &p->err));
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 65536, 65536 });
	CHILD(p, db_begin(db, &p->err));
	CHILD(p, !db_exec(db, fill, &p->err) || !db_commit(db, &p->err));
	CHILD(p, says(p, "cannot be read or written"));
	CHILD(p, says(p, "File too large"));
	db_rollback(db);
	CHILD(p, db_count(db, "SELECT count(*) FROM t", &n, &p->err));
	CHILD(p, n == 0);
	db_close(db);
}

static void
test_file_size_limit(void **state)
{
	in_child(*state, fill_up_to_limit);
}

static struct db *
open_at(struct place *p, const char *name)
{
	struct db_url url = { .dialect = DIALECT_SQLITE,
		.path = file_join(&p->a, p->dir, name) };
	struct db *db;

	assert_true(db_open(&db, &url, DB_WRITE, &p->err));
	return db;
}

/* Values arrive as they are stored: type, bytes and all. */
static void
test_stream(void **state)
{
	struct place *p = *state;
	struct db *from = open_at(p, "from.db"), *to = open_at(p, "to.db");
	struct db_flow flow;
	int64_t n = 0;

	assert_true(db_exec(from,
	    "CREATE TABLE a (x, y TEXT);"
	    "INSERT INTO a VALUES (1, NULL), (1.0, ''), ('1', 'a' || char(0) ||"
	    " 'b'), (X'00ff', char(128024)), (9007199254740993, 'z')",
	    &p->err));
	assert_true(db_exec(to, "CREATE TABLE b (x, y)", &p->err));
	assert_true(db_stream(from, "SELECT x, y FROM a", to,
	    "INSERT INTO b VALUES (?1, ?2)", &flow, &p->err));
	assert_int_equal(flow.read, 5);
	assert_int_equal(flow.written, 5);
	assert_true(flow.bytes > 5 * 2);
	assert_true(db_exec(
	    to, arena_fmt(&p->a, "ATTACH '%s/from.db' AS f", p->dir), &p->err));
	assert_true(db_count(to,
	    "SELECT count(*) FROM b JOIN f.a ON a.rowid = b.rowid"
	    " WHERE a.x IS b.x AND typeof(a.x) = typeof(b.x)"
	    " AND CAST(a.y AS BLOB) IS CAST(b.y AS BLOB)",
	    &n, &p->err));
	assert_int_equal(n, 5);
	/* an UPDATE that finds some of its rows */
	assert_true(db_stream(from, "SELECT 'new', x FROM a WHERE x < 2", to,
	    "UPDATE b SET y = ?1 WHERE x = ?2 AND typeof(x) = 'integer'", &flow,
	    &p->err));
	assert_int_equal(flow.read, 2);
	assert_int_equal(flow.written, 2);
	assert_true(db_stream(from, "SELECT 1 WHERE 0", to,
	    "DELETE FROM b WHERE x = ?1", &flow, &p->err));
	assert_int_equal(flow.read + flow.written + flow.bytes, 0);
	db_close(from);
	db_close(to);
}

static void
test_stream_fails(void **state)
{
	struct place *p = *state;
	struct db *from = open_at(p, "from.db"), *to = open_at(p, "to.db");
	struct db_flow flow;

	assert_true(db_exec(from, "CREATE TABLE a (x)", &p->err));
	assert_true(db_exec(from, "INSERT INTO a VALUES (1), (1)", &p->err));
	assert_true(db_exec(to, "CREATE TABLE b (x UNIQUE)", &p->err));
	assert_false(db_stream(from, "SELECT x FROM a", to,
	    "INSERT INTO b VALUES (?1)", &flow, &p->err));
	assert_non_null(strstr(p->err.text, "UNIQUE constraint failed"));
	err_release(&p->err);
	assert_false(db_stream(from, "SELECT x FROM nothing", to,
	    "INSERT INTO b VALUES (?1)", &flow, &p->err));
	assert_non_null(strstr(p->err.text, "from.db"));
	err_release(&p->err);
	assert_false(db_stream(from, "SELECT x FROM a", to,
	    "INSERT INTO nothing VALUES (?1)", &flow, &p->err));
	assert_non_null(strstr(p->err.text, "to.db"));
	db_close(from);
	db_close(to);
}

static void
test_triggers(void **state)
{
	struct place *p = *state;
	struct db *db = open_at(p, "a.db");
	int64_t n = -1;

	assert_true(db_exec(db,
	    "CREATE TABLE a (x); CREATE TABLE log (x);"
	    "CREATE TRIGGER t AFTER INSERT ON a BEGIN"
	    " INSERT INTO log VALUES (new.x); END",
	    &p->err));
	assert_true(db_triggers(db, false, &p->err));
	assert_true(db_exec(db, "INSERT INTO a VALUES (1)", &p->err));
	assert_true(db_count(db, "SELECT count(*) FROM log", &n, &p->err));
	assert_int_equal(n, 0);
	assert_true(db_triggers(db, true, &p->err));
	assert_true(db_exec(db, "INSERT INTO a VALUES (1)", &p->err));
	assert_true(db_count(db, "SELECT count(*) FROM log", &n, &p->err));
	assert_int_equal(n, 1);
	db_close(db);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_urls),
		TEST(test_bad_urls),
		TEST(test_a_server_that_is_away_is_named_without_the_password),
		TEST(test_rows),
		TEST(test_errors_of_statements),
		TEST(test_long_statements_are_cut_between_characters),
		TEST(test_safe_settings),
		TEST(test_files_that_are_no_database),
		TEST(test_missing_file),
		TEST(test_damaged_file),
		TEST(test_locked_by_another_program),
		TEST(test_locked_in_wal_mode),
		TEST(test_waits_for_a_lock),
		TEST(test_busy_commit_leaves_the_transaction_open),
		TEST(test_large_write_beside_a_reader),
		TEST(test_progress),
		TEST(test_transactions),
		TEST(test_rebuild_mode),
		TEST(test_one_deesse_at_a_time),
		TEST(test_lock_holds_off_a_crowd),
		TEST(test_lock_that_cannot_be_made),
		TEST(test_lock_is_no_link),
		TEST(test_memory_has_no_lock),
		TEST(test_read_only_file),
		TEST(test_unreadable_file),
		TEST(test_hot_journal),
		TEST(test_full_disk),
		TEST(test_file_size_limit),
		TEST(test_stream),
		TEST(test_stream_fails),
		TEST(test_triggers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
