/* check - the sentinel on any SQL, for CI */
#include "cmd/check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "cmd/report.h"
#include "sentinel/sentinel.h"
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
	    "try the statements on a copy of this schema, too, and believe "
	    "what the engine says (SQLite)" },
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

/* One run of the command. */
struct run {
	const struct check_format *format;
	FILE *out; /* standard output, or the spool */
	struct check_totals totals;
	struct check_schema *schema;
};

/* One file of it. */
struct reading {
	struct run *run;
	const char *path, *shown;
	int fd;
	struct migration migration;
	struct stream stream;
	struct arena arena; /* of what lasts as long as the file */
	struct sentinel_context ctx;
	struct allows fed; /* what is allowed of the data of a COPY */

	/* a statement that waits: it may be the last of its section */
	bool waits;
	struct checked held;
	struct buf held_text;
	struct arena held_arena;
};

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

static void
move_on(int *line, int *column, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		*column += ((unsigned char)text[i] & 0xc0) != 0x80;
		if (text[i] == '\n') {
			++*line;
			*column = 1;
		}
	}
}

struct check_place
check_place(const struct checked *c, const struct finding *f)
{
	const char *text = c->statement.text;
	struct check_place p = { .line = c->statement.line,
		.column = c->statement.column };

	move_on(&p.line, &p.column, text, f->offset);
	p.end_line = p.line;
	p.end_column = p.column;
	move_on(&p.end_line, &p.end_column, text + f->offset, f->length);
	return p;
}

static enum dialect
dialect_of(const char *path)
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

/* ---- statements --------------------------------------------------------- */

static void
put(struct reading *r, struct checked *c)
{
	struct check_totals *t = &r->run->totals;

	c->verdict = findings_verdict(&c->findings);
	for (size_t i = 0; i < c->findings.n; i++)
		c->refused |= !check_passes(&c->findings.v[i]);
	t->statements++;
	t->destructive += c->verdict == VERDICT_DESTRUCTIVE;
	t->refused += c->refused;
	r->run->format->statement(r->run->out, c);
}

/* What can only be said at the end is said of the last statement. */
static void
let_go(struct reading *r, bool last)
{
	size_t first = r->held.findings.n;

	if (!r->waits)
		return;
	if (last)
		sentinel_finish(&r->held_arena, &r->ctx, r->stream.dialect,
		    &r->held.findings);
	for (size_t i = first; i < r->held.findings.n; i++) {
		r->held.findings.v[i].length = r->held.statement.len;
		vec_push(&r->held_arena, &r->held.reasons, NULL);
	}
	put(r, &r->held);
	arena_release(&r->held_arena);
	r->waits = false;
}

/* Takes the statement over from the arena that it was judged in. */
static void
hold(struct reading *r, const struct checked *c, struct arena *a)
{
	buf_cut(&r->held_text, 0);
	buf_add(&r->held_text, c->statement.text, c->statement.len);
	r->held = *c;
	r->held.statement.text = buf_str(&r->held_text);
	r->held_arena = *a;
	*a = (struct arena){ 0 };
	r->waits = true;
}

static void
say_unused(struct reading *r, struct allows *all)
{
	r->run->totals.mistakes += allow_unused(all, r->shown);
	*all = (struct allows){ 0 };
}

static void
begin_context(struct reading *r, bool wrapped)
{
	let_go(r, true);
	say_unused(r, &r->fed);
	arena_release(&r->arena);
	r->ctx = (struct sentinel_context){
		.arena = &r->arena,
		.style = opt.style,
		.file = !opt.no_context,
		.wrapped = wrapped && !opt.no_context,
	};
}

/* Sections begin where the file says so, not where a statement does. */
static void
reach(struct reading *r, size_t offset)
{
	struct sections *all = &r->migration.sections;
	size_t n = 0;

	while (n < all->n && all->v[n].offset <= offset)
		n++;
	if (!n)
		return;
	begin_context(r, all->v[n - 1].wrapped);
	memmove(all->v, all->v + n, (all->n - n) * sizeof(*all->v));
	all->n -= n;
}

/* Reads what the text before the statement allows, or the text at the end. */
static void
read_allows(struct reading *r, struct arena *a, const struct statement *st,
    struct allows *out)
{
	size_t len, at;
	const char *gap = stream_gap(&r->stream, st, &len, &at);
	int line, column;

