/* pull.h - a database as collections, in files.
 *
 * The files are proven before one of them is written: they are compiled in a
 * folder of their own, an empty database in memory is made of them, and it must
 * hold what the database holds, the order of columns included. What cannot be
 * said so is left out and named, with all that refers to it; deesse leaves it
 * alone in the database, too.
 */
#ifndef SYNC_PULL_H
#define SYNC_PULL_H

#include "sync/project.h"
#include "transpile/collections.h"

struct pull {
	struct arena *arena;
	struct collection_files files;
	struct unsaid_list left_out;
	struct names schemas; /* that are managed, if not the default one */
	struct names written; /* paths */
	struct names kept;    /* paths that had this very text */
	struct names others;  /* paths of the folder that are none of these */
};

/* Reads the database and makes the files, in memory. Everything lives in the
 * arena. Of a database that holds nothing there is one file, which says so. */
bool pull_read(struct pull *p, struct arena *a, const struct project *project,
    struct err *err);

/* Writes them below dir, with config.c and compile_flags.txt where these are
 * not there. A file with another text is an ERR_DECISION that names it, unless
 * force is set; then nothing was written. */
bool pull_write(struct pull *p, const struct project *project, const char *dir,
    bool force, struct err *err);

#endif
