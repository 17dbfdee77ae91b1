/* judge - findings on one statement, then on a text
 *
 * Every action of an ALTER TABLE must be known by itself, so that no harmless
 * one can cover for another.
 */
#include "sentinel/judge.h"

#include <string.h>

#include "sentinel/context.h"
#include "sentinel/order.h"
#include "sentinel/sequence.h"
#include "sentinel/style.h"
#include "sentinel/twice.h"

#define SCRATCH (64 * 1024) /* bytes of shapes before they are let go */

static void
place(const struct judge *j, const struct token *from, const struct token *to,
    struct finding *f)
{
	f->offset = (size_t)(from->at - j->statement->text);
	f->length = (size_t)(to->at + to->len - from->at);
}

/* The bytes of the statement from the first to the last word of the shape. */
static void
span(const struct judge *j, const struct shape *s, struct finding *f)
{
	f->length = j->statement->len;
	if (s->marks.n)
		place(j, &s->marks.v[0].token,
		    &s->marks.v[s->marks.n - 1].token, f);
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

static struct finding
finding_of(const struct rule *r, const char *about)
{
	return (struct finding){ .rule = r->name,
		.class = r->class,
		.message = r->message,
		.hint = r->hint,
		.object = about,
		.rows = -1,
		.destructive = r->effect == EFFECT_DESTRUCTIVE };
}

void
judge_add(struct judge *j, const struct shape *s, const struct hit *hit)
{
	struct finding f = finding_of(hit->rule, object(j, s, hit));

	span(j, s, &f);
	vec_push(j->arena, j->out, f);
}

void
judge_say(struct judge *j, const char *rule, const struct token *from,
    const struct token *to, const char *about)
{
	const struct rule *r = rule_named(rule);
	struct finding f = finding_of(r, about);

	/* a statement that is cut off may not have the words */
	if (!(r->dialects >> j->dialect & 1) || !from->at)
		return;
	place(j, from, to->at ? to : from, &f);
	vec_push(j->arena, j->out, f);
}

void
sentinel_finish(struct arena *a, const struct sentinel_context *ctx,
    enum dialect d, struct findings *out)
{
	(void)d;
	if (ctx->transaction && !ctx->wrapped)
		vec_push(a, out,
		    finding_of(rule_named("uncommitted-transaction"), NULL));
	for (size_t i = 0; ctx->file && i < ctx->stale.n; i++)
		vec_push(a, out,
		    finding_of(rule_named("missing-analyze"), ctx->stale.v[i]));
}

/* What is true of the whole statement; returns whether it is the worst. */
static bool
judge_facts(struct judge *j, const struct shape *s)
{
	struct shape culprit = { .dialect = s->dialect };
	bool worst = false;

	vec_push(
	    j->arena, &culprit.marks, (struct mark){ .token = s->culprit });
	for (size_t i = 0; s->facts && i < sentinel_rules_n; i++) {
		const struct rule *r = &sentinel_rules[i];

		if (r->pattern || !r->fact || !shape_has(s, r->fact) ||
		    !(r->dialects >> s->dialect & 1))
			continue;
		judge_add(j, &culprit, &(struct hit){ .rule = r });
		worst |= r->effect == EFFECT_DESTRUCTIVE;
	}
	return worst;
}

/* Judges a statement, or one action of it, by its words. A row that needs a
 * fact speaks of where the statement stands, and knows nothing of what it is.
 */
static void
judge_words(struct judge *j, const struct shape *s, bool known)
{
	struct hit hits[HITS_MAX];
	size_t n = rules_match(s, hits, HITS_MAX);

	for (size_t i = 0; i < n; i++) {
		known |= !hits[i].rule->fact ||
			 hits[i].rule->effect == EFFECT_DESTRUCTIVE;
		if (hits[i].rule->effect != EFFECT_SAFE)
			judge_add(j, s, &hits[i]);
	}
	if (!known)
		judge_add(j, s,
		    &(struct hit){ .rule = rule_named("unknown-statement") });
}

/* Judges the statement by its shape, which lives in arena `scratch`. */
static enum verdict
judge(struct judge *j, struct arena *scratch, struct sentinel_context *ctx,
    struct shape *s)
{
	struct shapes actions = { 0 };
	struct marks table = { 0 };
	size_t first = j->out->n;
	struct findings found = { 0 };
	bool worst;

	if (sequence_catches_up(j->statement, s)) {
		s->facts |= 1u << FACT_CATCH_UP;
		s->culprit = s->marks.v[0].token;
	}
	worst = s->facts && judge_facts(j, s);
	if (s->foreign.len)
		worst |= twice_apply(j, &s->foreign);
	if (ctx)
		order_facts(ctx, s);
	if (shape_actions(scratch, s, &actions, &table)) {
		j->table = shape_name(
		    j->arena, s, table.v[0].at, table.v[table.n - 1].at + 1);
		for (size_t i = 0; i < actions.n; i++) {
			if (i) /* once is enough */
				actions.v[i].facts &= ~(1u << FACT_WAITS);
			judge_words(j, &actions.v[i], worst);
		}
	} else if (s->len && !shape_has(s, FACT_CATCH_UP)) {
		judge_words(j, s, worst);
	}
	if (j->out->n > first) {
		found.v = j->out->v + first;
		found.n = j->out->n - first;
	}
	if (ctx)
		context_apply(j->arena, ctx, s, &actions, &found);
	j->out->n = first + found.n;
	if (ctx) {
		order_told(ctx, &found);
		order_apply(j, ctx, s, &actions);
	}
	if (ctx && ctx->style)
		style_apply(j, ctx);
	return findings_verdict(&found);
}

enum verdict
sentinel_judge(struct arena *a, struct sentinel_context *ctx, enum dialect d,
    const struct statement *st, struct findings *out)
{
	struct judge j = {
		.arena = a, .dialect = d, .statement = st, .out = out
	};
	struct arena scratch = { 0 };
	enum verdict v = judge(&j, &scratch, ctx, shape_of(&scratch, d, st));

	arena_release(&scratch);
	return v;
}

struct shape *
sentinel_read(
    struct arena *a, struct stream *in, struct statement *st, struct err *err)
{
	struct shape *s;

	do
		s = shape_next(a, &in->split, st);
	while (stream_lacks(in, s != NULL) && stream_fill(in, err));
	if (in->failed || !s)
		return NULL;
	stream_take(in, st);
	return s;
}

enum verdict
sentinel_judge_shape(struct arena *a, struct sentinel_context *ctx,
    const struct statement *st, struct shape *s, struct findings *out)
{
	struct judge j = {
		.arena = a, .dialect = s->dialect, .statement = st, .out = out
	};

	return judge(&j, a, ctx, s);
}

enum verdict
sentinel_judge_step(struct arena *a, struct sentinel_context *ctx,
    enum dialect d, const char *text, struct findings *out)
{
	struct statement st;
	struct judge j = {
		.arena = a, .dialect = d, .statement = &st, .out = out
	};
	enum verdict worst = VERDICT_SAFE;
	struct arena scratch = { 0 };
	struct splitter all;
	struct shape *s;

	split_init(&all, d, text, strlen(text));
	while ((s = shape_next(&scratch, &all, &st))) {
		size_t first = out->n;
		enum verdict v = judge(&j, &scratch, ctx, s);

		worst = v > worst ? v : worst;
		for (size_t i = first; i < out->n; i++)
			out->v[i].offset += st.offset;
		j.table = NULL;
		if (arena_used(&scratch) > SCRATCH)
			arena_release(&scratch);
	}
	arena_release(&scratch);
	split_release(&all);
	return worst;
}

enum verdict
sentinel_judge_text(
    struct arena *a, enum dialect d, const char *text, struct findings *out)
{
	struct sentinel_context ctx = { 0 };

	return sentinel_judge_step(a, &ctx, d, text, out);
}
