/* pull - collections out of a database that is there */
#include <stdio.h>

#include "base/text.h"
#include "cmd/each.h"
#include "cmd/report.h"
#include "sync/pull.h"

static struct {
	const char *out;
	bool force;
} opt;

static const struct option_row options[] = {
	{ "out", 'o', OPTION_TEXT, &opt.out, "DIR",
	    "where the collections go (default: the folder of collections)" },
	{ "force", 'f', OPTION_FLAG, &opt.force, NULL,
	    "overwrite files that have another text" },
	{ 0 },
};

static void
print_text(const struct pull *p)
{
	for (size_t i = 0; i < p->written.n && !common.quiet; i++)
		printf("wrote %s\n", text_cleaned(&cmd_arena, p->written.v[i]));
	if (p->kept.n)
		note("%s as %s should be",
		    count_text(&cmd_arena, p->kept.n, "file is", "files are"),
		    p->kept.n == 1 ? "it" : "they");
	for (size_t i = 0; i < p->others.n; i++)
		note("%s is not from this database, and was left as it is",
		    p->others.v[i]);
}

/* Said with -q, too: what is not there cannot be seen. */
static void
say_left_out(const struct pull *p)
{
	for (size_t i = 0; i < p->left_out.n; i++)
		fprintf(stderr, "left out: %s: %s\n",
		    text_cleaned(&cmd_arena, p->left_out.v[i].what),
		    text_cleaned(&cmd_arena, p->left_out.v[i].why));
}

static void
print_pull_json(const struct pull *p, const struct project *project)
{
	json_t *o = json_object(), *left_out = json_array();

	for (size_t i = 0; i < p->left_out.n; i++) {
		json_t *x = json_object();

		json_object_set_new(
		    x, "what", json_text(p->left_out.v[i].what));
		json_object_set_new(x, "why", json_text(p->left_out.v[i].why));
		json_array_append_new(left_out, x);
	}
	json_object_set_new(o, "database", json_text(project->url.shown));
	json_object_set_new(o, "written", names_json(&p->written));
	json_object_set_new(o, "unchanged", names_json(&p->kept));
	json_object_set_new(o, "others", names_json(&p->others));
	json_object_set_new(o, "left_out", left_out);
	print_json(o, true);
}

static bool
pull(struct pull *p, struct project *project, struct err *err)
{
	const char *dir = opt.out              ? opt.out
			  : common.collections ? common.collections
					       : "collections";

	if (!one_database(project, err) ||
	    !pull_read(p, &cmd_arena, project, err))
		return false;
	if (!p->files.n) {
		say_left_out(p);
		return err_fail(err, "nothing of %s can be said in collections",
		    project->url.shown);
	}
	return pull_write(p, project, dir, opt.force, err);
}

static enum status
run(int argc, char **argv)
{
	struct project project;
	struct pull p = { 0 };
	struct err err = { 0 };
	enum status status = STATUS_OK;

	(void)argc;
	(void)argv;
	if (pull(&p, &project, &err)) {
		if (wants_json())
			print_pull_json(&p, &project);
		else
			print_text(&p);
		say_left_out(&p);
	} else {
		status = report_error(&err);
	}
	err_release(&err);
	return status;
}

const struct command cmd_pull = {
	.name = "pull",
	.summary = "write collections out of a database that is there",
	.about =
	    "Writes a file for each table, and for each view, trigger and "
	    "virtual table one of SQL.\nWhat is pushed from them is the same "
	    "database again; what collections cannot say is\nleft out and "
	    "named. Files that have another text are not overwritten.",
	.options = options,
	.run = run,
};
