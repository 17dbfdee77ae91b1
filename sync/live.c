/* live - what the statements of a text meet in a live database */
#include "sync/live.h"

#include <stdlib.h>
#include <string.h>

#include "introspect/introspect.h"
#include "sentinel/rule.h"
#include "sql/quote.h"
#include "sync/judge.h"
#include "sync/live_read.h"
#include "sync/live_settle.h"
#include "sync/session.h"

#define D DIALECT_POSTGRES
#define PATIENCE "SET statement_timeout = '10s'"

struct live {
	struct arena arena;
	struct db *db;
	struct schema *found; /* as it was read */
	struct schema *now;   /* as the text leaves it */
	struct map made;      /* keys of tables that the text made others */
	bool written;         /* the text has changed rows */
	bool blind;           /* nobody knows any more what names mean */
};

bool
live_open(struct live **out, const struct db_url *url, struct err *err)
{
	const struct dsl_config config = { 0 };
	struct live *l = xmalloc(sizeof(*l));

	*l = (struct live){ 0 };
	if (!session_open_all(&l->arena, &l->db, url, &config, DB_READ, err) ||
	    !db_exec(l->db, PATIENCE, err) ||
	    !(l->found = introspect(&l->arena, l->db, err))) {
		live_close(l);
		return false;
	}
	l->now = l->found;
	*out = l;
	return true;
}

void
live_close(struct live *l)
{
	if (!l)
		return;
	db_close(l->db);
	arena_release(&l->arena);
	free(l);
}

/* ---- names -------------------------------------------------------------- */

static const char *
key_of(struct arena *a, const char *schema, const char *name)
{
	return arena_fmt(a, "%s.%s", schema ? schema : "public", name);
}

static bool
is_made(struct live *l, struct arena *a, const struct met *x)
{
	return map_get(&l->made, key_of(a, x->schema, x->name)) != NULL;
}

static void
remember(struct live *l, const char *schema, const char *name)
{
	map_put(&l->arena, &l->made, key_of(&l->arena, schema, name), l);
}

/* A view, a partition, what an extension or another program made: no table of
 * the schema, and there all the same. */
static bool
is_there(struct live *l, const struct met *x)
{
	struct buf name = { 0 };
	struct err ignored = { 0 };
	const char *params[1];
	struct db_rows *r;
	bool there = true;

	sql_qualified(&name, D, x->schema, x->name);
	params[0] = buf_str(&name);
	r = db_query(l->db, "SELECT pg_catalog.to_regclass($1) IS NOT NULL",
	    params, 1, &ignored);
	if (r) {
		there = !db_rows_next(r, &ignored) || db_int(r, 0);
		db_rows_end(r);
	}
	err_release(&ignored);
	buf_release(&name);
	return there;
}

/* ---- findings ----------------------------------------------------------- */

static void
add_failure(
    struct arena *a, struct findings *found, size_t length, const char *why)
{
	const struct rule *rule = rule_named("fails-on-schema");

	vec_push(a, found,
	    (struct finding){ .rule = rule->name,
		.class = rule->class,
		.message =
		    arena_fmt(a, "It does not run on this schema: %s.", why),
		.hint = rule->hint,
		.rows = -1,
		.length = length });
}

/* What only rows make dangerous, or slow. */
static bool
speaks_of_rows(const struct finding *f)
{
	static const char *const rules[] = { "drop-table", "truncate", "delete",
		"update", "drop-column", "add-required-column",
		"add-column-unique", "add-column-reference", "change-type",
		"change-type-rewrite", "set-not-null", "set-not-null-scan",
		"add-unique", "add-primary-key", "add-check", "add-foreign-key",
		"add-exclusion", "validate-constraint", "create-unique-index",
		"create-index-locks", "set-unlogged", "rewrite-table",
		"add-column-rewrite" };

	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (!strcmp(f->rule, rules[i]))
			return true;
	return false;
}

/* ---- rows --------------------------------------------------------------- */

static bool
count(struct live *l, const struct met *x, bool all, int64_t *rows)
{
	struct buf sql = { 0 };
	struct err ignored = { 0 };
	bool ok;

	buf_puts(&sql, all ? "SELECT count(*) FROM "
			   : "SELECT count(*) FROM (SELECT FROM ");
	sql_qualified(&sql, D, x->schema, x->name);
	buf_puts(&sql, all ? "" : " LIMIT 1) AS _deesse_any");
	ok = db_count(l->db, buf_str(&sql), rows, &ignored);
	err_release(&ignored);
	buf_release(&sql);
	return ok;
}

/* Sets *rows to how many rows the tables hold together: 0, or all of them, or
 * where it is enough to know that there are some, 1. */
static bool
count_all(struct live *l, const struct meeting *m, int64_t *rows)
{
	*rows = 0;
	for (size_t i = 0; i < m->tables.n; i++) {
		int64_t one;

		if (!m->tables.v[i].table ||
		    !count(l, &m->tables.v[i], m->takes_rows, &one))
			return false;
		*rows += one;
	}
	return m->tables.n > 0;
}

static void
weigh_rows(struct live *l, struct arena *a, const struct meeting *m,
    struct findings *found)
{
	int64_t rows;

