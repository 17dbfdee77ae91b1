/* collections_sqlite_check - checks that were options
 *
 * A check is an option if the option makes this very check again, which is
 * tried by its key. A check that has a name keeps it, and so is no option.
 */
#include "transpile/collections_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sql/key.h"
#include "sql/lex.h"
#include "sql/quote.h"

#define D DIALECT_SQLITE

const char *
sqlite_name(const struct telling *t, const struct column *c)
{
	struct buf b = { 0 };
	const char *s;

	sql_ident(&b, D, c->name);
	s = arena_strdup(t->teller->a, buf_str(&b));
	buf_release(&b);
	return s;
}

/* What begins as this and is no field's yet; whole: and ends so. */
const struct constraint *
sqlite_find_check(const struct telling *t, const char *text, bool whole)
{
	const char *key = sql_key(t->teller->a, D, text);

	for (size_t i = 0; i < t->table->constraints.n; i++) {
		const struct constraint *c = t->table->constraints.v[i];

		if (c->kind != CONSTRAINT_CHECK || c->name || t->said[i])
			continue;
		if (whole ? !strcmp(c->check.key, key)
			  : text_starts(c->check.key, key))
			return c;
	}
	return NULL;
}

bool
sqlite_take_check(struct telling *t, const char *text)
{
	const struct constraint *c = sqlite_find_check(t, text, true);

	if (c)
		telling_say(t, c);
	return c != NULL;
}

bool
sqlite_is_number(const char *s, bool whole)
{
	char *end;

	s += *s == '-';
	if (!isdigit((unsigned char)*s))
		return false;
	if (s[strspn(s, whole ? "0123456789" : "0123456789.eE+-")])
		return false;
	strtod(s, &end);
	return !*end && strlen(s) <= 18;
}

struct bound
sqlite_find_bound(const struct telling *t, const char *compare, bool whole)
{
	struct arena *a = t->teller->a;
	struct bound b = { sqlite_find_check(t, compare, false), NULL };
	const char *s;

	if (!b.check)
		return b;
	s = b.check->check.key + strlen(sql_key(a, D, compare));
	s += *s == ' ';
	b.number = text_starts(s, "- ") ? arena_fmt(a, "-%s", s + 2) : s;
	if (!sqlite_is_number(b.number, whole))
		b = (struct bound){ 0 };
	return b;
}

void
sqlite_say_bound(
    struct telling *t, struct item *i, const char *option, struct bound *b)
{
	if (!b->check)
		return;
	telling_say(t, b->check);
	item_arg(t->teller->a, i, ".%s = \"%s\"", option, b->number);
}

/* A default outside of its bounds is refused as a literal. */
bool
sqlite_is_within(
    const struct bound *min, const struct bound *max, const char *number)
{
	double n = strtod(number, NULL);

	return (!min->check || strtod(min->number, NULL) <= n) &&
	       (!max->check || strtod(max->number, NULL) >= n);
}

long long
sqlite_length(const struct bound *b)
{
	return b->check ? strtoll(b->number, NULL, 10) : 0;
}

/* A length of 0 is no option, nor is one that is written in an odd way. */
struct bound
sqlite_find_length(const struct telling *t, const char *column, const char *op)
{
	struct bound b = sqlite_find_bound(
	    t, arena_fmt(t->teller->a, "length(%s) %s", column, op), true);

	if (b.check && (*b.number < '1' || *b.number > '9'))
		b = (struct bound){ 0 };
	return b;
}

void
sqlite_say_length(
    struct telling *t, struct item *i, const char *option, struct bound *b)
{
	if (!b->check)
		return;
	telling_say(t, b->check);
	item_arg(t->teller->a, i, ".%s = %s", option, b->number);
}

/* Adds the strings of a list, as the key has it after "in (". */
bool
sqlite_read_labels(struct arena *a, const char *list, struct names *labels)
{
	struct lexer l;
	struct token t;
	bool ok = true;

	lex_init(&l, D, list, strlen(list));
	while (ok && lex_next(&l, &t)) {
		if (t.kind == TOKEN_STRING && *t.at == '\'')
			vec_push(a, labels, sql_unquote(a, D, t.at, t.len));
		else
			ok = token_is(&t, ",") || token_is(&t, ")");
	}
	lex_release(&l);
	for (size_t i = 0; i < labels->n; i++)
		for (size_t k = 0; k < i; k++)
			ok = ok && strcmp(labels->v[i], labels->v[k]) != 0;
	return ok && labels->n;
}
