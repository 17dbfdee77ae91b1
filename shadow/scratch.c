/* scratch - an in-memory SQLite database with a schema and no rows
 *
 * To run the CREATE statements again would be the obvious way, and slow: for
 * each SQLite reads all of sqlite_schema, so that a thousand tables take a
 * third of a second and ten thousand half a minute. It would also need what
 * only an application has, its functions and collations. So an empty database
 * is written down as its file format says, with one empty page for each table
 * and index, and sqlite_schema is filled with the very rows of the other.
 */
#include "shadow/scratch.h"

#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "base/vec.h"

/* Small pages: each table and index has one. */
#define PAGE 512

#define TABLE_LEAF 0x0d
#define INDEX_LEAF 0x0a

bool
scratch_open(struct db **scratch, struct err *err)
{
	const struct db_url url = { .dialect = DIALECT_SQLITE,
		.shown = "sqlite::memory:",
		.path = ":memory:" };

	if (!db_open(scratch, &url, DB_WRITE, err))
		return false;
	if (db_exec(*scratch, "PRAGMA page_size = 512", err))
		return true;
	db_close(*scratch);
	*scratch = NULL;
	return false;
}

/* A row of sqlite_schema. */
struct row {
	const char *type, *name, *table, *sql;
	unsigned char leaf; /* 0: it has no page */
};
VEC(row_list, struct row);

struct copying {
	struct arena *a;    /* until all rows are written */
	struct arena *kept; /* until the end */
	struct db *from, *scratch;
	sqlite3 *handle; /* of the scratch database */
	struct map kinds;
	struct row_list rows, virtual;
	struct err *err;
};

/* Calls read for each row of a query on the database that is copied. */
static bool
each_row(struct copying *c, const char *sql,
    void (*read)(struct copying *c, struct db_rows *r))
{
	struct db_rows *r = db_query(c->from, sql, NULL, 0, c->err);
	struct err why = { 0 };

	if (!r)
		return false;
	while (db_rows_next(r, &why))
		read(c, r);
	db_rows_end(r);
	if (!why.kind)
		return true;
	err_set(c->err, why.kind, "%s", why.text);
	err_release(&why);
	return false;
}

/* "shadow" and "virtual" as the engine calls them; "wr" for a table without
 * rowids, whose page is that of an index. */
static void
read_kind(struct copying *c, struct db_rows *r)
{
	map_put(c->a, &c->kinds, arena_strdup(c->a, db_text(r, 0)),
	    arena_strdup(c->a, db_text(r, 1)));
}

static bool
is_kind(const struct copying *c, const char *table, const char *kind)
{
	const char *is = map_get(&c->kinds, table);

	return is && !strcmp(is, kind);
}

static unsigned char
leaf_of(const struct copying *c, const struct row *row)
{
	if (!strcmp(row->type, "index") ||
	    (!strcmp(row->type, "table") && is_kind(c, row->name, "wr")))
		return INDEX_LEAF;
	return !strcmp(row->type, "table") ? TABLE_LEAF : 0;
}

static void
read_row(struct copying *c, struct db_rows *r)
{
	struct row row = {
		.type = arena_strdup(c->a, db_text(r, 0)),
		.name = arena_strdup(c->a, db_text(r, 1)),
		.table = arena_strdup(c->a, db_text(r, 2)),
		.sql = db_null(r, 3) ? NULL : arena_strdup(c->a, db_text(r, 3)),
	};

	/* the tables below a virtual table are made with it */
	if (is_kind(c, row.table, "shadow"))
		return;
	row.leaf = leaf_of(c, &row);
	if (!strcmp(row.type, "table") && is_kind(c, row.name, "virtual")) {
		row.name = arena_strdup(c->kept, row.name);
		row.sql = arena_strdup(c->kept, row.sql);
		vec_push(c->kept, &c->virtual, row);
		return;
	}
	vec_push(c->a, &c->rows, row);
}

static void
put32(unsigned char *p, uint32_t n)
{
	p[0] = (unsigned char)(n >> 24);
	p[1] = (unsigned char)(n >> 16);
	p[2] = (unsigned char)(n >> 8);
	p[3] = (unsigned char)n;
}

/* An empty b-tree: no cell, and its content begins where the page ends. */
static void
put_leaf(unsigned char *p, unsigned char leaf)
{
	p[0] = leaf;
	p[5] = PAGE >> 8;
	p[6] = PAGE & 0xff;
}

/* The header of a database file, as https://sqlite.org/fileformat2.html says;
 * what is not put is zero. */
static void
put_header(unsigned char *p, uint32_t pages)
{
	memcpy(p, "SQLite format 3", 16);
	p[16] = PAGE >> 8;
	p[17] = PAGE & 0xff;
	p[18] = p[19] = 1; /* a rollback journal */
	p[21] = 64;        /* payload fractions: fixed */
	p[22] = p[23] = 32;
	put32(p + 24, 1); /* changes */
	put32(p + 28, pages);
	put32(p + 40, 1); /* schema cookie */
	put32(p + 44, 4); /* schema format: DESC counts */
	put32(p + 56, 1); /* UTF-8 */
	put32(p + 92, 1); /* the change in which the size was true */
	put32(p + 96, SQLITE_VERSION_NUMBER);
}

