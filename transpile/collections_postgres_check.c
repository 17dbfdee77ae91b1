/* collections_postgres_check - checks and defaults that were options
 *
 * What .min, .max, .lowercase and .match declare the server spells in words of
 * its own, which are these. A check is options only if all of it is so spelt,
 * in the order in which they are declared; behind them may stand one that was a
 * .check. The proof of a pull reads the same table the other way: what the
 * options make is spelt as the server will.
 */
#include "transpile/collections_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sql/key.h"
#include "sql/lex.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

enum family {
	OTHER,
	PLAIN_TEXT,
	VARCHAR,
	WHOLE,
	NUMERIC,
	REAL,
	BYTES,
};

static const struct {
	const char *type;
	enum family family;
} families[] = {
	{ "text", PLAIN_TEXT },
	{ "character varying", VARCHAR },
	{ "character varying(", VARCHAR },
	{ "bigint", WHOLE },
	{ "integer", WHOLE },
	{ "smallint", WHOLE },
	{ "numeric", NUMERIC },
	{ "numeric(", NUMERIC },
	{ "double precision", REAL },
	{ "bytea", BYTES },
};

/* What an option declares, and what the server makes of it: $ is the column, %
 * the value. Where the value is a fraction is another row. */
static const struct way {
	enum family family;
	const char *option, *declared, *spelt;
	enum { LENGTH, NUMBER, FRACTION, NOTHING, STRING } value;
} ways[] = {
	{ PLAIN_TEXT, "min", "length($) >= %", "length($) >= %", LENGTH },
	{ PLAIN_TEXT, "lowercase", "$ = lower($)", "$ = lower($)", NOTHING },
	{ PLAIN_TEXT, "match", "$ ~ %", "$ ~ %::text", STRING },
	{ VARCHAR, "min", "length($) >= %", "length(($)::text) >= %", LENGTH },
	{ VARCHAR, "lowercase", "$ = lower($)", "($)::text = lower(($)::text)",
	    NOTHING },
	{ VARCHAR, "match", "$ ~ %", "($)::text ~ %::text", STRING },
	{ WHOLE, "min", "$ >= %", "$ >= %", NUMBER },
	{ WHOLE, "max", "$ <= %", "$ <= %", NUMBER },
	{ NUMERIC, "min", "$ >= %", "$ >= (%)::numeric", NUMBER },
	{ NUMERIC, "min", "$ >= %", "$ >= %", FRACTION },
	{ NUMERIC, "max", "$ <= %", "$ <= (%)::numeric", NUMBER },
	{ NUMERIC, "max", "$ <= %", "$ <= %", FRACTION },
	{ REAL, "min", "$ >= %", "$ >= (%)::double precision", NUMBER },
	{ REAL, "min", "$ >= %", "$ >= (%)::double precision", FRACTION },
	{ REAL, "max", "$ <= %", "$ <= (%)::double precision", NUMBER },
	{ REAL, "max", "$ <= %", "$ <= (%)::double precision", FRACTION },
	{ BYTES, "max", "octet_length($) <= %", "octet_length($) <= %",
	    LENGTH },
};
enum { WAYS = sizeof(ways) / sizeof(*ways) };

static enum family
family_of(const struct column *c)
{
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++) {
		const char *type = families[i].type;

		if (text_ends(type, "(")
			? text_starts(c->type, type) && text_ends(c->type, ")")
			: !strcmp(c->type, type))
			return families[i].family;
	}
	return OTHER;
}

/* Negative ones, and those of more digits than an integer, the server spells
 * otherwise. */
static bool
is_whole(const char *s)
{
	size_t n = strlen(s);

	return n && n <= 9 && n == strspn(s, "0123456789") &&
	       (*s != '0' || n == 1);
}

static bool
is_fraction(const char *s)
{
	size_t whole = strspn(s, "0123456789"), rest;

	if (!whole || s[whole] != '.' || whole > 9)
		return false;
	rest = strspn(s + whole + 1, "0123456789");
	return rest && rest <= 9 && !s[whole + 1 + rest];
}

static bool
is_string(struct arena *a, const char *s)
{
	struct buf b = { 0 };
	bool same;

	if (*s != '\'')
		return false;
	sql_literal(&b, D, sql_unquote(a, D, s, strlen(s)));
	same = !strcmp(buf_str(&b), s) && strcmp(s, "''") != 0;
	buf_release(&b);
	return same;
}

