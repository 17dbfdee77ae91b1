/* postgres_rights - who may do what
 *
 * The lists of rights are said as GRANT, after a REVOKE of what everybody has
 * of a new thing, and added up as those of a .sql file are. What an owner may
 * is no statement, but what it lost is.
 */
#include "introspect/postgres_object.h"

#include "sql/rights.h"

#define D DIALECT_POSTGRES

enum {
	RIGHT_BEFORE, /* "ALTER DEFAULT PRIVILEGES … ", or "" */
	RIGHT_ON,     /* "TABLE app.posts" */
	RIGHT_COLUMN,
	RIGHT_PRIVILEGE, /* NULL: nobody has any */
	RIGHT_ROLE,
	RIGHT_OPTION, /* LOST: of an owner, that does not have it */
	RIGHT_PLACE,
	RIGHT_OWNS /* is it the owner? */
};

enum { LOST = -1 };

static bool
is_owner(void *arg, const char *on, const char *role)
{
	(void)arg;
	(void)on;
	(void)role;
	return true;
}

static void
add(struct postgres_pass *p, const char *text)
{
	struct statement s = { .text = text, .len = strlen(text) };
	const char *why;

	if (!p->rights) {
		p->rights = arena_new(&p->scratch, struct rights);
		*p->rights = (struct rights){ .a = &p->scratch, .d = D };
	}
	if (!rights_add(p->rights, &s, NULL, NULL, &why))
		vec_push(p->a, &p->s->unmanaged, arena_strdup(p->a, text));
}

static void
read_right(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	struct arena *a = &p->scratch;
	const char *before = db_text(r, RIGHT_BEFORE),
		   *on = db_text(r, RIGHT_ON),
		   *thing = arena_fmt(a, "%s%s", before, on);

	if (!p->granted || strcmp(p->granted, thing) != 0)
		add(p,
		    arena_fmt(a, "%sREVOKE ALL ON %s FROM PUBLIC", before, on));
	p->granted = thing;
	if (db_null(r, RIGHT_PRIVILEGE))
		return;
	p->rights->owns = db_int(r, RIGHT_OWNS) ? is_owner : NULL;
	if (db_int(r, RIGHT_OPTION) == LOST) {
		add(p, arena_fmt(a, "REVOKE %s ON %s FROM %s",
			   db_text(r, RIGHT_PRIVILEGE), on,
			   db_text(r, RIGHT_ROLE)));
		return;
	}
	add(p, arena_fmt(a, "%sGRANT %s%s ON %s TO %s%s", before,
		   db_text(r, RIGHT_PRIVILEGE), db_text(r, RIGHT_COLUMN), on,
		   db_text(r, RIGHT_ROLE),
		   db_int(r, RIGHT_OPTION) ? " WITH GRANT OPTION" : ""));
}

static bool
finish(struct postgres_pass *p)
{
	struct rights_sayings said = { 0 };

	if (p->rights)
		rights_say(p->rights, &said);
	for (size_t i = 0; i < said.n; i++) {
		const struct rights_saying *r = &said.v[i];
		struct object *o = arena_new(p->a, struct object);

		o->kind =
		    r->defaults ? OBJECT_DEFAULT_PRIVILEGES : OBJECT_GRANT;
		o->schema = postgres_share(p, r->schema);
		o->name = arena_strdup(p->a, r->name);
		o->table = postgres_share(p, r->about);
		o->sql.text = arena_strdup(p->a, r->text);
		o->sql.key = arena_strdup(p->a, r->key);
		o->drop = postgres_share(p, r->drop);
		schema_add_object(p->a, p->s, o);
	}
	return true;
}

/* What an extension owns is its own; the sequence of an identity is not made
 * for others here, for rights on it are given like any. */
#define FREE(catalog, oid)                                                     \
	" AND NOT EXISTS (SELECT FROM pg_depend x"                             \
	" WHERE x.classid = '" catalog "'::regclass AND x.objid = " oid        \
	" AND x.deptype = 'e')"

/* A role as SQL; the user is named by nobody's name where it is the owner. */
#define OWNER                                                                  \
	"CASE pg_get_userbyid(o.owner) WHEN current_user THEN"                 \
	" 'CURRENT_USER' ELSE quote_ident(pg_get_userbyid(o.owner)) END"

/* A later version has a privilege more; a role that has it beside all others
 * has ALL. What an owner lost is told by what it has of a new thing; of columns
 * it has nothing by itself. */
