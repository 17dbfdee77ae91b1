/* dev - the watcher: plan at each save, apply what is safe, ask of the rest */
#include "sync/dev_state.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "sync/change_key.h"
#include "sync/watch.h"

#define POLL_MS 1000    /* where inotify cannot help */
#define NOT_STARTED 127 /* as a shell says it */
#define RETRY_MS 1000   /* the first wait for a database; each is longer */
#define RETRY_MOST_MS 30000
#define WRITING_MS 50 /* who writes still is looked at again */
#define PROOFS 2      /* that may fail because somebody else is at work */
#define REDRAW_MS 200 /* a window is resized in many steps */

void
dev_run_command(struct dev *d, bool changed)
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

/* One look; applies what passes. Where the database moves in between, or
 * something else has changed it, all is planned anew. */
static bool
look_and_apply(struct dev *d, struct sync *s, struct arena *a, struct err *err)
{
	struct sync_options o;
	bool moved = true;

	dev_run_options(d, &o);
	for (int tries = 0; moved && tries < 5; tries++) {
		sync_init(s, a, &d->project, &o);
		if (!sync_plan(s, err))
			return false;
		if (s->unchanged)
			return true;
		if (dev_find_drift(d, s)) {
			sync_release(s);
			continue;
		}
		dev_note_refused(d, s);
		if (!sync_decline(s, err)) {
			moved = sync_has_moved(s);
			if (!moved)
				return false;
			err_release(err);
			sync_release(s);
			continue;
		}
		/* until somebody has said what is right, the journal is not
		 * told that this is how it should be */
		if (d->drift.open && !s->steps.n)
			return true;
		if (sync_apply(s, &moved, err))
			return true;
		/* what the proof did not expect may be a stranger's work of
		 * this very moment; if it fails again, it is not */
		moved = moved || (tries < PROOFS && sync_has_moved(s));
		sync_release(s);
		if (!moved)
			return false;
		err_release(err);
	}
	d->busy = true;
	return err_fail(err, "the database keeps changing");
}

/* The collections are fine, but the database could not be read: it is away, or
 * somebody holds it. It is looked for again, less and less often, and what is
 * wrong is said once. */
void
dev_say_error(struct dev *d, const struct err *err, bool away)
{
	bool again = d->said && !strcmp(d->said, err->text);

	d->retry = 0;
	if (away) {
		d->pause = d->pause ? d->pause * 2 : RETRY_MS;
		if (d->pause > RETRY_MOST_MS)
			d->pause = RETRY_MOST_MS;
		d->retry = clock_ms() + d->pause;
	}
	if (again && (away || !d->saved))
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

/* What was held back and is no longer to do is not remembered; nor, once all is
 * as the collections say, what was taken away for that. */
static void
settle_drift(struct dev *d, const struct sync *s)
{
	size_t n = 0;

	for (size_t i = 0; i < d->held.n; i++)
		if (change_among(d->held.v[i], &s->held))
			d->held.v[n++] = d->held.v[i];
	d->held.n = n;
	if (!s->declined)
		d->own.n = 0;
}

static void
looked(struct dev *d, struct sync *s, long begin, struct err *err)
{
	memcpy(d->seen, s->source_key, HASH_HEX);
	memcpy(d->key, s->source_key, HASH_HEX);
	dev_watch_others(d);
	found_again(d);
	settle_drift(d, s);
	d->last_run = s->run ? s->run : d->last_run;
	if (sync_write_shadow(s, err) &&
	    (s->steps.n || (!s->declined && !d->drift.open && !d->answering)))
		d->ui->applied(s, clock_ms() - begin);
	sync_release(s);
	dev_run_command(d, s->steps.n > 0);
}

static void
ask_what_is_left(struct dev *d, bool declined, bool away, struct err *err)
{
	if (!err->kind && d->drift.open)
		dev_ask_drift(d);
	else if (!err->kind && declined)
		dev_ask(d, err);
	if (err->kind)
		dev_say_error(d, err, away);
}

/* Something changed the database, and no file was saved: it is looked at, and
 * nothing is applied. */
static void
glance(struct dev *d)
{
	struct sync_options o;
	struct arena a = { 0 };
	struct err err = { 0 };
	struct sync s = { 0 };
	bool ok, away;

	d->saved = false;
	dev_run_options(d, &o);
	o.read_only = true;
	sync_init(&s, &a, &d->project, &o);
	ok = sync_plan(&s, &err);
	sync_release(&s);
	away = !ok && err.kind != ERR_UNFIT &&
	       (err.kind == ERR_BUSY ||
		   (!s.current && (s.declared || *s.source_key)));
	if (ok && !s.unchanged && !dev_find_drift(d, &s) && !d->drift.open &&
	    s.steps.n && !s.refused)
		d->ui->elsewhere(&s);
	if (!away)
		dev_note_database(d, false);
	ask_what_is_left(d, ok && s.refused, away, &err);
	arena_release(&a);
	err_release(&err);
}

/* Looks at both sides and applies what is safe; saved: because a file was. */
void
dev_look(struct dev *d, bool saved)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	struct sync s = { 0 };
	long begin = clock_ms();
	bool ok, away, declined;

	d->saved = saved;
	d->seen[0] = '\0';
	dsl_stamp(&d->project.dsl, &d->others, d->stamp);
	ok = look_and_apply(d, &s, &a, &err);
	if (ok)
		looked(d, &s, begin, &err);
	sync_release(&s);
	declined = ok && s.declined;
	/* the sources are fine, or were before the database was opened */
	away = !ok && err.kind != ERR_UNFIT &&
	       (d->busy || err.kind == ERR_BUSY ||
		   (!s.current && (s.declared || *s.source_key)));
	d->unfit = !ok && err.kind == ERR_UNFIT;
	d->busy = false;
	if (!away)
		dev_note_database(d, ok && !d->drift.open);
	arena_release(&a);
	ask_what_is_left(d, declined, away, &err);
	err_release(&err);
}

