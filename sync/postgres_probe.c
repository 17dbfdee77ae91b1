/* postgres_probe - how many rows a change would lose or break
 *
 * Conditions of the new table are asked of the old rows in its shape. What
 * cannot be asked (a function that is not there yet, a right that is missing,
 * rows that row security hides) is no evidence: there the finding stands.
 */
#include <string.h>

#include "base/text.h"
#include "db/postgres.h"
#include "sql/quote.h"
#include "sync/postgres.h"
#include "sync/postgres_survival.h"
#include "sync/shape.h"

#define D DIALECT_POSTGRES

struct probing {
	struct arena *a;
	struct buf *b;
	const struct diff *d;
	const struct change *c;
	const struct finding *f;
	const struct table *old, *new;
};

static void
count_old(struct probing *p)
{
	buf_puts(p->b, "SELECT count(*) FROM ");
	postgres_rows_of(p->b, p->old);
}

static void
count_shape(struct probing *p)
{
	buf_puts(p->b, "SELECT count(*) FROM ");
	postgres_shape(p->a, p->b, p->old, p->new);
}

static bool
probe_rows(struct probing *p)
{
	count_old(p);
	return true;
}

/* What is lost for good is believed to be nothing only where looking at every
 * row under the lock is quick. */
#define QUICK "67108864"

static void
unless_large(struct probing *p, const char *counted)
{
	struct buf name = { 0 };

	sql_qualified(
	    &name, D, p->old->schema ? p->old->schema : "public", p->old->name);
	buf_fmt(p->b, "SELECT CASE WHEN n = 0 AND "
		      "pg_catalog.pg_total_relation_size(");
	sql_literal(p->b, D, name.s);
	buf_fmt(p->b,
	    "::regclass) > " QUICK " THEN -1 ELSE n END FROM (%s) "
	    "AS counted (n)",
	    counted);
	buf_release(&name);
}

static bool
probe_table(struct probing *p)
{
	struct buf counted = { 0 }, *out = p->b;

	p->b = &counted;
	count_old(p);
	p->b = out;
	unless_large(p, counted.s);
	buf_release(&counted);
	return true;
}

/* IS NOT NULL of a composite value means something else. */
#define HAS_VALUE " IS DISTINCT FROM NULL"
#define HAS_NONE " IS NOT DISTINCT FROM NULL"

static bool
probe_values(struct probing *p)
{
	struct buf counted = { 0 }, *out = p->b;

	p->b = &counted;
	count_old(p);
	buf_puts(p->b, " WHERE ");
	sql_ident(p->b, D, p->c->old_column->name);
	buf_puts(p->b, HAS_VALUE);
	p->b = out;
	unless_large(p, counted.s);
	buf_release(&counted);
	return true;
}

static bool
probe_nulls(struct probing *p)
{
	count_shape(p);
	buf_puts(p->b, " WHERE ");
	sql_ident(p->b, D, p->c->new_column->name);
	buf_puts(p->b, HAS_NONE);
	return true;
}

/* What is computed is lost only where it is another value, as text. */
static bool
probe_overwritten(struct probing *p)
{
	struct table *beside = table_copy(p->a, p->new);
	struct column *old = arena_new(p->a, struct column);
	struct column_more *more;

	if (!p->c->new_column->generated.text)
		return false;
	*old = *p->c->old_column;
	old->name = "_deesse_old";
	more = column_say(p->a, old);
	more->was = (struct names){ 0 };
	vec_push(p->a, &more->was, p->c->old_column->name);
	vec_push(p->a, &beside->columns, old);
	for (size_t i = 0; i < beside->columns.n; i++)
		if (!strcmp(
			beside->columns.v[i]->name, p->c->new_column->name)) {
			/* computed, whatever the old one was called */
			struct column *is = beside->columns.v[i];

			column_say(p->a, is)->was = (struct names){ 0 };
		}
	buf_puts(p->b, "SELECT count(*) FROM ");
	postgres_shape(p->a, p->b, p->old, beside);
	buf_puts(p->b, " WHERE _deesse_old" HAS_VALUE
		       " AND _deesse_old::text IS DISTINCT FROM ");
	sql_ident(p->b, D, p->c->new_column->name);
	buf_puts(p->b, "::text");
	return true;
}

