/* postgres_held - what hangs together with things that are not kept
 *
 * The functions of a base type go with it, and those of a language or of an
 * operator class. They are no objects, then: nobody could make them again, or
 * take them away without the rest.
 */
#include "introspect/postgres.h"

enum { HELD_CATALOG, HELD_OID };

static void
forget(struct postgres_pass *p, const struct object *o)
{
	size_t n = 0;

	for (size_t i = 0; i < p->s->objects.n; i++)
		if (p->s->objects.v[i] != o)
			p->s->objects.v[n++] = p->s->objects.v[i];
	p->s->objects.n = n;
}

static void
read_held(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	const struct object *o = map_get(
	    &p->things, arena_fmt(&p->scratch, "%s %s",
			    db_text(r, HELD_CATALOG), db_text(r, HELD_OID)));

	if (!o)
		return;
	vec_push(p->a, &p->s->unmanaged,
	    arena_fmt(p->a, "%s %s%s%s%s", object_traits(o->kind)->name,
		o->name, o->signature ? "(" : "",
		o->signature ? o->signature : "", o->signature ? ")" : ""));
	forget(p, o);
}

#define CATALOG(name) "'" name "'::regclass::oid"

/* What is not kept (k), what it needs and what needs such a type. */
#define HELD                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 \
	"WITH RECURSIVE k(c, o) AS ("                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        \
	"SELECT " CATALOG(                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   \
	    "pg_type") ", oid FROM pg_type WHERE typtype = 'b'"                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                              \
		       " AND typelem = 0 AND typisdefined"                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   \
		       " UNION ALL SELECT " CATALOG(                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                         \
			   "pg_opclass") ", oid FROM pg_opclass"                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                             \
					 " UNION ALL SELECT " CATALOG("pg_"                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                  \
								      "opfami"                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                               \
								      "ly") ", oid FROM "                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    \
									    "pg_opfamily"                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    \
									    " UNION ALL "                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    \
									    "SELECT " CATALOG(                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                               \
										"pg_amop") ", oid FROM pg_amop"                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                              \
											   " UNION ALL SELECT " CATALOG("pg_amproc") ", oid FROM pg_amproc"                                                                                                                                                                                                                                                                                                                                                                                                                                                                  \
																     " UNION ALL SELECT " CATALOG("pg_language") ", oid FROM pg_language"                                                                                                                                                                                                                                                                                                                                                                                                                    \
																						 " UNION ALL SELECT " CATALOG("pg_conversion") ", oid FROM pg_conversion"                                                                                                                                                                                                                                                                                                                                                                    \
																											       " UNION ALL SELECT " CATALOG("pg_transform") ", oid FROM pg_transform"                                                                                                                                                                                                                                                                                                                        \
																																	    " UNION ALL SELECT " CATALOG("pg_ts_parser") ", oid FROM pg_ts_parser"                                                                                                                                                                                                                                                                           \
																																							 " UNION ALL SELECT " CATALOG("pg_ts_template") ", oid FROM pg_ts_template"                                                                                                                                                                                                                          \
																																													" UNION ALL SELECT " CATALOG("pg_am") ", oid FROM pg_am"                                                                                                                                                                                             \
																																																	      "), u(c, o) AS (SELECT * FROM k WHERE k.o >= 16384"                                                                                                                                                            \
																																																	      " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = k.c"                                                                                                                                               \
																																																	      " AND d.objid = k.o AND d.deptype = 'e')"                                                                                                                                                                      \
																																																	      "), h(c, o) AS (SELECT d.classid, d.objid FROM u"                                                                                                                                                              \
																																																	      " JOIN pg_depend d ON d.refclassid = u.c AND d.refobjid = u.o"                                                                                                                                                 \
																																																	      " WHERE u.c = " CATALOG("pg_type") " AND d.deptype = 'n'"                                                                                                                                                      \
																																																						 " AND d.classid IN (" CATALOG("pg_proc") ", " CATALOG(                                                                                                                      \
																																																						     "pg_operator") ", " CATALOG("pg_cast") ")"                                                                                                                              \
																																																											    " UNION SELECT d.refclassid, d.refobjid FROM u"                                                                                  \
																																																											    " JOIN pg_depend d ON d.classid = u.c AND d.objid = u.o"                                                                         \
																																																											    " UNION SELECT d.refclassid, d.refobjid FROM h"                                                                                  \
																																																											    " JOIN pg_depend d ON d.classid = h.c AND d.objid = h.o"                                                                         \
																																																											    " WHERE d.refclassid IN (" CATALOG("pg_proc") ", " CATALOG("pg_operator") "))"                                                   \
																																																																				      " SELECT h.c::regclass, h.o FROM h WHERE h.o >= 16384" \
																																																																				      " AND h.c IN (" CATALOG(                               \
																																																																					  "pg_proc") ", " CATALOG("pg_operator") ", " CATALOG("pg_cast") ") ORDER BY 1, 2"

static bool
finish(struct postgres_pass *p)
{
	const struct db_ask ask = { .sql = HELD, .read = read_held };
	size_t before = p->s->objects.n;

	if (!p->s->unmanaged.n || !before)
		return true;
	if (!db_ask(p->db, &ask, 1, p, p->err))
		return false;
	if (p->s->objects.n != before)
		schema_reindex(p->a, p->s);
	return true;
}

const struct postgres_topic postgres_held = { NULL, 0, finish };
