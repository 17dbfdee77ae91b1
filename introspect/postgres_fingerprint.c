/* postgres_fingerprint - has anything of the schema changed?
 *
 * Whatever DDL does, it writes a row of a catalog, and a row that is written
 * has a new transaction in xmin. So each catalog is counted and its rows'
 * identities and transactions are added up by a hash, which needs no order. A
 * hash of pg_class alone would miss comments, policies, functions, values of
 * enum types and much more.
 */
#include "introspect/postgres.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "db/postgres.h"
#include "sql/quote.h"

/* What is in a managed schema, and what belongs to no schema but was not there
 * when the database was made. */
#define MANAGED " = ANY (ARRAY(SELECT oid FROM n))"
#define OWN ">= 16384"

/* Whose it is, where it is not the user's. */
#define OTHERS(owner) "x." owner " <> (SELECT o FROM u)"

#define SIGHTS 10

/* The rows x of each catalog that say something of the schema. */
struct catalog {
	const char *key; /* what a row is known by; NULL: its oid */
	const char *rows;
	int since; /* the server that has it */
	struct {
		enum postgres_has has;
		const char *where; /* NULL: any row is one */
	} sees[SIGHTS];
};

static const struct catalog catalogs[] = {
	{ .rows = "pg_namespace x WHERE x.oid" MANAGED,
	    .sees = { { HAS_OWNER, OTHERS("nspowner") " AND x.oid " OWN } } },
	{ .rows = "pg_class x WHERE x.relnamespace" MANAGED,
	    .sees = { { HAS_VIEW, "x.relkind IN ('v', 'm')" },
		{ HAS_KEPT_VIEW, "x.relkind = 'm'" },
		{ HAS_FOREIGN_TABLE, "x.relkind = 'f'" },
		{ HAS_COMPOSITE, "x.relkind = 'c'" },
		{ HAS_PARTITION, "x.relispartition" },
		{ HAS_TABLE_OPTION,
		    "x.relkind IN ('r', 'p', 'i') AND x.reloptions"
		    " IS NOT NULL" },
		{ HAS_REPLICA,
		    "x.relkind IN ('r', 'p') AND x.relreplident <> 'd'" },
		{ HAS_RIGHT, "x.relacl IS NOT NULL" },
		{ HAS_OWNER, OTHERS("relowner") },
		{ HAS_TYPED, "x.reloftype <> 0" } } },
	/* the options of a table's long values stand in another schema */
	{ .rows = "pg_class x WHERE x.relkind = 't'"
		  " AND x.reloptions IS NOT NULL",
	    .sees = { { .has = HAS_TABLE_OPTION } } },
	{ .key = "(x.attrelid::int8 << 16) + x.attnum",
	    .rows = "pg_attribute x JOIN pg_class c ON c.oid = x.attrelid"
		    " WHERE c.relnamespace" MANAGED " AND x.attnum > 0",
	    .sees = { { HAS_RIGHT, "x.attacl IS NOT NULL" } } },
	{ .rows = "pg_attrdef x JOIN pg_class c ON c.oid = x.adrelid"
		  " WHERE c.relnamespace" MANAGED,
	    .sees = { { HAS_VIEW_DEFAULT, "c.relkind = 'v'" } } },
	{ .rows = "pg_constraint x WHERE x.connamespace" MANAGED },
	{ .key = "x.indexrelid::int8",
	    .rows = "pg_index x JOIN pg_class c ON c.oid = x.indrelid"
		    " WHERE c.relnamespace" MANAGED,
	    .sees = { { HAS_CLUSTER, "x.indisclustered" },
		{ HAS_INDEX_TARGET, "x.indexprs IS NOT NULL" } } },
	{ .key = "x.inhrelid::int8 * 31 + x.inhparent::int8",
	    .rows = "pg_inherits x JOIN pg_class c ON c.oid = x.inhrelid"
		    " WHERE c.relnamespace" MANAGED,
	    .sees = { { HAS_CHILD,
		"c.relkind = 'r' AND NOT c.relispartition" } } },
	{ .key = "x.partrelid::int8",
	    .rows =
		"pg_partitioned_table x JOIN pg_class c ON c.oid = x.partrelid"
		" WHERE c.relnamespace" MANAGED },
	{ .key = "x.seqrelid::int8",
	    .rows = "pg_sequence x JOIN pg_class c ON c.oid = x.seqrelid"
		    " WHERE c.relnamespace" MANAGED,
	    .sees = { { .has = HAS_SEQUENCE } } },
	{ .rows = "pg_trigger x JOIN pg_class c ON c.oid = x.tgrelid"
		  " WHERE c.relnamespace" MANAGED,
	    .sees = { { HAS_TRIGGER, "NOT x.tgisinternal" },
		{ HAS_TRIGGER_STATE, "x.tgenabled <> 'O'" } } },
	{ .rows = "pg_rewrite x JOIN pg_class c ON c.oid = x.ev_class"
		  " WHERE c.relnamespace" MANAGED,
	    .sees = { { HAS_RULE, "x.rulename <> '_RETURN'" },
		{ HAS_RULE_STATE, "x.ev_enabled <> 'O'" } } },
	{ .rows = "pg_policy x JOIN pg_class c ON c.oid = x.polrelid"
		  " WHERE c.relnamespace" MANAGED,
	    .sees = { { .has = HAS_POLICY } } },
	{ .rows = "pg_type x WHERE x.oid " OWN " AND x.typnamespace" MANAGED,
	    .sees = { { HAS_DOMAIN, "x.typtype = 'd'" },
		{ HAS_ENUM, "x.typtype = 'e'" },
		{ HAS_RIGHT, "x.typacl IS NOT NULL" },
		{ HAS_OWNER, OTHERS("typowner") } } },
	{ .rows = "pg_enum x JOIN pg_type t ON t.oid = x.enumtypid"
		  " WHERE t.typnamespace" MANAGED },
	{ .key = "x.rngtypid::int8",
	    .rows = "pg_range x JOIN pg_type t ON t.oid = x.rngtypid"
		    " WHERE t.typnamespace" MANAGED,
	    .sees = { { .has = HAS_RANGE } } },
	{ .rows = "pg_proc x WHERE x.oid " OWN " AND x.pronamespace" MANAGED,
	    .sees = { { .has = HAS_FUNCTION },
		{ HAS_AGGREGATE, "x.prokind = 'a'" },
		{ HAS_RIGHT, "x.proacl IS NOT NULL" },
		{ HAS_OWNER, OTHERS("proowner") } } },
	{ .key = "x.aggfnoid::oid::int8",
	    .rows = "pg_aggregate x JOIN pg_proc c ON c.oid = x.aggfnoid"
		    " WHERE c.pronamespace" MANAGED },
	{ .rows = "pg_statistic_ext x WHERE x.stxnamespace" MANAGED,
	    .sees = { { .has = HAS_STATISTICS },
		{ HAS_OWNER, OTHERS("stxowner") } } },
	{ .rows =
		"pg_operator x WHERE x.oid " OWN " AND x.oprnamespace" MANAGED,
	    .sees = { { .has = HAS_OPERATOR } } },
	{ .rows = "pg_opclass x WHERE x.opcnamespace" MANAGED },
	{ .rows = "pg_opfamily x WHERE x.opfnamespace" MANAGED },
	{ .rows = "pg_amop x WHERE x.oid " OWN },
	{ .rows = "pg_amproc x WHERE x.oid " OWN },
	{ .rows = "pg_conversion x WHERE x.connamespace" MANAGED },
	{ .rows = "pg_collation x WHERE x.oid " OWN
		  " AND x.collnamespace" MANAGED,
	    .sees = { { .has = HAS_COLLATION },
		{ HAS_OWNER, OTHERS("collowner") } } },
	{ .rows = "pg_ts_config x WHERE x.cfgnamespace" MANAGED,
	    .sees = { { .has = HAS_SEARCH },
		{ HAS_OWNER, OTHERS("cfgowner") } } },
	{ .key = "(x.mapcfg::int8 << 16) + x.maptokentype * 31 + x.mapseqno",
	    .rows = "pg_ts_config_map x JOIN pg_ts_config t ON t.oid = x.mapcfg"
		    " WHERE t.cfgnamespace" MANAGED },
	{ .rows = "pg_ts_dict x WHERE x.dictnamespace" MANAGED,
	    .sees = { { .has = HAS_DICTIONARY },
		{ HAS_OWNER, OTHERS("dictowner") } } },
	{ .rows = "pg_ts_parser x WHERE x.prsnamespace" MANAGED },
	{ .rows = "pg_ts_template x WHERE x.tmplnamespace" MANAGED },
	{ .key = "x.ftrelid::int8", .rows = "pg_foreign_table x" },
	{ .rows = "pg_foreign_server x",
	    .sees = { { .has = HAS_FOREIGN_SERVER },
		{ HAS_RIGHT, "x.srvacl IS NOT NULL" },
		{ HAS_OWNER, OTHERS("srvowner") } } },
	{ .rows = "pg_foreign_data_wrapper x",
	    .sees = { { .has = HAS_FOREIGN_WRAPPER },
		{ HAS_RIGHT, "x.fdwacl IS NOT NULL" },
		{ HAS_OWNER, OTHERS("fdwowner") } } },
	{ .rows = "pg_extension x WHERE x.oid " OWN },
	{ .rows = "pg_event_trigger x",
	    .sees = { { .has = HAS_EVENT_TRIGGER },
		{ HAS_OWNER, OTHERS("evtowner") } } },
	{ .rows = "pg_default_acl x",
	    .sees = { { .has = HAS_DEFAULT_RIGHT } } },
	{ .rows = "pg_publication x",
	    .sees = { { .has = HAS_PUBLICATION },
		{ HAS_OWNER, OTHERS("pubowner") } } },
	{ .rows = "pg_publication_rel x" },
	{ .rows = "pg_cast x WHERE x.oid " OWN,
	    .sees = { { .has = HAS_CAST } } },
	{ .rows = "pg_language x" },
	{ .key = "(x.objoid::int8 << 16) + x.objsubid",
	    .rows = "pg_description x WHERE x.objoid " OWN
		    " OR x.classoid = 'pg_namespace'::regclass",
	    .sees = { { HAS_COMMENT, "x.objoid " OWN } } },
	{ .key = "(x.objoid::int8 << 16) + x.objsubid",
	    .rows = "pg_seclabel x" },
	{ .rows = "pg_publication_namespace x", .since = 150000 },
};
#define CATALOGS (sizeof(catalogs) / sizeof(*catalogs))

