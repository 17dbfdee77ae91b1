/* define.h - what a CREATE statement makes, found in its text.
 *
 * Kinds are given by their words ("MATERIALIZED VIEW"), so that this file knows
 * the shape of statements and no list of kinds. Names come out unquoted. Only
 * what identifies the thing is read; whether the rest is right, the database
 * says.
 */
#ifndef SQL_DEFINE_H
#define SQL_DEFINE_H

#include "sql/split.h"

struct definition {
	const char *schema, *name; /* schema is NULL where it says none, or the
				      one that is meant then ("public") */
	const char *table_schema, *table; /* after ON, or TO in a rule; NULL */
	bool only; /* ON ONLY: an index of a divided table, without its parts */
	const char *signature; /* of a function: the types of what goes in, one
				  way ("integer"); else NULL */
	const char *header;    /* the same with names and modes, which have a
				  default, and what it returns */
	const char *text;     /* the whole, one way: CREATE, the word, the name,
				 and all after it as it was written; without OR
				 REPLACE, IF NOT EXISTS and CONCURRENTLY */
	const char *rest;     /* what stands behind the name, in text */
	const char *key;      /* how the text compares */
	const char *owned_by; /* of a sequence, the column; text says nothing of
				 it; else NULL */
	const char *drop;     /* what takes it back, where that is not DROP, the
			     word and the name; else NULL */
};

/* Is the statement CREATE of such a thing? False with *why set where it is but
 * cannot be taken (temporary, without a name), and NULL where it is not. */
bool sql_define(struct arena *a, enum dialect d, const struct statement *s,
    const char *word, struct definition *out, const char **why);

/* Returns the names that the text says, each once, in lower case: what
 * sql_may_name. With inside, those in its strings, too: a body of a function,
 * the argument of nextval. */
void sql_said_names(struct arena *a, enum dialect d, const char *text,
    bool inside, struct names *out);

/* Returns those that stand before a parenthesis, as a function that is called
 * does, in its strings, too, and each as often as it is. */
void sql_called_names(
    struct arena *a, enum dialect d, const char *text, struct names *out);

#endif
