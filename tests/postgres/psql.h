/* psql.h - databases of the cluster that this test runs beside.
 *
 * Everything goes through PostgreSQL's own programs: psql loads, pg_dump says
 * what is there. The database `postgres` is never touched.
 */
#ifndef TESTS_POSTGRES_PSQL_H
#define TESTS_POSTGRES_PSQL_H

#include <ctype.h>
#include <stdlib.h>

#include "tests/unit/cases.h"

#include "base/proc.h"
#include "sql/split.h"

/* Runs a program to its end; false with what it said where it failed. */
static inline bool
psql_run(struct buf *out, const char *const *argv, const char *input,
    struct err *err)
{
	struct proc p = { .argv = argv,
		.input = input,
		.input_len = input ? strlen(input) : 0,
		.timeout_ms = 60000 };
	bool ok = proc_run(&p, err);

	if (ok && p.status)
		ok = err_fail(err, "%s: %s", argv[0], buf_str(&p.err));
	if (ok && out)
		buf_puts(out, buf_str(&p.out));
	proc_release(&p);
	return ok;
}

/* Runs statements in one transaction. */
static inline bool
psql_exec(const char *db, const char *sql, struct err *err)
{
	const char *const argv[] = { "psql", "-Xq1", "-v", "ON_ERROR_STOP=1",
		"-d", db, "-f", "-", NULL };

	return psql_run(NULL, argv, sql, err);
}

/* Adds what a query answers, one row a line. */
static inline bool
psql_ask(struct buf *out, const char *db, const char *sql, struct err *err)
{
	const char *const argv[] = { "psql", "-XqAt", "-v", "ON_ERROR_STOP=1",
		"-d", db, "-f", "-", NULL };

	return psql_run(out, argv, sql, err);
}

/* Makes an empty database anew; sessions that a test which failed has left in
 * it end. */
static inline void
psql_create(const char *db)
{
	struct buf sql = { 0 };
	struct err err = { 0 };

	buf_fmt(&sql,
	    "DROP DATABASE IF EXISTS %s WITH (FORCE);\n"
	    "CREATE DATABASE %s TEMPLATE template0;\n",
	    db, db);
	if (!psql_ask(NULL, "postgres", buf_str(&sql), &err))
		fail_msg("%s", err.text);
	buf_release(&sql);
}

/* Is it what the schema does not say: a line of psql's own, or the name of an
 * identity's sequence, which stays when its table is renamed? */
static inline bool
psql_skips(const char *line)
{
	return *line == '\\' || !strncmp(line, "    SEQUENCE NAME", 17) ||
	       !strncmp(line, "--", 2);
}

static inline int
psql_by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Returns the lines of n bytes in their order by text, so that columns may
 * stand in any; `loose` leaves out NOT NULL. */
static inline const char *
psql_sorted(struct arena *a, const char *text, size_t n, bool loose)
{
	struct names lines = { 0 };
	const char *s = "", *end = text + n;

	while (text < end) {
		size_t len = strcspn(text, "\n");
		char *line, *word;

		if (text + len > end)
			len = (size_t)(end - text);
		line = arena_strndup(a, text, len);
		if (len && line[len - 1] == ',')
			line[len - 1] = '\0';
		word = loose ? strstr(line, " NOT NULL") : NULL;
		if (word)
			memmove(word, word + 9, strlen(word + 9) + 1);
		if (!psql_skips(line))
			vec_push(a, &lines, line);
		text += len + 1;
	}
	if (lines.n)
		qsort(lines.v, lines.n, sizeof(*lines.v), psql_by_text);
	for (size_t i = 0; i < lines.n; i++)
		s = arena_fmt(a, "%s%s\n", s, lines.v[i]);
	return s;
}

/* Returns what the database holds, the same for databases that hold the same:
 * pg_dump's statements, sorted, and sorted inside. */
static inline const char *
psql_dump(struct arena *a, const char *db, bool loose)
{
	const char *const argv[] = { "pg_dump", "--schema-only", "-d", db,
		NULL };
	struct buf out = { 0 }, clean = { 0 };
	struct statements all = { 0 };
	struct names sorted = { 0 };
	struct err err = { 0 };
	const char *text = "";

	if (!psql_run(&out, argv, NULL, &err))
		fail_msg("%s", err.text);
	for (const char *s = buf_str(&out); *s;) {
		size_t n = strcspn(s, "\n");

		n += s[n] == '\n';
		if (*s != '\\')
			buf_add(&clean, s, n);
		s += n;
	}
	sql_split(a, &all, DIALECT_POSTGRES, buf_str(&clean), clean.len);
	for (size_t i = 0; i < all.n; i++)
		vec_push(a, &sorted,
		    psql_sorted(a, all.v[i].text, all.v[i].len, loose));
	if (sorted.n)
		qsort(sorted.v, sorted.n, sizeof(*sorted.v), psql_by_text);
	for (size_t i = 0; i < sorted.n; i++)
		text = arena_fmt(a, "%s%s\n", text, sorted.v[i]);
	buf_release(&out);
	buf_release(&clean);
	return text;
}

#endif
