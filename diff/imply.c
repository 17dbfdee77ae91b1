/* imply - does what held before prove what must hold now?
 *
 * A list of values that grows, a bound that widens, a key that gains a column:
 * no stored row can break them, so they need no probe and no question. Only
 * forms that are certain are answered with yes; everything else is no.
 */
#include "diff/pass.h"

#include <stdlib.h>

#include "base/text.h"
#include "sql/lex.h"

VEC(tokens, struct token);

static struct tokens
read_tokens(struct arena *a, enum dialect d, const struct expr *e)
{
	const char *text = e->key ? e->key : e->text;
	struct tokens out = { 0 };
	struct lexer l;
	struct token t;

	lex_init(&l, d, text, strlen(text));
	while (lex_next(&l, &t))
		vec_push(a, &out, t);
	lex_release(&l);
	return out;
}

static bool
one_of(const struct token *t, const char *const *words)
{
	for (; *words; words++)
		if (token_is(t, *words))
			return true;
	return false;
}

static bool
same_token(const struct token *a, const struct token *b)
{
	return a->kind == b->kind && a->len == b->len &&
	       !memcmp(a->at, b->at, a->len);
}

/* A word below which more may become less. */
static bool
turns(const struct token *t)
{
	static const char *const words[] = { "not", "case", "=", "==", "<>",
		"!=", "is", "isnull", "notnull", "between", "exists", NULL };

	return t->kind == TOKEN_BAD || one_of(t, words);
}

static bool
is_comparison(const struct token *t)
{
	static const char *const words[] = { "<", "<=", ">", ">=", NULL };

	return one_of(t, words);
}

/* Are all comparisons `expression op number`, joined by AND alone? */
static bool
only_bounds(const struct tokens *t)
{
	static const char *const others[] = { "or", "in", "like", "glob",
		"regexp", "match", "any", "all", "some", "ilike", NULL };
	int comparisons = 0;

	for (size_t i = 0; i < t->n; i++) {
		if (turns(&t->v[i]) || one_of(&t->v[i], others))
			return false;
		if (token_is(&t->v[i], "and"))
			comparisons = 0;
		else if (is_comparison(&t->v[i]) && ++comparisons > 1)
			return false;
	}
	return t->n > 0;
}

static bool
ends_bound(const struct tokens *t, size_t i)
{
	return i == t->n || token_is(&t->v[i], "and") ||
	       token_is(&t->v[i], ")");
}

/* Is the number at i, after a comparison that is the same, no tighter? */
static bool
widens(const struct tokens *old, const struct tokens *new, size_t i)
{
	bool negative = i > 0 && token_is(&new->v[i - 1], "-");
	size_t op = i - (negative ? 2 : 1);
	double was, is;

	if (i < (negative ? 2u : 1u) || !is_comparison(&new->v[op]) ||
	    new->v[i].kind != TOKEN_NUMBER || old->v[i].kind != TOKEN_NUMBER ||
	    !ends_bound(new, i + 1))
		return false;
	/* keys are terminated, and a number ends where its token does */
	was = strtod(old->v[i].at, NULL) * (negative ? -1 : 1);
	is = strtod(new->v[i].at, NULL) * (negative ? -1 : 1);
	return *new->v[op].at == '<' ? is >= was : is <= was;
}

static bool
bounds_imply(const struct tokens *old, const struct tokens *new)
{
	if (old->n != new->n || !only_bounds(old))
		return false;
	for (size_t i = 0; i < new->n; i++)
		if (!same_token(&old->v[i], &new->v[i]) && !widens(old, new, i))
			return false;
	return true;
}

/* Sets *from to where the values of a list begin that ends the expression. */
static bool
is_list(const struct tokens *t, size_t *from)
{
	size_t i = 0;

	while (i < t->n && !token_is(&t->v[i], "in")) {
		if (turns(&t->v[i]))
			return false;
		i++;
	}
	if (i + 3 >= t->n || !token_is(&t->v[i + 1], "(") ||
	    !token_is(&t->v[t->n - 1], ")"))
		return false;
	*from = i + 2;
	for (i = *from; i + 1 < t->n; i += 2)
		if ((t->v[i].kind != TOKEN_STRING &&
			t->v[i].kind != TOKEN_NUMBER) ||
		    (i + 2 < t->n && !token_is(&t->v[i + 1], ",")))
			return false;
	return i == t->n;
}

