/* lockfile - a lock between processes that dies with its holder
 *
 * flock and not fcntl: a POSIX lock belongs to the process, is lost when any
 * descriptor of the file is closed, and so cannot be trusted in a program that
 * links libraries. It is polled, so that a signal or a timeout ends the wait.
 */
#include "db/lockfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "db/driver.h"

/* The one who releases removes the file: a lock on a file that is no longer
 * there is a lock on nothing. */
static bool
still_there(int fd, const char *path)
{
	struct stat mine, named;

	return !fstat(fd, &mine) && !stat(path, &named) &&
	       mine.st_dev == named.st_dev && mine.st_ino == named.st_ino;
}

enum attempt { TAKEN, HELD_BY_OTHER, FAILED };

static enum attempt
attempt(int *fd, const char *path)
{
	int e;

	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	/* another user's lock can be waited for all the same */
	if (*fd < 0 && errno == EACCES) {
		*fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
		if (*fd < 0)
			errno = EACCES;
	}
	if (*fd < 0)
		return FAILED;
	if (flock(*fd, LOCK_EX | LOCK_NB)) {
		e = errno;
		close(*fd);
		errno = e;
		return e == EWOULDBLOCK || e == EINTR ? HELD_BY_OTHER : FAILED;
	}
	if (still_there(*fd, path))
		return TAKEN;
	close(*fd);
	return HELD_BY_OTHER;
}

static void
write_holder(int fd)
{
	struct buf b = { 0 };

	/* for people only: a lock without it is a lock as well */
	buf_fmt(&b, "%ld\n", (long)getpid());
	if (!ftruncate(fd, 0) && pwrite(fd, b.s, b.len, 0) < 0)
		errno = 0;
	buf_release(&b);
}

static long
read_holder(const char *path)
{
	char text[32] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd >= 0) {
		if (read(fd, text, sizeof(text) - 1) < 0)
			text[0] = '\0';
		close(fd);
	}
	return strtol(text, NULL, 10);
}

static bool
timed_out(const char *path, int timeout_ms, const char *what, struct err *err)
{
	long pid = read_holder(path);

	err_set(err, ERR_BUSY,
	    "another deesse is changing %s; waited %.1f s for it", what,
	    timeout_ms / 1000.0);
	if (pid > 0)
		err_add(err, "it is process %ld: ps -p %ld", pid, pid);
	return err_add(err, "the lock is %s, and goes with its holder", path);
}

bool
lockfile_take(struct lockfile *l, const char *path, int timeout_ms,
    const char *what, struct err *err)
{
	int64_t deadline = clock_ms() + timeout_ms;
	enum attempt got;
	int fd = -1;

	while ((got = attempt(&fd, path)) == HELD_BY_OTHER) {
		if (clock_ms() >= deadline)
			return timed_out(path, timeout_ms, what, err);
		db_nap();
	}
	if (got == FAILED)
		return err_fail(err, "cannot take the lock file %s: %s", path,
		    strerror(errno));
	write_holder(fd);
	l->fd = fd;
	l->path = xmalloc(strlen(path) + 1);
	memcpy(l->path, path, strlen(path) + 1);
	return true;
}

void
lockfile_release(struct lockfile *l)
{
	if (!l->path)
		return;
	unlink(l->path);
	close(l->fd);
	free(l->path);
	*l = (struct lockfile){ 0 };
}
