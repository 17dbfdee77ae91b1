/* needs.h - between the files that find what a change needs.
 *
 * Internal to diff/.
 */
#ifndef DIFF_NEEDS_H
#define DIFF_NEEDS_H

#include "diff/pass.h"

/* needs.c: notes once that c needs other, which may be NULL or c itself. */
void need(struct pass *p, struct change *c, struct change *other);

/* needs.c: the table that the change is of, under its name after the renames,
 * or NULL. */
const struct table *change_table(const struct change *c);

/* bound.c: may a row belong to both parts? True where nothing is known. */
bool bounds_may_meet(
    enum dialect d, const struct partition *a, const struct partition *b);

/* needs_table.c: is it the rename of a table or column? Does it make a column
 * what the new schema says? */
bool is_rename(const struct change *c);
bool makes_column(const struct change *c);

/* needs_table.c: does a column come, go, or change in more than its name? */
bool changes_column(const struct change *c);

/* needs_table.c: what c needs of the changes of its table. */
void need_in_table(
    struct pass *p, struct change *c, const struct changes *group);

/* needs_enum.c: what must go before a type loses values, and come after. */
void need_around_enum(struct pass *p, struct change *alter);

/* needs_object.c: what views and triggers need, and who needs them gone. */
void need_around_objects(struct pass *p);

/* attach.c: around what a part has, and an index of the whole may hold. The
 * second says whether the change takes over what is made, and must wait. */
void need_attached_drop(struct pass *p, struct change *c, struct change *drop);
bool need_attached_create(
    struct pass *p, struct change *c, struct change *create);

#endif
