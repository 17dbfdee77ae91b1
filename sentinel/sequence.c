/* sequence - the one setval that cannot give a value twice */
#include "sentinel/sequence.h"

#include <string.h>

#include "base/buf.h"
#include "sql/key.h"
#include "sql/quote.h"

enum { MOST = 32 }; /* tokens of such a statement */

struct words {
	struct token v[MOST];
	size_t n, at;
};

/* Reads the statement; false where it is too long to be one. */
static bool
read_words(struct words *w, const struct statement *st, enum dialect d)
{
	struct lexer l;
	struct token t;

	lex_init(&l, d, st->text, st->len);
	while (lex_next(&l, &t) && w->n < MOST)
		w->v[w->n++] = t;
	lex_release(&l);
	return w->n < MOST;
}

static bool
take(struct words *w, const char *word)
{
	if (w->at < w->n && token_is(&w->v[w->at], word)) {
		w->at++;
		return true;
	}
	return false;
}

static bool
take_all(struct words *w, const char *const *words)
{
	for (; *words; words++)
		if (!take(w, *words))
			return false;
	return true;
}

/* A plain string, as text; NULL where there is none. */
static const char *
take_string(struct words *w, struct arena *a)
{
	const struct token *t = &w->v[w->at];
	char *s;
	size_t n = 0;

	if (w->at == w->n || t->kind != TOKEN_STRING || t->at[0] != '\'')
		return NULL;
	s = arena_strndup(a, t->at + 1, t->len - 2);
	for (size_t i = 0; i < t->len - 2; i++) {
		s[n++] = t->at[i + 1];
		i += t->at[i + 1] == '\'';
	}
	s[n] = '\0';
	w->at++;
	return s;
}

static const char *
take_name(struct words *w, struct arena *a, enum dialect d)
{
	const struct token *t = &w->v[w->at];

	if (w->at == w->n || !token_names(t))
		return NULL;
	w->at++;
	return sql_unquote(a, d, t->at, t->len);
}

/* Takes `max(c)`; every one must be of the same column. */
static bool
take_bound(struct words *w, struct arena *a, enum dialect d, const char *bound,
    const char *column)
{
	const char *name;

	if (!take(w, bound) || !take(w, "("))
		return false;
	name = take_name(w, a, d);
	return name && !strcmp(name, column) && take(w, ")");
}

/* Takes the name of the table: the same text as in the string. */
static bool
take_table(struct words *w, struct arena *a, enum dialect d, const char *said)
{
	struct buf b = { 0 };
	bool same;

	while (w->at < w->n && !token_is(&w->v[w->at], "having")) {
		buf_add(&b, w->v[w->at].at, w->v[w->at].len);
		w->at++;
	}
	same = !strcmp(sql_key(a, d, buf_str(&b)), sql_key(a, d, said));
	buf_release(&b);
	return same && take(w, "having");
}

static bool
catches_up(struct words *w, struct arena *a, enum dialect d)
{
	static const char *const head[] = { "select", "pg_catalog", ".",
		"setval", "(", "pg_get_serial_sequence", "(", NULL };
	static const char *const tail[] = { ")", ",", NULL };
	const char *table, *column, *bound;

	if (!take_all(w, head) || !(table = take_string(w, a)) ||
	    !take(w, ",") || !(column = take_string(w, a)) ||
	    !take_all(w, tail) || w->at == w->n)
		return false;
	bound = token_is(&w->v[w->at], "min") ? "min" : "max";
	if (!take_bound(w, a, d, bound, column) || !take(w, ")") ||
	    !take(w, "from") || !take_table(w, a, d, table) ||
	    !take_bound(w, a, d, bound, column) ||
	    !take(w, *bound == 'm' && bound[1] == 'i' ? "<=" : ">="))
		return false;
	take(w, "-");
	return w->at + 1 == w->n && w->v[w->at].kind == TOKEN_NUMBER;
}

bool
sequence_catches_up(const struct statement *st, const struct shape *s)
{
	static const char begins[] = "select pg_catalog . setval (f) from ";
	struct arena a = { 0 };
	struct words w = { 0 };
	bool ok;

	if (s->facts || s->len < strlen(begins) ||
	    strncmp(s->text, begins, strlen(begins)) != 0)
		return false;
	ok = read_words(&w, st, s->dialect) && catches_up(&w, &a, s->dialect);
	arena_release(&a);
	return ok;
}
