/* postgres_keep - what a column held is copied while others read and write
 *
 * The trash wants every value of a column that goes, or that becomes another;
 * copied in the transaction, they keep everybody waiting until the last. So a
 * trigger writes down what rows hold from now on, the rows that were there are
 * copied a batch at a time, each locked for that moment, and both sides are
 * compared, value by value. In the transaction the table of notes only moves.
 *
 * A key may be given on from one row to the next in one statement, so a note
 * goes only if no row has its key when the statement is over.
 */
#include "transpile/ddl.h"

#include "sql/quote.h"

#define D DIALECT_POSTGRES

struct keeping {
	struct arena *a;
	struct buf *b;
	const struct change *c;
	const char *name;
	struct online_steps *out;
};

/* Of a change of type: the new column has all values, also those that are the
 * same; what is lossless has no finding to say otherwise. */
static bool
may_lose(const struct change *c)
{
	for (size_t i = 0; i < c->findings.n; i++)
		if (c->findings.v[i].destructive)
			return true;
	return column_more(c->new_column)->conversion.text != NULL;
}

/* Owners may be made to see some rows only, and so may triggers then. */
bool
postgres_keeps(const struct change *c)
{
	const struct constraint *key;

	if ((c->kind == CHANGE_DROP_COLUMN && c->old_column->generated.text) ||
	    (c->kind == CHANGE_COLUMN_TYPE && !may_lose(c)) ||
	    (c->kind != CHANGE_DROP_COLUMN && c->kind != CHANGE_COLUMN_TYPE) ||
	    c->old_table->force_row_security ||
	    !postgres_has_key(c, c->old_column->name))
		return false;
	key = table_primary_key(c->old_table);
	for (size_t i = 0; i < key->parts.n; i++)
		for (size_t k = 0; k < c->old_table->columns.n; k++) {
			const struct column *x = c->old_table->columns.v[k];

			if (schema_same_name(
				D, x->name, key->parts.v[i].column) &&
			    !diff_knows_type(D, x->type))
				return false;
		}
	return true;
}

bool
postgres_notes(const struct change *c)
{
	return (c->kind == CHANGE_SET_NOT_NULL &&
		   column_fills(c->old_column, c->new_column)) ||
	       postgres_keeps(c);
}

/* A change of type has a trigger and a function under its own name already. */
static const char *
function_name(struct arena *a, const struct change *c, const char *name)
{
	return c->kind == CHANGE_COLUMN_TYPE
		   ? arena_fmt(a, "%s" ONLINE_KEEPS, name)
		   : name;
}

static const char *
truncate_name(struct arena *a, const char *name)
{
	return arena_fmt(a, "%s" ONLINE_EMPTIES, name);
}

static void
add_column(struct buf *b, const struct keeping *k, const char *before)
{
	buf_puts(b, before);
	sql_ident(b, D, k->c->old_column->name);
}

static void
add_beside(struct buf *b, const struct keeping *k, const char *before)
{
	buf_puts(b, before);
	sql_ident(b, D, k->name);
}

/* As the trash has it: what may be a user's own, as text. */
static void
add_value(struct buf *b, const struct keeping *k, const char *before)
{
	const struct column *c = k->c->old_column;

	add_column(b, k, before);
	if (!diff_knows_type(D, c->type) || c->collation)
		buf_puts(b, "::text COLLATE \"default\"");
}

/* Adds the key, the value, and of another type what it becomes. */
static void
add_row(struct buf *b, const struct keeping *k, const char *before)
{
	postgres_note_keys(b, k->c, before);
	buf_puts(b, ", ");
	add_value(b, k, before);
	if (k->c->kind != CHANGE_COLUMN_TYPE)
		return;
	buf_puts(b, ", ");
	add_beside(b, k, before);
	buf_puts(b, "::text COLLATE \"default\"");
}

static void
add_list(struct buf *b, const struct keeping *k)
{
	postgres_note_keys(b, k->c, "");
	buf_puts(b, ", ");
	add_column(b, k, "");
	if (k->c->kind == CHANGE_COLUMN_TYPE)
		buf_puts(b, ", " ONLINE_NOW);
}

/* Adds the condition under which a row has something to note. */
static void
add_holds(struct buf *b, const struct keeping *k, const char *before)
{
	if (k->c->kind == CHANGE_COLUMN_TYPE) {
		add_beside(b, k, before);
		buf_puts(b, "::text COLLATE \"C\" IS DISTINCT FROM ");
		add_column(b, k, before);
		buf_puts(b, "::text COLLATE \"C\"");
		return;
	}
	add_column(b, k, before);
	buf_puts(b, " IS DISTINCT FROM NULL");
}

