/* explain_value - mistakes inside one option */
#include <string.h>

#include "base/text.h"
#include "dsl/deesse/dsl.h"
#include "dsl/explain_item.h"

static const char *
text(const struct explaining *e, const struct c_token *t)
{
	return c_text(e->report->arena, t);
}

bool
explain_names(
    const struct explaining *e, const char *word, int line, int end_line)
{
	const char *quoted = arena_fmt(e->report->arena, "'%s'", word);

	for (size_t i = 0; i < e->said->n; i++) {
		const struct complaint *c = &e->said->v[i];

		if (c->line >= line && c->line <= end_line &&
		    strstr(c->text, quoted))
			return true;
	}
	return false;
}

static bool
one_of(const struct option_values *v, const struct c_token *t)
{
	for (size_t i = 0; i < v->n; i++)
		if (c_is(t, v->words[i]))
			return true;
	return false;
}

/* Says what is wrong with a text, or NULL. */
static const char *
wrong_text(
    struct explaining *e, const struct option *o, const struct c_token *t)
{
	struct arena *a = e->report->arena;
	const struct option_values *v = &option_values[o->type];
	bool number = o->type == OPTION_INT || o->type == OPTION_INT64;
	struct c_token inner = { C_WORD, t->at + 1, t->len - 2, t->line,
		t->column };

	if (o->type == OPTION_LIST)
		return arena_fmt(a, ".%s takes a list; write .%s = VALUES(%s)",
		    o->name, o->name, text(e, t));
	if (!number && !v->words)
		return NULL;
	if (t->len > 2 &&
	    (one_of(v, &inner) ||
		(number && strspn(inner.at, "0123456789") == inner.len)))
		return arena_fmt(a,
		    ".%s takes %s; write .%s = %s, without quotes", o->name,
		    v->wanted, o->name, text(e, &inner));
	return arena_fmt(a, ".%s takes %s, not text", o->name, v->wanted);
}

/* The same of a number. */
static const char *
wrong_number(struct explaining *e, const struct option *o,
    const struct c_token *t, bool alone)
{
	struct arena *a = e->report->arena;
	const struct option_values *v = &option_values[o->type];

	if (t->len > DIGITS_MAX && v->wanted && o->type != OPTION_TEXT)
		return arena_fmt(
		    a, "%s is more than .%s can be", text(e, t), o->name);
	if (o->type == OPTION_INT || o->type == OPTION_INT64)
		return memchr(t->at, '.', t->len)
			   ? arena_fmt(a, ".%s takes a whole number, not %s",
				 o->name, text(e, t))
			   : NULL;
	if (v->words || !alone)
		return NULL;
	return arena_fmt(a,
	    o->type == OPTION_TEXT ? ".%s takes %s; write .%s = \"%s\""
				   : ".%s takes %s",
	    o->name, v->wanted, o->name, text(e, t));
}

/* Lists by their types, and what of another type looks like one. */
static const struct {
	enum option_type type;
	const char *mistaken[3], *write;
} lists[] = {
	{ OPTION_LIST, { "{", "WAS" }, "VALUES(\"a\", \"b\")" },
	{ OPTION_WAS, { "{", "VALUES" }, "WAS(\"older\", \"old\")" },
	{ OPTION_PARTS, { "VALUES", "WAS", "(" }, "{\"a\", \"b\"}" },
};

static const char *
wrong_list(
    struct explaining *e, const struct option *o, const struct c_token *t)
{
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		for (size_t k = 0; k < 3 && lists[i].mistaken[k]; k++)
			if (lists[i].type == o->type &&
			    c_is(t, lists[i].mistaken[k]))
				return arena_fmt(e->report->arena,
				    ".%s takes %s; write .%s = %s", o->name,
				    option_values[o->type].wanted, o->name,
				    lists[i].write);
	return NULL;
}

/* Words of the language that take nothing. */
static bool
is_plain_word(const struct c_token *t)
{
	static const char *const plain[] = { "NOW", "TODAY", "NEW_UUID",
		"CASCADE", "RESTRICT", "NO_ACTION", "SET_NULL", "SET_DEFAULT",
		"ANYONE", "NOBODY", "LOGGED_IN" };

	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++)
		if (c_is(t, plain[i]))
			return true;
	return false;
}

