/* dev - beside a dev server: watch, apply what is safe, ask of the rest */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "cmd/box.h"
#include "cmd/cmd.h"
#include "cmd/report.h"
#include "sync/dev.h"

static struct {
	int debounce_ms;
} opt;

static const struct option_row options[] = {
	{ "debounce", 0, OPTION_NUMBER, &opt.debounce_ms, "MS",
	    "wait for so many milliseconds of quiet after a save (default "
	    "300, at most 15000)" },
	{ 0 },
};

static struct termios terminal_before;
static bool terminal_changed;

static void
restore_terminal(void)
{
	if (terminal_changed)
		tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal_before);
	terminal_changed = false;
}

/* Keys come one by one and unseen, while a question stands and before. */
static bool
take_terminal(void)
{
	struct termios t;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) ||
	    tcgetattr(STDIN_FILENO, &terminal_before))
		return false;
	t = terminal_before;
	t.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	t.c_cc[VMIN] = 1;
	t.c_cc[VTIME] = 0;
	if (tcsetattr(STDIN_FILENO, TCSADRAIN, &t))
		return false;
	terminal_changed = true;
	atexit(restore_terminal);
	return true;
}

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
}

static void
event_json(const char *event, json_t *o)
{
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
error(const struct err *err)
{
	if (wants_json()) {
		json_t *o = json_object();

		json_object_set_new(o, "message", json_text(err->text));
		event_json("error", o);
		return;
	}
	stamp();
	printf("%snothing was changed:%s\n", paint(stdout, PAINT_RED),
	    paint(stdout, PAINT_NONE));
	put_clean(stdout, err->text);
	printf("\n");
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
	box_question(s);
	open_line = true;
	fflush(stdout);
}

static enum dev_answer
key(const struct sync *s, char c)
{
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

static enum status
run(int argc, char **argv)
{
	struct dev_options o = {
		.database = common.database,
		.collections = common.collections,
		.version = DEESSE_VERSION,
		.debounce_ms = opt.debounce_ms,
		.verbose = common.verbose > 0,
	};
	struct dev_ui ui = {
		.begin = begin,
		.error = error,
		.applied = applied,
		.pending = pending,
		.ask = ask,
		.key = key,
		.answered = answered,
		.withdrawn = withdrawn,
		.input = -1,
	};
	struct err err = { 0 };
	enum status status = STATUS_OK;

	(void)argc;
	(void)argv;
	if (!wants_json() && take_terminal())
		ui.input = STDIN_FILENO;
	if (!dev_run(&o, &ui, &err))
		status = report_error(&err);
	close_line();
	restore_terminal();
	err_release(&err);
	return status;
}

const struct command cmd_dev = {
	.name = "dev",
	.summary = "watch the collections; apply what is safe, ask of the rest",
	.about =
	    "Watches the collections and, after each save, applies to the "
	    "database what loses\nnothing. What would lose data is asked "
	    "about on the terminal; without a terminal it\nis reported and "
	    "left alone. Ends with Ctrl-C; nothing is ever half done.",
	.options = options,
	.run = run,
};