/* -- the query ------------------------------------------------------------ */

static void
add_sights(struct buf *b, const struct catalog *c)
{
	for (size_t i = 0; i < SIGHTS && c->sees[i].has; i++) {
		buf_puts(b, " || ':' || count(*)");
		if (c->sees[i].where)
			buf_fmt(b, " FILTER (WHERE %s)", c->sees[i].where);
	}
}

static void
add_catalogs(struct buf *b, int version, const char *managed)
{
	const char *before = "";

	buf_puts(b, "WITH n AS MATERIALIZED (SELECT oid FROM pg_namespace"
		    " WHERE nspname = ANY (");
	sql_literal(b, DIALECT_POSTGRES, managed);
	buf_puts(b, "::text[])),"
		    " u(o) AS (SELECT oid FROM pg_roles"
		    " WHERE rolname = current_user)"
		    " SELECT string_agg(h, ' ' ORDER BY i) FROM (");
	for (size_t i = 0; i < CATALOGS; i++) {
		const struct catalog *c = &catalogs[i];

		if (c->since > version)
			continue;
		buf_fmt(b,
		    "%sSELECT %zu, %zu || ':' || count(*) || ':' || coalesce("
		    "sum(hashint8extended(%s, x.xmin::text::int8)), 0)",
		    before, i, i, c->key ? c->key : "x.oid::int8");
		add_sights(b, c);
		buf_fmt(b, " FROM %s", c->rows);
		before = " UNION ALL ";
	}
	buf_puts(b, ") q(i, h)");
}

