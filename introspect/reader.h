/* reader.h - a CREATE statement, token by token.
 *
 * Only introspect/ includes this. The first thing that is not as expected
 * makes the reader bad, and at the end of the text, for good: so the readers
 * of a grammar need not ask at each step, and every loop over tokens ends.
 */
#ifndef INTROSPECT_READER_H
#define INTROSPECT_READER_H

#include "schema/schema.h"
#include "sql/lex.h"

struct reader {
	struct arena *a;
	enum dialect dialect;
	struct lexer lex;
	struct token t;       /* the one that comes next */
	const char *end;      /* of the one that was taken last */
	const char *bad;      /* where the text was not as expected, or NULL */
	const char *expected; /* what should have stood there */
};

/* Begins to read the text. Release it. */
void reader_init(
    struct reader *r, struct arena *a, enum dialect d, const char *text);
void reader_release(struct reader *r);

/* Takes the next token, whatever it is. */
void reader_skip(struct reader *r);

/* Is the next token this word (in lower case) or operator? */
bool reader_at(const struct reader *r, const char *word);

/* Is it this word, and the one after it that? */
bool reader_at_both(
    const struct reader *r, const char *word, const char *second);

/* Takes the next token if it is this. */
bool reader_take(struct reader *r, const char *word);

/* Takes the next token, which must be this. */
void reader_expect(struct reader *r, const char *word);

/* Makes the reader bad; returns false. */
bool reader_fail(struct reader *r, const char *expected);

/* Takes a name, quoted or not, and returns it without quotes; "" and bad where
 * there is none. */
const char *reader_name(struct reader *r);

/* Takes a group in parentheses and returns what is in them. */
struct expr reader_group(struct reader *r);

/* The same to the letter: comments stay at both ends, spaces do not. */
struct expr reader_inside(struct reader *r);

/* Takes all that follows, comments at both ends, too, but for one that nothing
 * could follow it is closed. */
struct expr reader_rest(struct reader *r);

/* Takes a group without looking at it. */
void reader_skip_group(struct reader *r);

/* Returns the text from start to the last token taken as an expression,
 * without parentheses around all of it. */
struct expr reader_span(struct reader *r, const char *start);

/* The same, to the letter. */
struct expr reader_text(struct reader *r, const char *start);

#endif
