/* session.h - a connection as CONFIG and the collections want it.
 *
 * On PostgreSQL: as .role, and with the schemas that are managed, which are
 * CONFIG's .schemas ("*": all that are a user's), those that collections name,
 * those of the last push, and public where nothing names one.
 */
#ifndef SYNC_SESSION_H
#define SYNC_SESSION_H

#include "journal/journal.h"
#include "sync/project.h"

/* Opens the project's database. What the connection is told lives in the
 * arena, which must live as long; declared may be NULL. */
bool session_open(struct arena *a, struct db **db, const struct project *p,
    enum db_mode mode, const struct schema *declared, struct err *err);

/* The same, and reads the journal's head, which tells what is managed. */
bool session_open_head(struct arena *a, struct db **db, const struct project *p,
    enum db_mode mode, struct journal_state *head, struct err *err);

/* Reads it anew through a connection that stands, and what is managed. */
bool session_renew(struct arena *a, struct db *db, const struct project *p,
    struct journal_state *head, struct err *err);

/* Makes a connection that stands, and has been idle while the collections were
 * compiled, the one that session_open would open. Where that cannot be, because
 * it is gone or the engine opens files in another way to write, *db is closed
 * and opened anew. Where the same schemas are managed, db_managed stays. */
bool session_again(struct arena *a, struct db **db, const struct project *p,
    enum db_mode mode, const struct schema *declared,
    const struct journal_state *head, struct err *err);

/* Closes the connection, or leaves it where the project keeps one standing: the
 * next session_open takes it. It holds nothing there but itself. NULL is fine.
 */
void session_close(const struct project *p, struct db *db);

/* Opens a database of which no collections speak: all its schemas are read,
 * but those that CONFIG leaves out. */
bool session_open_all(struct arena *a, struct db **db, const struct db_url *url,
    const struct dsl_config *config, enum db_mode mode, struct err *err);

/* From here on the schemas that s names are managed, too; are there any that
 * were not? */
bool session_widen(struct arena *a, struct db *db, const struct project *p,
    const struct schema *s);

/* From here on only those schemas are managed of the last push in which
 * something is owned still. */
void session_narrow(struct arena *a, struct db *db, const struct project *p,
    const struct schema *declared, const struct names *owned);

#endif
