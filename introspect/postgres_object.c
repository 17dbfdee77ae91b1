/* postgres_object - what is kept as SQL, as the server spells it */
#include "introspect/postgres_object.h"

#include "base/text.h"
#include "sql/define.h"
#include "sql/list.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

/* Where each kind has its oid. */
static const char *const catalogs[OBJECT_KIND_COUNT] = {
	[OBJECT_SCHEMA] = "pg_namespace",
	[OBJECT_EXTENSION] = "pg_extension",
	[OBJECT_FOREIGN_DATA_WRAPPER] = "pg_foreign_data_wrapper",
	[OBJECT_SERVER] = "pg_foreign_server",
	[OBJECT_COLLATION] = "pg_collation",
	[OBJECT_TYPE] = "pg_type",
	[OBJECT_DOMAIN] = "pg_type",
	[OBJECT_SEQUENCE] = "pg_class",
	[OBJECT_FUNCTION] = "pg_proc",
	[OBJECT_PROCEDURE] = "pg_proc",
	[OBJECT_AGGREGATE] = "pg_proc",
	[OBJECT_OPERATOR] = "pg_operator",
	[OBJECT_CAST] = "pg_cast",
	[OBJECT_TEXT_SEARCH_DICTIONARY] = "pg_ts_dict",
	[OBJECT_TEXT_SEARCH_CONFIGURATION] = "pg_ts_config",
	[OBJECT_VIRTUAL_TABLE] = "",
	[OBJECT_FOREIGN_TABLE] = "pg_class",
	[OBJECT_VIEW] = "pg_class",
	[OBJECT_MATERIALIZED_VIEW] = "pg_class",
	[OBJECT_INDEX] = "pg_class",
	[OBJECT_STATISTICS] = "pg_statistic_ext",
	[OBJECT_RULE] = "pg_rewrite",
	[OBJECT_TRIGGER] = "pg_trigger",
	[OBJECT_POLICY] = "pg_policy",
	[OBJECT_EVENT_TRIGGER] = "pg_event_trigger",
	[OBJECT_PUBLICATION] = "pg_publication",
};

static enum object_kind
kind_of(const char *label)
{
	int k = 0;

	while (k < OBJECT_KIND_COUNT && strcmp(object_traits(k)->label, label))
		k++;
	return k;
}

/* Returns the statement that a row says. */
static const char *
statement_of(struct postgres_pass *p, enum object_kind kind, struct db_rows *r)
{
	const char *text = db_text(r, ROW_TEXT);
	struct buf b = { 0 };
	size_t n;

	if (!text_starts(text, "CREATE ")) {
		buf_fmt(&b, "CREATE %s ", object_traits(kind)->word);
		sql_qualified(&b, D,
		    db_null(r, ROW_SCHEMA) ? NULL : db_text(r, ROW_SCHEMA),
		    db_text(r, ROW_NAME));
		buf_fmt(&b, "%s%s", *text ? " " : "", text);
	} else {
		buf_puts(&b, text);
	}
	for (n = b.len; n && strchr("; \n", b.s[n - 1]);)
		n--;
	text = sql_in_lists(
	    &p->scratch, arena_strndup(&p->scratch, buf_str(&b), n));
	buf_release(&b);
	return text;
}

void
postgres_read_definition(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	enum object_kind kind = kind_of(db_text(r, ROW_LABEL));
	const char *text = statement_of(p, kind, r), *why;
	struct statement s = { .text = text, .len = strlen(text) };
	bool of_table = object_of_table(D, kind) || kind == OBJECT_INDEX;
	struct definition d;
	struct object *o;

	if (!sql_define(
		&p->scratch, D, &s, object_traits(kind)->word, &d, &why)) {
		vec_push(p->a, &p->s->unmanaged,
		    arena_fmt(p->a, "%s %s", object_traits(kind)->name,
			db_text(r, ROW_NAME)));
		return;
	}
	o = arena_new(p->a, struct object);
	o->kind = kind;
	o->schema = postgres_share(p, of_table ? d.table_schema : d.schema);
	o->name = postgres_share(p, d.name);
	o->table = postgres_share(p, d.table);
	o->signature = postgres_share(p, d.signature);
	o->header = postgres_share(p, d.header);
	o->sql.text = arena_strdup(p->a, d.text);
	o->sql.key = arena_strdup(p->a, d.key);
	o->drop = postgres_share(p, d.drop);
	schema_add_object(p->a, p->s, o);
	map_put(&p->scratch, &p->things,
	    arena_fmt(
		&p->scratch, "%s %s", catalogs[kind], db_text(r, ROW_OID)),
	    o);
}

