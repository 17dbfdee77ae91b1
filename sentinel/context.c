/* context - what earlier statements of a text mean for the next
 *
 * A table that the text made itself holds nothing but what the text put there,
 * so it can be dropped, changed and constrained. It is forgotten as soon as
 * its name could mean another table (a rename, another schema or search path,
 * a temporary table that goes with its transaction), or it could hold rows of
 * others (a partition that is attached, a commit), or anything ran that the
 * sentinel does not follow.
 */
#include "sentinel/context.h"

#include <string.h>

#include "sql/key.h"

static bool
is_any(const struct shape *s, size_t i, const char *const *words)
{
	for (; *words; words++)
		if (shape_is(s, i, *words))
			return true;
	return false;
}

void
context_name(const struct shape *s, size_t *from, size_t *to)
{
	*to = *from + 1;
	while (shape_is(s, *to, ".") && *to + 1 < s->marks.n)
		*to += 2;
	if (*to > s->marks.n)
		*to = *from = s->marks.n;
}

const char *
context_key(struct arena *a, const struct shape *s, size_t from, size_t to)
{
	const struct token *first = &s->marks.v[from].token;
	const struct token *last = &s->marks.v[to - 1].token;

	return sql_key(a, s->dialect,
	    arena_strndup(
		a, first->at, (size_t)(last->at + last->len - first->at)));
}

bool
context_creates(const struct shape *s, size_t *from, size_t *to)
{
	size_t i = 1;

	if (!shape_is(s, 0, "create"))
		return false;
	i += shape_is(s, i, "unlogged");
	if (!shape_is(s, i, "table") || shape_is(s, i + 1, "if"))
		return false;
	*from = i + 1;
	context_name(s, from, to);
	return *from < *to;
}

bool
context_drops(const struct shape *s, size_t *from, size_t *to)
{
	if (!shape_is(s, 0, "drop") || !shape_is(s, 1, "table"))
		return false;
	*from = shape_is(s, 2, "if") && shape_is(s, 3, "exists") ? 4 : 2;
	context_name(s, from, to);
	return *from < *to &&
	       (*to == s->marks.n ||
		   (shape_is(s, *to, "restrict") && *to + 1 == s->marks.n));
}

static bool
indexes(const struct shape *s, size_t *from, size_t *to)
{
	size_t i = 1 + shape_is(s, 1, "unique");

	if (!shape_is(s, 0, "create") || !shape_is(s, i, "index"))
		return false;
	while (i < s->marks.n && !shape_is(s, i, "on"))
		i++;
	*from = i + 1 + shape_is(s, i + 1, "only");
	if (*from >= s->marks.n)
		return false;
	context_name(s, from, to);
	return *from < *to;
}

/* What the map of created tables leads to: there is no removal from a map. */
static char here, gone;

bool
context_made(const struct sentinel_context *ctx, const char *key)
{
	return map_get(&ctx->created, key) == &here;
}

static void
remember(struct arena *a, struct sentinel_context *ctx, const char *key)
{
	struct arena *keep = context_arena(ctx, a);

	if (context_made(ctx, key))
		return;
	map_put(keep, &ctx->created, arena_strdup(keep, key), &here);
	ctx->n_created++;
}

static void
forget(struct arena *a, struct sentinel_context *ctx, const char *key)
{
	struct arena *keep = context_arena(ctx, a);

	if (!context_made(ctx, key))
		return;
	map_put(keep, &ctx->created, arena_strdup(keep, key), &gone);
	ctx->n_created--;
}

static void
forget_all(struct sentinel_context *ctx)
{
	ctx->created = (struct map){ 0 };
	ctx->n_created = 0;
}

/* An empty table hides no mistake that is one anyway. */
static bool
stays(const struct finding *f)
{
	return f->class == CLASS_AUTHORIZATION || f->class == CLASS_OPAQUE ||
	       !strcmp(f->rule, "concurrently-in-transaction");
}

