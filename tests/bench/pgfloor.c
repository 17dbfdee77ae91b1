/* pgfloor - the least that learning a PostgreSQL database's schema can cost */
#include <libpq-fe.h>
#include <stdio.h>

/* What any tool must read to compare the tables of schema public, in one
 * pipeline. Nothing is kept. */
static const char *const queries[] = {
	"SELECT c.oid, c.relname, c.relkind, a.attname, a.attnum, a.atttypid,"
	" a.atttypmod, a.attnotnull, a.attidentity, a.attgenerated,"
	" a.attcollation, pg_get_expr(d.adbin, d.adrelid)"
	" FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
	" AND a.attnum > 0 AND NOT a.attisdropped"
	" LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum"
	" WHERE c.relnamespace = 'public'::regnamespace"
	" AND c.relkind IN ('r', 'p', 'v', 'm', 'f')",
	"SELECT oid, conrelid, conname, contype, conkey, confrelid, confkey,"
	" confupdtype, confdeltype, condeferrable, convalidated,"
	" CASE WHEN contype IN ('c', 'x') THEN pg_get_constraintdef(oid) END"
	" FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
	"SELECT i.indexrelid, i.indrelid, c.relname, c.relam, i.indisunique,"
	" i.indkey, i.indoption, CASE WHEN i.indpred IS NOT NULL"
	" OR i.indexprs IS NOT NULL THEN pg_get_indexdef(i.indexrelid) END"
	" FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
	" WHERE c.relnamespace = 'public'::regnamespace",
	"SELECT s.*, d.refobjid, d.refobjsubid FROM pg_sequence s"
	" JOIN pg_class c ON c.oid = s.seqrelid"
	" LEFT JOIN pg_depend d ON d.objid = s.seqrelid"
	" AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')"
	" WHERE c.relnamespace = 'public'::regnamespace",
	"SELECT t.oid, t.typname, t.typtype, e.enumlabel FROM pg_type t"
	" LEFT JOIN pg_enum e ON e.enumtypid = t.oid"
	" WHERE t.typtype IN ('e', 'd')"
	" AND t.typnamespace = 'public'::regnamespace",
};
#define QUERIES (sizeof(queries) / sizeof(*queries))

static int
ask(PGconn *c)
{
	size_t rows = 0, ends = 0;

	if (!PQenterPipelineMode(c))
		return 1;
	for (size_t i = 0; i < QUERIES; i++)
		if (!PQsendQueryParams(
			c, queries[i], 0, NULL, NULL, NULL, NULL, 1))
			return 1;
	if (!PQpipelineSync(c))
		return 1;
	while (ends < QUERIES) {
		PGresult *r = PQgetResult(c);

		if (!r) {
			ends++;
			continue;
		}
		if (PQresultStatus(r) != PGRES_TUPLES_OK) {
			PQclear(r);
			return 1;
		}
		rows += (size_t)PQntuples(r);
		PQclear(r);
	}
	printf("%zu\n", rows);
	return 0;
}

/* Asks what stands in a file instead. */
static int
ask_file(PGconn *c, const char *path)
{
	static char sql[1 << 16];
	FILE *f = fopen(path, "r");
	size_t n = f ? fread(sql, 1, sizeof(sql) - 1, f) : 0;
	PGresult *r = PQexec(c, sql);
	int ok = n && PQresultStatus(r) == PGRES_TUPLES_OK;

	if (f)
		fclose(f);
	if (ok)
		printf("%s\n", PQgetvalue(r, 0, 0));
	PQclear(r);
	return !ok;
}

int
main(int argc, char **argv)
{
	PGconn *c;
	int status;

	if (argc != 2 && argc != 3) {
		fprintf(stderr, "usage: pgfloor URL [FILE.sql]\n");
		return 64;
	}
	c = PQconnectdb(argv[1]);
	status = PQstatus(c) != CONNECTION_OK ||
		 (argc == 3 ? ask_file(c, argv[2]) : ask(c));
	if (status)
		fprintf(stderr, "pgfloor: %s", PQerrorMessage(c));
	PQfinish(c);
	return status;
}
