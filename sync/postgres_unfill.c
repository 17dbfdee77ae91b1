/* postgres_unfill - rows that were given a value are without one again
 *
 * A required column that nobody wants any more, after rows of it were filled:
 * the table of notes says which, and what they became. Who has written another
 * value since has his. The mark on the table goes last, so that a run that is
 * interrupted here is found as well.
 */
#include <string.h>

#include "db/postgres.h"
#include "sql/quote.h"
#include "sync/postgres.h"

#define D DIALECT_POSTGRES

#define BATCH "1000"

struct unfill {
	struct db *db;
	const struct online *o;
	struct arena a;
	const char *table, *note;
	struct names columns; /* of the note: the key, the column, what it
				 became */
};

static bool
read_columns(struct unfill *u, struct err *err)
{
	struct err e = { 0 };
	struct db_rows *r = db_query(u->db,
	    "SELECT attname FROM pg_catalog.pg_attribute"
	    " WHERE attrelid = to_regclass($1) AND attnum > 0"
	    " AND NOT attisdropped ORDER BY attnum",
	    &u->note, 1, err);

	if (!r)
		return false;
	while (db_rows_next(r, &e))
		vec_push(
		    &u->a, &u->columns, arena_strdup(&u->a, db_text(r, 0)));
	db_rows_end(r);
	if (e.kind)
		*err = e;
	return !e.kind;
}

/* Nobody is filled any more, nor refused. */
static bool
loosen(struct unfill *u, struct err *err)
{
	struct buf b = { 0 };
	bool ok;

	buf_fmt(&b, "DROP TRIGGER IF EXISTS \"" ONLINE_TRIGGER "%s\" ON %s;\n",
	    u->o->name, u->table);
	postgres_drop_keeping(&b, u->o, u->table);
	buf_fmt(&b, "DROP FUNCTION IF EXISTS %s();\n", u->note);
	buf_fmt(&b, "ALTER TABLE %s DROP CONSTRAINT ", u->table);
	sql_ident(&b, D, u->o->name);
	buf_puts(&b, ", ADD CONSTRAINT ");
	sql_ident(&b, D, u->o->name);
	buf_puts(&b, " CHECK (true) NOT VALID");
	ok = postgres_run_brief(u->db, buf_str(&b), u->table, err);
	buf_release(&b);
	return ok;
}

static void
add_batch(struct unfill *u, struct buf *b)
{
	size_t keys = u->columns.n - 2;

	buf_fmt(b,
	    "WITH k AS (DELETE FROM %s WHERE ctid = ANY (ARRAY("
	    "SELECT ctid FROM %s LIMIT " BATCH ")) RETURNING *),"
	    " back AS (UPDATE %s t SET ",
	    u->note, u->note, u->table);
	sql_ident(b, D, u->columns.v[keys]);
	buf_puts(b, " = NULL FROM k WHERE t.");
	sql_ident(b, D, u->columns.v[keys]);
	buf_puts(b, "::text COLLATE \"C\" = k." ONLINE_NOW " COLLATE \"C\"");
	for (size_t i = 0; i < keys; i++) {
		buf_puts(b, " AND t.");
		sql_ident(b, D, u->columns.v[i]);
		buf_puts(b, " = k.");
		sql_ident(b, D, u->columns.v[i]);
	}
	buf_puts(b, ") SELECT count(*) FROM k");
}

static bool
empty(struct unfill *u, struct err *err)
{
	struct buf b = { 0 };
	int64_t n = 1;
	bool ok = true;

	add_batch(u, &b);
	while (ok && n)
		ok = db_count(u->db, buf_str(&b), &n, err);
	buf_release(&b);
	return ok;
}

/* What was only copied for the trash says nothing of what values became. */
static bool
fills(const struct unfill *u)
{
	return !strcmp(u->columns.v[u->columns.n - 1], ONLINE_NOW);
}

static bool
clear(struct unfill *u, struct err *err)
{
	struct buf b = { 0 };
	bool ok;

	buf_fmt(&b, "DROP TABLE %s;\nALTER TABLE %s DROP CONSTRAINT ", u->note,
	    u->table);
	sql_ident(&b, D, u->o->name);
	ok = postgres_run_brief(u->db, buf_str(&b), u->table, err);
	buf_release(&b);
	return ok;
}

bool
postgres_unfill(
    struct db *db, const struct online *o, bool *none, struct err *err)
{
	struct unfill u = { .db = db, .o = o };
	bool ok;

	u.table = postgres_qualified(&u.a, o->schema, o->table);
	u.note = postgres_qualified(&u.a, ONLINE_SCHEMA, o->name);
	ok = read_columns(&u, err);
	*none = ok && u.columns.n < 2;
	if (ok && !*none)
		ok = loosen(&u, err) && (!fills(&u) || empty(&u, err)) &&
		     clear(&u, err);
	arena_release(&u.a);
	return ok;
}
