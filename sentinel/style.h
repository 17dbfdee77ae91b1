/* style.h - what works, and will be regretted.
 *
 * Internal to sentinel/. Types of columns, names, the order of columns: said
 * only where somebody asks for it, and never destructive.
 */
#ifndef SENTINEL_STYLE_H
#define SENTINEL_STYLE_H

#include "sentinel/judge.h"

/* Adds what is bad style in the statement. */
void style_apply(struct judge *j, struct sentinel_context *ctx);

#endif