static void
withdraw(struct dev *d)
{
	if (d->asking || d->asking_drift)
		d->ui->withdrawn();
	dev_drop_question(d);
}

static void
on_save(struct dev *d)
{
	if (dev_is_being_written(d)) {
		d->deadline = clock_ms() + WRITING_MS;
		return;
	}
	if (!dev_sources_moved(d))
		return;
	withdraw(d);
	dev_look(d, true);
	dev_share_keys(d);
}

static void
on_glance(struct dev *d)
{
	if (!dev_database_moved(d))
		return;
	withdraw(d);
	if (!d->gone)
		glance(d);
	dev_share_keys(d);
}

static bool
is_sooner(long time, long than)
{
	return time && (!than || time < than);
}

static int
time_to_wait(const struct dev *d)
{
	const long times[] = { d->redraw, d->retry, dev_next_glance(d),
		d->stands_until };
	long next = d->deadline;
	long left;

	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++)
		if (is_sooner(times[i], next))
			next = times[i];
	if (d->polling && (!next || next > clock_ms() + POLL_MS))
		return POLL_MS;
	if (!next)
		return -1;
	left = next - clock_ms();
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
		d->redraw = clock_ms() + REDRAW_MS;
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
	long now = clock_ms();

	if (d->redraw && now >= d->redraw) {
		d->redraw = 0;
		if (d->asking)
			d->ui->ask(&d->question);
		else if (d->asking_drift)
			d->ui->ask_drift(&d->drift);
	}
	if (d->deadline && now >= d->deadline) {
		d->deadline = 0;
		on_save(d);
	}
	if (d->retry && now >= d->retry) {
		d->retry = 0;
		dev_look(d, false);
		dev_share_keys(d);
	}
	if (is_sooner(dev_next_glance(d), now + 1))
		on_glance(d);
	dev_cool(d, false);
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
			dev_read_key(d);
		else if (n > 0 && fds[2].revents)
			return SIGHUP; /* the terminal is gone */
		if (n > 0 && fds[1].revents) {
			watch_drain();
			if (watch_is_stale()) {
				watch_stop();
				dev_watch(d);
			}
			d->deadline = clock_ms() + d->debounce_ms;
			dev_warm(d);
		} else if (n == 0 && d->polling) {
			on_save(d);
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
		dev_look(&d, true);
		signal = d.unfit ? 0 : loop(&d);
		child_end(&d.child, signal ? signal : SIGTERM);
		*status = d.unfit ? 1 : d.child.status;
		if (d.child.ended)
			ui->ended(o->argv, d.child.status);
	}
	watch_stop();
	dev_drop_question(&d);
	dev_cool(&d, true);
	if (d.signals >= 0)
		close(d.signals);
	if (d.lock >= 0)
		close(d.lock);
	free(d.said);
	arena_release(&d.arena);
	return ok;
}
