/* sqlite.h - between the files that write SQLite; only they include it. */
#ifndef TRANSPILE_SQLITE_H
#define TRANSPILE_SQLITE_H

#include "transpile/ddl.h"

/* Does a check or a generated column of the table name the table, as in
 * CHECK (posts.views >= 0)? */
bool sqlite_names_itself(const struct table *t);

/* Returns the table as it must be written to be called otherwise: what names
 * the table names the other name. */
const struct table *sqlite_called(
    struct arena *a, const struct table *t, const char *name);

/* Is the object among those that were chosen? */
bool is_chosen(const struct objects *chosen, const struct object *o);

/* Adds the views and triggers that cannot run as the plan stands, and what
 * goes with them. */
void sqlite_find_aside(struct planner *p, struct objects *out);

/* Adds statements that take objects away, the last first, or put them back. */
void sqlite_take_away(
    struct planner *p, struct names *to, const struct objects *objects);
void sqlite_put_back(
    struct planner *p, struct names *to, const struct objects *objects);

#endif
