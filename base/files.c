/* files - many files, written as one */
#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/map.h"

/* From so many on, all that waits for the disk is flushed at once. */
#define MANY 8

static bool
hide(struct files *f, struct err *err)
{
	char *name = arena_fmt(f->arena, "%s/.deesse-XXXXXX", f->dir);

	if (!file_mkdirs(f->dir, 0755, err))
		return false;
	if (!mkdtemp(name))
		return err_fail(
		    err, "cannot write in %s: %s", f->dir, strerror(errno));
	f->hidden = name;
	return true;
}

bool
files_add(
    struct files *f, const char *path, const void *p, size_t n, struct err *err)
{
	const char *copy;

	if ((!f->hidden && !hide(f, err)) ||
	    !file_mkdirs(file_folder(f->arena, path), 0755, err))
		return false;
	copy = arena_fmt(f->arena, "%s/%u", f->hidden, f->paths.n);
	vec_push(f->arena, &f->paths, path);
	vec_push(f->arena, &f->copies, copy);
	return file_remake(copy, p, n, err);
}

static bool
flush(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && !fsync(fd);
	int why = errno;

	if (fd >= 0)
		close(fd);
	errno = why;
	return ok;
}

static bool
flush_all(struct files *f, struct err *err)
{
	int fd =
	    f->copies.n < MANY ? -1 : open(f->hidden, O_RDONLY | O_CLOEXEC);
	bool done = fd >= 0 && !syncfs(fd);

	if (fd >= 0)
		close(fd);
	for (size_t i = 0; !done && i < f->copies.n; i++)
		if (!flush(f->copies.v[i]))
			return err_fail(err, "cannot write %s: %s",
			    f->paths.v[i], strerror(errno));
	return true;
}

/* Gives the file its place; a file system that cannot tell whether something
 * stands there is asked before. */
static bool
place(struct files *f, const char *copy, const char *path)
{
	struct stat st;

	if (f->over)
		return !rename(copy, path);
	if (!renameat2(AT_FDCWD, copy, AT_FDCWD, path, RENAME_NOREPLACE))
		return true;
	if (errno != EINVAL && errno != ENOSYS)
		return false;
	if (!lstat(path, &st)) {
		errno = EEXIST;
		return false;
	}
	return !rename(copy, path);
}

/* A folder below may be on another disk. */
static bool
move(struct files *f, const char *copy, const char *path)
{
	const char *near;
	struct buf b = { 0 };
	struct err why = { 0 };
	bool ok;

	if (place(f, copy, path))
		return true;
	if (errno != EXDEV)
		return false;
	near = arena_fmt(f->arena, "%s.deesse", path);
	ok = file_read(&b, copy, &why) &&
	     file_write(near, b.s ? b.s : "", b.len, 0644, &why) &&
	     place(f, near, path);
	if (!ok)
		unlink(near);
	unlink(copy);
	buf_release(&b);
	err_release(&why);
	return ok;
}

bool
files_end(struct files *f, struct err *err)
{
	struct names folders = { 0 };
	struct map known = { 0 };

	if (!flush_all(f, err))
		return false;
	for (size_t i = 0; i < f->paths.n; i++) {
		const char *path = f->paths.v[i];
		char *folder = file_folder(f->arena, path);

		if (!move(f, f->copies.v[i], path))
			return err_fail(err, "cannot write %s: %s", path,
			    errno == EEXIST ? "somebody else made it just now"
					    : strerror(errno));
		f->copies.v[i] = NULL;
		if (!map_put(f->arena, &known, folder, folder))
			vec_push(f->arena, &folders, folder);
	}
	/* some file systems cannot; what is there is there all the same */
	for (size_t i = 0; i < folders.n; i++)
		flush(folders.v[i]);
	return true;
}

void
files_release(struct files *f)
{
	for (size_t i = 0; i < f->copies.n; i++)
		if (f->copies.v[i])
			unlink(f->copies.v[i]);
	if (f->hidden)
		rmdir(f->hidden);
	f->hidden = NULL;
}
