/* init - the files of a new project */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "cmd/templates.h"
#include "dsl/dsl.h"
#include "sync/project.h"

static struct {
	const char *template;
} opt;

static const struct option_row options[] = {
	{ "template", 't', OPTION_CHOICE, &opt.template, "blog|auth",
	    "begin with a blog (users, posts, comments, tags) or with users "
	    "who sign in" },
	{ 0 },
};

static bool
write_new(const char *path, const char *text, struct err *err)
{
	if (file_exists(path)) {
		note("%s is there already: left as it is", path);
		return true;
	}
	if (!file_write(path, text, strlen(text), 0644, err))
		return false;
	printf("wrote %s\n", text_cleaned(&cmd_arena, path));
	return true;
}

/* Adds a line for .deesse/ to .gitignore, if none is there. */
static bool
ignore_state(struct err *err)
{
	struct buf b = { 0 };
	bool ok = true;
	const char *line;

	if (file_exists(".gitignore"))
		ok = file_read(&b, ".gitignore", err);
	for (line = buf_str(&b); ok && *line;
	     line += strcspn(line, "\n"), line += *line == '\n')
		if (!strncmp(line, ".deesse/\n", 9) ||
		    !strcmp(line, ".deesse/") ||
		    !strncmp(line, "/.deesse/\n", 10))
			break;
	if (ok && !*line) {
		if (b.len && b.s[b.len - 1] != '\n')
			buf_putc(&b, '\n');
		buf_puts(&b, ".deesse/\n");
		ok = file_write(".gitignore", b.s, b.len, 0644, err);
		if (ok)
			printf("wrote .gitignore\n");
	}
	buf_release(&b);
	return ok;
}

static bool
write_template(const char *dir, const char *template, struct err *err)
{
	for (const struct template_file *f = template_files; f->template; f++) {
		const char *path;

		if (strcmp(f->template, template))
			continue;
		path = file_join(&cmd_arena, dir, f->name);
		if (!write_new(path, f->text, err))
			return false;
	}
	return true;
}

static bool
init(const char *dir, struct err *err)
{
	struct names there = { 0 };

	if (file_exists(dir) && !file_find(&cmd_arena, &there, dir, ".c", err))
		return false;
	if (there.n)
		return err_fail(err,
		    "%s has collections already (%s); nothing was written", dir,
		    there.v[0]);
	return file_mkdirs(dir, 0755, err) &&
	       write_template(
		   dir, opt.template ? opt.template : "starter", err) &&
	       write_new(file_join(&cmd_arena, dir, "compile_flags.txt"),
		   dsl_compile_flags, err) &&
	       ignore_state(err) && dsl_write_header(PROJECT_STATE, err);
}

static enum status
run(int argc, char **argv)
{
	const char *dir =
	    common.collections ? common.collections : "collections";
	struct err err = { 0 };
	enum status status = STATUS_OK;

	(void)argc;
	(void)argv;
	if (common.schema)
		return usage_error("init writes collections: it takes "
				   "--collections DIR, not --schema");
	if (init(dir, &err)) {
		fflush(stdout);
		note("Next: deesse push, or deesse dev while you write.");
	} else {
		status = report_error(&err);
	}
	err_release(&err);
	return status;
}

const struct command cmd_init = {
	.name = "init",
	.summary = "begin a project: collections/, config, .gitignore",
	.about =
	    "Writes collections/ with a first collection, CONFIG and "
	    "compile_flags.txt (for clangd),\nand an entry for .deesse/ in "
	    ".gitignore. Files that are there are never overwritten.",
	.options = options,
	.run = run,
};
