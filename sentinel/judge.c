/* judge - findings on one statement, then on a text
 *
 * Every action of an ALTER TABLE must be known by itself, so that no harmless
 * one can cover for another.
 */
#include "sentinel/sentinel.h"

#include <string.h>

#include "sentinel/context.h"
#include "sentinel/rule.h"

struct judge {
	struct arena *arena;
	const struct statement *statement;
	const char *table; /* of ALTER TABLE, else NULL */
	struct findings *out;
};

/* The bytes of the statement from the first to the last word of the shape. */
static void
span(const struct judge *j, const struct shape *s, struct finding *f)
{
	const struct token *first, *last;

	f->length = j->statement->len;
	if (!s->marks.n)
		return;
	first = &s->marks.v[0].token;
	last = &s->marks.v[s->marks.n - 1].token;
	f->offset = (size_t)(first->at - j->statement->text);
	f->length = (size_t)(last->at + last->len - first->at);
}

static const char *
object(const struct judge *j, const struct shape *s, const struct hit *hit)
{
	const char *table = j->table, *column;

	if (hit->table_end > hit->table)
		table = shape_name(j->arena, s, hit->table, hit->table_end);
	if (hit->column_end == hit->column)
		return table;
	column = shape_name(j->arena, s, hit->column, hit->column_end);
	return table ? arena_fmt(j->arena, "%s.%s", table, column) : column;
}

static void
add(struct judge *j, const struct rule *r, const struct shape *s,
    const struct hit *hit)
{
	struct finding f = {
		.rule = r->name,
		.class = r->class,
		.message = r->message,
		.hint = r->hint,
		.object = object(j, s, hit),
		.rows = -1,
		.destructive = r->effect == EFFECT_DESTRUCTIVE,
	};

	span(j, s, &f);
	vec_push(j->arena, j->out, f);
}

/* What is true of the whole statement; returns whether it is the worst. */
static bool
judge_facts(struct judge *j, const struct shape *s)
{
	struct shape culprit = { .dialect = s->dialect, .facts = s->facts };
	struct hit hit;
	bool worst = false;

	vec_push(
	    j->arena, &culprit.marks, (struct mark){ .token = s->culprit });
	for (size_t i = 0; s->facts && i < sentinel_rules_n; i++) {
		const struct rule *r = &sentinel_rules[i];

		if (r->pattern || !rule_matches(i, &culprit, &hit))
			continue;
		add(j, r, &culprit, &hit);
		worst |= r->effect == EFFECT_DESTRUCTIVE;
	}
	return worst;
}

/* Judges a statement, or one action of it, by its words. */
static void
judge_words(struct judge *j, const struct shape *s, bool known)
{
	struct hit hit;

	for (size_t i = 0; i < sentinel_rules_n; i++) {
		const struct rule *r = &sentinel_rules[i];

		if (!r->pattern || !rule_matches(i, s, &hit))
			continue;
		known = true;
		if (r->effect != EFFECT_SAFE)
			add(j, r, s, &hit);
	}
	if (!known)
		add(j, rule_named("unknown-statement"), s, &(struct hit){ 0 });
}

enum verdict
sentinel_judge(struct arena *a, struct sentinel_context *ctx, enum dialect d,
    const struct statement *st, struct findings *out)
{
	struct findings found = { 0 };
	struct judge j = { .arena = a, .statement = st, .out = &found };
	struct shapes actions = { 0 };
	struct marks table = { 0 };
	struct arena scratch = { 0 };
	struct shape *s = shape_of(&scratch, d, st);
	bool worst = judge_facts(&j, s);

	if (ctx && ctx->transaction)
		s->facts |= 1u << FACT_TRANSACTION;
	if (shape_actions(&scratch, s, &actions, &table)) {
		j.table = shape_name(
		    a, s, table.v[0].at, table.v[table.n - 1].at + 1);
		for (size_t i = 0; i < actions.n; i++)
			judge_words(&j, &actions.v[i], worst);
	} else if (s->len) {
		judge_words(&j, s, worst);
	}
	if (ctx)
		context_apply(a, ctx, s, &actions, &found);
	for (size_t i = 0; i < found.n; i++)
		vec_push(a, out, found.v[i]);
	arena_release(&scratch);
	return findings_verdict(&found);
}

enum verdict
sentinel_judge_step(struct arena *a, struct sentinel_context *ctx,
    enum dialect d, const char *text, struct findings *out)
{
	struct statements all = { 0 };
	enum verdict worst = VERDICT_SAFE;

	sql_split(a, &all, d, text, strlen(text));
	for (size_t i = 0; i < all.n; i++) {
		size_t first = out->n;
		enum verdict v = sentinel_judge(a, ctx, d, &all.v[i], out);

		worst = v > worst ? v : worst;
		for (size_t k = first; k < out->n; k++)
			out->v[k].offset += all.v[i].offset;
	}
	return worst;
}

enum verdict
sentinel_judge_text(
    struct arena *a, enum dialect d, const char *text, struct findings *out)
{
	struct sentinel_context ctx = { 0 };

	return sentinel_judge_step(a, &ctx, d, text, out);
}
