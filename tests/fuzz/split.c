/* split - the statements of any bytes
 *
 * Between two statements stand only space, comments and semicolons, a
 * statement split again is itself, and read in pieces they are the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sql/stream.h"

/* Nothing that means anything may be lost between the statements. */
static void
must_be_empty(enum dialect d, const char *text, size_t n)
{
	struct lexer l;
	struct token t;

	lex_init(&l, d, text, n);
	while (lex_next(&l, &t))
		if (!token_is(&t, ";"))
			abort();
	lex_release(&l);
}

static void
must_be_one(struct arena *a, enum dialect d, const struct statement *s)
{
	struct statements again = { 0 };

	sql_split(a, &again, d, s->text, s->len);
	if (again.n != 1 || again.v[0].text != s->text ||
	    again.v[0].len != s->len || again.v[0].bad != s->bad)
		abort();
}

struct pieces {
	const char *text;
	size_t n;
};

static long
read_piece(void *arg, char *p, size_t n, struct err *err)
{
	struct pieces *from = arg;

	(void)err;
	n = n < from->n ? n : from->n;
	memcpy(p, from->text, n);
	from->text += n;
	from->n -= n;
	return (long)n;
}

static void
must_be_same_in_pieces(enum dialect d, const char *text, size_t n, size_t piece,
    const struct statements *all)
{
	struct pieces from = { text, n };
	struct stream in;
	struct statement st;
	struct err err = { 0 };
	size_t seen = 0;
	bool more;

	stream_init(&in, d, read_piece, &from);
	in.piece = piece;
	for (;; seen++) {
		do
			more = split_next(&in.split, &st, NULL, NULL);
		while (stream_lacks(&in, more) && stream_fill(&in, &err));
		if (!more)
			break;
		stream_take(&in, &st);
		if (seen == all->n || st.offset != all->v[seen].offset ||
		    st.len != all->v[seen].len ||
		    st.line != all->v[seen].line ||
		    st.column != all->v[seen].column ||
		    memcmp(st.text, all->v[seen].text, st.len))
			abort();
	}
	if (seen != all->n)
		abort();
	stream_release(&in);
}

static void
check(enum dialect d, const char *text, size_t n)
{
	struct arena a = { 0 };
	struct statements all = { 0 };
	size_t at = n >= 3 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;
	bool fed = false;

	sql_split(&a, &all, d, text, n);
	for (size_t i = 0; i < all.n; i++) {
		const struct statement *s = &all.v[i];

		if (s->text != text + s->offset || !s->len || s->offset < at ||
		    s->line < 1 || s->column < 1)
			abort();
		must_be_empty(d, text + at, s->offset - at);
		if (s->data && !fed)
			abort();
		fed |= s->feeds;
		/* data is data by what stands before it, and what it cuts apart
		 * is bad; an editor's mark would be taken from its beginning */
		if (!s->data && !(s->bad && fed) &&
		    (s->len < 3 || memcmp(s->text, "\xef\xbb\xbf", 3)))
			must_be_one(&a, d, s);
		at = s->offset + s->len;
	}
	must_be_empty(d, text + at, n - at);
	for (size_t piece = 1; piece < 40; piece = piece * 3 + 1)
		must_be_same_in_pieces(d, text, n, piece, &all);
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
