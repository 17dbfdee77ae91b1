/* sqlite_probe - how many rows a change would lose or break
 *
 * Conditions of the new table are asked of the old rows in its shape, so that
 * renames, new columns and changed types are seen as they will be. What
 * cannot be asked is no evidence: there the finding stands as it is.
 */
#include <string.h>

#include "base/text.h"
#include "sql/key.h"
#include "sql/quote.h"
#include "sync/shape.h"
#include "sync/sqlite.h"

#define D DIALECT_SQLITE

struct probing {
	struct arena *a;
	struct buf *b;
	const struct diff *d;
	const struct change *c;
	const struct table *old, *new;
};

static void
count_shape(struct probing *p)
{
	buf_puts(p->b, "SELECT count(*) FROM ");
	sqlite_shape(p->a, p->b, p->old, p->new);
	buf_puts(p->b, " WHERE ");
}

static bool
probe_rows(struct probing *p)
{
	buf_puts(p->b, "SELECT count(*) FROM ");
	sql_ident(p->b, D, p->old->name);
	return true;
}

/* Adds a condition on the old column. */
static void
count_column(struct probing *p, const char *condition)
{
	probe_rows(p);
	buf_puts(p->b, " WHERE ");
	sql_ident(p->b, D, p->c->old_column->name);
	buf_fmt(p->b, " %s", condition);
}

static bool
probe_values(struct probing *p)
{
	count_column(p, "IS NOT NULL");
	return true;
}

/* What is computed is lost only where it is another value. */
static bool
probe_overwritten(struct probing *p)
{
	struct table *beside = table_copy(p->a, p->new);
	struct column *old = arena_new(p->a, struct column);
	struct column_more *more;

	*old = *p->c->old_column;
	old->name = "_deesse_old";
	more = column_say(p->a, old);
	vec_push(p->a, &more->was, p->c->old_column->name);
	vec_push(p->a, &beside->columns, old);
	buf_puts(p->b, "SELECT count(*) FROM ");
	sqlite_shape(p->a, p->b, p->old, beside);
	buf_puts(p->b, " WHERE _deesse_old IS NOT NULL AND "
		       "+_deesse_old IS NOT +");
	sql_ident(p->b, D, p->c->new_column->name);
	return true;
}

static bool
probe_nulls(struct probing *p)
{
	count_shape(p);
	sql_ident(p->b, D, p->c->new_column->name);
	buf_puts(p->b, " IS NULL");
	return true;
}

/* A value that .using makes is the same where it reads the same, or is the same
 * number. */
static bool
probe_conversion(struct probing *p)
{
	const struct column *is = p->c->new_column;
	struct buf stored = { 0 }, name = { 0 };

	sql_ident(&name, D, is->name);
	buf_fmt(&stored, "(%s)", column_more(is)->conversion.text);
	buf_puts(p->b, "SELECT count(*) FROM (SELECT ");
	buf_fmt(p->b, "%s AS _deesse_was, ", buf_str(&name));
	sqlite_stored(p->b, buf_str(&stored), is->type, p->new->strict);
	buf_puts(p->b, " AS _deesse_is FROM ");
	sqlite_renamed(p->b, p->old, p->new);
	buf_puts(p->b, ") WHERE _deesse_was IS NOT NULL"
		       " AND CAST(_deesse_is AS TEXT) IS NOT"
		       " CAST(_deesse_was AS TEXT)"
		       " AND NOT (typeof(_deesse_was) IN ('integer', 'real')"
		       " AND typeof(_deesse_is) IN ('integer', 'real')"
		       " AND _deesse_is = _deesse_was)");
	buf_release(&stored);
	buf_release(&name);
	return true;
}

static bool
probe_type(struct probing *p)
{
	struct buf name = { 0 }, changes = { 0 };

	if (p->c->kind == CHANGE_COLUMN_TYPE &&
	    column_more(p->c->new_column)->conversion.text)
		return probe_conversion(p);

	sql_ident(&name, D, p->c->old_column->name);
	probe_rows(p);
	if (sqlite_changes(&changes, buf_str(&name), p->c->new_column->type,
		p->new->strict))
		buf_fmt(p->b, " WHERE %s", buf_str(&changes));
	else
		buf_puts(p->b, " WHERE 0");
	buf_release(&name);
	buf_release(&changes);
	return true;
}

