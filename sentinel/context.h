/* context.h - what earlier statements of a text mean for the next. */
#ifndef SENTINEL_CONTEXT_H
#define SENTINEL_CONTEXT_H

#include "sentinel/sentinel.h"
#include "sentinel/shape.h"

/* Returns where what the context remembers lives. */
static inline struct arena *
context_arena(const struct sentinel_context *ctx, struct arena *a)
{
	return ctx->arena ? ctx->arena : a;
}

/* Takes from *found what cannot hurt a table that this very text made, and
 * remembers in *ctx what statement s does to such tables. `actions` are those
 * of an ALTER TABLE, else empty. */
void context_apply(struct arena *a, struct sentinel_context *ctx,
    const struct shape *s, const struct shapes *actions,
    struct findings *found);

/* Has the text made a table of that key, which is still there? */
bool context_made(const struct sentinel_context *ctx, const char *key);

/* Returns the key of the name that the marks from `from` to before `to` are. */
const char *context_key(
    struct arena *a, const struct shape *s, size_t from, size_t to);

/* Sets *from and *to to the marks of a table's name that begins at `from`. */
void context_name(const struct shape *s, size_t *from, size_t *to);

/* If the statement is CREATE TABLE of one that cannot exist yet, sets the
 * marks of its name and returns true. */
bool context_creates(const struct shape *s, size_t *from, size_t *to);

/* The same of DROP TABLE of one table, without CASCADE. */
bool context_drops(const struct shape *s, size_t *from, size_t *to);

#endif
