/* file - files and folders */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool
file_read(struct buf *out, const char *path, struct err *err)
{
	struct stat st;
	size_t room;
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_fail(
		    err, "cannot read %s: %s", path, strerror(errno));
	/* in one piece, and a byte more to see the end */
	room =
	    !fstat(fd, &st) && st.st_size > 0 ? (size_t)st.st_size + 1 : 16384;
	do {
		buf_reserve(out, room);
		n = read(fd, out->s + out->len, room);
		if (n > 0)
			out->len += (size_t)n;
		out->s[out->len] = '\0';
		if (n > 0 && (size_t)n == room)
			room = 16384;
	} while (n > 0);
	if (n < 0)
		err_fail(err, "cannot read %s: %s", path, strerror(errno));
	close(fd);
	return n == 0;
}

void *
file_load(struct arena *a, const char *path, size_t *size, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	size_t done = 0;
	ssize_t n = -1;
	char *bytes = NULL;

	if (fd >= 0 && !fstat(fd, &st) && st.st_size >= 0) {
		bytes = arena_alloc(a, (size_t)st.st_size);
		do {
			n = read(fd, bytes + done, (size_t)st.st_size - done);
			done += n > 0 ? (size_t)n : 0;
		} while (n > 0);
	}
	if (n < 0)
		err_fail(err, "cannot read %s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	*size = done;
	return n < 0 ? NULL : bytes;
}

static bool
write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return false;
		p += done;
		n -= (size_t)done;
	}
	return true;
}

/* A device or a pipe is written to, and must never make way for a file. */
static bool
is_special(const char *path)
{
	struct stat st;

	return !stat(path, &st) && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

bool
file_draft_begin(struct file_draft *d, const char *path, struct err *err)
{
	*d = (struct file_draft){ .path = path };
	if (is_special(path)) {
		d->fd = open(path, O_WRONLY | O_CLOEXEC);
	} else {
		buf_fmt(&d->tmp, "%s.XXXXXX", path);
		d->fd = mkstemp(d->tmp.s);
	}
	if (d->fd >= 0)
		return true;
	err_fail(err, "cannot write %s: %s", path, strerror(errno));
	buf_release(&d->tmp);
	return false;
}

bool
file_draft_add(struct file_draft *d, const void *p, size_t n, struct err *err)
{
	return write_all(d->fd, p, n) ||
	       err_fail(err, "cannot write %s: %s", d->path, strerror(errno));
}

bool
file_draft_end(struct file_draft *d, unsigned mode, bool flush, struct err *err)
{
	bool ok =
	    !d->tmp.s || (!fchmod(d->fd, mode) && (!flush || !fsync(d->fd)));

	ok = !close(d->fd) && ok;
	ok = ok && (!d->tmp.s || !rename(d->tmp.s, d->path));
	if (!ok) {
		err_fail(err, "cannot write %s: %s", d->path, strerror(errno));
		if (d->tmp.s)
			unlink(d->tmp.s);
	}
	buf_release(&d->tmp);
	return ok;
}

void
file_draft_drop(struct file_draft *d)
{
	close(d->fd);
	if (d->tmp.s)
		unlink(d->tmp.s);
	buf_release(&d->tmp);
}

static bool
replace(const char *path, const void *p, size_t n, unsigned mode, bool flush,
    struct err *err)
{
	struct file_draft d;

	if (!file_draft_begin(&d, path, err))
		return false;
	if (file_draft_add(&d, p, n, err))
		return file_draft_end(&d, mode, flush, err);
	file_draft_drop(&d);
	return false;
}

bool
file_write(
    const char *path, const void *p, size_t n, unsigned mode, struct err *err)
{
	return replace(path, p, n, mode, true, err);
}

static bool
holds(const char *path, const void *p, size_t n)
{
	struct err ignored = { 0 };
	struct buf old = { 0 };
	bool same;

	same = !is_special(path) && file_read(&old, path, &ignored) &&
	       old.len == n && (!n || !memcmp(old.s, p, n));
	buf_release(&old);
	err_release(&ignored);
	return same;
}

bool
file_update(const char *path, const void *p, size_t n, struct err *err)
{
	return holds(path, p, n) || replace(path, p, n, 0644, true, err);
}

bool
file_remake(const char *path, const void *p, size_t n, struct err *err)
{
	return holds(path, p, n) || replace(path, p, n, 0644, false, err);
}

bool
file_mkdirs(const char *path, unsigned mode, struct err *err)
{
	struct buf b = { 0 };
	bool ok = true;

	buf_puts(&b, path);
	for (char *s = b.s + 1; ok && *s; s++) {
		if (*s != '/')
			continue;
		*s = '\0';
		ok = !mkdir(b.s, mode) || errno == EEXIST;
		*s = '/';
	}
	ok = ok && (!mkdir(b.s, mode) || errno == EEXIST);
	if (!ok)
		err_fail(
		    err, "cannot make folder %s: %s", path, strerror(errno));
	buf_release(&b);
	return ok;
}

static bool
ends_in(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);

	return n > m && !strcmp(s + n - m, suffix);
}

