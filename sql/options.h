/* options.h - storage parameters, one way.
 *
 * The server keeps `WITH (Fillfactor = 70, "autovacuum_enabled" = OFF)` as a
 * list of texts: fillfactor=70, autovacuum_enabled=off.
 */
#ifndef SQL_OPTIONS_H
#define SQL_OPTIONS_H

#include "base/arena.h"
#include "base/dialect.h"

/* Returns the list of parameters in its one spelling: sorted by name, values
 * quoted only where they must be, one that has none is true. What cannot be
 * read is returned as it is; NULL for NULL. */
const char *sql_options(struct arena *a, enum dialect d, const char *text);

/* The same for an operator class that may have parameters behind its name:
 * "gist_trgm_ops(siglen=32)". */
const char *sql_opclass(struct arena *a, enum dialect d, const char *text);

#endif
