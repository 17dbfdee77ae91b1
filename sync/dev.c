/* dev - the watcher: plan at each save, apply what is safe, ask of the rest */
#include "sync/dev.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "sync/watch.h"

#define DEBOUNCE_MS 300
#define DEBOUNCE_MOST_MS 15000
#define POLL_MS 1000 /* where inotify cannot help */

struct dev {
	const struct dev_options *options;
	const struct dev_ui *ui;
	struct arena arena; /* of the project, for as long as dev runs */
	struct project project;
	int debounce_ms, signals, lock;
	bool polling;
	char seen[HASH_HEX]; /* dsl_key at the last look */

	/* the question that stands, if asking */
	bool asking;
	struct arena question_arena;
	struct sync question;
	char question_hash[HASH_HEX];
	struct map skipped; /* SQL that is not asked about again, in arena */
};

static long
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
drop_question(struct dev *d)
{
	if (d->asking)
		sync_release(&d->question);
	arena_release(&d->question_arena);
	d->asking = false;
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

/* What is refused after the safe half went in: a question, if one can ask. */
static bool
find_question(struct dev *d, struct err *err)
{
	struct sync_options o = {
		.command = "dev",
		.version = d->options->version,
		.read_only = true,
	};

	sync_init(&d->question, &d->question_arena, &d->project, &o);
	d->asking = true;
	if (!sync_plan(&d->question, err))
		return false;
	/* the lock and the file are not held while a person thinks */
	sync_release(&d->question);
	sync_hash(&d->question, d->question_hash);
	return true;
}

/* Was all that is refused here skipped before? What else changes meanwhile
 * does not bring it back. */
static bool
is_skipped(const struct dev *d)
{
	const struct judgements *steps = &d->question.steps;

	for (size_t i = 0; i < steps->n; i++)
		if (steps->v[i].refused &&
		    !map_get(&d->skipped, steps->v[i].sql))
			return false;
	return true;
}

static void
skip(struct dev *d)
{
	const struct judgements *steps = &d->question.steps;

	for (size_t i = 0; i < steps->n; i++) {
		char *sql = arena_strdup(&d->arena, steps->v[i].sql);

		if (steps->v[i].refused)
			map_put(&d->arena, &d->skipped, sql, sql);
	}
}

static void
ask(struct dev *d, struct err *err)
{
	if (!find_question(d, err)) {
		drop_question(d);
		return;
	}
	if (!d->question.refused || is_skipped(d)) {
		drop_question(d);
	} else if (d->ui->input < 0) {
		d->ui->pending(&d->question);
		drop_question(d);
	} else {
		d->ui->ask(&d->question);
	}
}

static void
cycle(struct dev *d)
{
	struct sync_options o = { .command = "dev",
		.version = d->options->version };
	struct arena a = { 0 };
	struct err err = { 0 };
	struct sync s = { 0 };
	long begin = now_ms();
	bool declined = false;

	if (!dsl_key(&d->project.dsl, d->seen))
		d->seen[0] = '\0';
	if (look_and_apply(d, &s, &a, &o, &err)) {
		declined = s.declined;
		if (sync_write_shadow(&s, &err) && (s.steps.n || !declined))
			d->ui->applied(&s, now_ms() - begin);
	}
	sync_release(&s);
	arena_release(&a);
	if (!dsl_key(&d->project.dsl, d->seen))
		d->seen[0] = '\0';
	if (!err.kind && declined)
		ask(d, &err);
	if (err.kind)
		d->ui->error(&err);
	err_release(&err);
}

/* Yes: the plan is made anew and runs only if it is what was shown. */
static void
apply_confirmed(struct dev *d)
{
	struct sync_options o = {
		.command = "dev",
		.version = d->options->version,
		.confirmed = d->question_hash,
	};
	struct arena a = { 0 };
	struct err err = { 0 };
	struct sync s = { 0 };
	long begin = now_ms();
	bool moved = false;

	sync_init(&s, &a, &d->project, &o);
	if (!sync_plan(&s, &err)) {
		d->ui->error(&err);
	} else if (s.refused) {
		moved = true;
	} else if (sync_is_done(&s) || sync_apply(&s, &moved, &err)) {
		sync_write_shadow(&s, &err);
		d->ui->applied(&s, now_ms() - begin);
	} else if (!moved) {
		d->ui->error(&err);
	}
	sync_release(&s);
	err_release(&err);
	arena_release(&a);
	drop_question(d);
	if (moved) {
		d->ui->withdrawn();
		cycle(d);
	}
}

static void
read_answer(struct dev *d)
{
	enum dev_answer answer;
	char c;
	ssize_t n = read(d->ui->input, &c, 1);

	if (n <= 0 || !d->asking)
		return;
	answer = d->ui->key(&d->question, c);
	if (answer == ANSWER_NONE)
		return;
	d->ui->answered(&d->question, answer);
	if (answer == ANSWER_YES) {
		apply_confirmed(d);
		return;
	}
	if (answer == ANSWER_SKIP)
		skip(d);
	drop_question(d);
}

/* Did any file that takes part change since the last look? */
static bool
sources_moved(struct dev *d)
{
	char now[HASH_HEX];

	return !dsl_key(&d->project.dsl, now) || strcmp(now, d->seen) != 0;
}

static void
on_change(struct dev *d)
{
	if (!sources_moved(d))
		return;
	if (d->asking) {
		d->ui->withdrawn();
		drop_question(d);
	}
	cycle(d);
}

/* The folders of files that take part but stand elsewhere: headers. */
static void
other_folders(struct dev *d, struct names *folders)
{
	struct names files = { 0 };
	struct map seen = { 0 };
	struct err ignored = { 0 };
	size_t n = strlen(d->project.dsl.dir);

	dsl_files(&d->arena, &d->project.dsl, &files, &ignored);
	err_release(&ignored);
	for (size_t i = 0; i < files.n; i++) {
		const char *file = files.v[i], *slash = strrchr(file, '/');
		char *folder;

		if (!strncmp(file, d->project.dsl.dir, n) && file[n] == '/')
			continue;
		folder = slash ? arena_strndup(
				     &d->arena, file, (size_t)(slash - file))
			       : arena_strdup(&d->arena, ".");
		if (*folder && !map_put(&d->arena, &seen, folder, folder))
			vec_push(&d->arena, folders, folder);
	}
}

static bool
start_watch(struct dev *d)
{
	struct names trees = { 0 }, folders = { 0 };
	struct err err = { 0 };

	vec_push(&d->arena, &trees, d->project.dsl.dir);
	other_folders(d, &folders);
	d->polling = !watch_start(&trees, &folders, &err);
	if (d->polling) {
		err_add(&err, "looking for changes every second instead");
		d->ui->error(&err);
	}
	err_release(&err);
	return true;
}

static bool
take_lock(struct dev *d, struct err *err)
{
	const char *path = file_join(&d->arena, PROJECT_STATE, "dev.pid");
	char pid[32] = "";
	ssize_t n;

	if (!file_mkdirs(PROJECT_STATE, 0700, err))
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
	sigprocmask(SIG_BLOCK, &set, NULL);
	d->signals = signalfd(-1, &set, SFD_CLOEXEC);
	if (d->signals < 0)
		return err_fail(
		    err, "cannot receive signals: %s", strerror(errno));
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	return true;
}

static int
time_to_wait(const struct dev *d, long deadline)
{
	long left = deadline ? deadline - now_ms() : -1;

	if (deadline)
		return left > 0 ? (int)left : 0;
	return d->polling ? POLL_MS : -1;
}

static void
loop(struct dev *d)
{
	long deadline = 0;

	for (;;) {
		struct pollfd fds[3] = {
			{ .fd = d->signals, .events = POLLIN },
			{ .fd = d->polling ? -1 : watch_fd(),
			    .events = POLLIN },
			{ .fd = d->ui->input, .events = POLLIN },
		};
		int n = poll(fds, 3, time_to_wait(d, deadline));

		if (n < 0 && errno != EINTR)
			return;
		if (n > 0 && fds[0].revents)
			return;
		if (n > 0 && (fds[2].revents & POLLIN))
			read_answer(d);
		else if (n > 0 && fds[2].revents)
			return; /* the terminal is gone */
		if (n > 0 && fds[1].revents) {
			watch_drain();
			deadline = now_ms() + d->debounce_ms;
		} else if (n == 0) {
			deadline = 0;
			on_change(d);
		} else if (deadline && now_ms() >= deadline) {
			deadline = 0;
			on_change(d);
		}
	}
}

static bool
start(struct dev *d, struct err *err)
{
	const struct dev_options *o = d->options;

	d->lock = d->signals = -1;
	if (!project_find(&d->arena, &d->project, o->database, o->collections,
		o->verbose, err) ||
	    !take_lock(d, err) || !take_signals(d, err))
		return false;
	d->debounce_ms = o->debounce_ms ? o->debounce_ms
			 : d->project.config.debounce_ms
			     ? d->project.config.debounce_ms
			     : DEBOUNCE_MS;
	if (d->debounce_ms > DEBOUNCE_MOST_MS)
		d->debounce_ms = DEBOUNCE_MOST_MS;
	return true;
}

bool
dev_run(const struct dev_options *o, const struct dev_ui *ui, struct err *err)
{
	struct dev d = { .options = o, .ui = ui };
	bool ok = start(&d, err);

	if (ok) {
		ui->begin(&d.project);
		/* watch first: what is saved during the first look counts */
		start_watch(&d);
		cycle(&d);
		loop(&d);
	}
	watch_stop();
	drop_question(&d);
	if (d.signals >= 0)
		close(d.signals);
	if (d.lock >= 0)
		close(d.lock);
	arena_release(&d.arena);
	return ok;
}
