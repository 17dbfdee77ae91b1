/* check - the sentinel on any SQL, for CI */
#include "cmd/check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "cmd/report.h"
#include "sync/judge.h"

static struct {
	const char *dialect, *schema;
	struct names allow, deny;
	bool no_context, all, style;
} opt;

static const struct option_row options[] = {
	{ "dialect", 0, OPTION_CHOICE, &opt.dialect, "sqlite|postgres",
	    "the dialect (default: by x.postgres.sql or x.sqlite.sql, by the "
	    "settings that Prisma and drizzle keep, else the one of "
	    "DATABASE_URL, else sqlite)" },
	{ "schema", 0, OPTION_TEXT, &opt.schema, "FILE.sql|URL",
	    "hold the statements against this schema, too: on a copy of it "
	    "(SQLite), or with the catalog and the rows of a server, where "
	    "nothing is run" },
	{ "allow", 0, OPTION_LIST, &opt.allow, "CLASS[:OBJECT]",
	    "accept findings of this class (on this object)" },
	{ "deny", 0, OPTION_LIST, &opt.deny, "CLASS",
	    "refuse findings of this class, even if they are only noted" },
	{ "style", 0, OPTION_FLAG, &opt.style, NULL,
	    "say what is bad style, too: types, names (never destructive)" },
	{ "all", 0, OPTION_FLAG, &opt.all, NULL,
	    "judge what migration files do on the way back, too" },
	{ "no-context", 0, OPTION_FLAG, &opt.no_context, NULL,
	    "judge each statement by itself, not as part of its file" },
	{ "format", 0, OPTION_CHOICE, &common.format,
	    "text|json|sarif|github|gitlab", "how the result is printed" },
	{ 0 },
};

static const struct check_format *const formats[] = { &check_text, &check_json,
	&check_sarif, &check_github, &check_gitlab };

/* ---- what a finding means ----------------------------------------------- */

bool
check_passes(const struct finding *f)
{
	const struct sync_options o = { .allow = opt.allow, .deny = opt.deny };

	return !allow_never(f->rule) && finding_passes(&o, f);
}

enum check_level
check_level(const struct finding *f)
{
	if (!check_passes(f))
		return LEVEL_ERROR;
	return f->class == CLASS_STYLE || f->cleared ? LEVEL_NOTE
						     : LEVEL_WARNING;
}

enum dialect
check_dialect(const char *path)
{
	struct err ignored = { 0 };
	struct db_url url = { .dialect = DIALECT_SQLITE };
	enum dialect d;
	const char *named =
	    common.database ? common.database : getenv("DATABASE_URL");

	if (opt.dialect && dialect_parse(&d, opt.dialect))
		return d;
	if (text_ends(path, ".postgres.sql"))
		return DIALECT_POSTGRES;
	if (text_ends(path, ".sqlite.sql"))
		return DIALECT_SQLITE;
	if (migration_dialect(path, &d))
		return d;
	if (named && *named)
		db_url_parse(&cmd_arena, &url, named, &ignored);
	err_release(&ignored);
	return url.dialect;
}

/* A folder stands for the .sql files below it. */
static bool
check_path(struct check_run *run, const char *path, struct err *err)
{
	struct arena a = { 0 };
	struct names found = { 0 };
	struct stat st;
	bool ok;

	if (!strcmp(path, "-") || stat(path, &st) || !S_ISDIR(st.st_mode))
		return check_file(run, path, err);
	ok = file_find(&a, &found, path, ".sql", err);
	if (ok && !found.n)
		ok = err_fail(err, "there is no .sql file below %s", path);
	for (size_t i = 0; ok && i < found.n; i++)
		ok = check_file(run, found.v[i], err);
	arena_release(&a);
	return ok;
}

/* ---- the command -------------------------------------------------------- */

static const struct check_format *
find_format(void)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (common.format && !strcmp(formats[i]->name, common.format))
			return formats[i];
	return &check_text;
}

/* Copies the spool behind the head. */
static void
unspool(struct check_run *run)
{
	char block[16384];
	size_t n;

	if (run->out == stdout)
		return;
	if (run->format->head)
		run->format->head(stdout, &run->totals);
	rewind(run->out);
	while ((n = fread(block, 1, sizeof(block), run->out)))
		fwrite(block, 1, n, stdout);
}

static bool
open_out(struct check_run *run, struct err *err)
{
	run->out = run->format->spooled ? tmpfile() : stdout;
	return run->out || err_fail(err, "cannot write a temporary file: %s",
			       strerror(errno));
}

static bool
run_all(struct check_run *run, int argc, char **argv, struct err *err)
{
	enum dialect d = DIALECT_SQLITE;

	if (opt.dialect)
		dialect_parse(&d, opt.dialect);
	if (opt.schema && !check_schema_open(&run->schema, opt.schema, &d, err))
		return false;
	if (opt.schema && !opt.dialect)
		opt.dialect = dialect_name(d);
	if (!open_out(run, err))
		return false;
	run->format->begin(run->out);
	for (int i = 0; i < argc; i++)
		if (!check_path(run, argv[i], err))
			return false;
	run->format->end(run->out, &run->totals);
	if (ferror(run->out) || fflush(run->out))
		return err_fail(
		    err, "cannot write the result: %s", strerror(errno));
	unspool(run);
	return true;
}

static enum status
run(int argc, char **argv)
{
	struct check_run run = {
		.style = opt.style,
		.all = opt.all,
		.no_context = opt.no_context,
		.format = find_format(),
	};
	struct err err = { 0 };
	enum status status = STATUS_OK;

	if (!known_classes(&opt.allow, "allow") ||
	    !known_classes(&opt.deny, "deny"))
		return STATUS_USAGE;
	if (!run_all(&run, argc, argv, &err))
		status = report_error(&err);
	else if (run.totals.mistakes)
		status = STATUS_ERROR;
	else if (run.totals.refused)
		status = STATUS_DECISION;
	if (run.totals.skipped)
		note("left out: %s (--all judges what runs on the way back, "
		     "too)",
		    count_text(&cmd_arena, run.totals.skipped, "down migration",
			"down migrations"));
	if (run.out && run.out != stdout)
		fclose(run.out);
	check_schema_close(run.schema);
	err_release(&err);
	return status;
}

const struct command cmd_check = {
	.name = "check",
	.args = "FILE.sql|DIR|-…",
	.min_args = 1,
	.max_args = -1,
	.summary = "judge the statements of SQL files",
	.about =
	    "Judges each statement of the files (of a folder: the .sql files "
	    "below it; - is\nstandard input) by its text: safe, or "
	    "destructive and why. What no rule knows is\ndestructive. Of "
	    "migration files of dbmate, goose, sql-migrate, Flyway and "
	    "golang-migrate\nonly what runs on the way up is judged.\n\n"
	    "A comment before a statement accepts a finding, and says why:\n\n"
	    "    -- deesse:allow drop-column: nobody reads it since 2.0\n\n"
	    "Exit status: 0 all pass, 3 some are refused, 1 a file cannot be "
	    "read, or a comment\nallows what is not there or gives no reason.",
	.options = options,
	.run = run,
};
