/* values.h - new values of enum types, in a transaction of their own.
 *
 * Only sync/ includes this.
 */
#ifndef SYNC_VALUES_H
#define SYNC_VALUES_H

#include "sync/sync.h"

/* Applies only those changes of the plan that add values to enum types, as a
 * run of its own: a server that lets nobody use a value before it is committed
 * has refused the plan as one. Afterwards the caller plans again. */
bool values_first(struct sync *s, struct err *err);

#endif
