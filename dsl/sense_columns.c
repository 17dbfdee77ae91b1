/* sense_columns - columns that the SQL of an item names, and nobody has
 *
 * Only what must be a column is looked up (sql/columns.h); a database would
 * say the same later, and in worse words.
 */
#include <string.h>

#include "base/text.h"
#include "dsl/options.h"
#include "dsl/sense.h"
#include "sql/columns.h"
#include "sql/key.h"
#include "sql/reading.h"

/* Where SQL stands that is over the rows of the collection. */
static const struct {
	unsigned short kind; /* 0: every field */
	const char *option;
} expressions[] = {
	{ 0, "check" },
	{ 0, "generated" },
	{ DEESSE_KIND_CHECK, "sql" },
	{ DEESSE_KIND_INDEX, "on" },
	{ DEESSE_KIND_INDEX, "where" },
	{ DEESSE_KIND_EXCLUDE, "on" },
	{ DEESSE_KIND_EXCLUDE, "where" },
	{ DEESSE_KIND_PARTITION_BY, "on" },
	{ DEESSE_KIND_POLICY, "using" },
	{ DEESSE_KIND_POLICY, "with_check" },
};

/* What a table has beside its columns. */
static const char *const hidden[][8] = {
	[DIALECT_SQLITE] = { "rowid", "oid", "_rowid_", "true", "false" },
	[DIALECT_POSTGRES] = { "ctid", "xmin", "xmax", "cmin", "cmax",
	    "tableoid" },
};

static bool
has(const struct sensing *s, const char *name)
{
	const char *const *h = hidden[s->l->dialect];

	for (; *h; h++)
		if (text_same_nocase(*h, name))
			return true;
	for (size_t i = 0; i < s->c->fields.n; i++)
		if (schema_same_name(
			s->l->dialect, s->c->fields.v[i]->column->name, name))
			return true;
	return false;
}

/* Returns the column that was probably meant: that of a field of this name, or
 * one of nearly this name; or NULL. */
static const char *
meant(const struct sensing *s, const char *name)
{
	const struct field *f = sense_field(s->c, name);
	struct names all = { 0 };

	if (f)
		return f->column->name;
	for (size_t i = 0; i < s->c->fields.n; i++)
		vec_push(s->a, &all, s->c->fields.v[i]->column->name);
	return text_nearest(name, all.v, all.n);
}

/* ------------------------------ where it stands --------------------------- */

static bool
letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

/* Returns the place in the string of the token, or of the name between its
 * quotes, or the length. */
static size_t
place_of(const struct c_token *string, const struct token *t)
{
	bool quoted = t->kind == TOKEN_NAME && t->len > 2;
	const char *s = string->at;
	size_t n = string->len;
	const char *whole = memmem(s, n, t->at, t->len);
	const char *word = t->at + quoted;
	size_t len = t->len - 2 * quoted;

	if (quoted && whole)
		return (size_t)(whole - s) + 1;
	for (size_t i = 1; i + len < n; i++)
		if (!memcmp(s + i, word, len) && !letter(s[i - 1]) &&
		    !letter(s[i + len]))
			return i;
	return n;
}

/* Tells it at the word in the string after the option, or at the option. */
static void
tell_word(const struct sensing *s, const char *option,
    const struct column_ref *r, const char *text)
{
	struct told_place at = told_place(s->l, s->item, option);
	const struct c_token *t = at.scan ? &at.scan->tokens.v[at.token] : NULL;

	for (size_t i = at.token; t && i < at.end; i++, t++) {
		size_t found;

		/* the next option */
		if (i > at.token && c_is(t, ".") && t[1].kind == C_WORD &&
		    c_is(t + 2, "="))
			break;
		if (t->kind != C_STRING)
			continue;
		found = place_of(t, &r->at);
		if (found == t->len)
			continue;
		report_add(s->l->report, s->item->file, t->line,
		    t->column + (int)found, "%s", text);
		return;
	}
	tell(s->l, s->item, option, "%s", text);
}

static void
look_up(const struct sensing *s, const char *option, const struct column_ref *r)
{
	const char *near, *text;

	if (has(s, r->name))
		return;
	/* "draft" may be a string there */
	if (s->l->rules->quoted_strings && *r->at.at == '"')
		return;
	near = meant(s, r->name);
	if (near && r->at.kind == TOKEN_WORD && text_same_nocase(r->name, near))
		text = arena_fmt(s->a,
		    "%s has no column \"%s\"; a name with capitals stands in "
		    "quotes: \\\"%s\\\"",
		    s->c->slug, r->name, near);
	else if (near)
		text = arena_fmt(s->a,
		    "%s has no column \"%s\"; did you mean \"%s\"?", s->c->slug,
		    r->name, near);
	else
		text = arena_fmt(
		    s->a, "%s has no column \"%s\"", s->c->slug, r->name);
	tell_word(s, option, r, text);
}

