/* postgres_object_type - types, sequences and what else tables stand on */
#include "introspect/postgres_object.h"

#define ROWS(thing, text)                                                      \
	{                                                                      \
		.sql = text, .when = HAS_##thing,                              \
		.read = postgres_read_definition                               \
	}
#define ROWS_NEWER(thing, text, ...)                                           \
	{                                                                      \
		.sql = text, .when = HAS_##thing,                              \
		.read = postgres_read_definition, .newer = {                   \
			__VA_ARGS__                                            \
		}                                                              \
	}

/* What a sequence is when nobody says; that of its type. */
#define SEQUENCE_MAX                                                           \
	"CASE s.seqtypid WHEN 'int2'::regtype THEN 32767"                      \
	" WHEN 'int4'::regtype THEN 2147483647"                                \
	" ELSE 9223372036854775807 END"
#define SEQUENCE_MIN                                                           \
	"CASE s.seqtypid WHEN 'int2'::regtype THEN -32768"                     \
	" WHEN 'int4'::regtype THEN -2147483648"                               \
	" ELSE -9223372036854775808 END"

/* A clause with a value that may be as it is anyway. */
#define UNLESS(usual, clause, value)                                           \
	", CASE WHEN " value " = (" usual ") THEN NULL ELSE '" clause          \
	" ' || " value " END"

