/* push - once, for CI: refuses before it begins, or applies all */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cmd/each.h"
#include "cmd/plan.h"
#include "cmd/progress.h"
#include "cmd/report.h"
#include "sync/judge.h"
#include "sync/protect.h"
#include "sync/trash.h"

/* Runs that were committed before the last one. */
struct ahead {
	int64_t run; /* the number of the latest; 0: none */
	const char *why;
	struct judgements steps;
	struct map saved; /* the SQL of the plan that was saved */
	int64_t kept_entries, kept_bytes; /* that they left in the trash */
	const char *lost; /* without a copy, in words, or NULL */
};

static struct {
	bool dry_run, accept_data_loss, prune, exit_code;
	struct names allow, deny;
	struct budget budget;
	const char *trash, *max_trash, *decisions, *plan, *protected, *online,
	    *rewrite;
} opt;

static const struct option_row options[] = {
	{ "dry-run", 'n', OPTION_FLAG, &opt.dry_run, NULL,
	    "show what would be done, and do nothing" },
	{ "accept-data-loss", 0, OPTION_FLAG, &opt.accept_data_loss, NULL,
	    "accept changes that lose data or depend on it; not those of "
	    "other classes" },
	{ "allow", 0, OPTION_LIST, &opt.allow, "CLASS[:OBJECT]",
	    "accept findings of a class (data-loss, data-dependent, "
	    "blocking, compatibility, authorization, opaque), of all objects "
	    "or of one (data-loss:posts.body); may be given again" },
	{ "deny", 0, OPTION_LIST, &opt.deny, "CLASS",
	    "refuse findings of a class that is safe by default" },
	{ "decisions", 0, OPTION_TEXT, &opt.decisions, "FILE",
	    "accept the changes that this file names, each with a reason, and "
	    "take its renames as said" },
	{ "plan", 0, OPTION_TEXT, &opt.plan, "FILE",
	    "run what deesse diff --out saved there, or nothing" },
	{ "prune", 0, OPTION_FLAG, &opt.prune, NULL,
	    "also drop what deesse did not make and no collection names" },
	{ "trash", 0, OPTION_CHOICE, &opt.trash, "full|off",
	    "keep a copy of what goes, for deesse undo (default: full)" },
	{ "max-trash", 0, OPTION_TEXT, &opt.max_trash, "SIZE",
	    "do not copy more than this without being asked (500M, 2G; "
	    "default: 1G)" },
	{ "protected", 0, OPTION_TEXT, &opt.protected, "NAME",
	    "change the database although it is protected as NAME (see deesse "
	    "protect)" },
	{ "online", 0, OPTION_CHOICE, &opt.online, "auto|always|never",
	    "make indexes, keys and checks, and fill new columns, beside those "
	    "who work: in large tables (auto, the default), in all, in none "
	    "(PostgreSQL)" },
	{ "rewrite", 0, OPTION_CHOICE, &opt.rewrite, "lock|copy",
	    "where another type of a column would write a table anew: let "
	    "others wait (lock, the default), or make the column once more "
	    "beside the old one, where --online lets that be (PostgreSQL)" },
	{ "lock-timeout", 0, OPTION_TIME, &opt.budget.lock_ms, "TIME",
	    "wait so long for the locks of others, in all (500ms, 3s, 1min; "
	    "default: 3s, SQLite 5s)" },
	{ "statement-timeout", 0, OPTION_TIME, &opt.budget.statement_ms, "TIME",
	    "give a statement of the plan no longer than this (PostgreSQL)" },
	{ "max-lock-time", 0, OPTION_TIME, &opt.budget.locked_ms, "TIME",
	    "keep tables locked no longer than this in all, or roll back "
	    "(PostgreSQL)" },
	{ "exit-code", 0, OPTION_FLAG, &opt.exit_code, NULL,
	    "with --dry-run: exit with 2 where changes are pending" },
	{ 0 },
};

