/* sentinel.h - what a statement would do, judged by its text alone.
 *
 * The sentinel knows SQL and nothing else: no schema, no database, no plan.
 * Its rules are one table; a statement that no rule knows is destructive
 * (class opaque). It is the second witness beside diff, and `deesse check`.
 */
#ifndef SENTINEL_SENTINEL_H
#define SENTINEL_SENTINEL_H

#include "base/verdict.h"
#include "sql/split.h"

/* What earlier statements of the same text mean for later ones: a table made
 * here is empty, so dropping it loses nothing. A zeroed struct is a valid
 * empty context. */
struct sentinel_context {
	struct names created;  /* keys of tables made by this text */
	bool foreign_keys_off; /* SQLite: PRAGMA foreign_keys = OFF seen */
};

/* Adds to *out the findings on statement s. ctx may be NULL: then the
 * statement is judged by itself. Returns the verdict. */
enum verdict sentinel_judge(struct arena *a, struct sentinel_context *ctx,
    enum dialect d, const struct statement *s, struct findings *out);

/* Judges a text of several statements that stand and fall together, as a
 * SQLite rebuild does. A rebuild is recognised as lossless only where the text
 * proves it: every old column copied, no WHERE, no LIMIT. */
enum verdict sentinel_judge_text(
    struct arena *a, enum dialect d, const char *text, struct findings *out);

#endif
