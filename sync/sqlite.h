/* sqlite.h - between the files that ask SQLite; only they include it. */
#ifndef SYNC_SQLITE_H
#define SYNC_SQLITE_H

#include "sync/dialect.h"

/* Adds the query that counts the rows of which a finding on the change speaks;
 * false where nothing can be asked. */
bool sqlite_probe(struct arena *a, struct buf *sql, const struct diff *d,
    const struct change *c, const struct finding *f);

/* Adds the rows of the table `old` as a subquery that shows them as `new` will
 * hold them: its names, the defaults of new columns, values as the new types
 * store them, what is computed. Names in expressions mean what they will mean
 * then, so conditions of the new table can be asked of it. */
void sqlite_shape(struct arena *a, struct buf *b, const struct table *old,
    const struct table *new);

/* Adds the rows of the table `old` as a subquery that calls them and their
 * columns what `new` does, and changes nothing else: what a column's .backfill
 * and .using read. */
void sqlite_renamed(
    struct buf *b, const struct table *old, const struct table *new);

/* Adds the value of a column as a column of that type stores it. */
void sqlite_stored(
    struct buf *b, const char *value, const char *type, bool strict);

/* Adds whether a value that is not NULL changes on the way into such a column;
 * false where none can. */
bool sqlite_changes(
    struct buf *b, const char *value, const char *type, bool strict);

/* Adds whether a value that is not NULL cannot stand in such a column of a
 * STRICT table; false where all can. */
bool sqlite_misfits(struct buf *b, const char *value, const char *type);

/* Puts what ANALYZE found aside before a plan that writes tables anew, and back
 * where they lost it. */
bool sqlite_keep_statistics(
    struct db *db, const struct plan *p, struct err *err);
bool sqlite_restore_statistics(
    struct db *db, const struct plan *p, struct err *err);

/* As explain in dialect.h. */
void sqlite_explain(struct arena *a, const struct step *step, struct err *err);

#endif
