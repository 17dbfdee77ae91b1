/* trash_postgres - what goes is kept in a schema of the database
 *
 * A table that goes moves there when its turn comes; until then it only has an
 * entry. Values are copied first, while they are what they were.
 */
#include "sync/trash_postgres.h"

#include <string.h>

#include "sql/quote.h"
#include "sync/loss.h"

#define D DIALECT_POSTGRES

static const char *
path(struct arena *a, struct db *main)
{
	(void)a;
	(void)main;
	return "the schema " TRASH;
}

/* What is kept as text compares as text, byte by byte: the table may have a
 * type or a collation of its own. */
bool
trash_postgres_match(struct trash *t, struct buf *b, const char *copy,
    const struct names *in_table, const struct names *in_copy, struct err *err)
{
	struct buf sql = { 0 };
	bool ok = true;

	for (size_t i = 0; ok && i < in_table->n; i++) {
		int64_t text = 0;
		const char *as;

		buf_puts(&sql, "SELECT count(*) FROM pg_catalog.pg_attribute"
			       " WHERE attrelid = '" TRASH ".");
		buf_fmt(&sql, "%s'::regclass AND attname = ", copy);
		sql_literal(&sql, D, in_copy->v[i]);
		buf_puts(&sql, " AND atttypid = 'text'::regtype");
		ok = db_count(t->main, sql.s, &text, err);
		buf_cut(&sql, 0);
		as = text ? "::text COLLATE \"C\"" : "";
		buf_puts(b, i ? " AND t." : "t.");
		sql_ident(b, D, in_table->v[i]);
		buf_fmt(b, "%s = k.", as);
		sql_ident(b, D, in_copy->v[i]);
		buf_puts(b, as);
	}
	buf_release(&sql);
	return ok;
}

/* Adds the name of what the loss speaks of: a table, or one partition. */
static void
add_table(struct buf *b, const struct loss *l)
{
	const char *schema = l->old ? l->old->schema : l->object->schema;
	const char *name = l->old ? l->old->name : l->object->name;

	if (l->partition) {
		name = l->partition->name;
		if (l->partition->schema)
			schema = l->partition->schema;
	}
	sql_qualified(b, D, schema ? schema : "public", name);
}

/* Those of tables that inherit from it are theirs. */
static void
add_own_rows(struct buf *b, const struct loss *l)
{
	if (l->old && !l->partition)
		buf_puts(b, l->old->has_heirs ? "ONLY " : "");
	add_table(b, l);
}

/* Adds "FROM posts WHERE body IS NOT NULL": the rows that are copied. A row of
 * a composite type may be neither NULL nor NOT NULL. */
static void
add_rows(struct buf *b, const struct loss *l)
{
	buf_puts(b, " FROM ");
	add_own_rows(b, l);
	if (l->beside) {
		buf_puts(b, " WHERE ");
		sql_ident(b, D, l->beside);
		buf_puts(b, "::text COLLATE \"C\" IS DISTINCT FROM ");
		sql_ident(b, D, l->column->name);
		buf_puts(b, "::text COLLATE \"C\"");
	}
	if (l->kind != LOSS_COLUMN || l->nulls)
		return;
	buf_puts(b, " WHERE ");
	sql_ident(b, D, l->column->name);
	buf_puts(b, " IS DISTINCT FROM NULL");
}

/* Adds a literal that is the table's oid. */
static void
add_oid(struct buf *b, const struct loss *l)
{
	struct buf name = { 0 };

	add_table(&name, l);
	sql_literal(b, D, name.s);
	buf_puts(b, "::regclass");
	buf_release(&name);
}

