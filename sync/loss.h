/* loss.h - what a plan takes away, read off its changes. */
#ifndef SYNC_LOSS_H
#define SYNC_LOSS_H

#include "sync/trash.h"

/* Adds what the changes of the plan take away: tables, columns, values. What
 * evidence has cleared, and what is computed, is not among it. */
void loss_find(struct arena *a, const struct plan *p, struct losses *out);

/* Can undo put back, row by row, what the change takes away? Else its table
 * has no key that stays, and is kept as a whole. */
bool loss_keeps_key(
    struct arena *a, const struct plan *p, const struct change *c);

/* "table posts", "column posts.body", "values of posts.body". */
const char *loss_text(struct arena *a, const struct loss *l);

/* The name that a column of the old side has in the new one, or NULL. */
const char *loss_column_now(
    const struct diff *d, const struct table *old, const struct column *c);

#endif
