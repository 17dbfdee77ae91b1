/* diff - the SQL between two schemas */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cmd/each.h"
#include "cmd/plan.h"
#include "cmd/report.h"
#include "introspect/introspect.h"
#include "sync/side.h"

static struct {
	const char *from, *to, *dialect, *decisions, *out;
	bool exit_code;
} opt;

static const struct option_row options[] = {
	{ "from", 0, OPTION_TEXT, &opt.from, "X",
	    "a database URL, a folder of collections or a .sql file (default: "
	    "the database)" },
	{ "to", 0, OPTION_TEXT, &opt.to, "Y",
	    "the same (default: the collections)" },
	{ "dialect", 0, OPTION_CHOICE, &opt.dialect, "sqlite|postgres",
	    "the dialect of collections and .sql files; without --from, the "
	    "whole DDL in that dialect" },
	{ "decisions", 0, OPTION_TEXT, &opt.decisions, "FILE",
	    "take renames as this file says them, as push does" },
	{ "out", 'o', OPTION_TEXT, &opt.out, "FILE",
	    "save the plan there as JSON, for deesse push --plan" },
	{ "exit-code", 0, OPTION_FLAG, &opt.exit_code, NULL,
	    "exit with 2 where they differ" },
	{ 0 },
};

static void
print_sql(const struct sync *s)
{
	struct arena a = { 0 };

	for (size_t i = 0; i < s->steps.n; i++) {
		const struct judged *j = &s->steps.v[i];

		for (size_t k = 0; k < j->findings.n; k++)
			if (j->findings.v[k].destructive &&
			    !j->findings.v[k].cleared)
				printf("-- destructive: %s\n",
				    text_cleaned(&a, j->findings.v[k].message));
		if (j->online)
			put_clean(stdout, j->online);
		put_clean(stdout, j->sql);
	}
	arena_release(&a);
}

static enum status
show(struct sync *s)
{
	struct err err = { 0 };
	enum status status;

	if (opt.out && !plan_save(s, opt.out, &err)) {
		status = report_error(&err);
		err_release(&err);
		return status;
	}
	if (wants_json())
		print_json(report_json(s, false), true);
	else
		print_sql(s);
	report_unresolved(stderr, s);
	return opt.exit_code && !sync_is_done(s) ? STATUS_PENDING : STATUS_OK;
}

/* What push would do, objects of others left alone. */
static bool
diff_push(struct sync *s, const struct project *p, struct err *err)
{
	struct decisions decisions = { 0 };
	struct sync_options o = {
		.command = "diff",
		.version = DEESSE_VERSION,
		.read_only = true,
		.online = ONLINE_AUTO,
		/* a saved plan says of which schema it is */
		.whole = opt.out != NULL,
		.only_looks = opt.out == NULL,
		.decisions = opt.decisions ? &decisions : NULL,
	};

	if (opt.decisions &&
	    !decisions_read(&cmd_arena, &decisions, opt.decisions, err))
		return false;
	sync_init(s, &cmd_arena, p, &o);
	return sync_plan(s, err);
}

/* The server that reads a .sql file: one that is compared, or the project's. */
static const struct db_url *
find_server(
    const struct project *p, const struct side *from, const struct side *to)
{
	const struct db_url *all[] = {
		from->kind == SIDE_DATABASE ? &from->url : &p->url,
		to->kind == SIDE_DATABASE ? &to->url : &p->url,
	};

	for (size_t i = 0; i < 2; i++)
		if (all[i]->text && all[i]->dialect == DIALECT_POSTGRES)
			return all[i];
	return NULL;
}

/* What collections say is compared as the other side's database spells it. */
static bool
spell(struct sync *s, const struct side *side, struct schema *declared,
    const struct side *other, const struct schema *current, struct err *err)
{
	return side->kind != SIDE_COLLECTIONS || !other->db ||
	       introspect_spell(&cmd_arena, other->db, declared, current, NULL,
		   &s->unproven, err);
}

static bool
diff_sides(struct sync *s, struct project *p, struct side *from,
    struct side *to, struct err *err)
{
	struct sync_options o = { .command = "diff",
		.version = DEESSE_VERSION };
	const struct db_url *server = find_server(p, from, to);
	struct db_url there = server ? *server : (struct db_url){ 0 };
	enum dialect d = p->url.dialect;
	struct schema *a, *b;

	if (opt.dialect)
		dialect_parse(&d, opt.dialect);
	else if (from->kind == SIDE_DATABASE)
		d = from->url.dialect;
	else if (to->kind == SIDE_DATABASE)
		d = to->url.dialect;
	sync_init(s, &cmd_arena, p, &o);
	p->url.dialect = d;
	server = server ? &there : NULL;
	return (a = side_schema(&cmd_arena, from, d, &p->dsl, server, err)) &&
	       (b = side_schema(&cmd_arena, to, d, &p->dsl, server, err)) &&
	       spell(s, from, a, to, b, err) && spell(s, to, b, from, a, err) &&
	       sync_compare(s, a, b, err);
}

static bool
compare_sides(struct sync *s, struct project *p, struct side *from,
    struct side *to, struct err *err)
{
	bool whole = opt.dialect && !opt.from;

	if ((!whole && !side_parse(&cmd_arena, from,
			   opt.from ? opt.from : p->url.text, err)) ||
	    !side_parse(&cmd_arena, to, opt.to ? opt.to : p->dsl.dir, err))
		return false;
	if (from->kind != SIDE_DATABASE || to->kind != SIDE_COLLECTIONS)
		return diff_sides(s, p, from, to, err);
	p->url = from->url;
	p->dsl.dir = to->spec;
	p->dsl.dialect = from->url.dialect;
	return diff_push(s, p, err);
}

static bool
compare(struct sync *s, struct project *p, struct err *err)
{
	struct side from = { 0 }, to = { 0 };
	bool ok = compare_sides(s, p, &from, &to, err);

	side_release(&from);
	side_release(&to);
	return ok;
}

static enum status
diff_one(const struct project *project)
{
	struct project p = *project;
	struct sync s = { 0 };
	struct err err = { 0 };
	enum status status =
	    compare(&s, &p, &err) ? show(&s) : report_error(&err);

	sync_release(&s);
	err_release(&err);
	return status;
}

/* Two sides that are said are two sides, however many databases there are. */
static enum status
run(int argc, char **argv)
{
	struct project p;
	struct err err = { 0 };
	enum status status;

	(void)argc;
	(void)argv;
	if ((opt.out || opt.decisions) && (opt.from || opt.to || opt.dialect))
		return usage_error("--%s is of what push would do: it goes "
				   "without --from, --to and --dialect",
		    opt.out ? "out" : "decisions");
	if (opt.out || opt.decisions)
		return only_database(diff_one);
	if (!opt.from && !opt.to)
		return each_database(NULL, diff_one, "-- ");
	if (project_find(&cmd_arena, &p, common.database, common.collections,
		common.verbose > 0, &err))
		status = diff_one(&p);
	else
		status = report_error(&err);
	err_release(&err);
	return status;
}

const struct command cmd_diff = {
	.name = "diff",
	.summary = "print the SQL that leads from one schema to another",
	.about =
	    "Prints the SQL that leads from X to Y; without options, what push "
	    "would do. Nothing\nis changed.",
	.options = options,
	.run = run,
};
