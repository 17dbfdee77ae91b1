/* files.h - many files, written as one.
 *
 * Each is whole at every moment, as with file_write, but the wait for the disk,
 * which is nearly all that a file costs, is one for all of them:
 *
 *     struct files f = { .arena = a, .dir = dir };
 *     ok = files_add(&f, path, text, n, err) && … && files_end(&f, err);
 *     files_release(&f);
 *
 * Until files_end they stand in a hidden folder below dir, which a program that
 * is killed leaves there, and which holds nothing but them.
 */
#ifndef BASE_FILES_H
#define BASE_FILES_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

struct files {
	struct arena *arena;
	const char *dir;     /* that is there, or is made by files_add */
	bool over;           /* what stands at a place is replaced */
	const char *hidden;  /* folder, or NULL before the first file */
	struct names paths;  /* where they go */
	struct names copies; /* where they are, in the same order; NULL: gone */
};

/* Writes n bytes that are to stand at the path, whose folder is made where it
 * is not there. */
bool files_add(struct files *f, const char *path, const void *p, size_t n,
    struct err *err);

/* Flushes all to the disk, then gives each its place, then flushes the folders.
 * Unless `over` is set, what came to stand at a place meanwhile stays, and is
 * an error. */
bool files_end(struct files *f, struct err *err);

/* Removes what has no place yet, and the hidden folder. */
void files_release(struct files *f);

#endif
