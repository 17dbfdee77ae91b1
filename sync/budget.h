/* budget.h - how long a run may keep others waiting.
 *
 * Times are in milliseconds; 0 is no limit, and for lock_ms the driver's own.
 * The idea is that of lock_timeout and statement_timeout in one place, with
 * the sum that neither of them bounds.
 */
#ifndef SYNC_BUDGET_H
#define SYNC_BUDGET_H

#include "base/err.h"

struct sync;

struct budget {
	int lock_ms;      /* to wait for the locks of others, in all */
	int statement_ms; /* for one statement of the plan */
	int locked_ms;    /* from the first lock on a table to COMMIT */
};

/* Can the database keep to it? Otherwise an ERR_USAGE error. */
bool budget_fits(const struct sync *s, struct err *err);

/* The tables of the plan are locked from now on. */
void budget_begin(struct sync *s);

/* Bounds the statements that follow, each; false where the time is up. */
bool budget_bound(struct sync *s, struct err *err);

/* A statement failed: was it for its time? Then says so. Returns false. */
bool budget_explain(const struct sync *s, struct err *err);

/* Lets what follows take its time. */
bool budget_end(struct sync *s, struct err *err);

#endif
