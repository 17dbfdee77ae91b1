/* postgres_object_other - what few databases have: foreign tables, operators,
 * publications …
 *
 * What is not kept at all is named, so that nobody believes that it is.
 */
#include "introspect/postgres_object.h"

#include "sql/quote.h"

#define ROWS(thing, text)                                                      \
	{                                                                      \
		.sql = text, .when = HAS_##thing,                              \
		.read = postgres_read_definition                               \
	}

/* A column of options as OPTIONS (a 'b'), or nothing. What may be a secret is
 * not for files. */
#define OPTIONS(column)                                                        \
	"(SELECT 'OPTIONS (' || string_agg(quote_ident(option_name) || ' ' ||" \
	" quote_literal(option_value), ', ') || ')'"                           \
	" FROM pg_options_to_table(" column                                    \
	") WHERE option_name !~* 'passw|secret|token')"

/* A function of a catalog, or nothing for none. */
#define CLAUSE(words, column)                                                  \
	"'" words " ' || nullif(" column "::oid, 0)::regproc"

#define MODIFY(words, column, usual)                                           \
	"CASE WHEN " column " <> '" usual "' THEN '" words                     \
	" = ' || CASE " column " WHEN 'r' THEN 'READ_ONLY'"                    \
	" WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END"

static void
read_unmanaged(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;

	vec_push(p->a, &p->s->unmanaged, arena_strdup(p->a, db_text(r, 0)));
}

enum { MAPPING_TEXT, MAPPING_SERVER, MAPPING_DROP };

/* A server does not go as long as somebody is mapped to it. */
static void
read_mapping(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	struct object *server = schema_object(
	    p->s, OBJECT_SERVER, NULL, db_text(r, MAPPING_SERVER));
	struct buf b = { 0 };

	read_unmanaged(pass, r);
	if (!server)
		return;
	buf_fmt(&b, "%s;\n", db_text(r, MAPPING_DROP));
	if (server->drop) {
		buf_puts(&b, server->drop);
	} else {
		buf_puts(&b, "DROP SERVER ");
		sql_ident(&b, DIALECT_POSTGRES, server->name);
	}
	server->drop = buf_take(&b, p->a);
}

