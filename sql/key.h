/* key.h - two texts that mean the same have one key.
 *
 * The key is the token stream: comments gone, one space between tokens, words
 * and plain names in lower case, quoted names without quotes where they need
 * none, parentheses around the whole gone. SQLite keeps SQL verbatim and is
 * compared by keys; PostgreSQL's server spells its own (see introspect/).
 */
#ifndef SQL_KEY_H
#define SQL_KEY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/dialect.h"
#include "sql/lex.h"

/* Returns the key of an expression or a statement; NULL for NULL. */
const char *sql_key(struct arena *a, enum dialect d, const char *text);

/* Returns what a token names: the word, or the quoted name unquoted.
 * On PostgreSQL a bare word is folded to lower case. */
const char *sql_unquote(
    struct arena *a, enum dialect d, const char *text, size_t len);

/* Returns the literal for which a text that is one name stands where SQLite
 * wants a value (DEFAULT draft, "draft", `draft` and [draft] are 'draft'),
 * else NULL. NULL, TRUE, FALSE and CURRENT_… are values, unless quoted. */
const char *sql_name_as_string(
    struct arena *a, enum dialect d, const char *text);

/* Can the token stand for a name: a word, a quoted name, on SQLite a string,
 * as in CREATE TRIGGER t UPDATE OF 'a' ON 'b'? */
bool sql_may_name(enum dialect d, const struct token *t);

/* Does a statement say the name, wherever that stands? */
bool sql_says(enum dialect d, const char *text, const char *name);

/* Does the expression name the column (a word or a quoted name, in any case
 * on SQLite)? Strings do not count. */
bool sql_mentions(enum dialect d, const char *expr, const char *column);

/* Returns the expression with the column's name exchanged for another. */
const char *sql_rename(struct arena *a, enum dialect d, const char *expr,
    const char *from, const char *to);

#endif
