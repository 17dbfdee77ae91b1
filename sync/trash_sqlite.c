/* trash_sqlite - copies of what goes, in the file beside the database */
#include "sync/trash_sqlite.h"

#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/text.h"
#include "sql/quote.h"
#include "sql/split.h"

#define D DIALECT_SQLITE

void
trash_names(struct buf *b, const struct names *names, const char *between)
{
	for (size_t i = 0; i < names->n; i++) {
		if (i)
			buf_puts(b, between);
		sql_ident(b, D, names->v[i]);
	}
}

void
trash_match(struct buf *b, const struct names *names, int first)
{
	for (size_t i = 0; i < names->n; i++) {
		buf_puts(b, i ? " AND " : "");
		sql_ident(b, D, names->v[i]);
		buf_fmt(b, " = ?%d", first + (int)i);
	}
}

static bool
has_column(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (schema_same_name(D, t->columns.v[i]->name, name))
			return true;
	return false;
}

const char *
trash_rowid_name(const struct table *a, const struct table *b)
{
	static const char *const names[] = { "rowid", "_rowid_", "oid" };

	if (a->without_rowid || b->without_rowid)
		return NULL;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!has_column(a, names[i]) && !has_column(b, names[i]))
			return names[i];
	return NULL;
}

static bool
by_rowid(const struct table *old, const struct table *new)
{
	return trash_rowid_name(old, new) != NULL;
}

/* A column without affinity holds 1 beside 1.0 and '1', and gives nobody back
 * what he was: the names are those of the manual (datatype3, section 3.1). */
static bool
converts_back(const struct table *t, const struct column *c)
{
	static const char *const words[] = { "INT", "CHAR", "CLOB", "TEXT" };
	const char *type = c->type ? c->type : "";

	if (t->strict && text_same_nocase(type, "ANY"))
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcasestr(type, words[i]))
			return true;
	return *type && !strcasestr(type, "BLOB");
}

static const char *
table_name(const struct loss *l)
{
	return l->old ? l->old->name : l->object->name;
}

/* What is copied of one loss. */
struct copying {
	struct trash *t;
	const struct loss *l;
	int64_t id;
	const char *rowid;    /* or NULL */
	struct names columns; /* without the rowid; of a column: key, value */
	struct buf b;
};

/* A number that is the rowid comes along as a column already. */
static bool
has_number_key(const struct table *t)
{
	const struct constraint *key = table_primary_key(t);

	for (size_t i = 0; key && key->parts.n == 1 && i < t->columns.n; i++) {
		const struct column *c = t->columns.v[i];

		if (schema_same_name(D, c->name, key->parts.v[0].column) &&
		    text_same_nocase(c->type ? c->type : "", "INTEGER") &&
		    !(key->column && key->parts.v[0].desc))
			return true;
	}
	return false;
}

static bool
virtual_columns(struct copying *c, struct err *err)
{
	struct err why = { 0 };
	struct db_rows *r = db_query(c->t->main,
	    "SELECT name FROM pragma_table_info(?1) ORDER BY cid",
	    &c->l->object->name, 1, err);

	if (!r)
		return false;
	while (db_rows_next(r, &why))
		vec_push(
		    c->t->a, &c->columns, arena_strdup(c->t->a, db_text(r, 0)));
	db_rows_end(r);
	if (why.kind)
		*err = why;
	c->rowid = "rowid";
	return !why.kind;
}

static bool
choose_columns(struct copying *c, struct err *err)
{
	const struct table *old = c->l->old;

	if (c->l->object)
		return virtual_columns(c, err);
	if (c->l->kind == LOSS_TABLE) {
		for (size_t i = 0; i < old->columns.n; i++)
			if (!old->columns.v[i]->generated.text)
				vec_push(c->t->a, &c->columns,
				    old->columns.v[i]->name);
		if (!has_number_key(old))
			c->rowid = trash_rowid_name(old, old);
		return true;
	}
	for (size_t i = 0; i < c->l->key.n; i++)
		vec_push(c->t->a, &c->columns, c->l->key.v[i]);
	if (!c->l->key.n)
		c->rowid = trash_rowid_name(old, c->l->new);
	vec_push(c->t->a, &c->columns, c->l->column->name);
	return true;
}

