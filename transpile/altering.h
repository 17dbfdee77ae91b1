/* altering.h - between the files that find the ALTER from one text of an object
 * to another.
 *
 * Internal to transpile/.
 */
#ifndef TRANSPILE_ALTERING_H
#define TRANSPILE_ALTERING_H

#include "sql/lex.h"
#include "transpile/ddl.h"

struct clause {
	const char *word;  /* as in the list of words, or "" before the first */
	const char *value; /* what follows it */
	const char *key;
	const char *name; /* of a constraint, or NULL */
};
VEC(clauses, struct clause);

struct altering {
	struct arena *a;
	struct names *out;
	const struct object *from, *to;
	struct clauses was, is;
	struct buf b;
};

VEC(tokens, struct token);

/* Adds a clause, whose value is the tokens up to `end`. */
void altering_add(struct altering *x, struct clauses *to, const char *word,
    const struct token *from, const struct token *end);
const struct clause *clauses_find(const struct clauses *all, const char *word);

/* Is what is said of the word another than it was? */
bool altering_differs(const struct altering *x, const char *word);

/* Writes ALTER and the name; what was written since then becomes a statement.
 */
void altering_begin(struct altering *x);
void altering_end(struct altering *x);

/* postgres_alter_options.c */
extern const char *const altering_server_words[];
bool altering_server(struct altering *x);
bool altering_dictionary(struct altering *x);

#endif