static bool
holds(struct trash *t, const struct loss *l, bool *yes, struct err *err)
{
	struct buf b = { 0 };
	int64_t any = 0;
	bool ok;

	*yes = false;
	if (!l->old && l->kind != LOSS_OBJECT)
		return true;
	if (l->kind == LOSS_OBJECT) { /* has it counted? */
		buf_puts(&b, "SELECT pg_catalog.pg_sequence_last_value(");
		add_oid(&b, l);
		buf_puts(&b, ") IS NOT NULL");
	} else {
		buf_puts(&b, "SELECT EXISTS (SELECT");
		if (l->noted)
			buf_fmt(&b, " FROM " ONLINE_SCHEMA ".%s", l->noted);
		else
			add_rows(&b, l);
		buf_putc(&b, ')');
	}
	ok = db_count(t->main, b.s, &any, err);
	*yes = any != 0;
	buf_release(&b);
	return ok;
}

static bool
count(struct trash *t, struct buf *b, int64_t *n, struct err *err)
{
	bool ok = db_count(t->main, b->s, n, err);

	buf_cut(b, 0);
	return ok;
}

/* Adds what a table and the partitions below it are together. */
static void
add_sum(struct buf *b, const struct loss *l, const char *what)
{
	buf_fmt(b,
	    "SELECT coalesce(sum(%s), 0)::bigint FROM ("
	    "WITH RECURSIVE tree (oid) AS (SELECT ",
	    what);
	add_oid(b, l);
	buf_puts(b,
	    "::oid UNION ALL SELECT i.inhrelid FROM pg_catalog.pg_inherits i"
	    " JOIN tree ON i.inhparent = tree.oid JOIN pg_catalog.pg_class c"
	    " ON c.oid = i.inhrelid WHERE c.relispartition)"
	    " SELECT c.oid, c.reltuples FROM tree JOIN pg_catalog.pg_class c"
	    " USING (oid)) x");
}

static bool
measure_one(struct trash *t, const struct loss *l, int64_t most, int64_t *bytes,
    struct err *err)
{
	struct buf b = { 0 };
	int64_t n = 0;
	bool ok;

	if (l->noted)
		buf_fmt(&b,
		    "SELECT pg_catalog.pg_total_relation_size('" ONLINE_SCHEMA
		    ".%s')",
		    l->noted);
	else
		add_sum(&b, l, "pg_catalog.pg_table_size(oid)");
	ok = count(t, &b, &n, err);
	/* a part is not larger than the whole, so most need no scan */
	if (ok && l->kind != LOSS_TABLE && !l->noted && *bytes + n > most) {
		buf_puts(&b, "SELECT coalesce(sum(32");
		for (size_t i = 0; i < l->key.n; i++) {
			buf_puts(&b, " + coalesce(pg_catalog.pg_column_size(");
			sql_ident(&b, D, l->key.v[i]);
			buf_puts(&b, "), 0)");
		}
		buf_puts(&b, " + coalesce(pg_catalog.pg_column_size(");
		sql_ident(&b, D, l->column->name);
		buf_puts(&b, "), 0)), 0)::bigint");
		add_rows(&b, l);
		ok = count(t, &b, &n, err);
	}
	*bytes += n;
	buf_release(&b);
	return ok;
}

/* What moves needs no more room than it has. */
static bool
measure(struct trash *t, const struct losses *all, int64_t most, int64_t *bytes,
    struct err *err)
{
	*bytes = 0;
	for (size_t i = 0; i < all->n; i++)
		if (!all->v[i].goes &&
		    !measure_one(t, &all->v[i], most, bytes, err))
			return false;
	return true;
}

/* To count the rows of a very large table takes longer than all the rest. */
#define COUNTED (INT64_C(1) << 30)

static bool
note_moving(struct trash *t, const struct loss *l, struct trash_entry *e,
    int64_t *oid, struct err *err)
{
	struct buf b = { 0 };
	bool ok;

	buf_puts(&b, "SELECT ");
	add_oid(&b, l);
	buf_puts(&b, "::oid");
	ok = count(t, &b, oid, err);
	add_sum(&b, l, "pg_catalog.pg_total_relation_size(oid)");
	ok = ok && count(t, &b, &e->bytes, err);
	if (e->bytes <= COUNTED) {
		buf_puts(&b, "SELECT count(*) FROM ");
		add_own_rows(&b, l);
	} else {
		add_sum(&b, l, "greatest(reltuples, 0)");
	}
	ok = ok && count(t, &b, &e->rows, err);
	buf_release(&b);
	return ok && trash_postgres_note(t, e, err);
}

