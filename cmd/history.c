/* history - the runs that changed something, newest first */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cmd/each.h"
#include "cmd/report.h"
#include "journal/journal.h"
#include "sync/session.h"

static struct {
	int limit;
} opt = { .limit = 20 };

static const struct option_row options[] = {
	{ "limit", 'l', OPTION_NUMBER, &opt.limit, "N",
	    "show so many runs (default 20; 0: all)" },
	{ 0 },
};

static json_t *
statement_json(const struct journal_statement *s)
{
	json_t *o = json_object();

	json_object_set_new(o, "what", json_text(s->what));
	json_object_set_new(o, "sql", json_text(s->sql));
	json_object_set_new(o, "undo", json_text(s->undo));
	json_object_set_new(o, "undo_rebuilds", json_boolean(s->undo_rebuilds));
	json_object_set_new(o, "phase", json_text(s->phase));
	json_object_set_new(o, "verdict", json_text(verdict_name(s->verdict)));
	json_object_set_new(o, "source", json_text(s->source));
	return o;
}

static json_t *
number_or_null(int64_t n)
{
	return n ? json_integer(n) : json_null();
}

static json_t *
run_json(const struct journal_entry *e, const struct journal_statements *all)
{
	json_t *o = json_object(), *list = json_array();

	for (size_t i = 0; i < all->n; i++)
		json_array_append_new(list, statement_json(&all->v[i]));
	json_object_set_new(o, "run", json_integer(e->id));
	json_object_set_new(o, "at", json_text(e->at));
	json_object_set_new(o, "who", json_text(e->who));
	json_object_set_new(o, "command", json_text(e->command));
	json_object_set_new(o, "version", json_text(e->version));
	json_object_set_new(o, "verdict", json_text(e->verdict));
	json_object_set_new(o, "undoes", number_or_null(e->undoes));
	json_object_set_new(o, "undone_by", number_or_null(e->undone_by));
	json_object_set_new(o, "trash", json_integer(e->entries));
	json_object_set_new(o, "statements", list);
	return o;
}

static void
print_statement(const struct journal_statement *s)
{
	const char *p = text_cleaned(&cmd_arena, s->sql);

	if (s->source)
		printf("      %s-- %s%s\n", paint(stdout, PAINT_DIM),
		    text_cleaned(&cmd_arena, s->source),
		    paint(stdout, PAINT_NONE));
	while (*p) {
		size_t n = strcspn(p, "\n");

		printf("      %.*s\n", (int)n, p);
		p += n + (p[n] == '\n');
	}
}

/* Most runs say what they did in a few words; a first push does not. */
#define WORDS 12

static void
print_what(const struct journal_statements *all)
{
	bool whole = common.verbose || all->n <= WORDS;
	size_t shown = whole ? all->n : WORDS - 1;

	for (size_t i = 0; i < shown; i++) {
		const struct journal_statement *s = &all->v[i];

		if (s->what)
			printf("    %s%s%s %s\n",
			    paint(stdout, s->verdict == VERDICT_SAFE
					      ? PAINT_GREEN
					      : PAINT_RED),
			    s->verdict == VERDICT_SAFE ? "+" : "!",
			    paint(stdout, PAINT_NONE),
			    text_cleaned(&cmd_arena, s->what));
		if (common.verbose || !s->what)
			print_statement(s);
	}
	if (!whole)
		printf("    … and %zu more (-v shows all)\n", all->n - shown);
}

static void
print_run(const struct journal_entry *e, const struct journal_statements *all)
{
	printf("%s%lld%s  %s  %s by %s, %s, %s", paint(stdout, PAINT_BOLD),
	    (long long)e->id, paint(stdout, PAINT_NONE),
	    text_cleaned(&cmd_arena, e->at),
	    text_cleaned(&cmd_arena, e->command),
	    text_cleaned(&cmd_arena, e->who),
	    text_cleaned(&cmd_arena, e->verdict),
	    count_text(
		&cmd_arena, (size_t)e->statements, "statement", "statements"));
	if (e->entries)
		printf(", %s in the trash",
		    count_text(
			&cmd_arena, (size_t)e->entries, "entry", "entries"));
	if (e->undoes)
		printf(", takes back run %lld", (long long)e->undoes);
	if (e->undone_by)
		printf(", taken back by run %lld", (long long)e->undone_by);
	printf("\n");
	print_what(all);
}

static bool
show(struct db *db, const struct project *p, struct err *err)
{
	struct journal_entries runs = { 0 };
	json_t *list = wants_json() ? json_array() : NULL;
	bool ok = journal_history(&cmd_arena, db, opt.limit, &runs, err);

	for (size_t i = 0; ok && i < runs.n; i++) {
		struct journal_statements all = { 0 };

		ok =
		    journal_statements(&cmd_arena, db, runs.v[i].id, &all, err);
		if (ok && list)
			json_array_append_new(list, run_json(&runs.v[i], &all));
		else if (ok)
			print_run(&runs.v[i], &all);
	}
	if (ok && list && among_several())
		print_json(json_pack("{s:o, s:o}", "database",
			       json_text(p->url.shown), "runs", list),
		    true);
	else if (ok && list)
		print_json(list, true);
	else
		json_decref(list);
	if (ok && !list && !runs.n && !common.quiet)
		printf("deesse has changed nothing in %s.\n",
		    text_cleaned(&cmd_arena, db_name(db)));
	return ok;
}

static enum status
show_project(const struct project *p)
{
	struct err err = { 0 };
	struct db *db = NULL;
	enum status status = STATUS_OK;

	if (!db_open(&db, &p->url, DB_READ, &err) || !show(db, p, &err))
		status = report_error(&err);
	db_close(db);
	err_release(&err);
	return status;
}

static enum status
run(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return each_database(NULL, show_project, "");
}

const struct command cmd_history = {
	.name = "history",
	.summary = "list the runs that changed something",
	.about =
	    "Lists the runs that changed the database, newest first: when, "
	    "who, by which command,\nwhat they changed, and whether they "
	    "were taken back. With -v also the SQL, and the\nline in the "
	    "collections that asked for it.",
	.options = options,
	.run = run,
};
