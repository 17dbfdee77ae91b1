/* making.h - between the files that make a change in a schema.
 *
 * Internal to diff/.
 */
#ifndef DIFF_MAKING_H
#define DIFF_MAKING_H

#include "diff/pass.h"

/* The copy's index of names is left alone: it would go stale. */
struct making {
	struct arena *a;
	struct schema *s;
	enum dialect dialect;
	const struct change *c;
};

/* make.c: the table of that name, or NULL. */
struct table *find_table(struct making *m, const struct table *t);

/* make.c: the table under the name that it has now: the new one, or else the
 * old one for what goes. */
struct table *table_now(struct making *m);

/* make_rename.c */
void make_rename_table(struct making *m);
void make_rename_column(struct making *m);
void make_rename_enum(struct making *m);

#endif
