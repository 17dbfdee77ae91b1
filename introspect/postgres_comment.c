/* postgres_comment - comments on tables and what they consist of */
#include "introspect/postgres.h"

#include <string.h>

enum { COMMENT_CATALOG, COMMENT_OID, COMMENT_COLUMN, COMMENT_TEXT };

/* Returns where the comment stands, or NULL where it is on something else. */
static const char **
place_of(struct postgres_pass *p, struct db_rows *r)
{
	uint32_t oid = (uint32_t)db_int(r, COMMENT_OID);
	int64_t attnum = db_int(r, COMMENT_COLUMN);
	struct postgres_relation *x;
	struct constraint *k;
	struct index *i;
	struct column *c;

	if (!strcmp(db_text(r, COMMENT_CATALOG), "pg_constraint")) {
		k = postgres_find(&p->constraints, oid);
		return k ? &k->comment : NULL;
	}
	if ((x = postgres_relation(p, oid))) {
		c = attnum ? postgres_column_at(x, attnum) : NULL;
		return c ? &c->comment : attnum ? NULL : &x->table->comment;
	}
	i = postgres_find(&p->indexes, oid);
	return i ? &i->comment : NULL;
}

static void
read_comment(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	const char **place = place_of(p, r);

	if (place)
		*place = postgres_text(p, r, COMMENT_TEXT);
}

/* What a user makes has an oid from 16384 on: without that every comment on the
 * server's own functions would be read. */
static const struct postgres_query queries[] = {
	{ .when = HAS_COMMENT,
	    .sql = "SELECT d.classoid::regclass, d.objoid, d.objsubid,"
		   " d.description FROM pg_description d"
		   " WHERE d.objoid >= 16384 AND d.classoid IN"
		   " ('pg_class'::regclass, "
		   "'pg_constraint'::regclass)" POSTGRES_WRITTEN,
	    .read = read_comment,
	    .written = " AND d.xmin = (SELECT pg_current_xact_id()::xid)" },
};

const struct postgres_topic postgres_table_comments = { queries, 1, NULL };
