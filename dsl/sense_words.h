/* sense_words.h - what SQL calls columns, and where it does.
 *
 * Internal to dsl/. Each function takes a text, in the item of the sensing or
 * in a file, and tells which columns it names that are not there.
 */
#ifndef DSL_SENSE_WORDS_H
#define DSL_SENSE_WORDS_H

#include "dsl/sense.h"
#include "sql/queries.h"

/* A column as a text names it. */
struct sql_named {
	const char *sql;             /* the whole text */
	const char *option;          /* where it is; NULL: the argument */
	const struct stated *stated; /* where it is, in a file; or NULL */

	/* filled here */
	const char *name;
	const struct token *at;
};

/* Looks up x->name in the collection. */
void sense_column(const struct sensing *s, const struct sql_named *x);

/* Takes an expression over the rows of the collection. */
void sense_expression(const struct sensing *s, struct sql_named *x);

/* Takes what a text says of NEW and OLD, rows of the collection. */
void sense_rows(const struct sensing *s, struct sql_named *x);

/* Takes a query, or statements. */
void sense_statements(const struct sensing *s, struct sql_named *x);

/* Are all its fields known: was none left out, because its name was wrong? */
bool lowered_is_whole(const struct lowering *l, const struct lowered *c);

/* Returns the collection of a table that SQL names, where all of it is known;
 * or NULL. */
const struct lowered *lowered_of(
    const struct lowering *l, const struct query_table *t);

#endif