/* Adds "FROM posts WHERE body IS NOT NULL": the rows that are copied. */
static void
add_rows(struct buf *b, const struct loss *l)
{
	buf_puts(b, " FROM ");
	sql_ident(b, D, table_name(l));
	if (l->kind != LOSS_COLUMN || l->nulls)
		return;
	buf_puts(b, " WHERE ");
	sql_ident(b, D, l->column->name);
	buf_puts(b, " IS NOT NULL");
}

static bool
holds(struct trash *t, const struct loss *l, bool *yes, struct err *err)
{
	struct buf b = { 0 };
	int64_t n = 0;
	bool ok;

	buf_puts(&b, "SELECT EXISTS (SELECT 1");
	add_rows(&b, l);
	buf_putc(&b, ')');
	ok = db_count(t->main, b.s, &n, err);
	buf_release(&b);
	*yes = n != 0;
	return ok;
}

static bool
measure_one(
    struct trash *t, const struct loss *l, int64_t *bytes, struct err *err)
{
	struct copying c = { .t = t, .l = l };
	int64_t n = 0;
	bool ok = choose_columns(&c, err);

	buf_puts(&c.b, "SELECT coalesce(sum(");
	for (size_t i = 0; i < c.columns.n; i++) {
		buf_puts(&c.b,
		    i ? " + coalesce(length(CAST(" : "coalesce(length(CAST(");
		sql_ident(&c.b, D, c.columns.v[i]);
		buf_puts(&c.b, " AS BLOB)), 0)");
	}
	buf_puts(&c.b, "), 0)");
	add_rows(&c.b, l);
	ok = ok && db_count(t->main, c.b.s, &n, err);
	buf_release(&c.b);
	*bytes += n;
	return ok;
}

/* A part is not larger than the whole, so most databases need no scan. */
static bool
measure(struct trash *t, const struct losses *all, int64_t most, int64_t *bytes,
    struct err *err)
{
	*bytes = 0;
	if (!db_count(t->main,
		"SELECT page_count * page_size"
		" FROM pragma_page_count, pragma_page_size",
		bytes, err))
		return false;
	if (*bytes <= most)
		return true;
	*bytes = 0;
	for (size_t i = 0; i < all->n; i++)
		if (!measure_one(t, &all->v[i], bytes, err))
			return false;
	return true;
}

/* Runs a statement with text parameters on the trash. */
static bool
run(struct trash *t, const char *sql, const char *const *params, size_t n,
    struct err *err)
{
	struct err why = { 0 };
	struct db_rows *r = db_query(t->db, sql, params, n, err);

	if (!r)
		return false;
	while (db_rows_next(r, &why))
		;
	db_rows_end(r);
	if (why.kind)
		*err = why;
	return !why.kind;
}

/* The statements that make the table, its indexes and its triggers. */
static const char *
definition(struct trash *t, const char *table, struct err *err)
{
	static const char sql[] =
	    "SELECT sql FROM sqlite_schema"
	    " WHERE tbl_name = ?1 COLLATE NOCASE AND sql IS NOT NULL"
	    " ORDER BY type = 'trigger', type = 'index', rowid";
	struct err why = { 0 };
	struct db_rows *r = db_query(t->main, sql, &table, 1, err);
	struct buf b = { 0 };
	const char *out;

	if (!r)
		return NULL;
	while (db_rows_next(r, &why))
		buf_fmt(&b, "%s;\n",
		    sql_closed(t->a, DIALECT_SQLITE, db_text(r, 0)));
	db_rows_end(r);
	out = arena_strndup(t->a, buf_str(&b), b.len);
	buf_release(&b);
	if (why.kind)
		*err = why;
	return why.kind ? NULL : out;
}

static bool
read_series(
    struct trash *t, const char *table, const char **out, struct err *err)
{
	struct buf b = { 0 };
	int64_t n = 0;
	bool ok;

	ok = db_count(t->main,
	    "SELECT count(*) FROM sqlite_schema"
	    " WHERE name = 'sqlite_sequence'",
	    &n, err);
	if (ok && n) {
		buf_puts(&b, "SELECT coalesce(max(seq), 0)"
			     " FROM sqlite_sequence WHERE name = ");
		sql_literal(&b, D, table);
		ok = db_count(t->main, b.s, &n, err);
		buf_release(&b);
	}
	*out = arena_fmt(t->a, "%lld", (long long)n);
	return ok;
}

