/* watch - files that change, as one descriptor to poll */
#include "sync/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <inotifytools/inotify.h>
#include <inotifytools/inotifytools.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#define EVENTS                                                                 \
	(IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM |              \
	    IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF)

static struct {
	pthread_t thread;
	int pipe[2];
	bool running;
	atomic_bool stale;
} watch = { .pipe = { -1, -1 } };

/* A folder that was made is watched from now on; what is already in it needs no
 * event of its own, for any wake looks at everything. One that was moved would
 * keep its old name, and of events that were lost nobody knows the folders. */
static void
follow(struct inotify_event *e)
{
	bool moved = e->mask & (IN_MOVED_FROM | IN_MOVED_TO);
	char *path;

	if ((e->mask & IN_Q_OVERFLOW) || ((e->mask & IN_ISDIR) && moved))
		watch.stale = true;
	if (!(e->mask & IN_ISDIR) || !(e->mask & IN_CREATE))
		return;
	path = inotifytools_dirpath_from_event(e);
	if (!path || !inotifytools_watch_recursively(path, EVENTS))
		watch.stale = true;
	free(path);
}

static void *
run(void *arg)
{
	(void)arg;
	for (;;) {
		struct inotify_event *e = inotifytools_next_event(-1);
		ssize_t n;

		if (!e) {
			if (inotifytools_error() == EINTR)
				continue;
			return NULL;
		}
		follow(e);
		n = write(watch.pipe[1], "", 1);
		(void)n; /* a full pipe is awake already */
	}
}

static bool
refuse(const char *what, int error, struct err *err)
{
	if (error == ENOSPC)
		return err_fail(err,
		    "cannot watch %s: the limit of inotify watches is "
		    "reached; raise it with: sysctl "
		    "fs.inotify.max_user_watches=524288",
		    what);
	if (error == EMFILE)
		return err_fail(err,
		    "cannot watch %s: the limit of inotify instances is "
		    "reached; raise it with: sysctl "
		    "fs.inotify.max_user_instances=512",
		    what);
	return err_fail(err, "cannot watch %s: %s", what, strerror(error));
}

static bool
add_watches(
    const struct names *trees, const struct names *folders, struct err *err)
{
	for (size_t i = 0; i < trees->n; i++)
		if (!inotifytools_watch_recursively(trees->v[i], EVENTS))
			return refuse(trees->v[i], inotifytools_error(), err);
	for (size_t i = 0; i < folders->n; i++)
		if (!inotifytools_watch_file(folders->v[i], EVENTS))
			return refuse(folders->v[i], inotifytools_error(), err);
	return true;
}

bool
watch_start(
    const struct names *trees, const struct names *folders, struct err *err)
{
	sigset_t all, before;
	int e;

	if (!inotifytools_initialize())
		return refuse("files", inotifytools_error(), err);
	if (!add_watches(trees, folders, err)) {
		inotifytools_cleanup();
		return false;
	}
	if (pipe2(watch.pipe, O_CLOEXEC | O_NONBLOCK)) {
		inotifytools_cleanup();
		return err_fail(err, "cannot make a pipe: %s", strerror(errno));
	}
	/* signals are the main thread's */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	e = pthread_create(&watch.thread, NULL, run, NULL);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	watch.running = !e;
	watch.stale = false;
	if (e) {
		watch_stop();
		return err_fail(err, "cannot start a thread: %s", strerror(e));
	}
	return true;
}

int
watch_fd(void)
{
	return watch.pipe[0];
}

bool
watch_is_stale(void)
{
	return watch.stale;
}

void
watch_drain(void)
{
	char block[256];

	while (read(watch.pipe[0], block, sizeof(block)) > 0)
		;
}

void
watch_stop(void)
{
	if (watch.running) {
		pthread_cancel(watch.thread);
		pthread_join(watch.thread, NULL);
	}
	if (watch.pipe[0] >= 0) {
		close(watch.pipe[0]);
		close(watch.pipe[1]);
		inotifytools_cleanup();
	}
	watch.running = false;
	watch.pipe[0] = watch.pipe[1] = -1;
}
