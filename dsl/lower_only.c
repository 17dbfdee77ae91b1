/* lower_only - what a dialect has, and what it refuses
 *
 * What a dialect has no equal for is an error and no silent loss, unless the
 * item says that it is for the other one.
 */
#include <string.h>

#include "base/text.h"
#include "dsl/lower.h"
#include "dsl/options.h"

static const char *const only_words[] = {
	[DEESSE_ONLY_SQLITE] = "SQLITE",
	[DEESSE_ONLY_POSTGRES] = "POSTGRES",
};

static const struct option *
only_option(const struct kind *k)
{
	for (size_t i = 0; i < k->n; i++)
		if (k->options[i].type == OPTION_ONLY)
			return &k->options[i];
	return NULL;
}

enum deesse_only
item_only(const struct deesse_item *item)
{
	const struct option *o = only_option(kind_of(item->kind));
	enum deesse_only only = DEESSE_EVERYWHERE;

	if (o)
		memcpy(&only, (const char *)item + o->offset, sizeof(only));
	return only;
}

bool
item_here(const struct lowering *l, const struct deesse_item *item)
{
	enum deesse_only only = item_only(item);

	return !only || only == l->rules->only;
}

/* What was not said is zero. */
static bool
is_said(const struct deesse_item *item, const struct option *o)
{
	const char *at = (const char *)item + o->offset;

	for (size_t i = 0; i < o->size; i++)
		if (at[i])
			return true;
	return false;
}

static const char *
advice(struct lowering *l, const struct kind *k)
{
	enum deesse_only other = l->rules->only == DEESSE_ONLY_SQLITE
				     ? DEESSE_ONLY_POSTGRES
				     : DEESSE_ONLY_SQLITE;

	return only_option(k)
		   ? arena_fmt(l->arena, "; say .only = %s", only_words[other])
		   : "";
}

bool
item_possible(struct lowering *l, const struct deesse_item *item)
{
	const struct kind *k = kind_of(item->kind);

	for (const struct refusal *r = l->rules->refusals; r->why; r++) {
		const struct option *o;

		if (r->kind && r->kind != item->kind)
			continue;
		if (!r->option) {
			tell(l, item, NULL, "%s %s%s", l->rules->title, r->why,
			    advice(l, k));
			return false;
		}
		o = kind_option(k, r->option, strlen(r->option));
		if (o && is_said(item, o))
			tell(l, item, r->option, "%s %s%s", l->rules->title,
			    r->why, advice(l, k));
	}
	return true;
}

static const char *
take_word(struct lowering *l, const struct deesse_item *item,
    const char *option, const char *const *known, const char *word)
{
	const char *all = NULL;

	for (; *known; known++) {
		if (text_same_nocase(word, *known))
			return *known;
		all = arena_fmt(l->arena, "%s%s\"%s\"", all ? all : "",
		    !all       ? ""
		    : known[1] ? ", "
			       : " or ",
		    *known);
	}
	tell(l, item, option, ".%s is \"%s\"; it takes %s", option, word, all);
	return NULL;
}

const char *
take_on_conflict(
    struct lowering *l, const struct deesse_item *item, const char *word)
{
	static const char *const known[] = { "ROLLBACK", "ABORT", "FAIL",
		"IGNORE", "REPLACE", NULL };

	return word ? take_word(l, item, "on_conflict", known, word) : NULL;
}

const char *
take_match(struct lowering *l, const struct deesse_item *item, const char *word)
{
	static const char *const known[] = { "SIMPLE", "FULL", "PARTIAL",
		NULL };

	return word ? take_word(l, item, "match", known, word) : NULL;
}
