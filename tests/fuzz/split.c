/* split - the statements of any bytes
 *
 * Between two statements stand only space, comments and semicolons, and a
 * statement split again is itself.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sql/split.h"

/* Nothing that means anything may be lost between the statements. */
static void
must_be_empty(enum dialect d, const char *text, size_t n)
{
	struct lexer l;
	struct token t;

	lex_init(&l, d, text, n);
	while (lex_next(&l, &t))
		if (!token_is(&t, ";"))
			abort();
	lex_release(&l);
}

static void
must_be_one(struct arena *a, enum dialect d, const struct statement *s)
{
	struct statements again = { 0 };

	sql_split(a, &again, d, s->text, s->len);
	if (again.n != 1 || again.v[0].text != s->text ||
	    again.v[0].len != s->len || again.v[0].bad != s->bad)
		abort();
}

static void
check(enum dialect d, const char *text, size_t n)
{
	struct arena a = { 0 };
	struct statements all = { 0 };
	size_t at = n >= 3 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;

	sql_split(&a, &all, d, text, n);
	for (size_t i = 0; i < all.n; i++) {
		const struct statement *s = &all.v[i];

		if (s->text != text + s->offset || !s->len || s->offset < at ||
		    s->line < 1 || s->column < 1)
			abort();
		must_be_empty(d, text + at, s->offset - at);
		/* an editor's mark would be taken from its beginning */
		if (s->len < 3 || memcmp(s->text, "\xef\xbb\xbf", 3))
			must_be_one(&a, d, s);
		at = s->offset + s->len;
	}
	must_be_empty(d, text + at, n - at);
	arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	for (int d = 0; d < DIALECT_COUNT; d++)
		check((enum dialect)d, (const char *)data, n);
	return 0;
}
