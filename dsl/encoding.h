/* encoding.h - bytes that no text file holds. */
#ifndef DSL_ENCODING_H
#define DSL_ENCODING_H

#include "base/dialect.h"
#include "dsl/report.h"
#include "dsl/sources.h"

/* Adds, for each of the files, the first NUL or byte that is not UTF-8.
 * Compilers differ: gcc lets them through, and a database may not. In the
 * comments of C they harm nobody. */
void check_encoding(
    struct report *r, struct source_files *files, enum dialect d);

#endif