/* It gets its entry when it moves. */
static bool
will_move_object(struct trash *t, const struct loss *l, struct err *err)
{
	struct kept k = { .loss = l };
	struct buf b = { 0 };
	bool ok;

	buf_puts(&b, "SELECT ");
	add_oid(&b, l);
	buf_puts(&b, "::oid");
	ok = count(t, &b, &k.oid, err);
	buf_release(&b);
	vec_push(t->a, &t->kept, k);
	return ok;
}

static bool
will_move(struct trash *t, const struct loss *l, struct err *err)
{
	const struct partition *p = l->partition;
	struct trash_entry e = { .kind = LOSS_TABLE,
		.schema = p && p->schema ? p->schema : l->old->schema,
		.table = p ? p->name : l->old->name,
		.moved = true };
	struct kept k = { .loss = l };

	if (!trash_postgres_add(t, &e, err) ||
	    !note_moving(t, l, &e, &k.oid, err))
		return false;
	k.id = e.id;
	vec_push(t->a, &t->kept, k);
	t->bytes += e.bytes;
	return true;
}

struct columns_of {
	struct buf *b;
	const struct loss *l;
	const char *prefix;
};

static bool
is_copied(const struct loss *l, const char *name)
{
	if (l->kind == LOSS_TABLE || !strcmp(name, l->column->name))
		return true;
	for (size_t i = 0; i < l->key.n; i++)
		if (!strcmp(name, l->key.v[i]))
			return true;
	return false;
}

/* A column of the copy; of a type that is a user's own, as text. */
static void
add_copied(void *arg, struct db_rows *r)
{
	struct columns_of *c = arg;

	if (!is_copied(c->l, db_text(r, 0)))
		return;
	buf_puts(c->b, c->prefix);
	c->prefix = ", ";
	sql_ident(c->b, D, db_text(r, 0));
	if (db_int(r, 1))
		return;
	buf_puts(c->b, "::text COLLATE \"default\" AS ");
	sql_ident(c->b, D, db_text(r, 0));
}

static bool
add_columns(
    struct trash *t, struct buf *b, const struct loss *l, struct err *err)
{
	static const char sql[] =
	    "SELECT a.attname, ty.typnamespace = 'pg_catalog'::regnamespace"
	    " AND (a.attcollation = 0 OR a.attcollation IN (SELECT oid FROM"
	    " pg_catalog.pg_collation"
	    " WHERE collnamespace = 'pg_catalog'::regnamespace))"
	    " FROM pg_catalog.pg_attribute a"
	    " JOIN pg_catalog.pg_type ty ON ty.oid = a.atttypid"
	    " WHERE a.attrelid = $1::regclass AND a.attnum > 0"
	    " AND NOT a.attisdropped ORDER BY a.attnum";
	struct columns_of c = { b, l, "" };
	struct buf name = { 0 };
	bool ok;

	add_table(&name, l);
	ok = trash_postgres_each(t, sql, name.s, add_copied, &c, err);
	buf_release(&name);
	return ok;
}

/* What will go was counted by one side, what is kept by the other. */
static bool
count_again(struct trash *t, const struct loss *l, struct trash_entry *e,
    struct err *err)
{
	struct buf b = { 0 };
	int64_t goes = -1;
	bool ok;

	buf_fmt(&b, "SELECT count(*) FROM " TRASH ".t_%lld", (long long)e->id);
	ok = count(t, &b, &e->rows, err);
	goes = e->rows;
	if (!l->noted) {
		buf_puts(&b, "SELECT count(*)");
		add_rows(&b, l);
		ok = ok && count(t, &b, &goes, err);
	}
	buf_fmt(&b,
	    "SELECT pg_catalog.pg_total_relation_size('" TRASH ".t_%lld')",
	    (long long)e->id);
	ok = ok && count(t, &b, &e->bytes, err);
	buf_release(&b);
	if (!ok || goes == e->rows)
		return ok;
	return err_fail(err,
	    "%lld rows would go and %lld of them were copied; nothing was "
	    "changed",
	    (long long)goes, (long long)e->rows);
}

