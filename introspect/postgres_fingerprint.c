/* postgres_fingerprint - has anything of the schema changed?
 *
 * Whatever DDL does, it writes a row of a catalog, and a row that is written
 * has a new transaction in xmin. So each catalog is counted and its rows'
 * identities and transactions are added up by a hash, which needs no order. A
 * hash of pg_class alone would miss comments, policies, functions, values of
 * enum types and much more.
 */
#include "introspect/postgres.h"

#include "base/buf.h"
#include "base/hash.h"
#include "db/postgres.h"

/* What is in a managed schema, and what belongs to no schema but was not there
 * when the database was made. */
#define MANAGED " IN (SELECT oid FROM n)"
#define OWN ">= 16384"

/* The rows x of each catalog that say something of the schema. */
static const struct {
	const char *key; /* what a row is known by; NULL: its oid */
	const char *rows;
	int since; /* the server that has it */
} catalogs[] = {
	{ .rows = "pg_namespace x WHERE x.oid" MANAGED },
	{ .rows = "pg_class x WHERE x.relnamespace" MANAGED },
	{ .key = "(x.attrelid::int8 << 16) + x.attnum",
	    .rows = "pg_attribute x JOIN pg_class c ON c.oid = x.attrelid"
		    " WHERE c.relnamespace" MANAGED " AND x.attnum > 0" },
	{ .rows = "pg_attrdef x JOIN pg_class c ON c.oid = x.adrelid"
		  " WHERE c.relnamespace" MANAGED },
	{ .rows = "pg_constraint x WHERE x.connamespace" MANAGED },
	{ .key = "x.indexrelid::int8",
	    .rows = "pg_index x JOIN pg_class c ON c.oid = x.indrelid"
		    " WHERE c.relnamespace" MANAGED },
	{ .key = "x.inhrelid::int8 * 31 + x.inhparent::int8",
	    .rows = "pg_inherits x JOIN pg_class c ON c.oid = x.inhrelid"
		    " WHERE c.relnamespace" MANAGED },
	{ .key = "x.partrelid::int8",
	    .rows =
		"pg_partitioned_table x JOIN pg_class c ON c.oid = x.partrelid"
		" WHERE c.relnamespace" MANAGED },
	{ .key = "x.seqrelid::int8",
	    .rows = "pg_sequence x JOIN pg_class c ON c.oid = x.seqrelid"
		    " WHERE c.relnamespace" MANAGED },
	{ .rows = "pg_trigger x JOIN pg_class c ON c.oid = x.tgrelid"
		  " WHERE c.relnamespace" MANAGED },
	{ .rows = "pg_rewrite x JOIN pg_class c ON c.oid = x.ev_class"
		  " WHERE c.relnamespace" MANAGED },
	{ .rows = "pg_policy x JOIN pg_class c ON c.oid = x.polrelid"
		  " WHERE c.relnamespace" MANAGED },
	{ .rows = "pg_type x WHERE x.typnamespace" MANAGED },
	{ .rows = "pg_enum x JOIN pg_type t ON t.oid = x.enumtypid"
		  " WHERE t.typnamespace" MANAGED },
	{ .key = "x.rngtypid::int8",
	    .rows = "pg_range x JOIN pg_type t ON t.oid = x.rngtypid"
		    " WHERE t.typnamespace" MANAGED },
	{ .rows = "pg_proc x WHERE x.pronamespace" MANAGED },
	{ .key = "x.aggfnoid::oid::int8",
	    .rows = "pg_aggregate x JOIN pg_proc c ON c.oid = x.aggfnoid"
		    " WHERE c.pronamespace" MANAGED },
	{ .rows = "pg_statistic_ext x WHERE x.stxnamespace" MANAGED },
	{ .rows = "pg_operator x WHERE x.oprnamespace" MANAGED },
	{ .rows = "pg_opclass x WHERE x.opcnamespace" MANAGED },
	{ .rows = "pg_opfamily x WHERE x.opfnamespace" MANAGED },
	{ .rows = "pg_amop x WHERE x.oid " OWN },
	{ .rows = "pg_amproc x WHERE x.oid " OWN },
	{ .rows = "pg_conversion x WHERE x.connamespace" MANAGED },
	{ .rows = "pg_collation x WHERE x.collnamespace" MANAGED },
	{ .rows = "pg_ts_config x WHERE x.cfgnamespace" MANAGED },
	{ .key = "(x.mapcfg::int8 << 16) + x.maptokentype * 31 + x.mapseqno",
	    .rows = "pg_ts_config_map x JOIN pg_ts_config t ON t.oid = x.mapcfg"
		    " WHERE t.cfgnamespace" MANAGED },
	{ .rows = "pg_ts_dict x WHERE x.dictnamespace" MANAGED },
	{ .rows = "pg_ts_parser x WHERE x.prsnamespace" MANAGED },
	{ .rows = "pg_ts_template x WHERE x.tmplnamespace" MANAGED },
	{ .key = "x.ftrelid::int8", .rows = "pg_foreign_table x" },
	{ .rows = "pg_foreign_server x" },
	{ .rows = "pg_foreign_data_wrapper x" },
	{ .rows = "pg_extension x WHERE x.oid " OWN },
	{ .rows = "pg_event_trigger x" },
	{ .rows = "pg_default_acl x" },
	{ .rows = "pg_publication x" },
	{ .rows = "pg_publication_rel x" },
	{ .rows = "pg_cast x WHERE x.oid " OWN },
	{ .rows = "pg_language x" },
	{ .key = "(x.objoid::int8 << 16) + x.objsubid",
	    .rows = "pg_description x WHERE x.objoid " OWN
		    " OR x.classoid = 'pg_namespace'::regclass" },
	{ .key = "(x.objoid::int8 << 16) + x.objsubid",
	    .rows = "pg_seclabel x" },
	{ .rows = "pg_publication_namespace x", .since = 150000 },
};

static void
add_catalogs(struct buf *b, int version)
{
	const char *before = "";

	buf_puts(b, "WITH n AS MATERIALIZED (SELECT oid FROM pg_namespace"
		    " WHERE nspname = ANY ($1::text[]))"
		    " SELECT string_agg(h, ' ' ORDER BY i) FROM (");
	for (size_t i = 0; i < sizeof(catalogs) / sizeof(*catalogs); i++) {
		if (catalogs[i].since > version)
			continue;
		buf_fmt(b,
		    "%sSELECT %zu, count(*) || ':' || coalesce(sum("
		    "hashint8extended(%s, x.xmin::text::int8)), 0) FROM %s",
		    before, i,
		    catalogs[i].key ? catalogs[i].key : "x.oid::int8",
		    catalogs[i].rows);
		before = " UNION ALL ";
	}
	buf_puts(b, ") q(i, h)");
}

bool
postgres_fingerprint(struct db *db, char *hex, struct err *err)
{
	struct postgres_db *conn = (struct postgres_db *)db;
	struct arena mem = { 0 };
	const char *managed = postgres_managed(&mem, db);
	struct buf b = { 0 };
	struct db_rows *rows;
	struct hash h;
	bool ok;

	add_catalogs(&b, conn->pq->PQserverVersion(conn->conn));
	rows = db_query(db, buf_str(&b), &managed, 1, err);
	ok = rows && db_rows_next(rows, err);
	if (ok) {
		hash_init(&h);
		hash_adds(&h, managed);
		hash_adds(&h, db_text(rows, 0));
		hash_hex(&h, hex);
	}
	if (rows)
		db_rows_end(rows);
	buf_release(&b);
	arena_release(&mem);
	return ok;
}
