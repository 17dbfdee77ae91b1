/* explain - the compiler's complaints in the words of the language */
#include <string.h>

#include "base/text.h"
#include "dsl/deesse/dsl.h"
#include "dsl/explain_item.h"

/* ---------------------------- what is left over -------------------------- */

static const char no_character[] =
    "C has no such character; is it a quote that a word processor made of "
    "\"?";

/* Messages whose meaning is ours, by a piece that one compiler writes. */
static const struct {
	const char *piece, *ours;
} meanings[] = {
	{ "redefinition of 'deesse_config'", "CONFIG is given twice" },
	{ "empty initializer", "a collection needs at least one item" },
	{ "zero size arrays", "a collection needs at least one item" },
	{ "excess elements", "more values than this can take" },
	{ "initializer element is not",
	    "this is not known when the collections are compiled: they are "
	    "data, and nothing of them runs" },
	{ "variably modified", "the length of an array is a constant here" },
	{ "variable length array",
	    "the length of an array is a constant here" },
	{ "braced-group within expression",
	    "collections are data: no statement stands in them" },
	{ "statement expression",
	    "collections are data: no statement stands in them" },
	{ "#warning is a", "collections are plain C, which has no #warning" },
	{ "expected expression", "a value or an item is missing here" },
	{ "invalid operands to binary",
	    "a comma is missing between two items" },
	{ "stray '", no_character },
	{ "unexpected character <U+", no_character },
};

/* Where the compiler says this, all else that it says is a guess. */
static const char no_endif[] = "this is not closed: an #endif is missing";
static const char no_comment_end[] =
    "the comment that begins here is not closed";
static const char no_argument[] =
    "this macro wants one argument more; \"...\" alone, as in #define "
    "MONEY(...) DECIMAL(__VA_ARGS__, .scale = 2), takes any number";
static const struct {
	const char *piece, *ours;
	bool line; /* it is about the whole line */
} decisive[] = {
	{ "unterminated #", no_endif, true },
	{ "unterminated conditional", no_endif, true },
	{ "unterminated comment", no_comment_end, false },
	{ "unterminated /* comment", no_comment_end, false },
	{ "requires at least one argument for the", no_argument, false },
	{ "must specify at least one argument for", no_argument, false },
	{ "#include nested",
	    "files include each other without end: a header is to begin with "
	    "#ifndef, and a collection to include headers only",
	    true },
};

/* Follows from another complaint, and helps nobody. */
static const char *const noise[] = { "initializer element is not",
	"redefinition of 'deesse_items_", "redefinition of 'deesse_collection_",
	"invalid operands to binary", "allow extra ';'",
	"extra ';' outside of a function", "invalid initializer",
	"array initializer must be an initializer list",
	"extraneous closing brace", "illegal character encoding",
	"is not valid UTF-8" };

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

