/* postgres_survival.h - which values outlive a change of type.
 *
 * Only sync/ includes this. A value survives where it can be converted, and
 * the result converted back reads the same.
 */
#ifndef SYNC_POSTGRES_SURVIVAL_H
#define SYNC_POSTGRES_SURVIVAL_H

#include "sync/postgres.h"

/* Sets *rows to the rows whose value does not survive; false where that cannot
 * be told. Stands inside a transaction that is rolled back by the caller. */
bool postgres_survival(struct arena *a, struct db *db, const struct change *c,
    const struct finding *f, int64_t *rows);

#endif
