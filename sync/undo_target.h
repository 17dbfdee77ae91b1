/* undo_target.h - what a schema was before a run. */
#ifndef SYNC_UNDO_TARGET_H
#define SYNC_UNDO_TARGET_H

#include "journal/journal.h"
#include "schema/schema.h"
#include "sync/trash.h"

/* Returns `now` with what the run changed as it was before; its tables and
 * columns know what the run called them (`was`). Fails where something has
 * changed since what the run changed. */
struct schema *undo_target(struct arena *a, const struct schema *now,
    const struct journal_change *c, int64_t id, struct err *err);

/* Returns a copy of the target in which every column that comes again, or that
 * gets values out of the trash, is bare, so that it can come before its values
 * do. */
struct schema *undo_bare(struct arena *a, const struct schema *now,
    const struct schema *target, const struct trash_entries *entries);

/* The table, or the column of a table of `target`, as `now` has it, or NULL. */
const struct table *undo_table_now(
    const struct schema *now, const struct table *t);
const struct column *undo_column_now(
    const struct schema *now, const struct table *t, const struct column *c);

#endif
