/* postgres_fill - a new column is filled while others read and write
 *
 * An UPDATE of all rows locks each of them until the end. So the column is made
 * under another name, a trigger gives it its value in rows that come or change,
 * and the rows that were there are filled a batch at a time. The trigger works
 * it out anew at each change, for until the column has its name nobody can have
 * meant it to stay; where that fails it leaves NULL, for a program that knows
 * of nothing must go on: the fill finds it, and says so. In the transaction the
 * column only gets its name.
 */
#include "transpile/ddl.h"

#include "sql/quote.h"

#define D DIALECT_POSTGRES

static bool
computes(const struct table *t)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (t->columns.v[i]->generated.text)
			return true;
	return false;
}

/* What is computed, a trigger does not see yet; one value for all rows takes no
 * time; parts have pages of their own, so that the whole needs a key. */
bool
postgres_can_fill(const struct change *c)
{
	const struct column *wanted = c->new_column;
	const struct table *t = c->old_table;

	return column_fills(NULL, wanted) && !wanted->generated.text &&
	       wanted->identity == IDENTITY_NONE && !computes(t) &&
	       (!t->partition_by.text || table_primary_key(t)) &&
	       !postgres_fills_at_once(wanted);
}

void
postgres_online_trigger(struct buf *b, const char *name)
{
	struct buf text = { 0 };

	buf_fmt(&text, ONLINE_TRIGGER "%s", name);
	sql_ident(b, D, buf_str(&text));
	buf_release(&text);
}

void
postgres_online_function(struct buf *b, const char *name)
{
	sql_qualified(b, D, ONLINE_SCHEMA, name);
	buf_puts(b, "()");
}

static void
add_column(struct buf *b, const struct change *c, const char *name)
{
	struct column bare = *c->new_column;

	bare.name = name;
	bare.not_null = false;
	bare.default_value = (struct expr){ 0 };
	bare.comment = NULL;
	ddl_alter(b, D, c->new_table);
	buf_puts(b, "ADD COLUMN ");
	postgres_column(b, &bare);
}

/* The new row stands for the table, so that its columns have their names. */
static void
add_body(struct buf *b, const struct change *c, const char *name)
{
	struct buf column = { 0 };
	const char *x;

	sql_ident(&column, D, name);
	x = buf_str(&column);
	buf_fmt(b,
	    "#variable_conflict use_column\n"
	    "BEGIN\n"
	    "IF TG_OP = 'UPDATE' AND NEW.%s IS NOT NULL THEN\n"
	    "IF OLD.%s IS NULL THEN RETURN NEW; END IF;\n"
	    "END IF;\n"
	    "BEGIN\n"
	    "NEW.%s := (SELECT ",
	    x, x, x);
	ddl_expr(b, D, &column_more(c->new_column)->backfill);
	buf_puts(b, " FROM (SELECT NEW.*) AS ");
	sql_ident(b, D, c->new_table->name);
	buf_fmt(b,
	    ");\n"
	    "EXCEPTION WHEN OTHERS THEN NEW.%s := NULL;\n"
	    "END;\n"
	    "RETURN NEW;\n"
	    "END",
	    x);
	buf_release(&column);
}

void
postgres_make_function(struct arena *a, struct buf *b, const char *name,
    const char *body, struct online_steps *out)
{
	postgres_online_body(b, "CREATE", name, body);
	postgres_keep_online(a, b, ONLINE_COLUMN, out);
}

void
postgres_make_trigger(struct arena *a, struct buf *b, const struct table *t,
    const char *name, const char *when, const char *each, const char *function,
    struct online_steps *out)
{
	buf_puts(b, "CREATE TRIGGER ");
	postgres_online_trigger(b, name);
	buf_fmt(b, " %s ON ", when);
	ddl_table_name(b, D, t);
	buf_fmt(b, " FOR EACH %s EXECUTE FUNCTION ", each);
	postgres_online_function(b, function);
	postgres_keep_online(a, b, ONLINE_COLUMN, out);
	/* rows that a subscription brings come as others do */
	ddl_alter(b, D, t);
	buf_puts(b, "ENABLE ALWAYS TRIGGER ");
	postgres_online_trigger(b, name);
	postgres_keep_online(a, b, ONLINE_COLUMN, out);
}

void
postgres_fill_trigger(struct arena *a, struct buf *b, const struct table *t,
    const char *name, const char *body, struct online_steps *out)
{
	postgres_make_function(a, b, name, body, out);
	postgres_make_trigger(
	    a, b, t, name, "BEFORE INSERT OR UPDATE", "ROW", name, out);
}

/* Whoever writes may not be allowed to read what the expression reads; and how
 * a session says dates and numbers must not matter to what is noted as text. */
void
postgres_online_body(
    struct buf *b, const char *verb, const char *name, const char *body)
{
	buf_fmt(b, "%s FUNCTION ", verb);
	postgres_online_function(b, name);
	buf_puts(b,
	    " RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
	    " SET search_path = public, pg_temp SET datestyle = 'ISO, MDY'"
	    " SET intervalstyle = 'postgres' SET timezone = 'UTC'"
	    " SET extra_float_digits = 1 AS ");
	sql_literal(b, D, body);
}

void
postgres_drop_trigger(struct writing *w)
{
	buf_puts(&w->b, "DROP TRIGGER ");
	postgres_online_trigger(&w->b, w->c->online);
	buf_puts(&w->b, " ON ");
	ddl_table_name(&w->b, D, w->c->new_table);
	say(w);
	buf_puts(&w->b, "DROP FUNCTION ");
	postgres_online_function(&w->b, w->c->online);
	say(w);
}

void
postgres_make_fill(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out)
{
	struct buf body = { 0 }, left = { 0 };

	add_column(b, c, name);
	postgres_keep_online(a, b, ONLINE_COLUMN, out);
	add_body(&body, c, name);
	postgres_fill_trigger(a, b, c->new_table, name, buf_str(&body), out);
	buf_release(&body);
	buf_puts(b, "UPDATE ");
	ddl_table_name(b, D, c->new_table);
	buf_puts(b, " SET ");
	sql_ident(b, D, name);
	buf_puts(b, " = ");
	ddl_expr(b, D, &column_more(c->new_column)->backfill);
	sql_ident(&left, D, name);
	buf_puts(&left, " IS NULL");
	buf_fmt(b, " WHERE %s", buf_str(&left));
	postgres_keep_fill(a, b, &left, out);
	postgres_make_not_null(a, b, c->new_table, name, name, out);
}

void
postgres_place_fill(struct writing *w)
{
	const struct table *t = w->c->new_table;
	const char *name = w->c->online;

	postgres_drop_trigger(w);
	ddl_alter(&w->b, D, t);
	buf_puts(&w->b, "RENAME COLUMN ");
	sql_ident(&w->b, D, name);
	buf_puts(&w->b, " TO ");
	sql_ident(&w->b, D, w->c->new_column->name);
	say(w);
}
