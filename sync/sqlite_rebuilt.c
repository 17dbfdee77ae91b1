/* sqlite_rebuilt - what goes with a table that is written anew
 *
 * SQLite forgets what ANALYZE counted when it drops a table, and names the new
 * one as it is called in between when something fails.
 */
#include <string.h>

#include "base/text.h"
#include "sql/quote.h"
#include "sync/sqlite.h"

#define D DIALECT_SQLITE

/* ------------------------------- statistics ------------------------------- */

static const struct {
	const char *table, *columns;
} kept[] = {
	{ "sqlite_stat1", "idx, stat" },
	{ "sqlite_stat4", "idx, neq, nlt, ndlt, sample" },
};

/* What of an index the numbers are about. */
#define PARTS                                                                  \
	"(SELECT group_concat(coalesce(name, cid) || \"desc\" || coll)"        \
	" FROM pragma_index_xinfo(idx))"

static bool
is_there(struct db *db, const char *name, bool *yes, struct err *err)
{
	struct buf sql = { 0 };
	int64_t n = 0;
	bool ok;

	buf_puts(&sql, "SELECT count(*) FROM sqlite_schema WHERE name = ");
	sql_literal(&sql, D, name);
	ok = db_count(db, buf_str(&sql), &n, err);
	*yes = n > 0;
	buf_release(&sql);
	return ok;
}

bool
sqlite_keep_statistics(struct db *db, const struct plan *p, struct err *err)
{
	struct arena a = { 0 };
	bool ok = true, there;

	for (size_t i = 0; ok && p->rebuilds && i < 2; i++) {
		ok = is_there(db, kept[i].table, &there, err);
		if (ok && there)
			ok = db_exec(db,
			    arena_fmt(&a,
				"CREATE TEMP TABLE _deesse_%s AS SELECT tbl, "
				"%s, " PARTS " AS parts FROM main.%s",
				kept[i].table, kept[i].columns, kept[i].table),
			    err);
	}
	arena_release(&a);
	return ok;
}

/* Only of tables that lost theirs; what an index had that is another now is not
 * what it has. */
bool
sqlite_restore_statistics(struct db *db, const struct plan *p, struct err *err)
{
	struct arena a = { 0 };
	bool ok = true, there;

	for (size_t i = 0; ok && p->rebuilds && i < 2; i++) {
		const char *table = kept[i].table;
		const char *columns = kept[i].columns;

		ok = is_there(db, table, &there, err);
		if (!ok || !there)
			continue;
		ok = db_exec(db,
		    arena_fmt(&a,
			"INSERT INTO main.%s (tbl, %s) SELECT tbl, %s"
			" FROM temp._deesse_%s"
			" WHERE tbl NOT IN (SELECT tbl FROM main.%s)"
			" AND tbl IN (SELECT name FROM sqlite_schema)"
			" AND (idx IS NULL OR parts = " PARTS ");"
			"DROP TABLE temp._deesse_%s",
			table, columns, columns, table, table, table),
		    err);
	}
	arena_release(&a);
	return ok;
}

/* ---------------------------------- errors -------------------------------- */

/* Adds the text, the table called as it will be. */
static void
add_renamed(struct buf *b, const char *text, const char *being)
{
	static const char prefix[] = TABLE_BEING_WRITTEN;
	const char *found;

	while ((found = strstr(text, being))) {
		buf_add(b, text, (size_t)(found - text));
		text = found + sizeof(prefix) - 1;
	}
	buf_puts(b, text);
}

void
sqlite_explain(struct arena *a, const struct step *step, struct err *err)
{
	struct buf b = { 0 };
	char *text, *in;

	if (!step->before || !err->text)
		return;
	text = arena_strdup(a, err->text);
	in = strstr(text, "\nin: ");
	/* what was written for a table by another name says nothing new */
	if (in && strstr(in, TABLE_BEING_WRITTEN))
		*in = '\0';
	add_renamed(&b, text,
	    arena_fmt(a, TABLE_BEING_WRITTEN "%s", step->target->name));
	err_set(err, err->kind, "%s", buf_str(&b));
	err_add(err,
	    "while table %s was written anew; everything was rolled "
	    "back",
	    step->target->name);
	for (size_t i = 0; i < step->changes.n; i++) {
		const struct findings *f = &step->changes.v[i]->findings;

		for (size_t k = 0; k < f->n; k++)
			if (f->v[k].destructive && f->v[k].rows > 0 &&
			    f->v[k].class == CLASS_DATA_DEPENDENT)
				err_add(err, "%s", f->v[k].message);
	}
	buf_release(&b);
}
