/* differential - the sentinel against PostgreSQL's own parser
 *
 * usage: differential [STATEMENTS [SEED]]
 *        differential FUNCTIONS FILE.sql...
 *
 * Statements are made from a grammar, written in an unlikely way (case,
 * comments, line breaks), and read twice: by libpg_query, whose tree says what
 * the statement is, and by the sentinel. What deletes, drops, overwrites or
 * runs unknown code must be destructive, always; what only creates must be
 * safe, but for one in two hundred. With files, the same of what is in them,
 * each statement by itself; FUNCTIONS names harmless functions, one a line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "sentinel/sentinel.h"

#include "tests/differential/grammar.h"
#include "tests/differential/server.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static const char *const gaps[] = { " ", " ", " ", " ", "\n", "\t",
	" /* DROP TABLE t; */ ", "/* a /* nested ' */ one */", " -- ' DELETE\n",
	"\r\n", " /**/ " };

#include "tests/differential/making.h"

/* ---- both --------------------------------------------------------------- */

static enum verdict
ask_sentinel(const char *sql)
{
	struct arena a = { 0 };
	struct statements all = { 0 };
	struct findings found = { 0 };
	enum verdict v = VERDICT_DESTRUCTIVE;

	sql_split(&a, &all, DIALECT_POSTGRES, sql, strlen(sql));
	if (all.n == 1)
		v = sentinel_judge(
		    &a, NULL, DIALECT_POSTGRES, &all.v[0], &found);
	else
		fprintf(stderr, "%u statements: %s\n", all.n, sql);
	arena_release(&a);
	return v;
}

static void
compare(struct totals *t, const char *sql, enum verdict v)
{
	struct meaning m = { 0 };

	t->made++;
	if (!ask_server(sql, &m)) {
		t->refused++;
		return;
	}
	t->dangerous += m.dangerous;
	t->plain += m.plain && !m.dangerous;
	if (m.dangerous && v == VERDICT_SAFE) {
		t->missed++;
		fprintf(stderr, "MISSED: %s\n", sql);
	} else if (m.plain && !m.dangerous && v != VERDICT_SAFE) {
		t->overcautious++;
		fprintf(stderr, "too strict: %s\n", sql);
	}
}

static void
try_one(struct totals *t)
{
	struct buf words = { 0 }, sql = { 0 };

	expand(&words, "<statement>", 0);
	write_words(&sql, buf_str(&words));
	compare(t, buf_str(&sql), ask_sentinel(buf_str(&sql)));
	buf_release(&words);
	buf_release(&sql);
}

/* Each statement by itself; lines of psql's own and data are no SQL. */
static void
try_file(struct totals *t, const char *path)
{
	struct arena a = { 0 };
	struct buf text = { 0 };
	struct statements all = { 0 };
	struct err err = { 0 };

	if (!file_read(&text, path, &err)) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	sql_split(&a, &all, DIALECT_POSTGRES, buf_str(&text), text.len);
	for (size_t i = 0; i < all.n; i++) {
		struct findings found = { 0 };
		const struct statement *st = &all.v[i];

		if (!st->data)
			compare(t, arena_strndup(&a, st->text, st->len),
			    sentinel_judge(
				&a, NULL, DIALECT_POSTGRES, st, &found));
	}
	buf_release(&text);
	arena_release(&a);
}

static int
try_files(int n, char **paths)
{
	struct totals t = { 0 };
	struct buf names = { 0 };
	struct err err = { 0 };

	buf_putc(&names, '\n');
	if (!file_read(&names, paths[0], &err)) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	harmless = buf_str(&names);
	for (int i = 1; i < n; i++)
		try_file(&t, paths[i]);
	buf_release(&names);
	return !print_totals(&t);
}

int
main(int argc, char **argv)
{
	long wanted = argc > 1 ? atol(argv[1]) : 20000;
	struct totals t = { 0 };
	bool ok;

	if (argc > 2 && !wanted)
		return try_files(argc - 1, argv + 1);
	state = argc > 2 ? strtoull(argv[2], NULL, 10) * 2654435761u + 1
			 : 88172645463325252u;
	while (t.made < wanted)
		try_one(&t);
	ok = print_totals(&t);
	/* a grammar that makes nothing proves nothing */
	return !ok || t.refused * 5 > t.made || t.dangerous * 5 < t.made ||
	       t.plain * 6 < t.made;
}