/* Where numbers of the column came from goes on from there. */
static bool
read_series(struct trash *t, const struct loss *l, struct trash_entry *e,
    struct err *err)
{
	struct buf name = { 0 }, b = { 0 };
	bool ok;

	if (l->kind != LOSS_COLUMN)
		return true;
	add_table(&name, l);
	buf_puts(&b,
	    "SELECT coalesce(max(pg_catalog.pg_sequence_last_value("
	    "s::regclass)), 0) FROM pg_catalog.pg_get_serial_sequence(");
	sql_literal(&b, D, name.s);
	buf_puts(&b, ", ");
	sql_literal(&b, D, l->column->name);
	buf_puts(&b, ") s");
	ok = count(t, &b, &e->series, err);
	buf_release(&name);
	buf_release(&b);
	return ok;
}

static bool
add_copy(struct trash *t, struct buf *b, const struct loss *l, long long id,
    struct err *err)
{
	bool ok;

	buf_fmt(b, "CREATE TABLE " TRASH ".t_%lld AS SELECT ", id);
	ok = add_columns(t, b, l, err);
	if (l->beside) {
		buf_puts(b, ", ");
		sql_ident(b, D, l->beside);
		buf_puts(b, "::text COLLATE \"default\" AS " TRASH_NOW);
	}
	add_rows(b, l);
	return ok;
}

/* They have the form of a copy. */
static void
take_notes(struct buf *b, const struct loss *l, long long id)
{
	buf_fmt(b,
	    "ALTER TABLE " ONLINE_SCHEMA ".%s DROP CONSTRAINT %s" ONLINE_KEY
	    ";\n"
	    "ALTER TABLE " ONLINE_SCHEMA ".%s RENAME TO t_%lld;\n"
	    "ALTER TABLE " ONLINE_SCHEMA ".t_%lld SET SCHEMA " TRASH,
	    l->noted, l->noted, l->noted, id, id);
}

static bool
copy(struct trash *t, const struct loss *l, struct err *err)
{
	struct trash_entry e = { .kind = l->kind, .key = l->key };
	struct buf b = { 0 };
	bool ok = true;

	if (l->kind == LOSS_OBJECT)
		return will_move_object(t, l, err);
	if (l->goes)
		return will_move(t, l, err);
	e.schema = l->old->schema;
	e.table = l->old->name;
	e.column = l->kind == LOSS_TABLE ? NULL : l->column->name;
	if (!trash_postgres_add(t, &e, err))
		return false;
	e.drop = arena_fmt(
	    t->a, "DROP TABLE IF EXISTS " TRASH ".t_%lld", (long long)e.id);
	if (l->noted)
		take_notes(&b, l, (long long)e.id);
	else
		ok = add_copy(t, &b, l, (long long)e.id, err);
	ok = ok && trash_postgres_exec(t, &b, err) &&
	     trash_postgres_revoke(
		 t, arena_fmt(t->a, "t_%lld", (long long)e.id), err) &&
	     count_again(t, l, &e, err) && read_series(t, l, &e, err) &&
	     trash_postgres_note(t, &e, err);
	buf_release(&b);
	if (!ok)
		return false;
	vec_push(t->a, &t->kept,
	    (struct kept){ .loss = l, .id = e.id, .rows = e.rows });
	t->bytes += e.bytes;
	return true;
}

static bool
count_copy(struct trash *t, int64_t id, int64_t *n, struct err *err)
{
	return db_count(t->main,
	    arena_fmt(
		t->a, "SELECT count(*) FROM " TRASH ".t_%lld", (long long)id),
	    n, err);
}

