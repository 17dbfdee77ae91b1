/* postgres_enum - types whose values are listed */
#include "introspect/postgres.h"

enum { ENUM_OID, ENUM_SCHEMA, ENUM_NAME, ENUM_LABEL };

static void
read_label(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	uint32_t oid = (uint32_t)db_int(r, ENUM_OID);
	struct enum_type *e;

	if (postgres_is_member(p, "pg_type", oid))
		return;
	/* the labels of a type follow each other */
	if (p->enum_oid != oid) {
		p->enum_oid = oid;
		e = arena_new(p->a, struct enum_type);
		e->schema = postgres_text(p, r, ENUM_SCHEMA);
		e->name = postgres_text(p, r, ENUM_NAME);
		schema_add_enum(p->a, p->s, e);
		map_put(&p->scratch, &p->things,
		    arena_fmt(&p->scratch, "pg_type %u", (unsigned)oid), e);
	}
	e = p->s->enums.v[p->s->enums.n - 1];
	if (!db_null(r, ENUM_LABEL))
		vec_push(p->a, &e->labels, postgres_text(p, r, ENUM_LABEL));
}

static const struct postgres_query queries[] = {
	{ .when = HAS_ENUM,
	    .sql = "SELECT t.oid, nullif(n.nspname, 'public'), t.typname,"
		   " e.enumlabel"
		   " FROM pg_type t JOIN pg_namespace n ON n.oid = "
		   "t.typnamespace"
		   " LEFT JOIN pg_enum e ON e.enumtypid = t.oid"
		   " WHERE n.nspname = ANY ($1::text[]) AND t.typtype = "
		   "'e'" POSTGRES_WRITTEN " ORDER BY t.oid, e.enumsortorder",
	    .read = read_label,
	    .written = " AND t.oid = ANY ($2::oid[])" },
};

const struct postgres_topic postgres_enums = { queries, 1, NULL };
