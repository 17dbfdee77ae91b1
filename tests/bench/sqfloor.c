/* sqfloor - the least that learning a SQLite database's schema can cost */
#include <sqlite3.h>
#include <stdio.h>

/* What any tool must read to compare a schema: one query each for the tables,
 * their columns, foreign keys and indexes. Nothing is kept. */
static const char *const queries[] = {
	"SELECT type, name, tbl_name, sql FROM sqlite_schema",
	"SELECT m.name, x.* FROM sqlite_schema AS m"
	" JOIN pragma_table_xinfo(m.name) AS x WHERE m.type = 'table'",
	"SELECT m.name, f.* FROM sqlite_schema AS m"
	" JOIN pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table'",
	"SELECT m.name, i.*, x.* FROM sqlite_schema AS m"
	" JOIN pragma_index_list(m.name) AS i"
	" JOIN pragma_index_xinfo(i.name) AS x WHERE m.type = 'table'",
};

static int
count_rows(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt;
	int rows = 0;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		return -1;
	while (sqlite3_step(stmt) == SQLITE_ROW)
		rows++;
	return sqlite3_finalize(stmt) == SQLITE_OK ? rows : -1;
}

int
main(int argc, char **argv)
{
	sqlite3 *db = NULL;
	int status = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: sqfloor FILE\n");
		return 64;
	}
	if (sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) !=
	    SQLITE_OK)
		status = 1;
	for (size_t i = 0; !status && i < sizeof(queries) / sizeof(*queries);
	     i++) {
		int rows = count_rows(db, queries[i]);

		if (rows < 0)
			status = 1;
		printf("%d%c", rows, i == 3 ? '\n' : ' ');
	}
	if (status)
		fprintf(stderr, "sqfloor: %s: %s\n", argv[1],
		    db ? sqlite3_errmsg(db) : "out of memory");
	sqlite3_close(db);
	return status;
}
