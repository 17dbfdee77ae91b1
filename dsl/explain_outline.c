/* explain_outline - the brackets, commas and semicolons of a file
 *
 * A compiler notices late what is missing, and then guesses. The outline of
 * collections is plain enough to be walked: where it is not as it should be,
 * that is the mistake, and what the compiler says of what follows is noise.
 */
#include <string.h>

#include "dsl/deesse/dsl.h"
#include "dsl/explain_item.h"

static const char *
text(const struct explaining *e, const struct c_token *t)
{
	return c_text(e->report->arena, t);
}

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
tell_behind(struct explaining *e, const struct c_token *t, const char *what)
{
	report_add(
	    e->report, e->file, t->line, t->column + (int)t->len, "%s", what);
}

/* Returns the quote from token i on that has no end on its line, or NULL. */
static const struct c_token *
open_quote(const struct explaining *e, size_t i)
{
	for (; i < e->scan->tokens.n; i++) {
		const struct c_token *t = explain_token(e, i);
		bool quote = t->kind == C_STRING || t->kind == C_CHAR;

		if (quote && (t->len == 1 || t->at[t->len - 1] != *t->at))
			return t;
	}
	return NULL;
}

static void
unclosed(struct explaining *e, const struct c_item *collection,
    const struct c_item *item)
{
	const struct c_token *t = explain_token(e, item->word);
	const struct c_token *quote = open_quote(e, item->open);

	if (quote)
		TELL(e, quote, "the quote that begins here is not closed");
	else
		TELL(e, t, "the parenthesis of %s( is not closed", text(e, t));
	cut(e, collection, t);
}

bool
explain_stands_beside(const struct c_item *item)
{
	return item->kind && (item->kind->kind < DEESSE_KIND_TEXT ||
				 item->kind->kind >= DEESSE_KIND_ENUM_TYPE);
}

bool
explain_is_inside(const struct explaining *e, const struct c_item *item)
{
	int depth = 0;

	for (size_t i = 0; i < item->word; i++) {
		const struct c_token *t = &e->scan->tokens.v[i];

		depth += c_is(t, "{") ? 1 : c_is(t, "}") ? -1 : 0;
	}
	return depth > 0;
}

/* Does token i end the items, though no brace stands there? */
static bool
ends_unclosed(const struct explaining *e, size_t i)
{
	const struct c_item *item = item_at(e->scan, i);

	return c_is(explain_token(e, i), ";") ||
	       (item && explain_stands_beside(item) &&
		   explain_token(e, i)->column == 1);
}

/* Does a collection go on behind a semicolon? */
static bool
goes_on(const struct explaining *e, size_t i)
{
	const struct c_item *item = item_at(e->scan, i);

	return c_is(explain_token(e, i), "}") ||
	       (item && item->kind && !explain_stands_beside(item));
}

/* Goes over what separates the item that begins at token t from the one that
 * begins at or behind token i; returns where that is. */
static size_t
walk_separator(struct explaining *e, const struct c_item *collection,
    const struct c_token *t, size_t i)
{
	const struct c_token *here = explain_token(e, i);

	if (c_is(here, ",")) {
		while (c_is(explain_token(e, ++i), ","))
			TELL(e, explain_token(e, i), "one comma is enough");
		return i;
	}
	if (c_is(here, ";") && goes_on(e, i + 1)) {
		TELL(e, here, "a comma stands between items, no semicolon");
		cut(e, collection, here);
		return i + 1;
	}
	if (here->kind == C_WORD && !ends_unclosed(e, i))
		tell_behind(e, explain_token(e, i - 1),
		    arena_fmt(e->report->arena, "a comma is missing after %s",
			text(e, t)));
	return i;
}

/* Walks the items from token i, after the brace; returns the token after the
 * closing brace, or 0 where the outline is lost. */
static size_t
walk_items(struct explaining *e, const struct c_item *collection, size_t i)
{
	for (;;) {
		const struct c_token *t = explain_token(e, i);
		const struct c_item *item = item_at(e->scan, i);

		if (c_is(t, "}"))
			return i + 1;
		if (ends_unclosed(e, i)) {
			TELL(e, t,
			    "'}' is missing before this: the brace of "
			    "COLLECTION(%s) is not closed",
			    text(e, explain_token(e, collection->open + 1)));
			cut(e, collection, t);
			return 0;
		}
		if (t->kind == C_STRING) {
			TELL(e, t, "an item is written TEXT(name, …)");
			cut(e, collection, t);
		}
		if (t->kind != C_WORD)
			return 0;
		if (item && item->close == e->scan->tokens.n - 1) {
			unclosed(e, collection, item);
			return 0;
		}
		if (!item && kind_named(t->at, t->len)) {
			TELL(e, t, "%s is written %s(name, …)", text(e, t),
			    text(e, t));
			while (explain_token(e, i + 1)->kind == C_WORD)
				i++;
		}
		i = walk_separator(
		    e, collection, t, item ? item->close + 1 : i + 1);
	}
}

/* Is COLLECTION(name) followed by an equals sign and a brace? */
static bool
opens(struct explaining *e, const struct c_item *collection, size_t i)
{
	const struct c_token *t = explain_token(e, i);
	const struct c_item *item = item_at(e->scan, i + 1);
	const char *what = NULL;

	if (!c_is(t, "=")) {
		what = "=";
	} else {
		t = explain_token(e, i + 1);
		if ((item && item->kind) || c_is(t, "(") || c_is(t, "["))
			what = "{";
	}
	if (what) {
		TELL(e, t,
		    "'%s' is missing: a collection is written COLLECTION(name) "
		    "= { … };",
		    what);
		cut(e, collection, explain_token(e, collection->word));
	}
	return !what && c_is(explain_token(e, i + 1), "{");
}

static void
walk_collection(struct explaining *e, const struct c_item *item)
{
	size_t i = item->close + 1;

	if (item->close == e->scan->tokens.n - 1) {
		unclosed(e, item, item);
		return;
	}
	if (!opens(e, item, i))
		return;
	i = walk_items(e, item, i + 2);
	if (i && c_is(explain_token(e, i), "}")) {
		TELL(e, explain_token(e, i), "one '}' is enough");
		return;
	}
	if (i && !c_is(explain_token(e, i), ";")) {
		const struct c_token *t = explain_token(e, i - 1);

		tell_behind(
		    e, t, "a semicolon is missing after the collection");
		if (!e->items_cut || t->line < e->items_cut)
			e->cut = e->items_cut = t->line;
	}
}

/* One that stands beside collections ends in a semicolon. */
static void
walk_beside(struct explaining *e, const struct c_item *item)
{
	const struct c_token *t = explain_token(e, item->close);

	if (item->close == e->scan->tokens.n - 1) {
		unclosed(e, item, item);
	} else if (!c_is(explain_token(e, item->close + 1), ";") &&
		   !explain_is_inside(e, item)) {
		tell_behind(e, t,
		    arena_fmt(e->report->arena,
			"a semicolon is missing after %s", item->kind->name));
		cut(e, item, t);
	}
}

void
explain_outline(struct explaining *e)
{
	for (size_t i = 0; i < e->scan->items.n; i++) {
		const struct c_item *item = &e->scan->items.v[i];

		if (item->kind && item->kind->kind == DEESSE_KIND_COLLECTION)
			walk_collection(e, item);
		else if (explain_stands_beside(item))
			walk_beside(e, item);
	}
}
