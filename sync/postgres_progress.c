/* postgres_progress - how far a statement came that takes its time
 *
 * The session is busy with it, so another one asks, and only where somebody
 * looks on. That it cannot be asked is no error.
 */
#include <stdio.h>

#include "base/clock.h"
#include "db/postgres.h"
#include "sync/postgres.h"
#include "sync/trash.h"

/* In milliseconds. */
#define PERIOD 300

/* Of a constraint that is checked, of ANALYZE and of a partition that leaves
 * the server does not tell how far it is: then one is told how large the table
 * is, and how long it takes by now. Of CREATE INDEX it tells: of the tables, of
 * what it sorts, of those it waits for. */
static const char query[] =
    "SELECT phase, current_locker_pid,"
    " CASE WHEN phase LIKE 'waiting%' THEN NULL"
    " WHEN blocks_done < blocks_total THEN blocks_done * 100 / blocks_total"
    " WHEN tuples_total > 0 THEN tuples_done * 100 / tuples_total END"
    " FROM pg_stat_progress_create_index WHERE pid = $1::int";

static void
ask(struct postgres_watch *w)
{
	const char *param = w->pid;
	struct err ignored = { 0 };
	struct db_rows *r = db_query(w->db, query, &param, 1, &ignored);

	if (r && db_rows_next(r, &ignored)) {
		int n = snprintf(w->text, sizeof(w->text), "%s, %s", w->doing,
		    db_text(r, 0));

		if (!db_null(r, 2))
			snprintf(w->text + n, sizeof(w->text) - (size_t)n,
			    ", %d %%", (int)db_int(r, 2));
		else if (db_int(r, 1))
			snprintf(w->text + n, sizeof(w->text) - (size_t)n,
			    " (backend %d)", (int)db_int(r, 1));
		w->s->doing = w->text;
	} else if (r) {
		snprintf(w->text, sizeof(w->text), "%s%s, %lld s", w->doing,
		    w->size, (long long)((w->asked - w->begun) / 1000));
		w->s->doing = w->text;
	}
	db_rows_end(r);
	err_release(&ignored);
}

static void
weigh(struct postgres_watch *w, const struct table *t)
{
	struct err ignored = { 0 };
	int64_t bytes;

	if (sync_postgres.weigh(w->db, t, &bytes, &ignored))
		snprintf(w->size, sizeof(w->size), ", in %s",
		    trash_size(w->s->arena, bytes));
	err_release(&ignored);
}

static void
look(void *arg)
{
	struct postgres_watch *w = arg;
	int64_t now = clock_ms();

	if (now - w->asked >= PERIOD) {
		w->asked = now;
		ask(w);
	}
	w->was(w->was_arg);
}

void
postgres_watch(struct postgres_watch *w, struct sync *s, const struct change *c)
{
	struct postgres_db *p = (struct postgres_db *)s->db;
	struct err ignored = { 0 };

	*w = (struct postgres_watch){ .s = s,
		.was = p->progress,
		.was_arg = p->progress_arg,
		.begun = clock_ms() };
	w->asked = w->begun;
	if (!w->was)
		return;
	w->doing = arena_fmt(s->arena, "%.150s", change_text(s->arena, c));
	snprintf(w->pid, sizeof(w->pid), "%d", p->pq->PQbackendPID(p->conn));
	if (db_open(&w->db, &s->project->url, DB_READ, &ignored)) {
		weigh(w, c->old_table);
		db_progress(s->db, look, w);
	}
	err_release(&ignored);
}

void
postgres_unwatch(struct postgres_watch *w)
{
	if (!w->db)
		return;
	db_progress(w->s->db, w->was, w->was_arg);
	w->s->doing = NULL;
	db_close(w->db);
}
