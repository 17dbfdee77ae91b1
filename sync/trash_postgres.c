/* trash_postgres - there is no trash on PostgreSQL yet
 *
 * What a run takes away is named in its journal as lost, so that undo refuses
 * instead of bringing back empty tables, and it is said before anybody agrees.
 */
#include "sql/quote.h"
#include "sync/trash.h"

#define D DIALECT_POSTGRES

static const char *
path(struct arena *a, struct db *main)
{
	(void)a;
	(void)main;
	return NULL;
}

/* What rewritten values were cannot be seen later: they are lost. */
static bool
holds(struct trash *t, const struct loss *l, bool *yes, struct err *err)
{
	struct buf sql = { 0 };
	int64_t any = 0;
	bool ok;

	*yes = true;
	if (l->kind == LOSS_VALUES || !l->old)
		return true;
	buf_puts(&sql, "SELECT EXISTS (SELECT FROM ");
	sql_qualified(&sql, D, l->old->schema, l->old->name);
	if (l->kind == LOSS_COLUMN && !l->nulls) {
		buf_puts(&sql, " WHERE ");
		sql_ident(&sql, D, l->column->name);
		buf_puts(&sql, " IS DISTINCT FROM NULL");
	}
	buf_putc(&sql, ')');
	ok = db_count(t->main, sql.s, &any, err);
	*yes = any != 0;
	buf_release(&sql);
	return ok;
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
	.keeps_nothing = "no copy is kept on PostgreSQL yet",
	.path = path,
	.holds = holds,
	.by_rowid = by_rowid,
	.converts_back = converts_back,
};
