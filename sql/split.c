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

struct splitter {
	struct lexer lexer;
	struct body body;
	struct statement now; /* text is NULL before its first token */
	size_t counted;       /* bytes that line and column have seen */
	int line, column;
};

static void
begin(struct splitter *s, const struct token *t)
{
	size_t at = (size_t)(t->at - s->lexer.text);

	for (size_t i = s->counted; i < at; i++) {
		unsigned char c = (unsigned char)s->lexer.text[i];

		s->column += (c & 0xc0) != 0x80; /* characters, not bytes */
		if (c == '\n') {
			s->line++;
			s->column = 1;
		}
	}
	s->counted = at;
	s->now = (struct statement){ .text = t->at,
		.offset = at,
		.line = s->line,
		.column = s->column };
}

static void
end(struct splitter *s, struct arena *a, struct statements *out)
{
	if (s->now.text)
		vec_push(a, out, s->now);
	s->now.text = NULL;
	s->body = (struct body){ 0 };
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
sql_split(struct arena *a, struct statements *out, enum dialect d,
    const char *text, size_t len)
{
	struct splitter s = { .line = 1, .column = 1 };
	struct token t;

	lex_init(&s.lexer, d, text, len);
	/* an editor's mark, which no server wants to see */
	if (len >= 3 && !memcmp(text, "\xef\xbb\xbf", 3))
		s.lexer.pos = s.counted = 3;
	while (lex_next(&s.lexer, &t)) {
		if (ends(&s, &t)) {
			end(&s, a, out);
			continue;
		}
		if (!s.now.text)
			begin(&s, &t);
		s.now.len = (size_t)(t.at + t.len - s.now.text);
		s.now.bad = t.kind == TOKEN_BAD;
		if (t.kind == TOKEN_META)
			end(&s, a, out);
	}
	end(&s, a, out);
	lex_release(&s.lexer);
}
