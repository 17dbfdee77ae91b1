/* compile - the collections as a file that needs no compiler */
#include <stdio.h>

#include "base/file.h"
#include "cmd/each.h"
#include "sync/project.h"

static struct {
	const char *out, *dialect;
} opt;

static const struct option_row options[] = {
	{ "out", 'o', OPTION_TEXT, &opt.out, "FILE",
	    "where to write it (default: standard output)" },
	{ "dialect", 0, OPTION_CHOICE, &opt.dialect, "sqlite|postgres",
	    "for which dialect (default: that of the database)" },
	{ 0 },
};

static bool
print(const struct schema *s, const struct dsl_config *config, struct err *err)
{
	struct buf text = { 0 };
	bool ok = dsl_save(&text, s, config, err);

	if (ok)
		fputs(buf_str(&text), stdout);
	buf_release(&text);
	return ok;
}

static bool
compile(struct err *err)
{
	struct project p;
	struct schema *s;

	if (!one_database(&p, err))
		return false;
	if (opt.dialect)
		dialect_parse(&p.dsl.dialect, opt.dialect);
	/* --database leaves CONFIG unread */
	if (common.database && !dsl_config(&cmd_arena, &p.dsl, &p.config, err))
		return false;
	s = dsl_compile(&cmd_arena, &p.dsl, err);
	if (!s)
		return false;
	return opt.out ? dsl_save_file(opt.out, s, &p.config, err)
		       : print(s, &p.config, err);
}

static enum status
run(int argc, char **argv)
{
	struct err err = { 0 };
	enum status status = STATUS_OK;

	(void)argc;
	(void)argv;
	if (!compile(&err))
		status = report_error(&err);
	err_release(&err);
	return status;
}

const struct command cmd_compile = {
	.name = "compile",
	.summary = "compile the collections into a file",
	.about =
	    "Compiles the collections, and CONFIG with them, into JSON that "
	    "--schema FILE takes in\ntheir place: where migrations run, no "
	    "compiler is needed. The file is for one dialect.",
	.options = options,
	.run = run,
};