	if (!allow_mentioned(gap, len))
		return;
	stream_gap_place(&r->stream, st, &line, &column);
	r->run->totals.mistakes += allow_read(
	    a, out, r->stream.dialect, r->shown, gap, len, line, column);
}

/* A comment inside a statement speaks of the next one, where it would be
 * overlooked: it is a mistake. */
static void
read_inner_allows(struct reading *r, struct arena *a,
    const struct statement *st, struct allows *out)
{
	if (allow_mentioned(st->text, st->len))
		r->run->totals.mistakes += allow_read(a, out, r->stream.dialect,
		    r->shown, st->text, st->len, st->line, st->column);
}

static void
finish(struct reading *r, struct arena *a, struct checked *c)
{
	struct allows allows = { 0 }, inner = { 0 };

	if (r->run->schema)
		check_schema_try(r->run->schema, a, c);
	if (c->statement.data)
		allow_feed(a, &allows, &r->fed);
	read_allows(r, a, &c->statement, &allows);
	allow_apply(a, &allows, c);
	if (c->statement.feeds)
		allow_feed(&r->arena, &r->fed, &allows);
	read_inner_allows(r, a, &c->statement, &inner);
	say_unused(r, &allows);
	say_unused(r, &inner);
	let_go(r, false);
	if (!opt.no_context && (r->ctx.transaction || r->ctx.stale.n))
		hold(r, c, a);
	else
		put(r, c);
}

static bool
check_one(struct reading *r, struct err *err)
{
	struct arena a = { 0 };
	struct checked c = { .file = r->shown };
	struct sentinel_context alone = { .style = opt.style };
	struct shape *shape = sentinel_read(&a, &r->stream, &c.statement, err);

	if (shape) {
		reach(r, c.statement.offset);
		sentinel_judge_shape(&a, opt.no_context ? &alone : &r->ctx,
		    &c.statement, shape, &c.findings);
		finish(r, &a, &c);
	}
	arena_release(&a);
	return shape != NULL;
}

/* ---- files -------------------------------------------------------------- */

static long
read_piece(void *arg, char *p, size_t n, struct err *err)
{
	struct reading *r = arg;
	ssize_t got;

	do
		got = read(r->fd, p, n);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		err_fail(err, "cannot read %s: %s", r->shown, strerror(errno));
	else
		migration_filter(&r->migration, p, (size_t)got);
	return got;
}

static bool
check_all(struct reading *r, struct err *err)
{
	struct arena a = { 0 };
	struct allows allows = { 0 };
	bool ok;

	begin_context(r, r->migration.wrapped);
	while (check_one(r, err))
		;
	ok = !r->stream.failed;
	if (ok) {
		let_go(r, true);
		read_allows(r, &a, NULL, &allows);
		say_unused(r, &allows);
		say_unused(r, &r->fed);
		r->run->totals.skipped += r->migration.skipped;
	}
	arena_release(&a);
	return ok;
}

static bool
check_file(struct run *run, const char *path, struct err *err)
{
	bool standard_input = !strcmp(path, "-");
	struct reading r = { .run = run,
		.path = path,
		.shown = standard_input ? "<stdin>" : path };
	struct arena a = { 0 };
	bool ok;

	if (!opt.all && migration_is_down(path)) {
		run->totals.skipped++;
		return true;
	}
	r.fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (r.fd < 0)
		return err_fail(
		    err, "cannot read %s: %s", path, strerror(errno));
	migration_begin(&r.migration, &a, path, opt.all);
	stream_init(&r.stream, dialect_of(path), read_piece, &r);
	if (run->schema)
		check_schema_file(run->schema);
	ok = check_all(&r, err);
	stream_release(&r.stream);
	buf_release(&r.held_text);
	arena_release(&r.held_arena);
	arena_release(&r.arena);
	arena_release(&a);
	if (!standard_input)
		close(r.fd);
	return ok;
}

/* A folder stands for the .sql files below it. */
static bool
check_path(struct run *run, const char *path, struct err *err)
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
unspool(struct run *run)
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
open_out(struct run *run, struct err *err)
{
	run->out = run->format->spooled ? tmpfile() : stdout;
	return run->out || err_fail(err, "cannot write a temporary file: %s",
			       strerror(errno));
}

static bool
run_all(struct run *run, int argc, char **argv, struct err *err)
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
	struct run run = { .format = find_format() };
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
