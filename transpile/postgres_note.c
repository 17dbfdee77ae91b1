/* postgres_note - a table that notes values, by key, while others work
 *
 * What a column held, or what rows became, is written down as it happens, in
 * the form of a copy in the trash, which the table becomes. Its name is that of
 * the change, in the schema of deesse's own. Where there is nothing else by
 * which the next run could know of this one, a check that says nothing stands
 * on the table that it is about.
 */
#include "transpile/ddl.h"

#include <string.h>

#include "sql/quote.h"

#define D DIALECT_POSTGRES

static const struct column *
column_of(const struct table *t, const char *name)
{
	for (size_t i = 0; name && i < t->columns.n; i++)
		if (schema_same_name(D, t->columns.v[i]->name, name))
			return t->columns.v[i];
	return NULL;
}

bool
postgres_has_key(const struct change *c, const char *column)
{
	const struct constraint *was = table_primary_key(c->old_table);
	const struct constraint *is = table_primary_key(c->new_table);

	if (!was || !is || was->parts.n != is->parts.n)
		return false;
	for (size_t i = 0; i < was->parts.n; i++) {
		const char *name = was->parts.v[i].column;
		const struct column *x = column_of(c->old_table, name);
		const struct column *y = column_of(c->new_table, name);

		if (!x || !y || !is->parts.v[i].column || x->enum_type ||
		    !schema_same_name(D, name, is->parts.v[i].column) ||
		    schema_same_name(D, name, column) ||
		    strcmp(x->type, y->type) != 0)
			return false;
	}
	return true;
}

void
postgres_note_keys(struct buf *b, const struct change *c, const char *before)
{
	const struct constraint *key = table_primary_key(c->old_table);

	for (size_t i = 0; i < key->parts.n; i++) {
		buf_fmt(b, "%s%s", i ? ", " : "", before);
		sql_ident(b, D, key->parts.v[i].column);
	}
}

void
postgres_note_match(struct buf *b, const struct change *c, const char *before)
{
	const struct constraint *key = table_primary_key(c->old_table);

	for (size_t i = 0; i < key->parts.n; i++) {
		buf_puts(b, i ? " AND k." : "k.");
		sql_ident(b, D, key->parts.v[i].column);
		buf_fmt(b, " = %s", before);
		sql_ident(b, D, key->parts.v[i].column);
	}
}

void
postgres_note_name(struct buf *b, const char *name)
{
	sql_qualified(b, D, ONLINE_SCHEMA, name);
}

void
postgres_note_key(struct buf *b, const char *name)
{
	buf_fmt(b, "\"%s" ONLINE_KEY "\"", name);
}

void
postgres_end_note(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out)
{
	buf_puts(b, " WITH NO DATA");
	postgres_keep_online(a, b, ONLINE_COLUMN, out);
	buf_puts(b, "ALTER TABLE ");
	postgres_note_name(b, name);
	buf_puts(b, " ADD CONSTRAINT ");
	postgres_note_key(b, name);
	buf_puts(b, " PRIMARY KEY (");
	postgres_note_keys(b, c, "");
	buf_putc(b, ')');
	postgres_keep_online(a, b, ONLINE_COLUMN, out);
}

void
postgres_mark(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out)
{
	ddl_alter(b, D, c->new_table);
	buf_puts(b, "ADD CONSTRAINT ");
	sql_ident(b, D, name);
	buf_puts(b, " CHECK (true) NOT VALID");
	postgres_keep_online(a, b, ONLINE_COLUMN, out);
}

void
postgres_drop_note(struct writing *w)
{
	buf_puts(&w->b, "DROP TABLE IF EXISTS ");
	postgres_note_name(&w->b, w->c->online);
	say(w);
}
