/* explain - the compiler's complaints in the words of the language */
#include <string.h>

#include "base/text.h"
#include "dsl/deesse/dsl.h"
#include "dsl/explain_item.h"

static const char *
text(const struct explaining *e, const struct c_token *t)
{
	return c_text(e->report->arena, t);
}

/* ------------------------------ the outline ------------------------------ */

static const struct c_item *
item_at(const struct scan *s, size_t word)
{
	for (size_t i = 0; i < s->items.n; i++)
		if (s->items.v[i].word == word)
			return &s->items.v[i];
	return NULL;
}

static void
cut(struct explaining *e, const struct c_item *collection,
    const struct c_token *t)
{
	if (!e->cut || collection->line < e->cut)
		e->cut = collection->line;
	if (!e->items_cut || t->line < e->items_cut)
		e->items_cut = t->line;
}

static void
unclosed(struct explaining *e, const struct c_item *collection,
    const struct c_item *item)
{
	const struct c_token *t = explain_token(e, item->word);

	TELL(e, t, "the parenthesis of %s( is not closed", text(e, t));
	cut(e, collection, t);
}

/* Walks the items from token i, after the brace; returns the token after the
 * closing brace, or 0 where the outline is lost. */
static size_t
walk_items(struct explaining *e, const struct c_item *collection, size_t i)
{
	for (;;) {
		const struct c_token *t = explain_token(e, i);
		const struct c_item *item;

		if (c_is(t, "}"))
			return i + 1;
		if (t->kind != C_WORD)
			return 0;
		item = item_at(e->scan, i);
		if (item && item->close == e->scan->tokens.n - 1) {
			unclosed(e, collection, item);
			return 0;
		}
		i = item ? item->close + 1 : i + 1;
		if (c_is(explain_token(e, i), ",")) {
			i++;
		} else if (explain_token(e, i)->kind == C_WORD) {
			const struct c_token *end = explain_token(e, i - 1);

			report_add(e->report, e->file, end->line,
			    end->column + (int)end->len,
			    "a comma is missing after %s", text(e, t));
		}
	}
}

static void
walk_collection(struct explaining *e, const struct c_item *item)
{
	size_t i = item->close + 1;
	const struct c_token *t;

	if (item->close == e->scan->tokens.n - 1) {
		unclosed(e, item, item);
		return;
	}
	if (!c_is(explain_token(e, i), "=")) {
		t = explain_token(e, i);
		TELL(e, t,
		    "'=' is missing: a collection is written "
		    "COLLECTION(name) = { … };");
		cut(e, item, explain_token(e, item->word));
		return;
	}
	if (!c_is(explain_token(e, i + 1), "{"))
		return;
	i = walk_items(e, item, i + 2);
	if (i && !c_is(explain_token(e, i), ";")) {
		t = explain_token(e, i - 1);
		report_add(e->report, e->file, t->line, t->column + 1,
		    "a semicolon is missing after the collection");
		if (!e->items_cut || t->line < e->items_cut)
			e->cut = e->items_cut = t->line;
	}
}

/* ---------------------------- what is left over -------------------------- */

/* Messages whose meaning is ours, by a piece that both compilers write. */
static const struct {
	const char *piece, *ours;
} meanings[] = {
	{ "redefinition of 'deesse_config'", "CONFIG is given twice" },
	{ "empty initializer", "a collection needs at least one item" },
	{ "zero size arrays", "a collection needs at least one item" },
	{ "excess elements", "more values than this can take" },
};

/* Follows from another complaint, and helps nobody. */
static const char *const noise[] = { "initializer element is not",
	"redefinition of 'deesse_items_", "redefinition of 'deesse_collection_",
	"invalid operands to binary", "allow extra ';'" };

static bool
says(const char *text_, const char *const *pieces, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(text_, pieces[i]))
			return true;
	return false;
}

/* Returns the n-th word between quotes, or NULL. */
static const char *
quoted_word(struct arena *a, const char *s, int n)
{
	while ((s = strchr(s, '\''))) {
		size_t len = strcspn(++s, "'");

		if (!n--)
			return arena_strndup(a, s, len);
		s += len + (s[len] != '\0');
	}
	return NULL;
}

/* An option that a struct does not have, in the words of either compiler: it
 * comes from a macro of the author's, so that no item shows it. */
static bool
tell_member(struct explaining *e, const struct complaint *c)
{
	bool clang = strstr(c->text, "does not refer to any field") != NULL;
	struct arena *a = e->report->arena;
	const char *first = quoted_word(a, c->text, 0);
	const char *second = quoted_word(a, c->text, 1);
	const char *type = clang ? second : first;
	const char *name = clang ? first : second, *mark;
	struct c_token t = { .line = c->line, .column = c->column };
	const char *file = e->file;
	const struct kind *k;

	if (!clang && !strstr(c->text, "has no member named"))
		return false;
	mark = type ? strstr(type, "deesse_") : NULL;
	k = mark ? kind_named(mark + 7, strlen(mark + 7)) : NULL;
	if (!k || !name)
		return false;
	t.at = name;
	t.len = strlen(name);
	if (c->file)
		e->file = c->file;
	explain_option(e, k, &t);
	e->file = file;
	return true;
}

static bool
same_file(const char *a, const char *b)
{
	return a && b && !strcmp(shown_path(a), shown_path(b));
}

/* Does the item stand between the braces of a collection? */
static bool
is_inside(const struct explaining *e, const struct c_item *item)
{
	int depth = 0;

	for (size_t i = 0; i < item->word; i++) {
		const struct c_token *t = &e->scan->tokens.v[i];

		depth += c_is(t, "{") ? 1 : c_is(t, "}") ? -1 : 0;
	}
	return depth > 0;
}

