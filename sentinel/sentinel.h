/* sentinel.h - what a statement would do, judged by its text alone.
 *
 * The sentinel knows SQL and nothing else: no schema, no database, no plan.
 * Its rules are one table (rules.c, explained in docs/rules.md); a statement
 * that no rule knows is destructive (class opaque). It is the second witness
 * beside diff, and `deesse check`.
 *
 * A text proves little about a SQLite rebuild (make a new table, copy, drop
 * the old one, rename): that every row is copied stands in it, that every
 * column is does not, for only the database knows the old columns. So the
 * DROP is destructive until sentinel_judge_rebuild was told them.
 */
#ifndef SENTINEL_SENTINEL_H
#define SENTINEL_SENTINEL_H

#include "base/map.h"
#include "base/verdict.h"
#include "sql/split.h"
#include "sql/stream.h"

/* What earlier statements of the same text mean for later ones: a table made
 * here is empty, so dropping it loses nothing. A zeroed struct is a valid
 * empty context. */
struct sentinel_context {
	/* what the caller says before the first statement */
	struct arena *arena; /* where this lives; NULL: that of the calls */
	bool style;          /* say what is only bad style, too */
	bool file;    /* somebody else runs the text: say what it leaves out */
	bool wrapped; /* and puts it into a transaction */

	/* what the text says */
	struct map created;     /* keys of tables that it made */
	size_t n_created;       /* of them that are still there */
	struct names added;     /* pairs: table, column that it added */
	bool transaction;       /* BEGIN seen, and no end of it */
	bool limits;            /* it says how long it waits for a lock, or
				   was told that it does not */
	bool qualifies;         /* it made something with a schema's name */
	struct names not_valid; /* tables whose constraints wait for VALIDATE */
	struct names types;     /* made in this transaction */
	struct names labels;    /* enum values added in this transaction */
	struct names stale;     /* tables that want an ANALYZE */
};

/* Adds to *out the findings on statement s. ctx may be NULL: then the
 * statement is judged by itself. Returns the verdict on this statement; a
 * finding's offset and length are bytes in it. */
enum verdict sentinel_judge(struct arena *a, struct sentinel_context *ctx,
    enum dialect d, const struct statement *s, struct findings *out);

/* A statement as its rules see it. */
struct shape;

/* Reads the next statement of a stream into *st and returns what the rules see
 * of it, for sentinel_judge_shape, in one pass over its bytes. NULL at the
 * end, and at an error of the stream (in->failed). */
struct shape *sentinel_read(
    struct arena *a, struct stream *in, struct statement *st, struct err *err);

/* As sentinel_judge, of a statement that sentinel_read has read. */
enum verdict sentinel_judge_shape(struct arena *a, struct sentinel_context *ctx,
    const struct statement *st, struct shape *s, struct findings *out);

/* Adds what is wrong with a text as a whole, after its last statement: a
 * transaction that stays open, tables that want an ANALYZE. */
void sentinel_finish(struct arena *a, const struct sentinel_context *ctx,
    enum dialect d, struct findings *out);

/* Judges a text of several statements that stand and fall together; offsets
 * are bytes in the text. */
enum verdict sentinel_judge_text(
    struct arena *a, enum dialect d, const char *text, struct findings *out);

/* As sentinel_judge_text, after what ctx has seen; ctx is brought up to date,
 * so that the steps of one plan can be judged one after the other. */
enum verdict sentinel_judge_step(struct arena *a, struct sentinel_context *ctx,
    enum dialect d, const char *text, struct findings *out);

/* Judges the text of a rebuild of `table`, of which `columns` are all columns
 * that hold values (not the generated ones). Where the text proves that every
 * row goes into the new table, the finding on DROP TABLE gives way to one for
 * each column: drop-column where it is copied nowhere, set-not-null where it
 * is copied through coalesce(column, …), change-type where it is cast,
 * and rewrite-column where it goes through any other expression; a column
 * copied as it is has none. Where the text proves less, DROP TABLE stays. */
enum verdict sentinel_judge_rebuild(struct arena *a, enum dialect d,
    const char *text, const char *table, const struct names *columns,
    struct findings *out);

#endif