/* What only the content of a table, or those who use it, make dangerous. */
static void
soften(struct findings *found)
{
	size_t n = 0;

	for (size_t i = 0; i < found->n; i++)
		if (stays(&found->v[i]))
			found->v[n++] = found->v[i];
	found->n = n;
}

/* Returns the mark of the column's name in ADD COLUMN, or 0: not one that can
 * only be new. */
static size_t
adds_column(const struct shape *s)
{
	static const char *const others[] = { "constraint", "check", "unique",
		"primary", "foreign", "exclude", "if", NULL };
	size_t i = 1 + shape_is(s, 1, "column");

	return shape_is(s, 0, "add") && i < s->marks.n && !is_any(s, i, others)
		   ? i
		   : 0;
}

/* A column that the text adds holds NULL, or its default, in every row. */
static void
note_added(struct arena *a, struct sentinel_context *ctx,
    const struct shapes *actions, const char *table)
{
	struct arena *keep = context_arena(ctx, a);

	for (size_t i = 0; i < actions->n; i++) {
		const struct shape *s = &actions->v[i];
		size_t at = adds_column(s);

		if (shape_is(s, 0, "rename") || shape_is(s, 0, "drop"))
			ctx->added.n = 0;
		if (!at)
			continue;
		vec_push(keep, &ctx->added, arena_strdup(keep, table));
		vec_push(keep, &ctx->added,
		    arena_strdup(keep, context_key(a, s, at, at + 1)));
	}
}

static bool
is_added(
    const struct sentinel_context *ctx, const char *table, const char *column)
{
	for (size_t i = 0; i + 1 < ctx->added.n; i += 2)
		if (!strcmp(ctx->added.v[i], table) &&
		    !strcmp(ctx->added.v[i + 1], column))
			return true;
	return false;
}

/* Does the group call what nobody here knows, or change data? */
static bool
runs_code(const struct shape *s, size_t i)
{
	const char *word = s->text + s->marks.v[i].at;

	return !strncmp(word, "(f) ", 4) || !strncmp(word, "(d) ", 4);
}

/* Is it UPDATE t SET c = … WHERE c IS NULL of a column c that the text added?
 * No value is overwritten then. */
static bool
fills(
    struct arena *a, const struct sentinel_context *ctx, const struct shape *s)
{
	static const char *const more[] = { ",", "from", "where", "returning",
		NULL };
	size_t from = 1, to, n = s->marks.n;
	const char *column;

	if (!ctx->added.n || !shape_is(s, 0, "update"))
		return false;
	context_name(s, &from, &to);
	if (n < to + 8 || !shape_is(s, to, "set") ||
	    !shape_is(s, to + 2, "=") || !shape_is(s, n - 4, "where") ||
	    !shape_is(s, n - 2, "is") || !shape_is(s, n - 1, "null"))
		return false;
	for (size_t i = to + 3; i < n - 4; i++)
		if (is_any(s, i, more) || runs_code(s, i))
			return false;
	column = context_key(a, s, to + 1, to + 2);
	return !strcmp(column, context_key(a, s, n - 3, n - 2)) &&
	       is_added(ctx, context_key(a, s, from, to), column);
}

static void
forgive(struct findings *found, const char *rule)
{
	size_t n = 0;

	for (size_t i = 0; i < found->n; i++)
		if (strcmp(found->v[i].rule, rule) != 0)
			found->v[n++] = found->v[i];
	found->n = n;
}

/* Who sees which rows of a table that holds none takes nothing from anybody;
 * that all see them again, which they did not say, stays. */
static void
alter_security(const struct shapes *actions, struct findings *found)
{
	static const char *const guards[] = { "enable", "force", NULL };

	for (size_t i = 0; i < actions->n; i++)
		if (!is_any(&actions->v[i], 0, guards) ||
		    !shape_is(&actions->v[i], 1, "row") ||
		    !shape_is(&actions->v[i], 2, "level"))
			return;
	forgive(found, "row-security");
}

