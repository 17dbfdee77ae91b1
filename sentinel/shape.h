/* shape.h - a statement reduced to the words that decide.
 *
 * Internal to sentinel/. Keywords and plain names in lower case, one space
 * after each; comments gone; literals and quoted names masked, so that no
 * text inside them can look like a word:
 *
 *     "      a quoted name        '      a string
 *     0      a number             ?      a parameter
 *     ()     parentheses and all they hold, with the worst of it as a letter:
 *     (v)    calls a function that gives another value each time
 *     (f)    calls a function that nobody here knows
 *     (d)    holds a statement that changes data
 *
 * drop table if exists "Users" cascade → `drop table if exists " cascade `
 * create table t (a int default f())   → `create table t (f) `
 *
 * An ALTER TABLE is one shape for each of its actions, as `action drop c `.
 */
#ifndef SENTINEL_SHAPE_H
#define SENTINEL_SHAPE_H

#include "base/arena.h"
#include "base/vec.h"
#include "sql/split.h"

/* What is true of the statement as a whole. */
enum fact {
	FACT_NONE,
	FACT_BAD,       /* the lexer could not read it */
	FACT_META,      /* a line of psql's own */
	FACT_VARIABLE,  /* psql would put text here: :name */
	FACT_UNICODE,   /* UESCAPE: names are not what they look like */
	FACT_LONG_NAME, /* longer than the server keeps */
	FACT_UNEVEN,    /* parentheses that do not match */
	FACT_DATA,      /* is no SQL: psql reads it for a COPY */
	FACT_SHELL,     /* a line that the sqlite3 shell takes for its own */

	/* set by others than shape_of */
	FACT_TRANSACTION, /* stands between BEGIN and its end */
	FACT_UNKNOWN,     /* no rule knows it */
	FACT_COPY,        /* of a rebuild: goes through an expression */
	FACT_WAITS,       /* nothing limits how long it waits for a lock */
	FACT_CATCH_UP,    /* only sets a sequence behind what it gave */
	FACT_ORDER,       /* after what came before: see order.h */
	FACT_TWICE,       /* means another thing to others: see twice.h */
	FACT_STYLE,       /* see style.h */
};

/* A word of a shape and the token it came from. */
struct mark {
	size_t at; /* in the text of the shape */
	struct token token;
};
VEC(marks, struct mark);

struct shape {
	enum dialect dialect;
	const char *text;
	size_t len;
	struct marks marks;   /* one a word, in order */
	unsigned facts;       /* a bit for each */
	struct token culprit; /* of the last fact */
	struct token foreign; /* what is no SQL: a line of psql's, data; its
				 length is 0 where there is none */
};
VEC(shapes, struct shape);

/* Returns the shape of the statement, in arena a. */
struct shape *shape_of(
    struct arena *a, enum dialect d, const struct statement *s);

/* Reads the next statement of a splitter into *st and returns its shape, in
 * arena a; NULL at the end. */
struct shape *shape_next(
    struct arena *a, struct splitter *from, struct statement *st);

/* If the shape is that of an ALTER TABLE, adds the shape of each action, sets
 * *table to the shape's words that name the table, and returns true. */
bool shape_actions(struct arena *a, const struct shape *s,
    struct shapes *actions, struct marks *table);

/* Returns the words of the shape from byte `start` to before `end` as a name,
 * in arena a: "main.posts". */
const char *shape_name(
    struct arena *a, const struct shape *s, size_t start, size_t end);

/* Returns the index of the first mark at or after the byte of the shape. */
size_t shape_mark(const struct shape *s, size_t at);

/* Is mark i the word? A quoted name is never one. */
static inline bool
shape_is(const struct shape *s, size_t i, const char *word)
{
	return i < s->marks.n && token_is(&s->marks.v[i].token, word);
}

/* Is any mark of the shape the word? */
bool shape_holds(const struct shape *s, const char *word);

static inline bool
shape_has(const struct shape *s, enum fact fact)
{
	return s->facts >> fact & 1;
}

#endif
