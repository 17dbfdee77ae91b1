/* lockfile.h - a lock between processes that dies with its holder.
 *
 * Only db/ includes this. The file exists while somebody holds it, and says
 * who: its text is the holder's process id.
 */
#ifndef DB_LOCKFILE_H
#define DB_LOCKFILE_H

#include "base/err.h"

struct lockfile {
	char *path; /* NULL: not held */
	int fd;
};

/* Takes the lock, waiting up to timeout_ms; `what` is what it protects, for
 * the error. A zeroed struct is a lock that is not held. */
bool lockfile_take(struct lockfile *l, const char *path, int timeout_ms,
    const char *what, struct err *err);

/* Gives the lock back and removes the file; nothing where it is not held. */
void lockfile_release(struct lockfile *l);

#endif
