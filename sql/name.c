/* name - names that are made of others */
#include "sql/name.h"

#include <string.h>

/* The longer of two names loses its last letters until both fit, whole UTF-8
 * letters at a time: as PostgreSQL's makeObjectName does. */
const char *
sql_made_name(struct arena *a, size_t max, const char *table,
    const char *column, const char *suffix)
{
	size_t n = strlen(table), m = column ? strlen(column) : 0;
	size_t rest = (column ? 1 : 0) + (suffix ? strlen(suffix) + 1 : 0);

	while (max && n + m + rest > max && n + m > 2) {
		if (n > m)
			while (--n && (table[n] & 0xc0) == 0x80)
				;
		else
			while (--m && (column[m] & 0xc0) == 0x80)
				;
	}
	return arena_fmt(a, "%.*s%s%.*s%s%s", (int)n, table, column ? "_" : "",
	    (int)m, column ? column : "", suffix ? "_" : "",
	    suffix ? suffix : "");
}
