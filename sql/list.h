/* list.h - lists of PostgreSQL, as they were written. */
#ifndef SQL_LIST_H
#define SQL_LIST_H

#include "base/arena.h"

/* Returns a text of the server's with its lists of varchars spelt with IN and
 * NOT IN; what it spells otherwise, and what stands in strings, stays. Returns
 * the text itself where there is none. */
const char *sql_in_lists(struct arena *a, const char *text);

#endif
