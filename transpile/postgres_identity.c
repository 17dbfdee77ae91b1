/* postgres_identity - columns that a sequence numbers, and the sequence */
#include "transpile/ddl.h"

#include <stdlib.h>
#include <string.h>

#include "sql/options.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

/* Says each option of the sequence that is another now. */
static void
renumber(struct arena *a, struct buf *b, const struct column *from,
    const struct column *is)
{
	const char *was[SEQUENCE_OPTIONS], *now[SEQUENCE_OPTIONS];

	if (!sql_sequence_read(
		a, D, column_more(from)->identity_options, was) ||
	    !sql_sequence_read(a, D, column_more(is)->identity_options, now))
		return;
	for (int k = SEQUENCE_NAME + 1; k < SEQUENCE_OPTIONS; k++) {
		struct buf x = { 0 }, y = { 0 };

		sql_sequence_option(&x, k, was);
		sql_sequence_option(&y, k, now);
		if (strcmp(x.s, y.s) != 0)
			buf_fmt(b, " SET %s", y.s);
		buf_release(&x);
		buf_release(&y);
	}
}

/* The least number, or the greatest, that is said or goes without saying. */
static long long
end_of(const char *const said[SEQUENCE_OPTIONS], enum sequence_option end)
{
	bool down =
	    said[SEQUENCE_INCREMENT] && *said[SEQUENCE_INCREMENT] == '-';

	if (said[end] && *said[end])
		return strtoll(said[end], NULL, 10);
	if (end == SEQUENCE_MIN)
		return down ? INT64_MIN : 1;
	return down ? -1 : INT64_MAX;
}

/* May it stand where the new options do not let it be? */
static bool
narrows(struct arena *a, const struct column *from, const struct column *is)
{
	const char *was[SEQUENCE_OPTIONS] = { NULL };
	const char *now[SEQUENCE_OPTIONS] = { NULL };

	return from->identity && is->identity &&
	       sql_sequence_read(
		   a, D, column_more(from)->identity_options, was) &&
	       sql_sequence_read(
		   a, D, column_more(is)->identity_options, now) &&
	       (end_of(now, SEQUENCE_MIN) > end_of(was, SEQUENCE_MIN) ||
		   end_of(now, SEQUENCE_MAX) < end_of(was, SEQUENCE_MAX));
}

static const char *
sequence_of(struct arena *a, const struct table *t, const struct column *c)
{
	return sql_sequence_named(
	    a, D, t->name, c->name, column_more(c)->identity_options);
}

/* No option of the column names its sequence anew. */
static void
rename_sequence(struct writing *w, struct names *to, const struct column *from,
    const struct column *is)
{
	const struct table *t = w->c->new_table;
	const char *old = sequence_of(w->p->a, t, from),
		   *new = sequence_of(w->p->a, t, is);

	if (!from->identity || !is->identity || !strcmp(old, new))
		return;
	buf_puts(&w->b, "ALTER SEQUENCE ");
	sql_qualified(&w->b, D, t->schema, old);
	buf_puts(&w->b, " RENAME TO ");
	sql_ident(&w->b, D, new);
	plan_say(w->p, to, &w->b);
}

static void
identify(struct arena *a, struct buf *b, const struct table *t,
    const struct column *from, const struct column *is)
{
	static const char *const words[] = {
		[IDENTITY_NONE] = NULL,
		[IDENTITY_ALWAYS] = "ALWAYS",
		[IDENTITY_BY_DEFAULT] = "BY DEFAULT",
		[IDENTITY_AUTOINCREMENT] = "BY DEFAULT",
	};

	postgres_alter_column(b, t, is, false);
	if (!is->identity) {
		buf_puts(b, "DROP IDENTITY");
	} else if (from->identity) {
		buf_fmt(b, "SET GENERATED %s", words[is->identity]);
		renumber(a, b, from, is);
		buf_puts(b, narrows(a, from, is) ? " RESTART" : "");
	} else {
		buf_fmt(b, "ADD GENERATED %s AS IDENTITY", words[is->identity]);
		if (column_more(is)->identity_options)
			buf_fmt(b, " (%s)", column_more(is)->identity_options);
	}
}

/* A new sequence knows nothing of the rows that are there: it goes on behind
 * the last of them. */
void
postgres_catch_up(struct arena *a, struct buf *b, const struct table *t,
    const struct column *c)
{
	const char *said[SEQUENCE_OPTIONS] = { NULL }, *start;
	struct buf name = { 0 };
	bool down;

	sql_sequence_read(a, D, column_more(c)->identity_options, said);
	down = said[SEQUENCE_INCREMENT] && *said[SEQUENCE_INCREMENT] == '-';
	start = said[SEQUENCE_START];
	if (!start)
		start = said[down ? SEQUENCE_MAX : SEQUENCE_MIN];
	if (!start)
		start = down ? "-1" : "1";
	sql_qualified(&name, D, t->schema, t->name);
	buf_puts(b, "SELECT pg_catalog.setval(pg_get_serial_sequence(");
	sql_literal(b, D, buf_str(&name));
	buf_puts(b, ", ");
	sql_literal(b, D, c->name);
	buf_fmt(b, "), %s(", down ? "min" : "max");
	sql_ident(b, D, c->name);
	buf_fmt(
	    b, ")) FROM %s HAVING %s(", buf_str(&name), down ? "min" : "max");
	sql_ident(b, D, c->name);
	buf_fmt(b, ") %s %s", down ? "<=" : ">=", start);
	buf_release(&name);
}

/* Is more another than the name? */
static bool
renumbers(struct arena *a, const struct column *from, const struct column *is)
{
	struct buf b = { 0 };
	bool yes;

	renumber(a, &b, from, is);
	yes = b.len || from->identity != is->identity;
	buf_release(&b);
	return yes;
}

void
postgres_write_identity(struct writing *w)
{
	const struct change *c = w->c;

	rename_sequence(w, &w->s->sql, c->now_column, c->new_column);
	rename_sequence(w, &w->s->undo, c->new_column, c->now_column);
	if (!renumbers(w->p->a, c->now_column, c->new_column))
		return;
	identify(w->p->a, &w->b, c->new_table, c->now_column, c->new_column);
	say(w);
	if (!c->now_column->identity)
		postgres_take_given_column(
		    w, c->new_table, c->new_column, &(struct given){ 0 });
	if (!c->now_column->identity ||
	    narrows(w->p->a, c->now_column, c->new_column)) {
		postgres_catch_up(w->p->a, &w->b, c->new_table, c->new_column);
		say(w);
	}
	identify(w->p->a, &w->b, c->new_table, c->new_column, c->now_column);
	say_undo(w);
	if (!c->new_column->identity)
		postgres_take_given_column(w, c->new_table, c->now_column,
		    &(struct given){ .back = true });
}
