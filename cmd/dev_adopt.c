/* dev_adopt - what the collections would have to say to be like the database
 *
 * The lines are those that `pull` would write. They are shown, with the place:
 * a file that somebody has open is not written to.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cmd/cmd.h"
#include "cmd/dev.h"
#include "cmd/report.h"
#include "transpile/collections.h"

struct adopting {
	const struct sync *sync;
	struct collection_files files;
};

/* Returns what `pull` says of a thing: "table notes". */
static const char *
said(const struct adopting *x, const char *what, const char **path)
{
	for (size_t i = 0; i < x->files.n; i++) {
		const struct collection_file *f = &x->files.v[i];

		for (size_t k = 0; k < f->things.n; k++) {
			const char *text = f->text;

			if (strcmp(f->things.v[k].what, what))
				continue;
			*path = f->path;
			for (int n = 1; n < f->things.v[k].line; n++)
				text = strchr(text, '\n') + 1;
			return text;
		}
	}
	return NULL;
}

static bool
is_word(char c)
{
	return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

/* "	TEXT(body, …" is the line of body, "	RELATION(author, …" that of
 * author_id, and one with "body" in quotes may be. */
static bool
speaks_of(const char *line, size_t n, const char *name)
{
	size_t head = strspn(line, "\t "), len = strlen(name), arg;
	const char *quoted = arena_fmt(&dev_arena, "\"%s\"", name);

	while (head < n && is_word(line[head]))
		head++;
	if (head == n || line[head] != '(')
		return false;
	for (arg = head + 1; arg < n && is_word(line[arg]);)
		arg++;
	arg -= head + 1;
	if (!strncmp(line + head + 1, name, arg) &&
	    (arg == len || (arg && !strcmp(name + arg, "_id"))))
		return true;
	return memmem(line, n, quoted, strlen(quoted)) != NULL;
}

/* The line of a collection that says a part of it, or NULL. */
static const char *
line_of(const char *text, const char *name)
{
	while (text && *text && *text != '}') {
		size_t n = strcspn(text, "\n");

		if (speaks_of(text, n, name))
			return arena_strndup(&dev_arena, text, n);
		text += n + (text[n] == '\n');
	}
	return NULL;
}

static void
put_lines(const char *margin, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");

		printf("%s%.*s\n", margin, (int)n, text);
		text += n + (text[n] == '\n');
	}
}

static void
put_block(const char *margin, const char *text)
{
	const char *end = strstr(text, "\n};");

	put_lines(margin,
	    text_cleaned(&dev_arena,
		end ? arena_strndup(&dev_arena, text, (size_t)(end + 3 - text))
		    : text));
}

/* Where a collection stands that has this table, or NULL. */
static const struct table *
declared_table(const struct adopting *x, const char *name, size_t n)
{
	const struct tables *all = &x->sync->declared->tables;

	for (size_t i = 0; i < all->n; i++)
		if (strlen(all->v[i]->name) == n &&
		    !strncasecmp(all->v[i]->name, name, n))
			return all->v[i];
	return NULL;
}

/* "column notes.stars" */
static void
show_part(const struct adopting *x, const char *key, const char *name)
{
	const char *dot = strrchr(name, '.'), *path, *line;
	const struct table *t =
	    dot ? declared_table(x, name, (size_t)(dot - name)) : NULL;

	line = t ? line_of(said(x, arena_fmt(&dev_arena, "table %s", t->name),
			       &path),
		       dot + 1)
		 : NULL;
	if (!line) {
		printf("  %s: deesse pull --out DIR writes how it is said\n",
		    text_cleaned(&dev_arena, key));
		return;
	}
	printf("  write into %s:%d\n",
	    text_cleaned(&dev_arena, t->source.file ? t->source.file : "?"),
	    t->source.line);
	printf("%s  %s%s\n", paint(stdout, PAINT_GREEN),
	    text_cleaned(&dev_arena, line), paint(stdout, PAINT_NONE));
}

static void
show_added(const struct adopting *x, const char *key)
{
	const char *path, *text = said(x, key, &path);

	if (!text) {
		show_part(x, key, strchr(key, ' ') + 1);
		return;
	}
	printf("  write %s/%s\n",
	    text_cleaned(&dev_arena, x->sync->project->dsl.dir),
	    text_cleaned(&dev_arena, path));
	fputs(paint(stdout, PAINT_GREEN), stdout);
	put_block("  ", text);
	fputs(paint(stdout, PAINT_NONE), stdout);
}

/* The change that would take back what was done. */
static const struct change *
change_of(const struct adopting *x, const char *what)
{
	const struct changes *all = &x->sync->plan->diff->changes;

	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(change_text(&dev_arena, all->v[i]), what))
			return all->v[i];
	return NULL;
}

static void
show_back(const struct adopting *x, const struct drift_back *b)
{
	const struct change *c = change_of(x, b->what);
	const char *path, *line = NULL, *is = dev_source_line(b->file, b->line);

	if (c && c->old_column && c->old_table)
		line = line_of(
		    said(x,
			arena_fmt(&dev_arena, "table %s", c->old_table->name),
			&path),
		    c->old_column->name);
	if (!b->file) {
		printf("  %s: deesse pull --out DIR writes how it is now\n",
		    text_cleaned(&dev_arena, b->what));
		return;
	}
	printf("  %s %s:%d\n", line ? "change" : "take out of",
	    text_cleaned(&dev_arena, b->file), b->line);
	if (is)
		printf("%s- %s%s\n", paint(stdout, PAINT_RED),
		    text_cleaned(&dev_arena, is), paint(stdout, PAINT_NONE));
	if (line)
		printf("%s+ %s%s\n", paint(stdout, PAINT_GREEN),
		    text_cleaned(&dev_arena, line), paint(stdout, PAINT_NONE));
}

void
dev_adopt(const struct sync *s, const struct drift *x)
{
	struct adopting now = { .sync = s };
	struct unsaid_list left_out = { 0 };
	struct err ignored = { 0 };

	collections_print(
	    &dev_arena, s->current, &now.files, &left_out, &ignored);
	err_release(&ignored);
	for (size_t i = 0; i < x->added.n; i++)
		show_added(&now, x->added.v[i]);
	for (size_t i = 0; i < x->back.n; i++)
		show_back(&now, &x->back.v[i]);
	fflush(stdout);
}
