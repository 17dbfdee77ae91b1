/* collections_comment - what the author of a table wrote beside its columns
 *
 * SQLite keeps the text of CREATE TABLE with its comments, and the schema does
 * not. A comment belongs to what stands before it on its line, and alone on a
 * line to what follows. What is about no field goes to the collection.
 */
#include "transpile/collections_words.h"

#include <string.h>

#include "base/text.h"
#include "sql/lex.h"

struct reading {
	struct telling *t;
	size_t depth, item; /* of parentheses; between commas, from 0 */
	bool alone;         /* nothing else stands on this line so far */
	bool ended;         /* the last token is a comma, or the first ( */
};

/* Adds the words of a comment, without what makes it one. */
static void
add_words(struct buf *b, const char *s, size_t n)
{
	static const char spaces[] = " \t\r\n";
	const char *end = s + n;
	bool line = *s == '-';

	for (s += 2, end -= line ? 0 : 2; s < end;) {
		size_t word;

		s += strspn(s, spaces);
		if (!line && *s == '*' && s + 1 < end && strchr(" \t\n", s[1]))
			s++;
		word = strcspn(s, spaces);
		if (s + word > end)
			word = s < end ? (size_t)(end - s) : 0;
		if (word && b->len)
			buf_putc(b, ' ');
		buf_add(b, s, word);
		s += word;
	}
}

/* Neither end nor begin of a comment may stand in one. */
static const char *
harmless(struct arena *a, const struct buf *words)
{
	struct buf clean = { 0 }, b = { 0 };
	const char *s;

	text_clean(&clean, buf_str(words));
	for (s = buf_str(&clean); *s; s++) {
		buf_putc(&b, *s);
		if ((s[0] == '*' && s[1] == '/') ||
		    (s[0] == '/' && s[1] == '*'))
			buf_putc(&b, ' ');
	}
	s = arena_strdup(a, buf_str(&b));
	buf_release(&clean);
	buf_release(&b);
	return s;
}

static void
take_comment(struct reading *r, const struct token *token)
{
	struct arena *a = r->t->teller->a;
	size_t item = r->item - (r->ended && !r->alone && r->item > 0);
	bool top = !r->depth || (r->ended && !r->alone && !r->item) ||
		   item >= r->t->table->columns.n;
	struct field *f = top ? NULL : &r->t->fields[item];
	const char **to = f ? &f->comment : &r->t->comment;
	struct buf b = { 0 };
	const char *text;

	add_words(&b, token->at, token->len);
	text = harmless(a, &b);
	if (f && f->by_itself) {
		to = &r->t->comment;
		text = arena_fmt(a, "%s: %s", f->column->name, text);
	}
	if (b.len)
		*to = *to ? arena_fmt(a, "%s\n%s", *to, text) : text;
	buf_release(&b);
}

static void
take_token(struct reading *r, const struct token *token)
{
	bool comma = r->depth == 1 && token_is(token, ",");
	bool first = !r->depth && token_is(token, "(");

	r->item += comma;
	r->ended = comma || first;
	r->depth += token_is(token, "(");
	r->depth -= r->depth && token_is(token, ")");
	r->alone = false;
}

void
telling_find_comments(struct telling *t)
{
	struct reading r = { .t = t, .alone = true };
	struct lexer l;
	struct token token;

	if (!t->table->sql)
		return;
	lex_init(&l, t->teller->schema->dialect, t->table->sql,
	    strlen(t->table->sql));
	while (lex_raw(&l, &token)) {
		if (token.kind == TOKEN_COMMENT)
			take_comment(&r, &token);
		else if (token.kind != TOKEN_SPACE)
			take_token(&r, &token);
		if ((token.kind == TOKEN_SPACE ||
			token.kind == TOKEN_COMMENT) &&
		    memchr(token.at, '\n', token.len))
			r.alone = true;
	}
	lex_release(&l);
}
