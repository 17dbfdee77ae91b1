/* live_alter.h - the actions of ALTER TABLE, made in a schema.
 *
 * Only sync/live_read.c and sync/live_alter.c include this.
 */
#ifndef SYNC_LIVE_ALTER_H
#define SYNC_LIVE_ALTER_H

#include "sql/reading.h"
#include "sync/live_read.h"

/* Reads the actions up to the end of the statement and makes them in m->to, of
 * the table that m has met. What it cannot read makes m->read false. */
void live_alter(struct reading *r, struct meeting *m);

/* Reads "[USING method] (column, …) [WHERE …]" of an index; false where a part
 * is more than a column. */
bool live_read_index(struct reading *r, struct index *x);

#endif