static bool
add_entry(struct copying *c, struct err *err)
{
	const char *table = table_name(c->l);
	const char *row[] = { c->t->token,
		arena_fmt(c->t->a, "%d", (int)c->l->kind), table,
		c->l->kind == LOSS_TABLE ? NULL : c->l->column->name, c->rowid,
		definition(c->t, table, err), NULL };

	return row[5] && read_series(c->t, table, &row[6], err) &&
	       run(c->t,
		   "INSERT INTO entries"
		   " (run, kind, name, field, rowid_name, sql, series)"
		   " VALUES (?1, CAST(?2 AS INTEGER), ?3, ?4, ?5, ?6,"
		   " CAST(?7 AS INTEGER))",
		   row, 7, err) &&
	       db_count(c->t->db, "SELECT last_insert_rowid()", &c->id, err);
}

static bool
make_table(struct copying *c, struct err *err)
{
	bool keyed = c->l->kind != LOSS_TABLE && c->l->key.n;
	bool ok;

	buf_cut(&c->b, 0);
	buf_fmt(&c->b, "CREATE TABLE data_%lld (", (long long)c->id);
	trash_names(&c->b, &c->columns, ", ");
	if (c->l->kind == LOSS_VALUES)
		buf_puts(&c->b, ", " TRASH_NOW);
	if (keyed) {
		buf_puts(&c->b, ", PRIMARY KEY (");
		trash_names(&c->b, &c->l->key, ", ");
		buf_puts(&c->b, ")) WITHOUT ROWID");
	} else {
		buf_puts(&c->b, ")");
	}
	ok = db_exec(c->t->db, c->b.s, err);
	buf_cut(&c->b, 0);
	return ok;
}

static void
add_list(struct copying *c)
{
	if (c->rowid)
		buf_fmt(&c->b, "%s, ", c->rowid);
	trash_names(&c->b, &c->columns, ", ");
}

static bool
copy_rows(struct copying *c, struct db_flow *flow, struct err *err)
{
	size_t n = c->columns.n + (c->rowid != NULL);
	const char *select, *into;

	buf_puts(&c->b, "SELECT ");
	add_list(c);
	add_rows(&c->b, c->l);
	select = arena_strdup(c->t->a, c->b.s);
	buf_cut(&c->b, 0);
	buf_fmt(&c->b, "INSERT INTO data_%lld (", (long long)c->id);
	add_list(c);
	buf_puts(&c->b, ") VALUES (");
	for (size_t i = 0; i < n; i++)
		buf_puts(&c->b, i ? ", ?" : "?");
	buf_putc(&c->b, ')');
	into = arena_strdup(c->t->a, c->b.s);
	buf_cut(&c->b, 0);
	return db_stream(c->t->main, select, c->t->db, into, flow, err);
}

/* What will go was counted by one side, what is kept by the other. */
static bool
count_again(struct copying *c, const struct db_flow *flow, struct err *err)
{
	int64_t goes = -1, kept = -1;

	buf_cut(&c->b, 0);
	buf_puts(&c->b, "SELECT count(*)");
	add_rows(&c->b, c->l);
	if (!db_count(c->t->main, c->b.s, &goes, err) ||
	    !db_count(c->t->db,
		arena_fmt(c->t->a, "SELECT count(*) FROM data_%lld",
		    (long long)c->id),
		&kept, err))
		return false;
	if (goes == kept && kept == flow->read)
		return true;
	return err_fail(err,
	    "%lld rows would go and %lld of them were copied; nothing was "
	    "changed",
	    (long long)goes, (long long)kept);
}

static bool
set_size(
    struct trash *t, int64_t id, int64_t rows, int64_t bytes, struct err *err)
{
	return db_exec(t->db,
	    arena_fmt(t->a,
		"UPDATE entries SET n = %lld, bytes = %lld WHERE id = %lld",
		(long long)rows, (long long)bytes, (long long)id),
	    err);
}