/* What a class of refused findings needs on the command line. */
static void
say_how_to_accept(const struct sync *s)
{
	bool loss = false, seen[CLASS_COUNT] = { false };

	for (size_t i = 0; i < s->steps.n; i++) {
		const struct findings *f = &s->steps.v[i].findings;

		for (size_t k = 0; s->steps.v[i].refused && k < f->n; k++) {
			enum finding_class c = f->v[k].class;

			if (finding_passes(&s->options, &f->v[k]) ||
			    !f->v[k].destructive)
				continue;
			if (c == CLASS_DATA_LOSS || c == CLASS_DATA_DEPENDENT)
				loss = true;
			else
				seen[c] = true;
		}
	}
	if (loss)
		note("To do it all the same: deesse push --accept-data-loss");
	for (int c = 0; c < CLASS_COUNT; c++)
		if (seen[c])
			note("To do it all the same: deesse push --allow %s",
			    class_name((enum finding_class)c));
}

static void
report_kept(const struct sync *s)
{
	if (s->kept.n && !common.quiet)
		note("%s in the database %s not deesse's and %s left alone "
		     "(deesse status lists %s)",
		    count_text(&cmd_arena, s->kept.n, "object", "objects"),
		    s->kept.n == 1 ? "is" : "are",
		    s->kept.n == 1 ? "was" : "were",
		    s->kept.n == 1 ? "it" : "them");
}

static enum status
refused(struct sync *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->steps.n; i++)
		n += s->steps.v[i].refused;
	if (wants_json()) {
		print_json(report_json(s, false), true);
		return STATUS_DECISION;
	}
	report_steps(stdout, s, common.verbose > 0);
	report_unresolved(stdout, s);
	fflush(stdout);
	if (n)
		note("Nothing was applied: %s %s not safe.",
		    count_text(&cmd_arena, n, "change", "changes"),
		    n == 1 ? "is" : "are");
	else
		note("Nothing was applied: a question is open.");
	say_how_to_accept(s);
	return STATUS_DECISION;
}

static enum status
in_step(struct sync *s)
{
	if (wants_json())
		print_json(report_json(s, false), true);
	else if (!common.quiet)
		printf("Nothing to do: %s is in step with %s.\n",
		    text_cleaned(&cmd_arena, s->project->url.shown),
		    text_cleaned(&cmd_arena, s->project->dsl.dir));
	report_kept(s);
	return STATUS_OK;
}

static enum status
pending(struct sync *s)
{
	if (wants_json())
		print_json(report_json(s, false), true);
	else {
		report_steps(stdout, s, true);
		fflush(stdout);
		note("Nothing was applied (%s): %s pending.",
		    opt.dry_run ? "--dry-run"
				: "another database stands in the way",
		    count_text(
			&cmd_arena, s->steps.n, "change is", "changes are"));
	}
	return opt.exit_code ? STATUS_PENDING : STATUS_OK;
}

/* Shows what it would be, and changes nothing. */
static enum status
refuse_protected(struct sync *s, struct err *err)
{
	json_t *o;

	if (!s->steps.n)
		return in_step(s);
	if (wants_json()) {
		o = report_json(s, false);
		json_object_set_new(
		    o, "protected", json_text(s->protection->name));
		print_json(o, true);
	} else {
		report_steps(stdout, s, common.verbose > 0);
		fflush(stdout);
	}
	return report_error(err);
}

/* Said once, when the table comes: nothing acts on them yet. */
static void
report_not_enforced(const struct sync *s)
{
	for (size_t i = 0; i < s->plan->diff->changes.n; i++) {
		const struct change *c = s->plan->diff->changes.v[i];
		const struct table *t = c->new_table;

		if (c->kind == CHANGE_CREATE_TABLE &&
		    (t->has_permissions || t->has_hooks))
			note("%s: %s%s%s: declared, not enforced yet", t->name,
			    t->has_permissions ? "PERMISSIONS" : "",
			    t->has_permissions && t->has_hooks ? " and " : "",
			    t->has_hooks ? "HOOKS" : "");
	}
}

