/* apply.h - the parts of a run that push and undo share. */
#ifndef SYNC_APPLY_H
#define SYNC_APPLY_H

#include "sync/sync.h"

/* Runs the statements of the plan, inside a transaction; what s->trash keeps
 * goes there. */
bool apply_steps(struct sync *s, struct err *err);

/* Runs statements one after the other; the error says which failed. */
bool apply_statements(struct db *db, const struct names *sql, struct err *err);

/* The database must now hold the predicted schema, to the letter. Where it
 * spells what was made its own way, the schema is told how. */
bool apply_prove(struct sync *s, struct schema *predicted, struct err *err);

/* Adds the judged steps as the journal keeps them. */
void apply_describe(struct sync *s, struct journal_statements *out);

#endif
