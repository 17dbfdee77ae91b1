/* subject - what a statement is about: the kind of a thing, and its name */
#include "sql/say.h"

#include <string.h>

#include "base/buf.h"
#include "sql/key.h"
#include "sql/lang.h"
#include "sql/quote.h"
#include "sql/reading.h"
#include "sql/routine.h"

enum form {
	FORM_NAME,    /* app.posts */
	FORM_BARE,    /* a name that has no schema */
	FORM_COLUMN,  /* app.posts.title */
	FORM_ROUTINE, /* app.f(integer) */
	FORM_ON,      /* mine ON app.posts */
	FORM_TYPES,   /* (a AS b), === (a, b) */
};

/* The longest of those that begin alike goes first. */
static const struct {
	const char *word;
	enum form form;
	const char *instead; /* another word means the same */
} kinds[] = {
	{ "ACCESS METHOD", FORM_BARE, NULL },
	{ "AGGREGATE", FORM_ROUTINE, NULL },
	{ "CAST", FORM_TYPES, NULL },
	{ "COLLATION", FORM_NAME, NULL },
	{ "COLUMN", FORM_COLUMN, NULL },
	{ "CONSTRAINT", FORM_ON, NULL },
	{ "CONVERSION", FORM_NAME, NULL },
	{ "DOMAIN", FORM_NAME, NULL },
	{ "EVENT TRIGGER", FORM_BARE, NULL },
	{ "EXTENSION", FORM_BARE, NULL },
	{ "FOREIGN DATA WRAPPER", FORM_BARE, NULL },
	{ "FOREIGN SERVER", FORM_BARE, NULL },
	{ "FOREIGN TABLE", FORM_NAME, NULL },
	{ "FUNCTION", FORM_ROUTINE, NULL },
	{ "INDEX", FORM_NAME, NULL },
	{ "LANGUAGE", FORM_BARE, NULL },
	{ "PROCEDURAL LANGUAGE", FORM_BARE, "LANGUAGE" },
	{ "MATERIALIZED VIEW", FORM_NAME, NULL },
	{ "OPERATOR", FORM_TYPES, NULL },
	{ "POLICY", FORM_ON, NULL },
	{ "PROCEDURE", FORM_ROUTINE, NULL },
	{ "PUBLICATION", FORM_BARE, NULL },
	{ "ROUTINE", FORM_ROUTINE, "FUNCTION" },
	{ "RULE", FORM_ON, NULL },
	{ "SCHEMA", FORM_BARE, NULL },
	{ "SEQUENCE", FORM_NAME, NULL },
	{ "SERVER", FORM_BARE, NULL },
	{ "STATISTICS", FORM_NAME, NULL },
	{ "TABLE", FORM_NAME, NULL },
	{ "TEXT SEARCH CONFIGURATION", FORM_NAME, NULL },
	{ "TEXT SEARCH DICTIONARY", FORM_NAME, NULL },
	{ "TRIGGER", FORM_ON, NULL },
	{ "TYPE", FORM_NAME, NULL },
	{ "VIEW", FORM_NAME, NULL },
};

static void
add_name(struct buf *b, const struct reading *r, const char *schema,
    const char *name)
{
	sql_qualified(b, r->d, schema, name);
}

/* Reads up to three names with points between; how many. */
static size_t
read_parts(struct reading *r, const char *parts[3])
{
	size_t n = 0;

	while (n < 3 && token_names(peek(r, 0))) {
		parts[n++] =
		    sql_unquote(r->a, r->d, peek(r, 0)->at, peek(r, 0)->len);
		r->at++;
		if (!accept_token(r, "."))
			break;
	}
	return n;
}

static bool
read_column(struct reading *r, struct subject *s, struct buf *b)
{
	const char *parts[3], *home = sql_lang(r->d)->home;
	size_t n = read_parts(r, parts);

	if (n < 2)
		return false;
	s->column = parts[n - 1];
	s->about = parts[n - 2];
	s->schema =
	    n == 3 && !(home && !strcmp(parts[0], home)) ? parts[0] : NULL;
	add_name(b, r, s->schema, s->about);
	buf_putc(b, '.');
	sql_ident(b, r->d, s->column);
	return true;
}

