/* sqlite - probes and guards, in SQLite's words */
#include <string.h>

#include "sql/key.h"
#include "sql/quote.h"
#include "sync/dialect.h"

#define D DIALECT_SQLITE

static void
add_table(struct buf *b, const struct table *t)
{
	sql_ident(b, D, t->name);
}

/* The old name of a column of the new table: probes ask the table as it is. */
static const char *
old_name(const struct change *c, const char *name)
{
	const struct column *x = NULL;

	for (size_t i = 0; i < c->new_table->columns.n; i++)
		if (!strcmp(c->new_table->columns.v[i]->name, name))
			x = c->new_table->columns.v[i];
	for (size_t i = 0; i < c->old_table->columns.n; i++)
		if (schema_same_name(D, c->old_table->columns.v[i]->name, name))
			return c->old_table->columns.v[i]->name;
	for (size_t i = 0; x && i < x->was.n; i++)
		for (size_t k = 0; k < c->old_table->columns.n; k++)
			if (schema_same_name(D,
				c->old_table->columns.v[k]->name, x->was.v[i]))
				return c->old_table->columns.v[k]->name;
	return NULL;
}

/* Adds the key of one part of an index or a constraint; false where it names
 * a column that the table does not have yet. */
static bool
add_part(struct buf *b, const struct change *c, const struct part *p)
{
	const char *name;

	if (p->expr.text) {
		buf_fmt(b, "(%s)", p->expr.text);
		return true;
	}
	name = old_name(c, p->column);
	if (!name)
		return false;
	sql_ident(b, D, name);
	return true;
}

static bool
probe_unique(struct buf *b, const struct change *c, const struct parts *parts,
    const struct expr *where)
{
	struct buf list = { 0 }, set = { 0 };
	bool ok = true;

	for (size_t i = 0; ok && i < parts->n; i++) {
		struct buf part = { 0 };

		ok = add_part(&part, c, &parts->v[i]);
		buf_fmt(&list, "%s%s", i ? ", " : "", buf_str(&part));
		if (parts->v[i].collation) {
			buf_puts(&list, " COLLATE ");
			sql_ident(&list, D, parts->v[i].collation);
		}
		buf_fmt(&set, " AND %s IS NOT NULL", buf_str(&part));
		buf_release(&part);
	}
	if (ok) {
		buf_puts(b, "SELECT coalesce(sum(n), 0) FROM "
			    "(SELECT count(*) AS n FROM ");
		add_table(b, c->old_table);
		buf_fmt(b, " WHERE (%s)%s GROUP BY %s HAVING count(*) > 1)",
		    where->text ? where->text : "1", buf_str(&set),
		    buf_str(&list));
	}
	buf_release(&list);
	buf_release(&set);
	return ok;
}

/* A primary key also takes no NULL. */
static bool
probe_primary_key(
    struct buf *b, const struct change *c, const struct constraint *k)
{
	static const struct expr always = { 0 };
	struct buf unique = { 0 };
	bool ok = probe_unique(&unique, c, &k->parts, &always);

	if (ok) {
		buf_fmt(b, "SELECT (%s)", buf_str(&unique));
		for (size_t i = 0; i < k->parts.n; i++) {
			buf_puts(b, " + (SELECT count(*) FROM ");
			add_table(b, c->old_table);
			buf_puts(b, " WHERE ");
			add_part(b, c, &k->parts.v[i]);
			buf_puts(b, " IS NULL)");
		}
	}
	buf_release(&unique);
	return ok;
}

static bool
probe_check(struct buf *b, const struct change *c, const struct constraint *k)
{
	for (size_t i = 0; i < c->new_table->columns.n; i++) {
		const char *name = c->new_table->columns.v[i]->name;
		const char *old = old_name(c, name);

		/* an expression cannot be asked of columns still to come */
		if (sql_mentions(D, k->check.text, name) &&
		    (!old || !schema_same_name(D, old, name)))
			return false;
	}
	buf_puts(b, "SELECT count(*) FROM ");
	add_table(b, c->old_table);
	buf_fmt(b, " WHERE NOT (%s)", k->check.text);
	return true;
}