static const char *
wrong_literal(struct explaining *e, const struct option *o,
    const struct c_token *t, bool alone)
{
	bool text_wanted = o->type == OPTION_TEXT && alone;

	if (c_is(t, "="))
		return "one '=' is enough";
	if (o->type == OPTION_TEXT && c_is(t, "{"))
		return arena_fmt(e->report->arena,
		    ".%s takes text; write .%s = \"…\"", o->name, o->name);
	if (t->kind == C_WORD && is_plain_word(t) && c_is(t + 1, "(") &&
	    c_is(t + 2, ")"))
		return arena_fmt(e->report->arena,
		    "%s is written without parentheses", text(e, t));
	if (t->kind == C_STRING)
		return wrong_text(e, o, t);
	if (t->kind == C_NUMBER)
		return wrong_number(e, o, t, alone);
	if (t->kind == C_CHAR && text_wanted)
		return arena_fmt(e->report->arena,
		    ".%s takes text in double quotes: write .%s = \"%.*s\"",
		    o->name, o->name, (int)t->len - 2, t->at + 1);
	if (text_wanted && (c_is(t, "true") || c_is(t, "false")))
		return arena_fmt(e->report->arena,
		    ".%s takes text; write .%s = \"%s\"", o->name, o->name,
		    text(e, t));
	if (c_is(t, "(") && c_is(t + 1, "{"))
		return "collections are data: no statement stands in them";
	return wrong_list(e, o, t);
}

/* Returns the dot of an option inside the value, behind no comma, or NULL. */
static const struct c_token *
next_option(struct explaining *e, size_t from, size_t to)
{
	int depth = 0;

	for (size_t i = from; i + 2 < to; i++) {
		const struct c_token *t = explain_token(e, i);

		depth += c_is(t, "(") || c_is(t, "{");
		depth -= c_is(t, ")") || c_is(t, "}");
		if (i > from && !depth && c_is(t, ".") && t[1].kind == C_WORD &&
		    c_is(t + 2, "="))
			return t;
	}
	return NULL;
}

/* Did the compiler say so of these lines? */
static bool
is_said(const struct explaining *e, const char *piece, int line, int end_line)
{
	for (size_t i = 0; i < e->said->n; i++) {
		const struct complaint *c = &e->said->v[i];

		if (c->line >= line && c->line <= end_line &&
		    strstr(c->text, piece))
			return true;
	}
	return false;
}

/* Tells of a value that only a running program would know. */
static bool
tell_not_constant(
    struct explaining *e, const struct option *o, size_t from, size_t to)
{
	const struct c_token *t = explain_token(e, from);
	bool call = c_is(explain_token(e, from + 1), "(");

	/* what is meant to be VALUES is not known, to begin with */
	if (t->kind != C_WORD || (!call && to - from > 1) ||
	    explain_nearest(text(e, t)) ||
	    !is_said(e, "initializer element is not", t[-3].line,
		explain_token(e, to)->line))
		return false;
	if (call)
		TELL(e, t, "collections are data: %s() does not run here",
		    text(e, t));
	else
		TELL(e, t,
		    "the value of .%s is not known when the collections are "
		    "compiled",
		    o->name);
	return true;
}

static bool
takes_two(const struct c_token *t)
{
	return c_is(t, "OPS") || c_is(t, "WITH") || c_is(t, "COLLATE");
}

/* Tells of DESC(title), whose field stands in quotes, and of OPS("title"). */
static bool
tell_bare_part(struct explaining *e, size_t from, size_t to)
{
	static const char *const around[] = { "DESC", "EXPR", "OPS", "COLLATE",
		"NULLS_FIRST", "NULLS_LAST", "WITH" };

	for (size_t i = from; i + 3 < to; i++) {
		const struct c_token *t = explain_token(e, i);

		if (takes_two(t) && c_is(t + 1, "(") && t[2].kind == C_STRING &&
		    c_is(t + 3, ")")) {
			TELL(e, t, "%s takes two texts: write %s(%s, \"…\")",
			    text(e, t), text(e, t), text(e, t + 2));
			return true;
		}
		if (t[2].kind != C_WORD || !c_is(t + 1, "(") ||
		    !(c_is(t + 3, ")") || c_is(t + 3, ",")) ||
		    explain_is_defined(e, t + 2))
			continue;
		for (size_t k = 0; k < sizeof(around) / sizeof(*around); k++) {
			if (!c_is(t, around[k]))
				continue;
			TELL(e, t + 2, "write %s(\"%s\"), in quotes", around[k],
			    text(e, t + 2));
			return true;
		}
	}
	return false;
}

bool
explain_value(
    struct explaining *e, const struct option *o, size_t from, size_t to)
{
	const struct option_values *v = &option_values[o->type];
	const struct c_token *t = explain_token(e, from);
	const struct c_token *next = next_option(e, from, to);
	const char *word = text(e, t), *wrong;
	const char *meant;

	if (from >= to)
		return false;
	if (next) {
		TELL(e, next, "a comma is missing before .%s",
		    text(e, next + 1));
		return true;
	}
	if (o->type == OPTION_PARTS && tell_bare_part(e, from, to))
		return true;
	wrong = wrong_literal(e, o, t, to - from == 1);
	if (wrong) {
		TELL(e, t, "%s", wrong);
		return true;
	}
	if (!v->words || t->kind != C_WORD || one_of(v, t) ||
	    !explain_names(e, word, t->line, t->line))
		return tell_not_constant(e, o, from, to);
	meant = text_nearest(word, v->words, v->n);
	if (meant)
		TELL(e, t, ".%s has no value %s; did you mean %s?", o->name,
		    word, meant);
	else
		TELL(e, t, ".%s has no value %s; it takes %s", o->name, word,
		    v->wanted);
	return true;
}

