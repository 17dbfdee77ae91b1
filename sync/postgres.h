/* postgres.h - between the files that ask PostgreSQL; only they include it. */
#ifndef SYNC_POSTGRES_H
#define SYNC_POSTGRES_H

#include "sync/dialect.h"

/* See sync_dialect.ask. */
bool postgres_ask_rows(struct arena *a, struct db *db, const struct diff *d,
    const struct change *c, const struct finding *f, int64_t *rows);

/* See sync_dialect.fence. */
bool postgres_fence(struct arena *a, struct db *db, const struct plan *p,
    bool *moved, struct err *err);

/* See sync_dialect.locks and .room. */
size_t postgres_locks(struct arena *a, const struct changes *changes);
bool postgres_room(struct db *db, struct lock_room *room, struct err *err);

/* SETs a time of the session, in milliseconds ("LOCAL lock_timeout"). */
bool postgres_set_ms(
    struct db *db, const char *setting, int64_t ms, struct err *err);

/* So many times the patience that one has for a lock that others feel. */
#define POSTGRES_PATIENCE 20

/* See sync_dialect.make_online, drop_online and may_go_on. */
bool postgres_make_online_now(struct sync *s, const struct change *c,
    const struct online_step *x, struct err *err);
bool postgres_drop_online(
    struct db *db, const struct online *o, struct err *err);
bool postgres_may_go_on(struct db *db);

/* postgres_fill.c: runs the UPDATE of a step, beside those who work, in
 * batches, from where it stood when a run was interrupted. */
bool postgres_fill(struct sync *s, const struct change *c,
    const struct online_step *x, struct err *err);

/* postgres_detach.c: see sync_dialect.detaches; takes a partition out of its
 * table beside those who read and write there; puts one back that a run has
 * taken out, or begun to. */
bool postgres_detaches(struct db *db);
bool postgres_detach(
    struct sync *s, const struct change *c, const char *sql, struct err *err);
bool postgres_reattach(struct db *db, const struct online *o, struct err *err);

/* postgres_online.c: the name of a relation, quoted, with its schema, which is
 * public where none is said. */
const char *postgres_qualified(
    struct arena *a, const char *schema, const char *name);

/* postgres_online.c: runs a statement by itself, that may wait long. */
bool postgres_run_long(
    struct sync *s, const struct change *c, const char *sql, struct err *err);

/* postgres_unfill.c: rows of a column that was there, and that a run gave a
 * value, are without one again, but for those that somebody has changed since;
 * then what stood beside the column for it goes. Does nothing, and sets *none,
 * where there is no such column. */
bool postgres_unfill(
    struct db *db, const struct online *o, bool *none, struct err *err);

/* postgres_online.c: adds the statements that drop what writes down what a
 * column holds, if it is there; the table of notes stays. */
void postgres_drop_keeping(
    struct buf *sql, const struct online *o, const char *table);

/* postgres_online.c: runs statements in a transaction of their own, with short
 * tries for a lock on the table. */
bool postgres_run_brief(
    struct db *db, const char *sql, const char *table, struct err *err);

/* postgres_progress.c: while a statement of s->db runs, s->doing says how far
 * the server is with it, where there is somebody to be told. */
struct postgres_watch {
	struct sync *s;
	struct db *db; /* NULL: nobody looks */
	char pid[16];
	const char *doing;
	char text[300];
	char size[40]; /* ", in 1.2 GB" */
	int64_t begun, asked;
	void (*was)(void *arg);
	void *was_arg;
};
void postgres_watch(
    struct postgres_watch *w, struct sync *s, const struct change *c);
void postgres_unwatch(struct postgres_watch *w);

/* postgres_fence.c: runs the statements inside a transaction, in short tries
 * with pauses between them, until the timeout; the error names who holds the
 * tables of the list. */
bool postgres_try(struct db *db, const char *sql, const struct names *tables,
    struct err *err);

/* postgres_shape.c: adds the table as FROM takes it, without the rows of those
 * that inherit from it: each of them is asked by itself. What is in schemas
 * that nobody asks is counted here. */
void postgres_rows_of(struct buf *b, const struct table *t);

/* Adds the rows of the table `old` as a subquery that shows them as `new` will
 * hold them: its names, the defaults of new columns, values of the new types,
 * what is computed. Conditions of the new table can be asked of it. */
void postgres_shape(struct arena *a, struct buf *b, const struct table *old,
    const struct table *new);

#endif
