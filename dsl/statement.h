/* statement.h - between the files that read .sql files.
 *
 * Internal to dsl/.
 */
#ifndef DSL_STATEMENT_H
#define DSL_STATEMENT_H

#include "dsl/lower.h"
#include "sql/split.h"

VEC(word_tokens, struct token);

/* A statement of a file, on its way into the schema. */
struct stating {
	struct lowering *l;
	const char *file;
	const struct statement *statement;
	const char *unusable; /* as object.unusable: a comment before it */
	struct word_tokens tokens;
};

/* Tells what is wrong with the statement, at its place. */
void stating_refuse(struct stating *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds an object; tells if there is one of its name. Returns it. */
struct object *stating_add(struct stating *s, const struct object *o);

/* statement.c: adds up all that GRANT and REVOKE have said. */
void lower_grants(struct lowering *l);

/* statement.c: takes GRANT, REVOKE, COMMENT ON, ALTER …; false where it is none
 * of these. */
bool stating_about(struct stating *s);

/* statement.c: CREATE TYPE … AS ENUM, CREATE TABLE … PARTITION OF; false where
 * it is neither. */
bool stating_modelled(struct stating *s);

#endif
