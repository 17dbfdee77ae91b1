/* dev - beside a dev server: watch, apply what is safe, ask of the rest */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/text.h"
#include "cmd/beside.h"
#include "cmd/box.h"
#include "cmd/cmd.h"
#include "cmd/report.h"
#include "sync/dev.h"

static struct {
	int debounce_ms;
	bool poll, plain, restart, allow_remote;
} opt;

static const struct option_row options[] = {
	{ "debounce", 0, OPTION_NUMBER, &opt.debounce_ms, "MS",
	    "wait for so many milliseconds of quiet after a save (default "
	    "300, at most 15000)" },
	{ "restart", 0, OPTION_FLAG, &opt.restart, NULL,
	    "start CMD anew when the schema has changed" },
	{ "allow-remote", 0, OPTION_FLAG, &opt.allow_remote, NULL,
	    "work on a protected database, or one on another machine" },
	{ "poll", 0, OPTION_FLAG, &opt.poll, NULL,
	    "look every second, where the file system tells of no changes" },
	{ "plain", 0, OPTION_FLAG, &opt.plain, NULL,
	    "ask without a box, for a screen reader" },
	{ 0 },
};

/* How others have the terminal: the shell, then the command. */
static struct termios terminal_before;
static bool terminal_changed;

static void
restore_terminal(void)
{
	if (terminal_changed)
		tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal_before);
	terminal_changed = false;
}

/* Keys come one by one and unseen while they are ours. */
static void
keys(bool ours)
{
	struct termios t;

	if (ours == terminal_changed)
		return;
	if (!ours) {
		restore_terminal();
		return;
	}
	if (tcgetattr(STDIN_FILENO, &terminal_before))
		return;
	t = terminal_before;
	t.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	t.c_cc[VMIN] = 1;
	t.c_cc[VTIME] = 0;
	terminal_changed = !tcsetattr(STDIN_FILENO, TCSADRAIN, &t);
}

/* In the background (`deesse dev &`) the terminal is somebody else's. */
static bool
take_terminal(void)
{
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) ||
	    tcgetpgrp(STDIN_FILENO) != getpgrp())
		return false;
	keys(true);
	if (terminal_changed)
		atexit(restore_terminal);
	return terminal_changed;
}

/* The database, where several are watched. */
static const struct project *one_of;

/* One line of the story: the time, then what happened. */
static void
stamp(void)
{
	char text[16];
	struct tm tm;
	time_t t = time(NULL);

	localtime_r(&t, &tm);
	strftime(text, sizeof(text), "%H:%M:%S", &tm);
	printf("%s%s%s  ", paint(stdout, PAINT_DIM), text,
	    paint(stdout, PAINT_NONE));
	if (one_of)
		printf("%s: ", text_cleaned(&cmd_arena, one_of->dsl.dir));
}

static void
event_json(const char *event, json_t *o)
{
	if (one_of && !json_object_get(o, "database"))
		json_object_set_new(
		    o, "database", json_text(one_of->url.shown));
	json_object_set_new(o, "event", json_text(event));
	print_json(o, false);
	fflush(stdout);
}

static void
begin(const struct project *p)
{
	if (wants_json()) {
		json_t *o = json_object();

		json_object_set_new(o, "database", json_text(p->url.shown));
		json_object_set_new(o, "collections", json_text(p->dsl.dir));
		event_json("watching", o);
		return;
	}
	stamp();
	printf("watching %s for %s\n", text_cleaned(&cmd_arena, p->dsl.dir),
	    text_cleaned(&cmd_arena, p->url.shown));
	fflush(stdout);
}

static void
error(const struct err *err, long retry_ms)
{
	if (wants_json()) {
		json_t *o = json_object();

		json_object_set_new(o, "message", json_text(err->text));
		if (retry_ms)
			json_object_set_new(
			    o, "retry_ms", json_integer(retry_ms));
		event_json("error", o);
		return;
	}
	stamp();
	printf("%snothing was changed:%s\n", paint(stdout, PAINT_RED),
	    paint(stdout, PAINT_NONE));
	put_clean(stdout, err->text);
	printf("\n");
	if (retry_ms)
		printf("looking for the database again and again, the first "
		       "time in %ld s\n",
		    (retry_ms + 999) / 1000);
	fflush(stdout);
}

static void
back(void)
{
	if (wants_json()) {
		event_json("back", json_object());
		return;
	}
	stamp();
	printf("the database is back\n");
	fflush(stdout);
}

static void
applied(const struct sync *s, long ms)
{
	if (wants_json()) {
		event_json(s->steps.n ? "applied" : "in-step",
		    report_json(s, s->steps.n > 0));
		return;
	}
	stamp();
	if (s->steps.n)
		printf("%sapplied %s%s in %ld ms\n", paint(stdout, PAINT_GREEN),
		    count_text(&cmd_arena, s->steps.n, "change", "changes"),
		    paint(stdout, PAINT_NONE), ms);
	else
		printf("in step\n");
	report_steps(stdout, s, common.verbose > 0);
	fflush(stdout);
}

