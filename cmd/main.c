/* main - deesse: find the command, run it, return its status */
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cmd/cmd.h"

/* One row to add a command; --help lists them in this order. */
const struct command *const commands[] = {
	&cmd_init,
	&cmd_dev,
	&cmd_push,
	&cmd_pull,
	&cmd_diff,
	&cmd_check,
	&cmd_compile,
	&cmd_status,
	&cmd_history,
	&cmd_undo,
	&cmd_trash,
	&cmd_protect,
	&cmd_version,
};
const size_t commands_count = sizeof(commands) / sizeof(*commands);

struct arena cmd_arena;

static const struct command *
find_command(const char *name)
{
	for (size_t i = 0; i < commands_count; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}

static enum status
unknown_command(const char *name)
{
	const char *names[sizeof(commands) / sizeof(*commands)];
	const char *near;

	for (size_t i = 0; i < commands_count; i++)
		names[i] = commands[i]->name;
	near = text_nearest(name, names, commands_count);
	return near ? usage_error("'%s' is not a deesse command; did you mean "
				  "'%s'?",
			  name, near)
		    : usage_error("'%s' is not a deesse command", name);
}

static enum status
run_command(const struct command *c, int argc, char **argv)
{
	int first = parse_options(argc, argv, c->options, false);
	int rest = argc - first;

	if (first < 0)
		return STATUS_USAGE;
	if (common.help) {
		help_command(c);
		return STATUS_OK;
	}
	if (common.schema && common.collections)
		return usage_error("--schema %s stands for the collections; "
				   "leave out --collections %s, or --schema",
		    common.schema, common.collections);
	if (common.schema)
		common.collections = common.schema;
	if (rest < c->min_args)
		return usage_error("%s needs %s", c->name, c->args);
	if (c->max_args >= 0 && rest > c->max_args)
		return usage_error("%s does not take '%s'", c->name,
		    argv[first + c->max_args]);
	return c->run(rest, argv + first);
}

static enum status
run(int argc, char **argv)
{
	static bool version;
	const struct option_row first_options[] = {
		{ "version", 'V', OPTION_FLAG, &version, NULL,
		    "print the version" },
		{ 0 },
	};
	const struct command *c;
	int first = parse_options(argc, argv, first_options, true);

	if (first < 0)
		return STATUS_USAGE;
	if (version)
		return cmd_version.run(0, argv);
	if (first == argc && !common.help) {
		help_program();
		return STATUS_USAGE;
	}
	if (first == argc) {
		help_program();
		return STATUS_OK;
	}
	if (!strcmp(argv[first], "help")) {
		common.help = true;
		if (++first == argc) {
			help_program();
			return STATUS_OK;
		}
	}
	c = find_command(argv[first]);
	if (!c)
		return unknown_command(argv[first]);
	return run_command(c, argc - first, argv + first);
}

int
main(int argc, char **argv)
{
	enum status status;

	/* an arena that is released goes back to the system at once */
	mallopt(M_MMAP_THRESHOLD, 128 * 1024);
	signal(SIGPIPE, SIG_DFL);
	/* a file that may not grow is an error to tell, not an end */
	signal(SIGXFSZ, SIG_IGN);
	status = run(argc, argv);
	arena_release(&cmd_arena);
	if (fflush(stdout) || ferror(stdout)) {
		fprintf(stderr, "deesse: cannot write the result: %s\n",
		    strerror(errno));
		if (status == STATUS_OK)
			status = STATUS_ERROR;
	}
	return status;
}
