/* postgres_pool - is a session really one?
 *
 * A pooler that hands out a server for each transaction gives no session:
 * settings are somebody else's with the next statement, a lock of the session
 * stays with whoever comes, and what is prepared is gone. Poolers do not say
 * how they work. But the number of the backend that a client is given when it
 * connects is made up there, and where servers are shared, two clients meet on
 * the same one.
 */
#include <poll.h>
#include <stdlib.h>

#include "db/postgres.h"

#define ROUNDS 3
#define WAIT_MS 1000 /* a pool that is full may never have a server for us */

static bool
wait_for(const struct postgres_db *p, long end)
{
	struct pollfd fd = { p->pq->PQsocket(p->conn), POLLIN, 0 };
	long left = end - clock_ms();

	return left > 0 && poll(&fd, 1, (int)left) > 0 &&
	       p->pq->PQconsumeInput(p->conn);
}

/* Asks which backend answers; 0: none does in time, -1: the pool takes no
 * transactions. */
static int
ask_backend(const struct postgres_db *p, const char *sql)
{
	long end = clock_ms() + WAIT_MS;
	PGresult *res;
	int pid = 0;

	if (!p->pq->PQsendQuery(p->conn, sql))
		return 0;
	for (;;) {
		while (p->pq->PQflush(p->conn) > 0 || p->pq->PQisBusy(p->conn))
			if (!wait_for(p, end))
				return pid;
		res = p->pq->PQgetResult(p->conn);
		if (!res)
			return pid;
		if (p->pq->PQresultStatus(res) == PGRES_TUPLES_OK)
			pid =
			    (int)strtol(p->pq->PQgetvalue(res, 0, 0), NULL, 10);
		else if (p->pq->PQresultStatus(res) == PGRES_FATAL_ERROR)
			pid = -1;
		p->pq->PQclear(res);
		if (p->pq->PQstatus(p->conn) == CONNECTION_BAD)
			return pid;
	}
}

static const char which[] = "SELECT pg_catalog.pg_backend_pid()";
static const char inside[] =
    "BEGIN READ ONLY; SELECT pg_catalog.pg_backend_pid()";

/* Does another client, in a transaction, meet the backend that was ours a
 * moment ago? */
static bool
is_shared(struct postgres_db *p, const struct db_url *url)
{
	struct postgres_db other = { .pq = p->pq };
	struct err ignored = { 0 };
	int mine = ask_backend(p, which), theirs = 0;
	bool shared;

	if (postgres_connect(&other, url, &ignored)) {
		p->pq->PQsetnonblocking(other.conn, 1);
		theirs = ask_backend(&other, inside);
	}
	/* while the other one keeps it, ours is a new one */
	shared = theirs < 0 || (theirs && theirs == mine) ||
		 (mine && ask_backend(p, which) != mine);
	if (other.conn)
		p->pq->PQfinish(other.conn);
	err_release(&ignored);
	return shared;
}

bool
postgres_refuse_pool(
    struct postgres_db *p, const struct db_url *url, struct err *err)
{
	bool shared = false;

	if (ask_backend(p, which) == p->pq->PQbackendPID(p->conn))
		return true;
	for (int i = 0; i < ROUNDS && !shared; i++)
		shared = is_shared(p, url);
	return !shared ||
	       err_set(err, ERR_UNFIT,
		   "%s: a pooler in transaction mode is in between (as "
		   "PgBouncer with pool_mode = transaction): each statement "
		   "may meet another session, where no lock and no setting "
		   "of this one holds\n"
		   "connect to the server itself, or through a pool whose "
		   "mode is session",
		   p->db.name);
}
