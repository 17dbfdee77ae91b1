/* queries - the columns that queries plainly name */
#include "base/text.h"
#include "sql/key.h"
#include "sql/queries_scope.h"

/* Nobody writes so many queries inside one another. */
#define DEPTH_MAX 60

const char *const query_clauses[] = { "where", "group", "having", "window",
	"order", "limit", "offset", "fetch", "for", "returning", NULL };

static const char *const unions[] = { "union", "intersect", "except", NULL };

bool
is_one_of(const struct token *t, const char *const *words)
{
	for (; *words; words++)
		if (token_is(t, *words))
			return true;
	return false;
}

struct reading
reading_part(const struct reading *r, size_t from, size_t to)
{
	struct reading p = *r;

	if (to > r->tokens.n)
		to = r->tokens.n;
	if (from > to)
		from = to;
	p.tokens.v += from;
	p.tokens.n = to - from;
	return p;
}

size_t
find_one_of(const struct reading *r, size_t i, const char *const *words)
{
	for (; i < r->tokens.n; i++) {
		if (is_one_of(peek(r, i), words))
			return i;
		if (token_is(peek(r, i), "("))
			i = sql_closing(r, i);
	}
	return r->tokens.n;
}

const char *
reading_name(const struct reading *r, size_t i)
{
	const struct token *t = peek(r, i);

	return sql_unquote(r->a, r->d, t->at, t->len);
}

/* ---------------------------------- names --------------------------------- */

/* Does the token give what stands before it another name? */
static bool
is_alias(const struct reading *r, size_t i)
{
	const struct token *t = peek(r, i), *before;

	if (!i || !token_names(t) || sql_is_joint(t))
		return false;
	before = peek(r, i - 1);
	if (token_is(before, "as"))
		return true;
	return before->kind == TOKEN_OP
		   ? token_is(before, ")") || token_is(before, "]") ||
			 (i > 1 && token_is(before, "*"))
		   : !sql_is_joint(before) || token_is(before, "end") ||
			 token_is(before, "null") || token_is(before, "true") ||
			 token_is(before, "false");
}

/* Is it a name that the list gives; with `any`, some word of it? */
static bool
in_list(const struct reading *list, const char *name, bool any)
{
	for (size_t i = 0; i < list->tokens.n; i++)
		if (token_names(peek(list, i)) && (any || is_alias(list, i)) &&
		    text_same_nocase(reading_name(list, i), name))
			return true;
	return false;
}

/* Returns how many relations are called so, and the last of them. */
static size_t
called(const struct level *l, const char *name, const struct relation **found)
{
	size_t n = 0;

	for (size_t i = 0; i < l->relations.n; i++)
		if (text_same_nocase(l->relations.v[i].alias, name)) {
			*found = &l->relations.v[i];
			n++;
		}
	return n;
}

/* Adds what can have the column at this level. False where that, or what is
 * further out, is not to be known; *found where it must be here. */
static bool
ask_level(const struct reading *r, const struct level *l, struct query_ref *q,
    bool sorts, bool *found)
{
	const struct relation *one = NULL;
	size_t n = called(l, q->of ? q->of : q->name, &one);

	if (l->broken)
		return false;
	if (q->of) {
		*found = n;
		if (n == 1 && !one->opaque)
			vec_push(r->a, &q->tables, one->table);
		return !n || (n == 1 && !one->opaque);
	}
	/* a whole row; what the list calls so */
	if (n || in_list(&l->list, q->name, sorts))
		return false;
	for (size_t i = 0; i < l->relations.n; i++) {
		if (l->relations.v[i].opaque)
			return false;
		vec_push(r->a, &q->tables, l->relations.v[i].table);
	}
	return true;
}

static void
take(const struct scope *s, const struct reading *r,
    const struct column_ref *ref, bool sorts)
{
	struct query_ref q = {
		.of = ref->of, .name = ref->name, .at = ref->at
	};
	bool found = false;

	for (const struct level *l = s->level; l && !found; l = l->up) {
		if (!ask_level(r, l, &q, sorts, &found))
			return;
		sorts = false;
	}
	q.outer = !found;
	vec_push(r->a, s->out, q);
}

static void
on_query(void *context, const struct reading *inside)
{
	scope_query(context, inside);
}

/* Takes an expression; sorts: it may say what the list calls something. */
void
scope_expression(const struct scope *s, const struct reading r, bool sorts)
{
	struct scope here = *s;
	struct column_refs refs = { 0 };

	sql_columns_in(&r, &refs, on_query, &here);
	for (size_t i = 0; s->level && i < refs.n; i++)
		take(s, &r, &refs.v[i], sorts);
}

/* Takes expressions between commas, without the names that they get. */
static void
scope_expressions(const struct scope *s, const struct reading r, bool sorts)
{
	static const char *const comma[] = { ",", NULL };
	size_t end;

	for (size_t i = 0; i < r.tokens.n; i = end + 1) {
		struct reading one;

		end = find_one_of(&r, i, comma);
		one = reading_part(&r, i, end);
		if (!sorts && one.tokens.n > 1 &&
		    is_alias(&one, one.tokens.n - 1)) {
			one.tokens.n--;
			one.tokens.n -=
			    token_is(peek(&one, one.tokens.n - 1), "as");
		}
		scope_expression(s, one, sorts);
	}
}

/* --------------------------------- queries -------------------------------- */

