/* postgres_owner - whose things are
 *
 * What belongs to the user of the connection belongs to whoever makes it
 * again, and is not said; unless it is declared, for then another owner may
 * have to give it back.
 */
#include "introspect/postgres_object.h"

enum { OWNER_TEXT, OWNER_MINE };

static void
read_owner(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	struct objects *all = &p->s->objects;
	size_t n = all->n;

	postgres_read_saying(pass, r);
	if (all->n > n && db_int(r, OWNER_MINE) &&
	    !(p->like && schema_object_like(p->like, all->v[n])))
		all->n = n;
}

/* A row for each thing of the alias o that is not the user's; all of them
 * where some owner is declared. */
#define OWNERS(kind, name, owner, from)                                        \
	"SELECT 'ALTER ' || " kind " || ' ' || " name                          \
	" || ' OWNER TO ' || quote_ident(r.rolname),"                          \
	" (r.rolname = current_user)::int FROM " from                          \
	" JOIN pg_roles r ON r.oid = o." owner
#define IN_SCHEMA(schema) " JOIN pg_namespace n ON n.oid = o." schema
#define OTHERS " AND r.rolname <> current_user"
#define NAME(name) "quote_ident(o." name ")"
#define QUALIFIED(name)                                                        \
	"coalesce(quote_ident(nullif(n.nspname, 'public')) || '.', '') "       \
	"|| " NAME(name)

/* clang-format off */
#define OF_MANY(others)                                                            \
	/* public belongs to a role of the server's */                         \
	OWNERS("'SCHEMA'", NAME("nspname"), "nspowner", "pg_namespace o")      \
	" WHERE " MANAGED("o") others                                          \
	" AND (o.nspname <> 'public' OR o.nspowner >= 16384)"                  \
	OWN("pg_namespace", "o.oid")                                           \
	" UNION ALL "                                                          \
	OWNERS("CASE o.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END",        \
	    QUALIFIED("typname"), "typowner",                                  \
	    "pg_type o" IN_SCHEMA("typnamespace"))                             \
	" LEFT JOIN pg_class c ON c.oid = o.typrelid WHERE " MANAGED("n")      \
	others " AND (o.typtype IN ('d', 'e', 'r') OR c.relkind = 'c')"        \
	OWN("pg_type", "o.oid")                                                \
	" UNION ALL "                                                          \
	OWNERS("CASE o.prokind WHEN 'p' THEN 'PROCEDURE'"                      \
	    " WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END",                  \
	    "o.oid::regprocedure", "proowner",                                 \
	    "pg_proc o" IN_SCHEMA("pronamespace"))                             \
	" WHERE o.oid >= 16384 AND " MANAGED("n") others OWN("pg_proc", "o.oid") \
	/* a sequence goes with the table that has it */                       \
	" UNION ALL "                                                          \
	OWNERS("'TABLE'", "o.oid::regclass", "relowner",                       \
	    "pg_class o" IN_SCHEMA("relnamespace"))                            \
	" WHERE o.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND " MANAGED("n") \
	others OWN("pg_class", "o.oid")                                        \
	" AND (o.relkind <> 'S' OR NOT EXISTS (SELECT FROM pg_depend d"        \
	" WHERE d.classid = 'pg_class'::regclass AND d.objid = o.oid"          \
	" AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'a'))"       \
	" ORDER BY 1"
#define OF_FEW(others)                                                         \
	OWNERS("'STATISTICS'", QUALIFIED("stxname"), "stxowner",               \
	    "pg_statistic_ext o" IN_SCHEMA("stxnamespace"))                    \
	" WHERE " MANAGED("n") others OWN("pg_statistic_ext", "o.oid")         \
	" UNION ALL "                                                          \
	OWNERS("'COLLATION'", QUALIFIED("collname"), "collowner",              \
	    "pg_collation o" IN_SCHEMA("collnamespace"))                       \
	" WHERE o.oid >= 16384 AND " MANAGED("n") others                       \
	OWN("pg_collation", "o.oid")                                           \
	" UNION ALL "                                                          \
	OWNERS("'TEXT SEARCH CONFIGURATION'", QUALIFIED("cfgname"),            \
	    "cfgowner", "pg_ts_config o" IN_SCHEMA("cfgnamespace"))            \
	" WHERE " MANAGED("n") others OWN("pg_ts_config", "o.oid")             \
	" UNION ALL "                                                          \
	OWNERS("'TEXT SEARCH DICTIONARY'", QUALIFIED("dictname"),              \
	    "dictowner", "pg_ts_dict o" IN_SCHEMA("dictnamespace"))            \
	" WHERE " MANAGED("n") others OWN("pg_ts_dict", "o.oid")               \
	" UNION ALL "                                                          \
	OWNERS("'SERVER'", NAME("srvname"), "srvowner",                        \
	    "pg_foreign_server o") " WHERE true" others                        \
	OWN("pg_foreign_server", "o.oid")                                      \
	" UNION ALL "                                                          \
	OWNERS("'FOREIGN DATA WRAPPER'", NAME("fdwname"), "fdwowner",          \
	    "pg_foreign_data_wrapper o") " WHERE true" others                  \
	OWN("pg_foreign_data_wrapper", "o.oid")                                \
	" UNION ALL "                                                          \
	OWNERS("'EVENT TRIGGER'", NAME("evtname"), "evtowner",                 \
	    "pg_event_trigger o") " WHERE true" others                         \
	OWN("pg_event_trigger", "o.oid")                                       \
	" UNION ALL "                                                          \
	OWNERS("'PUBLICATION'", NAME("pubname"), "pubowner",                   \
	    "pg_publication o") " WHERE true" others                           \
	" ORDER BY 1"
/* clang-format on */

static const struct postgres_query queries[] = {
	{ .sql = OF_MANY(OTHERS), .when = HAS_OWNER, .read = read_owner },
	{ .sql = OF_FEW(OTHERS), .when = HAS_OWNER, .read = read_owner },
	{ .sql = OF_MANY(""), .when = HAS_OWNER_SAID, .read = read_owner },
	{ .sql = OF_FEW(""), .when = HAS_OWNER_SAID, .read = read_owner },
};

const struct postgres_topic postgres_owners = { queries,
	sizeof(queries) / sizeof(*queries), NULL };
