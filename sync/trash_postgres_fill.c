/* trash_postgres_fill - what was kept, brought back into its rows
 *
 * Rewritten values come back only where nobody has written another since. That
 * must be asked while the column still holds what the rewriting made of it, so
 * they are set apart while the schema goes back.
 */
#include <string.h>

#include "db/postgres.h"
#include "sql/quote.h"
#include "sync/trash_postgres.h"

#define D DIALECT_POSTGRES

static void
add_place(struct buf *b, const struct trash_place *p)
{
	sql_qualified(b, D, p->schema ? p->schema : "public", p->table);
}

static const char *
copy_name(struct trash *t, char letter, const struct trash_entry *e)
{
	return arena_fmt(t->a, "%c_%lld", letter, (long long)e->id);
}

bool
trash_postgres_prepare(struct trash *t, const struct trash_entry *e,
    const struct trash_place *now, struct err *err)
{
	const char *copy = copy_name(t, 't', e);
	struct buf b = { 0 };
	bool ok;

	buf_fmt(&b,
	    "CREATE TABLE " TRASH ".%s AS SELECT k.* FROM " TRASH ".%s k JOIN ",
	    copy_name(t, 'b', e), copy);
	add_place(&b, now);
	buf_puts(&b, " t ON ");
	ok = trash_postgres_match(t, &b, copy, &now->key, &e->key, err);
	buf_puts(&b, " WHERE t.");
	sql_ident(&b, D, now->column);
	buf_puts(&b, "::text COLLATE \"C\" IS NOT DISTINCT FROM k." TRASH_NOW
		     " COLLATE \"C\"");
	ok = ok && trash_postgres_exec(t, &b, err);
	buf_release(&b);
	return ok;
}

/* Triggers and rules that are on, with what turns them on again. */
struct hushing {
	struct buf off, on;
};

static void
add_hush(void *arg, struct db_rows *r)
{
	struct hushing *h = arg;
	const char *mode = db_text(r, 4);
	const char *how = *mode == 'A'   ? "ENABLE ALWAYS "
			  : *mode == 'R' ? "ENABLE REPLICA "
					 : "ENABLE ";
	struct buf *const both[] = { &h->off, &h->on };
	const char *const words[] = { "DISABLE ", how };

	for (size_t i = 0; i < 2; i++) {
		buf_puts(both[i], "ALTER TABLE ");
		sql_qualified(both[i], D, db_text(r, 1), db_text(r, 2));
		buf_fmt(both[i], " %s%s ", words[i], db_text(r, 0));
		sql_ident(both[i], D, db_text(r, 3));
		buf_puts(both[i], ";\n");
	}
}

/* What comes back must arrive as it was, and touch nothing else. */
static bool
hush(struct trash *t, const struct trash_place *to, struct hushing *h,
    struct err *err)
{
	static const char sql[] =
	    "WITH RECURSIVE tree (oid) AS (SELECT $1::regclass::oid"
	    " UNION ALL SELECT inhrelid FROM pg_catalog.pg_inherits"
	    " JOIN tree ON inhparent = oid)"
	    " SELECT x.kind, n.nspname, c.relname, x.name, x.mode FROM tree"
	    " JOIN pg_catalog.pg_class c USING (oid)"
	    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
	    " CROSS JOIN LATERAL (SELECT 'TRIGGER', tgname, tgenabled"
	    " FROM pg_catalog.pg_trigger WHERE tgrelid = c.oid"
	    " AND NOT tgisinternal UNION ALL SELECT 'RULE', rulename,"
	    " ev_enabled FROM pg_catalog.pg_rewrite WHERE ev_class = c.oid)"
	    " x (kind, name, mode) WHERE x.mode <> 'D'";
	struct buf name = { 0 };
	bool ok;

	add_place(&name, to);
	ok = trash_postgres_each(t, sql, name.s, add_hush, h, err);
	buf_release(&name);
	return ok && (!h->off.len || trash_postgres_exec(t, &h->off, err));
}

static void
read_type(void *arg, struct db_rows *r)
{
	struct buf *b = arg;

	buf_puts(b, db_text(r, 0));
}

