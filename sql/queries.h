/* queries.h - the columns that queries plainly name.
 *
 * A query says itself which tables it is of: its FROM. So a column with the
 * name of one before it, and one without where all tables are known, can be
 * looked up, through as many queries inside one another as there are. Nothing
 * is known of what comes out of a subquery, a WITH, a function, a list of
 * columns behind an alias, or of what is not understood; a name that may be of
 * these is left out.
 */
#ifndef SQL_QUERIES_H
#define SQL_QUERIES_H

#include "sql/columns.h"

struct query_table {
	const char *schema, *name; /* unquoted, folded; schema or NULL */
};
VEC(query_tables, struct query_table);

struct query_ref {
	const char *of;             /* the name before the point, or NULL */
	const char *name;           /* unquoted, folded as the dialect does */
	struct token at;            /* as it is written, in the text given */
	struct query_tables tables; /* one of these has the column … */
	bool outer; /* … or what is around the text: the row of a policy */
};
VEC(query_refs, struct query_ref);

/* Adds the columns that the queries in an expression name; those of the
 * expression itself are sql_columns'. */
void sql_expression_queries(
    struct arena *a, enum dialect d, const char *expr, struct query_refs *out);

/* Adds the columns that a query names, or statements that a semicolon divides:
 * SELECT, INSERT, UPDATE, DELETE. */
void sql_statement_queries(
    struct arena *a, enum dialect d, const char *text, struct query_refs *out);

#endif