/* -- what it saw ---------------------------------------------------------- */

/* Adds up what a catalog's part of the answer, "12:345:hash:1:0", counts. */
static void
count(const char *part, int64_t counts[HAS_COUNT])
{
	const struct catalog *c = &catalogs[strtoul(part, NULL, 10)];
	const char *all = strchr(part, ':') + 1, *at = strchr(all, ':') + 1;

	for (size_t i = 0; i < SIGHTS && c->sees[i].has; i++) {
		at = strchr(at, ':') + 1;
		counts[c->sees[i].has] +=
		    strtoll(c->sees[i].where ? at : all, NULL, 10);
	}
}

static void
note(struct postgres_db *conn, const char *answer)
{
	int64_t counts[HAS_COUNT] = { 0 };

	for (const char *part = answer; *part; part += strcspn(part, " "))
		count(part += *part == ' ', counts);
	/* what a table's columns say is seen when they are read */
	if (counts[HAS_VIEW] || counts[HAS_FOREIGN_TABLE])
		counts[HAS_COLUMN_SAID] = 1;
	_Static_assert(HAS_COUNT <= sizeof(conn->seen) / 8, "no room");
	for (size_t i = 0; i < HAS_COUNT; i++)
		conn->seen[i] = i ? counts[i] : 1;
	conn->seen_of = db_managed(&conn->db);
}

