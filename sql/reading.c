/* reading - a statement as tokens, and how far it was read */
#include "sql/reading.h"

#include <string.h>

#include "sql/key.h"
#include "sql/lang.h"

void
reading_init(struct reading *r, struct arena *a, enum dialect d,
    const char *text, size_t len)
{
	struct lexer l;
	struct token t;

	*r = (struct reading){ .a = a, .d = d };
	lex_init(&l, d, text, len);
	while (lex_next(&l, &t))
		vec_push(a, &r->tokens, t);
	lex_release(&l);
}

const struct token *
peek(const struct reading *r, size_t ahead)
{
	static const struct token none = { TOKEN_END, "", 0 };

	return r->at + ahead < r->tokens.n ? &r->tokens.v[r->at + ahead]
					   : &none;
}

bool
accept_token(struct reading *r, const char *word)
{
	if (!token_is(peek(r, 0), word))
		return false;
	r->at++;
	return true;
}

const char *
recase(struct arena *a, const char *s, char first, char last)
{
	char *copy = arena_strdup(a, s);

	for (char *p = copy; *p; p++)
		if (*p >= first && *p <= last)
			*p = (char)(*p ^ 0x20);
	return copy;
}

size_t
words_at(const struct reading *r, size_t at, const char *words)
{
	size_t n = 0;

	while (*words) {
		size_t len = strcspn(words, " ");
		const char *one =
		    recase(r->a, arena_strndup(r->a, words, len), 'A', 'Z');

		if (at + n >= r->tokens.n ||
		    !token_is(&r->tokens.v[at + n], one))
			return 0;
		n++;
		words += len + (words[len] == ' ');
	}
	return n;
}

bool
accept_words(struct reading *r, const char *words)
{
	size_t n = words_at(r, r->at, words);

	r->at += n;
	return n > 0;
}

bool
read_name(struct reading *r, const char **schema, const char **name)
{
	const struct token *t = peek(r, 0);
	const char *home = sql_lang(r->d)->home;

	*schema = NULL;
	/* SQLite takes a string for a name, too; PostgreSQL for none */
	if (!token_names(t) && !(t->kind == TOKEN_STRING && *t->at == '\'' &&
				   sql_lang(r->d)->string_names))
		return false;
	*name = sql_unquote(r->a, r->d, t->at, t->len);
	r->at++;
	if (!token_is(peek(r, 0), ".") || !token_names(peek(r, 1)))
		return true;
	t = peek(r, 1);
	*schema = *name;
	*name = sql_unquote(r->a, r->d, t->at, t->len);
	r->at += 2;
	if (home && !strcmp(*schema, home))
		*schema = NULL;
	return true;
}

size_t
find_word(const struct reading *r, size_t at, const char *word)
{
	int depth = 0;

	for (; at < r->tokens.n; at++) {
		const struct token *t = &r->tokens.v[at];

		if (!depth && token_is(t, word))
			return at;
		depth += token_is(t, "(") - token_is(t, ")");
	}
	return at;
}

const char *
cut(const struct reading *r, size_t from, size_t to)
{
	const struct token *t, *last;

	if (to > r->tokens.n)
		to = r->tokens.n;
	if (from >= to)
		return "";
	t = &r->tokens.v[from];
	last = &r->tokens.v[to - 1];
	return arena_strndup(
	    r->a, t->at, (size_t)(last->at + last->len - t->at));
}
