/* undo - the last run, or several, taken back: schema and rows */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cmd/each.h"
#include "cmd/report.h"
#include "sync/undo.h"

static struct {
	bool dry_run, accept_data_loss;
	const char *trash, *max_trash, *protected;
	struct names allow;
} opt;

static const struct option_row options[] = {
	{ "dry-run", 'n', OPTION_FLAG, &opt.dry_run, NULL,
	    "do it all and roll it back: show what would come back" },
	{ "accept-data-loss", 0, OPTION_FLAG, &opt.accept_data_loss, NULL,
	    "accept that what came since goes with what the run made" },
	{ "allow", 0, OPTION_LIST, &opt.allow, "CLASS[:OBJECT]",
	    "accept findings of a class (authorization: what protected rows "
	    "goes), of all objects or of one" },
	{ "trash", 0, OPTION_CHOICE, &opt.trash, "full|off",
	    "keep a copy of what goes now (default: full)" },
	{ "max-trash", 0, OPTION_TEXT, &opt.max_trash, "SIZE",
	    "do not copy more than this without being asked (default: 1G)" },
	{ "protected", 0, OPTION_TEXT, &opt.protected, "NAME",
	    "change the database although it is protected as NAME" },
	{ 0 },
};

static json_t *
backs_json(const struct undo *u)
{
	json_t *list = json_array();

	for (size_t i = 0; i < u->back.n; i++) {
		const struct undo_back *b = &u->back.v[i];
		json_t *o = json_object();

		json_object_set_new(o, "what", json_text(b->what));
		json_object_set_new(o, "kept", json_integer(b->kept));
		json_object_set_new(o, "restored", json_integer(b->back));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *
ids_json(const struct journal_entries *list)
{
	json_t *out = json_array();

	for (size_t i = 0; i < list->n; i++)
		json_array_append_new(out, json_integer(list->v[i].id));
	return out;
}

static void
print_undo_json(struct undo *u, bool applied)
{
	json_t *o;

	if (!u->refused)
		u->sync.steps = u->steps;
	u->sync.verdict = u->verdict;
	o = report_json(&u->sync, applied);
	json_object_set_new(o, "undone", ids_json(&u->runs));
	json_object_set_new(o, "runs", ids_json(&u->as));
	json_object_set_new(o, "restored", backs_json(u));
	print_json(o, true);
}

static void
print_backs(const struct undo *u)
{
	for (size_t i = 0; i < u->back.n; i++) {
		const struct undo_back *b = &u->back.v[i];

		printf("  %s<%s %s: %lld", paint(stdout, PAINT_GREEN),
		    paint(stdout, PAINT_NONE),
		    text_cleaned(&cmd_arena, b->what), (long long)b->back);
		if (b->back < b->kept)
			printf(" of %lld %s back; the other rows are gone or "
			       "have new values",
			    (long long)b->kept,
			    b->kept == 1 ? "comes" : "come");
		else
			printf(" %s back", b->back == 1 ? "comes" : "come");
		printf("\n");
	}
}

static const char *
runs_text(const struct undo *u)
{
	const struct journal_entries *r = &u->runs;

	if (r->n == 1)
		return arena_fmt(&cmd_arena, "run %lld", (long long)r->v[0].id);
	return arena_fmt(&cmd_arena, "%u runs, %lld to %lld", r->n,
	    (long long)r->v[0].id, (long long)r->v[r->n - 1].id);
}

static bool
is_refused_for(const struct undo *u, enum finding_class class)
{
	for (size_t i = 0; i < u->sync.steps.n; i++) {
		const struct judged *j = &u->sync.steps.v[i];

		for (size_t k = 0; j->refused && k < j->findings.n; k++)
			if (j->findings.v[k].class == class &&
			    j->findings.v[k].destructive &&
			    !j->findings.v[k].cleared)
				return true;
	}
	return false;
}

static enum status
refused(struct undo *u)
{
	if (wants_json()) {
		print_undo_json(u, false);
		return STATUS_DECISION;
	}
	report_steps(stdout, &u->sync, common.verbose > 0);
	fflush(stdout);
	if (is_refused_for(u, CLASS_AUTHORIZATION))
		note("Nothing was taken back: what %s did for who may see or "
		     "do what would go.\n"
		     "To do it all the same: deesse undo --allow authorization",
		    runs_text(u));
	if (is_refused_for(u, CLASS_DATA_LOSS) ||
	    is_refused_for(u, CLASS_DATA_DEPENDENT) ||
	    !is_refused_for(u, CLASS_AUTHORIZATION))
		note("Nothing was taken back: data that %s made or brought "
		     "back, or that came since, would be lost.\n"
		     "To do it all the same: deesse undo --accept-data-loss",
		    runs_text(u));
	return STATUS_DECISION;
}

static void
say_what_next(const struct undo *u)
{
	const struct journal_entry *first = &u->runs.v[0];

	note("The collections still say what they said: the next push would "
	     "make it again.\nChange the collections first.");
	if (u->runs.n == 1 && first->undoes)
		note("Run %lld had itself taken back run %lld; its changes "
		     "are there again.",
		    (long long)first->id, (long long)first->undoes);
	else if (u->as.n)
		note("To take this back: deesse undo%s",
		    u->as.n == 1 ? ""
				 : arena_fmt(&cmd_arena, " %lld",
				       (long long)u->as.v[0].id));
}

static enum status
done(struct undo *u)
{
	if (wants_json()) {
		print_undo_json(u, !opt.dry_run);
		return STATUS_OK;
	}
	u->sync.steps = u->steps;
	if (!common.quiet) {
		report_steps(stdout, &u->sync, common.verbose > 0);
		print_backs(u);
	}
	fflush(stdout);
	if (opt.dry_run) {
		note("Nothing was taken back (--dry-run): %s would be, as "
		     "tried just now.",
		    runs_text(u));
		return STATUS_OK;
	}
	note("Took back %s of %s.", runs_text(u), u->project->url.shown);
	say_what_next(u);
	return STATUS_OK;
}

static bool
parse_id(const char *text, int64_t *id)
{
	char *end;
	long long n = strtoll(text, &end, 10);

	*id = n;
	return *text >= '0' && *text <= '9' && !*end && n > 0;
}

static enum status
run(int argc, char **argv)
{
	struct undo_options o = {
		.sync = {
			.command = "undo",
			.version = DEESSE_VERSION,
			.accept_data_loss = opt.accept_data_loss,
			.protected = opt.protected,
			.allow = opt.allow,
			.trash_off = opt.trash && !strcmp(opt.trash, "off"),
		},
		.dry_run = opt.dry_run,
	};
	struct project project = { 0 };
	struct undo u = { 0 };
	struct err err = { 0 };
	enum status status;

	if (!known_classes(&opt.allow, "allow"))
		return STATUS_USAGE;
	if (argc && !parse_id(argv[0], &o.id))
		return usage_error("'%s' is not the number of a run; deesse "
				   "history lists them",
		    argv[0]);
	if (opt.max_trash &&
	    !trash_parse_size(opt.max_trash, &o.sync.max_trash))
		return usage_error("--max-trash takes a size like 500M or 2G, "
				   "not '%s'",
		    opt.max_trash);
	if (!one_database(&project, &err) ||
	    !undo_run(&u, &cmd_arena, &project, &o, &err))
		status = report_error(&err);
	else
		status = u.refused ? refused(&u) : done(&u);
	undo_release(&u);
	err_release(&err);
	return status;
}

const struct command cmd_undo = {
	.name = "undo",
	.args = "[RUN]",
	.max_args = 1,
	.summary = "take back the last run, or all since one: schema and rows",
	.about =
	    "Takes back the last run that changed something, or that run and "
	    "all after it, newest\nfirst, in one transaction: the schema is "
	    "again what it was, and what went comes back\nout of the trash. "
	    "An undo is a run too, and can be taken back. What came since and "
	    "would\nbe lost needs --accept-data-loss; a run that cannot be "
	    "taken back is said so, and\nnothing is changed.\n\n"
	    "Exit status: 0 done, 1 it cannot be done (nothing was changed), "
	    "3 a decision is\nneeded, 64 usage.",
	.options = options,
	.run = run,
};