static bool
copy(struct trash *t, const struct loss *l, struct err *err)
{
	struct copying c = { .t = t, .l = l };
	struct db_flow flow;
	bool ok = choose_columns(&c, err) && add_entry(&c, err) &&
		  make_table(&c, err) && copy_rows(&c, &flow, err) &&
		  count_again(&c, &flow, err) &&
		  set_size(t, c.id, flow.read, flow.bytes, err);

	buf_release(&c.b);
	if (!ok)
		return false;
	vec_push(t->a, &t->kept, (struct kept){ .loss = l, .id = c.id });
	t->bytes += flow.bytes;
	return true;
}

/* Writes down what the values of one entry became. */
static bool
note_values(struct trash *t, const struct kept *k, struct err *err)
{
	const struct loss *l = k->loss;
	const char *rowid = l->key.n ? NULL : trash_rowid_name(l->old, l->new);
	struct buf select = { 0 }, into = { 0 };
	struct db_flow flow;
	bool ok;

	buf_puts(&select, "SELECT ");
	sql_ident(&select, D, l->column_now->name);
	buf_puts(&select, ", ");
	if (rowid)
		buf_puts(&select, rowid);
	trash_names(&select, &l->key_now, ", ");
	buf_puts(&select, " FROM ");
	sql_ident(&select, D, l->new->name);
	buf_fmt(&into, "UPDATE data_%lld SET " TRASH_NOW " = ?1 WHERE ",
	    (long long)k->id);
	if (rowid)
		buf_fmt(&into, "%s = ?2", rowid);
	trash_match(&into, &l->key, 2);
	ok = db_stream(t->main, select.s, t->db, into.s, &flow, err);
	buf_release(&select);
	buf_release(&into);
	return ok;
}

/* A value that is what it was need not be kept. */
static bool
forget_same(
    struct trash *t, const struct kept *k, int64_t *left, struct err *err)
{
	struct buf b = { 0 };
	bool ok;

	buf_fmt(&b, "DELETE FROM data_%lld WHERE ", (long long)k->id);
	sql_ident(&b, D, k->loss->column->name);
	buf_puts(&b, " IS " TRASH_NOW " AND typeof(");
	sql_ident(&b, D, k->loss->column->name);
	buf_puts(&b, ") = typeof(" TRASH_NOW ")");
	ok = db_exec(t->db, b.s, err);
	buf_cut(&b, 0);
	buf_fmt(&b, "SELECT count(*) FROM data_%lld", (long long)k->id);
	ok = ok && db_count(t->db, b.s, left, err);
	buf_release(&b);
	return ok;
}

static bool
settle_one(struct trash *t, const struct kept *k, bool *stays, struct err *err)
{
	const struct trash_entry gone = { .id = k->id };
	int64_t left = 0;

	*stays = true;
	if (k->loss->kind != LOSS_VALUES)
		return true;
	if (!note_values(t, k, err) || !forget_same(t, k, &left, err))
		return false;
	*stays = left > 0;
	if (!left)
		return trash_sqlite_remove(t, &gone, err);
	return db_exec(t->db,
	    arena_fmt(t->a, "UPDATE entries SET n = %lld WHERE id = %lld",
		(long long)left, (long long)k->id),
	    err);
}

static bool
settle(struct trash *t, struct err *err)
{
	size_t kept = 0;

	if (!db_begin(t->db, err))
		return false;
	for (size_t i = 0; i < t->kept.n; i++) {
		bool stays;

		if (!settle_one(t, &t->kept.v[i], &stays, err))
			return false;
		if (stays)
			t->kept.v[kept++] = t->kept.v[i];
	}
	t->kept.n = kept;
	return db_commit(t->db, err);
}

static bool
triggers(struct trash *t, bool on, struct err *err)
{
	return db_triggers(t->main, on, err);
}

const struct trash_dialect trash_sqlite = {
	.apart = true,
	.triggers = triggers,
	.path = trash_sqlite_path,
	.holds = holds,
	.measure = measure,
	.open = trash_sqlite_open,
	.copy = copy,
	.settle = settle,
	.list = trash_sqlite_list,
	.remove = trash_sqlite_remove,
	.prepare = trash_sqlite_prepare,
	.fill = trash_sqlite_fill,
	.discard = trash_sqlite_discard,
	.by_rowid = by_rowid,
	.converts_back = converts_back,
};
