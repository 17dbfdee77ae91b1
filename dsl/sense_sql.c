/* sense_sql - columns that .sql files name, and nobody has */
#include <string.h>

#include "dsl/sense_words.h"
#include "dsl/statement.h"

/* Returns the text up to its end, from the token behind the first one that is
 * this word; NULL where there is none. What stands before it stays, as spaces:
 * places are counted from the start of the statement. */
static const char *
behind(const struct reading *r, const char *text, const char *word, size_t *at)
{
	size_t i = find_word(r, *at, word);
	size_t before;
	char *copy;

	if (i >= r->tokens.n)
		return NULL;
	*at = i + 1;
	before = (size_t)(peek(r, i)->at - text) + peek(r, i)->len;
	copy = arena_strdup(r->a, text);
	for (size_t k = 0; k < before; k++)
		if (copy[k] != '\n')
			copy[k] = ' ';
	return copy;
}

/* Leaves of a text that is in parentheses what is in them. */
static bool
unwrap(const struct reading *r, size_t at, const char *text, char *copy)
{
	size_t end = sql_closing(r, at);

	if (!token_is(peek(r, at), "(") || end >= r->tokens.n)
		return false;
	copy[peek(r, at)->at - text] = ' ';
	copy[peek(r, end)->at - text] = '\0';
	return true;
}

static void
check_view(struct sensing *s, struct sql_named *x, const struct reading *r)
{
	const char *text = x->sql;
	size_t at = 0;

	x->sql = behind(r, text, "as", &at);
	if (x->sql)
		sense_statements(s, x);
}

static void
check_policy(struct sensing *s, struct sql_named *x, const struct reading *r)
{
	static const char *const words[] = { "using", "check" };
	const char *text = x->sql;

	for (size_t i = 0; s->c && i < 2; i++) {
		size_t at = 0;

		x->sql = behind(r, text, words[i], &at);
		if (x->sql && unwrap(r, at, text, (char *)(uintptr_t)x->sql))
			sense_expression(s, x);
	}
}

static void
check_trigger(struct sensing *s, struct sql_named *x, const struct reading *r)
{
	const char *text = x->sql;
	size_t at = 0;

	if (s->c)
		sense_rows(s, x);
	/* PostgreSQL has a function there */
	x->sql = behind(r, text, "begin", &at);
	if (x->sql)
		sense_statements(s, x);
}

static const struct {
	enum object_kind kind;
	void (*check)(
	    struct sensing *s, struct sql_named *x, const struct reading *r);
} checks[] = {
	{ OBJECT_VIEW, check_view },
	{ OBJECT_MATERIALIZED_VIEW, check_view },
	{ OBJECT_POLICY, check_policy },
	{ OBJECT_TRIGGER, check_trigger },
};

void
sense_sql(struct lowering *l, const struct stated *of)
{
	struct sensing s = { .l = l, .a = l->arena };
	struct query_table table = { of->table_schema, of->table };
	struct sql_named x = { .stated = of };
	struct reading r;

	x.sql =
	    arena_strndup(l->arena, of->statement->text, of->statement->len);
	reading_init(&r, l->arena, l->dialect, x.sql, strlen(x.sql));
	s.c = of->table ? lowered_of(l, &table) : NULL;
	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++)
		if (checks[i].kind == of->kind)
			checks[i].check(&s, &x, &r);
}