/* One that the whole's holds cannot go alone: it gets the name that the server
 * would have given. */
static void
read_index_of_part(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	size_t n = p->s->objects.n;

	postgres_read_definition(pass, r);
	if (p->s->objects.n > n && !db_null(r, ROW_BACK))
		p->s->objects.v[n]->drop = postgres_text(p, r, ROW_BACK);
}

/* -- the queries ---------------------------------------------------------- */

#define ROWS(thing, text)                                                      \
	{                                                                      \
		.sql = text, .when = HAS_##thing,                              \
		.read = postgres_read_definition                               \
	}

/* clang-format off */
static const struct postgres_query queries[] = {
	/* schemas, extensions */
	ROWS(NOTHING,
	     "SELECT 'schema', n.oid, NULL, n.nspname, ''"
	     " FROM pg_namespace n WHERE " MANAGED("n") " AND n.nspname <>"
	     " 'public'" OWN("pg_namespace", "n.oid") " ORDER BY n.oid"),
	ROWS(NOTHING,
	     "SELECT 'extension', e.oid, NULL, e.extname, coalesce('SCHEMA '"
	     " || quote_ident(" SCHEMA("n") "), '') FROM pg_extension e"
	     " JOIN pg_namespace n ON n.oid = e.extnamespace"
	     " WHERE e.extname <> 'plpgsql' ORDER BY e.oid"),
	/* functions */
	ROWS(FUNCTION,
	     "SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE"
	     " 'function' END, p.oid, " SCHEMA("n") ", p.proname,"
	     " regexp_replace(pg_get_functiondef(p.oid), '^CREATE OR"
	     " REPLACE', 'CREATE') FROM pg_proc p"
	     " JOIN pg_namespace n ON n.oid = p.pronamespace WHERE "
	     MANAGED("n") " AND p.prokind <> 'a'" OWN("pg_proc", "p.oid")
	     " ORDER BY p.oid"),
	/* views, and the indexes of those that are kept */
	ROWS(VIEW,
	     "SELECT CASE c.relkind WHEN 'v' THEN 'view' ELSE"
	     " 'materialized-view' END, c.oid, " SCHEMA("n") ", c.relname,"
	     " coalesce('USING ' || quote_ident(nullif(a.amname, 'heap')) ||"
	     " ' ', '') || coalesce('WITH (' || (SELECT string_agg(o, ', ')"
	     " FROM unnest(c.reloptions) o"
	     " WHERE o NOT LIKE 'check_option=%') || ') ', '') || E'AS\n' ||"
	     " rtrim(pg_get_viewdef(c.oid), ';') || coalesce(E'\n  WITH ' ||"
	     " (SELECT upper(substr(o, 14)) FROM unnest(c.reloptions) o"
	     " WHERE o LIKE 'check_option=%') || ' CHECK OPTION', '')"
	     " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
	     " LEFT JOIN pg_am a ON a.oid = c.relam WHERE " MANAGED("n")
	     " AND c.relkind IN ('v', 'm')" OWN("pg_class", "c.oid") " ORDER"
	     " BY c.oid"),
	ROWS(KEPT_VIEW,
	     "SELECT 'view-index', i.indexrelid, NULL, c.relname,"
	     " pg_get_indexdef(i.indexrelid) FROM pg_class m"
	     " JOIN pg_namespace n ON n.oid = m.relnamespace"
	     " JOIN pg_index i ON i.indrelid = m.oid"
	     " JOIN pg_class c ON c.oid = i.indexrelid WHERE " MANAGED("n")
	     " AND m.relkind = 'm'" OWN("pg_class", "m.oid") " ORDER BY"
	     " i.indexrelid"),
	/* and of parts of tables, where the whole has none like it, or where
	 * it has a name of its own: made first, it is taken for the whole's */
	{ .when = HAS_PART_SAID, .read = read_index_of_part,
	    .sql =
	     "SELECT 'view-index', i.indexrelid, NULL, c.relname,"
	     " CASE WHEN i.indisvalid THEN replace(pg_get_indexdef("
	     "i.indexrelid), ' ON ONLY ', ' ON ')"
	     " ELSE pg_get_indexdef(i.indexrelid) END,"
	     " CASE WHEN c.relispartition AND w.indisvalid THEN"
	     " 'ALTER INDEX IF EXISTS ' || c.oid::regclass || ' RENAME TO '"
	     " || quote_ident(a.auto) END"
	     " FROM pg_class m JOIN pg_namespace n ON n.oid = m.relnamespace"
	     " JOIN pg_index i ON i.indrelid = m.oid"
	     " JOIN pg_class c ON c.oid = i.indexrelid"
	     " LEFT JOIN pg_inherits h ON h.inhrelid = c.oid"
	     " LEFT JOIN pg_index w ON w.indexrelid = h.inhparent CROSS"
	     " JOIN LATERAL (SELECT m.relname || '_' ||"
	     " string_agg(a.attname, '_' ORDER BY a.attnum) || '_idx'"
	     " FROM pg_attribute a WHERE a.attrelid = c.oid) a(auto) WHERE "
	     MANAGED("n") " AND (m.relispartition OR NOT i.indisvalid"
	     " AND m.relkind = 'p') AND m.relkind IN ('r', 'p')"
	     " AND (NOT c.relispartition OR NOT w.indisvalid OR octet_length(a.auto) < 64"
	     " AND NOT starts_with(c.relname, a.auto))"
	     " AND NOT EXISTS (SELECT FROM pg_constraint k"
	     " WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))"
	     OWN("pg_class", "m.oid") " ORDER BY i.indexrelid" },
	ROWS(STATISTICS,
	     "SELECT 'statistics', s.oid, NULL, s.stxname,"
	     " pg_get_statisticsobjdef(s.oid) FROM pg_statistic_ext s"
	     " JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE "
	     MANAGED("n") OWN("pg_statistic_ext", "s.oid") " ORDER BY s.oid"),
	/* what stands on tables and views */
	ROWS(RULE,
	     "SELECT 'rule', w.oid, NULL, w.rulename, pg_get_ruledef(w.oid)"
	     " FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class"
	     " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
	     MANAGED("n") " AND w.rulename <> '_RETURN'"
	     OWN("pg_class", "c.oid") OWN("pg_rewrite", "w.oid") " ORDER BY"
	     " w.oid"),
	ROWS(TRIGGER,
	     "SELECT 'trigger', t.oid, NULL, t.tgname,"
	     " pg_get_triggerdef(t.oid, true) FROM pg_trigger t"
	     " JOIN pg_class c ON c.oid = t.tgrelid"
	     " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
	     MANAGED("n") " AND NOT t.tgisinternal AND t.tgparentid = 0"
	     " AND NOT starts_with(t.tgname, '" ONLINE_TRIGGER ONLINE_PREFIX
	     "')" OWN("pg_class", "c.oid") OWN("pg_trigger", "t.oid") " ORDER BY"
	     " t.oid"),
	ROWS(POLICY,
	     "SELECT 'policy', p.oid, NULL, p.polname, 'ON ' ||"
	     " c.oid::regclass || CASE WHEN p.polpermissive THEN '' ELSE '"
	     " AS RESTRICTIVE' END || CASE p.polcmd WHEN 'r' THEN ' FOR"
	     " SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR"
	     " UPDATE' WHEN 'd' THEN ' FOR DELETE' ELSE '' END || coalesce('"
	     " TO ' || (SELECT string_agg(quote_ident(r.rolname), ', '"
	     " ORDER BY r.rolname) FROM pg_roles r"
	     " WHERE r.oid = ANY (p.polroles)), '') || coalesce(' USING ('"
	     " || pg_get_expr(p.polqual, p.polrelid) || ')', '') ||"
	     " coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck,"
	     " p.polrelid) || ')', '') FROM pg_policy p"
	     " JOIN pg_class c ON c.oid = p.polrelid"
	     " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
	     MANAGED("n") OWN("pg_class", "c.oid") " ORDER BY p.oid"),
};
/* clang-format on */

const struct postgres_topic postgres_objects = { queries,
	sizeof(queries) / sizeof(*queries), NULL };