static bool
is_value(struct arena *a, const struct way *w, const char *s)
{
	switch (w->value) {
	case LENGTH:
		return is_whole(s) && *s != '0';
	case NUMBER:
		return is_whole(s);
	case FRACTION:
		return is_fraction(s);
	case STRING:
		return is_string(a, s);
	default:
		return !*s;
	}
}

/* Writes a form with the column and the value in their places. */
static const char *
fill(struct arena *a, const char *form, const char *column, const char *value)
{
	struct buf b = { 0 };
	const char *s;

	for (; *form; form++)
		if (*form == '$')
			buf_puts(&b, column);
		else if (*form == '%')
			buf_puts(&b, value);
		else
			buf_putc(&b, *form);
	s = arena_strdup(a, buf_str(&b));
	buf_release(&b);
	return s;
}

/* Reads the value out of a text of that form, or returns NULL. */
static const char *
value_in(struct arena *a, const struct way *w, const char *form,
    const char *column, const char *text)
{
	const char *mark = fill(a, form, column, "\1"), *at = strchr(mark, 1);
	const char *value = "", *end;
	size_t n = strlen(text), rest;

	if (at) {
		rest = strlen(at + 1);
		if (strncmp(text, mark, (size_t)(at - mark)) != 0 ||
		    n < (size_t)(at - mark) + rest)
			return NULL;
		end = text + n - rest;
		value = arena_strndup(a, text + (at - mark),
		    (size_t)(end - text) - (size_t)(at - mark));
	}
	return is_value(a, w, value) &&
		       !strcmp(fill(a, form, column, value), text)
		   ? value
		   : NULL;
}

/* Splits (a) AND (b) at its ANDs; a text that is not so is one. */
static void
split(struct arena *a, const char *text, struct names *out)
{
	struct names parts = { 0 };
	struct lexer l;
	struct token t;
	const char *from = NULL;
	int depth = 0;
	bool ok = true, joined = true;

	lex_init(&l, D, text, strlen(text));
	while (ok && lex_next(&l, &t)) {
		if (!depth && token_is(&t, "(") && joined) {
			from = t.at + 1;
			joined = false;
		} else if (!depth) {
			ok = token_is(&t, "and") && !joined;
			joined = true;
			continue;
		}
		depth += token_is(&t, "(") - token_is(&t, ")");
		if (!depth && from)
			vec_push(a, &parts,
			    arena_strndup(a, from, (size_t)(t.at - from)));
	}
	lex_release(&l);
	if (ok && !joined && !depth && parts.n > 1)
		*out = parts;
	else
		vec_push(a, out, text);
}

/* A check as options, and what is left of it. */
struct options {
	const struct way *ways[8];
	const char *values[8];
	size_t n;
	const char *rest; /* NULL: nothing */
};

static bool
read_options(struct arena *a, const struct column *c, const char *text,
    bool spelt, struct options *out)
{
	enum family family = family_of(c);
	struct names parts = { 0 };
	struct buf b = { 0 };
	const char *column;
	size_t at = 0, i = 0;

	*out = (struct options){ 0 };
	sql_ident(&b, D, c->name);
	column = arena_strdup(a, buf_str(&b));
	buf_release(&b);
	split(a, text, &parts);
	for (; i < parts.n && out->n < 8; i++) {
		const char *value = NULL;

		for (; at < WAYS && !value; at++)
			if (ways[at].family == family &&
			    (!out->n || strcmp(out->ways[out->n - 1]->option,
					    ways[at].option) != 0))
				value = value_in(a, &ways[at],
				    spelt ? ways[at].spelt : ways[at].declared,
				    column, parts.v[i]);
		if (!value)
			break;
		out->ways[out->n] = &ways[at - 1];
		out->values[out->n++] = value;
	}
	if (i + 1 == parts.n)
		out->rest = parts.v[i];
	return out->n && i + 1 >= parts.n;
}

static void
say_option(
    struct arena *a, struct item *i, const struct way *w, const char *value)
{
	if (w->value == NOTHING)
		item_flag(a, i, w->option, true);
	else if (w->value == LENGTH)
		item_arg(a, i, ".%s = %s", w->option, value);
	else if (w->value == STRING)
		item_text(
		    a, i, w->option, sql_unquote(a, D, value, strlen(value)));
	else
		item_text(a, i, w->option, value);
}

