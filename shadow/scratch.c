/* scratch - an in-memory SQLite database with a schema and no rows
 *
 * The statements run in the order of sqlite_schema's rowids, in which they
 * were once said, so that what a trigger or a view names is there before it. A
 * stand-in must never reach a real file: an index ordered by a false collation
 * is a corrupt one.
 */
#include "shadow/scratch.h"

#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "base/vec.h"

bool
scratch_open(struct arena *a, struct db **scratch, struct err *err)
{
	struct db_url url;

	/* small pages: each table and index has one at least */
	if (!db_url_parse(a, &url, "sqlite::memory:", err) ||
	    !db_open(scratch, &url, DB_WRITE, err))
		return false;
	if (db_exec(*scratch, "PRAGMA page_size = 512", err))
		return true;
	db_close(*scratch);
	*scratch = NULL;
	return false;
}

struct copying {
	struct arena *a;
	sqlite3 *handle;
	struct names functions, collations;
	struct err *err;
};

static void
no_value(sqlite3_context *context, int n, sqlite3_value **values)
{
	(void)n;
	(void)values;
	sqlite3_result_null(context);
}

static int
no_order(void *data, int n, const void *a, int m, const void *b)
{
	int c = memcmp(a, b, (size_t)(n < m ? n : m));

	(void)data;
	return c ? c : n - m;
}

static void
stand_in_for_collation(
    void *data, sqlite3 *handle, int encoding, const char *name)
{
	struct copying *c = data;

	(void)encoding;
	vec_push(c->a, &c->collations, arena_strdup(c->a, name));
	sqlite3_create_collation(handle, name, SQLITE_UTF8, NULL, no_order);
}

/* A virtual table with one column, whatever it was made of. */
static int
connect_nothing(sqlite3 *handle, void *data, int argc, const char *const *argv,
    sqlite3_vtab **table, char **message)
{
	(void)data;
	(void)argc;
	(void)argv;
	(void)message;
	*table = sqlite3_malloc(sizeof(**table));
	if (!*table)
		return SQLITE_NOMEM;
	**table = (sqlite3_vtab){ 0 };
	return sqlite3_declare_vtab(handle, "CREATE TABLE x(a)");
}

static int
disconnect_nothing(sqlite3_vtab *table)
{
	sqlite3_free(table);
	return SQLITE_OK;
}

static int
plan_nothing(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table;
	(void)info;
	return SQLITE_OK;
}

static const sqlite3_module no_module = {
	.xCreate = connect_nothing,
	.xConnect = connect_nothing,
	.xBestIndex = plan_nothing,
	.xDisconnect = disconnect_nothing,
	.xDestroy = disconnect_nothing,
};

static bool
stand_in_for_function(struct copying *c, const char *name)
{
	vec_push(c->a, &c->functions, name);
	return sqlite3_create_function(c->handle, name, -1,
		   SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
		   no_value, NULL, NULL) == SQLITE_OK;
}

static bool
stand_in_for_module(struct copying *c, const char *name)
{
	return sqlite3_create_module(c->handle, name, &no_module, NULL) ==
	       SQLITE_OK;
}

static const struct {
	const char *complaint;
	bool (*stand_in)(struct copying *c, const char *name);
} missing[] = {
	{ "no such function: ", stand_in_for_function },
	{ "no such module: ", stand_in_for_module },
};

/* Does a stand-in answer what SQLite complains about? A name that got one
 * already does not help again. */
static bool
stand_in(struct copying *c, struct names *tried)
{
	const char *message = sqlite3_errmsg(c->handle);

	for (size_t i = 0; i < sizeof(missing) / sizeof(*missing); i++) {
		const char *name;

		if (!text_starts(message, missing[i].complaint))
			continue;
		name =
		    arena_strdup(c->a, message + strlen(missing[i].complaint));
		for (size_t k = 0; k < tried->n; k++)
			if (!strcmp(tried->v[k], name))
				return false;
		vec_push(c->a, tried, name);
		return missing[i].stand_in(c, name);
	}
	return false;
}

static bool
make(struct copying *c, const char *name, const char *sql)
{
	struct names tried = { 0 };

	while (sqlite3_exec(c->handle, sql, NULL, NULL, NULL))
		if (!stand_in(c, &tried))
			return err_fail(c->err,
			    "cannot make a copy of the schema: %s: %s", name,
			    sqlite3_errmsg(c->handle));
	return true;
}

/* The tables below a virtual table come and go with it. */
static bool
read_shadows(
    struct arena *a, struct db *db, struct map *shadows, struct err *err)
{
	struct db_rows *rows;
	struct err why = { 0 };
	int64_t n;

	/* the list of tables is long, and mostly there is no need of it */
	if (!db_count(db,
		"SELECT count(*) FROM sqlite_schema"
		" WHERE sql LIKE 'CREATE VIRTUAL %'",
		&n, err))
		return false;
	if (!n)
		return true;
	rows = db_query(db,
	    "SELECT name FROM pragma_table_list"
	    " WHERE schema = 'main' AND type = 'shadow'",
	    NULL, 0, err);
	if (!rows)
		return false;
	while (db_rows_next(rows, &why)) {
		char *name = arena_strdup(a, db_text(rows, 0));

		map_put(a, shadows, name, name);
	}
	db_rows_end(rows);
	if (!why.kind)
		return true;
	err_set(err, why.kind, "%s", why.text);
	err_release(&why);
	return false;
}

static bool
copy_rows(struct copying *c, struct db *db, const struct map *shadows)
{
	struct db_rows *rows = db_query(db,
	    "SELECT name, tbl_name, sql FROM sqlite_schema"
	    " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
	    " ORDER BY rowid",
	    NULL, 0, c->err);
	struct err why = { 0 };
	bool ok = true;

	if (!rows)
		return false;
	while (ok && db_rows_next(rows, &why))
		if (!map_get(shadows, db_text(rows, 1)))
			ok = make(c, db_text(rows, 0), db_text(rows, 2));
	db_rows_end(rows);
	if (why.kind)
		ok = err_set(c->err, why.kind, "%s", why.text);
	err_release(&why);
	return ok;
}

/* The plan must not find here what the real connection lacks. Modules stay:
 * without one, no virtual table could be dropped, and none can be made with
 * it that the real connection could not name. */
static void
take_back(struct copying *c)
{
	sqlite3_collation_needed(c->handle, NULL, NULL);
	for (size_t i = 0; i < c->functions.n; i++)
		sqlite3_create_function(c->handle, c->functions.v[i], -1,
		    SQLITE_UTF8, NULL, NULL, NULL, NULL);
	for (size_t i = 0; i < c->collations.n; i++)
		sqlite3_create_collation(
		    c->handle, c->collations.v[i], SQLITE_UTF8, NULL, NULL);
}

bool
scratch_copy(
    struct arena *a, struct db *scratch, struct db *db, struct err *err)
{
	struct copying c = { .a = a, .handle = db_handle(scratch), .err = err };
	struct map shadows = { 0 };
	bool ok;

	if (!read_shadows(a, db, &shadows, err) || !db_begin(scratch, err))
		return false;
	sqlite3_collation_needed(c.handle, &c, stand_in_for_collation);
	ok = copy_rows(&c, db, &shadows);
	take_back(&c);
	if (ok && db_commit(scratch, err))
		return true;
	db_rollback(scratch);
	return false;
}
