/* order - what is only wrong because of what came before
 *
 * Nothing here can make a verdict worse or better: each statement is judged
 * for itself, and these are mistakes of the whole that a review overlooks.
 */
#include "sentinel/order.h"

#include <string.h>

#include "sentinel/context.h"
#include "sql/key.h"

static bool
contains(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->n; i++)
		if (!strcmp(names->v[i], name))
			return true;
	return false;
}

static void
remove_name(struct names *names, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->v[i], name))
			names->v[n++] = names->v[i];
	names->n = n;
}

static void
remember(struct judge *j, struct sentinel_context *ctx, struct names *names,
    const char *name)
{
	struct arena *a = context_arena(ctx, j->arena);

	if (!contains(names, name))
		vec_push(a, names, arena_strdup(a, name));
}

static bool
in_transaction(const struct sentinel_context *ctx)
{
	return ctx->transaction || ctx->wrapped;
}

void
order_facts(const struct sentinel_context *ctx, struct shape *s)
{
	if (in_transaction(ctx))
		s->facts |= 1u << FACT_TRANSACTION;
	if (ctx->file && !ctx->limits)
		s->facts |= 1u << FACT_WAITS;
}

static void
say_all(struct judge *j, const char *rule, const struct shape *s)
{
	judge_say(j, rule, &s->marks.v[0].token,
	    &s->marks.v[s->marks.n - 1].token, NULL);
}

/* What a transaction knew goes with it. */
static void
end_transaction(
    struct judge *j, struct sentinel_context *ctx, const struct shape *s)
{
	if (!ctx->transaction && ctx->wrapped) {
		say_all(j, "ends-outer-transaction", s);
		ctx->wrapped = false;
	}
	ctx->transaction = false;
	ctx->not_valid.n = ctx->types.n = ctx->labels.n = 0;
}

static void
transaction(
    struct judge *j, struct sentinel_context *ctx, const struct shape *s)
{
	if (shape_is(s, 0, "begin") || shape_is(s, 0, "start")) {
		if (in_transaction(ctx))
			say_all(j, "nested-transaction", s);
		ctx->transaction = true;
	} else if (shape_is(s, 0, "commit") || shape_is(s, 0, "end") ||
		   shape_is(s, 0, "abort") ||
		   (shape_is(s, 0, "rollback") && !shape_holds(s, "to"))) {
		end_transaction(j, ctx, s);
		ctx->transaction =
		    shape_holds(s, "chain") && !shape_holds(s, "no");
	}
}

/* SET [SESSION | LOCAL] lock_timeout = '2s', where 0 is for ever. */
static void
setting(struct sentinel_context *ctx, const struct shape *s)
{
	size_t i = 1;
	const struct token *value;

	if (!shape_is(s, 0, "set"))
		return;
	i += shape_is(s, i, "session") || shape_is(s, i, "local");
	if ((!shape_is(s, i, "lock_timeout") &&
		!shape_is(s, i, "statement_timeout")) ||
	    i + 2 >= s->marks.n)
		return;
	value = &s->marks.v[i + 2].token;
	for (size_t k = 0; k < value->len; k++)
		ctx->limits |= value->at[k] >= '1' && value->at[k] <= '9';
}

/* Another statement of the same transaction would run under the lock that ADD
 * … NOT VALID has taken, and read the whole table under it. */
static void
validate(struct judge *j, struct sentinel_context *ctx, const struct shape *s,
    const char *key)
{
	size_t n = s->marks.n;

	if (shape_is(s, 0, "add") && n > 2 && shape_is(s, n - 1, "valid") &&
	    shape_is(s, n - 2, "not"))
		remember(j, ctx, &ctx->not_valid, key);
	else if (shape_is(s, 0, "validate") && contains(&ctx->not_valid, key))
		say_all(j, "validate-in-transaction", s);
}

/* The statistics of a column do not survive its change of type. */
static void
retype(struct judge *j, struct sentinel_context *ctx, const struct shape *s,
    const char *key)
{
	size_t i = 2 + shape_is(s, 1, "column");

	i += 2 * (shape_is(s, i, "set") && shape_is(s, i + 1, "data"));
	if (ctx->file && shape_is(s, 0, "alter") && shape_is(s, i, "type"))
		remember(j, ctx, &ctx->stale, key);
}

