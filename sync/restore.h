/* restore.h - one entry of the trash, as a table again. */
#ifndef SYNC_RESTORE_H
#define SYNC_RESTORE_H

#include "sync/trash.h"

struct restored {
	const char *table; /* the name that it got */
	bool renamed;      /* its own was taken: no indexes, no triggers */
	int64_t rows;
	int64_t violations; /* of foreign keys, that came with it */
	bool moved;         /* it is the table itself: no entry stays */
	int64_t run;        /* in the history */
};

/* Brings an entry back in one transaction, as a run of its own: a table under
 * its name, or as name_restored where that is taken; values of a column as a
 * table of keys and values. The entry stays in the trash. The database is open
 * for writing and locked. */
bool restore_entry(struct arena *a, struct db *db, int64_t id,
    const char *version, struct restored *out, struct err *err);

#endif
