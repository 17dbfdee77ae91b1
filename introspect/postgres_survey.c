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
#define SIGHTS 14

/* One pass over each catalog; a catalog that mostly has nothing costs next to
 * nothing. */
static const struct {
	const char *rows;
	struct {
		enum postgres_has has;
		const char *where; /* NULL: any row is one */
	} sees[SIGHTS];
} passes[] = {
	{ "pg_namespace x WHERE x.oid" MANAGED,
	    { { HAS_OWNER, OTHERS("nspowner") " AND x.oid " OWN } } },
	{ "pg_class x WHERE x.relnamespace" MANAGED,
	    { { HAS_SEQUENCE, "x.relkind = 'S'" },
		{ HAS_VIEW, "x.relkind IN ('v', 'm')" },
		{ HAS_VIEW_DEFAULT, "x.relkind = 'v'" },
		{ HAS_KEPT_VIEW, "x.relkind = 'm'" },
		{ HAS_FOREIGN_TABLE, "x.relkind = 'f'" },
		{ HAS_COMPOSITE, "x.relkind = 'c'" },
		{ HAS_PARTITION, "x.relispartition" },
		{ HAS_TABLE_OPTION,
		    "x.relkind IN ('r', 'p', 'i') AND x.reloptions"
		    " IS NOT NULL" },
		{ HAS_REPLICA,
		    "x.relkind IN ('r', 'p') AND x.relreplident <> 'd'" },
		/* those on columns of tables are seen when these are read */
		{ HAS_RIGHT, "x.relacl IS NOT NULL"
			     " OR x.relkind IN ('v', 'm', 'f')" },
		{ HAS_OWNER, OTHERS("relowner") },
		{ HAS_TYPED, "x.reloftype <> 0" },
		{ HAS_COLUMN_SAID, "x.relkind IN ('v', 'm', 'f')" } } },
	{ "pg_class x WHERE x.relkind = 't' AND x.reloptions IS NOT NULL",
	    { { .has = HAS_TABLE_OPTION } } },
	{ "pg_index x", { { HAS_CLUSTER, "x.indisclustered" },
			    { HAS_INDEX_TARGET, "x.indexprs IS NOT NULL" } } },
	{ "pg_inherits x", { { .has = HAS_CHILD } } },
	{ "pg_trigger x", { { HAS_TRIGGER, "NOT x.tgisinternal" },
			      { HAS_TRIGGER_STATE, "x.tgenabled <> 'O'" } } },
	{ "pg_rewrite x", { { HAS_RULE, "x.rulename <> '_RETURN'" },
			      { HAS_RULE_STATE, "x.ev_enabled <> 'O'" } } },
	{ "pg_policy x", { { .has = HAS_POLICY } } },
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
	{ "pg_statistic_ext x",
	    { { .has = HAS_STATISTICS }, { HAS_OWNER, OTHERS("stxowner") } } },
	{ "pg_operator x WHERE x.oid " OWN, { { .has = HAS_OPERATOR } } },
	{ "pg_collation x WHERE x.oid " OWN,
	    { { .has = HAS_COLLATION }, { HAS_OWNER, OTHERS("collowner") } } },
	{ "pg_ts_config x WHERE x.oid " OWN,
	    { { .has = HAS_SEARCH }, { HAS_OWNER, OTHERS("cfgowner") } } },
	{ "pg_ts_dict x WHERE x.oid " OWN,
	    { { .has = HAS_DICTIONARY }, { HAS_OWNER, OTHERS("dictowner") } } },
	{ "pg_foreign_server x", { { .has = HAS_FOREIGN_SERVER },
				     { HAS_RIGHT, "x.srvacl IS NOT NULL" },
				     { HAS_OWNER, OTHERS("srvowner") } } },
	{ "pg_foreign_data_wrapper x",
	    { { .has = HAS_FOREIGN_WRAPPER },
		{ HAS_RIGHT, "x.fdwacl IS NOT NULL" },
		{ HAS_OWNER, OTHERS("fdwowner") } } },
	{ "pg_event_trigger x", { { .has = HAS_EVENT_TRIGGER },
				    { HAS_OWNER, OTHERS("evtowner") } } },
	{ "pg_default_acl x", { { .has = HAS_DEFAULT_RIGHT } } },
	{ "pg_publication x",
	    { { .has = HAS_PUBLICATION }, { HAS_OWNER, OTHERS("pubowner") } } },
	{ "pg_cast x WHERE x.oid " OWN, { { .has = HAS_CAST } } },
	{ "pg_description x WHERE x.objoid " OWN, { { .has = HAS_COMMENT } } },
	{ "pg_opclass x WHERE x.oid " OWN, { { .has = HAS_UNMANAGED } } },
	{ "pg_opfamily x WHERE x.oid " OWN, { { .has = HAS_UNMANAGED } } },
	{ "pg_ts_parser x WHERE x.oid " OWN, { { .has = HAS_UNMANAGED } } },
	{ "pg_ts_template x WHERE x.oid " OWN, { { .has = HAS_UNMANAGED } } },
	{ "pg_conversion x WHERE x.oid " OWN, { { .has = HAS_UNMANAGED } } },
	{ "pg_language x WHERE x.oid " OWN, { { .has = HAS_UNMANAGED } } },
	{ "pg_transform x", { { .has = HAS_UNMANAGED } } },
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
	buf_puts(&b, "::text[])), u(o) AS (SELECT oid FROM pg_roles"
		     " WHERE rolname = current_user) SELECT ");
	for (size_t i = 0; i < PASSES; i++) {
		buf_puts(&b, i ? ", (SELECT ARRAY[" : "(SELECT ARRAY[");
		for (size_t k = 0; k < SIGHTS && passes[i].sees[k].has; k++) {
			buf_puts(&b, k ? ", count(*)" : "count(*)");
			if (passes[i].sees[k].where)
				buf_fmt(&b, " FILTER (WHERE %s)",
				    passes[i].sees[k].where);
		}
		buf_fmt(&b, "] FROM %s)", passes[i].rows);
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
