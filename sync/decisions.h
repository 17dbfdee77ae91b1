/* decisions.h - what somebody decided beforehand, in a file that is reviewed
 * with the code.
 *
 * A line is a change, in the very words in which deesse says it, a colon, and
 * why:
 *
 *     # for release 2.1
 *     drop column posts.body: nobody reads it since 2.0
 *     rename column posts.title to headline: what it always was
 *
 * A change that is named so is accepted whatever is found in it; a rename is
 * answered as `.was` would. A line that no change of the plan is, and none was
 * in an earlier run, is an error: it would allow the next mistake. Empty lines
 * and those that begin with # say nothing.
 */
#ifndef SYNC_DECISIONS_H
#define SYNC_DECISIONS_H

#include "base/err.h"
#include "base/vec.h"

struct arena;
struct change;
struct schema;
struct sync;

struct decision {
	const char *text; /* the line, with one space where there were many */
	int line;
	bool used; /* by a change of the plan */
};
VEC(decision_list, struct decision);

struct decisions {
	const char *file;
	struct decision_list list;
};

/* Reads the file; a line without a reason is an error. */
bool decisions_read(
    struct arena *a, struct decisions *d, const char *file, struct err *err);

/* Writes the renames into what was declared, as `.was` would stand there. */
void decisions_rename(
    struct arena *a, const struct decisions *d, struct schema *declared);

/* Is the change named? Its lines are used from now on. */
bool decisions_accept(
    struct arena *a, struct decisions *d, const struct change *c);

/* Was every line used, or was it done by a run that the journal knows? Else
 * the error names each one that was not. */
bool decisions_settle(struct sync *s, struct err *err);

#endif
