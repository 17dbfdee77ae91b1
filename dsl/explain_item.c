/* explain_item - mistakes inside one item */
#include <string.h>

#include "base/text.h"
#include "dsl/deesse/dsl.h"
#include "dsl/explain_item.h"

const struct c_token *
explain_token(const struct explaining *e, size_t i)
{
	size_t last = e->scan->tokens.n - 1;

	return &e->scan->tokens.v[i < last ? i : last];
}

static const char *
text(const struct explaining *e, const struct c_token *t)
{
	return c_text(e->report->arena, t);
}

/* -------------------------------- options -------------------------------- */

/* Returns the kinds that have the option, "INTEGER, REAL". */
static const char *
owners(struct arena *a, const char *name, size_t len)
{
	const char *s = NULL;
	int n = 0;

	for (size_t i = 0; i < kinds_n; i++) {
		if (!kind_option(&kinds[i], name, len))
			continue;
		if (++n > 3)
			return arena_fmt(a, "%s …", s);
		s = s ? arena_fmt(a, "%s, %s", s, kinds[i].name)
		      : kinds[i].name;
	}
	return s;
}

void
explain_option(
    struct explaining *e, const struct kind *k, const struct c_token *t)
{
	const char *name = text(e, t);
	const char *meant = option_nearest(k, name);
	const char *others = owners(e->report->arena, t->at, t->len);

	if (others)
		TELL(e, t, "%s has no option .%s; that is for %s", k->name,
		    name, others);
	else if (meant)
		TELL(e, t, "%s has no option .%s; did you mean .%s?", k->name,
		    name, meant);
	else
		TELL(e, t, "%s has no option .%s", k->name, name);
}

void
explain_split(struct arena *a, struct arguments *out, const struct scan *s,
    const struct c_item *item)
{
	struct argument arg = { .from = item->open + 1 };
	int depth = 0;

	for (size_t i = arg.from; i <= item->close; i++) {
		const struct c_token *t = &s->tokens.v[i];

		if (i == item->close || (!depth && c_is(t, ","))) {
			arg.to = i;
			vec_push(a, out, arg);
			arg.from = i + 1;
		} else if (c_is(t, "(") || c_is(t, "{") || c_is(t, "[")) {
			depth++;
		} else if (c_is(t, ")") || c_is(t, "}") || c_is(t, "]")) {
			depth--;
		}
	}
}

static const char *
second_argument(const struct kind *k)
{
	static const struct {
		unsigned short kind;
		const char *what;
	} seconds[] = {
		{ DEESSE_KIND_CHECK, "SQL: CHECK(positive, \"views >= 0\")" },
		{ DEESSE_KIND_ENUM_TYPE, "VALUES(\"a\", \"b\")" },
	};

	for (size_t i = 0; i < sizeof(seconds) / sizeof(*seconds); i++)
		if (seconds[i].kind == k->kind)
			return seconds[i].what;
	return "a collection";
}

/* Does the macro make a symbol of the name, so that it must be one? */
static bool
names_symbol(const struct kind *k)
{
	return k->kind == DEESSE_KIND_COLLECTION ||
	       (k->kind >= DEESSE_KIND_ENUM_TYPE &&
		   k->kind != DEESSE_KIND_IGNORE);
}

static bool
tell_empty_list(struct explaining *e, const struct c_item *item)
{
	for (size_t i = item->open; i + 2 < item->close; i++) {
		const struct c_token *t = explain_token(e, i);

		if ((!c_is(t, "VALUES") && !c_is(t, "WAS")) ||
		    !c_is(t + 1, "(") || !c_is(t + 2, ")"))
			continue;
		TELL(e, t, "%s() holds nothing; write %s(\"a\", \"b\")",
		    text(e, t), text(e, t));
		return true;
	}
	return false;
}

/* Tells of CHECK(positive, views > 0), which is C. */
static bool
tell_bare_sql(struct explaining *e, const struct c_item *item,
    const struct arguments *args)
{
	size_t from, to;

	if (item->kind->kind != DEESSE_KIND_CHECK || args->n < 2)
		return false;
	from = args->v[1].from;
	to = args->v[1].to;
	for (size_t i = from; i < to; i++)
		if (explain_token(e, i)->kind == C_STRING)
			return false;
	if (to - from < 2)
		return false;
	TELL(e, explain_token(e, from),
	    "SQL stands in double quotes: write CHECK(%s, \"%s …\")",
	    text(e, explain_token(e, args->v[0].from)),
	    text(e, explain_token(e, from)));
	return true;
}

/* Tells of ENUM_TYPE(mood, "sad", "ok"). */
static bool
tell_bare_values(struct explaining *e, const struct c_item *item,
    const struct arguments *args)
{
	const struct c_token *t;

	if (item->kind->kind != DEESSE_KIND_ENUM_TYPE || args->n < 2)
		return false;
	t = explain_token(e, args->v[1].from);
	if (t->kind != C_STRING && !c_is(t, "{"))
		return false;
	TELL(e, t,
	    "the values stand in VALUES(…): write ENUM_TYPE(%s, "
	    "VALUES(\"a\", \"b\"))",
	    text(e, explain_token(e, args->v[0].from)));
	return true;
}

