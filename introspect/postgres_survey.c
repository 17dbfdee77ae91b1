/* postgres_survey - what kinds of things there are, and what was asked ahead
 *
 * A fingerprint counts by the way what there is, but costs a new backend as
 * much as all that is read of a hundred tables. Who wants to compare, and not
 * to know whether something changed, asks only what is there. Too much may be
 * said to be there: then a query finds nothing.
 */
#include "introspect/postgres.h"

#include "base/buf.h"
#include "db/postgres.h"
#include "sql/quote.h"

#define MANAGED " = ANY (ARRAY(SELECT oid FROM n))"
#define OWN ">= 16384"
#define OTHERS(owner) "x." owner " <> (SELECT o FROM u)"
#define SIZE(catalog) "pg_relation_size('pg_catalog." catalog "', 'main')"
#define OF(catalog) "x.classid = 'pg_catalog." catalog "'::regclass"
#define SIGHTS 20

/* To name a catalog in a query costs a new backend a quarter of a millisecond,
 * with its indexes. One that is empty unless somebody wants it to be something
 * is told by its file; what stands in a schema is told by what it depends on.
 */
static const struct {
	const char *rows; /* NULL: each of sees is a number of its own */
	struct {
		enum postgres_has has;
		const char *where; /* NULL: any row is one */
	} sees[SIGHTS];
} passes[] = {
	{ NULL, { { HAS_CHILD, SIZE("pg_inherits") },
		    { HAS_POLICY, SIZE("pg_policy") },
		    { HAS_STATISTICS, SIZE("pg_statistic_ext") },
		    { HAS_OWNER, SIZE("pg_statistic_ext") },
		    { HAS_FOREIGN_SERVER, SIZE("pg_foreign_server") },
		    { HAS_RIGHT, SIZE("pg_foreign_server") },
		    { HAS_OWNER, SIZE("pg_foreign_server") },
		    { HAS_FOREIGN_WRAPPER, SIZE("pg_foreign_data_wrapper") },
		    { HAS_RIGHT, SIZE("pg_foreign_data_wrapper") },
		    { HAS_OWNER, SIZE("pg_foreign_data_wrapper") },
		    { HAS_EVENT_TRIGGER, SIZE("pg_event_trigger") },
		    { HAS_OWNER, SIZE("pg_event_trigger") },
		    { HAS_DEFAULT_RIGHT, SIZE("pg_default_acl") },
		    { HAS_PUBLICATION, SIZE("pg_publication") },
		    { HAS_OWNER, SIZE("pg_publication") },
		    { HAS_UNMANAGED, SIZE("pg_transform") } } },
	{ "pg_depend x WHERE x.refclassid = 'pg_namespace'::regclass",
	    { { HAS_OPERATOR, OF("pg_operator") },
		{ HAS_COLLATION, OF("pg_collation") },
		{ HAS_OWNER, OF("pg_collation") },
		{ HAS_SEARCH, OF("pg_ts_config") },
		{ HAS_OWNER, OF("pg_ts_config") },
		{ HAS_DICTIONARY, OF("pg_ts_dict") },
		{ HAS_OWNER, OF("pg_ts_dict") },
		{ HAS_UNMANAGED, OF("pg_opclass") },
		{ HAS_UNMANAGED, OF("pg_opfamily") },
		{ HAS_UNMANAGED, OF("pg_ts_parser") },
		{ HAS_UNMANAGED, OF("pg_ts_template") },
		{ HAS_UNMANAGED, OF("pg_conversion") } } },
	{ "pg_namespace x WHERE x.oid" MANAGED,
	    { { HAS_OWNER, OTHERS("nspowner") " AND x.oid " OWN } } },
	/* the options of a table's long values stand in another schema */
	{ "pg_class x WHERE x.relnamespace" MANAGED
	  " OR x.relkind = 't' AND x.reloptions IS NOT NULL",
	    { { HAS_SEQUENCE, "x.relkind = 'S'" },
		{ HAS_VIEW, "x.relkind IN ('v', 'm')" },
		{ HAS_VIEW_DEFAULT, "x.relkind = 'v'" },
		{ HAS_KEPT_VIEW, "x.relkind = 'm'" },
		{ HAS_FOREIGN_TABLE, "x.relkind = 'f'" },
		{ HAS_COMPOSITE, "x.relkind = 'c'" },
		{ HAS_PARTITION, "x.relispartition" },
		{ HAS_TABLE_OPTION,
		    "x.relkind IN ('r', 'p', 'i', 't') AND x.reloptions"
		    " IS NOT NULL" },
		{ HAS_REPLICA,
		    "x.relkind IN ('r', 'p') AND x.relreplident <> 'd'" },
		/* those on columns of tables are seen when these are read */
		{ HAS_RIGHT, "x.relacl IS NOT NULL"
			     " OR x.relkind IN ('v', 'm', 'f')" },
		{ HAS_OWNER, OTHERS("relowner") " AND x.relkind <> 't'" },
		{ HAS_TYPED, "x.reloftype <> 0" },
		{ HAS_COLUMN_SAID, "x.relkind IN ('v', 'm', 'f')" } } },
	{ "pg_index x", { { HAS_CLUSTER, "x.indisclustered" },
			    { HAS_INDEX_TARGET, "x.indexprs IS NOT NULL" } } },
	{ "pg_trigger x", { { HAS_TRIGGER, "NOT x.tgisinternal" },
			      { HAS_TRIGGER_STATE, "x.tgenabled <> 'O'" } } },
	/* the server has rules of its own */
	{ "pg_rewrite x WHERE x.oid " OWN,
	    { { HAS_RULE, "x.rulename <> '_RETURN'" },
		{ HAS_RULE_STATE, "x.ev_enabled <> 'O'" } } },
	{ "pg_type x WHERE x.typnamespace" MANAGED,
	    { { HAS_DOMAIN, "x.typtype = 'd'" },
		{ HAS_RANGE, "x.typtype IN ('r', 'm')" },
		{ HAS_RIGHT, "x.typacl IS NOT NULL" },
		{ HAS_OWNER, OTHERS("typowner") },
		{ HAS_UNMANAGED, "x.typtype = 'b' AND x.typelem = 0" } } },
	{ "pg_proc x WHERE x.oid " OWN " AND x.pronamespace" MANAGED,
	    { { .has = HAS_FUNCTION }, { HAS_AGGREGATE, "x.prokind = 'a'" },
		{ HAS_RIGHT, "x.proacl IS NOT NULL" },
		{ HAS_OWNER, OTHERS("proowner") } } },
	{ "pg_cast x WHERE x.oid " OWN, { { .has = HAS_CAST } } },
	{ "pg_description x WHERE x.objoid " OWN, { { .has = HAS_COMMENT } } },
	{ "pg_language x WHERE x.oid " OWN, { { .has = HAS_UNMANAGED } } },
	{ "pg_am x WHERE x.oid " OWN, { { .has = HAS_UNMANAGED } } },
};
#define PASSES (sizeof(passes) / sizeof(*passes))