/* Is the string the quoted form of the label? */
static bool
is_label(const struct token *t, const char *label)
{
	const char *p = t->at + 1, *end = t->at + t->len - 1;

	if (t->kind != TOKEN_STRING || *t->at != '\'')
		return false;
	for (; *label; label++, p++) {
		if (p >= end || *p != *label)
			return false;
		p += *p == '\'';
	}
	return p == end;
}

/* Do they say the same value, once labels are renamed? */
static bool
same_value(const struct token *old, const struct token *new,
    const struct names *labels_was)
{
	if (same_token(old, new))
		return true;
	for (size_t i = 0; labels_was && i + 1 < labels_was->n; i += 2)
		if (is_label(old, labels_was->v[i]) &&
		    is_label(new, labels_was->v[i + 1]))
			return true;
	return false;
}

static bool
lists_imply(const struct tokens *old, const struct tokens *new,
    const struct names *labels_was)
{
	size_t o, n, from;

	if (!is_list(old, &from) || !is_list(new, &n) || n != from)
		return false;
	for (size_t i = 0; i < from; i++)
		if (!same_token(&old->v[i], &new->v[i]))
			return false;
	for (o = from; o + 1 < old->n; o += 2) {
		for (n = from; n + 1 < new->n; n += 2)
			if (same_value(&old->v[o], &new->v[n], labels_was))
				break;
		if (n + 1 >= new->n)
			return false;
	}
	return true;
}

static bool
check_implies(enum dialect d, const struct constraint *old,
    const struct constraint *new, const struct names *labels_was)
{
	struct arena mem = { 0 };
	struct tokens was, is;
	bool yes;

	if (expr_equal(&old->check, &new->check))
		return true;
	was = read_tokens(&mem, d, &old->check);
	is = read_tokens(&mem, d, &new->check);
	yes = bounds_imply(&was, &is) || lists_imply(&was, &is, labels_was);
	arena_release(&mem);
	return yes;
}

/* Does each part of the old key stand in the new one? */
static bool
key_implies(enum dialect d, const struct parts *old, const struct parts *new)
{
	for (size_t i = 0; i < old->n; i++) {
		const struct part *p = &old->v[i];
		size_t k = 0;

		while (k < new->n &&
		       (!p->column || !new->v[k].column ||
			   !schema_same_name(d, p->column, new->v[k].column) ||
			   !schema_same_name(
			       d, p->collation, new->v[k].collation)))
			k++;
		if (k == new->n)
			return false;
	}
	return old->n > 0;
}

static bool
names_same(enum dialect d, const struct names *a, const struct names *b)
{
	for (size_t i = 0; i < a->n && i < b->n; i++)
		if (!schema_same_name(d, a->v[i], b->v[i]))
			return false;
	return a->n == b->n;
}

static bool
reference_implies(
    enum dialect d, const struct constraint *old, const struct constraint *new)
{
	if (old->parts.n != new->parts.n ||
	    !schema_same_name(d, old->target, new->target) ||
	    !schema_same_name(d, old->target_schema, new->target_schema) ||
	    !names_same(d, &old->target_columns, &new->target_columns))
		return false;
	for (size_t i = 0; i < old->parts.n; i++)
		if (!schema_same_name(
			d, old->parts.v[i].column, new->parts.v[i].column))
			return false;
	return !constraint_more(new)->match ||
	       !text_same_nocase(constraint_more(new)->match, "FULL");
}

static bool
is_key(const struct constraint *c)
{
	return c->kind == CONSTRAINT_UNIQUE ||
	       c->kind == CONSTRAINT_PRIMARY_KEY;
}

bool
constraint_implies(enum dialect d, const struct constraint *old,
    const struct constraint *new, const struct names *labels_was)
{
	if (old->not_valid)
		return false;
	if (new->kind == CONSTRAINT_UNIQUE && is_key(old))
		return key_implies(d, &old->parts, &new->parts) &&
		       (!new->nulls_not_distinct || old->nulls_not_distinct);
	if (old->kind != new->kind)
		return false;
	if (new->kind == CONSTRAINT_FOREIGN_KEY)
		return reference_implies(d, old, new);
	return new->kind ==
	       CONSTRAINT_CHECK &&check_implies(d, old, new, labels_was);
}

bool
index_implies(enum dialect d, const struct index *old, const struct index *new)
{
	if (!old->unique ||
	    (new->nulls_not_distinct && !old->nulls_not_distinct))
		return false;
	return key_implies(d, &old->parts, &new->parts) &&
	       (!old->where.text || expr_equal(&old->where, &new->where));
}
