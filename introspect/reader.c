/* reader - a CREATE statement, token by token */
#include "introspect/reader.h"

#include <string.h>

#include "sql/key.h"
#include "sql/split.h"

void
reader_init(struct reader *r, struct arena *a, enum dialect d, const char *text)
{
	*r = (struct reader){ .a = a, .dialect = d, .end = text };
	lex_init(&r->lex, d, text, strlen(text));
	lex_next(&r->lex, &r->t);
}

void
reader_release(struct reader *r)
{
	lex_release(&r->lex);
}

bool
reader_fail(struct reader *r, const char *expected)
{
	if (r->bad)
		return false;
	r->bad = r->t.at;
	r->expected = expected;
	r->t = (struct token){ .kind = TOKEN_END, .at = r->t.at };
	return false;
}

void
reader_skip(struct reader *r)
{
	if (r->bad)
		return;
	if (r->t.kind == TOKEN_BAD) {
		reader_fail(r, "a readable token");
		return;
	}
	r->end = r->t.at + r->t.len;
	lex_next(&r->lex, &r->t);
}

bool
reader_at(const struct reader *r, const char *word)
{
	return token_is(&r->t, word);
}

bool
reader_at_both(const struct reader *r, const char *word, const char *second)
{
	struct reader ahead = *r;

	if (!reader_at(r, word))
		return false;
	lex_next(&ahead.lex, &ahead.t);
	/* scratch memory that was not there before is of the copy alone */
	if (ahead.lex.match != r->lex.match)
		lex_release(&ahead.lex);
	return token_is(&ahead.t, second);
}

bool
reader_take(struct reader *r, const char *word)
{
	if (!reader_at(r, word))
		return false;
	reader_skip(r);
	return true;
}

void
reader_expect(struct reader *r, const char *word)
{
	if (!reader_take(r, word))
		reader_fail(r, word);
}

const char *
reader_name(struct reader *r)
{
	const char *name;

	/* SQLite takes a string for a name, too */
	if (r->t.kind == TOKEN_WORD)
		name = arena_strndup(r->a, r->t.at, r->t.len);
	else if (r->t.kind == TOKEN_NAME || r->t.kind == TOKEN_STRING)
		name = sql_unquote(r->a, r->dialect, r->t.at, r->t.len);
	else
		return reader_fail(r, "a name") ? NULL : "";
	reader_skip(r);
	return name;
}

/* Is all of the text one group in parentheses? Then *start and *end become
 * what is in it, from its first token to its last: a comment before the end
 * would swallow what is written behind it. */
static bool
open_group(enum dialect d, const char **start, const char **end)
{
	const char *first = NULL, *last = *start, *inner = *start;
	struct lexer l;
	struct token t;
	int open = 0;
	bool one = true;

	if (*end - *start < 2 || **start != '(' || (*end)[-1] != ')')
		return false;
	lex_init(&l, d, *start, (size_t)(*end - *start));
	while (one && lex_next(&l, &t)) {
		open += token_is(&t, "(");
		open -= token_is(&t, ")");
		one = open || t.at + t.len == *end;
		if (!first && t.at > *start)
			first = t.at;
		inner = last;
		last = t.at + t.len;
	}
	lex_release(&l);
	if (!one || inner <= first)
		return false;
	*start = first;
	*end = inner;
	return true;
}

static struct expr
make_expr(struct reader *r, const char *start, const char *end)
{
	struct expr e = { 0 };

	if (r->bad)
		return e;
	e.text =
	    arena_strndup(r->a, start, end > start ? (size_t)(end - start) : 0);
	e.key = sql_key(r->a, r->dialect, e.text);
	if (!strcmp(e.key, e.text))
		e.key = e.text;
	return e;
}

struct expr
reader_span(struct reader *r, const char *start)
{
	const char *end = r->end;

	/* who writes the text again adds the parentheses that it needs */
	while (!r->bad && open_group(r->dialect, &start, &end))
		;
	return make_expr(r, start, end);
}

struct expr
reader_text(struct reader *r, const char *start)
{
	return make_expr(r, start, r->end);
}

/* Takes a group; *start and *end are what is in the parentheses. */
static void
take_group(struct reader *r, const char **start, const char **end)
{
	int open = 1;

	reader_expect(r, "(");
	*start = *end = r->t.at;
	while (open && r->t.kind != TOKEN_END) {
		open += reader_at(r, "(");
		open -= reader_at(r, ")");
		if (r->end > *start)
			*end = r->end;
		reader_skip(r);
	}
	if (open)
		reader_fail(r, ")");
}

static struct expr
make_trimmed(struct reader *r, const char *start, const char *end)
{
	static const char spaces[] = " \t\n\v\f\r";

	while (start < end && strchr(spaces, *start))
		start++;
	while (end > start && strchr(spaces, end[-1]))
		end--;
	return make_expr(r, start, end);
}

struct expr
reader_inside(struct reader *r)
{
	const char *start = r->t.at + 1;

	reader_skip_group(r);
	return make_trimmed(r, start, r->end - 1);
}

struct expr
reader_rest(struct reader *r)
{
	const char *start = r->end;
	struct expr e;

	if (r->t.kind == TOKEN_END)
		reader_fail(r, "an expression");
	while (r->t.kind != TOKEN_END)
		reader_skip(r);
	e = make_trimmed(r, start, r->lex.text + r->lex.len);
	if (e.text)
		e.text = sql_closed(r->a, r->dialect, e.text);
	return e;
}

void
reader_skip_group(struct reader *r)
{
	const char *start, *end;

	take_group(r, &start, &end);
}

struct expr
reader_group(struct reader *r)
{
	const char *start, *end;

	take_group(r, &start, &end);
	return make_expr(r, start, end);
}
