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
compile(struct buf *text, struct err *err)
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
	return s && dsl_save(text, s, &p.config, err);
}

static enum status
run(int argc, char **argv)
{
	struct buf text = { 0 };
	struct err err = { 0 };
	enum status status = STATUS_OK;
	bool ok;

	(void)argc;
	(void)argv;
	ok = compile(&text, &err);
	if (ok && opt.out)
		ok = file_write(opt.out, buf_str(&text), text.len, 0644, &err);
	else if (ok)
		fputs(buf_str(&text), stdout);
	if (!ok)
		status = report_error(&err);
	buf_release(&text);
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
