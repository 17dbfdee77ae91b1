/* rights.h - who may do what, added up.
 *
 * GRANT and REVOKE are steps, and a database keeps where they lead. So they are
 * added up, from what everybody may do with a new thing, and said again one
 * way: for each thing and each role what it was given beyond that, and what it
 * lost. A role that has what it would have anyway is not spoken of; an owner
 * may do everything, so that only what it lost is said.
 */
#ifndef SQL_RIGHTS_H
#define SQL_RIGHTS_H

#include "base/map.h"
#include "sql/split.h"

struct right; /* of one role on one thing */
VEC(right_list, struct right *);

struct rights {
	struct arena *a;
	enum dialect d;
	/* Is the role, as SQL, the owner of "TABLE posts"? NULL: nobody is. */
	bool (*owns)(void *arg, const char *on, const char *role);
	void *owns_arg;
	struct right_list all; /* in the order they were spoken of */
	size_t places;
	struct map found;
	const void *source; /* where the next one stands, for who asks */
};

/* What is to be done with `ON ALL TABLES IN SCHEMA s`: calls rights_on for each
 * that there is. */
struct grant;
typedef void rights_each(
    void *arg, const struct grant *g, const char *kind, const char *schema);

/* Adds GRANT, REVOKE or ALTER DEFAULT PRIVILEGES. False with *why where it
 * cannot be taken, with *why NULL where it is none of these. each may be NULL:
 * then all tables of a schema cannot be spoken of. */
bool rights_add(struct rights *r, const struct statement *s, rights_each *each,
    void *arg, const char **why);

/* Adds what a grant on all things says of one of them: its word and its name.
 */
void rights_on(const struct grant *g, const char *word, const char *schema,
    const char *name, const char *signature);

struct rights_saying {
	const char *schema, *about; /* the thing; NULL for default privileges */
	const char *name, *text, *key, *drop;
	bool defaults;      /* ALTER DEFAULT PRIVILEGES */
	const void *source; /* of the last statement that spoke of it */
};
VEC(rights_sayings, struct rights_saying);

/* Adds what is said of all rights, in the order in which they were given: so
 * the server lists them. */
void rights_say(const struct rights *r, struct rights_sayings *out);

/* Adds what such a text would be called of those of whom all was taken and who
 * have nothing, which is no text: others may have given it. */
void rights_shut(const struct rights *r, struct names *out);

/* Are two names of such texts of one role and thing? An option makes no other
 * of them. */
bool rights_same(const char *a, const char *b);

/* Adds the statements that lead from one such text to another of the same name.
 */
void rights_change(struct arena *a, enum dialect d, struct names *out,
    const char *from, const char *to);

#endif
