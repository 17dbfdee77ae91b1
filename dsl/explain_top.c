/* explain_top - what stands beside collections, and means nothing there
 *
 * Between collections there may be any C. So a word is only told where a
 * compiler complains about its line, or about the one that it runs into.
 */
#include <string.h>

#include "base/text.h"
#include "dsl/deesse/dsl.h"
#include "dsl/explain_item.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* Words with which a declaration of plain C can begin. */
static const char *const plain[] = { "static", "extern", "const", "typedef",
	"struct", "union", "enum", "void", "char", "short", "int", "long",
	"float", "double", "signed", "unsigned", "volatile", "register",
	"inline", "restrict", "bool", "_Static_assert", "_Bool", "_Noreturn",
	"_Alignas", "__attribute__", "__asm__", "__extension__", "asm",
	"size_t" };

static bool
is_plain(const struct c_token *t)
{
	for (size_t i = 0; i < COUNT(plain); i++)
		if (c_is(t, plain[i]))
			return true;
	return false;
}

/* Does a compiler complain about these lines? Where the file ends, its own
 * last line, or none, may be named. */
static bool
is_complained(const struct explaining *e, int from, int to)
{
	int last = explain_token(e, e->scan->tokens.n)->line;

	for (size_t i = 0; i < e->said->n; i++) {
		const struct complaint *c = &e->said->v[i];

		if (to == last && (!c->file || *c->file == '<'))
			return true;
		if (c->line >= from && c->line <= to && c->file &&
		    !strcmp(shown_path(c->file), shown_path(e->file)))
			return true;
	}
	return false;
}

/* Returns the item that stands beside collections and begins at token i. */
static const struct c_item *
beside_at(const struct explaining *e, size_t i)
{
	for (size_t k = 0; k < e->scan->items.n; k++)
		if (e->scan->items.v[k].word == i)
			return explain_stands_beside(&e->scan->items.v[k])
				   ? &e->scan->items.v[k]
				   : NULL;
	return NULL;
}

/* Returns the token behind the declaration that begins at i: what follows its
 * semicolon, or the braces of a function. */
static size_t
behind(const struct explaining *e, size_t i)
{
	int depth = 0;
	bool data = false;

	for (; explain_token(e, i)->kind != C_END; i++) {
		const struct c_token *t = explain_token(e, i);

		data = data || c_is(t, "=");
		depth += c_is(t, "{") || c_is(t, "(");
		depth -= c_is(t, "}") || c_is(t, ")");
		if (depth > 0)
			continue;
		if (c_is(t, ";") ||
		    (c_is(t, "}") && !data && !c_is(t + 1, ";") &&
			t[1].kind != C_WORD))
			return i + 1;
	}
	return i;
}

static void
tell_word(struct explaining *e, size_t i, const struct c_item *item)
{
	const struct c_token *t = explain_token(e, i);
	const char *word = c_text(e->report->arena, t);

	if (item)
		TELL(e, t, "'%s' means nothing before %s; leave it out", word,
		    item->kind->name);
	else if (kind_nearest(word))
		TELL(e, t, "'%s' means nothing here; did you mean %s(…)?", word,
		    kind_nearest(word));
	else
		TELL(e, t, "'%s' means nothing here; leave it out", word);
}

/* Looks at the declaration that begins at token i, and tells whether it is no
 * C. */
static bool
look(struct explaining *e, size_t i)
{
	const struct c_token *t = explain_token(e, i);
	const struct c_item *item = NULL;
	size_t end = i;

	if (t->kind == C_WORD && (is_plain(t) || explain_is_defined(e, t)))
		return false;
	while (explain_token(e, end)->kind == C_WORD &&
	       !(item = beside_at(e, end)))
		end++;
	/* plain C has more words, and something behind them */
	if (!item && t->kind == C_WORD &&
	    (end > i + 1 || (!c_is(t + 1, ";") && t[1].kind != C_END)))
		return false;
	if (end == i && t->kind == C_WORD)
		return false;
	if (!is_complained(e, t->line, explain_token(e, end + 1)->line))
		return false;
	tell_word(e, i, item);
	return true;
}

/* COLLECTION posts = { … }: what follows is no collection's. */
static bool
look_bare(struct explaining *e, size_t i)
{
	const struct c_token *t = explain_token(e, i);

	if (t->kind != C_WORD || !kind_named(t->at, t->len) ||
	    c_is(t + 1, "(") || !is_complained(e, t->line, t->line))
		return false;
	TELL(e, t, "%.*s is written %.*s(%s …)", (int)t->len, t->at,
	    (int)t->len, t->at,
	    kind_named(t->at, t->len)->arguments ? "name," : ".option =");
	e->cut = t->line;
	if (!e->items_cut || t->line < e->items_cut)
		e->items_cut = t->line;
	return true;
}

/* A word with parentheses that is nearly one of the language. */
static bool
look_misspelt(struct explaining *e, size_t i)
{
	const struct c_token *t = explain_token(e, i);
	const char *word = c_text(e->report->arena, t), *meant;

	if (t->kind != C_WORD || !c_is(t + 1, "(") ||
	    kind_named(t->at, t->len) || is_plain(t) ||
	    explain_is_defined(e, t) || !is_complained(e, t->line, t->line))
		return false;
	meant = kind_nearest(word);
	if (meant)
		TELL(e, t, "unknown item %s; did you mean %s?", word, meant);
	return meant != NULL;
}

void
explain_top(struct explaining *e)
{
	size_t i = 0;

	while (explain_token(e, i)->kind != C_END) {
		const struct c_token *t = explain_token(e, i);

		if (e->cut && t->line >= e->cut)
			return;
		if (look_bare(e, i))
			return;
		if (look(e, i) || look_misspelt(e, i)) {
			/* what runs into what follows is told once */
			if (explain_token(e, i + 1)->kind == C_END)
				e->cut = t->line;
		}
		i = behind(e, i);
	}
}