/* ------------------------------- expressions ------------------------------ */

/* What DESC, OPS and the like put around a part; NULL: it is a field. */
static const char *
expression_of(const struct sensing *s, const char *part)
{
	bool expr = false;
	size_t n = strspn(part, "\001\002\005\006");

	expr = memchr(part, '\002', n) != NULL;
	part += n;
	return expr ? arena_strndup(s->a, part, strcspn(part, "\003\004\007"))
		    : NULL;
}

static void
check_expression(const struct sensing *s, const char *option, const char *text)
{
	const char *table = s->c->table->name;
	struct column_refs refs = { 0 };

	sql_columns(s->a, s->l->dialect, lower_expr(s->l, text).text, &refs);
	for (size_t i = 0; i < refs.n; i++) {
		const struct column_ref *r = &refs.v[i];

		/* a whole row; what is no column of this table */
		if (r->of ? !schema_same_name(s->l->dialect, r->of, table)
			  : schema_same_name(s->l->dialect, r->name, table))
			continue;
		look_up(s, option, r);
	}
}

static void
check_option(const struct sensing *s, const char *name)
{
	const struct kind *k = kind_of(s->item->kind);
	const struct option *o = NULL;
	const char *const *texts;

	for (size_t i = 0; i < k->n; i++)
		if (!strcmp(k->options[i].name, name))
			o = &k->options[i];
	texts = (const void *)((const char *)s->item + o->offset);
	if (o->type == OPTION_TEXT && *texts)
		check_expression(s, o->argument ? NULL : name, *texts);
	for (size_t i = 0; o->type == OPTION_PARTS && i < DEESSE_PARTS; i++) {
		const char *expr = texts[i] ? expression_of(s, texts[i]) : NULL;

		if (!texts[i])
			break;
		if (expr)
			check_expression(s, name, expr);
	}
}

/* -------------------------------- triggers -------------------------------- */

static void
check_rows(const struct sensing *s, const char *option, const char *text)
{
	static const char *const rows[] = { "new", "old" };
	struct column_refs refs = { 0 };

	for (size_t i = 0; text && i < 2; i++)
		sql_columns_of(s->a, s->l->dialect, text, rows[i], &refs);
	for (size_t i = 0; i < refs.n; i++)
		look_up(s, option, &refs.v[i]);
}

/* "after update of title, views" */
static void
check_event(const struct sensing *s, const char *event)
{
	struct reading r;
	size_t at;

	if (!event)
		return;
	reading_init(&r, s->a, s->l->dialect, event, strlen(event));
	for (at = find_word(&r, 0, "of") + 1; token_names(peek(&r, at));
	     at += 2) {
		const struct token *t = peek(&r, at);
		struct column_ref ref = { .at = *t };

		ref.name = sql_unquote(s->a, s->l->dialect, t->at, t->len);
		look_up(s, "event", &ref);
		if (!token_is(peek(&r, at + 1), ","))
			break;
	}
}

static void
check_trigger(const struct sensing *s)
{
	const struct deesse_TRIGGER *t = (const void *)s->item;

	check_event(s, t->event);
	check_rows(s, "when", t->when);
	check_rows(s, "sql", t->sql);
}

/* Are all its fields known: was none left out, because its name was wrong? */
static bool
is_whole(const struct sensing *s)
{
	for (size_t i = 0; i < s->c->from->n; i++) {
		const struct deesse_item *item = s->c->from->items[i];
		size_t k = 0;

		if (!kind_of(item->kind)->field || !item_here(s->l, item))
			continue;
		while (k < s->c->fields.n && s->c->fields.v[k]->item != item)
			k++;
		if (k == s->c->fields.n)
			return false;
	}
	return true;
}

void
sense_columns(const struct sensing *s)
{
	if (!s->c || !is_whole(s))
		return;
	for (size_t i = 0; i < sizeof(expressions) / sizeof(*expressions); i++)
		if (expressions[i].kind ? expressions[i].kind == s->item->kind
					: s->f != NULL)
			check_option(s, expressions[i].option);
	if (s->item->kind == DEESSE_KIND_TRIGGER)
		check_trigger(s);
}
