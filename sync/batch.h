/* batch.h - a plan that needs more locks than the server has.
 *
 * Only sync/ includes this. Whatever a transaction makes or changes it locks
 * until its end, and a server has room for so many locks. What such a plan only
 * makes anew, and what hangs together with nothing that is there, is made
 * before the rest, in runs of their own: each is proven and journalled like any
 * other, with a state that says that the collections are not all there yet. So
 * a push that is interrupted is completed by the next one. What changes or
 * takes away is never divided.
 */
#ifndef SYNC_BATCH_H
#define SYNC_BATCH_H

#include "sync/sync.h"

/* Applies and commits what the plan can spare, as far as it is too large for
 * one transaction, and adds the steps to s->ahead: nothing, mostly. Where
 * something was committed the caller plans again. Fails, before anything is
 * done, where the plan is too large and cannot be divided. */
bool batch_ahead(struct sync *s, struct err *err);

#endif
