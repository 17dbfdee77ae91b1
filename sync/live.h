/* live.h - what the statements of a text meet in a live database (PostgreSQL).
 *
 * The catalog is read once, and nothing of the text is ever run: each statement
 * is read as far as it concerns tables, columns, types and keys, and made in a
 * copy of the schema, so that the next one meets what it leaves. What diff/ and
 * the probes of a push say of the difference is what the statement does here:
 * "varchar(20) becomes varchar(10), and 3 values do not fit".
 *
 * Rows are asked for only where the text has not changed them or their table
 * before, and not for longer than some seconds; where nobody can say, what the
 * text alone says stands.
 */
#ifndef SYNC_LIVE_H
#define SYNC_LIVE_H

#include "base/verdict.h"
#include "db/db.h"
#include "sql/split.h"

struct live;

/* Opens the database and reads its catalog. Closed with live_close. */
bool live_open(struct live **l, const struct db_url *url, struct err *err);

/* Brings the findings on the statement up to what is known of this database:
 * with numbers, cleared where they cannot be (an empty table, a type that holds
 * every value), and "fails-on-schema" where something is not there. What is
 * added lives in the arena. */
void live_meet(struct live *l, struct arena *a, const struct statement *st,
    struct findings *found);

void live_close(struct live *l);

#endif