/* Takes WHERE, GROUP BY … from i on. */
void
scope_clauses(
    const struct scope *s, const struct reading *r, size_t i, bool sorted)
{
	while (i < r->tokens.n) {
		size_t end = find_one_of(r, i + 1, query_clauses);
		bool by = token_is(peek(r, i + 1), "by");

		if (token_is(peek(r, i), "where"))
			scope_expression(s, reading_part(r, i + 1, end),
			    r->d == DIALECT_SQLITE);
		else if (token_is(peek(r, i), "having"))
			scope_expression(s, reading_part(r, i + 1, end), true);
		else if (by && (sorted || token_is(peek(r, i), "group")))
			scope_expressions(s, reading_part(r, i + 2, end), true);
		else if (token_is(peek(r, i), "returning"))
			scope_expressions(
			    s, reading_part(r, i + 1, end), false);
		i = end;
	}
}

/* Returns the place of FROM, which is not that of IS DISTINCT FROM. */
static size_t
find_from(const struct reading *r)
{
	static const char *const word[] = { "from", NULL };
	size_t i = 0;

	do
		i = find_one_of(r, i + 1, word);
	while (i < r->tokens.n && token_is(peek(r, i - 1), "distinct"));
	return i;
}

/* sorted: its ORDER BY is its own, not that of a UNION. */
static void
take_select(const struct scope *s, const struct reading *r, bool sorted)
{
	struct level l = { .up = s->level };
	struct scope here = *s;
	size_t begin = 1, end = find_from(r), rest;

	if (words_at(r, begin, "distinct on") &&
	    token_is(peek(r, begin + 2), "("))
		begin = sql_closing(r, begin + 2) + 1;
	else
		begin += token_is(peek(r, begin), "distinct") ||
			 token_is(peek(r, begin), "all");
	rest =
	    find_one_of(r, end < r->tokens.n ? end + 1 : begin, query_clauses);
	here.level = &l;
	l.list = reading_part(r, begin, end < rest ? end : rest);
	if (end < r->tokens.n)
		scope_from(s, &l, reading_part(r, end + 1, rest));
	scope_expressions(&here, l.list, false);
	scope_clauses(&here, r, rest, sorted);
}

/* Takes queries between UNION and the like. */
static void
compound(const struct scope *s, const struct reading r)
{
	bool several = find_one_of(&r, 0, unions) < r.tokens.n;
	size_t end;

	for (size_t i = 0; i < r.tokens.n; i = end + 1) {
		struct reading one, inside;

		end = find_one_of(&r, i, unions);
		i += i && (token_is(peek(&r, i), "all") ||
			      token_is(peek(&r, i), "distinct"));
		one = reading_part(&r, i, end);
		inside = reading_part(&one, 1, sql_closing(&one, 0));
		if (token_is(peek(&one, 0), "("))
			scope_query(s, &inside);
		else if (token_is(peek(&one, 0), "select"))
			take_select(s, &one, !several);
		else if (token_is(peek(&one, 0), "values"))
			scope_expression(
			    s, reading_part(&one, 1, one.tokens.n), false);
	}
}

/* Takes the queries of WITH; returns the place behind them, or 0. */
static size_t
take_with(const struct scope *s, struct with *w, const struct reading *r)
{
	struct scope here = *s;
	struct readings bodies = { 0 };
	size_t i = 1;

	i += token_is(peek(r, i), "recursive");
	for (;; i++) {
		if (!token_names(peek(r, i)))
			return 0;
		vec_push(r->a, &w->names, reading_name(r, i++));
		if (token_is(peek(r, i), "("))
			i = sql_closing(r, i) + 1;
		if (!token_is(peek(r, i++), "as"))
			return 0;
		i += token_is(peek(r, i), "not");
		i += token_is(peek(r, i), "materialized");
		if (!token_is(peek(r, i), "("))
			return 0;
		vec_push(
		    r->a, &bodies, reading_part(r, i + 1, sql_closing(r, i)));
		i = sql_closing(r, i) + 1;
		if (!token_is(peek(r, i), ","))
			break;
	}
	here.with = w;
	for (size_t k = 0; k < bodies.n; k++)
		if (sql_begins_query(peek(&bodies.v[k], 0)))
			scope_query(&here, &bodies.v[k]);
	return i;
}

void
scope_query(const struct scope *s, const struct reading *r)
{
	struct scope here = *s;
	struct with w = { .up = s->with };
	size_t i = 0;

	if (++here.depth > DEPTH_MAX)
		return;
	if (token_is(peek(r, 0), "with")) {
		i = take_with(s, &w, r);
		if (!i)
			return;
		here.with = &w;
	}
	compound(&here, reading_part(r, i, r->tokens.n));
}

/* ----------------------------------- all ---------------------------------- */

static bool
is_readable(const struct reading *r)
{
	for (size_t i = 0; i < r->tokens.n; i++)
		if (peek(r, i)->kind == TOKEN_BAD ||
		    peek(r, i)->kind == TOKEN_META)
			return false;
	return true;
}

void
sql_expression_queries(
    struct arena *a, enum dialect d, const char *expr, struct query_refs *out)
{
	struct scope s = { .out = out };
	struct reading r;

	reading_init(&r, a, d, expr, strlen(expr));
	if (is_readable(&r))
		scope_expression(&s, r, false);
}

void
sql_statement_queries(
    struct arena *a, enum dialect d, const char *text, struct query_refs *out)
{
	static const char *const semicolon[] = { ";", NULL };
	struct scope s = { .out = out };
	struct reading r;
	size_t end;

	reading_init(&r, a, d, text, strlen(text));
	for (size_t i = 0; is_readable(&r) && i < r.tokens.n; i = end + 1) {
		end = find_one_of(&r, i, semicolon);
		scope_statement(&s, reading_part(&r, i, end));
	}
}
