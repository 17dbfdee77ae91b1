/* sense_words - what SQL calls columns, and where it does */
#include "dsl/sense_words.h"

#include <string.h>

#include "base/text.h"
#include "dsl/options.h"
#include "sql/lang.h"
#include "sql/split.h"

/* What a table has beside its columns. */
static const char *const hidden[][8] = {
	[DIALECT_SQLITE] = { "rowid", "oid", "_rowid_", "true", "false" },
	[DIALECT_POSTGRES] = { "ctid", "xmin", "xmax", "cmin", "cmax",
	    "tableoid" },
};

static bool
has(const struct lowering *l, const struct lowered *c, const char *name)
{
	const char *const *h = hidden[l->dialect];

	for (; *h; h++)
		if (text_same_nocase(*h, name))
			return true;
	for (size_t i = 0; i < c->fields.n; i++)
		if (schema_same_name(l->dialect, c->fields.v[i]->as, name))
			return true;
	return false;
}

/* Returns the column that was probably meant: that of a field of this name, or
 * one of nearly this name; or NULL. */
static const char *
meant(const struct sensing *s, const struct lowered *const *of, size_t n,
    const char *name)
{
	struct names all = { 0 };

	for (size_t k = 0; k < n; k++) {
		const struct field *f = sense_field(of[k], name);

		if (f)
			return f->as;
		for (size_t i = 0; i < of[k]->fields.n; i++)
			vec_push(s->a, &all, of[k]->fields.v[i]->as);
	}
	return text_nearest(name, all.v, all.n);
}

/* ------------------------------ where it stands --------------------------- */

static bool
letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

/* A name as it is written: the word, without its quotes. */
struct word {
	const char *at;
	size_t len;
	size_t before; /* how often the text has it before */
};

/* Does the word stand at i, whole? What an escape ends is no letter of it. */
static bool
stands(const char *s, size_t n, size_t i, const struct word *w)
{
	return i + w->len <= n && !memcmp(s + i, w->at, w->len) &&
	       (!i || !letter(s[i - 1]) || (i > 1 && s[i - 2] == '\\')) &&
	       (i + w->len == n || !letter(s[i + w->len]));
}

static struct word
word_of(const struct token *t, const char *text)
{
	bool quoted = t->kind == TOKEN_NAME && t->len > 2;
	struct word w = { .at = t->at + quoted, .len = t->len - 2 * quoted };
	size_t n = (size_t)(w.at - text);

	for (size_t i = 0; i < n; i++)
		w.before += stands(text, n + w.len, i, &w);
	return w;
}

/* Returns the place of the word in the string, or the length; what stands
 * before it is counted down. */
static size_t
place_of(const struct c_token *string, struct word *w)
{
	for (size_t i = 1; i + 1 < string->len; i++)
		if (stands(string->at, string->len - 1, i, w) && !w->before--)
			return i;
	return string->len;
}

/* Tells it where it stands in a file of SQL. */
static void
tell_file(const struct sensing *s, const struct sql_named *x, const char *text)
{
	int line = x->stated->statement->line;
	int column = x->stated->statement->column;
	bool quoted = x->at->kind == TOKEN_NAME;

	for (const char *c = x->sql; c < x->at->at + quoted; c++) {
		line += *c == '\n';
		column = *c == '\n' ? 1 : column + 1;
	}
	report_add(s->l->report, x->stated->file, line, column, "%s", text);
}

/* Tells it at the word in the string after the option, or at the option. */
static void
tell_word(const struct sensing *s, const struct sql_named *x, const char *text)
{
	struct told_place at = told_place(s->l, s->item, x->option);
	const struct c_token *t = at.scan ? &at.scan->tokens.v[at.token] : NULL;
	struct word word = word_of(x->at, x->sql);

	for (size_t i = at.token; t && i < at.end; i++, t++) {
		size_t found;

		/* the next option */
		if (i > at.token && c_is(t, ".") && t[1].kind == C_WORD &&
		    c_is(t + 2, "="))
			break;
		if (t->kind != C_STRING)
			continue;
		found = place_of(t, &word);
		if (found == t->len)
			continue;
		report_add(s->l->report, s->item->file, t->line,
		    t->column + (int)found, "%s", text);
		return;
	}
	tell(s->l, s->item, x->option, "%s", text);
}

/* Who has no such column: "users has", "neither users nor posts has". */
static const char *
who(const struct sensing *s, const struct lowered *const *of, size_t n)
{
	const char *text;

	if (n == 1)
		return arena_fmt(s->a, "%s has no", of[0]->slug);
	text = arena_fmt(s->a, "neither %s", of[0]->slug);
	for (size_t i = 1; i < n; i++)
		text = arena_fmt(s->a, "%s nor %s", text, of[i]->slug);
	return arena_fmt(s->a, "%s has a", text);
}

