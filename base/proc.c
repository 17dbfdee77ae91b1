/* proc - running another program, without a shell */
#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"

extern char **environ;

static long
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct pipes {
	int in[2], out[2], err[2];
};

static bool
open_pipes(struct pipes *p)
{
	int *ends[] = { p->in, p->out, p->err };

	for (int i = 0; i < 3; i++)
		ends[i][0] = ends[i][1] = -1;
	for (int i = 0; i < 3; i++)
		if (pipe2(ends[i], O_CLOEXEC))
			return false;
	return true;
}

static void
shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void
close_pipes(struct pipes *p)
{
	shut(&p->in[0]);
	shut(&p->in[1]);
	shut(&p->out[0]);
	shut(&p->out[1]);
	shut(&p->err[0]);
	shut(&p->err[1]);
}

/* Returns our environment with the settings of extra in place of its own;
 * free it, but not its texts. */
static const char **
environment(const char *const *extra)
{
	size_t n = 0, m = 0, used = 0;
	const char **all;

	while (environ[n])
		n++;
	while (extra && extra[m])
		m++;
	all = xmalloc((n + m + 1) * sizeof(*all));
	for (size_t i = 0; i < n; i++) {
		bool set = false;

		for (size_t k = 0; k < m; k++) {
			size_t name = strcspn(extra[k], "=") + 1;

			set = set || !strncmp(environ[i], extra[k], name);
		}
		if (!set)
			all[used++] = environ[i];
	}
	for (size_t k = 0; k < m; k++)
		all[used++] = extra[k];
	all[used] = NULL;
	return all;
}

static int
spawn(pid_t *pid, const struct proc *p, const struct pipes *io)
{
	const char **env = environment(p->env);
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t defaults;
	int e;

	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, io->in[0], 0);
	posix_spawn_file_actions_adddup2(&files, io->out[1], 1);
	posix_spawn_file_actions_adddup2(&files, io->err[1], 2);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigdefault(&attr, &defaults);
	posix_spawnattr_setpgroup(&attr, 0);
	posix_spawnattr_setflags(
	    &attr, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
	/* posix_spawnp does not write to argv; its type is from before const */
	e = posix_spawnp(pid, p->argv[0], &files, &attr,
	    (char *const *)(const void *)p->argv,
	    (char *const *)(const void *)env);
	free(env);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return e;
}

static void
drain(int *fd, struct buf *into)
{
	char block[8192];
	ssize_t n = read(*fd, block, sizeof(block));

	if (n > 0)
		buf_add(into, block, (size_t)n);
	else if (n == 0 || errno != EINTR)
		shut(fd);
}

static void
feed(int *fd, const struct proc *p, size_t *sent)
{
	ssize_t n = write(*fd, p->input + *sent, p->input_len - *sent);

	if (n > 0)
		*sent += (size_t)n;
	else if (n < 0 && errno != EINTR && errno != EAGAIN)
		shut(fd);
	if (*sent == p->input_len)
		shut(fd);
}

/* Moves bytes until both outputs end; false where the time is up. */
static bool
converse(struct proc *p, struct pipes *io)
{
	long deadline = now_ms() + p->timeout_ms;
	size_t sent = 0;

	if (!p->input_len)
		shut(&io->in[1]);
	while (io->out[0] >= 0 || io->err[0] >= 0) {
		struct pollfd fds[3] = {
			{ .fd = io->out[0], .events = POLLIN },
			{ .fd = io->err[0], .events = POLLIN },
			{ .fd = io->in[1], .events = POLLOUT },
		};
		long left = deadline - now_ms();

		if (p->timeout_ms && left <= 0)
			return false;
		if (poll(fds, 3, p->timeout_ms ? (int)left : -1) < 0 &&
		    errno != EINTR)
			return true;
		if (fds[0].revents)
			drain(&io->out[0], &p->out);
		if (fds[1].revents)
			drain(&io->err[0], &p->err);
		if (fds[2].revents)
			feed(&io->in[1], p, &sent);
	}
	return true;
}

bool
proc_run(struct proc *p, struct err *err)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
	struct pipes io;
	pid_t pid;
	int e, wait;
	bool in_time;

	if (!open_pipes(&io)) {
		e = errno;
		close_pipes(&io);
		return err_fail(
		    err, "cannot run %s: %s", p->argv[0], strerror(e));
	}
	e = spawn(&pid, p, &io);
	shut(&io.in[0]);
	shut(&io.out[1]);
	shut(&io.err[1]);
	if (e) {
		close_pipes(&io);
		return err_fail(
		    err, "cannot run %s: %s", p->argv[0], strerror(e));
	}
	/* a program that ends before it read its input must not end us */
	fcntl(io.in[1], F_SETFL, O_NONBLOCK);
	sigaction(SIGPIPE, &ignore, &before);
	in_time = converse(p, &io);
	sigaction(SIGPIPE, &before, NULL);
	close_pipes(&io);
	if (!in_time)
		kill(-pid, SIGKILL);
	while (waitpid(pid, &wait, 0) < 0 && errno == EINTR)
		;
	p->status = WIFEXITED(wait) ? WEXITSTATUS(wait) : 128 + WTERMSIG(wait);
	if (!in_time)
		return err_fail(err,
		    "%s did not finish within %d s and was ended", p->argv[0],
		    (p->timeout_ms + 999) / 1000);
	return true;
}

void
proc_release(struct proc *p)
{
	buf_release(&p->out);
	buf_release(&p->err);
}
