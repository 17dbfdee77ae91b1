/* columns.h - the columns that an expression plainly names.
 *
 * Told by where a name stands, without knowing what there is: an operand by
 * itself, between operators, commas and parentheses. What a subquery, a call
 * with words of its own (extract, the XML and JSON of the standard), a type or
 * an alias may mean is left out. So of what is found it can be said that the
 * table must have it, and of the rest nothing.
 */
#ifndef SQL_COLUMNS_H
#define SQL_COLUMNS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"
#include "sql/reading.h"

struct column_ref {
	const char *of;   /* the name before the point, unquoted; or NULL */
	const char *name; /* unquoted, folded as the dialect does */
	struct token at;  /* as it is written, in the text given */
};
VEC(column_refs, struct column_ref);

/* Adds the names of an expression that must be columns. */
void sql_columns(
    struct arena *a, enum dialect d, const char *expr, struct column_refs *out);

/* As sql_columns, of the tokens of a reading, whose `at` is 0; the inside of a
 * parenthesis that is a query goes to `query`. */
void sql_columns_in(const struct reading *r, struct column_refs *out,
    void (*query)(void *context, const struct reading *inside), void *context);

/* Is it the first word of a query? */
bool sql_begins_query(const struct token *t);

/* Is it a word that stands between operands, and names nothing there? */
bool sql_is_joint(const struct token *t);

/* Returns the place of the parenthesis that closes the one at i, or the number
 * of tokens; `at` is 0. */
size_t sql_closing(const struct reading *r, size_t i);

/* Adds every OF.name of a text, inside subqueries too: of the NEW and the OLD
 * row of a trigger. `of` is in lower case. */
void sql_columns_of(struct arena *a, enum dialect d, const char *text,
    const char *of, struct column_refs *out);

#endif
