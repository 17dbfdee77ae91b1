/* cc.h - the C compiler, as deesse calls it. */
#ifndef DSL_CC_H
#define DSL_CC_H

#include "base/buf.h"
#include "base/err.h"
#include "base/proc.h"
#include "base/vec.h"
#include "dsl/dsl.h"
#include "dsl/sources.h"

struct cc {
	const char *path;    /* of the program, resolved */
	struct names words;  /* how to call it: $DEESSE_CC, or cc */
	struct names flags;  /* after ours: collections/compile_flags.txt */
	const char *define;  /* "DEESSE_SQLITE", or NULL */
	const char *include; /* where <deesse/dsl.h> lies */
	bool is_gcc;         /* as far as its name tells */
};

/* Finds the compiler and the user's flags. A compiler that is not there is an
 * error that says what to install. */
bool cc_find(struct arena *a, struct cc *cc, const struct dsl_options *options,
    const char *define, struct err *err);

/* Writes a hash of all that decides about the object but the sources. */
void cc_hash(const struct cc *cc, char hex[HASH_HEX]);

struct cc_run {
	const char *object;  /* where to write it */
	const char *depends; /* where to write what it includes */
	bool explains;       /* what it says is to be read, and exact */

	/* out */
	struct buf messages; /* what the compiler said; release it */
	bool failed;         /* it does not compile */

	/* while it runs */
	struct proc proc;
	struct buf unit;
};

/* Starts the compiler, which looks for no file before cc_feed. False where it
 * could not be run; else cc_finish must follow, and what the run names must
 * stay until then. */
bool cc_start(
    struct arena *a, const struct cc *cc, struct cc_run *run, struct err *err);

/* Tells the compiler to compile these files as one. False where C cannot. */
bool cc_feed(struct arena *a, struct cc_run *run,
    const struct source_file *const *files, size_t n, struct err *err);

/* Waits until it is compiled. */
bool cc_finish(struct cc_run *run, struct err *err);

/* Adds the files that the text of -MMD names. */
void cc_depends(struct arena *a, struct names *out, const char *text);

#endif
