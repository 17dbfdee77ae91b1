/* server_scratch.h - a database of a server's own in which a text is read.
 *
 * PostgreSQL. Only the server can say what a text of DDL means, so it gets an
 * empty database beside the others for as long as that takes; the text runs
 * in a transaction that is never committed, so that nothing of what all
 * databases share (roles, tablespaces) stays either. It needs the right to
 * make a database, and nothing else.
 */
#ifndef SYNC_SERVER_SCRATCH_H
#define SYNC_SERVER_SCRATCH_H

#include "db/db.h"
#include "schema/schema.h"

/* Zero it. */
struct server_scratch {
	struct db *server; /* a connection to the database that was named */
	const char *name;  /* of the one that was made, or NULL */
	struct db *db;     /* a connection there, in a transaction */
};

/* Makes the database beside the one of the URL, and runs the statements of the
 * text there; an error begins with the line. Released in any case. */
bool server_scratch_load(struct arena *a, struct server_scratch *s,
    const struct db_url *url, const char *text, size_t len, struct err *err);

/* Reads what the text has made: all schemas of it. */
struct schema *server_scratch_read(
    struct arena *a, struct server_scratch *s, struct err *err);

/* Drops the database. */
void server_scratch_release(struct server_scratch *s);

#endif
