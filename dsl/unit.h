/* unit.h - sources into objects.
 *
 * Files are compiled as one; many, as a few batches side by side, whose number
 * depends on the files alone, so that a folder compiles everywhere or nowhere.
 * Where a batch fails, the files that the compiler complains about, and those
 * before them, are compiled alone: one that fails alone is to blame, one that
 * does not only clashed with the others and keeps an object of its own; the
 * rest is compiled as one again.
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

	/* Does what can be done while the compiler runs. */
	void (*meanwhile)(void *context);
	void *context;

	struct cc_run *early; /* a compiler that waits for its first batch */

	/* out */
	struct cache_objects objects; /* in files in dir, which unit_release
					 removes if they are still there */
	struct names depends;         /* files that took part, some twice */
};

/* Starts a compiler before the sources are read: until it wants to know what
 * to compile, it is busy with itself. The folder of cc->include must be there;
 * what is in it may come later. False where it could not be run; else
 * unit_release must follow. */
bool unit_begin(struct unit *u, struct err *err);

/* Compiles. Mistakes in the sources go to the report; false only where the
 * compiler could not be run. */
bool unit_compile(struct unit *u, struct err *err);

/* Removes the objects that nobody moved away, and waits for a compiler that
 * was not needed. */
void unit_release(struct unit *u);

#endif
