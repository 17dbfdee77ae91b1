/* trash_sqlite_fill - what was kept, brought back
 *
 * Rewritten values come back only where nobody has written another since. That
 * must be asked while the column still holds what the rewriting made of it, so
 * they wait in a temporary table while the schema goes back.
 */
#include "sync/trash_sqlite.h"

#include "sql/quote.h"

#define D DIALECT_SQLITE

static void
add_parameters(struct buf *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_puts(b, i ? ", ?" : "?");
}

static void
add_key(struct buf *b, const struct trash_entry *e)
{
	if (e->rowid)
		buf_puts(b, e->rowid);
	trash_names(b, &e->key, ", ");
}

/* Adds "id = ?2": where a row is found again. */
static void
add_place(struct buf *b, const struct trash_entry *e,
    const struct trash_place *place, int first)
{
	if (e->rowid)
		buf_fmt(b, "%s = ?%d", e->rowid, first);
	trash_match(b, &place->key, first);
}

static const char *
waiting(struct trash *t, const struct trash_entry *e)
{
	return arena_fmt(t->a, "temp._deesse_back_%lld", (long long)e->id);
}

bool
trash_sqlite_prepare(struct trash *t, const struct trash_entry *e,
    const struct trash_place *now, struct err *err)
{
	size_t n = e->rowid ? 1 : e->key.n;
	struct buf select = { 0 }, into = { 0 };
	struct db_flow flow;
	bool ok;

	buf_fmt(&into, "CREATE TABLE %s (v", waiting(t, e));
	for (size_t i = 0; i < n; i++)
		buf_fmt(&into, ", k%zu", i);
	buf_putc(&into, ')');
	ok = db_exec(t->main, into.s, err);
	buf_cut(&into, 0);
	buf_puts(&select, "SELECT ");
	sql_ident(&select, D, e->column);
	buf_puts(&select, ", ");
	add_key(&select, e);
	buf_fmt(&select, ", " TRASH_NOW " FROM data_%lld", (long long)e->id);
	buf_fmt(&into, "INSERT INTO %s SELECT ", waiting(t, e));
	for (size_t i = 0; i <= n; i++)
		buf_fmt(&into, "%s?%zu", i ? ", " : "", i + 1);
	buf_puts(&into, " WHERE EXISTS (SELECT 1 FROM main.");
	sql_ident(&into, D, now->table);
	buf_puts(&into, " WHERE ");
	add_place(&into, e, now, 2);
	buf_puts(&into, " AND ");
	sql_ident(&into, D, now->column);
	/* without the column's affinity: as it is stored */
	buf_fmt(&into, " IS ?%zu)", n + 2);
	ok = ok && db_stream(t->db, select.s, t->main, into.s, &flow, err);
	buf_release(&select);
	buf_release(&into);
	return ok;
}

static bool
fill_table(struct trash *t, const struct trash_entry *e,
    const struct trash_place *to, struct db_flow *flow, struct err *err)
{
	struct buf select = { 0 }, into = { 0 };
	const char *comma = e->rowid ? ", " : "";
	bool ok;

	buf_fmt(&select, "SELECT %s%s", e->rowid ? e->rowid : "", comma);
	trash_names(&select, &e->columns, ", ");
	buf_fmt(&select, " FROM data_%lld", (long long)e->id);
	buf_puts(&into, "INSERT INTO ");
	sql_ident(&into, D, to->table);
	buf_fmt(&into, " (%s%s", e->rowid ? e->rowid : "", comma);
	trash_names(&into, &e->columns, ", ");
	buf_puts(&into, ") VALUES (");
	add_parameters(&into, e->columns.n + (e->rowid != NULL));
	buf_putc(&into, ')');
	ok = db_stream(t->db, select.s, t->main, into.s, flow, err);
	buf_cut(&into, 0);
	if (ok && e->series) {
		buf_fmt(&into,
		    "UPDATE sqlite_sequence SET seq = %lld"
		    " WHERE seq < %lld AND name = ",
		    (long long)e->series, (long long)e->series);
		sql_literal(&into, D, to->table);
		ok = db_exec(t->main, into.s, err);
	}
	buf_release(&select);
	buf_release(&into);
	return ok;
}

/* Sets the column of each row that is still there, from a query that gives
 * the value and the key. */
static bool
fill_column(struct trash *t, const struct trash_entry *e,
    const struct trash_place *to, struct db *from, const char *select,
    struct db_flow *flow, struct err *err)
{
	struct buf into = { 0 };
	bool ok;

	buf_puts(&into, "UPDATE ");
	sql_ident(&into, D, to->table);
	buf_puts(&into, " SET ");
	sql_ident(&into, D, to->column);
	buf_puts(&into, " = ?1 WHERE ");
	add_place(&into, e, to, 2);
	ok = db_stream(from, select, t->main, into.s, flow, err);
	buf_release(&into);
	return ok;
}

static bool
fill_values(struct trash *t, const struct trash_entry *e,
    const struct trash_place *to, struct db_flow *flow, struct err *err)
{
	const char *table = waiting(t, e);

	if (!fill_column(t, e, to, t->main,
		arena_fmt(t->a, "SELECT * FROM %s", table), flow, err) ||
	    !db_exec(t->main, arena_fmt(t->a, "DROP TABLE %s", table), err))
		return false;
	flow->read = e->rows;
	return true;
}

bool
trash_sqlite_fill(struct trash *t, const struct trash_entry *e,
    const struct trash_place *to, struct db_flow *flow, struct err *err)
{
	struct buf select = { 0 };
	bool ok;

	if (e->kind == LOSS_TABLE)
		return fill_table(t, e, to, flow, err);
	if (e->kind == LOSS_VALUES)
		return fill_values(t, e, to, flow, err);
	buf_puts(&select, "SELECT ");
	sql_ident(&select, D, e->column);
	buf_puts(&select, ", ");
	add_key(&select, e);
	buf_fmt(&select, " FROM data_%lld", (long long)e->id);
	ok = fill_column(t, e, to, t->db, select.s, flow, err);
	buf_release(&select);
	return ok;
}
