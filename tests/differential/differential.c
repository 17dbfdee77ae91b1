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
#define DEPTH 12

/* ---- making ------------------------------------------------------------- */

static uint64_t state;

static unsigned
below(unsigned n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)((state >> 16) % n);
}

/* Returns a choice for the name; deep down the first, which ends soon. */
static const char *
choose(const char *name, size_t len, int depth)
{
	const char *choices[64];
	unsigned n = 0;

	for (size_t i = 0; i < COUNT(grammar); i++)
		if (!strncmp(grammar[i].name, name, len) &&
		    !grammar[i].name[len])
			choices[n++] = grammar[i].text;
	if (!n) {
		fprintf(stderr, "no rule %.*s\n", (int)len, name);
		exit(1);
	}
	return choices[depth > DEPTH ? 0 : below(n)];
}

static void
expand(struct buf *out, const char *text, int depth)
{
	while (text && *text) {
		const char *end = *text == '<' ? strchr(text, '>') : NULL;

		/* an operator such as <> is no name */
		if (end && end > text + 1 && !strchr(" =", text[1])) {
			expand(out,
			    choose(text + 1, (size_t)(end - text - 1), depth),
			    depth + 1);
			text = end + 1;
			continue;
		}
		buf_putc(out, *text++);
	}
}

static void
gap(struct buf *out)
{
	static const char *const gaps[] = { " ", " ", " ", " ", "\n", "\t",
		" /* DROP TABLE t; */ ", "/* a /* nested ' */ one */",
		" -- ' DELETE\n", "\r\n", " /**/ " };

	buf_puts(out, gaps[below(COUNT(gaps))]);
}

/* Writes the words apart, those in capitals in any case. */
static void
write_words(struct buf *out, const char *words)
{
	unsigned style = below(4);

	while (*words) {
		size_t n = strcspn(words, " ");
		bool keyword =
		    strspn(words, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == n;

		for (size_t i = 0; i < n; i++)
			buf_putc(out,
			    keyword && (style == 1 || (style == 2 && below(2)))
				? (char)(words[i] | (words[i] == '_' ? 0 : 32))
				: words[i]);
		words += n;
		words += strspn(words, " ");
		if (n && *words)
			gap(out);
	}
}

/* ---- both --------------------------------------------------------------- */

struct totals {
	long made, refused, dangerous, missed, plain, overcautious;
};

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
		fprintf(stderr, "%zu statements: %s\n", all.n, sql);
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

static bool
print_totals(const struct totals *t)
{
	printf("%ld statements, %ld of them not SQL; %ld dangerous, %ld "
	       "missed; %ld plain, %ld called destructive\n",
	    t->made, t->refused, t->dangerous, t->missed, t->plain,
	    t->overcautious);
	return !t->missed && t->overcautious * 200 <= t->plain;
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