/* The folders above the one being read, so that a link cannot make a loop. */
struct above {
	const struct above *up;
	dev_t dev;
	ino_t ino;
};

/* A link to what is not there is no file less: who reads it shall fail. */
static bool
leads_nowhere(const char *path)
{
	struct stat st;

	return !lstat(path, &st) && S_ISLNK(st.st_mode);
}

static bool
find_below(struct arena *a, struct names *out, const char *dir,
    const char *suffix, const struct above *up, struct err *err)
{
	struct dirent **list;
	struct above here = { .up = up };
	struct stat st;
	bool ok = true;
	int n;

	if (stat(dir, &st) || !S_ISDIR(st.st_mode))
		return err_fail(err, "cannot read folder %s: %s", dir,
		    strerror(errno ? errno : ENOTDIR));
	here.dev = st.st_dev;
	here.ino = st.st_ino;
	for (const struct above *u = up; u; u = u->up)
		if (u->dev == here.dev && u->ino == here.ino)
			return true;
	n = scandir(dir, &list, NULL, NULL);
	if (n < 0)
		return err_fail(
		    err, "cannot read folder %s: %s", dir, strerror(errno));
	for (int i = 0; i < n; i++) {
		const char *name = list[i]->d_name;
		char *path = file_join(a, dir, name);
		unsigned char type = list[i]->d_type;

		if (!ok || name[0] == '.')
			continue;
		/* only what is not plain costs a stat */
		if (type == DT_REG && ends_in(name, suffix))
			vec_push(a, out, path);
		if (type == DT_REG)
			continue;
		if (stat(path, &st)) {
			if (leads_nowhere(path) && ends_in(name, suffix))
				vec_push(a, out, path);
			continue;
		}
		if (S_ISDIR(st.st_mode))
			ok = find_below(a, out, path, suffix, &here, err);
		else if (S_ISREG(st.st_mode) && ends_in(name, suffix))
			vec_push(a, out, path);
	}
	for (int i = 0; i < n; i++)
		free(list[i]);
	free(list);
	return ok;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool
file_find(struct arena *a, struct names *out, const char *dir,
    const char *suffix, struct err *err)
{
	size_t first = out->n;

	errno = 0;
	if (!find_below(a, out, dir, suffix, NULL, err))
		return false;
	if (out->n > first)
		qsort(out->v + first, out->n - first, sizeof(*out->v), by_name);
	return true;
}

bool
file_exists(const char *path)
{
	struct stat st;

	return !stat(path, &st);
}

char *
file_join(struct arena *a, const char *dir, const char *name)
{
	size_t n = strlen(dir);

	return arena_fmt(
	    a, "%s%s%s", dir, n && dir[n - 1] == '/' ? "" : "/", name);
}

const char *
file_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

char *
file_folder(struct arena *a, const char *path)
{
	size_t n = (size_t)(file_base(path) - path);

	return n ? arena_strndup(a, path, n > 1 ? n - 1 : 1)
		 : arena_strdup(a, ".");
}