/* Text of SQL beside macros, which the formatter tears to pieces. */
/* clang-format off */
static const struct postgres_query queries[] = {
	/* what is elsewhere */
	ROWS(FOREIGN_WRAPPER,
	     "SELECT 'foreign-data-wrapper', f.oid, NULL, f.fdwname,"
	     " concat_ws(' ', " CLAUSE("HANDLER", "f.fdwhandler") ", "
	     CLAUSE("VALIDATOR", "f.fdwvalidator") ", "
	     OPTIONS("f.fdwoptions") ") FROM pg_foreign_data_wrapper f"
	     " WHERE f.oid >= 16384" OWN("pg_foreign_data_wrapper", "f.oid")
	     " ORDER BY f.oid"),
	ROWS(FOREIGN_SERVER,
	     "SELECT 'server', f.oid, NULL, f.srvname, concat_ws(' ', 'TYPE"
	     " ' || quote_literal(f.srvtype), 'VERSION ' ||"
	     " quote_literal(f.srvversion), 'FOREIGN DATA WRAPPER ' ||"
	     " quote_ident(w.fdwname), " OPTIONS("f.srvoptions") ")"
	     " FROM pg_foreign_server f"
	     " JOIN pg_foreign_data_wrapper w ON w.oid = f.srvfdw WHERE true"
	     OWN("pg_foreign_server", "f.oid") " ORDER BY f.oid"),
	ROWS(FOREIGN_TABLE,
	     "SELECT 'foreign-table', c.oid, " SCHEMA("n") ", c.relname, '('"
	     " || coalesce((SELECT string_agg(concat_ws(' ',"
	     " quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),"
	     " " OPTIONS("a.attfdwoptions") ", CASE WHEN a.attcollation <>"
	     " y.typcollation THEN 'COLLATE ' ||"
	     " a.attcollation::regcollation END, CASE WHEN a.attnotnull THEN"
	     " 'NOT NULL' END, CASE WHEN a.attgenerated <> '' THEN"
	     " 'GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) ||"
	     " ') STORED' WHEN d.oid IS NOT NULL THEN 'DEFAULT ' ||"
	     " pg_get_expr(d.adbin, d.adrelid) END), ', ' ORDER BY a.attnum)"
	     " FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid LEFT"
	     " JOIN pg_attrdef d ON d.adrelid = a.attrelid"
	     " AND d.adnum = a.attnum WHERE a.attrelid = c.oid"
	     " AND a.attnum > 0"
	     " AND NOT a.attisdropped), '') || coalesce((SELECT"
	     " string_agg(', CONSTRAINT ' || quote_ident(k.conname) || ' '"
	     " || pg_get_constraintdef(k.oid), '' ORDER BY k.conname)"
	     " FROM pg_constraint k WHERE k.conrelid = c.oid"
	     " AND k.contype = 'c'), '') || concat_ws(' ', ') SERVER',"
	     " quote_ident(s.srvname), " OPTIONS("f.ftoptions") ")"
	     " FROM pg_foreign_table f JOIN pg_class c ON c.oid = f.ftrelid"
	     " JOIN pg_namespace n ON n.oid = c.relnamespace"
	     " JOIN pg_foreign_server s ON s.oid = f.ftserver"
	     " WHERE NOT c.relispartition AND " MANAGED("n")
	     OWN("pg_class", "c.oid") " ORDER BY c.oid"),
	/* what reckons */
	{ .when = HAS_AGGREGATE,
	    .read = postgres_read_definition,
	    .sql =
	     "SELECT 'aggregate', p.oid, " SCHEMA("n") ", p.proname,"
	     " concat('CREATE AGGREGATE ', p.oid::regproc, '(', CASE WHEN"
	     " p.pronargs = 0 THEN '*' ELSE pg_get_function_arguments(p.oid)"
	     " END, ') (', concat_ws(', ', " CLAUSE("SFUNC =", "a.aggtransfn")
	     ", 'STYPE = ' || format_type(a.aggtranstype, NULL), 'SSPACE = '"
	     " || nullif(a.aggtransspace, 0), "
	     CLAUSE("FINALFUNC =", "a.aggfinalfn") ", CASE WHEN"
	     " a.aggfinalextra THEN 'FINALFUNC_EXTRA' END, "
	     MODIFY("FINALFUNC_MODIFY", "a.aggfinalmodify", "r") ", "
	     CLAUSE("COMBINEFUNC =", "a.aggcombinefn") ", "
	     CLAUSE("SERIALFUNC =", "a.aggserialfn") ", "
	     CLAUSE("DESERIALFUNC =", "a.aggdeserialfn") ", 'INITCOND = ' ||"
	     " quote_literal(a.agginitval), "
	     CLAUSE("MSFUNC =", "a.aggmtransfn") ", "
	     CLAUSE("MINVFUNC =", "a.aggminvtransfn") ", 'MSTYPE = ' ||"
	     " format_type(nullif(a.aggmtranstype, 0), NULL), 'MSSPACE = '"
	     " || nullif(a.aggmtransspace, 0), "
	     CLAUSE("MFINALFUNC =", "a.aggmfinalfn") ", CASE WHEN"
	     " a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END, CASE WHEN"
	     " a.aggmtransfn::oid <> 0 THEN "
	     MODIFY("MFINALFUNC_MODIFY", "a.aggmfinalmodify", "r") " END,"
	     " 'MINITCOND = ' || quote_literal(a.aggminitval), (SELECT"
	     " format('SORTOP = OPERATOR(%I.%s)', m.nspname, o.oprname)"
	     " FROM pg_operator o"
	     " JOIN pg_namespace m ON m.oid = o.oprnamespace"
	     " WHERE o.oid = a.aggsortop), CASE p.proparallel WHEN 's' THEN"
	     " 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END,"
	     " CASE a.aggkind WHEN 'h' THEN 'HYPOTHETICAL' END), ')')"
	     " FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid"
	     " JOIN pg_namespace n ON n.oid = p.pronamespace WHERE "
	     MANAGED("n") OWN("pg_proc", "p.oid") " ORDER BY p.oid" },
	ROWS(OPERATOR,
	     "SELECT 'operator', o.oid, " SCHEMA("n") ", o.oprname,"
	     " concat('CREATE OPERATOR ', CASE n.nspname WHEN 'public' THEN"
	     " '' ELSE quote_ident(n.nspname) || '.' END, o.oprname, ' (',"
	     " concat_ws(', ', " CLAUSE("FUNCTION =", "o.oprcode") ","
	     " 'LEFTARG = ' || format_type(nullif(o.oprleft, 0), NULL),"
	     " 'RIGHTARG = ' || format_type(nullif(o.oprright, 0), NULL),"
	     " (SELECT format('COMMUTATOR = OPERATOR(%I.%s)', m.nspname,"
	     " x.oprname) FROM pg_operator x"
	     " JOIN pg_namespace m ON m.oid = x.oprnamespace"
	     " WHERE x.oid = o.oprcom), (SELECT format('NEGATOR ="
	     " OPERATOR(%I.%s)', m.nspname, x.oprname) FROM pg_operator x"
	     " JOIN pg_namespace m ON m.oid = x.oprnamespace"
	     " WHERE x.oid = o.oprnegate), " CLAUSE("RESTRICT =", "o.oprrest")
	     ", " CLAUSE("JOIN =", "o.oprjoin") ", CASE WHEN o.oprcanhash"
	     " THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES'"
	     " END), ')') FROM pg_operator o"
	     " JOIN pg_namespace n ON n.oid = o.oprnamespace"
	     " WHERE o.oprcode::oid <> 0 AND " MANAGED("n")
	     OWN("pg_operator", "o.oid") " ORDER BY o.oid"),
	ROWS(CAST,
	     "SELECT 'cast', k.oid, NULL, '', format('CREATE CAST (%s AS %s)"
	     " ', format_type(k.castsource, NULL), format_type(k.casttarget,"
	     " NULL)) || CASE k.castmethod WHEN 'f' THEN 'WITH FUNCTION ' ||"
	     " k.castfunc::regprocedure WHEN 'i' THEN 'WITH INOUT' ELSE"
	     " 'WITHOUT FUNCTION' END || CASE k.castcontext WHEN 'a' THEN '"
	     " AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END"
	     " FROM pg_cast k WHERE k.oid >= 16384" OWN("pg_cast", "k.oid")
	     " ORDER BY k.oid"),
	/* what is of the whole database */
	ROWS(EVENT_TRIGGER,
	     "SELECT 'event-trigger', e.oid, NULL, e.evtname, concat('ON ',"
	     " e.evtevent, (SELECT ' WHEN TAG IN (' ||"
	     " string_agg(quote_literal(t), ', ') || ')'"
	     " FROM unnest(e.evttags) t), ' EXECUTE FUNCTION ',"
	     " e.evtfoid::regproc, '()') FROM pg_event_trigger e WHERE true"
	     OWN("pg_event_trigger", "e.oid") " ORDER BY e.oid"),
	{ .when = HAS_PUBLICATION,
	    .read = postgres_read_definition,
	    .sql =
	     "SELECT 'publication', u.oid, NULL, u.pubname, concat_ws(' ',"
	     " CASE WHEN u.puballtables THEN 'FOR ALL TABLES' ELSE 'FOR ' ||"
	     " nullif(concat_ws(', ', (SELECT 'TABLE ' ||"
	     " string_agg(concat(r.prrelid::regclass, (SELECT ' (' ||"
	     " string_agg(quote_ident(a.attname), ', '"
	     " ORDER BY a.attnum) || ')' FROM pg_attribute a"
	     " WHERE a.attrelid = r.prrelid"
	     " AND a.attnum = ANY (r.prattrs)), '"
	     " WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')'), ', '"
	     " ORDER BY r.prrelid::regclass::text) FROM pg_publication_rel r"
	     " WHERE r.prpubid = u.oid), (SELECT 'TABLES IN SCHEMA ' ||"
	     " string_agg(quote_ident(n.nspname), ', ' ORDER BY n.nspname)"
	     " FROM pg_publication_namespace s"
	     " JOIN pg_namespace n ON n.oid = s.pnnspid"
	     " WHERE s.pnpubid = u.oid)), '') END, 'WITH (' ||"
	     " nullif(concat_ws(', ', 'publish = ''' || nullif(concat_ws(',"
	     " ', CASE WHEN u.pubinsert THEN 'insert' END, CASE WHEN"
	     " u.pubupdate THEN 'update' END, CASE WHEN u.pubdelete THEN"
	     " 'delete' END, CASE WHEN u.pubtruncate THEN 'truncate' END),"
	     " 'insert, update, delete, truncate') || '''', CASE WHEN"
	     " u.pubviaroot THEN 'publish_via_partition_root = true' END),"
	     " '') || ')') FROM pg_publication u WHERE true"
	     OWN("pg_publication", "u.oid") " ORDER BY u.oid",
	    .newer = {
		{ 150000, "r.prattrs", "NULL::int2[]" },
		{ 150000, "pg_get_expr(r.prqual, r.prrelid)", "NULL" },
		{ 150000,
		    "pg_publication_namespace s"
		    " JOIN pg_namespace n ON n.oid = s.pnnspid"
		    " WHERE s.pnpubid = u.oid",
		    "pg_namespace n WHERE false" },
	    } },
	/* what is not kept */
	{ .when = HAS_UNMANAGED,
	    .read = read_unmanaged,
	    .sql =
	     "SELECT i.type || ' ' || i.identity"
	     " FROM (SELECT 'pg_opclass'::regclass c, x.oid o"
	     " FROM pg_opclass x"
	     " UNION ALL SELECT 'pg_opfamily'::regclass, x.oid"
	     " FROM pg_opfamily x WHERE NOT EXISTS (SELECT FROM pg_opclass k"
	     " WHERE k.opcfamily = x.oid)"
	     " UNION ALL SELECT 'pg_ts_parser'::regclass, x.oid"
	     " FROM pg_ts_parser x"
	     " UNION ALL SELECT 'pg_ts_template'::regclass, x.oid"
	     " FROM pg_ts_template x"
	     " UNION ALL SELECT 'pg_conversion'::regclass, x.oid"
	     " FROM pg_conversion x"
	     " UNION ALL SELECT 'pg_language'::regclass, x.oid"
	     " FROM pg_language x"
	     " UNION ALL SELECT 'pg_transform'::regclass, x.oid"
	     " FROM pg_transform x UNION ALL SELECT 'pg_am'::regclass, x.oid"
	     " FROM pg_am x UNION ALL SELECT 'pg_type'::regclass, x.oid"
	     " FROM pg_type x JOIN pg_namespace n ON n.oid = x.typnamespace"
	     " WHERE x.typtype = 'b' AND x.typelem = 0 AND " MANAGED("n") ")"
	     " x CROSS JOIN LATERAL pg_identify_object(x.c, x.o, 0) i"
	     " WHERE x.o >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d"
	     " WHERE d.classid = x.c AND d.objid = x.o"
	     " AND d.deptype IN ('e', 'i')) ORDER BY 1" },
	{ .when = HAS_FOREIGN_SERVER,
	    .read = read_mapping,
	    .sql =
	     "SELECT 'user mapping for ' || usename || ' on server ' ||"
	     " srvname, srvname, 'DROP USER MAPPING FOR ' || CASE umuser"
	     " WHEN 0 THEN 'PUBLIC' ELSE quote_ident(usename) END"
	     " || ' SERVER ' || quote_ident(srvname)"
	     " FROM pg_user_mappings ORDER BY 1" },
};
/* clang-format on */

const struct postgres_topic postgres_object_others = { queries,
	sizeof(queries) / sizeof(*queries), NULL };
