/* dev_ask - the questions of `deesse dev`, and what its keys do */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/text.h"
#include "cmd/box.h"
#include "cmd/cmd.h"
#include "cmd/dev.h"
#include "cmd/report.h"

/* The cursor stands behind a question: the next line must not. */
static bool open_line;

bool dev_plain;

void
dev_close_line(void)
{
	if (open_line)
		printf("\n");
	open_line = false;
}

static void
ask(const struct sync *s)
{
	dev_close_line();
	box_question(s, dev_plain);
	open_line = true;
	fflush(stdout);
}

/* The text of a line, NULL where it cannot be read. */
const char *
dev_source_line(const char *file, int number)
{
	struct buf text = { 0 };
	struct err ignored = { 0 };
	const char *line, *end, *out = NULL;

	if (file && file_read(&text, file, &ignored)) {
		line = buf_str(&text);
		for (int n = 1; line && n < number; n++)
			line = (end = strchr(line, '\n')) ? end + 1 : NULL;
		if (line)
			out = arena_strndup(
			    &dev_arena, line, strcspn(line, "\n"));
	}
	err_release(&ignored);
	buf_release(&text);
	return out;
}

/* The line where a field stands, with .was on it; NULL where it is not one
 * line. */
static const char *
renamed_line(const struct source *at, const char *was)
{
	const char *line = dev_source_line(at->file, at->line);
	const char *close = line ? strrchr(line, ')') : NULL;

	return close ? arena_fmt(&dev_arena, "%.*s, .was = \"%s\"%s",
			   (int)(close - line), line, was, close)
		     : NULL;
}

static const struct source *
where_is(const struct sync *s, const char *name)
{
	const struct changes *all = &s->plan->diff->changes;
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; i < all->n; i++) {
		const struct change *c = all->v[i];

		if (c->kind == CHANGE_ADD_COLUMN && dot &&
		    !strcmp(c->new_column->name, dot + 1) &&
		    !strncmp(c->new_table->name, name, (size_t)(dot - name)))
			return &c->new_column->source;
		if (c->kind == CHANGE_CREATE_TABLE && !dot &&
		    !strcmp(c->new_table->name, name))
			return &c->new_table->source;
	}
	return NULL;
}

static void
show_rename(const struct sync *s, const struct unresolved *u)
{
	const char *dot = strrchr(u->from, '.');
	const char *was = dot ? dot + 1 : u->from;

	for (size_t i = 0; i < u->to.n; i++) {
		const struct source *at = where_is(s, u->to.v[i]);
		const char *line = at ? renamed_line(at, was) : NULL;

		printf("If %s is now %s, write and save:\n",
		    text_cleaned(&dev_arena, u->from),
		    text_cleaned(&dev_arena, u->to.v[i]));
		if (at && at->file)
			printf("  %s:%d\n", text_cleaned(&dev_arena, at->file),
			    at->line);
		printf("  %s\n",
		    text_cleaned(&dev_arena,
			line ? line
			     : arena_fmt(&dev_arena, ".was = \"%s\"", was)));
	}
}

static void
show_renames(const struct sync *s)
{
	printf("\n");
	for (size_t i = 0; i < s->unresolved.n; i++)
		show_rename(s, &s->unresolved.v[i]);
	if (!s->unresolved.n)
		printf("Nothing new here looks like what goes. If it is, write "
		       ".was = \"…\" with its\nformer name on the new one, and "
		       "save.\n");
	box_choices();
	fflush(stdout);
}

static enum dev_answer
key(const struct sync *s, char c)
{
	if (!s)
		return c == 'u' || c == 'U' ? ANSWER_UNDO : ANSWER_NONE;
	switch (c) {
	case 'y':
	case 'Y':
		return ANSWER_YES;
	case 'n':
	case 'N':
	case '\r':
	case '\n':
		return ANSWER_NO;
	case 's':
	case 'S':
		return ANSWER_SKIP;
	case 'r':
	case 'R':
		show_renames(s);
		return ANSWER_NONE;
	case 'd':
	case 'D':
		printf("\n");
		report_steps(stdout, s, true);
		box_choices();
		fflush(stdout);
		return ANSWER_NONE;
	default:
		return ANSWER_NONE;
	}
}

static void
ask_drift(const struct drift *x)
{
	dev_close_line();
	box_drift(x, dev_plain);
	open_line = true;
	fflush(stdout);
}

static enum dev_answer
key_drift(char c)
{
	switch (c) {
	case 'a':
	case 'A':
		return ANSWER_ADOPT;
	case 'r':
	case 'R':
		return ANSWER_REVERT;
	case 'i':
	case 'I':
	case '\r':
	case '\n':
		return ANSWER_IGNORE;
	default:
		return ANSWER_NONE;
	}
}

void
dev_ask_ui(struct dev_ui *ui)
{
	ui->ask = ask;
	ui->key = key;
	ui->ask_drift = ask_drift;
	ui->key_drift = key_drift;
	ui->adopt = dev_adopt;
}
