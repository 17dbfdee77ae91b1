/* undo_rewrite - tables written once more as they were, once they are filled */
#include "sync/undo_taking.h"

#include "introspect/introspect.h"
#include "sql/quote.h"
#include "sync/apply.h"
#include "sync/dialect.h"
#include "sync/loss.h"

/* Rows that came since have no value of a required column: its default will
 * do, and where there is none the run cannot be taken back. */
static bool
fill_required(struct taking *k, const struct table *t, const struct column *c,
    struct err *err)
{
	enum dialect d = k->target->dialect;
	struct buf b = { 0 };
	int64_t n = 0;
	bool ok;

	buf_puts(
	    &b, c->default_value.text ? "UPDATE " : "SELECT count(*) FROM ");
	sql_qualified(&b, d, t->schema, t->name);
	if (c->default_value.text) {
		buf_puts(&b, " SET ");
		sql_ident(&b, d, c->name);
		/* a name that SQLite takes for a string has it as its key */
		buf_fmt(&b, " = (%s\n)",
		    *c->default_value.key == '\'' ? c->default_value.key
						  : c->default_value.text);
	}
	buf_puts(&b, " WHERE ");
	sql_ident(&b, d, c->name);
	buf_puts(&b, " IS NULL");
	ok = c->default_value.text ? db_exec(k->u->db, b.s, err)
				   : db_count(k->u->db, b.s, &n, err);
	buf_release(&b);
	if (!ok || !n)
		return ok;
	return taking_cannot(k, err,
	    arena_fmt(k->u->arena,
		"%lld %s of %s came since and %s no value for %s, which was "
		"required",
		(long long)n, n == 1 ? "row" : "rows", t->name,
		n == 1 ? "has" : "have", c->name));
}

static bool
same_order(const struct schema *s, const struct table *a, const struct table *b)
{
	if (a->columns.n != b->columns.n)
		return false;
	for (size_t i = 0; i < a->columns.n; i++)
		if (!schema_same_name(s->dialect, a->columns.v[i]->name,
			b->columns.v[i]->name))
			return false;
	return true;
}

static bool
count_rows(struct taking *k, const struct table *t, int64_t *n, struct err *err)
{
	struct buf b = { 0 };
	bool ok;

	buf_puts(&b, "SELECT count(*) FROM ");
	sql_qualified(&b, k->target->dialect, t->schema, t->name);
	ok = db_count(k->u->db, b.s, n, err);
	buf_release(&b);
	return ok;
}

/* Writes the table as it was, with all that was taken off a column to let it
 * come bare, and in its old order of columns. */
static bool
rewrite(struct taking *k, const struct schema *now, const struct table *t,
    struct err *err)
{
	struct undo *u = k->u;
	size_t first = k->rewritten.n;
	int64_t before, after;

	for (size_t i = 0; i < t->columns.n; i++)
		if (t->columns.v[i]->not_null &&
		    !t->columns.v[i]->generated.text &&
		    !fill_required(k, t, t->columns.v[i], err))
			return false;
	if (!transpile_rewrite(u->arena, now, t, &k->rewritten))
		return taking_cannot(k, err, "a table cannot be written anew");
	if (!count_rows(k, t, &before, err))
		return false;
	for (size_t i = first; i < k->rewritten.n; i++)
		if (!db_exec(u->db, k->rewritten.v[i], err))
			return err_prefix(err,
			    "run %lld cannot be taken back: the rows of %s "
			    "do not fit what it was; nothing was changed",
			    (long long)k->run->id, t->name);
	return count_rows(k, t, &after, err) &&
	       (before == after ||
		   taking_cannot(k, err, "a table would lose rows"));
}

/* What was taken off a column, to let it come bare, is put on it again. Nothing
 * of this takes anything away. */
static bool
plan_rest(struct taking *k, struct err *err)
{
	struct undo *u = k->u;
	struct schema *now = introspect_like(u->arena, u->db, k->target, err);
	struct losses lost = { 0 };
	const struct changes *all;
	struct plan *p;

	p = now ? transpile_plan(
		      u->arena, diff_schemas(u->arena, now, k->target), err)
		: NULL;
	if (!p)
		return false;
	loss_find(u->arena, p, &lost);
	if (lost.n)
		return taking_cannot(k, err,
		    arena_fmt(u->arena, "%s would go",
			loss_text(u->arena, &lost.v[0])));
	all = &p->diff->changes;
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i]->kind == CHANGE_SET_NOT_NULL &&
		    !fill_required(
			k, all->v[i]->new_table, all->v[i]->new_column, err))
			return false;
	for (size_t i = 0; i < p->steps.n; i++) {
		const struct names *sql = &p->steps.v[i]->sql;

		if (!apply_statements(u->db, sql, err))
			return err_prefix(err,
			    "run %lld cannot be taken back; nothing was "
			    "changed",
			    (long long)k->run->id);
		for (size_t n = 0; n < sql->n; n++)
			vec_push(u->arena, &k->rewritten, sql->v[n]);
	}
	return true;
}

bool
taking_rewrite(struct taking *k, struct err *err)
{
	struct undo *u = k->u;
	struct schema *now;

	if (!sync_dialect(k->target->dialect)->rewrites)
		return plan_rest(k, err);
	now = introspect(u->arena, u->db, err);
	if (!now)
		return false;
	for (size_t i = 0; i < k->target->tables.n; i++) {
		const struct table *t = k->target->tables.v[i];
		const struct table *is = schema_table(now, t->schema, t->name);

		/* what the run left alone is as it was */
		if (!is || (table_equal(now->dialect, is, t) &&
			       same_order(now, is, t)))
			continue;
		if (!rewrite(k, now, t, err))
			return false;
	}
	return true;
}
