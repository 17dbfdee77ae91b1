/* trash_sqlite.h - between the files of the SQLite trash.
 *
 * The file has a table `entries` and for each entry a table data_ID with the
 * rows: the columns have no types, so that values stay as they are. Of a table
 * it has the table's columns; of a column the key, the values under the
 * column's name, and for rewritten values TRASH_NOW, what they became. Where
 * rows have no key of their own the copy has their rowids for its own.
 */
#ifndef SYNC_TRASH_SQLITE_H
#define SYNC_TRASH_SQLITE_H

#include "sync/trash.h"

#define TRASH_NOW "_deesse_now"

/* Opens the file, making it where it is missing and write is set. */
bool trash_sqlite_open(
    struct trash *t, bool write, bool *there, struct err *err);

/* Removes the file, which holds nothing. */
bool trash_sqlite_discard(struct trash *t, struct err *err);

const char *trash_sqlite_path(struct arena *a, struct db *main);

bool trash_sqlite_list(struct trash *t, const char *token, int64_t id,
    struct trash_entries *out, struct err *err);

bool trash_sqlite_remove(
    struct trash *t, const struct trash_entry *e, struct err *err);

bool trash_sqlite_prepare(struct trash *t, const struct trash_entry *e,
    const struct trash_place *now, struct err *err);

bool trash_sqlite_fill(struct trash *t, const struct trash_entry *e,
    const struct trash_place *to, struct db_flow *flow, struct err *err);

/* Adds names as a list: a, b; with `each` after every one: a = ?, b = ?. */
void trash_names(struct buf *b, const struct names *names, const char *between);

/* Adds "a = ?1 AND b = ?2", the parameters counted from `first`. */
void trash_match(struct buf *b, const struct names *names, int first);

/* A name for the rowid that no column of either table has, or NULL. */
const char *trash_rowid_name(const struct table *a, const struct table *b);

#endif