/* A default that its options forbid is refused as a literal. */
static bool
is_within(const struct options *all, const char *value)
{
	for (size_t i = 0; value && i < all->n; i++) {
		double end = strtod(all->values[i], NULL), n;

		switch (all->ways[i]->value) {
		case LENGTH:
			n = (double)strlen(value);
			break;
		case NUMBER:
		case FRACTION:
			n = strtod(value, NULL);
			break;
		default:
			return false;
		}
		if (strcmp(all->ways[i]->option, "min") ? n > end : n < end)
			return false;
	}
	return true;
}

bool
postgres_say_check(
    struct telling *t, const struct field *f, struct item *i, const char *value)
{
	const struct constraint *c = telling_own_check(t, f);
	struct arena *a = t->teller->a;
	struct options all;

	if (!c || !read_options(a, f->column, c->check.text, true, &all))
		return true;
	telling_say(t, c);
	for (size_t k = 0; k < all.n; k++)
		say_option(a, i, all.ways[k], all.values[k]);
	item_text(a, i, "check", all.rest);
	return is_within(&all, value);
}

/* -------------------------------- defaults -------------------------------- */

const char *
postgres_literal(struct arena *a, const struct column *c)
{
	const char *text = c->default_value.text, *end;
	enum family family = family_of(c);
	const char *type = family == VARCHAR ? "character varying"
			   : family == PLAIN_TEXT || c->enum_type ? c->type
								  : NULL;

	if (!text || !type || *text != '\'')
		return NULL;
	end = arena_fmt(a, "::%s", type);
	if (!text_ends(text, end))
		return NULL;
	text = arena_strndup(a, text, strlen(text) - strlen(end));
	if (strcmp(text, "''") != 0 && !is_string(a, text))
		return NULL;
	return strcmp(text, "''") ? sql_unquote(a, D, text, strlen(text)) : "";
}

/* --------------------------------- the proof ------------------------------ */

static void
respell(struct arena *a, struct expr *e, const char *text)
{
	e->text = text;
	e->key = sql_key(a, D, text);
}

static void
spell_default(struct arena *a, struct column *c)
{
	enum family family = family_of(c);
	const char *text = c->default_value.text;

	if (!text || (strcmp(text, "''") != 0 && !is_string(a, text)))
		return;
	if (family == PLAIN_TEXT || family == VARCHAR)
		respell(a, &c->default_value,
		    arena_fmt(a, "%s::%s", text,
			family == VARCHAR ? "character varying" : "text"));
	else if (c->enum_type && !text_ends(c->type, "[]"))
		respell(a, &c->default_value,
		    arena_fmt(a, "%s::%s", text, c->type));
}

static void
spell_check(struct arena *a, const struct table *t, struct constraint *k)
{
	struct options all;
	struct buf b = { 0 };
	size_t i = 0;

	while (i < t->columns.n &&
	       !read_options(a, t->columns.v[i], k->check.text, false, &all))
		i++;
	if (i == t->columns.n)
		return;
	sql_ident(&b, D, t->columns.v[i]->name);
	respell(a, &k->check, "");
	for (size_t n = 0; n < all.n; n++)
		k->check.text = arena_fmt(a, "%s%s(%s)", k->check.text,
		    n ? " AND " : "",
		    fill(a, all.ways[n]->spelt, buf_str(&b), all.values[n]));
	if (all.rest)
		k->check.text =
		    arena_fmt(a, "%s AND (%s)", k->check.text, all.rest);
	respell(a, &k->check, k->check.text);
	buf_release(&b);
}

void
postgres_spell_options(struct arena *a, struct schema *s)
{
	for (size_t i = 0; i < s->tables.n; i++) {
		struct table *t = s->tables.v[i];

		for (size_t k = 0; k < t->columns.n; k++)
			spell_default(a, t->columns.v[k]);
		for (size_t k = 0; k < t->constraints.n; k++)
			if (t->constraints.v[k]->kind == CONSTRAINT_CHECK)
				spell_check(a, t, t->constraints.v[k]);
	}
}
