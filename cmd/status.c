/* status - how database and collections stand to each other */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cmd/each.h"
#include "cmd/report.h"
#include "sync/protect.h"

static struct {
	bool exit_code;
} opt;

static const struct option_row options[] = {
	{ "exit-code", 0, OPTION_FLAG, &opt.exit_code, NULL,
	    "exit with 4 where something else changed the database, 3 where a "
	    "decision is needed, 2 where changes are pending" },
	{ 0 },
};

/* Renames that this database no longer needs to be told of. */
static void
find_done_renames(const struct sync *s, struct names *out)
{
	for (size_t i = 0; i < s->declared->tables.n; i++) {
		const struct table *t = s->declared->tables.v[i];
		const struct table *now =
		    schema_table(s->current, t->schema, t->name);

		if (t->was.n && now)
			vec_push(&cmd_arena, out,
			    arena_fmt(&cmd_arena, "%s:%d: %s", t->source.file,
				t->source.line, t->name));
		for (size_t k = 0; now && k < t->columns.n; k++) {
			const struct column *c = t->columns.v[k];

			if (column_more(c)->was.n &&
			    table_column(s->current, now, c->name))
				vec_push(&cmd_arena, out,
				    arena_fmt(&cmd_arena, "%s:%d: %s.%s",
					c->source.file, c->source.line, t->name,
					c->name));
		}
	}
}

static bool
has_drift(const struct sync *s)
{
	return s->state.known && s->state.fingerprint &&
	       strcmp(s->state.fingerprint, s->fingerprint);
}

static void
print_list(const char *title, const struct names *list)
{
	if (!list->n)
		return;
	printf("%s\n", title);
	for (size_t i = 0; i < list->n; i++)
		printf("  %s\n", text_cleaned(&cmd_arena, list->v[i]));
}

/* Nothing of it is in the way; the next push uses or drops it. */
static void
print_online(const struct sync *s)
{
	for (size_t i = 0; s->current && i < s->current->online.n; i++) {
		const struct online *o = &s->current->online.v[i];

		if (!i)
			printf(
			    "left by a run that was interrupted, or by one "
			    "that goes on; the next push goes on with it:\n");
		printf("  %s %s on %s%s\n",
		    o->part         ? "partition that leaves, marked by"
		    : o->column     ? "column"
		    : o->constraint ? "constraint"
				    : "index",
		    text_cleaned(&cmd_arena, o->name),
		    text_cleaned(&cmd_arena, o->table),
		    o->valid ? "" : ", not finished");
	}
}

static void
print_text(const struct sync *s, const struct names *done)
{
	printf("database     %s\n",
	    text_cleaned(&cmd_arena, s->project->url.shown));
	if (s->state.version)
		printf("last change  %s, by deesse %s\n",
		    text_cleaned(&cmd_arena, s->state.at ? s->state.at : "?"),
		    text_cleaned(&cmd_arena, s->state.version));
	else
		printf("last change  none: deesse was never here\n");
	if (s->protection->name)
		printf("protected    as \"%s\" (%s)\n",
		    text_cleaned(&cmd_arena, s->protection->name),
		    text_cleaned(&cmd_arena, s->protection->by));
	printf("drift        %s\n",
	    has_drift(s) ? "something else changed the schema since then"
			 : "none");
	printf("pending      %s\n",
	    s->steps.n ? count_text(&cmd_arena, s->steps.n,
			     "change; deesse diff shows it",
			     "changes; deesse diff shows them")
		       : "nothing: in step with the collections");
	if (s->steps.n)
		report_steps(stdout, s, false);
	report_unresolved(stdout, s);
	print_online(s);
	print_list("not deesse's, left alone:", &s->kept);
	print_list(
	    "done here, so .was can go once every database has it:", done);
}

static void
print_json_status(const struct sync *s, const struct names *done)
{
	json_t *o = report_json(s, false);

	json_object_set_new(o, "known", json_boolean(s->state.known));
	json_object_set_new(o, "last_change", json_text(s->state.at));
	json_object_set_new(o, "protected", json_text(s->protection->name));
	json_object_set_new(o, "drift", json_boolean(has_drift(s)));
	json_object_set_new(o, "unowned", names_json(&s->kept));
	json_object_set_new(o, "renames_done", names_json(done));
	print_json(o, true);
}

static enum status
exit_status(const struct sync *s)
{
	if (!opt.exit_code)
		return STATUS_OK;
	if (has_drift(s))
		return STATUS_DRIFT;
	if (s->refused)
		return STATUS_DECISION;
	return s->steps.n ? STATUS_PENDING : STATUS_OK;
}

static enum status
show(const struct project *p)
{
	struct sync_options o = {
		.command = "status",
		.version = DEESSE_VERSION,
		.read_only = true,
		.whole = true,
	};
	struct names done = { 0 };
	struct sync s = { 0 };
	struct err err = { 0 };
	enum status status;

	sync_init(&s, &cmd_arena, p, &o);
	if (sync_plan(&s, &err)) {
		find_done_renames(&s, &done);
		if (wants_json())
			print_json_status(&s, &done);
		else
			print_text(&s, &done);
		status = exit_status(&s);
	} else {
		status = report_error(&err);
	}
	sync_release(&s);
	err_release(&err);
	return status;
}

static enum status
run(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return each_database(NULL, show, "");
}

const struct command cmd_status = {
	.name = "status",
	.summary = "show how database and collections stand to each other",
	.about =
	    "Shows the last change, whether something else changed the schema "
	    "since, what is\npending, what in the database is not deesse's, "
	    "and which .was are done here.",
	.options = options,
	.run = run,
};
