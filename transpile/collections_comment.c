/* collections_comment - what the author of a table wrote beside its columns
 *
 * SQLite keeps the text of CREATE TABLE with its comments, and the schema does
 * not. A comment belongs to what stands before it on its line, and alone on a
 * line to what follows. What is about no field goes to the collection. The same
 * goes for CREATE INDEX. What stands in an expression is there already.
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

/* Returns the words of a comment, or NULL where it has none. */
static const char *
words_of(struct arena *a, const struct token *token)
{
	struct buf b = { 0 };
	const char *text;

	add_words(&b, token->at, token->len);
	text = b.len ? harmless(a, &b) : NULL;
	buf_release(&b);
	return text;
}

/* Returns both, each in its lines; either may be NULL. */
static const char *
joined(struct arena *a, const char *first, const char *second)
{
	if (!first || !second)
		return first ? first : second;
	return arena_fmt(a, "%s\n%s", first, second);
}

static bool
has(const struct expr *e, const char *comment)
{
	return e->text && strstr(e->text, comment);
}

/* Does an expression or a type of the table, kept to the letter, have it? */
static bool
table_keeps(const struct table *t, const char *comment)
{
	for (size_t i = 0; i < t->constraints.n; i++)
		if (has(&t->constraints.v[i]->check, comment))
			return true;
	for (size_t i = 0; i < t->columns.n; i++)
		if ((t->columns.v[i]->type &&
			strstr(t->columns.v[i]->type, comment)) ||
		    has(&t->columns.v[i]->default_value, comment) ||
		    has(&t->columns.v[i]->generated, comment))
			return true;
	return false;
}

static bool
index_keeps(const struct index *x, const char *comment)
{
	for (size_t i = 0; i < x->parts.n; i++)
		if (has(&x->parts.v[i].expr, comment))
			return true;
	return has(&x->where, comment);
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
	const char *text = words_of(a, token);

	if (table_keeps(r->t->table, arena_strndup(a, token->at, token->len)))
		return;
	if (f && f->by_itself) {
		to = &r->t->comment;
		text =
		    text ? arena_fmt(a, "%s: %s", f->column->name, text) : NULL;
	}
	*to = joined(a, *to, text);
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

const char *
telling_index_comment(
    const struct telling *t, const struct index *x, const char *before)
{
	struct arena *a = t->teller->a;
	struct lexer l;
	struct token token;

	if (!x->sql)
		return before;
	lex_init(&l, t->teller->schema->dialect, x->sql, strlen(x->sql));
	while (lex_raw(&l, &token))
		if (token.kind == TOKEN_COMMENT &&
		    !index_keeps(x, arena_strndup(a, token.at, token.len)))
			before = joined(a, before, words_of(a, &token));
	lex_release(&l);
	return before;
}
