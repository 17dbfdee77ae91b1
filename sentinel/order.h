/* order.h - what is only wrong because of what came before.
 *
 * Internal to sentinel/. A lock that is held while something slow runs, a
 * transaction in a transaction, a value that its own transaction cannot use.
 */
#ifndef SENTINEL_ORDER_H
#define SENTINEL_ORDER_H

#include "sentinel/judge.h"

/* Sets the facts of the shape that ctx knows. */
void order_facts(const struct sentinel_context *ctx, struct shape *s);

/* Adds what is wrong with the statement after those that ctx has seen, and
 * remembers in *ctx what the next ones must know. `actions` are those of an
 * ALTER TABLE, else empty. */
void order_apply(struct judge *j, struct sentinel_context *ctx,
    const struct shape *s, const struct shapes *actions);

/* Remembers what was said once, so that it is not said of every statement. */
void order_told(struct sentinel_context *ctx, const struct findings *found);

#endif