static void
add_part(struct buf *b, const struct part *part)
{
	if (part->expr.text)
		buf_fmt(b, "(%s)", part->expr.text);
	else
		sql_ident(b, D, part->column);
	if (part->collation) {
		buf_puts(b, " COLLATE ");
		sql_ident(b, D, part->collation);
	}
}

/* Rows that are equal to another; a NULL is equal to nothing, or to NULL. */
static bool
probe_unique(struct probing *p, const struct parts *parts,
    const struct expr *where, bool nulls_equal)
{
	buf_puts(p->b, "SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n "
		       "FROM ");
	postgres_shape(p->a, p->b, p->old, p->new);
	buf_fmt(
	    p->b, " WHERE (%s)", where && where->text ? where->text : "true");
	for (size_t i = 0; i < parts->n && !nulls_equal; i++) {
		buf_puts(p->b, " AND ");
		add_part(p->b, &parts->v[i]);
		buf_puts(p->b, HAS_VALUE);
	}
	buf_puts(p->b, " GROUP BY ");
	for (size_t i = 0; i < parts->n; i++) {
		buf_puts(p->b, i ? ", " : "");
		add_part(p->b, &parts->v[i]);
	}
	buf_puts(p->b, " HAVING count(*) > 1) AS groups");
	return parts->n > 0;
}

static bool
probe_primary_key(struct probing *p, const struct constraint *k)
{
	buf_puts(p->b, "SELECT (");
	probe_unique(p, &k->parts, NULL, false);
	buf_puts(p->b, ") + (");
	count_shape(p);
	buf_puts(p->b, " WHERE false");
	for (size_t i = 0; i < k->parts.n; i++) {
		buf_puts(p->b, " OR ");
		add_part(p->b, &k->parts.v[i]);
		buf_puts(p->b, HAS_NONE);
	}
	buf_putc(p->b, ')');
	return true;
}

static bool
probe_check(struct probing *p, const struct constraint *k)
{
	count_shape(p);
	buf_fmt(p->b, " WHERE NOT (%s)", k->check.text);
	return true;
}

/* Adds which rows must refer to something: all columns have a value, or under
 * MATCH FULL any. */
static void
add_referring(struct probing *p, const struct constraint *k)
{
	bool full = constraint_more(k)->match &&
		    !strcmp(constraint_more(k)->match, "FULL");

	buf_puts(p->b, full ? " WHERE (false" : " WHERE (true");
	for (size_t i = 0; i < k->parts.n; i++) {
		buf_puts(p->b, full ? " OR " : " AND ");
		add_part(p->b, &k->parts.v[i]);
		buf_puts(p->b, HAS_VALUE);
	}
	buf_putc(p->b, ')');
}

static bool
probe_foreign_key(struct probing *p, const struct constraint *k)
{
	const struct table *target =
	    schema_table(p->d->to, k->target_schema, k->target);
	const struct table *before =
	    target ? shape_table_before(p->d, target) : NULL;

	if (!target)
		return false;
	buf_puts(p->b, "SELECT count(*) FROM (SELECT * FROM ");
	postgres_shape(p->a, p->b, p->old, p->new);
	buf_puts(p->b, ") AS _deesse_from");
	add_referring(p, k);
	/* a table that is still to be made holds nothing to point to */
	if (!before)
		return true;
	buf_puts(p->b, " AND NOT EXISTS (SELECT FROM (SELECT * FROM ");
	postgres_shape(p->a, p->b, before, target);
	buf_puts(p->b, ") AS _deesse_to WHERE true");
	for (size_t i = 0; i < k->parts.n; i++) {
		const char *to = shape_target_column(target, k, i);

		if (!to || !k->parts.v[i].column)
			return false;
		buf_puts(p->b, " AND _deesse_to.");
		sql_ident(p->b, D, to);
		buf_puts(p->b, " = _deesse_from.");
		sql_ident(p->b, D, k->parts.v[i].column);
	}
	buf_putc(p->b, ')');
	return true;
}