static bool
probe_foreign_key(struct buf *b, const struct diff *d, const struct change *c,
    const struct constraint *k)
{
	const struct table *target = schema_table(d->from, NULL, k->target);
	struct buf match = { 0 };
	bool ok = k->target_columns.n == k->parts.n;

	buf_puts(b, "SELECT count(*) FROM ");
	add_table(b, c->old_table);
	buf_puts(b, " AS c WHERE 1");
	for (size_t i = 0; ok && i < k->parts.n; i++) {
		const char *name = old_name(c, k->parts.v[i].column);

		ok = name != NULL;
		if (!ok)
			break;
		buf_puts(b, " AND c.");
		sql_ident(b, D, name);
		buf_puts(b, " IS NOT NULL");
		buf_puts(&match, i ? " AND p." : "p.");
		sql_ident(&match, D, k->target_columns.v[i]);
		buf_puts(&match, " = c.");
		sql_ident(&match, D, name);
	}
	/* a table that is still to be made holds nothing to point to */
	if (ok && target) {
		buf_puts(b, " AND NOT EXISTS (SELECT 1 FROM ");
		add_table(b, target);
		buf_fmt(b, " AS p WHERE %s)", buf_str(&match));
	}
	buf_release(&match);
	return ok;
}

static bool
probe_constraint(struct arena *a, struct buf *b, const struct diff *d,
    const struct change *c)
{
	static const struct expr always = { 0 };
	const struct constraint *k = c->new_constraint;

	(void)a;
	switch (k->kind) {
	case CONSTRAINT_PRIMARY_KEY:
		return probe_primary_key(b, c, k);
	case CONSTRAINT_UNIQUE:
		return probe_unique(b, c, &k->parts, &always);
	case CONSTRAINT_CHECK:
		return probe_check(b, c, k);
	case CONSTRAINT_FOREIGN_KEY:
		return probe_foreign_key(b, d, c, k);
	case CONSTRAINT_EXCLUDE:
		return false;
	}
	return false;
}

static void
count_where(struct buf *b, const struct change *c, const char *condition)
{
	const char *rest;

	buf_puts(b, "SELECT count(*) FROM ");
	add_table(b, c->old_table);
	buf_puts(b, " WHERE ");
	/* every % stands for the column */
	for (; (rest = strchr(condition, '%')); condition = rest + 1) {
		buf_add(b, condition, (size_t)(rest - condition));
		sql_ident(b, D, c->old_column->name);
	}
	buf_puts(b, condition);
}

/* What a column's affinity, by the rules of the SQLite manual (datatype3,
 * section 3.1), may do to a value that is stored in it. Text compares before
 * and after; a value that might change counts as one that does. */
static const struct {
	const char *words[4];
	const char *changes;
} affinities[] = {
	{ { "INT" }, "typeof(%) = 'text' AND trim(%) GLOB '[-+.0-9]*' AND"
		     " % NOT GLOB '[0-9]*-*' AND CAST(CAST(% AS NUMERIC) AS "
		     "TEXT) <> %" },
	{ { "CHAR", "CLOB", "TEXT" },
	    "typeof(%) = 'real' AND CAST(CAST(% AS TEXT) AS REAL) <> %" },
	{ { "BLOB" }, "0" },
	{ { "REAL", "FLOA", "DOUB" },
	    "(typeof(%) = 'integer' AND"
	    " CAST(CAST(% AS REAL) AS INTEGER) <> %) OR"
	    " (typeof(%) = 'text' AND trim(%) GLOB '[-+.0-9]*' AND"
	    " % NOT GLOB '[0-9]*-*' AND CAST(CAST(% AS REAL) AS TEXT) <> %)" },
};

static bool
probe_type(struct buf *b, const struct change *c)
{
	const char *type = c->new_column->type;

	for (size_t i = 0; i < sizeof(affinities) / sizeof(*affinities); i++) {
		for (size_t k = 0; k < 4 && affinities[i].words[k]; k++) {
			if (!strcasestr(
				type ? type : "BLOB", affinities[i].words[k]))
				continue;
			count_where(b, c, affinities[i].changes);
			return true;
		}
	}
	count_where(b, c, type && *type ? affinities[0].changes : "0");
	return true;
}

static bool
probe(struct arena *a, struct buf *b, const struct diff *d,
    const struct change *c)
{
	switch (c->kind) {
	case CHANGE_DROP_TABLE:
	case CHANGE_ADD_COLUMN:
		buf_puts(b, "SELECT count(*) FROM ");
		add_table(b, c->old_table);
		return true;
	case CHANGE_DROP_COLUMN:
	case CHANGE_COLUMN_GENERATED:
		count_where(b, c, "% IS NOT NULL");
		return true;
	case CHANGE_SET_NOT_NULL:
		count_where(b, c, "% IS NULL");
		return true;
	case CHANGE_COLUMN_TYPE:
		return probe_type(b, c);
	case CHANGE_ADD_CONSTRAINT:
		return probe_constraint(a, b, d, c);
	case CHANGE_CREATE_INDEX:
		return probe_unique(
		    b, c, &c->new_index->parts, &c->new_index->where);
	default:
		return false;
	}
}

