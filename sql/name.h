/* name.h - names that are made of others: keys, checks, types. */
#ifndef SQL_NAME_H
#define SQL_NAME_H

#include <stddef.h>

#include "base/arena.h"

/* The most bytes that PostgreSQL keeps of a name. */
#define SQL_POSTGRES_NAME_MAX 63

/* Returns table_column_suffix in at most max bytes (0: any number): table and
 * column lose letters, the suffix never. Column or suffix may be NULL. */
const char *sql_made_name(struct arena *a, size_t max, const char *table,
    const char *column, const char *suffix);

#endif