	if (!count_all(l, m, &rows))
		return;
	for (size_t i = 0; i < found->n; i++) {
		struct finding *f = &found->v[i];

		if (!speaks_of_rows(f))
			continue;
		if (!rows && !m->cascades) {
			live_clear(a, f,
			    m->tables.n == 1 ? "The table is empty here"
					     : "The tables are empty here");
		} else if (m->takes_rows && f->destructive) {
			f->rows = rows;
			f->message =
			    arena_fmt(a, "%s Here %s %lld %s.", f->message,
				m->tables.n == 1 ? "the table holds"
						 : "the tables hold",
				(long long)rows, rows == 1 ? "row" : "rows");
		}
	}
}

/* ---- columns ------------------------------------------------------------ */

static void
probe(struct live *l, struct arena *a, struct diff *d)
{
	struct err ignored = { 0 };
	struct plan plan = { .dialect = D, .diff = d };
	struct sync s = { .arena = a, .db = l->db, .plan = &plan };
	struct step step = { .changes = d->changes };

	probe_changes(&s, &step, false, NULL, &ignored);
	err_release(&ignored);
}

/* Returns the change of the schema that was read which is the same one as c, or
 * c: what the text did to the column before nobody has seen. */
static struct change *
as_found(struct arena *a, const struct diff *first, struct change *c)
{
	const char *text = change_text(a, c);

	for (size_t i = 0; i < first->changes.n; i++) {
		struct change *x = first->changes.v[i];

		if (x->kind == c->kind && !strcmp(change_text(a, x), text) &&
		    (!c->old_column || !x->old_column ||
			column_equal(D, c->old_column, x->old_column)))
			return x;
	}
	return c;
}

/* The statement is asked of the schema that was read, where it means the same
 * there: the database can answer for that one only. */
static void
weigh_changes(struct live *l, struct arena *a, const struct statement *st,
    const struct meeting *m, bool ask, struct findings *found)
{
	struct diff *d = diff_schemas(a, l->now, m->to), *first;
	struct meeting then = { 0 };

	if (ask && m->quiet)
		then = live_read(a, l->found, st);
	if (then.to && !then.missing) {
		first = diff_schemas(a, l->found, then.to);
		probe(l, a, first);
		for (size_t i = 0; i < d->changes.n; i++)
			d->changes.v[i] = as_found(a, first, d->changes.v[i]);
	}
	live_settle(a, &d->changes, m->read, found);
	if (m->read)
		live_settle_same(a, m->tables.v[0].table, &d->changes, found);
}

/* ---- one statement ------------------------------------------------------ */

/* Says what is not there, and takes it out of what is met; true where the
 * statement does nothing then, or does not run. */
static bool
say_absent(struct live *l, struct arena *a, const struct statement *st,
    struct meeting *m, struct findings *found)
{
	size_t n = 0, all = m->tables.n;

	for (size_t i = 0; i < all; i++) {
		struct met x = m->tables.v[i];

		if (x.table || is_made(l, a, &x) || is_there(l, &x)) {
			m->tables.v[n++] = x;
			continue;
		}
		if (!m->lenient)
			add_failure(a, found, st->len,
			    arena_fmt(a, "there is no table %s",
				x.schema ? key_of(a, x.schema, x.name)
					 : x.name));
	}
	m->tables.n = n;
	for (size_t i = 0; i < found->n && m->lenient && all && !n; i++)
		if (found->v[i].class != CLASS_OPAQUE)
			live_clear(
			    a, &found->v[i], "Nothing of that name is here");
	return n < all && (!n || !m->lenient);
}

static bool
runs_unknown(const struct findings *found)
{
	for (size_t i = 0; i < found->n; i++)
		if (found->v[i].class == CLASS_OPAQUE &&
		    found->v[i].destructive)
			return true;
	return false;
}

static void
go_on(struct live *l, const struct meeting *m, bool unknown)
{
	l->blind |= m->blinds || unknown;
	l->written |= m->writes;
	if (m->missing)
		return;
	for (size_t i = 0; i + 1 < m->made.n; i += 2)
		remember(l, m->made.v[i], m->made.v[i + 1]);
	for (size_t i = 0; i < m->tables.n && !m->read; i++)
		remember(l, m->tables.v[i].schema, m->tables.v[i].name);
	if (m->to)
		l->now = m->to;
}

void
live_meet(struct live *l, struct arena *a, const struct statement *st,
    struct findings *found)
{
	bool unknown = runs_unknown(found), vague = false;
	struct meeting m;

	if (l->blind)
		return;
	m = live_read(&l->arena, l->now, st);
	for (size_t i = 0; i < m.tables.n; i++)
		vague |= is_made(l, a, &m.tables.v[i]);
	if (!vague && m.missing)
		add_failure(a, found, st->len, m.missing);
	else if (!vague && !say_absent(l, a, st, &m, found)) {
		if (m.to && !m.takes_rows && m.tables.n)
			weigh_changes(l, a, st, &m, !l->written, found);
		if (!l->written)
			weigh_rows(l, a, &m, found);
	}
	go_on(l, &m, unknown);
}