static void
pending(const struct sync *s)
{
	if (wants_json()) {
		event_json("pending", report_json(s, false));
		return;
	}
	stamp();
	printf("%sleft alone, for it needs a decision%s (no terminal to ask; "
	       "see deesse push)\n",
	    paint(stdout, PAINT_YELLOW), paint(stdout, PAINT_NONE));
	report_steps(stdout, s, false);
	report_unresolved(stdout, s);
	fflush(stdout);
}

/* The cursor stands behind a question: the next line must not. */
static bool open_line;

static void
close_line(void)
{
	if (open_line)
		printf("\n");
	open_line = false;
}

static void
ask(const struct sync *s)
{
	close_line();
	box_question(s, opt.plain);
	open_line = true;
	fflush(stdout);
}

/* The line where a field stands, with .was on it; NULL where it is not one
 * line. */
static const char *
renamed_line(const struct source *at, const char *was)
{
	struct buf text = { 0 };
	struct err ignored = { 0 };
	const char *line, *end, *close, *out = NULL;

	if (at->file && file_read(&text, at->file, &ignored)) {
		line = buf_str(&text);
		for (int n = 1; line && n < at->line; n++)
			line = (end = strchr(line, '\n')) ? end + 1 : NULL;
		end = line ? strchrnul(line, '\n') : NULL;
		close = line ? memrchr(line, ')', (size_t)(end - line)) : NULL;
		if (close)
			out = arena_fmt(&cmd_arena, "%.*s, .was = \"%s\"%.*s",
			    (int)(close - line), line, was, (int)(end - close),
			    close);
	}
	err_release(&ignored);
	buf_release(&text);
	return out;
}

static const struct source *
where_is(const struct sync *s, const char *name)
{
	const struct changes *all = &s->plan->diff->changes;
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; i < all->n; i++) {
		const struct change *c = all->v[i];

		if (c->kind == CHANGE_ADD_COLUMN && dot &&
		    !strcmp(c->new_column->name, dot + 1) &&
		    !strncmp(c->new_table->name, name, (size_t)(dot - name)))
			return &c->new_column->source;
		if (c->kind == CHANGE_CREATE_TABLE && !dot &&
		    !strcmp(c->new_table->name, name))
			return &c->new_table->source;
	}
	return NULL;
}

static void
show_rename(const struct sync *s, const struct unresolved *u)
{
	const char *dot = strrchr(u->from, '.');
	const char *was = dot ? dot + 1 : u->from;

	for (size_t i = 0; i < u->to.n; i++) {
		const struct source *at = where_is(s, u->to.v[i]);
		const char *line = at ? renamed_line(at, was) : NULL;

		printf("If %s is now %s, write and save:\n",
		    text_cleaned(&cmd_arena, u->from),
		    text_cleaned(&cmd_arena, u->to.v[i]));
		if (at && at->file)
			printf("  %s:%d\n", text_cleaned(&cmd_arena, at->file),
			    at->line);
		printf("  %s\n",
		    text_cleaned(&cmd_arena,
			line ? line
			     : arena_fmt(&cmd_arena, ".was = \"%s\"", was)));
	}
}

static void
show_renames(const struct sync *s)
{
	printf("\n");
	for (size_t i = 0; i < s->unresolved.n; i++)
		show_rename(s, &s->unresolved.v[i]);
	if (!s->unresolved.n)
		printf("Nothing new here looks like what goes. If it is, write "
		       ".was = \"…\" with its\nformer name on the new one, and "
		       "save.\n");
	box_choices();
	fflush(stdout);
}

static enum dev_answer
key(const struct sync *s, char c)
{
	if (!s)
		return c == 'u' || c == 'U' ? ANSWER_UNDO : ANSWER_NONE;
	switch (c) {
	case 'y':
	case 'Y':
		return ANSWER_YES;
	case 'n':
	case 'N':
	case '\r':
	case '\n':
		return ANSWER_NO;
	case 's':
	case 'S':
		return ANSWER_SKIP;
	case 'r':
	case 'R':
		show_renames(s);
		return ANSWER_NONE;
	case 'd':
	case 'D':
		printf("\n");
		report_steps(stdout, s, true);
		box_choices();
		fflush(stdout);
		return ANSWER_NONE;
	default:
		return ANSWER_NONE;
	}
}

static void
answered(const struct sync *s, enum dev_answer answer)
{
	static const char *const words[] = {
		[ANSWER_YES] = "yes: applying it",
		[ANSWER_NO] = "kept: the data stays as it is",
		[ANSWER_SKIP] = "skipped: the data stays, and this is not "
				"asked again",
	};

	(void)s;
	close_line();
	stamp();
	printf("%s\n", words[answer]);
	fflush(stdout);
}

