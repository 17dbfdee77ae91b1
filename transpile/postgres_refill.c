/* postgres_refill - a column that was there becomes required beside others
 *
 * Rows without a value get .backfill's a batch at a time, under the eyes of
 * those who work: the column is theirs already. So that it can be taken back,
 * by undo or because nobody wants it any more, a table notes in the same
 * transaction whose value was missing and what it became. It has the form of a
 * copy in the trash, and becomes one. A check that says nothing stands for the
 * run until the real one takes its place: by it the next run knows of this one.
 */
#include "transpile/ddl.h"

#include <string.h>

#include "sql/key.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

static bool
reads_computed(const struct table *t, const struct expr *e)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (t->columns.v[i]->generated.text &&
		    sql_mentions(D, e->text, t->columns.v[i]->name))
			return true;
	return false;
}

bool
postgres_can_refill(const struct change *c)
{
	return postgres_has_key(c, c->new_column->name) &&
	       !reads_computed(
		   c->old_table, &column_more(c->new_column)->backfill);
}

/* The column's own place is empty: that there was no value is all it says. */
static void
add_note(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out)
{
	buf_puts(b, "CREATE TABLE ");
	postgres_note_name(b, name);
	buf_puts(b, " AS SELECT ");
	postgres_note_keys(b, c, "");
	buf_puts(b, ", NULL::text AS ");
	sql_ident(b, D, c->new_column->name);
	buf_puts(b, ", NULL::text AS " ONLINE_NOW " FROM ");
	ddl_table_name(b, D, c->new_table);
	postgres_end_note(a, b, c, name, out);
}

/* Where the value cannot be told or noted, it stays missing: a program that
 * knows of nothing must go on. */
static void
add_body(struct buf *b, const struct change *c, const char *name)
{
	struct buf column = { 0 };
	const char *x;

	sql_ident(&column, D, c->new_column->name);
	x = buf_str(&column);
	buf_fmt(b,
	    "#variable_conflict use_column\n"
	    "BEGIN\n"
	    "IF NEW.%s IS NOT NULL THEN RETURN NEW; END IF;\n"
	    "BEGIN\n"
	    "NEW.%s := (SELECT ",
	    x, x);
	ddl_expr(b, D, &column_more(c->new_column)->backfill);
	buf_puts(b, " FROM (SELECT NEW.*) AS ");
	sql_ident(b, D, c->new_table->name);
	buf_fmt(b,
	    ");\n"
	    "IF NEW.%s IS NULL THEN RETURN NEW; END IF;\n"
	    "INSERT INTO ",
	    x);
	postgres_note_name(b, name);
	buf_puts(b, " (");
	postgres_note_keys(b, c, "");
	buf_puts(b, ", " ONLINE_NOW ") VALUES (");
	postgres_note_keys(b, c, "NEW.");
	buf_fmt(b, ", NEW.%s::text) ON CONFLICT ON CONSTRAINT ", x);
	postgres_note_key(b, name);
	buf_fmt(b,
	    " DO UPDATE SET " ONLINE_NOW " = excluded." ONLINE_NOW ";\n"
	    "EXCEPTION WHEN OTHERS THEN NEW.%s := NULL;\n"
	    "END;\n"
	    "RETURN NEW;\n"
	    "END",
	    x);
	buf_release(&column);
}

/* The fill's own rows pass, for they have their value. */
static void
add_fill(struct arena *a, struct buf *b, const struct change *c,
    struct online_steps *out)
{
	struct buf left = { 0 };

	sql_ident(&left, D, c->new_column->name);
	buf_puts(&left, " IS NULL");
	buf_puts(b, "UPDATE ");
	ddl_table_name(b, D, c->new_table);
	buf_puts(b, " SET ");
	sql_ident(b, D, c->new_column->name);
	buf_puts(b, " = ");
	ddl_expr(b, D, &column_more(c->new_column)->backfill);
	buf_fmt(b, " WHERE %s", buf_str(&left));
	postgres_keep_fill(a, b, &left, out);
}

static void
add_check(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out)
{
	ddl_alter(b, D, c->new_table);
	buf_puts(b, "DROP CONSTRAINT ");
	sql_ident(b, D, name);
	buf_puts(b, ", ADD CONSTRAINT ");
	sql_ident(b, D, name);
	buf_puts(b, " CHECK (");
	sql_ident(b, D, c->new_column->name);
	buf_puts(b, " IS NOT NULL) NOT VALID");
	postgres_keep_online(a, b, ONLINE_CHECK, out);
	postgres_validate(a, b, c->new_table, name, out);
}

void
postgres_make_refill(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out)
{
	struct buf body = { 0 };

	postgres_mark(a, b, c, name, out);
	add_note(a, b, c, name, out);
	add_body(&body, c, name);
	postgres_fill_trigger(a, b, c->new_table, name, buf_str(&body), out);
	buf_release(&body);
	add_fill(a, b, c, out);
	add_check(a, b, c, name, out);
}

/* The notes are in the trash by now, unless nothing is kept. */
void
postgres_place_refill(struct writing *w)
{
	postgres_drop_trigger(w);
	postgres_drop_note(w);
}
