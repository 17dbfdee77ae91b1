/* postgres_locks - how many locks a transaction holds at its end
 *
 * Measured on 15, where what a new thing depends on is locked as well. A server
 * that is short of locks ends the statement that asked for one more, so that a
 * number that is a little too small costs a rollback, and nothing else.
 */
#include <string.h>

#include "base/map.h"
#include "db/postgres.h"
#include "sync/postgres.h"

/* The table, its row type; its rows' long values and their index. */
#define OF_TABLE 4

static size_t
of_constraint(const struct constraint *c)
{
	switch (c->kind) {
	case CONSTRAINT_CHECK:
		return 0;
	case CONSTRAINT_FOREIGN_KEY:
		return 3; /* itself, the other table and its index */
	default:
		return 2; /* itself and its index */
	}
}

static size_t
of_columns(const struct table *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->columns.n; i++)
		n += t->columns.v[i]->identity != IDENTITY_NONE;
	return n;
}

/* All that a table has: each partition has the same. */
static size_t
of_table(const struct table *t, bool indexes)
{
	size_t n = OF_TABLE + of_columns(t);

	for (size_t i = 0; i < t->constraints.n; i++)
		n += of_constraint(t->constraints.v[i]);
	if (indexes)
		n += t->indexes.n;
	return n * (1 + t->partitions.n);
}

/* What goes is locked with all that depends on it. */
static size_t
of_dropped(const struct table *t)
{
	size_t n = of_table(t, true) + 1;

	for (size_t i = 0; i < t->columns.n; i++)
		n += t->columns.v[i]->default_value.text != NULL;
	for (size_t i = 0; i < t->constraints.n; i++)
		if (t->constraints.v[i]->kind == CONSTRAINT_FOREIGN_KEY)
			n += 4; /* its triggers, on both sides */
	return n;
}

static size_t
of_change(const struct change *c)
{
	switch (c->kind) {
	case CHANGE_CREATE_TABLE:
		return of_table(c->new_table, false);
	case CHANGE_CREATE_INDEX:
		return 1 + c->new_table->partitions.n;
	case CHANGE_CREATE_ENUM:
	case CHANGE_ALTER_ENUM:
	case CHANGE_DROP_ENUM:
		return 2;
	case CHANGE_DROP_TABLE:
		return of_dropped(c->old_table);
	case CHANGE_ADD_CONSTRAINT:
		return of_constraint(c->new_constraint);
	case CHANGE_COLUMN_TYPE: /* all of it may be written anew */
		return of_table(c->old_table, true);
	case CHANGE_CREATE_OBJECT:
	case CHANGE_REPLACE_OBJECT:
	case CHANGE_DROP_OBJECT:
		return 2;
	default:
		return 0;
	}
}

size_t
postgres_locks(struct arena *a, const struct changes *changes)
{
	struct arena mine = { 0 };
	struct map seen = { 0 };
	size_t n = 0;

	(void)a;
	for (size_t i = 0; i < changes->n; i++) {
		const struct change *c = changes->v[i];
		const struct table *t = c->old_table;
		const char *key;

		n += of_change(c);
		if (!t || c->kind == CHANGE_DROP_TABLE)
			continue;
		key = arena_fmt(
		    &mine, "%s.%s", t->schema ? t->schema : "", t->name);
		if (!map_put(&mine, &seen, key, (void *)t))
			n += OF_TABLE - 1;
	}
	arena_release(&mine);
	return n;
}

/* What the server itself adds up when it starts. */
static const char settings[] =
    "SELECT max(setting::bigint) FILTER (WHERE name ="
    " 'max_locks_per_transaction'),"
    " sum(setting::bigint) FILTER (WHERE name <>"
    " 'max_locks_per_transaction') + 1"
    " FROM pg_catalog.pg_settings WHERE name IN"
    " ('max_locks_per_transaction', 'max_connections',"
    " 'max_prepared_transactions', 'max_worker_processes',"
    " 'autovacuum_max_workers', 'max_wal_senders')";

bool
postgres_room(struct db *db, struct lock_room *room, struct err *err)
{
	struct err e = { 0 };
	struct db_rows *r = db_query(db, settings, NULL, 0, err);

	if (!r)
		return false;
	*room = (struct lock_room){
		.per_transaction = 1, .all = SIZE_MAX, .of_batch = SIZE_MAX
	};
	if (db_rows_next(r, &e) && !db_null(r, 0) && !db_null(r, 1)) {
		room->per_transaction = (size_t)db_int(r, 0);
		room->all = room->per_transaction * (size_t)db_int(r, 1);
		/* the rest is for who else works there */
		room->of_batch = room->all / 4 * 3;
	}
	db_rows_end(r);
	err_release(&e);
	return true;
}
