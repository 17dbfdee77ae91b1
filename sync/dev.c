/* dev - the watcher: plan at each save, apply what is safe, ask of the rest */
#include "sync/dev_state.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "sync/watch.h"

#define POLL_MS 1000    /* where inotify cannot help */
#define NOT_STARTED 127 /* as a shell says it */
#define RETRY_MS 1000   /* the first wait for a database; each is longer */
#define RETRY_MOST_MS 30000
#define REDRAW_MS 200 /* a window is resized in many steps */

static void
run_command(struct dev *d, bool changed)
{
	struct err err = { 0 };
	bool again = d->child.pid != 0;

	if (!d->options->argv || (again && (!changed || !d->options->restart)))
		return;
	child_end(&d->child, SIGTERM);
	if (child_start(&d->child, &err)) {
		d->ui->started(d->options->argv, again);
	} else {
		d->ui->error(&err, 0);
		d->child.ended = true;
		d->child.status = NOT_STARTED;
	}
	err_release(&err);
	dev_share_keys(d);
}

long
dev_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* One look with these options; applies what passes. Where the database moves
 * in between, all is planned anew. */
static bool
look_and_apply(struct dev *d, struct sync *s, struct arena *a,
    const struct sync_options *o, struct err *err)
{
	bool moved = true;

	for (int tries = 0; moved && tries < 5; tries++) {
		sync_init(s, a, &d->project, o);
		if (!sync_plan(s, err) || !sync_decline(s, err))
			return false;
		if (s->unchanged)
			return true;
		if (sync_apply(s, &moved, err))
			return true;
		sync_release(s);
		if (!moved)
			return false;
	}
	return err_fail(err, "the database keeps changing; nothing was "
			     "applied, the next save tries again");
}

/* The collections are fine, but the database could not be read: it is away, or
 * somebody holds it. It is looked for again, less and less often, and what is
 * wrong is said once. */
static void
say_error(struct dev *d, const struct err *err, bool away)
{
	bool again = d->said && !strcmp(d->said, err->text);

	d->retry = 0;
	if (away) {
		d->pause = d->pause ? d->pause * 2 : RETRY_MS;
		if (d->pause > RETRY_MOST_MS)
			d->pause = RETRY_MOST_MS;
		d->retry = dev_now() + d->pause;
	}
	if (again && away)
		return;
	d->ui->error(err, away ? d->pause : 0);
	free(d->said);
	d->said = xmalloc(strlen(err->text) + 1);
	memcpy(d->said, err->text, strlen(err->text) + 1);
}

static void
found_again(struct dev *d)
{
	if (d->pause)
		d->ui->back();
	d->retry = d->pause = 0;
	free(d->said);
	d->said = NULL;
}

static void
cycle(struct dev *d)
{
	struct sync_options o;
	struct arena a = { 0 };
	struct err err = { 0 };
	struct sync s = { 0 };
	long begin = dev_now();
	bool declined = false, away;

	dev_sync_options(d->options, &o);
	d->seen[0] = '\0';
	dsl_stamp(&d->project.dsl, &d->others, d->stamp);
	if (look_and_apply(d, &s, &a, &o, &err)) {
		memcpy(d->seen, s.source_key, HASH_HEX);
		dev_watch_others(d);
		found_again(d);
		declined = s.declined;
		d->last_run = s.run ? s.run : d->last_run;
		if (sync_write_shadow(&s, &err) && (s.steps.n || !declined))
			d->ui->applied(&s, dev_now() - begin);
		sync_release(&s);
		run_command(d, s.steps.n > 0);
	}
	sync_release(&s);
	/* the sources are fine, or were before the database was opened */
	away = !s.current && (s.declared || *s.source_key);
	arena_release(&a);
	if (!err.kind && declined)
		dev_ask(d, &err);
	if (err.kind)
		say_error(d, &err, away);
	err_release(&err);
}

/* Yes: the plan is made anew and runs only if it is what was shown. */
static void
apply_confirmed(struct dev *d)
{
	struct sync_options o;
	struct arena a = { 0 };
	struct err err = { 0 };
	struct sync s = { 0 };
	long begin = dev_now();
	bool moved = false;

	dev_sync_options(d->options, &o);
	o.confirmed = d->question_hash;
	sync_init(&s, &a, &d->project, &o);
	if (!sync_plan(&s, &err)) {
		d->ui->error(&err, 0);
	} else if (s.refused) {
		moved = true;
	} else if (sync_is_done(&s) || sync_apply(&s, &moved, &err)) {
		sync_write_shadow(&s, &err);
		d->last_run = s.run ? s.run : d->last_run;
		d->ui->applied(&s, dev_now() - begin);
		sync_release(&s);
		run_command(d, s.steps.n > 0);
	} else if (!moved) {
		d->ui->error(&err, 0);
	}
	sync_release(&s);
	err_release(&err);
	arena_release(&a);
	dev_drop_question(d);
	if (moved) {
		d->ui->withdrawn();
		cycle(d);
	}
}

/* Takes back the last change that this session made; what went before is in
 * the history. It is not made again until the files say something new. */