const char *
postgres_survey_sql(struct arena *a, struct db *db)
{
	struct buf b = { 0 };
	const char *sql;

	buf_puts(&b, "WITH n AS MATERIALIZED (SELECT oid FROM pg_namespace"
		     " WHERE nspname = ANY (");
	sql_literal(&b, DIALECT_POSTGRES, postgres_managed(a, db));
	buf_puts(&b, "::text[])), u(o) AS"
		     " (SELECT quote_ident(current_user)::regrole::oid)"
		     " SELECT ");
	for (size_t i = 0; i < PASSES; i++) {
		const char *rows = passes[i].rows;

		buf_puts(&b, i ? ", (SELECT ARRAY[" : "(SELECT ARRAY[");
		for (size_t k = 0; k < SIGHTS && passes[i].sees[k].has; k++) {
			const char *where = passes[i].sees[k].where;

			buf_puts(&b, k ? ", " : "");
			buf_puts(&b, rows ? "count(*)" : where);
			if (rows && where)
				buf_fmt(&b, " FILTER (WHERE %s)", where);
		}
		buf_puts(&b, "]");
		if (rows)
			buf_fmt(&b, " FROM %s", rows);
		buf_puts(&b, ")");
	}
	sql = arena_strndup(a, b.s, b.len);
	buf_release(&b);
	return sql;
}

void
postgres_survey_read(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;

	for (size_t i = 0; i < PASSES; i++) {
		const char *counts = db_text(r, (int)i);
		int64_t n;

		for (size_t k = 0; postgres_number(&counts, &n); k++) {
			p->has[passes[i].sees[k].has] |= n != 0;
			if (passes[i].sees[k].has == HAS_SEQUENCE)
				p->sequences += n;
		}
	}
}
