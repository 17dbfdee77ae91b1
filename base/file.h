/* file.h - files and folders.
 *
 * Errors name the path and what the system said. Everything that deesse writes
 * is written beside its place, flushed, and renamed over it, so that a reader
 * sees the old text or the new, and a crash leaves one of them.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"

/* Reads the whole file into out, adding to it. */
bool file_read(struct buf *out, const char *path, struct err *err);

/* Reads the whole file into memory of the arena, aligned for any type. Returns
 * NULL where it cannot be read; else *n is its size. */
void *file_load(struct arena *a, const char *path, size_t *n, struct err *err);

/* Writes n bytes as path, atomically, with the given mode (0600, 0644). A
 * device or a pipe of that name is written into, and stays what it is. */
bool file_write(
    const char *path, const void *p, size_t n, unsigned mode, struct err *err);

/* The same in pieces, for what is large: the file is there when it has ended,
 * and as if nothing had been where it is dropped. After file_draft_begin one of
 * the two last must be called; where file_draft_end fails, it has been dropped.
 */
struct file_draft {
	const char *path;
	struct buf tmp;
	int fd;
};

bool file_draft_begin(struct file_draft *d, const char *path, struct err *err);
bool file_draft_add(
    struct file_draft *d, const void *p, size_t n, struct err *err);
bool file_draft_end(
    struct file_draft *d, unsigned mode, bool flush, struct err *err);
void file_draft_drop(struct file_draft *d);

/* As file_write with mode 0644, but leaves a file that has this very text
 * alone, so that no watcher wakes for nothing. */
bool file_update(const char *path, const void *p, size_t n, struct err *err);

/* As file_update, for what is looked at and made again each time it is needed:
 * it is not flushed to the disk, and a crash may leave anything there. */
bool file_remake(const char *path, const void *p, size_t n, struct err *err);

/* Makes a folder and those above it, the new ones with the given mode. */
bool file_mkdirs(const char *path, unsigned mode, struct err *err);

/* Adds the paths of all regular files below dir whose name ends in suffix, in
 * the order of strcmp; hidden files and folders are left out. Symbolic links
 * are followed, each folder once; one that leads nowhere counts as a file,
 * which cannot be read. A dir that is not there is an error. */
bool file_find(struct arena *a, struct names *out, const char *dir,
    const char *suffix, struct err *err);

bool file_exists(const char *path);

/* Returns "dir/name". */
char *file_join(struct arena *a, const char *dir, const char *name);

/* Returns the folder in which the path stands, "." for a bare name; and what
 * stands behind the last slash, inside the path itself. */
char *file_folder(struct arena *a, const char *path);
const char *file_base(const char *path);

#endif
