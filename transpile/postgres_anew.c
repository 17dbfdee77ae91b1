/* postgres_anew - a table whose place and rows another one takes
 *
 * The rows wait in a table of the session. They come back before triggers and
 * rules are there, so that what is put in is what was taken out; a row that the
 * new table has no place for stops it all. (The session has row_security off:
 * rows that it must not see are an error.)
 */
#include "transpile/ddl.h"

#include <string.h>

#include "base/text.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

static const char *
aside_name(struct writing *w, const struct change *drop)
{
	return arena_fmt(w->p->a, "_deesse_rows_%zu", drop->place);
}

static const char *
list_of(const struct column *c)
{
	return text_ends(c->type, "[]") ? "[]" : "";
}

/* Values of enum types wait as text, for the type may be exchanged meanwhile.
 */
void
postgres_put_rows_aside(struct writing *w)
{
	const struct table *t = w->c->now_table;

	buf_puts(&w->b, "CREATE TEMPORARY TABLE ");
	sql_ident(&w->b, D, aside_name(w, w->c));
	buf_puts(&w->b, " ON COMMIT DROP AS SELECT ");
	for (size_t i = 0; i < t->columns.n; i++) {
		buf_puts(&w->b, i ? ", " : "");
		sql_ident(&w->b, D, t->columns.v[i]->name);
		if (t->columns.v[i]->enum_type)
			buf_fmt(&w->b, "::text%s", list_of(t->columns.v[i]));
	}
	buf_puts(&w->b, " FROM ");
	buf_puts(&w->b, t->has_heirs ? "ONLY " : "");
	sql_qualified(&w->b, D, t->schema, t->name);
	say(w);
}

/* What the new column takes of the old one, as it waits. */
static void
add_value(struct writing *w, struct buf *b, const struct column *old,
    const struct column *new)
{
	bool fills = column_fills(old, new);
	struct column was = *old;
	struct change c = { .now_column = &was, .new_column = new };
	const char *using;

	if (old->enum_type) {
		was.type = arena_fmt(w->p->a, "text%s", list_of(old));
		was.enum_type = NULL;
	}
	using = strcmp(was.type, new->type) ? diff_conversion(w->p->a, D, &c)
					    : column_more(new)->conversion.text;
	buf_puts(b, fills ? "coalesce(" : "");
	if (using)
		buf_fmt(b, "(%s)", using);
	else
		sql_ident(b, D, old->name);
	if (fills)
		buf_fmt(b, ", %s)", column_more(new)->backfill.text);
}

void
postgres_take_rows(struct writing *w)
{
	const struct table *new = w->c->new_table, *old = w->c->mate->now_table;
	struct buf values = { 0 };
	size_t n = 0, bare;

	buf_puts(&w->b, "INSERT INTO ");
	sql_qualified(&w->b, D, new->schema, new->name);
	buf_puts(&w->b, " ");
	bare = w->b.len;
	buf_puts(&w->b, "(");
	for (size_t i = 0; i < new->columns.n; i++) {
		const struct column *c = new->columns.v[i], *was = NULL;

		for (size_t k = 0; k < old->columns.n; k++)
			if (!strcmp(old->columns.v[k]->name, c->name))
				was = old->columns.v[k];
		if (c->generated.text ||
		    (!was && !column_more(c)->backfill.text))
			continue;
		buf_puts(&w->b, n ? ", " : "");
		buf_puts(&values, n++ ? ", " : "");
		sql_ident(&w->b, D, c->name);
		if (was)
			add_value(w, &values, was, c);
		else
			buf_puts(&values, column_more(c)->backfill.text);
	}
	/* a row of which no column stays is still a row */
	buf_cut(&w->b, n ? w->b.len : bare);
	buf_fmt(&w->b, "%sSELECT%s%s FROM pg_temp.",
	    n ? ") OVERRIDING SYSTEM VALUE " : "", n ? " " : "",
	    buf_str(&values));
	sql_ident(&w->b, D, aside_name(w, w->c->mate));
	buf_release(&values);
	say(w);
	for (size_t i = 0; n && i < new->columns.n; i++)
		if (new->columns.v[i]->identity != IDENTITY_NONE) {
			postgres_catch_up(
			    w->p->a, &w->b, new, new->columns.v[i]);
			say(w);
		}
}