void
postgres_fingerprint_read(struct db *db, struct db_rows *rows)
{
	struct postgres_db *conn = (struct postgres_db *)db;
	struct arena mem = { 0 };
	struct hash h;

	hash_init(&h);
	hash_adds(&h, postgres_managed(&mem, db));
	hash_adds(&h, db_text(rows, 0));
	hash_hex(&h, conn->seen_hex);
	note(conn, db_text(rows, 0));
	arena_release(&mem);
}

const char *
postgres_fingerprint_sql(struct arena *a, struct db *db)
{
	struct postgres_db *conn = (struct postgres_db *)db;
	struct buf b = { 0 };
	const char *sql;

	add_catalogs(
	    &b, conn->pq->PQserverVersion(conn->conn), postgres_managed(a, db));
	sql = arena_strndup(a, b.s, b.len);
	buf_release(&b);
	return sql;
}

bool
postgres_fingerprint(struct db *db, char *hex, struct err *err)
{
	struct postgres_db *conn = (struct postgres_db *)db;
	struct arena mem = { 0 };
	struct db_rows *rows;
	bool ok;

	/* planning it takes longer than running it */
	rows = postgres_again(db, postgres_fingerprint_sql(&mem, db), err);
	ok = rows && db_rows_next(rows, err);
	if (ok) {
		postgres_fingerprint_read(db, rows);
		memcpy(hex, conn->seen_hex, HASH_HEX);
	}
	if (rows)
		db_rows_end(rows);
	arena_release(&mem);
	return ok;
}

bool
postgres_survey(struct postgres_pass *p)
{
	struct postgres_db *conn = (struct postgres_db *)p->db;
	char hex[HASH_HEX];

	if (conn->seen_of != db_managed(p->db) &&
	    !postgres_fingerprint(p->db, hex, p->err))
		return false;
	for (size_t i = 0; i < HAS_COUNT; i++)
		p->has[i] |= conn->seen[i] != 0;
	p->sequences = conn->seen[HAS_SEQUENCE];
	return true;
}
