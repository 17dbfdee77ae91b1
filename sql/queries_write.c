/* queries_write - statements that write, as a trigger has them */
#include "sql/queries_scope.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* A column of a table that is written to. */
static void
written(const struct scope *s, const struct reading *r, size_t i,
    const struct query_table *t)
{
	struct query_ref q = { .name = reading_name(r, i), .at = *peek(r, i) };

	vec_push(r->a, &q.tables, *t);
	vec_push(r->a, s->out, q);
}

static size_t
skip_or(const struct reading *r, size_t i)
{
	return i + (token_is(peek(r, i), "or") ? 2 : 0);
}

/* Takes what stands between SET and the next clause. */
static void
take_set(
    const struct scope *s, const struct reading r, const struct query_table *t)
{
	static const char *const comma[] = { ",", NULL };
	size_t end;

	for (size_t i = 0; i < r.tokens.n; i = end + 1) {
		end = find_one_of(&r, i, comma);
		if (token_names(peek(&r, i)) && token_is(peek(&r, i + 1), "="))
			written(s, &r, i, t);
		else if (!token_is(peek(&r, i), "("))
			continue;
		while (i < end && !token_is(peek(&r, i), "="))
			i++;
		scope_expression(s, reading_part(&r, i + 1, end), false);
	}
}

static void
take_update(const struct scope *s, const struct reading *r)
{
	static const char *const ends[] = { "from", "where", "order", "limit",
		"returning", NULL };
	struct level l = { .up = s->level };
	struct scope here = *s;
	struct relation x = { 0 };
	size_t i = read_table(r, skip_or(r, 1), &x.table), set, rest;

	x.alias = x.table.name;
	i = i ? read_alias(r, i, &x) : 0;
	if (!i || x.opaque || !token_is(peek(r, i), "set"))
		return;
	set = i + 1;
	i = find_one_of(r, set, ends);
	rest = i;
	if (token_is(peek(r, i), "from")) {
		rest = find_one_of(r, i + 1, query_clauses);
		scope_from(s, &l, reading_part(r, i + 1, rest));
	}
	vec_push(r->a, &l.relations, x);
	here.level = &l;
	take_set(&here, reading_part(r, set, i), &x.table);
	scope_clauses(&here, r, rest, false);
}

static void
take_delete(const struct scope *s, const struct reading *r)
{
	struct level l = { .up = s->level };
	struct scope here = *s;
	struct relation x = { 0 };
	size_t i =
	    token_is(peek(r, 1), "from") ? read_table(r, 2, &x.table) : 0;

	x.alias = x.table.name;
	i = i ? read_alias(r, i, &x) : 0;
	if (!i || token_is(peek(r, i), "using"))
		return;
	vec_push(r->a, &l.relations, x);
	here.level = &l;
	scope_clauses(&here, r, i, false);
}

static void
take_insert(const struct scope *s, const struct reading *r)
{
	static const char *const queries[] = { "select", "values", "with",
		NULL };
	static const char *const ends[] = { "on", "returning", NULL };
	struct relation x = { 0 };
	size_t i = skip_or(r, 1), end;
	struct reading rows;

	i = token_is(peek(r, i), "into") ? read_table(r, i + 1, &x.table) : 0;
	x.alias = x.table.name;
	if (!i)
		return;
	if (token_is(peek(r, i), "("))
		for (end = sql_closing(r, i); i < end; i += 2)
			if (token_names(peek(r, i + 1)) &&
			    (i + 2 == end || token_is(peek(r, i + 2), ",")))
				written(s, r, i + 1, &x.table);
	i = find_one_of(r, i, queries);
	/* ON CONFLICT, or that of a JOIN: then nothing is said of the rest */
	end = find_one_of(r, i, ends);
	rows = reading_part(r, i, end);
	if (end == r->tokens.n || token_is(peek(r, end + 1), "conflict"))
		scope_query(s, &rows);
}

void
scope_statement(const struct scope *s, const struct reading r)
{
	static const struct {
		const char *word;
		void (*take)(const struct scope *s, const struct reading *r);
	} kinds[] = {
		{ "select", scope_query },
		{ "with", scope_query },
		{ "values", scope_query },
		{ "insert", take_insert },
		{ "replace", take_insert },
		{ "update", take_update },
		{ "delete", take_delete },
	};

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (token_is(peek(&r, 0), kinds[i].word))
			kinds[i].take(s, &r);
}
