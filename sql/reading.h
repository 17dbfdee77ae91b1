/* reading.h - a statement as tokens, and how far it was read.
 *
 * Internal to sql/, and to sync/live_*.c, which reads statements as schemas.
 * Past the last token there is one that is nothing, so that
 * nobody asks for the end at each step.
 */
#ifndef SQL_READING_H
#define SQL_READING_H

#include "base/arena.h"
#include "base/vec.h"
#include "sql/lex.h"

VEC(read_tokens, struct token);

struct reading {
	struct arena *a;
	enum dialect d;
	struct read_tokens tokens;
	size_t at;
};

/* Begins to read len bytes of text, which the tokens point into. */
void reading_init(struct reading *r, struct arena *a, enum dialect d,
    const char *text, size_t len);

/* Returns the token that many places ahead. */
const struct token *peek(const struct reading *r, size_t ahead);

/* Takes the next token if it is this word, in lower case, or operator. */
bool accept_token(struct reading *r, const char *word);

/* Takes words that stand in this order, in any case, or none of them. */
bool accept_words(struct reading *r, const char *words);

/* How many tokens are these words at that place, or 0? */
size_t words_at(const struct reading *r, size_t at, const char *words);

/* Takes a name, with a schema or without (NULL, as for the schema that is meant
 * when none is said). */
bool read_name(struct reading *r, const char **schema, const char **name);

/* Returns the first place from `at` on, outside parentheses, of the word, or
 * the number of tokens. */
size_t find_word(const struct reading *r, size_t at, const char *word);

/* Returns the text from one token up to another, as it is written. */
const char *cut(const struct reading *r, size_t from, size_t to);

/* Returns a copy with the letters from first to last in the other case. */
const char *recase(struct arena *a, const char *s, char first, char last);

#endif