/* Returns whether something was told. */
static bool
check_options(struct explaining *e, const struct c_item *item)
{
	struct arguments args = { 0 };
	struct names seen = { 0 };
	bool told = false;

	explain_split(e->report->arena, &args, e->scan, item);
	if (item->kind->arguments == 2 &&
	    (args.n < 2 || c_is(explain_token(e, args.v[1].from), "."))) {
		TELL(e, explain_token(e, item->word), "%s takes a name and %s",
		    item->kind->name, second_argument(item->kind));
		return true;
	}
	if (tell_empty_list(e, item) || tell_bare_sql(e, item, &args) ||
	    tell_bare_values(e, item, &args))
		return true;
	if (item->kind->arguments == 1 &&
	    c_is(explain_token(e, item->open + 1), ".")) {
		TELL(e, explain_token(e, item->word), "%s has no name",
		    item->kind->name);
		return true;
	}
	if (names_symbol(item->kind) &&
	    explain_token(e, item->open + 1)->kind == C_STRING) {
		TELL(e, explain_token(e, item->open + 1),
		    "a name stands without quotes: write %s(%.*s)",
		    item->kind->name,
		    (int)explain_token(e, item->open + 1)->len - 2,
		    explain_token(e, item->open + 1)->at + 1);
		return true;
	}
	for (size_t i = (size_t)item->kind->arguments; i < args.n; i++) {
		size_t from = args.v[i].from, to = args.v[i].to;
		const struct c_token *t = explain_token(e, from + 1);
		const struct option *o;
		bool twice = false;

		if (from >= to)
			continue;
		if (!c_is(explain_token(e, from), ".")) {
			/* the second would only say the same */
			told =
			    told || explain_no_option(e, item->kind, from, to);
			continue;
		}
		o = kind_option(item->kind, t->at, t->len);
		if (!o) {
			explain_option(e, item->kind, t);
			told = true;
			continue;
		}
		for (size_t k = 0; k < seen.n; k++)
			twice = twice || !strcmp(seen.v[k], o->name);
		if (twice)
			TELL(e, explain_token(e, from), ".%s is said twice",
			    o->name);
		vec_push(e->report->arena, &seen, o->name);
		if (!c_is(explain_token(e, from + 2), "=")) {
			told = explain_no_option(e, item->kind, from + 1, to);
			continue;
		}
		told = explain_value(e, o, from + 3, to) || twice || told;
	}
	return told;
}

bool
explain_is_defined(const struct explaining *e, const struct c_token *t)
{
	for (size_t i = 0; i < e->scan->defines.n; i++)
		if (c_is(t, e->scan->defines.v[i]))
			return true;
	return false;
}

/* Two of one name, which C has one symbol for. */
static bool
defined_before(struct explaining *e, const struct c_item *item)
{
	const struct c_token *t = explain_token(e, item->open + 1);
	const char *name = text(e, t);
	bool type = item->kind->kind != DEESSE_KIND_COLLECTION;

	for (const struct c_item *i = e->scan->items.v; i < item; i++) {
		const struct c_token *other = explain_token(e, i->open + 1);

		if (i->kind != item->kind || strcmp(text(e, other), name))
			continue;
		TELL(e, explain_token(e, item->word),
		    "%s%s%s is defined twice; the first is at %s:%d",
		    type ? item->kind->name : "the collection '",
		    type ? arena_fmt(e->report->arena, "(%s)", name) : name,
		    type ? "" : "'", shown_path(e->file), other->line);
		return true;
	}
	return false;
}

/* Is this word what the compiler complains about? clang does not name it. */
static bool
is_said_of(const struct explaining *e, const struct c_token *t)
{
	for (size_t i = 0; i < e->said->n; i++)
		if (e->said->v[i].line == t->line &&
		    e->said->v[i].column == t->column &&
		    strstr(e->said->v[i].text, "type specifier missing"))
			return true;
	return false;
}

bool
explain_item(struct explaining *e, const struct c_item *item)
{
	const struct c_token *t = explain_token(e, item->word);
	const char *word = text(e, t), *meant;

	if (item->kind && names_symbol(item->kind) && defined_before(e, item))
		return true;
	if (item->kind && !item->kind->arguments &&
	    item->close == item->open + 1) {
		TELL(e, t, "%s says nothing; write %s(.%s = …)", word, word,
		    item->kind->options[0].name);
		return true;
	}
	if (item->kind)
		return check_options(e, item);
	if (explain_is_defined(e, t) ||
	    (!explain_names(e, word, item->line, item->end_line) &&
		!is_said_of(e, t)))
		return false;
	meant = kind_nearest(word);
	if (meant)
		TELL(e, t, "unknown item %s; did you mean %s?", word, meant);
	else
		TELL(e, t, "unknown item %s", word);
	return true;
}
