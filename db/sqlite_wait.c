/* sqlite_wait - waiting for others, and word of long statements
 *
 * A large write moves pages into the file before COMMIT, which readers forbid
 * as they forbid COMMIT itself. SQLite would wait anew at every page: so once a
 * wait was in vain, the rest of the transaction keeps its pages in memory and
 * only COMMIT waits again.
 */
#include "db/sqlite.h"

/* A COMMIT has all its work behind it: it waits for this many timeouts. */
#define PATIENCE 6

/* Between two ticks, in steps of SQLite's machine: some milliseconds. */
#define STEPS 100000

static int
wait_busy(void *data, int count)
{
	struct sqlite_db *s = data;

	if (!count)
		s->waiting_since = clock_ms();
	if (s->in_vain || clock_ms() - s->waiting_since >= s->db.timeout_ms) {
		s->in_vain = !sqlite3_get_autocommit(s->handle);
		return 0;
	}
	db_nap();
	return 1;
}

void
sqlite_wait_init(struct sqlite_db *s)
{
	sqlite3_busy_handler(s->handle, wait_busy, s);
}

bool
sqlite_begin(struct db *db, struct err *err)
{
	((struct sqlite_db *)db)->in_vain = false;
	return db_exec(db, "BEGIN IMMEDIATE", err);
}

/* A busy COMMIT leaves the transaction open: it waits for those who read. */
bool
sqlite_commit(struct db *db, struct err *err)
{
	struct sqlite_db *s = (struct sqlite_db *)db;
	int64_t begun = clock_ms(),
		deadline = begun + PATIENCE * db->timeout_ms;
	int rc;

	while ((rc = sqlite3_exec(s->handle, "COMMIT", NULL, NULL, NULL))) {
		if ((rc & 0xff) != SQLITE_BUSY || clock_ms() >= deadline) {
			s->waited_ms = clock_ms() - begun;
			return sqlite_fail(s, rc, "COMMIT", err);
		}
		if (s->tick)
			s->tick(s->tick_arg);
		db_nap();
	}
	return true;
}

static int
tick(void *data)
{
	struct sqlite_db *s = data;

	s->tick(s->tick_arg);
	return 0;
}

void
sqlite_progress(struct db *db, void (*fn)(void *arg), void *arg)
{
	struct sqlite_db *s = (struct sqlite_db *)db;

	s->tick = fn;
	s->tick_arg = arg;
	sqlite3_progress_handler(s->handle, STEPS, fn ? tick : NULL, s);
}
