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
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"

extern char **environ;

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
	sigaddset(&defaults, SIGXFSZ);
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

/* Writes what the pipe takes, and closes it behind the last byte. A program
 * that ends before it read its input must not end us. */
static void
feed(struct proc *p)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
	ssize_t n = 1;

	if (p->to < 0)
		return;
	sigaction(SIGPIPE, &ignore, &before);
	while (n > 0 && p->sent < p->input_len) {
		n = write(p->to, p->input + p->sent, p->input_len - p->sent);
		p->sent += n > 0 ? (size_t)n : 0;
	}
	if (p->sent == p->input_len ||
	    (n < 0 && errno != EINTR && errno != EAGAIN))
		shut(&p->to);
	sigaction(SIGPIPE, &before, NULL);
}

/* Moves bytes until both outputs end; false where the time is up. */
static bool
converse(struct proc *p)
{
	while (p->from[0] >= 0 || p->from[1] >= 0) {
		struct pollfd fds[3] = {
			{ .fd = p->from[0], .events = POLLIN },
			{ .fd = p->from[1], .events = POLLIN },
			{ .fd = p->to, .events = POLLOUT },
		};
		int64_t left = p->deadline - clock_ms();

		if (p->timeout_ms && left <= 0)
			return false;
		if (poll(fds, 3, p->timeout_ms ? (int)left : -1) < 0) {
			if (errno != EINTR)
				return true;
			continue;
		}
		if (fds[0].revents)
			drain(&p->from[0], &p->out);
		if (fds[1].revents)
			drain(&p->from[1], &p->err);
		if (fds[2].revents)
			feed(p);
	}
	return true;
}

bool
proc_start(struct proc *p, struct err *err)
{
	struct pipes io;
	pid_t pid = 0;
	int e = 0;

	if (!open_pipes(&io))
		e = errno;
	else
		e = spawn(&pid, p, &io);
	if (e) {
		close_pipes(&io);
		return err_fail(
		    err, "cannot run %s: %s", p->argv[0], strerror(e));
	}
	p->pid = pid;
	p->to = io.in[1];
	p->from[0] = io.out[0];
	p->from[1] = io.err[0];
	p->sent = 0;
	p->deadline = clock_ms() + p->timeout_ms;
	shut(&io.in[0]);
	shut(&io.out[1]);
	shut(&io.err[1]);
	fcntl(p->to, F_SETFL, O_NONBLOCK);
	if (!p->input_follows)
		feed(p);
	return true;
}

void
proc_input(struct proc *p, const char *input, size_t len)
{
	p->input = input;
	p->input_len = len;
	p->input_follows = false;
	feed(p);
}

bool
proc_finish(struct proc *p, struct err *err)
{
	bool in_time;
	int wait;

	if (p->input_follows)
		proc_input(p, NULL, 0);
	in_time = converse(p);
	shut(&p->to);
	shut(&p->from[0]);
	shut(&p->from[1]);
	if (!in_time)
		kill(-p->pid, SIGKILL);
	while (waitpid(p->pid, &wait, 0) < 0 && errno == EINTR)
		;
	p->status = WIFEXITED(wait) ? WEXITSTATUS(wait) : 128 + WTERMSIG(wait);
	if (!in_time)
		return err_fail(err,
		    "%s did not finish within %d s and was ended", p->argv[0],
		    (p->timeout_ms + 999) / 1000);
	return true;
}

bool
proc_run(struct proc *p, struct err *err)
{
	return proc_start(p, err) && proc_finish(p, err);
}

void
proc_release(struct proc *p)
{
	buf_release(&p->out);
	buf_release(&p->err);
}