static bool
count_rows(struct arena *a, struct db *db, const char *table, int64_t *n,
    struct err *err)
{
	struct buf sql = { 0 };
	bool ok;

	(void)a;
	buf_puts(&sql, "SELECT count(*) FROM ");
	sql_ident(&sql, D, table);
	ok = db_count(db, buf_str(&sql), n, err);
	buf_release(&sql);
	return ok;
}

static bool
count_violations(struct db *db, int64_t *n, struct err *err)
{
	return db_count(
	    db, "SELECT count(*) FROM pragma_foreign_key_check", n, err);
}

static bool
references(const struct table *t, const char *target)
{
	for (size_t i = 0; i < t->constraints.n; i++) {
		const struct constraint *k = t->constraints.v[i];

		if (k->kind == CONSTRAINT_FOREIGN_KEY &&
		    schema_same_name(D, k->target, target))
			return true;
	}
	return false;
}

static bool
is_rebuilt(const struct plan *p, const struct table *old)
{
	for (size_t i = 0; i < p->steps.n; i++) {
		const struct step *s = p->steps.v[i];

		if (s->rebuild &&
		    (s->table == old || references(old, s->table->name)))
			return true;
	}
	return false;
}

/* The name that a table of the old schema has in the new one, or NULL. */
static const char *
new_table_name(const struct diff *d, const struct table *old)
{
	for (size_t i = 0; i < d->changes.n; i++) {
		const struct change *c = d->changes.v[i];

		if (c->old_table != old)
			continue;
		if (c->kind == CHANGE_RENAME_TABLE)
			return c->new_table->name;
		if (c->kind == CHANGE_DROP_TABLE)
			return NULL;
	}
	return old->name;
}

/* Rows of rebuilt tables and of those that point to them: a cascade that
 * should not have been would show there. */
static bool
guard(struct arena *a, struct db *db, const struct plan *p, struct guard *g,
    struct err *err)
{
	const struct tables *all = &p->diff->from->tables;

	*g = (struct guard){ 0 };
	if (!p->rebuilds)
		return true;
	g->counts.tables = arena_array(a, const char *, all->n);
	g->counts.rows = arena_array(a, int64_t, all->n);
	for (size_t i = 0; i < all->n; i++) {
		const char *name = new_table_name(p->diff, all->v[i]);

		if (!name || !is_rebuilt(p, all->v[i]))
			continue;
		if (!count_rows(a, db, all->v[i]->name,
			&g->counts.rows[g->counts.n], err))
			return false;
		g->counts.tables[g->counts.n++] = name;
	}
	return count_violations(db, &g->violations, err);
}

static bool
check_integrity(struct db *db, const char *table, struct err *err)
{
	struct err e = { 0 };
	struct db_rows *r = db_query(db,
	    "SELECT integrity_check FROM pragma_integrity_check(?1)", &table, 1,
	    err);
	bool ok = true;

	if (!r)
		return false;
	if (db_rows_next(r, &e) && strcmp(db_text(r, 0), "ok"))
		ok = err_fail(err,
		    "table %s does not pass the integrity "
		    "check: %s; everything was rolled back",
		    table, db_text(r, 0));
	db_rows_end(r);
	if (e.kind)
		*err = e;
	return ok && !e.kind;
}

static bool
verify(struct arena *a, struct db *db, const struct plan *p,
    const struct guard *g, struct err *err)
{
	int64_t n;

	if (!p->rebuilds)
		return true;
	for (size_t i = 0; i < g->counts.n; i++) {
		const char *table = g->counts.tables[i];

		if (!count_rows(a, db, table, &n, err))
			return false;
		if (n != g->counts.rows[i])
			return err_fail(err,
			    "table %s had %lld rows and would have %lld; "
			    "everything was rolled back",
			    table, (long long)g->counts.rows[i], (long long)n);
		if (!check_integrity(db, table, err))
			return false;
	}
	if (!count_violations(db, &n, err))
		return false;
	if (n > g->violations)
		return err_fail(err,
		    "%lld rows would point to rows that are not there; "
		    "everything was rolled back",
		    (long long)(n - g->violations));
	return true;
}

const struct sync_dialect sync_sqlite = {
	.definitions = "SELECT type, name, tbl_name, sql FROM sqlite_schema"
		       " WHERE sql IS NOT NULL ORDER BY type = 'trigger',"
		       " type = 'view', type = 'index', rowid",
	.probe = probe,
	.guard = guard,
	.verify = verify,
};
