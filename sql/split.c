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
	const char *p = s->lexer.text + s->counted, *end = s->lexer.text + at;
	const char *line;

	if (p >= end)
		return;
	while ((line = memchr(p, '\n', (size_t)(end - p)))) {
		s->line++;
		s->column = 1;
		p = line + 1;
	}
	for (; p < end; p++)
		s->column += (*p & 0xc0) != 0x80; /* characters, not bytes */
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
	bool inside;

	if (lang->feeds && !s->plain)
		lang->feeds(&s->body, t);
	inside = lang->body(&s->body, t);

	s->body.semicolon = semicolon;
	if (token_is(t, "("))
		s->body.parens++;
	else if (token_is(t, ")") && s->body.parens)
		s->body.parens--;
	return semicolon && (s->plain || (!inside && !s->body.parens));
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

/* ---- lines -------------------------------------------------------------- */

static const char *
line_end(const char *from, const char *end)
{
	const char *p = memchr(from, '\n', (size_t)(end - from));

	return p ? p + 1 : end;
}

/* Shows the lexer no more than the line that it stands in. */
static void
narrow(struct splitter *s)
{
	struct lexer *l = &s->lexer;
	const char *end = line_end(l->text + l->pos, l->text + l->len);

	l->len = (size_t)(end - l->text);
	if (l->readable > l->len)
		l->readable = l->len;
}

static void
widen(struct splitter *s)
{
	s->lexer.len = s->len;
	s->lexer.readable = s->readable;
}

/* Takes all that is left as one bad token. */
static void
spoil(struct splitter *s, struct token *t, const char *from)
{
	widen(s);
	*t = (struct token){ TOKEN_BAD, from,
		(size_t)(s->lexer.text + s->len - from) };
	s->lexer.pos = s->len;
	s->rest = false;
	s->feeds = 0;
}

/* The line has nothing more: wrong, if a statement has begun in it and the
 * lines that follow are data. */
static bool
line_ends(struct splitter *s, struct token *t)
{
	bool wrong =
	    s->rest && s->now.text && s->feeds && s->lexer.pos < s->len;

	if (wrong)
		spoil(s, t, s->lexer.text + s->lexer.pos);
	s->rest = false;
	return wrong;
}

static bool
next_token(struct splitter *s, struct token *t)
{
	if (!lex_next(&s->lexer, t))
		return line_ends(s, t);
	if (t->kind == TOKEN_BAD)
		spoil(s, t, t->at);
	return true;
}

/* ---- data --------------------------------------------------------------- */

/* Is the line a \. and nothing else? */
static bool
ends_data(const char *line, const char *end)
{
	size_t n = (size_t)(end - line);

	n -= n && line[n - 1] == '\n';
	n -= n && line[n - 1] == '\r';
	return n == 2 && line[0] == '\\' && line[1] == '.';
}

/* Reads data from the lexer's place on; false where the text ends there. */
static bool
next_data(struct splitter *s, struct token *t)
{
	struct lexer *l = &s->lexer;
	const char *end = l->text + l->len, *p = l->text + l->pos, *next = p;
	bool last = false;

	*t = (struct token){ .kind = TOKEN_DATA, .at = p };
	while (p < end && !last) {
		next = line_end(p, end);
		last = ends_data(p, next);
		p = last ? p + strlen("\\.") : next;
	}
	t->len = (size_t)(p - t->at);
	l->pos = (size_t)(next - l->text);
	s->feeds -= s->feeds > 0;
	s->closed = last && next[-1] == '\n';
	if (l->pos > l->readable) {
		s->closed = false;
		spoil(s, t, t->at);
	}
	return t->len > 0;
}

/* ---- statements --------------------------------------------------------- */

typedef void see_token(void *arg, const struct token *t);

static void
take(struct splitter *s, const struct token *t, see_token *see, void *arg)
{
	if (!s->now.text)
		begin(s, t);
	s->now.len = (size_t)(t->at + t->len - s->now.text);
	s->now.bad = t->kind == TOKEN_BAD;
	s->now.data = t->kind == TOKEN_DATA;
	if (see)
		see(arg, t);
}

/* A \; sends nothing yet, so nobody knows where the data will stand. */
static void
take_meta(struct splitter *s, struct token *t, see_token *see, void *arg)
{
	if (s->body.feeds && t->len > 1 && t->at[1] == ';') {
		s->body.feeds = false;
		spoil(s, t, t->at);
	}
	take(s, t, see, arg);
	if (s->plain) {
		s->lexer.pos = (size_t)(t->at + 1 - s->lexer.text);
		s->rest = true;
	}
}

/* Reads to the end of the statement; true where it is one. */
static bool
read_statement(struct splitter *s, see_token *see, void *arg)
{
	struct token t = { .kind = TOKEN_END };

	while (t.kind != TOKEN_BAD && next_token(s, &t)) {
		if (ends(s, &t)) {
			s->closed = s->now.text;
			if (s->closed)
				return true;
			s->body = (struct body){ 0 };
		} else if (t.kind == TOKEN_META) {
			take_meta(s, &t, see, arg);
			return true;
		} else {
			take(s, &t, see, arg);
		}
	}
	s->body.feeds = false; /* nothing sends it */
	return s->now.text;
}

static bool
read_line(struct splitter *s, see_token *see, void *arg)
{
	bool more;

	s->body = (struct body){ 0 };
	if (s->rest)
		narrow(s);
	more = read_statement(s, see, arg);
	widen(s);
	if (s->body.feeds) {
		s->now.feeds = s->rest = true;
		s->feeds++;
	}
	return more;
}

bool
split_next(struct splitter *s, struct statement *st,
    void (*see)(void *arg, const struct token *t), void *arg)
{
	struct token t;
	bool more = false, lined;

	s->now.text = NULL;
	s->closed = false;
	s->len = s->lexer.len;
	s->readable = s->lexer.readable;
	do {
		lined = s->rest;
		if (s->feeds && !lined) {
			more = next_data(s, &t);
			if (more)
				take(s, &t, see, arg);
		} else {
			more = read_line(s, see, arg);
		}
	} while (!more && lined);
	*st = s->now;
	return more;
}

void
split_release(struct splitter *s)
{
	lex_release(&s->lexer);
}

size_t
statement_commented(enum dialect d, const struct statement *st)
{
	const char *end = st->text + st->len;
	size_t len = st->len;
	struct lexer l;
	struct token t;

	lex_init(&l, d, end, strlen(end));
	while (lex_raw(&l, &t) &&
	       (t.kind == TOKEN_SPACE || t.kind == TOKEN_COMMENT))
		if (t.kind == TOKEN_COMMENT)
			len = (size_t)(t.at + t.len - st->text);
	lex_release(&l);
	return len;
}

const char *
sql_closed(struct arena *a, enum dialect d, const char *text)
{
	struct token t, last = { 0 };
	const char *end = "";
	struct lexer l;

	/* most have no comment */
	if (!strstr(text, "--") && !strstr(text, "/*"))
		return text;
	lex_init(&l, d, text, strlen(text));
	while (lex_raw(&l, &t))
		last = t;
	lex_release(&l);
	if (last.kind == TOKEN_COMMENT && *last.at == '-')
		end = "\n";
	else if (last.kind == TOKEN_COMMENT &&
		 (last.len < 4 || memcmp(last.at + last.len - 2, "*/", 2) != 0))
		end = "*/";
	return *end ? arena_fmt(a, "%s%s", text, end) : text;
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
