/* child - the program that runs beside the watcher */
#include "sync/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define GRACE_MS 5000
#define STEP_MS 20

/* Between fork and exec only what is safe beside other threads. What cannot be
 * started says why through the pipe, which exec closes. */
static void
become(const struct child *c, pid_t parent, int said)
{
	sigset_t none;
	int why;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(127);
	setpgid(0, 0);
	sigemptyset(&none);
	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execvp(c->argv[0], c->argv);
	why = errno;
	if (write(said, &why, sizeof(why)) < 0)
		_exit(126);
	_exit(127);
}

bool
child_start(struct child *c, struct err *err)
{
	pid_t parent = getpid();
	int said[2], why = 0;
	ssize_t n;

	if (pipe2(said, O_CLOEXEC))
		return err_fail(err, "cannot make a pipe: %s", strerror(errno));
	c->pid = fork();
	if (!c->pid)
		become(c, parent, said[1]);
	if (c->pid > 0)
		setpgid(c->pid, c->pid); /* whoever of the two is first */
	else
		why = errno;
	close(said[1]);
	do
		n = read(said[0], &why, sizeof(why));
	while (n < 0 && errno == EINTR);
	close(said[0]);
	c->ended = false;
	if (!why)
		return true;
	if (c->pid > 0)
		waitpid(c->pid, NULL, 0);
	c->pid = 0;
	return err_fail(err, "cannot start %s: %s", c->argv[0], strerror(why));
}

void
child_front(struct child *c)
{
	if (!c->pid || c->terminal < 0)
		return;
	tcsetpgrp(c->terminal, c->pid);
	/* it may have asked for the terminal while it was behind */
	kill(-c->pid, SIGCONT);
}

static void
nap(long ms)
{
	nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000L }, NULL);
}

static void
take_terminal(const struct child *c)
{
	if (c->terminal >= 0)
		tcsetpgrp(c->terminal, getpgrp());
}

/* Whoever is in the middle of a read of the terminal would get the next key:
 * that it is behind is noticed only as a read begins. Stopped for a moment, it
 * begins anew. */
void
child_behind(struct child *c)
{
	bool was_front =
	    c->pid && c->terminal >= 0 && tcgetpgrp(c->terminal) == c->pid;

	take_terminal(c);
	if (!was_front)
		return;
	kill(-c->pid, SIGSTOP);
	nap(STEP_MS);
	kill(-c->pid, SIGCONT);
}

static void
keep_status(struct child *c, int status)
{
	c->status =
	    WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
	c->pid = 0;
}

void
child_look(struct child *c)
{
	int status;

	if (!c->pid || waitpid(c->pid, &status, WNOHANG | WUNTRACED) <= 0)
		return;
	if (!WIFSTOPPED(status)) {
		keep_status(c, status);
		c->ended = true;
		take_terminal(c);
	} else if (WSTOPSIG(status) == SIGTSTP) {
		take_terminal(c);
		kill(getpid(), SIGSTOP);
		child_front(c);
	}
}

void
child_signal(const struct child *c, int signal)
{
	if (c->pid)
		kill(-c->pid, signal);
}

void
child_end(struct child *c, int signal)
{
	int status = 0;
	pid_t done = 0;

	if (!c->pid)
		return;
	take_terminal(c);
	child_signal(c, signal);
	/* who is stopped cannot end */
	child_signal(c, SIGCONT);
	for (int ms = 0; ms < GRACE_MS && !done; ms += STEP_MS) {
		done = waitpid(c->pid, &status, WNOHANG);
		if (!done)
			nap(STEP_MS);
	}
	/* what it started itself ends with it */
	child_signal(c, SIGKILL);
	if (!done)
		waitpid(c->pid, &status, 0);
	keep_status(c, status);
}
