/* sqlite_holders - who has the file locked
 *
 * /proc/locks knows the process of each POSIX lock; on a system without it
 * nothing is added, and the message says how to look.
 */
#include "db/sqlite.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/file.h"

/* Is the line a POSIX lock on the file, of another process? */
static bool
holds(const char *line, const struct stat *st, long *pid)
{
	unsigned major_dev, minor_dev;
	uintmax_t inode;

	return strstr(line, "POSIX") && !strstr(line, "->") &&
	       sscanf(line, "%*d: %*s %*s %*s %ld %x:%x:%" SCNuMAX, pid,
		   &major_dev, &minor_dev, &inode) == 4 &&
	       inode == (uintmax_t)st->st_ino &&
	       major_dev == major(st->st_dev) &&
	       minor_dev == minor(st->st_dev) && *pid != (long)getpid();
}

static void
add_process(struct buf *out, long pid)
{
	struct buf path = { 0 }, name = { 0 }, entry = { 0 };
	struct err ignored = { 0 };

	buf_fmt(&path, "/proc/%ld/comm", pid);
	if (!file_read(&name, path.s, &ignored))
		buf_puts(&name, "a program");
	buf_fmt(&entry, "%.*s (process %ld)",
	    (int)strcspn(buf_str(&name), "\n"), buf_str(&name), pid);
	if (!strstr(buf_str(out), entry.s))
		buf_fmt(out, "%s%s", out->len ? ", " : "", entry.s);
	buf_release(&path);
	buf_release(&name);
	buf_release(&entry);
	err_release(&ignored);
}

static void
add_holders_of(struct buf *out, const char *path, const char *locks)
{
	struct stat st;
	long pid;

	if (stat(path, &st))
		return;
	for (const char *line = locks; *line;) {
		size_t n = strcspn(line, "\n");
		char text[256];

		if (n < sizeof(text)) {
			memcpy(text, line, n);
			text[n] = '\0';
			if (holds(text, &st, &pid))
				add_process(out, pid);
		}
		line += n + (line[n] == '\n');
	}
}

void
sqlite_holders(struct buf *out, const char *path)
{
	struct buf locks = { 0 }, shm = { 0 };
	struct err ignored = { 0 };

	/* in WAL mode the locks are on the file of the shared memory */
	buf_fmt(&shm, "%s-shm", path);
	if (file_read(&locks, "/proc/locks", &ignored)) {
		add_holders_of(out, path, buf_str(&locks));
		add_holders_of(out, shm.s, buf_str(&locks));
	}
	buf_release(&locks);
	buf_release(&shm);
	err_release(&ignored);
}
