/* witness.h - what the engine says that a statement does.
 *
 * Only shadow/ includes this.
 */
#ifndef SHADOW_WITNESS_H
#define SHADOW_WITNESS_H

#include "base/map.h"
#include "shadow/shadow.h"

struct witness {
	struct arena *a;
	const struct step *step; /* whose statements run */
	struct findings *seen;   /* of this step */
	struct map created;      /* tables that the plan made */
	struct map read;         /* "table.column" copied in this step */
	struct names reading;    /* the same, of this statement */
	const char *altered;     /* the table of this statement's ALTER TABLE */
	const char *dropped;     /* what this statement drops */
	struct names columns;    /* of a table that loses one, before it does */
	bool drops_column;       /* this statement does */
	bool paused;             /* what is done now is our own doing */
	bool inserts;            /* this statement writes rows */
};

/* Watches a scratch database, and stops watching it. */
void witness_watch(struct witness *w, struct db *scratch);
void witness_leave(struct db *scratch);

/* What the engine calls; data is the witness. */
int witness_event(void *data, int action, const char *one, const char *two,
    const char *schema, const char *trigger);

/* Begins a step. */
void witness_step(
    struct witness *w, const struct step *step, struct findings *seen);

/* Surround a statement: before it is prepared, before and after it runs. The
 * engine says that a column goes, but not which: so the columns are looked at
 * before and after. */
void witness_statement(struct witness *w);
void witness_before(struct witness *w, struct db *scratch);
void witness_after(struct witness *w, struct db *scratch);

#endif
