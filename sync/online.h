/* online.h - what takes long is made while others go on.
 *
 * Only sync/ includes this. A change that would keep others away from a large
 * table, or from any with ONLINE_ALWAYS, is made in two halves: what takes
 * long runs before the transaction, under a name of its own and without a lock
 * that anybody feels (step.online); in the transaction it only takes its place.
 * So a push is still all or nothing, and what it left where it was interrupted
 * is known by its name: the next one goes on with what still fits and drops the
 * rest. What needs a change of the same plan first is made in a second round.
 */
#ifndef SYNC_ONLINE_H
#define SYNC_ONLINE_H

#include "sync/sync.h"

/* Gives the changes their names, before the plan is written. */
bool online_mark(struct sync *s, struct diff *d, struct err *err);

/* Makes what the plan wants to be there, and drops what no plan wants any more.
 * Where it did something *again is set, and the caller plans anew. On an error
 * nothing of it stays. */
bool online_make(struct sync *s, bool *again, struct err *err);

/* Takes partitions that go out of their tables, right before the transaction,
 * and sets *left where there is one; *moved where the database is no longer
 * what was planned for. */
bool online_detach(struct sync *s, bool *moved, bool *left, struct err *err);

/* Puts back what an interrupted run had taken out, so that nothing is planned
 * of what is between; sets *again where it did, for then all must be read anew.
 */
bool online_return(struct sync *s, bool *again, struct err *err);

/* The run has failed: puts them back. */
bool online_put_back(struct sync *s, struct err *err);

/* Applies and commits what the plan has beside changes that must wait for it,
 * and adds the steps to s->ahead; sets *again where it did. */
bool online_rest_first(struct sync *s, bool *again, struct err *err);

#endif