/* Makes the scratch database one with an empty page for each row. */
static bool
write_image(struct copying *c)
{
	uint32_t pages = 1;
	sqlite3_uint64 room = 0;
	unsigned char *image;

	for (size_t i = 0; i < c->rows.n; i++) {
		const struct row *row = &c->rows.v[i];

		pages += row->leaf != 0;
		room += strlen(row->name) + strlen(row->table) +
			(row->sql ? strlen(row->sql) : 0) + 64;
	}
	/* room for the rows, so that it need not be doubled for them */
	room += room / 4 + (sqlite3_uint64)(pages + 64) * PAGE;
	image = sqlite3_malloc64(room);
	if (!image)
		return err_fail(c->err, "out of memory");
	memset(image, 0, (size_t)pages * PAGE);
	put_header(image, pages);
	put_leaf(image + 100, TABLE_LEAF);
	pages = 1;
	for (size_t i = 0; i < c->rows.n; i++)
		if (c->rows.v[i].leaf)
			put_leaf(
			    image + (size_t)pages++ * PAGE, c->rows.v[i].leaf);
	if (!sqlite3_deserialize(c->handle, "main", image,
		(sqlite3_int64)pages * PAGE, (sqlite3_int64)room,
		SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE))
		return true;
	return err_fail(c->err, "cannot make a copy of the schema: %s",
	    sqlite3_errmsg(c->handle));
}

static bool
insert_rows(struct copying *c)
{
	sqlite3_stmt *stmt = NULL;
	int page = 2, rc;

	rc = sqlite3_prepare_v2(c->handle,
	    "INSERT INTO sqlite_schema VALUES (?1, ?2, ?3, ?4, ?5)", -1, &stmt,
	    NULL);
	for (size_t i = 0; rc == SQLITE_OK && i < c->rows.n; i++) {
		const struct row *row = &c->rows.v[i];

		sqlite3_bind_text(stmt, 1, row->type, -1, SQLITE_STATIC);
		sqlite3_bind_text(stmt, 2, row->name, -1, SQLITE_STATIC);
		sqlite3_bind_text(stmt, 3, row->table, -1, SQLITE_STATIC);
		sqlite3_bind_int(stmt, 4, row->leaf ? page++ : 0);
		sqlite3_bind_text(stmt, 5, row->sql, -1, SQLITE_STATIC);
		sqlite3_step(stmt);
		rc = sqlite3_reset(stmt);
	}
	sqlite3_finalize(stmt);
	return rc == SQLITE_OK;
}

static void
write_schema_freely(struct copying *c, int freely)
{
	sqlite3_db_config(c->handle, SQLITE_DBCONFIG_DEFENSIVE, !freely, NULL);
	sqlite3_db_config(
	    c->handle, SQLITE_DBCONFIG_WRITABLE_SCHEMA, freely, NULL);
}

static bool
fill_schema(struct copying *c)
{
	bool ok;

	/* the pages live in memory twice, so let the cache be small */
	if (!db_exec(c->scratch,
		"PRAGMA journal_mode = MEMORY; PRAGMA temp_store = MEMORY;"
		"PRAGMA cache_size = 200",
		c->err))
		return false;
	write_schema_freely(c, 1);
	ok = sqlite3_exec(c->handle, "BEGIN", NULL, NULL, NULL) == SQLITE_OK &&
	     insert_rows(c) &&
	     sqlite3_exec(c->handle, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
	return ok || err_fail(c->err, "cannot make a copy of the schema: %s",
			 sqlite3_errmsg(c->handle));
}

/* Lets SQLite read what was written. */
static bool
read_schema(struct copying *c)
{
	bool ok = sqlite3_exec(c->handle,
		      "PRAGMA writable_schema = RESET;"
		      "SELECT 1 FROM sqlite_schema",
		      NULL, NULL, NULL) == SQLITE_OK;

	if (!ok)
		err_fail(c->err, "cannot make a copy of the schema: %s",
		    sqlite3_errmsg(c->handle));
	write_schema_freely(c, 0);
	return ok;
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

/* Stands in for a module that only an application has, without which its
 * tables could not even be dropped. */
static bool
stand_in(struct copying *c)
{
	static const char complaint[] = "no such module: ";
	const char *message = sqlite3_errmsg(c->handle);

	return text_starts(message, complaint) &&
	       sqlite3_create_module(c->handle,
		   arena_strdup(c->kept, message + strlen(complaint)),
		   &no_module, NULL) == SQLITE_OK;
}

/* Virtual tables are made by their modules, which fill tables of their own. */
static bool
make_virtual_tables(struct copying *c)
{
	for (size_t i = 0; i < c->virtual.n; i++) {
		const char *sql = c->virtual.v[i].sql;

		if (!sqlite3_exec(c->handle, sql, NULL, NULL, NULL) ||
		    (stand_in(c) &&
			!sqlite3_exec(c->handle, sql, NULL, NULL, NULL)))
			continue;
		return err_fail(c->err,
		    "cannot make a copy of the schema: %s: %s",
		    c->virtual.v[i].name, sqlite3_errmsg(c->handle));
	}
	return true;
}

bool
scratch_copy(struct db *scratch, struct db *db, struct err *err)
{
	struct arena mine = { 0 }, kept = { 0 };
	struct copying c = { .a = &mine,
		.kept = &kept,
		.from = db,
		.scratch = scratch,
		.handle = db_handle(scratch),
		.err = err };
	bool ok;

	ok = each_row(&c,
		 "SELECT name, iif(type = 'table', 'wr', type)"
		 " FROM pragma_table_list"
		 " WHERE schema = 'main'"
		 " AND (wr OR type IN ('shadow', 'virtual'))",
		 read_kind) &&
	     each_row(&c,
		 "SELECT type, name, tbl_name, sql FROM sqlite_schema"
		 " ORDER BY rowid",
		 read_row);
	/* pages that were read, and then the rows, are as much memory as the
	 * copy itself: none longer than needed */
	sqlite3_db_release_memory(db_handle(db));
	ok = ok && write_image(&c) && fill_schema(&c);
	arena_release(&mine);
	ok = ok && read_schema(&c) && make_virtual_tables(&c);
	arena_release(&kept);
	return ok;
}