static bool
tell_misplaced(struct explaining *e, const struct c_item *item)
{
	const struct c_token *t = &e->scan->tokens.v[item->word];
	bool beside =
	    item->kind && (item->kind->kind < DEESSE_KIND_TEXT ||
			      item->kind->kind >= DEESSE_KIND_ENUM_TYPE);

	if (!item->kind || is_inside(e, item) != beside)
		return false;
	if (beside)
		TELL(e, t,
		    "%s stands beside collections, not in one, and ends with a "
		    "semicolon",
		    item->kind->name);
	else
		TELL(e, t,
		    "%s stands in a collection: COLLECTION(name) = { … };",
		    item->kind->name);
	return true;
}

static bool
tell_missing_file(struct explaining *e, const struct complaint *c)
{
	const char *end = strstr(c->text, ": No such file or directory");
	const char *name = NULL;

	if (end)
		name = arena_strndup(
		    e->report->arena, c->text, (size_t)(end - c->text));
	else if (strstr(c->text, "file not found"))
		name = quoted_word(e->report->arena, c->text, 0);
	if (name)
		report_add(e->report, c->file ? c->file : e->file, c->line,
		    c->column, "there is no file '%s' to include", name);
	return name != NULL;
}

/* Does the word stand as .type = word? Then it is to be an ENUM_TYPE. */
static bool
is_type(const struct explaining *e, const char *word)
{
	for (size_t i = 3; i < e->scan->tokens.n; i++) {
		const struct c_token *t = &e->scan->tokens.v[i];

		if (c_is(t, word) && c_is(t - 1, "=") && c_is(t - 2, "type") &&
		    c_is(t - 3, "."))
			return true;
	}
	return false;
}

static bool
tell_unknown_word(struct explaining *e, const struct complaint *c)
{
	const char *word = NULL;

	if (strstr(c->text, "undeclared"))
		word = quoted_word(e->report->arena, c->text, 0);
	if (word && same_file(c->file, e->file) && is_type(e, word))
		report_add(e->report, c->file, c->line, c->column,
		    "'%s' is no ENUM_TYPE of this file or of one that it "
		    "includes; where it stands elsewhere, write .type = "
		    "\"%s\"",
		    word, word);
	else if (word)
		report_add(e->report, c->file ? c->file : e->file, c->line,
		    c->column, "'%s' is not known here", word);
	return word != NULL;
}

static void
tell_as_is(struct explaining *e, const struct complaint *c)
{
	const struct c_token *end = explain_token(e, e->scan->tokens.n);
	const char *file = c->file ? c->file : e->file;
	const char *said = c->text;

	if (tell_member(e, c) || tell_missing_file(e, c) ||
	    tell_unknown_word(e, c))
		return;
	/* where the file ends, compilers name whatever they hoped for */
	if (*file == '<' ||
	    (c->line == end->line && c->column >= end->column)) {
		TELL(e, end,
		    "the file ends in the middle of something: is a bracket or "
		    "a semicolon missing?");
		return;
	}
	said += text_starts(said, "#error ") ? strlen("#error ") : 0;

	for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++)
		if (strstr(said, meanings[i].piece))
			said = meanings[i].ours;
	report_add(e->report, file, c->line, c->column, "%s", said);
}

/* The item around the line, or NULL. */
static const struct c_item *
item_around(const struct scan *s, int line)
{
	const struct c_item *best = NULL;

	for (size_t i = 0; i < s->items.n; i++)
		if (s->items.v[i].line <= line &&
		    s->items.v[i].end_line >= line)
			best = &s->items.v[i];
	return best;
}

void
explain(struct report *r, const char *file, const struct scan *scan,
    const struct complaints *said)
{
	struct explaining e = { r, file, scan, said, 0, 0 };
	bool *explained = arena_array(r->arena, bool, scan->items.n + 1);
	size_t before = r->mistakes.n;
	int last_line = 0;

	for (size_t i = 0; i < scan->items.n; i++)
		if (scan->items.v[i].kind &&
		    !strcmp(scan->items.v[i].kind->name, "COLLECTION"))
			walk_collection(&e, &scan->items.v[i]);
	for (size_t i = 0; i < scan->items.n; i++) {
		const struct c_item *item = &scan->items.v[i];

		for (size_t k = 0; k < said->n && !explained[i]; k++)
			if (same_file(said->v[k].file, file) &&
			    said->v[k].line >= item->line &&
			    said->v[k].line <= item->end_line &&
			    (!e.items_cut || item->line < e.items_cut))
				explained[i] = tell_misplaced(&e, item) ||
					       explain_item(&e, item);
	}
	for (size_t k = 0; k < said->n; k++) {
		const struct complaint *c = &said->v[k];
		bool here = same_file(c->file, file);
		const struct c_item *item =
		    here ? item_around(scan, c->line) : NULL;

		if ((here && e.cut && c->line >= e.cut) ||
		    (item && explained[item - scan->items.v]) ||
		    says(c->text, noise, sizeof(noise) / sizeof(*noise)) ||
		    (here && c->line == last_line) ||
		    (c->file && *c->file == '<' && e.cut))
			continue;
		tell_as_is(&e, c);
		last_line = here ? c->line : last_line;
	}
	if (r->mistakes.n == before && said->n)
		tell_as_is(&e, &said->v[0]);
	if (r->mistakes.n == before)
		report_add(r, file, 1, 1, "the compiler refuses this file");
}
