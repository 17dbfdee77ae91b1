/* protect.h - is it the right database?
 *
 * A database is protected by CONFIG's .protect, which names it, or by its own
 * journal, where `deesse protect` marked it. Then nothing changes it unless the
 * name is said that it is protected under; and `dev`, which changes what it
 * sees, neither works on it nor on another machine unless told so.
 */
#ifndef SYNC_PROTECT_H
#define SYNC_PROTECT_H

#include "sync/sync.h"

struct protection {
	const char *name;   /* under which it is protected, NULL: it is not */
	const char *by;     /* "collections/config.c:3", "deesse protect" */
	const char *own;    /* what the database is called by itself */
	const char *remote; /* the machine it is on, NULL: this one */
};

/* Finds what CONFIG says of it, and where it is; nothing is opened. */
bool protect_find(struct arena *a, const struct project *p,
    struct protection *out, struct err *err);

/* Adds what its journal says. */
void protect_mark(
    struct arena *a, struct protection *x, const struct journal_state *head);

/* Refuses what the options do not name (NULL: nothing), with an ERR_DECISION
 * error that says how to go on. */
bool protect_allows(const struct protection *x, const struct project *p,
    const struct sync_options *o, struct err *err);

/* May the watcher work on it? Looks at the database, too, where it is there. */
bool protect_allows_dev(struct arena *a, const struct project *p,
    const struct sync_options *o, struct err *err);

/* All but the last, of an open database. */
bool protect_check(struct arena *a, struct db *db, const struct project *p,
    const struct sync_options *o, struct err *err);

#endif
