/* judge - a verdict on any text
 *
 * Space and comments mean nothing: with all of them exchanged, the verdict and
 * the rules are the same; but for data, which is no SQL. A text with a
 * dangerous statement put before or after it is dangerous, unless the text
 * leaves something open.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "sentinel/sentinel.h"

/* Are there lines in which space means something? */
static bool
has_data(enum dialect d, const char *text)
{
	struct arena a = { 0 };
	struct statements all = { 0 };
	bool data = false;

	sql_split(&a, &all, d, text, strlen(text));
	for (size_t i = 0; i < all.n; i++)
		data |= all.v[i].feeds;
	arena_release(&a);
	return data;
}

/* Adds the text with each space and comment as one comment or one newline. */
static bool
respace(struct buf *out, enum dialect d, const char *text, const char *space)
{
	struct lexer l;
	struct token t;
	bool whole = !has_data(d, text);
	const char *last = NULL;

	lex_init(&l, d, text, strlen(text));
	while (lex_raw(&l, &t)) {
		bool gap = t.kind == TOKEN_SPACE || t.kind == TOKEN_COMMENT;

		/* a line of psql's own ends with its line, and a string goes
		 * on in the next line only */
		whole &= t.kind != TOKEN_BAD && t.kind != TOKEN_META;
		whole &= !(t.kind == TOKEN_STRING && last == text);
		/* so may lines of the sqlite3 shell's */
		whole &= !token_is(&t, "/") && !token_is(&t, "go") &&
			 *t.at != '.' && *t.at != '#';
		if (gap)
			buf_puts(out, space);
		else
			buf_add(out, t.at, t.len);
		last = gap ? last : t.kind == TOKEN_STRING ? text : "";
	}
	lex_release(&l);
	return whole;
}

static enum verdict
judge(enum dialect d, const char *text, struct buf *rules)
{
	struct arena a = { 0 };
	struct findings found = { 0 };
	enum verdict v = sentinel_judge_text(&a, d, text, &found);

	if (v != findings_verdict(&found))
		abort();
	for (size_t i = 0; i < found.n; i++) {
		if (found.v[i].offset + found.v[i].length > strlen(text))
			abort();
		buf_fmt(rules, "%s %s\n", found.v[i].rule,
		    found.v[i].object ? found.v[i].object : "-");
	}
	arena_release(&a);
	return v;
}

/* What is said of files and of style changes no verdict. */
static void
must_stay(enum dialect d, const char *text, enum verdict v)
{
	struct arena a = { 0 };
	struct findings found = { 0 };
	struct sentinel_context ctx = { .style = true, .file = true };

	if (sentinel_judge_step(&a, &ctx, d, text, &found) != v)
		abort();
	for (size_t i = 0; i < found.n; i++)
		if (found.v[i].offset + found.v[i].length > strlen(text))
			abort();
	sentinel_finish(&a, &ctx, d, &found);
	if (findings_verdict(&found) != v)
		abort();
	arena_release(&a);
}

static void
must_not_hide(enum dialect d, const char *text)
{
	struct buf b = { 0 }, rules = { 0 };

	buf_fmt(&b, "DROP TABLE sqlite_fuzz;\n%s", text);
	if (judge(d, buf_str(&b), &rules) == VERDICT_SAFE)
		abort();
	buf_release(&b);
	buf_release(&rules);
}

static void
check(enum dialect d, const char *text)
{
	static const char *const spaces[] = { " /* DROP */ ", "\n", " -- '\n" };
	struct buf rules = { 0 };
	enum verdict v = judge(d, text, &rules);

	for (size_t i = 0; i < sizeof(spaces) / sizeof(*spaces); i++) {
		struct buf other = { 0 }, again = { 0 };

		if (respace(&other, d, text, spaces[i]) &&
		    (judge(d, buf_str(&other), &again) != v ||
			strcmp(buf_str(&rules), buf_str(&again))))
			abort();
		buf_release(&other);
		buf_release(&again);
	}
	buf_release(&rules);
	must_stay(d, text, v);
	must_not_hide(d, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct buf text = { 0 };

	buf_add(&text, data, n);
	for (int d = 0; d < DIALECT_COUNT; d++)
		check((enum dialect)d, buf_str(&text));
	buf_release(&text);
	return 0;
}
