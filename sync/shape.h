/* shape.h - which column and which table is which, before a plan and after.
 *
 * For the files that write old rows in the shape of a new table, one a dialect.
 */
#ifndef SYNC_SHAPE_H
#define SYNC_SHAPE_H

#include "diff/diff.h"

/* Returns the column of the old table that the new one is, or NULL. */
const struct column *shape_old_column(
    enum dialect d, const struct table *old, const struct column *c);

/* Returns the column of the new table that the old one becomes, or NULL. */
const struct column *shape_becomes(enum dialect d, const struct table *old,
    const struct table *new, const struct column *was);

bool shape_has_column(enum dialect d, const struct table *t, const char *name);

/* Is the column computed anew? One that is computed as it was is read. */
bool shape_is_computed(
    enum dialect d, const struct table *old, const struct column *c);

/* Returns the table as it stands, whatever it is called in the end; NULL:
 * there is none. */
const struct table *shape_table_before(
    const struct diff *d, const struct table *new);

/* Returns the column that the i-th of a foreign key refers to, or NULL. */
const char *shape_target_column(
    const struct table *target, const struct constraint *k, size_t i);

#endif