/* clang-format off */
static const struct postgres_query queries[] = {
	ROWS_NEWER(
	    COLLATION, "SELECT 'collation', c.oid, " SCHEMA(
		"n") ", c.collname,"
		     " '(' || concat_ws(', ',"
		     " CASE c.collprovider WHEN 'i' THEN 'PROVIDER = icu'"
		     " WHEN 'b' THEN 'PROVIDER = builtin' END,"
		     " CASE WHEN c.collprovider <> 'c' THEN 'LOCALE = ' ||"
		     " quote_literal(c.colllocale)"
		     " WHEN c.collcollate = c.collctype THEN 'LOCALE = ' ||"
		     " quote_literal(c.collcollate)"
		     " ELSE 'LC_COLLATE = ' || quote_literal(c.collcollate) ||"
		     " ', LC_CTYPE = ' || quote_literal(c.collctype) END,"
		     " 'RULES = ' || quote_literal(c.collicurules),"
		     " CASE WHEN NOT c.collisdeterministic THEN"
		     " 'DETERMINISTIC = false' END) || ')'"
		     " FROM pg_collation c"
		     " JOIN pg_namespace n ON n.oid = c.collnamespace"
		     " WHERE " MANAGED("n")
			 OWN("pg_collation", "c.oid") " ORDER BY c.oid",
	    { 170000, "c.colllocale", "c.colliculocale" },
	    { 160000, "c.collicurules", "NULL" },
	    { 150000, "c.colliculocale", "c.collcollate" }),
	ROWS(COMPOSITE, "SELECT 'type', t.oid, " SCHEMA(
	    "n") ", t.typname,"
		 " 'AS (' || coalesce((SELECT string_agg(quote_ident(a.attname)"
		 " || ' ' || format_type(a.atttypid, a.atttypmod)"
		 " || CASE WHEN a.attcollation <> y.typcollation THEN"
		 " ' COLLATE ' || a.attcollation::regcollation ELSE '' END, ', "
		 "'"
		 " ORDER BY a.attnum)"
		 " FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid"
		 " WHERE a.attrelid = c.oid AND a.attnum > 0"
		 " AND NOT a.attisdropped), '') || ')'"
		 " FROM pg_class c JOIN pg_type t ON t.oid = c.reltype"
		 " JOIN pg_namespace n ON n.oid = c.relnamespace"
		 " WHERE " MANAGED("n") " AND c.relkind = 'c'" OWN(
		     "pg_type", "t.oid") " ORDER BY t.oid"),
	ROWS_NEWER(
	    RANGE, "SELECT 'type', t.oid, " SCHEMA(
		"n") ", t.typname,"
		     " 'AS RANGE (' || concat_ws(', ',"
		     " 'SUBTYPE = ' || format_type(r.rngsubtype, NULL),"
		     " CASE WHEN NOT o.opcdefault THEN 'SUBTYPE_OPCLASS = ' ||"
		     " concat(quote_ident(nullif(nullif(m.nspname, 'public'),"
		     " 'pg_catalog')) || '.', quote_ident(o.opcname)) END,"
		     " CASE WHEN r.rngcollation <> y.typcollation THEN"
		     " 'COLLATION = ' || r.rngcollation::regcollation END,"
		     " 'CANONICAL = ' || nullif(r.rngcanonical, 0)::regproc,"
		     " 'SUBTYPE_DIFF = ' || nullif(r.rngsubdiff, 0)::regproc,"
		     " CASE WHEN (SELECT x.typname FROM pg_type x"
		     " WHERE x.oid = r.rngmultitypid) <> CASE WHEN"
		     " t.typname LIKE '%range%' THEN regexp_replace(t.typname,"
		     " 'range', 'multirange') ELSE t.typname || '_multirange' "
		     "END"
		     " THEN 'MULTIRANGE_TYPE_NAME = ' || "
		     "r.rngmultitypid::regtype"
		     " END) || ')'"
		     " FROM pg_range r JOIN pg_type t ON t.oid = r.rngtypid"
		     " JOIN pg_namespace n ON n.oid = t.typnamespace"
		     " JOIN pg_type y ON y.oid = r.rngsubtype"
		     " JOIN pg_opclass o ON o.oid = r.rngsubopc"
		     " JOIN pg_namespace m ON m.oid = o.opcnamespace"
		     " WHERE " MANAGED("n")
			 OWN("pg_type", "t.oid") " ORDER BY t.oid",
	    { 140000, "x.oid = r.rngmultitypid", "false" },
	    { 140000, "r.rngmultitypid::regtype", "''" }),
	ROWS(DOMAIN, "SELECT 'domain', t.oid, " SCHEMA(
	    "n") ", t.typname,"
		 " concat_ws(' ', 'AS',"
		 " format_type(t.typbasetype, t.typtypmod),"
		 " CASE WHEN t.typcollation <> y.typcollation THEN 'COLLATE ' "
		 "||"
		 " t.typcollation::regcollation END,"
		 " CASE WHEN t.typdefaultbin IS NOT NULL THEN 'DEFAULT ' ||"
		 " pg_get_expr(t.typdefaultbin, 0) END,"
		 " CASE WHEN t.typnotnull THEN 'NOT NULL' END,"
		 " (SELECT string_agg('CONSTRAINT ' || quote_ident(k.conname) "
		 "||"
		 " ' ' || pg_get_constraintdef(k.oid, true), ' ' ORDER BY "
		 "k.conname)"
		 " FROM pg_constraint k WHERE k.contypid = t.oid"
		 " AND k.contype = 'c' AND k.convalidated))"
		 " FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace"
		 " JOIN pg_type y ON y.oid = t.typbasetype"
		 " WHERE " MANAGED("n") " AND t.typtype = 'd'" OWN(
		     "pg_type", "t.oid") " ORDER BY t.oid"),
	/* not those of identities, which are made with their column */
	ROWS(OWN_SEQUENCE, "SELECT 'sequence', c.oid, " SCHEMA(
	    "n") ", c.relname,"
		 " concat_ws(' ', CASE c.relpersistence WHEN 'u' THEN"
		 " 'CREATE UNLOGGED SEQUENCE ' || c.oid::regclass END" UNLESS("'bigint'", "AS",
		     "format_type(s.seqtypid, NULL)") UNLESS("1",
		     "INCREMENT BY",
		     "s.seqincrement") UNLESS("CASE WHEN s.seqincrement > 0 "
					      "THEN 1 ELSE " SEQUENCE_MIN
					      " END",
		     "MINVALUE",
		     "s.seqmin") UNLESS("CASE WHEN s.seqincrement < 0 THEN -1 "
					"ELSE " SEQUENCE_MAX " END",
		     "MAXVALUE", "s.seqmax") UNLESS("CASE WHEN s.seqincrement "
						    "> 0 THEN s.seqmin"
						    " ELSE s.seqmax END",
		     "START WITH", "s.seqstart") UNLESS("1", "CACHE",
		     "s.seqcache") ", CASE WHEN s.seqcycle THEN 'CYCLE' END)"
				   " FROM pg_sequence s JOIN pg_class c ON "
				   "c.oid = s.seqrelid"
				   " JOIN pg_namespace n ON n.oid = "
				   "c.relnamespace"
				   " WHERE " MANAGED("n") OWN(
				       "pg_class", "c.oid") " ORDER BY c.oid"),
	ROWS(DICTIONARY, "SELECT 'text-search-dictionary', d.oid, " SCHEMA(
	    "n") ", d.dictname, '(TEMPLATE = ' || concat(quote_ident(nullif("
		 "nullif(m.nspname, 'public'), 'pg_catalog')) || '.',"
		 " quote_ident(t.tmplname), ', ' || d.dictinitoption, ')')"
		 " FROM pg_ts_dict d"
		 " JOIN pg_namespace n ON n.oid = d.dictnamespace"
		 " JOIN pg_ts_template t ON t.oid = d.dicttemplate"
		 " JOIN pg_namespace m ON m.oid = t.tmplnamespace"
		 " WHERE " MANAGED("n")
		     OWN("pg_ts_dict", "d.oid") " ORDER BY d.oid"),
	ROWS(SEARCH, "SELECT 'text-search-configuration', c.oid, " SCHEMA(
	    "n") ", c.cfgname, '(PARSER = ' || concat(quote_ident(nullif("
		 "nullif(m.nspname, 'public'), 'pg_catalog')) || '.',"
		 " quote_ident(p.prsname), ')')"
		 " FROM pg_ts_config c"
		 " JOIN pg_namespace n ON n.oid = c.cfgnamespace"
		 " JOIN pg_ts_parser p ON p.oid = c.cfgparser"
		 " JOIN pg_namespace m ON m.oid = p.prsnamespace"
		 " WHERE " MANAGED("n")
		     OWN("pg_ts_config", "c.oid") " ORDER BY c.oid"),
};
/* clang-format on */

const struct postgres_topic postgres_object_types = { queries,
	sizeof(queries) / sizeof(*queries), NULL };
