/* dev_start - what must be so before the watcher works */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/file.h"
#include "sync/dev_state.h"
#include "sync/protect.h"

#define DEBOUNCE_MS 300
#define DEBOUNCE_MOST_MS 15000

void
dev_sync_options(const struct dev_options *o, struct sync_options *out)
{
	*out = (struct sync_options){
		.command = "dev",
		.version = o->version,
		.any_protected = o->allow_remote,
		.instead = "--allow-remote",
	};
}

void
dev_run_options(const struct dev *d, struct sync_options *out)
{
	dev_sync_options(d->options, out);
	out->held = &d->held;
	out->owned_too = &d->own;
}

bool
dev_allows(
    const struct dev_options *o, const struct project *p, struct err *err)
{
	struct arena a = { 0 };
	struct sync_options options;
	bool ok;

	dev_sync_options(o, &options);
	ok = protect_allows_dev(&a, p, &options, err);
	arena_release(&a);
	return ok;
}

static bool
take_lock(struct dev *d, struct err *err)
{
	const char *state = d->project.dsl.state_dir;
	const char *path = file_join(&d->arena, state, "dev.pid");
	char pid[32] = "";
	ssize_t n;

	if (!file_mkdirs(state, 0700, err))
		return false;
	d->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (d->lock < 0)
		return err_fail(
		    err, "cannot write %s: %s", path, strerror(errno));
	if (flock(d->lock, LOCK_EX | LOCK_NB)) {
		n = read(d->lock, pid, sizeof(pid) - 1);
		pid[n > 0 ? strcspn(pid, "\n") : 0] = '\0';
		return err_fail(err,
		    "deesse dev runs here already (process %s); stop it first",
		    pid);
	}
	n = snprintf(pid, sizeof(pid), "%ld\n", (long)getpid());
	if (ftruncate(d->lock, 0) || write(d->lock, pid, (size_t)n) != n)
		return err_fail(
		    err, "cannot write %s: %s", path, strerror(errno));
	return true;
}

static bool
take_signals(struct dev *d, struct err *err)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGWINCH);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	d->signals = signalfd(-1, &set, SFD_CLOEXEC);
	if (d->signals < 0)
		return err_fail(
		    err, "cannot receive signals: %s", strerror(errno));
	/* the terminal is given and taken from behind, too */
	signal(SIGTTOU, SIG_IGN);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	return true;
}

bool
dev_start(struct dev *d, struct err *err)
{
	const struct dev_options *o = d->options;

	d->lock = d->signals = -1;
	d->project = *o->project;
	if (!d->project.url.path)
		d->project.standing = &d->standing;
	if (!take_lock(d, err) || !take_signals(d, err))
		return false;
	d->debounce_ms = o->debounce_ms ? o->debounce_ms
			 : d->project.config.debounce_ms
			     ? d->project.config.debounce_ms
			     : DEBOUNCE_MS;
	if (d->debounce_ms > DEBOUNCE_MOST_MS)
		d->debounce_ms = DEBOUNCE_MOST_MS;
	return true;
}
