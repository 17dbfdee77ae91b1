/* check - the sentinel on any SQL, for CI */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "cmd/report.h"
#include "sentinel/sentinel.h"

static struct {
	const char *dialect;
	bool no_context;
} opt;

static const struct option_row options[] = {
	{ "dialect", 0, OPTION_CHOICE, &opt.dialect, "sqlite|postgres",
	    "the dialect (default: by x.postgres.sql or x.sqlite.sql, else "
	    "the one of DATABASE_URL, else sqlite)" },
	{ "no-context", 0, OPTION_FLAG, &opt.no_context, NULL,
	    "judge each statement by itself, not as part of its file" },
	{ 0 },
};

struct totals {
	size_t statements, destructive;
	json_t *list;
};

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
	if (named && *named)
		db_url_parse(&cmd_arena, &url, named, &ignored);
	err_release(&ignored);
	return url.dialect;
}

static void
print_statement(const char *file, const struct statement *s,
    enum verdict verdict, const struct findings *found)
{
	struct arena a = { 0 };
	const char *first = text_cleaned(
	    &a, arena_strndup(&a, s->text,
		    strcspn(s->text, "\n") < s->len ? strcspn(s->text, "\n")
						    : s->len));

	if (found->n || common.verbose)
		printf("%s%s:%d:%d:%s %s%s%s: %s\n", paint(stdout, PAINT_BOLD),
		    text_cleaned(&a, file), s->line, s->column,
		    paint(stdout, PAINT_NONE),
		    paint(stdout,
			verdict == VERDICT_SAFE ? PAINT_GREEN : PAINT_RED),
		    verdict_name(verdict), paint(stdout, PAINT_NONE), first);
	for (size_t i = 0; i < found->n; i++) {
		const struct finding *f = &found->v[i];

		printf("    %s [%s, %s]\n", text_cleaned(&a, f->message),
		    f->rule, class_name(f->class));
		if (f->hint)
			printf("    %s\n", text_cleaned(&a, f->hint));
	}
	arena_release(&a);
}

static json_t *
statement_json(const char *file, const struct statement *s,
    enum verdict verdict, const struct findings *found)
{
	json_t *o = json_object();
	char *sql = arena_strndup(&cmd_arena, s->text, s->len);

	json_object_set_new(o, "file", json_text(file));
	json_object_set_new(o, "line", json_integer(s->line));
	json_object_set_new(o, "offset", json_integer((json_int_t)s->offset));
	json_object_set_new(o, "length", json_integer((json_int_t)s->len));
	json_object_set_new(o, "sql", json_text(sql));
	json_object_set_new(o, "verdict", json_text(verdict_name(verdict)));
	json_object_set_new(o, "findings", findings_json(found));
	return o;
}

static void
check_text(struct totals *t, const char *file, const char *text, size_t len)
{
	enum dialect d = dialect_of(file);
	struct sentinel_context ctx = { 0 };
	struct statements all = { 0 };
	struct arena a = { 0 };

	sql_split(&a, &all, d, text, len);
	for (size_t i = 0; i < all.n; i++) {
		struct findings found = { 0 };
		enum verdict v = sentinel_judge(
		    &a, opt.no_context ? NULL : &ctx, d, &all.v[i], &found);

		t->statements++;
		t->destructive += v == VERDICT_DESTRUCTIVE;
		if (t->list)
			json_array_append_new(t->list,
			    statement_json(file, &all.v[i], v, &found));
		else
			print_statement(file, &all.v[i], v, &found);
	}
	arena_release(&a);
}

static bool
check_file(struct totals *t, const char *path, struct err *err)
{
	bool standard_input = !strcmp(path, "-");
	struct buf text = { 0 };
	bool ok = file_read(&text, standard_input ? "/dev/stdin" : path, err);

	if (ok)
		check_text(t, standard_input ? "<stdin>" : path, buf_str(&text),
		    text.len);
	buf_release(&text);
	return ok;
}

static enum status
run(int argc, char **argv)
{
	struct totals t = { 0 };
	struct err err = { 0 };
	enum status status = STATUS_OK;

	if (wants_json())
		t.list = json_array();
	for (int i = 0; i < argc && status == STATUS_OK; i++)
		if (!check_file(&t, argv[i], &err))
			status = report_error(&err);
	err_release(&err);
	if (status != STATUS_OK) {
		json_decref(t.list);
		return status;
	}
	if (t.list) {
		json_t *o = json_object();

		json_object_set_new(o, "verdict",
		    json_text(verdict_name(
			t.destructive ? VERDICT_DESTRUCTIVE : VERDICT_SAFE)));
		json_object_set_new(o, "statements", t.list);
		print_json(o, true);
	} else if (!common.quiet) {
		printf("%s: %zu safe, %zu destructive\n",
		    count_text(
			&cmd_arena, t.statements, "statement", "statements"),
		    t.statements - t.destructive, t.destructive);
	}
	return t.destructive ? STATUS_DECISION : STATUS_OK;
}

const struct command cmd_check = {
	.name = "check",
	.args = "FILE.sql…",
	.min_args = 1,
	.max_args = -1,
	.summary = "judge the statements of SQL files",
	.about =
	    "Judges each statement of the files (- is standard input) by its "
	    "text: safe, or\ndestructive and why. What no rule knows is "
	    "destructive.\n\nExit status: 0 all are safe, 3 some are "
	    "destructive, 1 a file cannot be read.",
	.options = options,
	.run = run,
};
