/* cases.h - golden folders: <case>/in.sql and <case>/wanted.txt.
 *
 * A case's name begins with its dialect: "postgres-…", "sqlite-…". Run with
 * --bless, a test writes wanted.txt anew, and the diff is the review.
 */
#ifndef TESTS_UNIT_CASES_H
#define TESTS_UNIT_CASES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/dialect.h"
#include "base/file.h"

/* Adds what the text of a case gives. */
typedef void case_fn(
    struct buf *out, enum dialect d, const char *text, size_t len);

static bool cases_bless;

/* Returns a path below tests/, whatever folder the test runs in. */
static inline const char *
cases_path(struct arena *a, const char *path)
{
	const char *here = __FILE__, *end = strstr(here, "unit/cases.h");

	return arena_fmt(a, "%.*s%s", (int)(end - here), here, path);
}

/* Compares the text with a file, or writes it there. */
static inline void
cases_compare(const char *path, const struct buf *got)
{
	struct buf wanted = { 0 };
	struct err err = { 0 };

	if (cases_bless)
		assert_true(file_update(path, buf_str(got), got->len, &err));
	if (!file_read(&wanted, path, &err))
		fail_msg("%s (write it with --bless)", err.text);
	if (strcmp(buf_str(&wanted), buf_str(got)))
		fail_msg("%s differs; this is\n%s", path, buf_str(got));
	buf_release(&wanted);
}

/* Runs all cases of a folder; there must be some. */
static inline void
cases_run(const char *folder, case_fn *fn)
{
	struct arena a = { 0 };
	struct names found = { 0 };
	struct err err = { 0 };

	if (!file_find(&a, &found, cases_path(&a, folder), ".sql", &err))
		fail_msg("%s", err.text);
	assert_int_not_equal(found.n, 0);
	for (size_t i = 0; i < found.n; i++) {
		const char *in = found.v[i];
		char *dir = arena_strndup(&a, in, strlen(in) - 7);
		const char *name = strrchr(dir, '/') + 1;
		struct buf text = { 0 }, got = { 0 };
		enum dialect d = DIALECT_SQLITE;

		assert_true(dialect_parse(
		    &d, arena_strndup(&a, name, strcspn(name, "-"))));
		if (!file_read(&text, in, &err))
			fail_msg("%s", err.text);
		fn(&got, d, buf_str(&text), text.len);
		cases_compare(file_join(&a, dir, "wanted.txt"), &got);
		buf_release(&text);
		buf_release(&got);
	}
	arena_release(&a);
}

#endif
