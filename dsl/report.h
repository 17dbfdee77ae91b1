/* report.h - the mistakes found so far.
 *
 * All that is wrong is told at once, in the order of files and lines: a line
 * file:line:column: message, then the line of the source, and a caret below.
 * Texts live in the arena given.
 */
#ifndef DSL_REPORT_H
#define DSL_REPORT_H

#include "base/err.h"
#include "base/vec.h"

struct mistake {
	const char *file;
	int line, column;
	const char *text;
	size_t order; /* as they were found */
};
VEC(mistakes, struct mistake);

struct report {
	struct arena *arena;
	struct mistakes mistakes;
};

/* Adds a mistake; a file that is NULL has no place to show. */
void report_add(struct report *r, const char *file, int line, int column,
    const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* Writes them into *err, at most 50, the same one once. Returns true where
 * there are none. */
bool report_end(struct report *r, struct err *err);

/* Returns the path as it is shown: without a leading "./". */
const char *shown_path(const char *path);

#endif