const char *
explain_by_name(struct arena *a, const struct kind *k, const char *value)
{
	static const struct {
		unsigned short kind;
		const char *option;
	} firsts[] = {
		{ DEESSE_KIND_COLLECTION, "label" },
		{ DEESSE_KIND_CONFIG, "database" },
		{ DEESSE_KIND_TEXT, "max" },
		{ DEESSE_KIND_BLOB, "max" },
		{ DEESSE_KIND_INTEGER, "bits" },
		{ DEESSE_KIND_DECIMAL, "precision" },
		{ DEESSE_KIND_VECTOR, "dimensions" },
		{ DEESSE_KIND_COLUMN, "type" },
		{ DEESSE_KIND_ENUM, "values" },
		{ DEESSE_KIND_HAS_MANY, "by" },
		{ DEESSE_KIND_HAS_ONE, "by" },
		{ DEESSE_KIND_INDEX, "on" },
		{ DEESSE_KIND_UNIQUE, "on" },
		{ DEESSE_KIND_PRIMARY_KEY, "on" },
		{ DEESSE_KIND_FOREIGN_KEY, "on" },
		{ DEESSE_KIND_EXCLUDE, "on" },
		{ DEESSE_KIND_PARTITION_BY, "on" },
		{ DEESSE_KIND_TRIGGER, "event" },
		{ DEESSE_KIND_VIEW, "sql" },
		{ DEESSE_KIND_POLICY, "using" },
		{ DEESSE_KIND_DOMAIN_TYPE, "type" },
	};
	bool is_text = *value == '"', is_number = strchr("-0123456789", *value);
	const struct option *o = NULL;

	for (size_t i = 0; i < sizeof(firsts) / sizeof(*firsts); i++)
		if (firsts[i].kind == k->kind)
			o = kind_option(
			    k, firsts[i].option, strlen(firsts[i].option));
	if (o && o->type == OPTION_PARTS && is_text)
		return arena_fmt(a, ".%s = {%s}", o->name, value);
	if (o && ((o->type == OPTION_TEXT && is_text) ||
		     (o->type == OPTION_LIST && !is_text && !is_number) ||
		     ((o->type == OPTION_INT || o->type == OPTION_INT64) &&
			 is_number)))
		return arena_fmt(a, ".%s = %s", o->name, value);
	return arena_fmt(a, ".option = %s", value);
}

/* Returns the option that has a word like CASCADE as its value, or NULL. */
static const struct option *
option_of_word(const struct kind *k, const struct c_token *t)
{
	for (size_t i = 0; t->kind == C_WORD && i < k->n; i++)
		if (k->options[i].type != OPTION_FLAG &&
		    one_of(&option_values[k->options[i].type], t))
			return &k->options[i];
	return NULL;
}

bool
explain_no_option(
    struct explaining *e, const struct kind *k, size_t from, size_t to)
{
	const struct c_token *t = explain_token(e, from);
	const struct c_token *next = explain_token(e, from + 1);
	const struct option *o =
	    t->kind == C_WORD ? kind_option(k, t->at, t->len) : NULL;
	bool dot = from && c_is(t - 1, ".");

	if (t->kind == C_WORD && c_is(next, "=")) {
		if (o)
			TELL(e, t, "a dot is missing: write .%s = …", o->name);
		else
			explain_option(e, k, t);
		return true;
	}
	if (o && (dot || c_is(next, ":") || to - from == 1)) {
		TELL(e, t, "write .%s = %s", o->name,
		    option_values[o->type].example);
		return true;
	}
	o = to - from == 1 ? option_of_word(k, t) : NULL;
	if (o) {
		TELL(e, t, "%s takes its options by name: write .%s = %s",
		    k->name, o->name, text(e, t));
		return true;
	}
	/* a word alone may be a macro of the author's */
	if (t->kind == C_WORD && to - from == 1 &&
	    !explain_names(e, text(e, t), t->line, t->line))
		return false;
	if (c_is(t, "VALUES") && c_is(next, "(")) {
		TELL(e, t, "%s takes its options by name: write %s", k->name,
		    explain_by_name(e->report->arena, k, "VALUES(…)"));
		return true;
	}
	if (t->kind == C_WORD && c_is(next, "("))
		return false;
	TELL(e, t, "%s takes its options by name: write %s", k->name,
	    explain_by_name(e->report->arena, k, text(e, t)));
	return true;
}
