/* split.h - a text into its statements.
 *
 * Statements end at a semicolon that stands outside parentheses, strings,
 * comments, dollar quotes, trigger bodies (SQLite: CREATE TRIGGER … BEGIN …
 * END), CASE … END and BEGIN ATOMIC bodies (PostgreSQL). Offsets are bytes.
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
};

VEC(statements, struct statement);

/* Adds the statements of the text to out; empty ones are left out. */
void sql_split(struct arena *a, struct statements *out, enum dialect d,
    const char *text, size_t len);

#endif