static const struct column *
column_of(const struct table *t, const struct part *part)
{
	for (size_t i = 0; part->column && i < t->columns.n; i++)
		if (schema_same_name(D, t->columns.v[i]->name, part->column))
			return t->columns.v[i];
	return NULL;
}

static void
add_part(struct buf *b, const struct part *part)
{
	if (part->expr.text)
		buf_fmt(b, "(%s)", part->expr.text);
	else
		sql_ident(b, D, part->column);
}

static void
add_group(struct probing *p, const struct parts *parts)
{
	for (size_t i = 0; i < parts->n; i++) {
		const struct part *part = &parts->v[i];
		const struct column *c = column_of(p->new, part);
		const char *collation = part->collation;

		if (!collation && c)
			collation = c->collation;
		buf_puts(p->b, i ? ", " : "");
		add_part(p->b, part);
		if (collation) {
			buf_puts(p->b, " COLLATE ");
			sql_ident(p->b, D, collation);
		}
	}
}

/* Rows that are equal to another; a NULL is equal to nothing. */
static void
add_duplicates(
    struct probing *p, const struct parts *parts, const struct expr *where)
{
	buf_puts(p->b, "(SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n "
		       "FROM ");
	sqlite_shape(p->a, p->b, p->old, p->new);
	buf_fmt(p->b, " WHERE (%s)", where && where->text ? where->text : "1");
	for (size_t i = 0; i < parts->n; i++) {
		buf_puts(p->b, " AND ");
		add_part(p->b, &parts->v[i]);
		buf_puts(p->b, " IS NOT NULL");
	}
	buf_puts(p->b, " GROUP BY ");
	add_group(p, parts);
	buf_puts(p->b, " HAVING count(*) > 1))");
}

static bool
probe_unique(
    struct probing *p, const struct parts *parts, const struct expr *where)
{
	buf_puts(p->b, "SELECT ");
	add_duplicates(p, parts, where);
	return true;
}

/* The column that is the rowid, so that it holds integers only. */
static const struct column *
rowid_column(const struct table *t, const struct constraint *k)
{
	const struct column *c =
	    k->parts.n == 1 ? column_of(t, &k->parts.v[0]) : NULL;

	return c && !t->without_rowid && c->type &&
		       text_same_nocase(c->type, "INTEGER") &&
		       !(k->column && k->parts.v[0].desc)
		   ? c
		   : NULL;
}

/* A key beside a rowid takes NULLs, by an old mistake that SQLite keeps. */
static void
add_key_nulls(struct probing *p, const struct constraint *k, bool rowid)
{
	if (!p->new->without_rowid && !p->new->strict && !rowid)
		return;
	buf_puts(p->b, " + (SELECT count(*) FROM ");
	sqlite_shape(p->a, p->b, p->old, p->new);
	buf_puts(p->b, " WHERE 0");
	for (size_t i = 0; i < k->parts.n; i++) {
		buf_puts(p->b, " OR ");
		add_part(p->b, &k->parts.v[i]);
		buf_puts(p->b, " IS NULL");
	}
	buf_putc(p->b, ')');
}

static bool
probe_primary_key(struct probing *p, const struct constraint *k)
{
	const struct column *rowid = rowid_column(p->new, k);
	struct buf name = { 0 };

	buf_puts(p->b, "SELECT ");
	add_duplicates(p, &k->parts, NULL);
	add_key_nulls(p, k, rowid != NULL);
	if (rowid) {
		sql_ident(&name, D, rowid->name);
		buf_puts(p->b, " + (SELECT count(*) FROM ");
		sqlite_shape(p->a, p->b, p->old, p->new);
		buf_puts(p->b, " WHERE ");
		sqlite_misfits(p->b, buf_str(&name), "INTEGER");
		buf_fmt(p->b, " AND %s IS NOT NULL)", buf_str(&name));
	}
	buf_release(&name);
	return true;
}

static bool
probe_check(struct probing *p, const struct constraint *k)
{
	count_shape(p);
	buf_fmt(p->b, "NOT (%s)", k->check.text);
	return true;
}