static void
alter_table(struct judge *j, struct sentinel_context *ctx,
    const struct shape *s, const struct shapes *actions)
{
	size_t from = 2 + 2 * shape_is(s, 2, "if"), to;
	bool alone = !in_transaction(ctx);
	const char *key;

	from += shape_is(s, from, "only");
	context_name(s, &from, &to);
	if (from >= to)
		return;
	key = context_key(j->arena, s, from, to);
	for (size_t i = 0; i < actions->n; i++) {
		if (!actions->v[i].marks.n || context_made(ctx, key))
			continue;
		validate(j, ctx, &actions->v[i], key);
		retype(j, ctx, &actions->v[i], key);
	}
	if (alone)
		ctx->not_valid.n = 0;
}

static void
analyze(struct judge *j, struct sentinel_context *ctx, const struct shape *s)
{
	size_t from = 1, to;

	if (!shape_is(s, 0, "analyze") && !shape_is(s, 0, "analyse") &&
	    !(shape_is(s, 0, "vacuum") && shape_holds(s, "analyze")))
		return;
	if (s->marks.n <= from)
		ctx->stale.n = 0;
	for (; from<s->marks.n; from = to> from ? to : from + 1) {
		context_name(s, &from, &to);
		if (from < to)
			remove_name(
			    &ctx->stale, context_key(j->arena, s, from, to));
	}
}

/* The first string in the statement that is a label of this transaction. */
static void
find_label(struct judge *j, const struct sentinel_context *ctx)
{
	struct lexer l;
	struct token t;
	bool found = false;

	lex_init(&l, j->dialect, j->statement->text, j->statement->len);
	while (!found && lex_next(&l, &t))
		found = t.kind == TOKEN_STRING &&
			contains(
			    &ctx->labels, arena_strndup(j->arena, t.at, t.len));
	lex_release(&l);
	if (found)
		judge_say(j, "enum-value-in-transaction", &t, &t, NULL);
}

/* A label of a type that the transaction has made itself can be used. */
static void
enums(struct judge *j, struct sentinel_context *ctx, const struct shape *s)
{
	size_t from = 2, to, i;
	const char *key;

	if (ctx->labels.n &&
	    !(shape_is(s, 0, "alter") && shape_is(s, 1, "type")))
		find_label(j, ctx);
	if (!shape_is(s, 1, "type") || !in_transaction(ctx))
		return;
	context_name(s, &from, &to);
	if (from >= to)
		return;
	key = context_key(j->arena, s, from, to);
	if (shape_is(s, 0, "create"))
		remember(j, ctx, &ctx->types, key);
	for (i = to; i < s->marks.n; i++)
		if (s->marks.v[i].token.kind == TOKEN_STRING)
			break;
	if (shape_is(s, to, "add") && shape_is(s, to + 1, "value") &&
	    i < s->marks.n && !contains(&ctx->types, key))
		remember(j, ctx, &ctx->labels,
		    arena_strndup(j->arena, s->marks.v[i].token.at,
			s->marks.v[i].token.len));
}

/* Returns the mark of SET of an UPDATE, or of DO UPDATE; else that of the
 * end. */
static size_t
assignments(const struct shape *s)
{
	size_t i = 0, n = s->marks.n;

	if (!shape_is(s, 0, "update") && !shape_is(s, 0, "with") &&
	    !shape_is(s, 0, "insert"))
		return n;
	while (i < n && !shape_is(s, i, "update"))
		i++;
	while (i < n && !shape_is(s, i, "set"))
		i++;
	return i;
}

static void
assigned_twice(struct judge *j, const struct shape *s)
{
	struct names seen = { 0 };

	for (size_t i = assignments(s) + 1; i + 1 < s->marks.n; i++) {
		const struct token *t = &s->marks.v[i].token;
		const char *name;

		if (shape_is(s, i, "where") || shape_is(s, i, "from") ||
		    shape_is(s, i, "returning"))
			return;
		if (!token_names(t) || !shape_is(s, i + 1, "=") ||
		    (!shape_is(s, i - 1, "set") && !shape_is(s, i - 1, ",")))
			continue;
		name = sql_key(j->arena, s->dialect,
		    arena_strndup(j->arena, t->at, t->len));
		if (contains(&seen, name))
			judge_say(j, "assigned-twice", t, t, NULL);
		vec_push(j->arena, &seen, name);
	}
}

void
order_apply(struct judge *j, struct sentinel_context *ctx,
    const struct shape *s, const struct shapes *actions)
{
	if (!s->marks.n)
		return;
	transaction(j, ctx, s);
	setting(ctx, s);
	if (actions->n)
		alter_table(j, ctx, s, actions);
	analyze(j, ctx, s);
	enums(j, ctx, s);
	assigned_twice(j, s);
}

void
order_told(struct sentinel_context *ctx, const struct findings *found)
{
	for (size_t i = 0; !ctx->limits && i < found->n; i++)
		ctx->limits = !strcmp(found->v[i].rule, "missing-lock-timeout");
}