static enum status
applied(struct sync *s)
{
	if (wants_json()) {
		print_json(report_applied_json(s), true);
		return STATUS_OK;
	}
	if (!common.quiet)
		report_steps(stdout, s, common.verbose > 0);
	fflush(stdout);
	note("Applied %s to %s.",
	    count_text(&cmd_arena, s->steps.n, "change", "changes"),
	    s->project->url.shown);
	if (s->kept_entries)
		note("What went is in the trash (%s): deesse undo brings it "
		     "back.",
		    trash_size(&cmd_arena, s->kept_bytes));
	else if (s->lost && !s->options.trash_off)
		note("No copy was kept of what went (%s): deesse undo cannot "
		     "bring it back.",
		    s->lost);
	report_not_enforced(s);
	report_kept(s);
	return STATUS_OK;
}

/* What had to be committed by itself stays. */
static enum status
failed(const struct ahead *ahead, struct err *err)
{
	if (ahead->run) {
		err->kind = ERR_INTERRUPTED;
		err_add(err,
		    "run %lld was committed before it (deesse history shows "
		    "it): %s; push again to go on",
		    (long long)ahead->run, ahead->why);
	}
	return report_error(err);
}

static void
report_dropped(const struct sync *s)
{
	for (size_t i = 0; i < s->dropped.n; i++)
		note("dropped what an interrupted run had left: %s",
		    text_cleaned(&cmd_arena, s->dropped.v[i]));
}

/* What earlier runs of this push did is told with the last one. */
static void
look_ahead(struct ahead *ahead, const struct sync *s)
{
	if (s->first) {
		ahead->run = s->first;
		ahead->why = s->first_why;
		ahead->kept_entries += s->kept_entries;
		ahead->kept_bytes += s->kept_bytes;
		ahead->lost = s->lost ? s->lost : ahead->lost;
	}
	for (size_t i = 0; i < s->ahead.n; i++)
		vec_push(&cmd_arena, &ahead->steps, s->ahead.v[i]);
}

static void
tell_all(struct sync *s, struct ahead *ahead)
{
	if (!ahead->steps.n)
		return;
	for (size_t i = 0; i < s->steps.n; i++)
		vec_push(&cmd_arena, &ahead->steps, s->steps.v[i]);
	s->steps = ahead->steps;
	s->kept_entries += ahead->kept_entries;
	s->kept_bytes += ahead->kept_bytes;
	s->lost = s->lost ? s->lost : ahead->lost;
}

static struct saved_plan saved;

/* Is it the saved plan, or what is left of it? */
static bool
is_saved(struct ahead *ahead, const struct sync *s, struct err *err)
{
	if (!opt.plan || !s->steps.n)
		return true;
	if (!ahead->steps.n && !plan_holds(&saved, s, err))
		return false;
	for (size_t i = 0; i < s->steps.n; i++) {
		const char *sql = s->steps.v[i].sql;

		if (!ahead->steps.n)
			map_put(&cmd_arena, &ahead->saved, sql,
			    (void *)(size_t)sql);
		else if (!map_get(&ahead->saved, sql))
			return err_fail(err,
			    "%s: the database has moved since its first part "
			    "was applied: this stands in no saved plan\n%s",
			    saved.file, sql);
	}
	return true;
}

/* Plans and applies, anew where the database moved in between. */
static enum status
push(struct sync *s, const struct project *p, const struct sync_options *o,
    struct err *err)
{
	struct ahead ahead = { 0 };
	struct db *db = NULL;

	for (int tries = 0; tries < 9; tries++) {
		bool moved = false, ok;

		sync_init(s, &cmd_arena, p, o);
		s->db = db;
		s->continues = ahead.run != 0;
		if (!sync_plan(s, err))
			return failed(&ahead, err);
		if (s->unchanged)
			return in_step(s);
		if (!is_saved(&ahead, s, err))
			return failed(&ahead, err);
		if (!opt.dry_run && !protect_allows(s->protection, p, o, err))
			return refuse_protected(s, err);
		if (s->refused)
			return refused(s);
		if (o->read_only)
			return s->steps.n ? pending(s) : in_step(s);
		ok = sync_apply(s, &moved, err);
		progress_end();
		if (ok && !sync_write_shadow(s, err))
			return report_error(err);
		look_ahead(&ahead, s);
		report_dropped(s);
		if (ok)
			tell_all(s, &ahead);
		if (ok)
			return s->steps.n ? applied(s) : in_step(s);
		if (!moved && !s->steps.n) {
			/* in step; only the note of it could not be kept */
			err_release(err);
			return in_step(s);
		}
		if (!moved)
			return failed(&ahead, err);
		db = sync_hold(s);
	}
	s->db = db;
	err_fail(err, "the database keeps changing; nothing was applied");
	return report_error(err);
}

