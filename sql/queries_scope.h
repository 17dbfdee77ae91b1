/* queries_scope.h - between the files that read queries.
 *
 * Internal to sql/. A scope is a place in the text and what is known there.
 */
#ifndef SQL_QUERIES_SCOPE_H
#define SQL_QUERIES_SCOPE_H

#include "sql/queries.h"

/* What a FROM names. */
struct relation {
	struct query_table table;
	const char *alias; /* how it is called */
	bool opaque;       /* its columns are not known */
};
VEC(relations, struct relation);

/* A query, inside another or not. */
struct level {
	const struct level *up;
	struct relations relations;
	struct reading list; /* what it selects */
	bool broken;         /* it is not understood what it is of */
};

/* Names of WITH. */
struct with {
	const struct with *up;
	struct names names;
};

/* Where a part of the text stands. */
struct scope {
	struct query_refs *out;
	const struct level *level;
	const struct with *with;
	int depth; /* of queries inside one another */
};

VEC(readings, struct reading);

/* What a query may go on with after its FROM; ends in NULL, as all lists. */
extern const char *const query_clauses[];

/* ---- readings: their `at` is 0 ---- */

bool is_one_of(const struct token *t, const char *const *words);

/* Returns the tokens from one place up to another. */
struct reading reading_part(const struct reading *r, size_t from, size_t to);

/* Returns the name at a place, unquoted. */
const char *reading_name(const struct reading *r, size_t i);

/* Returns the first place from i on, outside parentheses, of one of the words,
 * or the number of tokens. */
size_t find_one_of(const struct reading *r, size_t i, const char *const *words);

/* ---- queries.c ---- */

/* Takes an expression; sorts: it may say what the list calls something. */
void scope_expression(
    const struct scope *s, const struct reading r, bool sorts);

/* Takes WHERE, GROUP BY … from i on; sorted: its ORDER BY is its own, not that
 * of a UNION. */
void scope_clauses(
    const struct scope *s, const struct reading *r, size_t i, bool sorted);

void scope_query(const struct scope *s, const struct reading *r);

/* ---- queries_from.c ---- */

/* Takes a name, of a schema or not; returns the place behind it, or 0. */
size_t read_table(const struct reading *r, size_t i, struct query_table *t);

/* Takes the alias at i, if there is one; returns the place behind it, or 0. */
size_t read_alias(const struct reading *r, size_t i, struct relation *x);

/* Takes what stands behind FROM into the level. */
void scope_from(const struct scope *s, struct level *l, const struct reading r);

/* ---- queries_write.c ---- */

/* Takes a statement, if it is one that is understood. */
void scope_statement(const struct scope *s, const struct reading r);

#endif