static void
withdrawn(void)
{
	close_line();
	stamp();
	printf("withdrawn: something changed, looking again\n");
	fflush(stdout);
}

static void
undone(const struct undo *u)
{
	stamp();
	if (u->refused) {
		printf("%snothing was taken back: what came since would be "
		       "lost%s\n",
		    paint(stdout, PAINT_YELLOW), paint(stdout, PAINT_NONE));
		report_steps(stdout, &u->sync, false);
	} else {
		printf("%stook back run %lld%s; the collections still say it, "
		       "and the next save makes it again\n",
		    paint(stdout, PAINT_GREEN), (long long)u->options.id,
		    paint(stdout, PAINT_NONE));
	}
	fflush(stdout);
}

static void
started(char *const *argv, bool again)
{
	if (wants_json()) {
		json_t *o = json_object();

		json_object_set_new(o, "command", json_text(argv[0]));
		event_json(again ? "restarted" : "started", o);
		return;
	}
	stamp();
	printf("%s %s\n", again ? "starting anew:" : "starting",
	    text_cleaned(&cmd_arena, argv[0]));
	fflush(stdout);
}

static void
ended(char *const *argv, int status)
{
	if (wants_json()) {
		json_t *o = json_object();

		json_object_set_new(o, "command", json_text(argv[0]));
		json_object_set_new(o, "status", json_integer(status));
		event_json("ended", o);
		return;
	}
	stamp();
	printf("%s ended with %d\n", text_cleaned(&cmd_arena, argv[0]), status);
	fflush(stdout);
}

/* It does not begin, or could not go on. */
static enum status
gave_up(const struct err *err)
{
	json_t *o;

	if (wants_json()) {
		o = json_object();
		json_object_set_new(o, "message", json_text(err->text));
		event_json(err->kind == ERR_DECISION ? "refused" : "error", o);
	}
	return report_error(err);
}

/* One of several that is not to be touched stops them all. */
static bool
find_databases(
    struct projects *all, const struct dev_options *o, struct err *err)
{
	if (!projects_find(&cmd_arena, all, common.database, common.collections,
		common.verbose > 0, err))
		return false;
	for (size_t i = 0; i < all->n; i++)
		if (!dev_allows(o, &all->v[i], err))
			return false;
	return true;
}

static enum status
run(int argc, char **argv)
{
	struct dev_options o = {
		.version = DEESSE_VERSION,
		.debounce_ms = opt.debounce_ms,
		.poll = opt.poll,
		.argv = argc ? argv : NULL,
		.restart = opt.restart,
		.allow_remote = opt.allow_remote,
	};
	struct dev_ui ui = {
		.begin = begin,
		.error = error,
		.back = back,
		.applied = applied,
		.pending = pending,
		.ask = ask,
		.key = key,
		.answered = answered,
		.withdrawn = withdrawn,
		.undone = undone,
		.started = started,
		.ended = ended,
		.keys = keys,
		.input = -1,
	};
	struct projects all = { 0 };
	struct err err = { 0 };
	enum status status = STATUS_ERROR;
	int ended_with = 0;
	size_t mine;

	if (opt.restart && !argc)
		return usage_error("--restart is about a command: deesse dev "
				   "--restart -- ./server");
	if (!find_databases(&all, &o, &err)) {
		status = gave_up(&err);
		err_release(&err);
		return status;
	}
	mine = beside_begin(all.n);
	one_of = all.n > 1 ? &all.v[mine] : NULL;
	o.project = &all.v[mine];
	if (mine)
		o.argv = NULL;
	else if (!wants_json() && take_terminal())
		ui.input = STDIN_FILENO;
	if (dev_run(&o, &ui, &ended_with, &err))
		status = (enum status)ended_with;
	else
		status = gave_up(&err);
	beside_end();
	close_line();
	restore_terminal();
	err_release(&err);
	return status;
}

const struct command cmd_dev = {
	.name = "dev",
	.args = "[-- CMD…]",
	.max_args = -1,
	.summary = "watch the collections; apply what is safe, ask of the rest",
	.about =
	    "Watches the collections and, after each save, applies to the "
	    "database what loses\nnothing. What would lose data is asked "
	    "about on the terminal; without a terminal it\nis reported and "
	    "left alone. Ends with Ctrl-C; nothing is ever half done.\n\n"
	    "CMD runs beside it, from the first look that succeeds on. It has "
	    "the terminal\nexcept while a question stands; when it ends, "
	    "deesse "
	    "ends with its status.\n\n"
	    "Where folders below have a config.c, each is a database with a "
	    "watcher of its own; of\nthose what needs a decision is "
	    "reported, and not asked.",
	.options = options,
	.run = run,
};
