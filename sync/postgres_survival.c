/* postgres_survival - which values outlive a change of type
 *
 * A cast ends the whole query at the first value that it cannot read. So the
 * query is tried as it is, and where a value stops it, as a function of its own
 * that catches just that: slower by a savepoint a row, but it gives a number.
 */
#include "sync/postgres_survival.h"

#include <string.h>

#include "db/postgres.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

struct trial {
	struct arena *a;
	const struct change *c;
	const char *name;    /* of the column, as SQL says it, now */
	const char *convert; /* from the column to the new type */
};

/* The way back: by a cast, or through text where there is none. */
static const char *
back(const struct trial *t, bool by_text)
{
	return arena_fmt(t->a, "CAST(CAST(%s AS %s)%s AS %s)", t->convert,
	    t->c->new_column->type, by_text ? "::text" : "",
	    t->c->old_column->type);
}

/* Adds the column alone, under the name that it will have, so that an
 * expression of the collection finds it; others under theirs. */
static void
add_rows(struct buf *b, const struct trial *t)
{
	const struct table *old = t->c->old_table;

	buf_puts(b, "(SELECT ");
	for (size_t i = 0; i < old->columns.n; i++) {
		buf_puts(b, i ? ", " : "");
		sql_ident(b, D, old->columns.v[i]->name);
		if (old->columns.v[i] == t->c->old_column)
			buf_fmt(b, " AS %s", t->name);
	}
	buf_puts(b, " FROM ");
	postgres_rows_of(b, old);
	buf_puts(b, ") AS ");
	sql_ident(b, D, t->c->new_table->name);
}

static void
count_plainly(struct buf *b, const struct trial *t, bool by_text)
{
	buf_puts(b, "SELECT count(*) FROM ");
	add_rows(b, t);
	buf_fmt(b,
	    " WHERE %s IS DISTINCT FROM NULL AND %s::text IS DISTINCT FROM "
	    "%s::text",
	    t->name, back(t, by_text), t->name);
}

/* A function of the one value. What is no fault of the value (a missing cast)
 * is not caught. */
static void
count_patiently(struct buf *b, const struct trial *t, bool by_text)
{
	struct buf body = { 0 };

	buf_fmt(&body,
	    "BEGIN RETURN %s::text IS NOT DISTINCT FROM %s::text;\n"
	    "EXCEPTION WHEN data_exception OR integrity_constraint_violation\n"
	    "THEN RETURN false; END",
	    back(t, by_text), t->name);
	buf_fmt(b,
	    "CREATE FUNCTION pg_temp.deesse_survives(%s %s) RETURNS boolean"
	    " LANGUAGE plpgsql SET search_path = public AS ",
	    t->name, t->c->old_column->type);
	sql_literal(b, D, body.s);
	buf_release(&body);
}

static bool
count(struct db *db, const char *sql, int64_t *rows)
{
	struct err ignored = { 0 };
	bool ok = db_count(db, sql, rows, &ignored);

	err_release(&ignored);
	return ok;
}

static bool
do_quietly(struct db *db, const char *sql)
{
	struct err ignored = { 0 };
	bool ok = db_exec(db, sql, &ignored);

	err_release(&ignored);
	return ok;
}

static bool
try_plainly(struct db *db, const struct trial *t, bool by_text, int64_t *rows)
{
	struct buf sql = { 0 };
	bool ok;

	do_quietly(db, "SAVEPOINT deesse_trial");
	count_plainly(&sql, t, by_text);
	ok = count(db, sql.s, rows);
	if (!ok)
		do_quietly(db, "ROLLBACK TO SAVEPOINT deesse_trial");
	buf_release(&sql);
	return ok;
}

static bool
try_patiently(struct db *db, const struct trial *t, bool by_text, int64_t *rows)
{
	struct buf sql = { 0 };
	bool ok;

	do_quietly(db, "SAVEPOINT deesse_trial");
	count_patiently(&sql, t, by_text);
	ok = do_quietly(db, sql.s);
	buf_cut(&sql, 0);
	buf_puts(&sql, "SELECT count(*) FROM ");
	postgres_rows_of(&sql, t->c->old_table);
	buf_puts(&sql, " WHERE NOT pg_temp.deesse_survives(");
	sql_ident(&sql, D, t->c->old_column->name);
	buf_puts(&sql, ")");
	ok = ok && count(db, sql.s, rows);
	do_quietly(db, "ROLLBACK TO SAVEPOINT deesse_trial");
	buf_release(&sql);
	return ok;
}

/* Which moment a value meant cannot be seen in it; only no value is safe. */
static bool
count_values(struct db *db, const struct change *c, int64_t *rows)
{
	struct buf sql = { 0 };
	bool ok;

	buf_puts(&sql, "SELECT count(*) FROM ");
	postgres_rows_of(&sql, c->old_table);
	buf_puts(&sql, " WHERE ");
	sql_ident(&sql, D, c->old_column->name);
	buf_puts(&sql, " IS DISTINCT FROM NULL");
	ok = count(db, sql.s, rows);
	buf_release(&sql);
	return ok;
}

bool
postgres_survival(struct arena *a, struct db *db, const struct change *c,
    const struct finding *f, int64_t *rows)
{
	struct trial t = { .a = a, .c = c };
	struct buf name = { 0 };
	const char *using = diff_conversion(a, D, c);

	if (!strcmp(f->rule, "type-meaning"))
		return count_values(db, c, rows);
	sql_ident(&name, D, c->new_column->name);
	t.name = arena_strdup(a, name.s);
	t.convert = using ? arena_fmt(a, "(%s)", using) : t.name;
	buf_release(&name);
	if (try_plainly(db, &t, false, rows))
		return true;
	/* "22": a value; all else is the way back */
	if (postgres_said(db, "22") || postgres_said(db, "23"))
		return try_patiently(db, &t, false, rows);
	return try_plainly(db, &t, true, rows) ||
	       try_patiently(db, &t, true, rows);
}
