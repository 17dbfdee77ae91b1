/* split.h - a text into its statements.
 *
 * Statements end at a semicolon that stands outside parentheses, strings,
 * comments, dollar quotes, trigger bodies (SQLite: CREATE TRIGGER … BEGIN …
 * END), CASE … END and BEGIN ATOMIC bodies (PostgreSQL). Offsets are bytes.
 *
 * On PostgreSQL a text is read as psql reads it. The lines after the one that
 * ends a COPY … FROM STDIN, or holds a \copy from there, are data up to a line
 * that is only \., or to the end: a statement of its own, with one TOKEN_DATA.
 * What begins on the line of such a COPY must end there; else nobody can say
 * what the data cuts apart, and it is bad from there on.
 */
#ifndef SQL_SPLIT_H
#define SQL_SPLIT_H

#include "base/arena.h"
#include "base/vec.h"
#include "sql/lex.h"

struct statement {
	const char *text; /* into the text given: first token to last */
	size_t len;       /* without the semicolon */
	size_t offset;    /* of its first token in the text */
	int line, column; /* of its first token, from 1 */
	bool bad;         /* has a TOKEN_BAD: it reaches to the end */
	bool feeds;       /* psql reads data for it from later lines */
	bool data;        /* is such data, not SQL */
};

VEC(statements, struct statement);

/* Where a splitter stands in a statement. Zero it for each. */
struct body {
	unsigned words;  /* seen so far */
	unsigned parens; /* open */
	unsigned depth;  /* blocks open */
	bool routine;    /* the statement makes what has a body */
	bool semicolon;  /* the last token was one */
	bool label;      /* a word here is a label, never a keyword */
	bool copy, from; /* begins with COPY; the last token was FROM */
	bool feeds;      /* it reads data from the lines that follow */
	bool begin;      /* the last token was BEGIN */
};

/* Reads statements one after the other. */
struct splitter {
	struct lexer lexer;
	struct body body;
	struct statement now; /* text is NULL before its first token */
	bool closed;          /* the last one ended in a semicolon, or is data
				 whose end was seen */
	bool plain;           /* read as one who does not know psql: nothing is
				 data, a semicolon ends a statement wherever it
				 stands, and what follows a backslash is a
				 statement of its own on its line; set it after
				 split_init */
	unsigned feeds;       /* data that waits to be read */
	bool rest;            /* only the rest of a line is looked at */
	size_t len, readable; /* of the text, while the lexer sees a line */
	size_t counted;       /* bytes that line and column have seen */
	int line, column;
};

/* Begins to split len bytes of text. Release it. */
void split_init(
    struct splitter *s, enum dialect d, const char *text, size_t len);

/* Reads the next statement into *st and shows each of its tokens to see, which
 * may be NULL, as it goes; false at the end. */
bool split_next(struct splitter *s, struct statement *st,
    void (*see)(void *arg, const struct token *t), void *arg);

/* Moves the line and the column on to byte `at` of the text, which is not
 * before the one that they stand at. */
void split_to(struct splitter *s, size_t at);

/* Frees the scratch memory. */
void split_release(struct splitter *s);

/* Returns how long the statement is with the comments behind it, up to its
 * semicolon or the end of the text, which ends in a NUL. */
size_t statement_commented(enum dialect d, const struct statement *st);

/* Returns the statement so that a semicolon can follow it: a comment at its
 * end is closed, or its line ended. */
const char *sql_closed(struct arena *a, enum dialect d, const char *text);

/* Adds the statements of the text to out; empty ones are left out. */
void sql_split(struct arena *a, struct statements *out, enum dialect d,
    const char *text, size_t len);

#endif