/* Only values that are others now are kept, with what they became. */
static bool
settle_values(
    struct trash *t, const struct kept *k, int64_t *left, struct err *err)
{
	const struct loss *l = k->loss;
	long long id = (long long)k->id;
	struct buf b = { 0 };
	bool ok;

	buf_fmt(&b,
	    "ALTER TABLE " TRASH ".t_%lld RENAME TO w_%lld;\n"
	    "CREATE TABLE " TRASH ".t_%lld AS SELECT k.*, t.",
	    id, id, id);
	sql_ident(&b, D, l->column_now->name);
	buf_fmt(&b,
	    "::text COLLATE \"default\" AS " TRASH_NOW " FROM " TRASH
	    ".w_%lld k JOIN ",
	    id);
	buf_puts(&b, l->new->has_heirs ? "ONLY " : "");
	sql_qualified(
	    &b, D, l->new->schema ? l->new->schema : "public", l->new->name);
	buf_puts(&b, " t ON ");
	ok = trash_postgres_match(
	    t, &b, arena_fmt(t->a, "t_%lld", id), &l->key_now, &l->key, err);
	buf_puts(&b, " WHERE t.");
	sql_ident(&b, D, l->column_now->name);
	buf_puts(&b, "::text COLLATE \"C\" IS DISTINCT FROM k.");
	sql_ident(&b, D, l->column->name);
	buf_fmt(&b, "::text COLLATE \"C\";\nDROP TABLE " TRASH ".w_%lld", id);
	ok = ok && trash_postgres_exec(t, &b, err) &&
	     trash_postgres_revoke(t, arena_fmt(t->a, "t_%lld", id), err) &&
	     count_copy(t, id, left, err);
	buf_release(&b);
	return ok;
}

static bool
settle_one(struct trash *t, const struct kept *k, bool *stays, struct err *err)
{
	struct trash_entry gone = { .kind = LOSS_VALUES,
		.id = k->id,
		.drop = arena_fmt(
		    t->a, "DROP TABLE " TRASH ".t_%lld", (long long)k->id) };
	int64_t left = k->rows;

	*stays = true;
	if (k->oid)
		return err_fail(err,
		    "%s was to go into the trash and did not; nothing was "
		    "changed",
		    loss_text(t->a, k->loss));
	if (!k->loss || k->loss->kind != LOSS_VALUES)
		return true;
	/* what was made ahead has what they became already */
	if (!k->loss->noted && !k->loss->beside &&
	    !settle_values(t, k, &left, err))
		return false;
	*stays = left > 0;
	if (!left)
		return trash_postgres_remove(t, &gone, err);
	return db_exec(t->main,
	    arena_fmt(t->a,
		"UPDATE " TRASH "._deesse_entries SET n = %lld, bytes ="
		" pg_catalog.pg_total_relation_size('" TRASH ".t_%lld')"
		" WHERE id = %lld",
		(long long)left, (long long)k->id, (long long)k->id),
	    err);
}

static bool
settle(struct trash *t, struct err *err)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->kept.n; i++) {
		bool stays;

		if (!settle_one(t, &t->kept.v[i], &stays, err))
			return false;
		if (stays)
			t->kept.v[kept++] = t->kept.v[i];
	}
	t->kept.n = kept;
	return true;
}

static bool
by_rowid(const struct table *old, const struct table *new)
{
	(void)old;
	(void)new;
	return false;
}

static bool
converts_back(const struct table *t, const struct column *c)
{
	(void)t;
	(void)c;
	return true; /* the probe that cleared the change has tried it */
}

const struct trash_dialect trash_postgres = {
	.path = path,
	.holds = holds,
	.measure = measure,
	.open = trash_postgres_open,
	.copy = copy,
	.settle = settle,
	.list = trash_postgres_list,
	.remove = trash_postgres_remove,
	.prepare = trash_postgres_prepare,
	.fill = trash_postgres_fill,
	.run = trash_postgres_run,
	.bring = trash_postgres_bring,
	.go_on = trash_postgres_go_on,
	.restore = trash_postgres_restore,
	.by_rowid = by_rowid,
	.converts_back = converts_back,
};