/* Adds "k.body", as the type that the column has: a copy may be text. */
static bool
add_value(struct trash *t, struct buf *b, const struct trash_entry *e,
    const char *copy, const struct trash_place *to, struct err *err)
{
	struct buf sql = { 0 }, name = { 0 }, type = { 0 };
	bool ok;

	add_place(&name, to);
	buf_puts(&sql, "SELECT format_type(a.atttypid, a.atttypmod)"
		       " FROM pg_catalog.pg_attribute a,"
		       " pg_catalog.pg_attribute c WHERE a.attrelid = ");
	sql_literal(&sql, D, name.s);
	buf_puts(&sql, "::regclass AND a.attname = ");
	sql_literal(&sql, D, to->column);
	buf_fmt(&sql,
	    " AND c.attrelid = '" TRASH ".%s'::regclass"
	    " AND c.attname = ",
	    copy);
	sql_literal(&sql, D, e->column);
	buf_puts(&sql, " AND c.atttypid <> a.atttypid");
	ok = trash_postgres_each(t, sql.s, NULL, read_type, &type, err);
	buf_puts(b, "k.");
	sql_ident(b, D, e->column);
	if (type.len)
		buf_fmt(b, "::%s", type.s);
	buf_release(&sql);
	buf_release(&name);
	buf_release(&type);
	return ok;
}

/* The rows of tables that inherit from it are theirs. */
static bool
count_heirs(
    struct trash *t, const struct trash_place *to, int64_t *n, struct err *err)
{
	struct buf b = { 0 }, name = { 0 };
	bool ok;

	add_place(&name, to);
	buf_puts(&b, "SELECT count(*) FROM pg_catalog.pg_inherits i"
		     " JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid"
		     " WHERE NOT c.relispartition AND i.inhparent = ");
	sql_literal(&b, D, name.s);
	buf_puts(&b, "::regclass");
	ok = db_count(t->main, b.s, n, err);
	buf_release(&name);
	buf_release(&b);
	return ok;
}

static bool
set_column(struct trash *t, const struct trash_entry *e, const char *copy,
    const struct trash_place *to, int64_t *n, struct err *err)
{
	struct buf b = { 0 };
	int64_t heirs = 0;
	bool ok = count_heirs(t, to, &heirs, err);

	if (!ok)
		return false;
	buf_puts(&b, heirs ? "UPDATE ONLY " : "UPDATE ");
	add_place(&b, to);
	buf_puts(&b, " t SET ");
	sql_ident(&b, D, to->column);
	buf_puts(&b, " = ");
	ok = add_value(t, &b, e, copy, to, err);
	buf_fmt(&b, " FROM " TRASH ".%s k WHERE ", copy);
	ok = ok && trash_postgres_match(t, &b, copy, &to->key, &e->key, err) &&
	     postgres_change(t->main, b.s, n, err);
	buf_release(&b);
	return ok;
}

static bool
fill_column(struct trash *t, const struct trash_entry *e, const char *copy,
    const struct trash_place *to, struct db_flow *flow, struct err *err)
{
	struct hushing h = { 0 };
	bool ok = hush(t, to, &h, err) &&
		  /* the copy is new to the planner */
		  db_exec(t->main,
		      arena_fmt(t->a, "ANALYZE " TRASH ".%s", copy), err) &&
		  set_column(t, e, copy, to, &flow->written, err) &&
		  (!h.on.len || trash_postgres_exec(t, &h.on, err));

	buf_release(&h.off);
	buf_release(&h.on);
	return ok;
}

bool
trash_postgres_fill(struct trash *t, const struct trash_entry *e,
    const struct trash_place *to, struct db_flow *flow, struct err *err)
{
	const char *apart = copy_name(t, 'b', e);

	*flow = (struct db_flow){ .read = e->rows };
	if (e->moved) {
		flow->written = e->rows;
		return true;
	}
	switch (e->kind) {
	case LOSS_COLUMN:
		return fill_column(t, e, copy_name(t, 't', e), to, flow, err);
	case LOSS_VALUES:
		return fill_column(t, e, apart, to, flow, err) &&
		       db_exec(t->main,
			   arena_fmt(t->a, "DROP TABLE " TRASH ".%s", apart),
			   err);
	default:
		return err_fail(err,
		    "rows of %s have no key; the whole table is in the trash "
		    "(entry %lld)",
		    e->table, (long long)e->id);
	}
}

static void
ignore(void *arg, struct db_rows *r)
{
	(void)arg;
	(void)r;
}

bool
trash_postgres_go_on(struct trash *t, const struct trash_entry *e,
    const struct trash_place *to, struct err *err)
{
	struct buf name = { 0 }, b = { 0 };
	bool ok;

	add_place(&name, to);
	buf_fmt(&b,
	    "SELECT pg_catalog.setval(s::regclass, greatest(%lld,"
	    " pg_catalog.pg_sequence_last_value(s::regclass)))"
	    " FROM pg_catalog.pg_get_serial_sequence(",
	    (long long)e->series);
	sql_literal(&b, D, name.s);
	buf_puts(&b, ", ");
	sql_literal(&b, D, to->column);
	buf_puts(&b, ") s WHERE s IS NOT NULL");
	ok = trash_postgres_each(t, b.s, NULL, ignore, NULL, err);
	buf_release(&name);
	buf_release(&b);
	return ok;
}