static void
keep(struct keeping *k, enum online_how how)
{
	postgres_keep_online(k->a, k->b, how, k->out);
}

/* Adds "CREATE TABLE deesse.x AS SELECT id, body FROM posts". */
static void
add_note(struct keeping *k)
{
	struct buf *b = k->b;

	buf_puts(b, "CREATE TABLE ");
	postgres_note_name(b, k->name);
	buf_puts(b, " AS SELECT ");
	postgres_note_keys(b, k->c, "");
	buf_puts(b, ", ");
	add_value(b, k, "");
	buf_puts(b, " AS ");
	add_column(b, k, "");
	if (k->c->kind == CHANGE_COLUMN_TYPE)
		buf_puts(b, ", NULL::text AS " ONLINE_NOW);
	buf_puts(b, " FROM ");
	ddl_table_name(b, D, k->c->new_table);
	postgres_end_note(k->a, b, k->c, k->name, k->out);
}

static void
add_same(struct buf *b,
    void (*add)(struct buf *, const struct keeping *, const char *),
    const struct keeping *k)
{
	add(b, k, "OLD.");
	buf_puts(b, "::text COLLATE \"C\" IS NOT DISTINCT FROM ");
	add(b, k, "NEW.");
	buf_puts(b, "::text COLLATE \"C\"");
}

static void
add_unchanged(struct buf *b, const struct keeping *k)
{
	buf_puts(b, "IF TG_OP = 'UPDATE' AND ROW(");
	postgres_note_keys(b, k->c, "OLD.");
	buf_puts(b, ") = ROW(");
	postgres_note_keys(b, k->c, "NEW.");
	buf_puts(b, ") AND ");
	add_same(b, add_column, k);
	if (k->c->kind == CHANGE_COLUMN_TYPE) {
		buf_puts(b, " AND ");
		add_same(b, add_beside, k);
	}
	buf_puts(b, " THEN RETURN NULL; END IF;\n");
}

static void
add_delete(struct buf *b, const struct keeping *k)
{
	buf_puts(b, "DELETE FROM ");
	postgres_note_name(b, k->name);
}

/* What was there under the key that the row had. */
static void
add_leave(struct buf *b, const struct keeping *k)
{
	buf_puts(b, "IF TG_OP <> 'INSERT' THEN\n");
	add_delete(b, k);
	buf_puts(b, " k WHERE ");
	postgres_note_match(b, k->c, "OLD.");
	buf_puts(b, " AND NOT EXISTS (SELECT FROM ");
	ddl_table_name(b, D, k->c->new_table);
	buf_puts(b, " k WHERE ");
	postgres_note_match(b, k->c, "OLD.");
	buf_puts(b, ");\nEND IF;\n");
}

static void
add_enter(struct buf *b, const struct keeping *k)
{
	buf_puts(b, "IF TG_OP <> 'DELETE' THEN\nIF ");
	add_holds(b, k, "NEW.");
	buf_puts(b, " THEN\nINSERT INTO ");
	postgres_note_name(b, k->name);
	buf_puts(b, " (");
	add_list(b, k);
	buf_puts(b, ") VALUES (");
	add_row(b, k, "NEW.");
	buf_puts(b, ") ON CONFLICT ON CONSTRAINT ");
	postgres_note_key(b, k->name);
	buf_puts(b, " DO UPDATE SET ");
	add_column(b, k, "");
	add_column(b, k, " = excluded.");
	if (k->c->kind == CHANGE_COLUMN_TYPE)
		buf_puts(b, ", " ONLINE_NOW " = excluded." ONLINE_NOW);
	buf_puts(b, ";\nELSE\n");
	add_delete(b, k);
	buf_puts(b, " k WHERE ");
	postgres_note_match(b, k->c, "NEW.");
	buf_puts(b, ";\nEND IF;\nEND IF;\n");
}

static void
add_body(struct buf *b, const struct keeping *k)
{
	buf_puts(b, "#variable_conflict use_column\nBEGIN\n"
		    "IF TG_OP = 'TRUNCATE' THEN\n");
	add_delete(b, k);
	buf_puts(b, ";\nRETURN NULL;\nEND IF;\n");
	add_unchanged(b, k);
	add_leave(b, k);
	add_enter(b, k);
	buf_puts(b, "RETURN NULL;\nEND");
}

static void
add_triggers(struct keeping *k)
{
	const struct table *t = k->c->new_table;
	const char *name = function_name(k->a, k->c, k->name);
	struct buf body = { 0 };

	add_body(&body, k);
	postgres_make_function(k->a, k->b, name, buf_str(&body), k->out);
	buf_release(&body);
	postgres_make_trigger(k->a, k->b, t, name,
	    "AFTER INSERT OR UPDATE OR DELETE", "ROW", name, k->out);
	postgres_make_trigger(k->a, k->b, t, truncate_name(k->a, k->name),
	    "AFTER TRUNCATE", "STATEMENT", name, k->out);
}