/* Rows that conflict with another. */
static bool
probe_exclusion(struct probing *p, const struct constraint *k)
{
	const char *where = constraint_more(k)->where.text;

	buf_puts(p->b, "WITH numbered AS (SELECT *, row_number() OVER () AS "
		       "_deesse_n FROM ");
	postgres_shape(p->a, p->b, p->old, p->new);
	if (where)
		buf_fmt(p->b, " WHERE (%s)", where);
	buf_puts(p->b, ") SELECT count(*) FROM numbered x WHERE EXISTS (SELECT "
		       "FROM numbered y WHERE x._deesse_n <> y._deesse_n");
	for (size_t i = 0; i < k->parts.n; i++) {
		const struct part *part = &k->parts.v[i];

		if (!part->column || !part->with)
			return false;
		buf_puts(p->b, " AND x.");
		sql_ident(p->b, D, part->column);
		buf_fmt(p->b, " %s y.", part->with);
		sql_ident(p->b, D, part->column);
	}
	buf_putc(p->b, ')');
	return true;
}

static bool
probe_constraint(struct probing *p, const struct constraint *k)
{
	switch (k->kind) {
	case CONSTRAINT_PRIMARY_KEY:
		return probe_primary_key(p, k);
	case CONSTRAINT_UNIQUE:
		return probe_unique(p, &k->parts, NULL, k->nulls_not_distinct);
	case CONSTRAINT_CHECK:
		return probe_check(p, k);
	case CONSTRAINT_FOREIGN_KEY:
		return probe_foreign_key(p, k);
	case CONSTRAINT_EXCLUDE:
		return probe_exclusion(p, k);
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
	const struct index *x = p->c->new_index;

	return probe_unique(p, &x->parts, &x->where, x->nulls_not_distinct);
}

/* A new column that must have a value has none in any row. */
static bool
probe_added(struct probing *p)
{
	return strcmp(p->f->rule, "backfill-column") ? probe_rows(p)
						     : probe_nulls(p);
}

static bool
mentions(const struct parts *parts, const struct column *c)
{
	for (size_t i = 0; i < parts->n; i++)
		if (parts->v[i].column && !strcmp(parts->v[i].column, c->name))
			return true;
	return false;
}

static bool
probe_collation(struct probing *p)
{
	buf_puts(p->b, "SELECT 0");
	for (size_t i = 0; i < p->new->constraints.n; i++) {
		const struct constraint *k = p->new->constraints.v[i];

		if ((k->kind != CONSTRAINT_UNIQUE &&
			k->kind != CONSTRAINT_PRIMARY_KEY) ||
		    !mentions(&k->parts, p->c->new_column))
			continue;
		buf_puts(p->b, " + (");
		probe_unique(p, &k->parts, NULL, k->nulls_not_distinct);
		buf_putc(p->b, ')');
	}
	for (size_t i = 0; i < p->new->indexes.n; i++) {
		const struct index *x = p->new->indexes.v[i];

		if (!x->unique || !mentions(&x->parts, p->c->new_column))
			continue;
		buf_puts(p->b, " + (");
		probe_unique(p, &x->parts, &x->where, x->nulls_not_distinct);
		buf_putc(p->b, ')');
	}
	return true;
}

static bool
probe_partition(struct probing *p)
{
	buf_puts(p->b, "SELECT count(*) FROM ");
	sql_qualified(p->b, D, p->old->schema, p->c->old_partition->name);
	return true;
}

/* -- enum types ----------------------------------------------------------- */

/* The label that a finding speaks of: those that go are told in their order. */
static const char *
dropped_label(struct probing *p)
{
	const struct enum_type *old = p->c->old_enum, *new = p->c->new_enum;
	size_t skip = 0;

	for (const struct finding *f = p->c->findings.v; f < p->f; f++)
		skip += !strcmp(f->rule, p->f->rule);
	for (size_t i = 0; i < old->labels.n; i++) {
		const char *now = enum_label_now(old, new, old->labels.v[i]);
		bool stays = false;

		for (size_t k = 0; k < new->labels.n; k++)
			stays |= !strcmp(new->labels.v[k], now);
		if (!stays && !skip--)
			return old->labels.v[i];
	}
	return NULL;
}

/* Adds, for each column of the type, the rows that hold the label (NULL: any
 * value). */
static bool
probe_enum(struct probing *p)
{
	const struct enum_type *e = p->c->old_enum;
	const char *label = NULL;

	if (!strcmp(p->f->rule, "drop-enum-value") &&
	    !(label = dropped_label(p)))
		return false;
	buf_puts(p->b, "SELECT 0");
	for (size_t i = 0; i < p->d->from->tables.n; i++) {
		const struct table *t = p->d->from->tables.v[i];

		for (size_t k = 0; k < t->columns.n; k++) {
			const struct column *c = t->columns.v[k];
			struct buf name = { 0 };

			if (!c->enum_type || strcmp(c->enum_type, e->name))
				continue;
			sql_ident(&name, D, c->name);
			buf_puts(p->b, " + (SELECT count(*) FROM ");
			postgres_rows_of(p->b, t);
			buf_fmt(p->b, " WHERE %s" HAS_VALUE, name.s);
			if (label) {
				buf_puts(p->b, " AND ");
				sql_literal(p->b, D, label);
				buf_fmt(p->b,
				    text_ends(c->type, "]")
					? " = ANY (%s::text[])"
					: " = %s::text",
				    name.s);
			}
			buf_putc(p->b, ')');
			buf_release(&name);
		}
	}
	return true;
}

/* -- asking --------------------------------------------------------------- */

static bool
write_probe(struct probing *p)
{
	static bool (*const probes[CHANGE_KIND_COUNT])(struct probing *) = {
		[CHANGE_ALTER_ENUM] = probe_enum,
		[CHANGE_DROP_TABLE] = probe_table,
		[CHANGE_ADD_COLUMN] = probe_added,
		[CHANGE_DROP_COLUMN] = probe_values,
		[CHANGE_COLUMN_GENERATED] = probe_overwritten,
		[CHANGE_SET_NOT_NULL] = probe_nulls,
		[CHANGE_COLUMN_COLLATION] = probe_collation,
		[CHANGE_ADD_CONSTRAINT] = probe_new_constraint,
		[CHANGE_CREATE_INDEX] = probe_index,
		[CHANGE_DROP_PARTITION] = probe_partition,
	};

	if (!p->old && p->c->kind != CHANGE_ALTER_ENUM)
		return false;
	return probes[p->c->kind] && probes[p->c->kind](p);
}

static void
do_quietly(struct db *db, const char *sql)
{
	struct err ignored = { 0 };

	db_exec(db, sql, &ignored);
	err_release(&ignored);
}

static bool
count(struct db *db, const char *sql, int64_t *rows)
{
	struct err ignored = { 0 };
	bool ok = db_count(db, sql, rows, &ignored);

	err_release(&ignored);
	return ok;
}

/* The table as it will be, but for the types, which stay. */
static const struct table *
with_old_types(const struct probing *p)
{
	struct table *t = table_copy(p->a, p->new);

	for (size_t i = 0; i < t->columns.n; i++) {
		const struct column *was =
		    shape_old_column(D, p->old, t->columns.v[i]);

		if (was)
			t->columns.v[i]->type = was->type;
	}
	return t;
}

static bool
count_rows(struct probing *p, struct db *db, int64_t *rows)
{
	bool ok;

	do_quietly(db, "SAVEPOINT deesse_count");
	if (!write_probe(p))
		return false;
	if (count(db, buf_str(p->b), rows))
		return true;
	/* a value that no new type can hold stops the query: what is counted
	 * without new types is a number for people, and no proof */
	if (!postgres_said(db, "22") || !p->new)
		return false;
	do_quietly(db, "ROLLBACK TO SAVEPOINT deesse_count");
	p->new = with_old_types(p);
	buf_cut(p->b, 0);
	ok = write_probe(p) && count(db, buf_str(p->b), rows);
	if (ok && !*rows)
		*rows = -1;
	return ok;
}

bool
postgres_ask_rows(struct arena *a, struct db *db, const struct diff *d,
    const struct change *c, const struct finding *f, int64_t *rows)
{
	struct buf sql = { 0 };
	struct probing p = { a, &sql, d, c, f, c->old_table, c->new_table };
	bool inside = postgres_is_inside(db), ok;

	/* what goes wrong must not end the transaction, and nothing of it
	 * stays */
	do_quietly(db, inside ? "SAVEPOINT deesse_probe" : "BEGIN");
	if (c->kind == CHANGE_COLUMN_TYPE)
		ok = postgres_survival(a, db, c, f, rows);
	else
		ok = count_rows(&p, db, rows);
	if (inside)
		do_quietly(db, "ROLLBACK TO SAVEPOINT deesse_probe;"
			       "RELEASE SAVEPOINT deesse_probe");
	else
		db_rollback(db);
	buf_release(&sql);
	return ok;
}
