/* righting.h - between the file that adds rights up and the one that says them.
 *
 * Internal to sql/.
 */
#ifndef SQL_RIGHTING_H
#define SQL_RIGHTING_H

#include "sql/rights.h"

/* rights.c: the words of the bits below, in the order in which they are said.
 */
#define PRIVILEGES 11
extern const char *const rights_privileges[PRIVILEGES];

enum {
	SELECT = 1,
	INSERT = 2,
	UPDATE = 4,
	DELETE = 8,
	TRUNCATE = 16,
	REFERENCES = 32,
	TRIGGER = 64,
	MAINTAIN = 128,
	USAGE = 256,
	CREATE = 512,
	EXECUTE = 1024
};

/* What can be done with each kind, and what everybody may. The second word is
 * that of default privileges. */
struct thing {
	const char *word, *plural;
	unsigned all, anybody;
};

/* A privilege on some columns only. */
struct column_right {
	unsigned privilege;
	const char *column;
	bool option;
};
VEC(column_rights, struct column_right);

struct right {
	const struct thing *thing;
	const char *before; /* "ALTER DEFAULT PRIVILEGES IN SCHEMA s ", or "" */
	const char *on;     /* "TABLE posts", "TABLES" */
	const char *schema, *about;
	const char *role;
	unsigned anybody; /* what the role has anyway */
	unsigned has, option;
	struct column_rights columns;
	size_t place; /* among all: where it was given first */
	bool given;
	bool shut; /* all of it was taken */
	const void *source;
};

/* rights.c: what is taken of the table is taken of its columns, too; what:
 * bits. */
void right_take_columns(struct right *x, unsigned what);

#endif