/* Who deletes or changes a row meanwhile comes before its copy, or after it. */
static void
add_fill(struct keeping *k)
{
	const struct table *t = k->c->new_table;
	struct buf left = { 0 }, row = { 0 }, table = { 0 };

	ddl_table_name(&table, D, t);
	buf_puts(k->b, "INSERT INTO ");
	postgres_note_name(k->b, k->name);
	buf_puts(k->b, " (");
	add_list(k->b, k);
	buf_puts(k->b, ") SELECT ");
	add_row(k->b, k, "");
	buf_fmt(k->b, " FROM %s WHERE ", buf_str(&table));
	add_holds(k->b, k, "");
	add_holds(&left, k, "");
	buf_puts(&left, " AND NOT EXISTS (SELECT FROM ");
	postgres_note_name(&left, k->name);
	buf_puts(&left, " k WHERE ");
	sql_ident(&row, D, t->name);
	buf_putc(&row, '.');
	postgres_note_match(&left, k->c, buf_str(&row));
	buf_putc(&left, ')');
	postgres_keep_fill(k->a, k->b, &left, k->out);
	buf_cut(&row, 0);
	buf_puts(&row, " FOR SHARE ON CONFLICT ON CONSTRAINT ");
	postgres_note_key(&row, k->name);
	buf_puts(&row, " DO NOTHING");
	k->out->v[k->out->n - 1].tail =
	    arena_strndup(k->a, buf_str(&row), row.len);
	buf_release(&row);
	buf_release(&table);
}

static void
add_side(struct keeping *k, const char *from, const char *alias)
{
	buf_puts(k->b, "(SELECT ");
	postgres_note_keys(k->b, k->c, "");
	buf_puts(k->b, ", ");
	add_column(k->b, k, "");
	buf_fmt(k->b, "::text COLLATE \"C\" AS " ONLINE_WAS " FROM %s", from);
	if (*alias == 'x') {
		buf_puts(k->b, " WHERE ");
		add_holds(k->b, k, "");
	}
	buf_fmt(k->b, ") %s", alias);
}

/* One query sees one moment, in which no row is without its note. */
static void
compare(struct keeping *k)
{
	struct buf table = { 0 }, note = { 0 };

	ddl_table_name(&table, D, k->c->new_table);
	postgres_note_name(&note, k->name);
	buf_puts(k->b, "SELECT count(*) FROM ");
	add_side(k, buf_str(&table), "x");
	buf_puts(k->b, " FULL JOIN ");
	add_side(k, buf_str(&note), "k");
	buf_puts(k->b, " USING (");
	postgres_note_keys(k->b, k->c, "");
	buf_puts(
	    k->b, ") WHERE x." ONLINE_WAS " IS DISTINCT FROM k." ONLINE_WAS);
	keep(k, ONLINE_NONE);
	buf_release(&table);
	buf_release(&note);
}

void
postgres_begin_keep(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out)
{
	struct keeping k = { .a = a, .b = b, .c = c, .name = name, .out = out };

	add_note(&k);
	add_triggers(&k);
}

void
postgres_end_keep(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out)
{
	struct keeping k = { .a = a, .b = b, .c = c, .name = name, .out = out };

	compare(&k);
}

void
postgres_make_keep(struct arena *a, struct buf *b, const struct change *c,
    const char *name, struct online_steps *out)
{
	struct keeping k = { .a = a, .b = b, .c = c, .name = name, .out = out };

	postgres_mark(a, b, c, name, out);
	postgres_begin_keep(a, b, c, name, out);
	add_fill(&k);
	postgres_end_keep(a, b, c, name, out);
	postgres_validate(a, b, c->new_table, name, out);
}

void
postgres_drop_keep(struct writing *w)
{
	const char *function = function_name(w->p->a, w->c, w->c->online);
	const char *const names[] = { function,
		truncate_name(w->p->a, w->c->online) };

	for (size_t i = 0; i < 2; i++) {
		buf_puts(&w->b, "DROP TRIGGER ");
		postgres_online_trigger(&w->b, names[i]);
		buf_puts(&w->b, " ON ");
		ddl_table_name(&w->b, D, w->c->new_table);
		say(w);
	}
	buf_puts(&w->b, "DROP FUNCTION ");
	postgres_online_function(&w->b, function);
	say(w);
	postgres_drop_note(w);
}
