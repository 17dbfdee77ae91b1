/* queries_from - what a query is of */
#include "base/text.h"
#include "sql/queries_scope.h"

/* Nobody writes so many parentheses. */
#define DEPTH_MAX 60

/* A FROM: its parts are read when all of it is known. */
struct from {
	struct readings conditions; /* and arguments */
	struct readings lateral;    /* queries that know what is before them */
	struct readings queries;
};

static const char *const joins[] = { "join", "natural", "inner", "left",
	"right", "full", "cross", "outer", NULL };

static const char *const no_aliases[] = { "on", "using", "indexed", "not",
	"tablesample", "set", "default", "values", "select", NULL };

static bool
is_with(const struct with *w, const char *name)
{
	for (; w; w = w->up)
		for (size_t i = 0; i < w->names.n; i++)
			if (text_same_nocase(w->names.v[i], name))
				return true;
	return false;
}

/* Takes a name, of a schema or not; returns the place behind it, or 0. */
size_t
read_table(const struct reading *r, size_t i, struct query_table *t)
{
	if (!token_names(peek(r, i)) || sql_is_joint(peek(r, i)))
		return 0;
	t->name = reading_name(r, i++);
	if (token_is(peek(r, i), ".") && token_names(peek(r, i + 1))) {
		t->schema = t->name;
		t->name = reading_name(r, i + 1);
		i += 2;
	}
	return token_is(peek(r, i), ".") ? 0 : i;
}

/* Takes the alias at i, if there is one; returns the place behind it, or 0. */
size_t
read_alias(const struct reading *r, size_t i, struct relation *x)
{
	bool said = token_is(peek(r, i), "as");

	i += said;
	if (token_names(peek(r, i)) && !sql_is_joint(peek(r, i)) &&
	    !is_one_of(peek(r, i), joins) &&
	    !is_one_of(peek(r, i), query_clauses) &&
	    !is_one_of(peek(r, i), no_aliases)) {
		x->alias = reading_name(r, i++);
		if (token_is(peek(r, i), "(")) {
			x->opaque = true;
			i = sql_closing(r, i) + 1;
		}
	} else if (said) {
		return 0;
	}
	if (words_at(r, i, "indexed by"))
		i += 3;
	i += words_at(r, i, "not indexed");
	return i;
}

static bool from_list(const struct scope *s, struct level *l,
    const struct reading *r, struct from *f);

/* Takes one thing of a FROM; returns the place behind it, or 0. */
static size_t
from_one(const struct scope *s, struct level *l, const struct reading *r,
    size_t i, struct from *f)
{
	struct relation x = { .alias = "" };
	struct reading inside;
	bool lateral = token_is(peek(r, i), "lateral");

	i += lateral || token_is(peek(r, i), "only");
	if (token_is(peek(r, i), "(")) {
		inside = reading_part(r, i + 1, sql_closing(r, i));
		i += inside.tokens.n + 2;
		if (!sql_begins_query(peek(&inside, 0)))
			return from_list(s, l, &inside, f) &&
				       read_alias(r, i, &x) == i
				   ? i
				   : 0;
		vec_push(r->a, lateral ? &f->lateral : &f->queries, inside);
		x.opaque = true;
	} else {
		i = read_table(r, i, &x.table);
		if (!i)
			return 0;
		x.alias = x.table.name;
		x.opaque = !x.table.schema && is_with(s->with, x.table.name);
		if (token_is(peek(r, i), "(")) {
			vec_push(r->a, &f->conditions,
			    reading_part(r, i + 1, sql_closing(r, i)));
			i = sql_closing(r, i) + 1;
			i += words_at(r, i, "with ordinality");
			x.opaque = true;
		}
		i += token_is(peek(r, i), "*");
	}
	i = read_alias(r, i, &x);
	vec_push(r->a, &l->relations, x);
	return i;
}

/* Takes ON and USING; returns the place behind them. */
static size_t
condition(const struct reading *r, size_t i, struct from *f)
{
	static const char *const ends[] = { "join", "natural", "inner", "left",
		"right", "full", "cross", "on", "using", ",", NULL };

	while (token_is(peek(r, i), "on")) {
		size_t end = find_one_of(r, i + 1, ends);

		vec_push(r->a, &f->conditions, reading_part(r, i + 1, end));
		i = end;
	}
	if (token_is(peek(r, i), "using") && token_is(peek(r, i + 1), "("))
		i = sql_closing(r, i + 1) + 1;
	return i;
}

static bool
from_list(const struct scope *s, struct level *l, const struct reading *r,
    struct from *f)
{
	struct scope here = *s;
	size_t i = 0;

	here.depth++;
	for (;;) {
		i = here.depth < DEPTH_MAX ? from_one(&here, l, r, i, f) : 0;
		if (!i)
			return false;
		i = condition(r, i, f);
		if (i >= r->tokens.n)
			return true;
		if (token_is(peek(r, i), ",")) {
			i++;
			continue;
		}
		while (is_one_of(peek(r, i), joins) &&
		       !token_is(peek(r, i), "join"))
			i++;
		if (!token_is(peek(r, i++), "join"))
			return false;
	}
}

void
scope_from(const struct scope *s, struct level *l, const struct reading r)
{
	struct scope here = *s;
	struct from f = { 0 };

	l->broken = !from_list(s, l, &r, &f);
	here.level = l;
	for (size_t i = 0; i < f.conditions.n; i++)
		scope_expression(&here, f.conditions.v[i], false);
	for (size_t i = 0; i < f.lateral.n; i++)
		scope_query(&here, &f.lateral.v[i]);
	for (size_t i = 0; i < f.queries.n; i++)
		scope_query(s, &f.queries.v[i]);
}
