/* change_key.h - a change, to be known again in a later plan.
 *
 * Only sync/ includes this.
 */
#ifndef SYNC_CHANGE_KEY_H
#define SYNC_CHANGE_KEY_H

#include "diff/diff.h"

/* Returns what the change is and what it would make, as one text: another
 * default, another check under the same name is another change. Neither the
 * rows that it speaks of nor what else its step does are part of it. */
const char *change_key(struct arena *a, enum dialect d, const struct change *c);

/* Is it among these keys? */
bool change_among(const char *key, const struct names *keys);

#endif