/* `mine ON app.posts`, `c ON DOMAIN d`: it is about the table. */
static bool
read_on(struct reading *r, struct subject *s, struct buf *b)
{
	const char *schema, *name;

	if (!read_name(r, &schema, &name) || !accept_token(r, "on"))
		return false;
	s->column = name;
	sql_ident(b, r->d, name);
	buf_puts(b, " ON ");
	if (token_is(peek(r, 0), "domain") && token_names(peek(r, 1))) {
		r->at++;
		buf_puts(b, "DOMAIN ");
		s->word = "DOMAIN CONSTRAINT";
	}
	if (!read_name(r, &s->schema, &s->about))
		return false;
	add_name(b, r, s->schema, s->about);
	return true;
}

static bool
read_arguments(
    struct reading *r, struct subject *s, struct buf *b, const char **why)
{
	struct routine what;
	size_t close;

	if (!read_name(r, &s->schema, &s->about))
		return false;
	add_name(b, r, s->schema, s->about);
	if (!token_is(peek(r, 0), "("))
		return true; /* the only one of its name */
	close = find_word(r, r->at + 1, ")");
	if (close == r->tokens.n || !routine_read(r->a, r->d, peek(r, 0),
					close + 1 - r->at, &what, why))
		return false;
	buf_fmt(b, "(%s)", what.signature);
	r->at = close + 1;
	return true;
}

/* A cast is called by its types, as the statement that makes it says them. */
static const char *
cast_of(const struct reading *r, size_t open, size_t end)
{
	const struct token *t = r->tokens.v;
	size_t as = find_word(r, open + 1, "as");

	if (as >= end)
		return cut(r, open, end);
	return arena_fmt(r->a, "(%s AS %s)",
	    routine_type(r->a, r->d, &t[open + 1], as - open - 1),
	    routine_type(r->a, r->d, &t[as + 1], end - as - 2));
}

/* (a AS b); app.=== (a, b) */
static bool
read_types(struct reading *r, struct subject *s, struct buf *b)
{
	const char *home = sql_lang(r->d)->home;
	size_t open, end;

	if (token_names(peek(r, 0)) && token_is(peek(r, 1), ".")) {
		s->schema =
		    sql_unquote(r->a, r->d, peek(r, 0)->at, peek(r, 0)->len);
		r->at += 2;
		if (home && !strcmp(s->schema, home))
			s->schema = NULL;
		else
			r->at -= 2;
	}
	open = find_word(r, r->at, "(");
	end = find_word(r, open + 1, ")") + 1;
	if (end > r->tokens.n)
		return false;
	buf_puts(b, routine_text(r->a, r->d, peek(r, 0), end - r->at));
	r->at += s->schema ? 2 : 0;
	s->about = open > r->at ? cut(r, r->at, open) : cast_of(r, open, end);
	r->at = end;
	return true;
}

bool
subject_read(const struct reading *from, size_t at, struct subject *out,
    const char **why)
{
	struct reading r = *from;
	struct buf b = { 0 };
	size_t i = 0, n = 0;
	enum form form;
	bool ok;

	*out = (struct subject){ 0 };
	for (; i < sizeof(kinds) / sizeof(*kinds) && !n; i++)
		n = words_at(from, at, kinds[i].word);
	if (!n)
		return false;
	i--;
	r.at = at + n;
	form = kinds[i].form;
	out->word = kinds[i].instead ? kinds[i].instead : kinds[i].word;
	accept_words(&r, "if exists");
	out->only = accept_token(&r, "only");
	buf_fmt(&b, "%s ", out->word);
	switch (form) {
	case FORM_NAME:
	case FORM_BARE:
		ok = read_name(&r, &out->schema, &out->about);
		if (ok)
			add_name(&b, &r, out->schema, out->about);
		break;
	case FORM_COLUMN:
		ok = read_column(&r, out, &b);
		break;
	case FORM_ROUTINE:
		ok = read_arguments(&r, out, &b, why);
		break;
	case FORM_ON:
		ok = read_on(&r, out, &b);
		break;
	default:
		ok = read_types(&r, out, &b);
	}
	out->end = r.at;
	out->text = buf_take(&b, r.a);
	return ok;
}
