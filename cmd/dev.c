/* dev - beside a dev server: watch, apply what is safe, ask of the rest */
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "cmd/beside.h"
#include "cmd/cmd.h"
#include "cmd/dev.h"
#include "cmd/report.h"

static struct {
	int debounce_ms;
	bool poll, restart, allow_remote;
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
	{ "plain", 0, OPTION_FLAG, &dev_plain, NULL,
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

/* It does not begin, or could not go on. */
static enum status
gave_up(const struct err *err)
{
	json_t *o;

	if (wants_json()) {
		o = json_object();
		json_object_set_new(o, "message", json_text(err->text));
		dev_event(err->kind == ERR_DECISION ? "refused" : "error", o);
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
	struct dev_ui ui = { .keys = keys, .input = -1 };
	struct projects all = { 0 };
	struct err err = { 0 };
	enum status status = STATUS_ERROR;
	int ended_with = 0;
	size_t mine;

	dev_say_ui(&ui);
	dev_ask_ui(&ui);
	if (opt.restart && !argc)
		return usage_error("--restart is about a command: deesse dev "
				   "--restart -- ./server");
	if (!find_databases(&all, &o, &err)) {
		status = gave_up(&err);
		err_release(&err);
		return status;
	}
	mine = beside_begin(all.n);
	dev_one_of = all.n > 1 ? &all.v[mine] : NULL;
	o.project = &all.v[mine];
	if (mine)
		o.argv = NULL;
	else if (!wants_json() && take_terminal())
		ui.input = STDIN_FILENO;
	dev_asks = ui.input >= 0;
	if (dev_run(&o, &ui, &ended_with, &err))
		status = (enum status)ended_with;
	else
		status = gave_up(&err);
	beside_end();
	dev_close_line();
	restore_terminal();
	err_release(&err);
	arena_release(&dev_arena);
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