/* Tells where none of these has the column. */
static void
look_up(const struct sensing *s, const struct lowered *const *of, size_t n,
    const struct sql_named *x)
{
	const char *near, *text;

	for (size_t i = 0; i < n; i++)
		if (has(s->l, of[i], x->name))
			return;
	/* "draft" may be a string there */
	if (s->l->rules->quoted_strings && *x->at->at == '"')
		return;
	near = meant(s, of, n, x->name);
	text = arena_fmt(s->a, "%s column \"%s\"", who(s, of, n), x->name);
	if (near && x->at->kind == TOKEN_WORD &&
	    text_same_nocase(x->name, near))
		text = arena_fmt(s->a,
		    "%s; a name with capitals stands in quotes: \\\"%s\\\"",
		    text, near);
	else if (near)
		text = arena_fmt(s->a, "%s; did you mean \"%s\"?", text, near);
	(x->stated ? tell_file : tell_word)(s, x, text);
}

void
sense_column(const struct sensing *s, const struct sql_named *x)
{
	look_up(s, &s->c, 1, x);
}

/* --------------------------------- queries -------------------------------- */

bool
lowered_is_whole(const struct lowering *l, const struct lowered *c)
{
	size_t k = 0; /* fields stand in the order of their items */

	for (size_t i = 0; i < c->from->n; i++) {
		const struct deesse_item *item = c->from->items[i];

		if (!kind_of(item->kind)->field || !item_here(l, item))
			continue;
		while (k < c->fields.n && c->fields.v[k]->item != item)
			k++;
		if (k == c->fields.n)
			return false;
	}
	return true;
}

static bool
same_schema(const struct lowering *l, const char *a, const char *b)
{
	return a && b ? schema_same_name(l->dialect, a, b) : a == b;
}

const struct lowered *
lowered_of(const struct lowering *l, const struct query_table *t)
{
	const char *home = sql_lang(l->dialect)->home;
	const char *schema = t->schema;

	if (schema && home && !strcmp(schema, home))
		schema = NULL;
	for (size_t i = 0; i < l->all.n; i++) {
		const struct lowered *c = l->all.v[i];

		if (schema_same_name(l->dialect, c->table->name, t->name) &&
		    same_schema(l, c->table->schema, schema))
			return c->whole ? c : NULL;
	}
	return NULL;
}

/* A function of one row is called like a column of it, too. */
static bool
is_function(const struct lowering *l, const char *name)
{
	for (size_t i = 0; i < l->schema->objects.n; i++)
		if (object_traits(l->schema->objects.v[i]->kind)->signature &&
		    text_same_nocase(l->schema->objects.v[i]->name, name))
			return true;
	return false;
}

/* Looks up what a query names; `own`: the text stands where the row of the
 * collection is known. */
static void
look_query(const struct sensing *s, const struct query_ref *q,
    const struct sql_named *x, bool own)
{
	VEC(owners, const struct lowered *) all = { 0 };

	for (size_t i = 0; i < q->tables.n; i++) {
		const struct lowered *c = lowered_of(s->l, &q->tables.v[i]);

		if (!c)
			return;
		vec_push(s->a, &all, c);
	}
	if (q->outer && q->of &&
	    !(own && schema_same_name(s->l->dialect, q->of, s->c->table->name)))
		return;
	if (q->outer && own)
		vec_push(s->a, &all, s->c);
	if (all.n && !is_function(s->l, q->name))
		look_up(s, all.v, all.n, x);
}

static void
look_queries(const struct sensing *s, const struct query_refs *refs,
    struct sql_named *x, bool own)
{
	for (size_t i = 0; i < refs->n; i++) {
		x->name = refs->v[i].name;
		x->at = &refs->v[i].at;
		look_query(s, &refs->v[i], x, own);
	}
}

/* ---------------------------------- texts --------------------------------- */

void
sense_expression(const struct sensing *s, struct sql_named *x)
{
	const char *table = s->c->table->name;
	struct column_refs refs = { 0 };
	struct query_refs queries = { 0 };

	sql_columns(s->a, s->l->dialect, x->sql, &refs);
	for (size_t i = 0; i < refs.n; i++) {
		const struct column_ref *r = &refs.v[i];

		/* a whole row; what is no column of this table */
		if (r->of ? !schema_same_name(s->l->dialect, r->of, table)
			  : schema_same_name(s->l->dialect, r->name, table))
			continue;
		x->name = r->name;
		x->at = &r->at;
		sense_column(s, x);
	}
	sql_expression_queries(s->a, s->l->dialect, x->sql, &queries);
	look_queries(s, &queries, x, true);
}

void
sense_rows(const struct sensing *s, struct sql_named *x)
{
	static const char *const rows[] = { "new", "old" };
	struct column_refs refs = { 0 };

	for (size_t i = 0; i < 2; i++)
		sql_columns_of(s->a, s->l->dialect, x->sql, rows[i], &refs);
	for (size_t i = 0; i < refs.n; i++) {
		x->name = refs.v[i].name;
		x->at = &refs.v[i].at;
		sense_column(s, x);
	}
}

void
sense_statements(const struct sensing *s, struct sql_named *x)
{
	struct query_refs refs = { 0 };

	sql_statement_queries(s->a, s->l->dialect, x->sql, &refs);
	look_queries(s, &refs, x, false);
}
