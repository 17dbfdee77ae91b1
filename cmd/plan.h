/* plan.h - a plan that is kept in a file: reviewed today, run tomorrow.
 *
 * The file is the plan as --format json prints it, with the hash of the
 * database's schema that it was made from and the hash of what would run.
 * Nothing in it is ever run: push plans anew, and refuses where that gives
 * another plan. It accepts nothing, either; that is what --accept-data-loss,
 * --allow and --decisions are for.
 */
#ifndef CMD_PLAN_H
#define CMD_PLAN_H

#include "base/hash.h"
#include "sync/sync.h"

struct saved_plan {
	const char *file;
	char schema[HASH_HEX], hash[HASH_HEX];
};

/* Writes the plan; there are no passwords in it. */
bool plan_save(const struct sync *s, const char *file, struct err *err);

bool plan_load(struct saved_plan *p, const char *file, struct err *err);

/* Is what would run now what was saved? */
bool plan_holds(
    const struct saved_plan *p, const struct sync *s, struct err *err);

#endif