static void
undo_last(struct dev *d)
{
	struct undo_options o = { .id = d->last_run };
	struct arena a = { 0 };
	struct err err = { 0 };
	struct undo u = { 0 };

	dev_sync_options(d->options, &o.sync);
	if (!d->last_run) {
		err_fail(&err, "this session has changed nothing that could be "
			       "taken back; see deesse history");
		d->ui->error(&err, 0);
	} else if (!undo_run(&u, &a, &d->project, &o, &err)) {
		d->ui->error(&err, 0);
	} else {
		d->ui->undone(&u);
		d->last_run = u.refused ? d->last_run : 0;
	}
	undo_release(&u);
	err_release(&err);
	arena_release(&a);
}

static void
read_key(struct dev *d)
{
	enum dev_answer answer;
	char c;
	ssize_t n = read(d->ui->input, &c, 1);

	if (n <= 0)
		return;
	answer = d->ui->key(d->asking ? &d->question : NULL, c);
	if (answer == ANSWER_UNDO)
		undo_last(d);
	if (!d->asking || answer == ANSWER_NONE)
		return;
	d->ui->answered(&d->question, answer);
	if (answer == ANSWER_YES) {
		apply_confirmed(d);
	} else {
		if (answer == ANSWER_SKIP)
			dev_skip(d);
		dev_drop_question(d);
	}
	dev_share_keys(d);
}

static void
on_change(struct dev *d)
{
	if (!dev_sources_moved(d))
		return;
	if (d->asking) {
		d->ui->withdrawn();
		dev_drop_question(d);
	}
	cycle(d);
	dev_share_keys(d);
}

static int
time_to_wait(const struct dev *d)
{
	long next = d->deadline;
	long left;

	if (d->redraw && (!next || d->redraw < next))
		next = d->redraw;
	if (d->retry && (!next || d->retry < next))
		next = d->retry;
	if (d->polling && (!next || next > dev_now() + POLL_MS))
		return POLL_MS;
	if (!next)
		return -1;
	left = next - dev_now();
	return left > 0 ? (int)left : 0;
}

/* Returns the signal that ends it all, or 0. */
static int
read_signal(struct dev *d)
{
	struct signalfd_siginfo info;

	if (read(d->signals, &info, sizeof(info)) != sizeof(info))
		return 0;
	switch (info.ssi_signo) {
	case SIGCHLD:
		child_look(&d->child);
		return 0;
	case SIGWINCH:
		d->redraw = d->asking ? dev_now() + REDRAW_MS : 0;
		return 0;
	case SIGUSR1:
	case SIGUSR2:
		child_signal(&d->child, (int)info.ssi_signo);
		return 0;
	default:
		return (int)info.ssi_signo;
	}
}

static void
on_time(struct dev *d)
{
	long now = dev_now();

	if (d->redraw && now >= d->redraw) {
		d->redraw = 0;
		if (d->asking)
			d->ui->ask(&d->question);
	}
	if (d->deadline && now >= d->deadline) {
		d->deadline = 0;
		on_change(d);
	}
	if (d->retry && now >= d->retry) {
		d->retry = 0;
		cycle(d);
		dev_share_keys(d);
	}
}

/* Returns the signal that ended it, or 0. */
static int
loop(struct dev *d)
{
	for (;;) {
		struct pollfd fds[3] = {
			{ .fd = d->signals, .events = POLLIN },
			{ .fd = d->polling ? -1 : watch_fd(),
			    .events = POLLIN },
			{ .fd = dev_keys_are_ours(d) ? d->ui->input : -1,
			    .events = POLLIN },
		};
		int n = poll(fds, 3, time_to_wait(d));
		int signal = n > 0 && fds[0].revents ? read_signal(d) : 0;

		if (signal || (n < 0 && errno != EINTR))
			return signal;
		if (d->child.ended)
			return 0;
		if (n > 0 && (fds[2].revents & POLLIN))
			read_key(d);
		else if (n > 0 && fds[2].revents)
			return SIGHUP; /* the terminal is gone */
		if (n > 0 && fds[1].revents) {
			watch_drain();
			d->deadline = dev_now() + d->debounce_ms;
		} else if (n == 0 && d->polling) {
			on_change(d);
		}
		on_time(d);
	}
}

bool
dev_run(const struct dev_options *o, const struct dev_ui *ui, int *status,
    struct err *err)
{
	struct dev d = { .options = o, .ui = ui };
	bool ok = dev_start(&d, err);
	int signal;

	*status = 0;
	if (ok) {
		d.child.argv = o->argv;
		d.child.terminal = ui->input;
		ui->begin(&d.project);
		/* watch first: what is saved during the first look counts */
		dev_watch(&d);
		cycle(&d);
		signal = loop(&d);
		child_end(&d.child, signal ? signal : SIGTERM);
		*status = d.child.status;
		if (d.child.ended)
			ui->ended(o->argv, d.child.status);
	}
	watch_stop();
	dev_drop_question(&d);
	if (d.signals >= 0)
		close(d.signals);
	if (d.lock >= 0)
		close(d.lock);
	free(d.said);
	arena_release(&d.arena);
	return ok;
}