#define RIGHTS                                                                 \
	" SELECT o.before, o.what, o.col, e.privilege_type,"                   \
	" CASE e.grantee WHEN 0 THEN 'PUBLIC' WHEN o.owner THEN " OWNER        \
	" ELSE quote_ident(pg_get_userbyid(e.grantee)) END,"                   \
	" e.is_grantable::int, e.place,"                                       \
	" (o.col <> '' AND e.grantee = o.owner)::int"                          \
	" FROM o LEFT JOIN (SELECT o.before, o.what, o.col, x.*, count(*) "    \
	"OVER"                                                                 \
	" (PARTITION BY o.before, o.what, o.col, x.grantee, x.is_grantable) n" \
	" FROM o, aclexplode(o.acl) WITH ORDINALITY"                           \
	" x(grantor, grantee, privilege_type, is_grantable, place)"            \
	" WHERE x.grantee <> o.owner OR o.col <> '') e"                        \
	" ON e.before = o.before AND e.what = o.what AND e.col = o.col"        \
	" AND (e.privilege_type <> 'MAINTAIN' OR e.n < 8)"                     \
	" UNION ALL SELECT o.before, o.what, o.col, d.privilege_type,"         \
	" " OWNER ", -1, 0, 1"                                                 \
	" FROM o, aclexplode(acldefault(o.kind::\"char\", o.owner)) d"         \
	" WHERE d.grantee = o.owner AND o.col = ''"                            \
	" AND NOT EXISTS (SELECT FROM aclexplode(o.acl) x"                     \
	" WHERE x.grantee = o.owner AND x.privilege_type = d.privilege_type)"  \
	" AND (d.privilege_type <> 'MAINTAIN' OR EXISTS"                       \
	" (SELECT FROM aclexplode(o.acl) x WHERE x.grantee = o.owner))"        \
	" ORDER BY 1, 2, 3, 7, 4"

/* clang-format off */
static const struct postgres_query queries[] = {
	/* on schemas: public has some from the beginning */
	{ .sql = "WITH o(before, what, col, owner, acl, kind) AS ("
		 "SELECT '', 'SCHEMA ' || quote_ident(n.nspname), '',"
		 " n.nspowner, n.nspacl, 'n' FROM pg_namespace n"
		 " WHERE n.nspacl IS NOT NULL AND " MANAGED("n")
		 FREE("pg_namespace", "n.oid") ")" RIGHTS,
	    .read = read_right,
	    /* everybody could make things in public from the beginning */
	    .newer = { { 150000, "e.n < 8)", "e.n < 9)"
		 " AND (e.what <> 'SCHEMA public' OR e.grantee <> 0"
		 " OR e.privilege_type <> 'CREATE')" } } },
	{ .when = HAS_RIGHT,
	    .sql = "WITH o(before, what, col, owner, acl, kind) AS ("
		 "SELECT '', CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE"
		 " 'TABLE ' END || c.oid::regclass, '', c.relowner, c.relacl,"
		 " CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END"
		 " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
		 " WHERE c.relacl IS NOT NULL AND " MANAGED("n")
		 " AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')"
		 FREE("pg_class", "c.oid")
		 " UNION ALL SELECT '', 'TABLE ' || c.oid::regclass,"
		 " ' (' || quote_ident(a.attname) || ')', c.relowner, a.attacl, 'c'"
		 " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
		 " JOIN pg_namespace n ON n.oid = c.relnamespace"
		 " WHERE a.attacl IS NOT NULL AND " MANAGED("n")
		 FREE("pg_class", "c.oid")
		 " UNION ALL SELECT '', CASE p.prokind WHEN 'p' THEN"
		 " 'PROCEDURE ' ELSE 'FUNCTION ' END || p.oid::regprocedure,"
		 " '', p.proowner, p.proacl, 'f' FROM pg_proc p"
		 " JOIN pg_namespace n ON n.oid = p.pronamespace"
		 " WHERE p.proacl IS NOT NULL AND " MANAGED("n")
		 FREE("pg_proc", "p.oid")
		 " UNION ALL SELECT '', 'TYPE ' || t.oid::regtype, '',"
		 " t.typowner, t.typacl, 'T' FROM pg_type t"
		 " JOIN pg_namespace n ON n.oid = t.typnamespace"
		 " WHERE t.typacl IS NOT NULL AND " MANAGED("n")
		 FREE("pg_type", "t.oid")
		 " UNION ALL SELECT '', 'FOREIGN DATA WRAPPER '"
		 " || quote_ident(f.fdwname), '', f.fdwowner, f.fdwacl, 'F'"
		 " FROM pg_foreign_data_wrapper f WHERE f.fdwacl IS NOT NULL"
		 FREE("pg_foreign_data_wrapper", "f.oid")
		 " UNION ALL SELECT '', 'FOREIGN SERVER '"
		 " || quote_ident(f.srvname), '', f.srvowner, f.srvacl, 'S'"
		 " FROM pg_foreign_server f WHERE f.srvacl IS NOT NULL"
		 FREE("pg_foreign_server", "f.oid") ")" RIGHTS,
	    .read = read_right },
	/* Without a schema the list is whole; in one it only adds. */
	{ .when = HAS_DEFAULT_RIGHT,
	    .sql = "WITH o(before, what, col, owner, acl, kind) AS ("
		 "SELECT 'ALTER DEFAULT PRIVILEGES '"
		 " || CASE WHEN pg_get_userbyid(a.defaclrole) = current_user"
		 " THEN ''"
		 " ELSE 'FOR ROLE ' || a.defaclrole::regrole || ' ' END"
		 " || coalesce('IN SCHEMA ' || quote_ident(n.nspname) || ' ',"
		 " ''), CASE a.defaclobjtype WHEN 'r' THEN 'TABLES'"
		 " WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'"
		 " WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END, '',"
		 " a.defaclrole, a.defaclacl, NULL FROM pg_default_acl a"
		 " LEFT JOIN pg_namespace n ON n.oid = a.defaclnamespace"
		 " WHERE a.defaclnamespace = 0 OR " MANAGED("n") ")" RIGHTS,
	    .read = read_right },
};
/* clang-format on */

const struct postgres_topic postgres_rights = { queries,
	sizeof(queries) / sizeof(*queries), finish };