/* A free name: base, base_restored, base_restored_2 … */
static bool
free_name(struct trash *t, const char *schema, const char *base,
    const char **name, struct err *err)
{
	struct buf b = { 0 };
	int64_t taken = 1;
	bool ok = true;

	*name = base;
	for (int n = 1; ok; n++) {
		buf_cut(&b, 0);
		buf_puts(&b, "SELECT count(*) FROM pg_catalog.pg_class c"
			     " JOIN pg_catalog.pg_namespace n"
			     " ON n.oid = c.relnamespace WHERE nspname = ");
		sql_literal(&b, D, schema);
		buf_puts(&b, " AND relname = ");
		sql_literal(&b, D, *name);
		ok = db_count(t->main, b.s, &taken, err);
		if (!ok || !taken)
			break;
		*name = n == 1 ? arena_fmt(t->a, "%s_restored", base)
			       : arena_fmt(t->a, "%s_restored_%d", base, n);
	}
	buf_release(&b);
	return ok;
}

/* The table under another name, as it is in the trash; its partitions stay
 * with it. */
static bool
move_as(struct trash *t, const struct trash_entry *e, const char *name,
    struct err *err)
{
	const char *schema = e->schema ? e->schema : "public";
	struct buf b = { 0 };
	int64_t parts = 0;
	bool ok = db_count(t->main,
	    arena_fmt(t->a,
		"WITH RECURSIVE tree (oid) AS (SELECT '" TRASH
		".t_%lld'::regclass::oid UNION ALL SELECT inhrelid"
		" FROM pg_catalog.pg_inherits JOIN tree ON inhparent = oid)"
		" SELECT count(*) FROM tree",
		(long long)e->id),
	    &parts, err);

	for (int64_t i = 0; ok && i < parts; i++) {
		const char *mine = i ? arena_fmt(t->a, "t_%lld_%lld",
					   (long long)e->id, (long long)i)
				     : copy_name(t, 't', e);
		const char *to =
		    i ? arena_fmt(t->a, "%s_%lld", name, (long long)i) : name;

		buf_fmt(&b, "ALTER TABLE " TRASH ".%s RENAME TO ", mine);
		sql_ident(&b, D, to);
		buf_puts(&b, ";\nALTER TABLE ");
		sql_qualified(&b, D, TRASH, to);
		buf_puts(&b, " SET SCHEMA ");
		sql_ident(&b, D, schema);
		buf_puts(&b, ";\n");
	}
	ok = ok && trash_postgres_exec(t, &b, err) &&
	     db_exec(t->main,
		 arena_fmt(t->a,
		     "DELETE FROM " TRASH "._deesse_entries WHERE id = %lld",
		     (long long)e->id),
		 err);
	buf_release(&b);
	return ok;
}

static bool
move_back(struct trash *t, const struct trash_entry *e, const char **name,
    struct err *err)
{
	struct err why = { 0 };

	*name = e->table;
	if (!db_exec(t->main, "SAVEPOINT deesse_restore", err))
		return false;
	if (trash_postgres_bring(t, e, &why))
		return true;
	if (e->kind == LOSS_OBJECT) {
		*err = why;
		return false;
	}
	err_release(&why);
	return db_exec(t->main, "ROLLBACK TO SAVEPOINT deesse_restore", err) &&
	       free_name(
		   t, e->schema ? e->schema : "public", e->table, name, err) &&
	       move_as(t, e, *name, err);
}

bool
trash_postgres_restore(struct trash *t, const struct trash_entry *e,
    const char **name, int64_t *rows, struct err *err)
{
	const char *schema = e->schema ? e->schema : "public";
	struct buf b = { 0 };
	bool ok;

	*rows = e->rows;
	if (e->moved)
		return move_back(t, e, name, err);
	if (!free_name(t, schema,
		e->column ? arena_fmt(t->a, "%s_%s", e->table, e->column)
			  : e->table,
		name, err))
		return false;
	buf_puts(&b, "CREATE TABLE ");
	sql_qualified(&b, D, schema, *name);
	buf_fmt(&b, " AS SELECT * FROM " TRASH ".%s", copy_name(t, 't', e));
	ok = trash_postgres_exec(t, &b, err);
	buf_release(&b);
	return ok;
}
