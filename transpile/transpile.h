/* transpile.h - schema and changes into SQL.
 *
 * One seam, one file a dialect. The output is deterministic to the byte.
 */
#ifndef TRANSPILE_TRANSPILE_H
#define TRANSPILE_TRANSPILE_H

#include "base/buf.h"
#include "base/err.h"
#include "diff/diff.h"

/* Adds the DDL that makes the whole schema, in an order that loads, each table
 * after a comment that names its source line. */
void transpile_schema(struct buf *out, const struct schema *s);

/* One step of a plan: statements that stand and fall together. Steps are taken
 * back in reverse order. What undo cannot bring back are values: a column that
 * comes again is empty, and so it is optional where it has no default. */
/* SQLite: how the name of a table begins while it is written anew. */
#define TABLE_BEING_WRITTEN "_deesse_new_"

/* How a statement runs that makes something before the transaction begins. */
enum online_how {
	ONLINE_COLUMN, /* in a moment: those that follow each other, together */
	ONLINE_CHECK,  /* in a moment: rows that come must satisfy it */
	ONLINE_FILL, /* an UPDATE, or an INSERT of what it selects, that may be
			done a batch of rows at a time */
	ONLINE_NONE, /* a query that counts what must not be */
	ONLINE_DETACH, /* right before the transaction: a partition leaves */
	ONLINE_LONG,   /* as long as it takes, and nobody feels its lock */
};

struct online_step {
	const char *sql;
	enum online_how how;
	const char *name; /* of what it makes, where that is not the change's */
	const char *left; /* of ONLINE_FILL: the rows that still need a value */
	const char *tail; /* what goes on after its condition, or NULL */
};
VEC(online_steps, struct online_step);

struct step {
	struct names sql;  /* statements, without semicolons */
	struct names undo; /* what takes them back, in order; may be empty */
	/* what runs before the transaction begins, each by itself, so that
	 * nobody waits for it: of changes that have a name for it */
	struct online_steps online;
	struct changes changes; /* what this step does */
	enum phase phase;
	/* SQLite: foreign keys must be off, for a table is written anew, or one
	 * goes that others reference */
	bool rebuild;
	bool undo_rebuilds; /* the same, of undo */
	/* SQLite: what cannot run and would stop an ALTER TABLE is taken away
	 * for the time of it, and put back as it was */
	struct objects aside;
	const struct table *table;  /* the table in diff->from, or NULL */
	const struct table *target; /* the table in diff->to, or NULL */
	const struct table *before; /* of a rebuild: the table as it stands when
				       this step begins */
	struct source source;
	struct findings findings; /* the first witness's, of all its changes */
};
VEC(steps, struct step *);

struct plan {
	enum dialect dialect;
	const struct diff *diff;
	struct steps steps;
	bool rebuilds; /* some step is a rebuild */
};

/* Can the plan of the diff need object.unusable of diff->from, so that what
 * cannot run stands in nobody's way? */
bool transpile_asks_usable(const struct diff *d);

/* Plans the changes of a diff: what relaxes first, then what tightens, but in
 * an order in which it can be made. Fails where a change cannot be said in the
 * dialect (SQLite: a function that only the application has). */
struct plan *transpile_plan(
    struct arena *a, const struct diff *d, struct err *err);

/* Returns the name under which a change can make what takes long before the
 * transaction begins (PostgreSQL: an index, a key, a check that finds every row
 * right), or NULL. It is a hash of what is made, so that a later run knows it
 * again. Set change.online to it before transpile_plan, and the step only puts
 * it in its place. */
const char *transpile_online(
    struct arena *a, enum dialect d, const struct change *c);

/* PostgreSQL: an enum type that loses values, or their order, can be exchanged
 * ahead where it is that of one column alone: returns the change of that
 * column's type, which has its name (change.online), to be set as
 * change.exchange beside change.online. Else NULL, and *why is what is in the
 * way, or NULL where values only come. */
const struct change *transpile_exchange(struct arena *a, const struct diff *d,
    const struct change *c, const char **why);

/* Adds the statements that make it, in order. */
void transpile_make_online(struct arena *a, enum dialect d,
    const struct change *c, struct online_steps *out);

/* Does what is made ahead of the change note what values were, so that the
 * trash need not read them? */
bool transpile_notes(enum dialect d, const struct change *c);

/* Says what they make, as introspection would find it. */
struct online transpile_online_thing(const struct change *c);

/* Adds the statements that write a table anew, so that it becomes `new`, which
 * has its name: with new's columns in new's order, and all that stands on it
 * in `now`, the schema as it is. False where the dialect cannot. */
bool transpile_rewrite(struct arena *a, const struct schema *now,
    const struct table *new, struct names *out);

/* Returns the statements of a step as one text, "a;\nb;\n". */
const char *step_sql(struct arena *a, const struct names *statements);

/* The same of what runs before the transaction; NULL where nothing does. */
const char *step_online_sql(struct arena *a, const struct step *s);

#endif
