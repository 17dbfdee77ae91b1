/* lex - the tokens of any bytes
 *
 * Whatever the bytes: the raw tokens are the text, one after the other; the
 * others are the raw ones without space and comments; the interpreter and the
 * machine code agree; a key is its own key.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "sql/key.h"
#include "sql/lex.h"
#include "sql/queries.h"

VEC(tokens, struct token);

typedef bool read_fn(struct lexer *l, struct token *t);

static struct tokens
read_all(struct arena *a, enum dialect d, const char *text, size_t n,
    bool interpret, read_fn *read)
{
	struct tokens all = { 0 };
	struct lexer l;
	struct token t;

	lex_init(&l, d, text, n);
	l.interpret = interpret;
	while (read(&l, &t))
		vec_push(a, &all, t);
	if (t.kind != TOKEN_END || l.pos != n)
		abort();
	lex_release(&l);
	return all;
}

static void
must_equal(const struct tokens *a, const struct tokens *b)
{
	if (a->n != b->n)
		abort();
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].kind != b->v[i].kind || a->v[i].at != b->v[i].at ||
		    a->v[i].len != b->v[i].len)
			abort();
}

/* Names of columns are tokens of the text, and no keywords. */
static void
must_name_in_queries(struct arena *a, enum dialect d, const char *text)
{
	struct query_refs refs = { 0 };

	sql_expression_queries(a, d, text, &refs);
	sql_statement_queries(a, d, text, &refs);
	for (size_t i = 0; i < refs.n; i++) {
		const struct query_ref *r = &refs.v[i];

		if (r->at.at < text || !token_names(&r->at) ||
		    r->at.at + r->at.len > text + strlen(text) ||
		    (!r->tables.n && !r->outer))
			abort();
	}
}

static void
must_name(struct arena *a, enum dialect d, const char *text)
{
	struct column_refs refs = { 0 };

	sql_columns(a, d, text, &refs);
	sql_columns_of(a, d, text, "new", &refs);
	must_name_in_queries(a, d, text);
	for (size_t i = 0; i < refs.n; i++) {
		const struct column_ref *r = &refs.v[i];

		if (r->at.at < text || !token_names(&r->at) ||
		    r->at.at + r->at.len > text + strlen(text))
			abort();
		if (!r->of && r->at.kind == TOKEN_WORD &&
		    (token_is(&r->at, "and") || token_is(&r->at, "select")))
			abort();
	}
}

static void
check(enum dialect d, const char *text, size_t n)
{
	struct arena a = { 0 };
	struct tokens next = read_all(&a, d, text, n, false, lex_next);
	struct tokens raw = read_all(&a, d, text, n, false, lex_raw);
	struct tokens slow = read_all(&a, d, text, n, true, lex_raw);
	struct tokens kept = { 0 };
	const char *at = text, *key;

	must_equal(&raw, &slow);
	for (size_t i = 0; i < raw.n; i++) {
		const struct token *t = &raw.v[i];

		if (t->at != at || !t->len ||
		    (t->kind != TOKEN_BAD && memchr(t->at, 0, t->len)))
			abort();
		at += t->len;
		if (t->kind != TOKEN_SPACE && t->kind != TOKEN_COMMENT)
			vec_push(&a, &kept, *t);
	}
	must_equal(&next, &kept);
	key = sql_key(&a, d, arena_strndup(&a, text, n));
	if (!next.n || next.v[next.n - 1].kind != TOKEN_BAD)
		if (strcmp(sql_key(&a, d, key), key))
			abort();
	must_name(&a, d, arena_strndup(&a, text, n));
	arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	for (int d = 0; d < DIALECT_COUNT; d++)
		check((enum dialect)d, (const char *)data, n);
	return 0;
}
