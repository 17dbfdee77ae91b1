/* unit.h - sources into objects.
 *
 * All files are compiled as one. Where that fails, the files that the compiler
 * complains about, and those before them, are compiled alone: one that fails
 * alone is to blame, one that does not only clashed with the others and keeps
 * an object of its own; the rest is compiled as one again.
 */
#ifndef DSL_UNIT_H
#define DSL_UNIT_H

#include "dsl/cache.h"
#include "dsl/cc.h"
#include "dsl/object.h"
#include "dsl/report.h"

struct unit {
	struct arena *arena;
	const struct cc *cc;
	const char *dir;              /* for temporary files */
	struct source_files *sources; /* those that end in .c are compiled */
	struct report *report;
	struct buf *verbose; /* what the compiler said, or NULL */
	bool alone;          /* compile each file by itself: for tests */

	/* out */
	struct buf objects; /* end to end; release it */
	struct cache_objects sizes;
	struct names depends; /* files that took part, some twice */
};

/* Compiles. Mistakes in the sources go to the report; false only where the
 * compiler could not be run. */
bool unit_compile(struct unit *u, struct err *err);

#endif
