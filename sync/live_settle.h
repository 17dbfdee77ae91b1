/* live_settle.h - what the text says, settled by what is known of the change.
 *
 * Only sync/live.c includes this. The sentinel's rule and hint stay, so that
 * what somebody allows is called the same with a schema and without.
 */
#ifndef SYNC_LIVE_SETTLE_H
#define SYNC_LIVE_SETTLE_H

#include "diff/diff.h"

/* Clears the finding and says why, in a sentence without its point. */
void live_clear(struct arena *a, struct finding *f, const char *why);

/* Sets the findings of the text to the worst that the first witness and its
 * probe say of the same. `all`: the changes are all that the statement does,
 * so that a finding that names nothing speaks of one of them. */
void live_settle(struct arena *a, const struct changes *changes, bool all,
    struct findings *found);

/* Clears what the statement wants of table t and is so already: the changes,
 * which are all that it does, say nothing of it. */
void live_settle_same(struct arena *a, const struct table *t,
    const struct changes *changes, struct findings *found);

#endif
