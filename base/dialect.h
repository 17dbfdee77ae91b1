/* dialect.h - the two languages that databases speak here.
 *
 * A dialect is an index into tables of functions, one table a folder and one
 * file a dialect (sqlite*.c, postgres*.c); nothing outside those files asks
 * which dialect it is.
 */
#ifndef BASE_DIALECT_H
#define BASE_DIALECT_H

#include <stdbool.h>

enum dialect { DIALECT_SQLITE, DIALECT_POSTGRES, DIALECT_COUNT };

/* Returns "sqlite" or "postgres". */
const char *dialect_name(enum dialect d);

/* Sets *d to the dialect of that name ("postgresql" is one too). */
bool dialect_parse(enum dialect *d, const char *name);

#endif