/* CREATE MATERIALIZED VIEW name: what it holds is all in other tables. */
static bool
materializes(const struct shape *s, size_t *from, size_t *to)
{
	if (!shape_is(s, 0, "create") || !shape_is(s, 1, "materialized") ||
	    !shape_is(s, 2, "view") || shape_is(s, 3, "if"))
		return false;
	*from = 3;
	context_name(s, from, to);
	return *from < *to;
}

/* CREATE POLICY name ON table */
static bool
guards(const struct shape *s, size_t *from, size_t *to)
{
	if (!shape_is(s, 0, "create") || !shape_is(s, 1, "policy") ||
	    !shape_is(s, 3, "on"))
		return false;
	*from = 4;
	context_name(s, from, to);
	return *from < *to;
}

static void
alter(struct arena *a, struct sentinel_context *ctx,
    const struct shapes *actions, const char *key, struct findings *found)
{
	static const char *const leads[] = { "attach", "inherit", "no", "set",
		NULL };
	bool follows = true;

	if (!context_made(ctx, key))
		return;
	for (size_t i = 0; i < actions->n; i++) {
		const struct shape *s = &actions->v[i];

		if (shape_holds(s, "cascade"))
			return;
		follows &= !is_any(s, 0, leads);
	}
	soften(found);
	alter_security(actions, found);
	if (!follows) {
		forget(a, ctx, key);
		return;
	}
	if (shape_is(&actions->v[0], 0, "rename") &&
	    shape_is(&actions->v[0], 1, "to")) {
		forget(a, ctx, key);
		if (!strchr(key, '.') && actions->v[0].marks.n == 3)
			remember(a, ctx, context_key(a, &actions->v[0], 2, 3));
	}
}

/* Statements after which a name means the same table as before. */
static bool
keeps(const struct shape *s, const struct findings *found)
{
	static const char *const heads[] = { "comment", "insert", "begin",
		"start", "savepoint", "release", "analyze", "update", "delete",
		"grant", "revoke", NULL };
	static const char *const made[] = { "table", "index", "unique", "view",
		"trigger", "type", "sequence", "materialized", "temp",
		"temporary", "unlogged", "virtual", "policy", "function",
		"procedure", "domain", "statistics", "default", NULL };

	for (size_t i = 0; i < found->n; i++)
		if (found->v[i].class == CLASS_OPAQUE)
			return false;
	return is_any(s, 0, heads) ||
	       ((shape_is(s, 0, "create") || shape_is(s, 0, "drop") ||
		    shape_is(s, 0, "alter")) &&
		   is_any(s, 1, made));
}

void
context_apply(struct arena *a, struct sentinel_context *ctx,
    const struct shape *s, const struct shapes *actions, struct findings *found)
{
	size_t from = 0, to = 0;
	const char *key;

	if (fills(a, ctx, s))
		forgive(found, "update");
	if (!keeps(s, found)) {
		forget_all(ctx);
		ctx->added.n = 0;
	} else if (context_creates(s, &from, &to) ||
		   materializes(s, &from, &to)) {
		remember(a, ctx, context_key(a, s, from, to));
	} else if (actions->n) {
		from = 2 + 2 * shape_is(s, 2, "if");
		from += shape_is(s, from, "only");
		context_name(s, &from, &to);
		note_added(a, ctx, actions, context_key(a, s, from, to));
		alter(a, ctx, actions, context_key(a, s, from, to), found);
	} else if (!ctx->n_created) {
		return;
	} else if (context_drops(s, &from, &to)) {
		key = context_key(a, s, from, to);
		if (context_made(ctx, key)) {
			soften(found);
			forget(a, ctx, key);
		}
	} else if (shape_is(s, 0, "drop") && shape_is(s, 1, "table")) {
		forget_all(ctx);
	} else if (guards(s, &from, &to)) {
		if (context_made(ctx, context_key(a, s, from, to)))
			forgive(found, "policy");
	} else if (indexes(s, &from, &to)) {
		if (context_made(ctx, context_key(a, s, from, to)))
			soften(found);
	}
}
