/* say.h - what a statement says of something that is there: COMMENT ON, ALTER,
 * GRANT.
 *
 * Each thing that a statement says becomes one saying, written one way, so that
 * one can change without the others, and that what is said in other words is
 * the same. Rights are added up first (rights.h), for one statement takes what
 * another gave.
 */
#ifndef SQL_SAY_H
#define SQL_SAY_H

#include "sql/split.h"

enum saying_kind { SAYING_SETTING, SAYING_COMMENT };

struct saying {
	enum saying_kind kind;
	const char *schema, *about; /* the thing, or the table that it is of; a
				       schema that need not be said is NULL */
	const char *column;         /* of a comment on a column, or NULL */
	const char *of;   /* the word of the thing: "TABLE", "COLUMN" */
	const char *name; /* which one: no other text says the same of it */
	const char *text;
	const char *key;
	const char *drop;  /* what takes it back; NULL: nothing does */
	const char *value; /* of a comment, without quotes */
	bool adds; /* another text is said only after it was taken back */
	bool only; /* ONLY stands before the name of the table, and in the text
		      where it means something: it adds a key that waits for
		      the parts */
	bool part; /* of a table, it is said only of one that is a part of
		      another: else it belongs to the definition */
};
VEC(sayings, struct saying);

/* Reads COMMENT ON and ALTER: adds what it says; nothing where it says what is
 * so anyway. False where it is neither, with *why NULL, or cannot be taken. */
bool sql_say(struct arena *a, enum dialect d, const struct statement *s,
    struct sayings *out, const char **why);

/* Reads `kind name` at a place of a statement about something: the words of the
 * kind, written one way, and the name, with its arguments; *end is behind them.
 * NULL where there is none. */
struct reading;
struct subject {
	const char *word;           /* "MATERIALIZED VIEW" */
	const char *schema, *about; /* as in a saying */
	const char *column;
	const char *text; /* "MATERIALIZED VIEW app.v" */
	bool only;
	size_t end;
};
bool subject_read(
    const struct reading *r, size_t at, struct subject *out, const char **why);

#endif
