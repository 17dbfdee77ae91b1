/* lex.h - SQL as tokens, in either dialect.
 *
 * One PCRE2 pattern a dialect, compiled with JIT, finds the tokens. The lexer
 * never fails: what it cannot read (a string that does not end, a stray byte,
 * a NUL, what is not UTF-8) is a TOKEN_BAD that reaches to the end of the
 * text, and whoever judges must take it for the worst. Tokens point into the
 * text, which must outlive them.
 */
#ifndef SQL_LEX_H
#define SQL_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/dialect.h"

enum token_kind {
	TOKEN_END,    /* of the text; len is 0 */
	TOKEN_WORD,   /* a keyword or a plain name */
	TOKEN_NAME,   /* a quoted name: "a", and [a], `a` in SQLite */
	TOKEN_STRING, /* 'a', E'a', U&'a', X'00', B'1', $tag$a$tag$ */
	TOKEN_NUMBER,
	TOKEN_PARAM,   /* $1, ?1, :name, @name */
	TOKEN_OP,      /* an operator, or one of ( ) , ; . [ ] : */
	TOKEN_SPACE,   /* white space, only from lex_raw */
	TOKEN_COMMENT, /* a comment, only from lex_raw */
	TOKEN_META,    /* a line of psql's own: \i file; or its \; alone */
	TOKEN_BAD,     /* cannot be read; reaches to the end */
	TOKEN_DATA, /* the lines that a COPY … FROM STDIN reads, with the one
		       that ends them; only from split.h */
};

struct token {
	enum token_kind kind;
	const char *at; /* into the text */
	size_t len;
};

struct lexer {
	const char *text;
	size_t len, pos;
	size_t readable; /* bytes before a NUL or what is not UTF-8 */
	enum dialect dialect;
	bool interpret; /* patterns alone, without the JIT and without
			   shortcuts; set it after lex_init */
	void *match;    /* PCRE2's scratch memory, made at first use */
};

/* Begins to read len bytes of text. Release it. */
void lex_init(struct lexer *l, enum dialect d, const char *text, size_t len);

/* Reads the next token that means something into *t; false at the end, where
 * *t is TOKEN_END. */
bool lex_next(struct lexer *l, struct token *t);

/* As lex_next, but white space and comments are tokens too. */
bool lex_raw(struct lexer *l, struct token *t);

/* Frees the scratch memory. */
void lex_release(struct lexer *l);

/* As token_is, for a token that is known to begin as the word does and to be
 * as long. */
bool token_spells(const struct token *t, const char *word);

/* Is t the word given in lower case, or the operator? A quoted name is never
 * a word. Inline, because most answers are no by the first byte. */
static inline bool
token_is(const struct token *t, const char *word)
{
	return (t->kind == TOKEN_WORD || t->kind == TOKEN_OP) &&
	       (t->at[0] | 0x20) == (word[0] | 0x20) &&
	       t->len == strlen(word) && token_spells(t, word);
}

/* Can t name something: a quoted name or a word? */
bool token_names(const struct token *t);

#endif