static bool
tell_misplaced(struct explaining *e, const struct c_item *item)
{
	const struct c_token *t = &e->scan->tokens.v[item->word];
	bool beside = explain_stands_beside(item);

	if (!item->kind || explain_is_inside(e, item) != beside)
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

/* Is there an ENUM_TYPE of that name further on in the file? */
static bool
stands_below(
    const struct explaining *e, const struct complaint *c, const char *word)
{
	for (size_t i = 0; i < e->scan->items.n; i++) {
		const struct c_item *item = &e->scan->items.v[i];

		if (item->kind && item->kind->kind == DEESSE_KIND_ENUM_TYPE &&
		    item->line >= c->line &&
		    c_is(explain_token(e, item->open + 1), word))
			return true;
	}
	return false;
}

/* Words of the language that are no items. */
static const char *const words[] = { "VALUES", "WAS", "DESC", "EXPR",
	"NULLS_FIRST", "NULLS_LAST", "OPS", "WITH", "COLLATE", "NOW", "TODAY",
	"NEW_UUID", "NOBODY", "ANYONE", "LOGGED_IN", "OWNER", "ROLE", "SQL",
	"CASCADE", "RESTRICT", "NO_ACTION", "SET_NULL", "SET_DEFAULT", "true",
	"false", "ID_INTEGER", "ID_UUID", "ID_NONE", "ID_AUTOINCREMENT",
	"SQLITE", "POSTGRES" };

static bool
is_upper(const char *s)
{
	return !s[strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789")];
}

const char *
explain_nearest(const char *word)
{
	return text_nearest(word, words, sizeof(words) / sizeof(*words));
}

static const char *
unknown_word(struct explaining *e, const struct complaint *c, const char *word)
{
	struct arena *a = e->report->arena;
	const struct kind *k = kind_named(word, strlen(word));
	const char *near = explain_nearest(word);

	if (near && !strcmp(near, word))
		return arena_fmt(a, "%s is written %s(…)", word, word);
	if (same_file(c->file, e->file) && stands_below(e, c, word))
		return arena_fmt(a,
		    "ENUM_TYPE(%s) stands below; it is to stand before what "
		    "uses it",
		    word);
	if (same_file(c->file, e->file) && is_type(e, word))
		return arena_fmt(a,
		    "'%s' is no ENUM_TYPE of this file or of one that it "
		    "includes; where it stands elsewhere, write .type = "
		    "\"%s\"",
		    word, word);
	if (k && k->arguments)
		return arena_fmt(a, "%s is written %s(name, …)", word, word);
	if (k)
		return arena_fmt(
		    a, "%s is written %s(.option = …)", word, word);
	if (near)
		return arena_fmt(
		    a, "'%s' is not known here; did you mean %s?", word, near);
	if (is_upper(word))
		return arena_fmt(a, "'%s' is not known here", word);
	return arena_fmt(a,
	    "'%s' is not known here; if it is a text, write \"%s\"", word,
	    word);
}

/* Returns the word of the language that stands where a type should, and cuts
 * off what the compiler makes of the rest. */
static const char *
type_word(struct explaining *e, const struct complaint *c)
{
	const char *word = quoted_word(e->report->arena, c->text, 0);

	if (!word || !kind_named(word, strlen(word)))
		return NULL;
	if (!e->cut || c->line < e->cut)
		e->cut = c->line;
	return word;
}

static bool
tell_unknown_word(struct explaining *e, const struct complaint *c)
{
	const char *word = NULL;

	if (strstr(c->text, "undeclared") ||
	    strstr(c->text, "implicit declaration of function"))
		word = quoted_word(e->report->arena, c->text, 0);
	else if (strstr(c->text, "unknown type name"))
		word = type_word(e, c);
	if (word)
		report_add(e->report, c->file ? c->file : e->file, c->line,
		    c->column, "%s", unknown_word(e, c, word));
	return word != NULL;
}

/* Returns the words of a compiler without the name of a warning. */
static const char *
without_flag(struct arena *a, const char *s)
{
	const char *flag = strstr(s, " [-W");

	return flag && text_ends(flag, "]")
		   ? arena_strndup(a, s, (size_t)(flag - s))
		   : s;
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
	said = without_flag(e->report->arena, said);
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

/* Tells the last of what decides, for files that include each other are
 * complained about at each depth. */
static bool
tell_decisive(struct explaining *e)
{
	for (size_t k = e->said->n; k--;) {
		const struct complaint *c = &e->said->v[k];

		for (size_t i = 0; i < sizeof(decisive) / sizeof(*decisive);
		     i++) {
			if (!c->file || !strstr(c->text, decisive[i].piece))
				continue;
			report_add(e->report, c->file, c->line,
			    decisive[i].line ? 1 : c->column, "%s",
			    decisive[i].ours);
			return true;
		}
	}
	return false;
}

/* The language itself is not there. */
static bool
tell_no_header(struct explaining *e)
{
	bool unknown = !e->scan->includes;

	for (size_t k = 0; k < e->said->n && !unknown; k++) {
		const char *s = e->said->v[k].text;
		const char *word = strstr(s, "implicit declaration of function")
				       ? quoted_word(e->report->arena, s, 0)
				       : NULL;
		const struct kind *kind =
		    word ? kind_named(word, strlen(word)) : NULL;

		unknown = kind != NULL;
	}
	for (size_t i = 0; unknown && i < e->scan->items.n; i++) {
		const struct c_item *item = &e->scan->items.v[i];
		const struct c_token *t = explain_token(e, item->word);

		if (!item->kind)
			continue;
		TELL(e, t,
		    "%s is not known here: the file is to begin with #include "
		    "<deesse/dsl.h>",
		    item->kind->name);
		return true;
	}
	return false;
}

/* Is something told of this line already? */
static bool
told_there(const struct explaining *e, const struct complaint *c)
{
	for (size_t i = 0; i < e->report->mistakes.n; i++) {
		const struct mistake *m = &e->report->mistakes.v[i];

		if (m->line == c->line && same_file(m->file, c->file))
			return true;
	}
	return false;
}

static void
explain_items(struct explaining *e, bool *explained)
{
	for (size_t i = 0; i < e->scan->items.n; i++) {
		const struct c_item *item = &e->scan->items.v[i];

		for (size_t k = 0; k < e->said->n && !explained[i]; k++)
			if (same_file(e->said->v[k].file, e->file) &&
			    e->said->v[k].line >= item->line &&
			    e->said->v[k].line <= item->end_line &&
			    (!e->items_cut || item->line < e->items_cut))
				explained[i] = tell_misplaced(e, item) ||
					       explain_item(e, item);
	}
}

/* Tells of a #define that ends in a semicolon, which is then wherever the macro
 * is; all that follows is a guess. */
static bool
tell_define(struct explaining *e, const struct complaint *c)
{
	const char *line = e->scan->text;
	struct c_token t = { .line = c->line };
	size_t n;

	for (int i = 1; line && i < c->line; i++) {
		line = strchr(line, '\n');
		line += line != NULL;
	}
	if (!line || *line != '#' ||
	    !text_starts(line + 1 + strspn(line + 1, " \t"), "define"))
		return false;
	n = strcspn(line, "\r\n");
	while (n && strchr(" \t", line[n - 1]))
		n--;
	if (line[n - 1] != ';')
		return false;
	t.column = (int)n;
	TELL(e, &t, "a #define ends without a semicolon");
	e->cut = c->line;
	return true;
}

static void
explain_rest(struct explaining *e, const bool *explained)
{
	for (size_t k = 0; k < e->said->n; k++) {
		const struct complaint *c = &e->said->v[k];
		bool here = same_file(c->file, e->file);
		const struct c_item *item =
		    here ? item_around(e->scan, c->line) : NULL;

		if ((here && e->cut && c->line >= e->cut) ||
		    (item && explained[item - e->scan->items.v]) ||
		    says(c->text, noise, sizeof(noise) / sizeof(*noise)) ||
		    (here && told_there(e, c)) ||
		    (c->file && *c->file == '<' && e->cut))
			continue;
		if (!here || !tell_define(e, c))
			tell_as_is(e, c);
	}
}

void
explain(struct report *r, const char *file, const struct scan *scan,
    const struct complaints *said)
{
	struct explaining e = {
		.report = r, .file = file, .scan = scan, .said = said
	};
	size_t before = r->mistakes.n;
	bool *explained = arena_array(r->arena, bool, scan->items.n + 1);

	/* a file that is no text has no other mistakes */
	for (size_t i = 0; i < r->mistakes.n; i++)
		if (same_file(r->mistakes.v[i].file, file))
			return;
	if (tell_decisive(&e) || tell_no_header(&e))
		return;
	explain_outline(&e);
	explain_top(&e);
	explain_items(&e, explained);
	explain_rest(&e, explained);
	if (r->mistakes.n == before && said->n)
		tell_as_is(&e, &said->v[0]);
	if (r->mistakes.n == before)
		report_add(r, file, 1, 1, "the compiler refuses this file");
}