static struct sync_options sync_options;

static enum status
push_one(const struct project *p)
{
	struct sync s = { 0 };
	struct err err = { 0 };
	enum status status = push(&s, p, &sync_options, &err);

	sync_release(&s);
	err_release(&err);
	return status;
}

/* Would this database be refused? Then nothing is applied to any other. */
static enum status
look_at_one(const struct project *p)
{
	struct sync_options o = sync_options;
	struct sync s = { 0 };
	struct err err = { 0 };

	o.read_only = true;
	sync_init(&s, &cmd_arena, p, &o);
	if (!sync_plan(&s, &err) || s.refused ||
	    (s.steps.n && !protect_allows(s.protection, p, &o, &err)))
		sync_options.read_only = true;
	sync_release(&s);
	err_release(&err);
	return STATUS_OK;
}

static enum online_mode
online_mode(void)
{
	if (!opt.online || !strcmp(opt.online, "auto"))
		return ONLINE_AUTO;
	return strcmp(opt.online, "never") ? ONLINE_ALWAYS : ONLINE_NEVER;
}

/* Reads the files that say what was decided. */
static bool
read_files(struct decisions *d)
{
	struct err err = { 0 };
	bool ok = (!opt.decisions ||
		      decisions_read(&cmd_arena, d, opt.decisions, &err)) &&
		  (!opt.plan || plan_load(&saved, opt.plan, &err));

	if (!ok)
		report_error(&err);
	err_release(&err);
	return ok;
}

static enum status
run(int argc, char **argv)
{
	struct decisions decisions = { 0 };
	struct sync_options o = {
		.command = "push",
		.version = DEESSE_VERSION,
		.accept_data_loss = opt.accept_data_loss,
		.allow = opt.allow,
		.deny = opt.deny,
		.decisions = opt.decisions ? &decisions : NULL,
		.prune = opt.prune,
		.protected = opt.protected,
		.online = online_mode(),
		.rewrite_copies = opt.rewrite && !strcmp(opt.rewrite, "copy"),
		.budget = opt.budget,
		.progress = progress_wanted() ? progress_show : NULL,
		.read_only = opt.dry_run,
		.only_looks = true,
		.trash_off = opt.trash && !strcmp(opt.trash, "off"),
	};

	(void)argc;
	(void)argv;
	if (!known_classes(&opt.allow, "allow") ||
	    !known_classes(&opt.deny, "deny"))
		return STATUS_USAGE;
	if (opt.max_trash && !trash_parse_size(opt.max_trash, &o.max_trash))
		return usage_error("--max-trash takes a size like 500M or 2G, "
				   "not '%s'",
		    opt.max_trash);
	if (!read_files(&decisions))
		return STATUS_ERROR;
	sync_options = o;
	if (opt.decisions || opt.plan)
		return only_database(push_one);
	return each_database(opt.dry_run ? NULL : look_at_one, push_one, "");
}

const struct command cmd_push = {
	.name = "push",
	.summary = "bring the database in step with the collections, once",
	.about =
	    "Compiles the collections, compares them with the database and "
	    "applies what is\nneeded, in one transaction. Where a change "
	    "would lose data, may fail on what is\nstored, or could be a "
	    "rename, nothing at all is applied and the exit status is 3.\n\n"
	    "Exit status: 0 done or in step, 1 error (all was rolled back), "
	    "2 changes pending\n(--dry-run --exit-code), 3 a decision is "
	    "needed, 64 usage.",
	.options = options,
	.run = run,
};
