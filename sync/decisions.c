/* decisions - what somebody decided beforehand */
#include "sync/decisions.h"

#include <ctype.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "sync/sync.h"

/* Statements may have several lines, a file may be aligned. */
static char *
squeezed(struct arena *a, const char *s, size_t n)
{
	char *out = arena_alloc(a, n + 1);
	size_t len = 0;

	for (size_t i = 0; i < n; i++)
		if (!isspace((unsigned char)s[i]))
			out[len++] = s[i];
		else if (len && out[len - 1] != ' ')
			out[len++] = ' ';
	while (len && out[len - 1] == ' ')
		len--;
	out[len] = '\0';
	return out;
}

static bool
has_reason(const char *text)
{
	const char *colon = strstr(text, ": ");

	return colon && colon > text && colon[2];
}

bool
decisions_read(
    struct arena *a, struct decisions *d, const char *file, struct err *err)
{
	struct buf text = { 0 };
	int line = 0;
	bool ok = file_read(&text, file, err);

	d->file = file;
	for (const char *s = buf_str(&text); ok && *s;) {
		size_t n = strcspn(s, "\n");
		struct decision x = { squeezed(a, s, n), ++line, false };

		s += n + (s[n] == '\n');
		if (!*x.text || *x.text == '#')
			continue;
		if (!has_reason(x.text))
			ok = err_fail(err,
			    "%s:%d: say why, after a colon: a line is a change "
			    "as deesse push says it, and a reason\n"
			    "  drop column posts.body: nobody reads it",
			    file, line);
		vec_push(a, &d->list, x);
	}
	buf_release(&text);
	return ok;
}

/* ---- renames ------------------------------------------------------------- */

/* "OLD to NEW: why", with this very NEW; returns OLD, or NULL. */
static const char *
old_name(struct arena *a, const char *text, const char *new)
{
	size_t n = strlen(new);

	for (const char *at = strstr(text, " to "); at;
	     at = strstr(at + 1, " to "))
		if (at > text && !strncmp(at + 4, new, n) && at[4 + n] == ':')
			return arena_strndup(a, text, (size_t)(at - text));
	return NULL;
}

/* Returns what follows the words, or NULL. */
static const char *
after(const char *text, const char *words)
{
	return text_starts(text, words) ? text + strlen(words) : NULL;
}

static void
add_was(struct arena *a, struct names *was, const char *text,
    const char *schema, const char *name)
{
	const char *prefix = schema ? arena_fmt(a, "%s.", schema) : "";
	const char *old =
	    text ? old_name(a, text, arena_fmt(a, "%s%s", prefix, name)) : NULL;

	if (old && text_starts(old, prefix))
		vec_push(a, was, old + strlen(prefix));
}

static void
rename_column(struct arena *a, const char *text, struct column *c)
{
	struct names was = column_more(c)->was;

	add_was(a, &was, text, NULL, c->name);
	if (was.n)
		column_say(a, c)->was = was;
}

static void
rename_in_table(struct arena *a, const char *text, struct table *t)
{
	const char *columns = after(text, "rename column "),
		   *table = arena_fmt(a, "%s%s%s.", t->schema ? t->schema : "",
		       t->schema ? "." : "", t->name);

	add_was(a, &t->was, after(text, "rename table "), t->schema, t->name);
	columns = columns ? after(columns, table) : NULL;
	for (size_t i = 0; columns && i < t->columns.n; i++)
		rename_column(a, columns, t->columns.v[i]);
}

void
decisions_rename(
    struct arena *a, const struct decisions *d, struct schema *declared)
{
	for (size_t i = 0; i < d->list.n; i++) {
		const char *text = d->list.v[i].text;

		if (!text_starts(text, "rename "))
			continue;
		for (size_t k = 0; k < declared->tables.n; k++)
			rename_in_table(a, text, declared->tables.v[k]);
		for (size_t k = 0; k < declared->enums.n; k++)
			add_was(a, &declared->enums.v[k]->was,
			    after(text, "rename type "), NULL,
			    declared->enums.v[k]->name);
	}
}

/* ---- changes ------------------------------------------------------------- */

/* Is the line this change, and a reason? */
static bool
names_change(const char *line, const char *what)
{
	const char *rest = after(line, what);

	return rest && rest[0] == ':' && rest[1] == ' ';
}

static const char *
words(struct arena *a, const struct change *c)
{
	const char *text = change_text(a, c);

	return squeezed(a, text, strlen(text));
}

bool
decisions_accept(struct arena *a, struct decisions *d, const struct change *c)
{
	const char *what = words(a, c);
	bool named = false;

	for (size_t i = 0; i < d->list.n; i++) {
		if (!names_change(d->list.v[i].text, what))
			continue;
		d->list.v[i].used = true;
		named = true;
	}
	return named;
}

/* ---- what no change is --------------------------------------------------- */

/* The words of a statement are those of all its changes: "drop column a.b, add
 * column a.c". */
static bool
was_done(struct arena *a, const char *line, const char *what)
{
	const char *all = squeezed(a, what, strlen(what));

	for (;;) {
		const char *end = strstr(all, ", ");

		if (names_change(line, all))
			return true;
		if (end && names_change(line,
			       arena_strndup(a, all, (size_t)(end - all))))
			return true;
		if (!end)
			return false;
		all = end + 2;
	}
}

/* Marks what earlier runs did; one that was undone did nothing. */
static bool
look_back(struct sync *s, struct decisions *d, struct err *err)
{
	struct journal_entries runs = { 0 };

	if (!journal_history(s->arena, s->db, 0, &runs, err))
		return false;
	for (size_t i = 0; i < runs.n; i++) {
		struct journal_statements all = { 0 };

		if (runs.v[i].undone_by || runs.v[i].undoes)
			continue;
		if (!journal_statements(
			s->arena, s->db, runs.v[i].id, &all, err))
			return false;
		for (size_t k = 0; k < all.n; k++)
			for (size_t j = 0; all.v[k].what && j < d->list.n; j++)
				d->list.v[j].used |= was_done(
				    s->arena, d->list.v[j].text, all.v[k].what);
	}
	return true;
}

/* What it was probably meant to be. */
static const char *
nearest(struct sync *s, const char *line)
{
	struct names all = { 0 };
	const struct changes *c = &s->plan->diff->changes;

	for (size_t i = 0; i < c->n; i++)
		vec_push(s->arena, &all, words(s->arena, c->v[i]));
	return text_nearest(
	    arena_strndup(s->arena, line, (size_t)(strstr(line, ": ") - line)),
	    all.v, all.n);
}

bool
decisions_settle(struct sync *s, struct err *err)
{
	struct decisions *d = s->options.decisions;
	size_t unused = 0;

	for (size_t i = 0; i < d->list.n; i++)
		unused += !d->list.v[i].used;
	if (unused && s->state.known && !look_back(s, d, err))
		return false;
	for (size_t i = 0; i < d->list.n; i++) {
		const struct decision *x = &d->list.v[i];
		const char *meant = x->used ? NULL : nearest(s, x->text);

		if (!x->used)
			err_add(err,
			    "%s:%d: no change of this plan, nor of an earlier "
			    "run, is '%s'%s%s%s",
			    d->file, x->line, x->text,
			    meant ? "; did you mean '" : "; remove the line",
			    meant ? meant : "", meant ? "'?" : "");
	}
	return !err->kind;
}
