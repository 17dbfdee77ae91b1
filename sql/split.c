/* split - a text into its statements
 *
 * Too long a statement is judged for the worst word in it, too short a one
 * could hide a word in what looks like a body: so a body needs its exact
 * opening (see body() of each dialect), and the sentinel refuses a semicolon
 * where none belongs.
 */
#include "sql/split.h"

#include <string.h>

#include "sql/lang.h"

void
split_to(struct splitter *s, size_t at)
{
	for (size_t i = s->counted; i < at; i++) {
		unsigned char c = (unsigned char)s->lexer.text[i];

		s->column += (c & 0xc0) != 0x80; /* characters, not bytes */
		if (c == '\n') {
			s->line++;
			s->column = 1;
		}
	}
	s->counted = at;
}

static void
begin(struct splitter *s, const struct token *t)
{
	size_t at = (size_t)(t->at - s->lexer.text);

	split_to(s, at);
	s->now = (struct statement){ .text = t->at,
		.offset = at,
		.line = s->line,
		.column = s->column };
}

/* Does the token end the statement? */
static bool
ends(struct splitter *s, const struct token *t)
{
	const struct lang *lang = sql_lang(s->lexer.dialect);
	bool semicolon = token_is(t, ";");
	bool inside = lang->body(&s->body, t);

	s->body.semicolon = semicolon;
	if (token_is(t, "("))
		s->body.parens++;
	else if (token_is(t, ")") && s->body.parens)
		s->body.parens--;
	return semicolon && !inside && !s->body.parens;
}

void
split_init(struct splitter *s, enum dialect d, const char *text, size_t len)
{
	*s = (struct splitter){ .line = 1, .column = 1 };
	lex_init(&s->lexer, d, text, len);
	/* an editor's mark, which no server wants to see */
	if (len >= 3 && !memcmp(text, "\xef\xbb\xbf", 3))
		s->lexer.pos = s->counted = 3;
}

bool
split_next(struct splitter *s, struct statement *st,
    void (*see)(void *arg, const struct token *t), void *arg)
{
	struct token t;

	s->now.text = NULL;
	s->closed = false;
	s->body = (struct body){ 0 };
	while (lex_next(&s->lexer, &t)) {
		if (ends(s, &t)) {
			s->closed = s->now.text;
			if (s->closed)
				break;
			s->body = (struct body){ 0 };
			continue;
		}
		if (!s->now.text)
			begin(s, &t);
		s->now.len = (size_t)(t.at + t.len - s->now.text);
		s->now.bad = t.kind == TOKEN_BAD;
		if (see)
			see(arg, &t);
		if (t.kind == TOKEN_META)
			break;
	}
	*st = s->now;
	return st->text != NULL;
}

void
split_release(struct splitter *s)
{
	lex_release(&s->lexer);
}

void
sql_split(struct arena *a, struct statements *out, enum dialect d,
    const char *text, size_t len)
{
	struct splitter s;
	struct statement st;

	split_init(&s, d, text, len);
	while (split_next(&s, &st, NULL, NULL))
		vec_push(a, out, st);
	split_release(&s);
}