/* A value of the child takes the affinity and collation of the parent. */
static bool
probe_foreign_key(struct probing *p, const struct constraint *k)
{
	const struct table *target = schema_table(p->d->to, NULL, k->target);
	const struct table *before =
	    target ? shape_table_before(p->d, target) : NULL;
	struct buf match = { 0 };
	bool ok = true;

	count_shape(p);
	buf_puts(p->b, "1");
	for (size_t i = 0; i < k->parts.n; i++) {
		const char *to =
		    target ? shape_target_column(target, k, i) : NULL;

		buf_puts(p->b, " AND ");
		add_part(p->b, &k->parts.v[i]);
		buf_puts(p->b, " IS NOT NULL");
		ok = ok && to;
		buf_puts(&match, i ? " AND _deesse_to." : "_deesse_to.");
		sql_ident(&match, D, to ? to : "");
		buf_puts(&match, " = +");
		sql_ident(&match, D, p->new->name);
		buf_putc(&match, '.');
		add_part(&match, &k->parts.v[i]);
	}
	/* a table that is still to be made holds nothing to point to */
	if (before && ok) {
		buf_puts(
		    p->b, " AND NOT EXISTS (SELECT 1 FROM (SELECT * FROM ");
		sqlite_shape(p->a, p->b, before, target);
		buf_fmt(p->b, ") AS _deesse_to WHERE %s)", buf_str(&match));
	}
	buf_release(&match);
	return ok || !target;
}

static bool
probe_constraint(struct probing *p, const struct constraint *k)
{
	switch (k->kind) {
	case CONSTRAINT_PRIMARY_KEY:
		return probe_primary_key(p, k);
	case CONSTRAINT_UNIQUE:
		return probe_unique(p, &k->parts, NULL);
	case CONSTRAINT_CHECK:
		return probe_check(p, k);
	case CONSTRAINT_FOREIGN_KEY:
		return probe_foreign_key(p, k);
	case CONSTRAINT_EXCLUDE:
		return false;
	}
	return false;
}

static bool
probe_new_constraint(struct probing *p)
{
	return probe_constraint(p, p->c->new_constraint);
}

static bool
probe_index(struct probing *p)
{
	return probe_unique(
	    p, &p->c->new_index->parts, &p->c->new_index->where);
}

static const enum constraint_kind any = CONSTRAINT_EXCLUDE;

/* Which constraint of a new column a finding speaks of. */
static const struct {
	const char *rule;
	enum constraint_kind kind;
} of_column[] = {
	{ "add-unique", CONSTRAINT_UNIQUE },
	{ "add-primary-key", CONSTRAINT_PRIMARY_KEY },
	{ "add-check", CONSTRAINT_CHECK },
	{ "add-foreign-key", CONSTRAINT_FOREIGN_KEY },
};

static bool
is_of_column(const struct constraint *k, const char *column)
{
	return (k->column && schema_same_name(D, k->column, column)) ||
	       (k->parts.n == 1 && k->parts.v[0].column &&
		   schema_same_name(D, k->parts.v[0].column, column));
}

/* A new column that must have a value has none in any row; the finding on it
 * stands for what else it asks. */
static bool
probe_added(struct probing *p, const struct finding *f)
{
	enum constraint_kind kind = any;
	size_t asked = 0;

	for (size_t i = 0; i < sizeof(of_column) / sizeof(*of_column); i++)
		if (!strcmp(of_column[i].rule, f->rule))
			kind = of_column[i].kind;
	if (!strcmp(f->rule, "backfill-column"))
		return probe_nulls(p);
	if (kind == any)
		return probe_rows(p);
	buf_puts(p->b, "SELECT 0");
	for (size_t i = 0; i < p->new->constraints.n; i++) {
		const struct constraint *k = p->new->constraints.v[i];

		if (k->kind != kind || !is_of_column(k, p->c->new_column->name))
			continue;
		buf_puts(p->b, " + (");
		if (!probe_constraint(p, k))
			return false;
		buf_putc(p->b, ')');
		asked++;
	}
	return asked > 0;
}

static bool
mentions(const struct parts *parts, const struct column *c)
{
	for (size_t i = 0; i < parts->n; i++) {
		const struct part *part = &parts->v[i];

		if (part->column ? schema_same_name(D, part->column, c->name)
				 : sql_mentions(D, part->expr.text, c->name))
			return true;
	}
	return false;
}

