/* bound - whether two parts of a table may hold the same rows
 *
 * Only what is plain is told apart: lists of values, and ranges of numbers and
 * dates of one column. Of all else the part that goes must be gone before the
 * other comes.
 */
#include "diff/needs.h"

#include <stdlib.h>
#include <string.h>

#include "sql/lex.h"

enum { LEAST = 2 };

struct bound {
	bool list, range;
	struct names values; /* of a range FROM and TO */
};

/* Reads IN (…), and FROM (…) TO (…) of one value each. */
static struct bound
read_bound(struct arena *a, enum dialect d, const struct partition *part)
{
	struct bound b = { .list = false };
	struct lexer l;
	struct token t;
	bool plain = true, first = true;

	lex_init(&l, d, part->bound.text, strlen(part->bound.text));
	while (lex_next(&l, &t)) {
		if (first) {
			b.list = token_is(&t, "in");
			b.range = token_is(&t, "from");
		} else if (t.kind == TOKEN_STRING || t.kind == TOKEN_NUMBER) {
			bool quoted = *t.at == '\'';

			vec_push(a, &b.values,
			    arena_strndup(
				a, t.at + quoted, t.len - (quoted ? 2 : 0)));
		} else if (!token_is(&t, "(") && !token_is(&t, ")") &&
			   !token_is(&t, ",") && !token_is(&t, "to")) {
			plain = false;
		}
		first = false;
	}
	lex_release(&l);
	b.list &= plain;
	b.range &= plain && b.values.n == LEAST;
	return b;
}

static bool
have_one(const struct names *a, const struct names *b)
{
	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n; k++)
			if (!strcmp(a->v[i], b->v[k]))
				return true;
	return false;
}

static bool
is_made_of(const char *s, const char *of)
{
	return s[strspn(s, of)] == '\0';
}

/* Is a not above b, for sure? Dates are compared as their texts are. */
static bool
is_not_above(const char *a, const char *b)
{
	if (is_made_of(a, "0123456789") && is_made_of(b, "0123456789"))
		return strtod(a, NULL) <= strtod(b, NULL);
	return strlen(a) == strlen(b) && is_made_of(a, "0123456789-:. ") &&
	       is_made_of(b, "0123456789-:. ") && strcmp(a, b) <= 0;
}

bool
bounds_may_meet(
    enum dialect d, const struct partition *a, const struct partition *b)
{
	struct arena mem = { 0 };
	struct bound x = read_bound(&mem, d, a), y = read_bound(&mem, d, b);
	bool apart = false;

	if (x.list && y.list)
		apart = !have_one(&x.values, &y.values);
	else if (x.range && y.range)
		apart = is_not_above(x.values.v[1], y.values.v[0]) ||
			is_not_above(y.values.v[1], x.values.v[0]);
	arena_release(&mem);
	return !apart;
}
