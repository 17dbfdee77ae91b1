/* functions.h - what a call in a statement may do. */
#ifndef SENTINEL_FUNCTIONS_H
#define SENTINEL_FUNCTIONS_H

#include "base/dialect.h"
#include "sql/lex.h"

/* The worst that parentheses hold, in rising order. */
enum calls {
	CALLS_PURE,     /* only reads what it is given */
	CALLS_VOLATILE, /* another value each time, but harmless */
	CALLS_UNKNOWN,  /* could do anything */
	CALLS_CHANGES,  /* not a call: a statement that changes data */
};

/* What does a word directly before a parenthesis do, which stands after the
 * token `before`? Keywords, types and the harmless functions of the dialect are
 * known. */
enum calls calls_of(
    enum dialect d, const struct token *word, const struct token *before);

#endif
