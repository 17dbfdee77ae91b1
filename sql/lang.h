/* lang.h - what sql/ must know of a dialect: one row each.
 *
 * Internal to sql/. The rows are in sqlite.c and postgres.c; nothing else
 * here asks which dialect it is.
 */
#ifndef SQL_LANG_H
#define SQL_LANG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "sql/portable.h"
#include "sql/split.h"

/* A word that the grammar knows. */
struct keyword {
	const char *word;
	bool reserved; /* can never name a column without quotes */
};

/* Patterns are pieces of one PCRE2 pattern and must be linear: every repeat
 * possessive, every choice decided by its first bytes. A piece ends in the
 * mark of its kind (see lex.c). */
struct lang {
	const char *space, *comment, *tokens;
	const struct keyword *keywords; /* in the order of strcmp */
	size_t n_keywords;
	bool folds;        /* a bare name is folded to lower case */
	bool capitals;     /* a bare name may have them */
	bool nocase;       /* names compare without case, quoted or not */
	bool loose_words;  /* most keywords can stand as bare names */
	bool string_names; /* 'a' where a name must stand is one */
	bool bare_parts;   /* an index takes an expression as it is */
	const char *home;  /* the schema of names that say none, or NULL */
	const char *portable[PORTABLE_COUNT];

	/* Sees a token that is not ; ( or ), and says whether a semicolon
	 * after it would be inside a body. */
	bool (*body)(struct body *b, const struct token *t);

	/* Sees each token, and notes that the statement takes the lines that
	 * follow it for data; NULL: none does. */
	void (*feeds)(struct body *b, const struct token *t);
};

extern const struct lang sqlite_lang, postgres_lang;

/* Returns the row of the dialect. */
const struct lang *sql_lang(enum dialect d);

/* Returns the keyword of that name in any case, or NULL. */
const struct keyword *lang_keyword(
    const struct lang *lang, const char *word, size_t len);

/* Are n bytes at s a word of the dialect, so that they need no quotes? */
bool lang_plain(const char *s, size_t n);

/* Adds s between quotes, the quote doubled inside. */
void lang_enclose(struct buf *out, const char *s, char quote);

#endif