static bool
probe_collation(struct probing *p)
{
	const struct column *c = p->c->new_column;

	buf_puts(p->b, "SELECT 0");
	for (size_t i = 0; i < p->new->constraints.n; i++) {
		const struct constraint *k = p->new->constraints.v[i];

		if ((k->kind != CONSTRAINT_UNIQUE &&
			k->kind != CONSTRAINT_PRIMARY_KEY) ||
		    !mentions(&k->parts, c))
			continue;
		buf_puts(p->b, " + ");
		add_duplicates(p, &k->parts, NULL);
	}
	for (size_t i = 0; i < p->new->indexes.n; i++) {
		const struct index *x = p->new->indexes.v[i];

		if (!x->unique || !mentions(&x->parts, c))
			continue;
		buf_puts(p->b, " + ");
		add_duplicates(p, &x->parts, &x->where);
	}
	return true;
}

static bool
probe_strict(struct probing *p)
{
	const struct constraint *key = table_primary_key(p->new);

	count_shape(p);
	buf_puts(p->b, "0");
	for (size_t i = 0; i < p->new->columns.n; i++) {
		const struct column *c = p->new->columns.v[i];
		struct buf name = { 0 }, misfits = { 0 };

		sql_ident(&name, D, c->name);
		if (sqlite_misfits(&misfits, buf_str(&name), c->type))
			buf_fmt(p->b, " OR (%s IS NOT NULL AND %s)",
			    buf_str(&name), buf_str(&misfits));
		buf_release(&name);
		buf_release(&misfits);
	}
	/* its keys take no NULL; that of a rowid never holds one */
	for (size_t i = 0; key && i < key->parts.n; i++) {
		buf_puts(p->b, " OR ");
		add_part(p->b, &key->parts.v[i]);
		buf_puts(p->b, " IS NULL");
	}
	return true;
}

static bool
probe_without_rowid(struct probing *p)
{
	const struct constraint *key = table_primary_key(p->new);

	if (!key)
		return false;
	buf_puts(p->b, "SELECT 0");
	add_key_nulls(p, key, false);
	return true;
}

/* A column that was ANY; the finding names it. */
static bool
probe_loosened(struct probing *p, const struct finding *f)
{
	for (size_t i = 0; i < p->new->columns.n; i++) {
		const struct column *c = p->new->columns.v[i];
		struct probing of = *p;
		struct change one = *p->c;

		if (!text_ends(f->object, arena_fmt(p->a, ".%s", c->name)))
			continue;
		of.c = &one;
		one.new_column = c;
		one.old_column = shape_old_column(D, p->old, c);
		return one.old_column && probe_type(&of);
	}
	return false;
}

static bool
probe_options(struct probing *p, const struct finding *f)
{
	static const struct {
		const char *rule;
		bool (*probe)(struct probing *p);
	} rows[] = {
		{ "set-strict", probe_strict },
		{ "set-without-rowid", probe_without_rowid },
		{ "lose-rowids", probe_rows },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (!strcmp(rows[i].rule, f->rule))
			return rows[i].probe(p);
	return !strcmp(f->rule, "type-affinity") && probe_loosened(p, f);
}

bool
sqlite_probe(struct arena *a, struct buf *sql, const struct diff *d,
    const struct change *c, const struct finding *f)
{
	static bool (*const probes[CHANGE_KIND_COUNT])(struct probing *) = {
		[CHANGE_DROP_TABLE] = probe_rows,
		[CHANGE_DROP_COLUMN] = probe_values,
		[CHANGE_COLUMN_GENERATED] = probe_overwritten,
		[CHANGE_SET_NOT_NULL] = probe_nulls,
		[CHANGE_COLUMN_TYPE] = probe_type,
		[CHANGE_COLUMN_COLLATION] = probe_collation,
		[CHANGE_ADD_CONSTRAINT] = probe_new_constraint,
		[CHANGE_CREATE_INDEX] = probe_index,
	};
	struct probing p = { a, sql, d, c, c->old_table, c->new_table };

	if (!p.old)
		return false;
	if (c->kind == CHANGE_ADD_COLUMN)
		return probe_added(&p, f);
	if (c->kind == CHANGE_TABLE_OPTIONS)
		return probe_options(&p, f);
	return probes[c->kind] && probes[c->kind](&p);
}
