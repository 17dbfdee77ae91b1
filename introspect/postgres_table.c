/* postgres_table - tables and their columns
 *
 * A partition is read like a table, for its own constraints and indexes speak
 * of its columns, but it is no table of the schema.
 */
#include "introspect/postgres.h"

#include <stdlib.h>
#include <string.h>

/* The rows come by oid, so that a relation is found by halving; most rows are
 * of the same one as the row before. */
struct postgres_relation *
postgres_relation(struct postgres_pass *p, uint32_t oid)
{
	size_t from = 0, to = p->relations.n;

	if (p->relation && p->relation->oid == oid)
		return p->relation;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		struct postgres_relation *r = p->relations.v[middle];

		if (r->oid == oid)
			return p->relation = r;
		if (r->oid < oid)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

struct column *
postgres_column_at(const struct postgres_relation *r, int64_t attnum)
{
	return attnum > 0 && (size_t)attnum <= r->n ? r->columns[attnum - 1]
						    : NULL;
}

enum {
	TABLE_OID,
	TABLE_SCHEMA,
	TABLE_NAME,
	TABLE_COLUMNS,
	TABLE_PERSISTENCE,
	TABLE_SECURED,
	TABLE_FORCED,
	TABLE_PARTITION,
	TABLE_KEY
};

static void
read_table(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	uint32_t oid = (uint32_t)db_int(r, TABLE_OID);
	struct postgres_relation *x;
	struct table *t;

	if (postgres_is_member(p, "pg_class", oid))
		return;
	x = arena_new(&p->scratch, struct postgres_relation);
	t = arena_new(p->a, struct table);
	x->oid = oid;
	x->table = t;
	x->n = (size_t)db_int(r, TABLE_COLUMNS);
	x->columns = arena_array(&p->scratch, struct column *, x->n);
	x->collations = arena_array(&p->scratch, uint32_t, x->n);
	x->partition = db_int(r, TABLE_PARTITION);
	vec_push(&p->scratch, &p->relations, x);
	t->schema = postgres_text(p, r, TABLE_SCHEMA);
	t->name = postgres_text(p, r, TABLE_NAME);
	t->unlogged = *db_text(r, TABLE_PERSISTENCE) == 'u';
	t->row_security = db_int(r, TABLE_SECURED);
	t->force_row_security = db_int(r, TABLE_FORCED);
	t->partition_by = postgres_expr(p, r, TABLE_KEY);
}

enum {
	COLUMN_TABLE,
	COLUMN_NUMBER,
	COLUMN_NAME,
	COLUMN_TYPE,
	COLUMN_NOT_NULL,
	COLUMN_IDENTITY,
	COLUMN_GENERATED,
	COLUMN_DEFAULT,
	COLUMN_COLLATION,
	COLUMN_ENUM,
	COLUMN_COLLATION_OID,
	COLUMN_SAID, /* something of it is set */
	COLUMN_GRANTED
};

static enum identity
identity_of(const char *code)
{
	return *code == 'a'   ? IDENTITY_ALWAYS
	       : *code == 'd' ? IDENTITY_BY_DEFAULT
			      : IDENTITY_NONE;
}

static void
read_column(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	struct postgres_relation *x =
	    postgres_relation(p, (uint32_t)db_int(r, COLUMN_TABLE));
	size_t at = (size_t)db_int(r, COLUMN_NUMBER) - 1;
	struct expr value;
	struct column *c;

	/* made between the queries, it is not there yet */
	if (!x || at >= x->n ||
	    postgres_is_online(
		p, x, db_text(r, COLUMN_NAME), ONLINE_IS_COLUMN, false))
		return;
	x->collations[at] = (uint32_t)db_int(r, COLUMN_COLLATION_OID);
	c = x->columns[at] = arena_new(p->a, struct column);
	c->name = postgres_text(p, r, COLUMN_NAME);
	c->type = postgres_text(p, r, COLUMN_TYPE);
	c->not_null = db_int(r, COLUMN_NOT_NULL);
	c->identity = identity_of(db_text(r, COLUMN_IDENTITY));
	value = postgres_expr(p, r, COLUMN_DEFAULT);
	if (*db_text(r, COLUMN_GENERATED)) {
		c->generated = value;
		c->stored = *db_text(r, COLUMN_GENERATED) == 's';
	} else {
		c->default_value = value;
	}
	c->collation = postgres_text(p, r, COLUMN_COLLATION);
	c->enum_type = postgres_text(p, r, COLUMN_ENUM);
	p->has[HAS_COLUMN_SAID] |= db_int(r, COLUMN_SAID) != 0;
	p->has[HAS_RIGHT] |= db_int(r, COLUMN_GRANTED) != 0;
	p->sequences -= c->identity != IDENTITY_NONE;
}

enum { IDENTITY_TABLE, IDENTITY_COLUMN, IDENTITY_OPTIONS };

/* LIKE makes a sequence of bigint for any column, and tells it where to end;
 * one that is made for the column ends there by itself. */
static bool
is_usual(const struct column *c, const char *options)
{
	static const char *const ends[][2] = {
		{ "integer", "MAXVALUE 2147483647" },
		{ "smallint", "MAXVALUE 32767" },
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (!strcmp(c->type, ends[i][0]) &&
		    !strcmp(options, ends[i][1]))
			return true;
	return false;
}

static void
read_identity(void *pass, struct db_rows *r)
{
	struct postgres_relation *x =
	    postgres_relation(pass, (uint32_t)db_int(r, IDENTITY_TABLE));
	struct column *c =
	    x ? postgres_column_at(x, db_int(r, IDENTITY_COLUMN)) : NULL;

	if (c && *db_text(r, IDENTITY_OPTIONS) &&
	    !is_usual(c, db_text(r, IDENTITY_OPTIONS)))
		column_say(((struct postgres_pass *)pass)->a, c)
		    ->identity_options =
		    postgres_text(pass, r, IDENTITY_OPTIONS);
}

/* The name is made of those of table and column, with a number behind it where
 * that was taken; of long ones nothing is said. */
#define HAS_NAME                                                               \
	"(octet_length(m.made) < 64 AND (left(q.relname, length(m.made))"      \
	" <> m.made OR substr(q.relname, length(m.made) + 1) ~ '[^0-9]'))"

/* Only a generated column names others: without the table at hand the server
 * spells an expression in half the time. Of identities most have a sequence
 * that is as one is by itself, and only the others are asked for. */
static const struct postgres_query queries[] = {
	{ .sql = "SELECT c.oid, nullif(n.nspname, 'public'), c.relname,"
		 " c.relnatts, c.relpersistence, c.relrowsecurity,"
		 " c.relforcerowsecurity, c.relispartition,"
		 " CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END"
		 " FROM pg_class c JOIN pg_namespace n ON n.oid = "
		 "c.relnamespace"
		 " WHERE n.nspname = ANY ($1::text[])"
		 " AND c.relkind IN ('r', 'p')" POSTGRES_WRITTEN
		 " ORDER BY c.oid",
	    .read = read_table,
	    .written = " AND c.oid = ANY ($2::oid[])" },
	{ .sql = "SELECT a.attrelid, a.attnum, a.attname,"
		 " format_type(a.atttypid, a.atttypmod), a.attnotnull,"
		 " a.attidentity, a.attgenerated,"
		 " pg_get_expr(d.adbin, CASE a.attgenerated WHEN '' THEN 0"
		 " ELSE a.attrelid END),"
		 " CASE WHEN a.attcollation <> t.typcollation THEN"
		 " (SELECT CASE WHEN pg_collation_is_visible(k.oid)"
		 " THEN k.collname::text ELSE format('\"%s\".\"%s\"',"
		 " replace(m.nspname, '\"', '\"\"'),"
		 " replace(k.collname, '\"', '\"\"')) END"
		 " FROM pg_collation k JOIN pg_namespace m"
		 " ON m.oid = k.collnamespace"
		 " WHERE k.oid = a.attcollation) END,"
		 " CASE WHEN t.typtype = 'e' THEN t.typname"
		 " WHEN t.typcategory = 'A' AND t.typelem >= 16384 THEN"
		 " (SELECT e.typname FROM pg_type e"
		 " WHERE e.oid = t.typelem AND e.typtype = 'e') END,"
		 " nullif(a.attcollation, 0), a.attstorage <> t.typstorage"
		 " OR a.attstattarget >= 0 OR a.attcompression <> ''"
		 " OR array_length(a.attoptions, 1) > 1"
		 " OR a.attoptions[1] LIKE 'n\\_distinct%',"
		 " a.attacl IS NOT NULL"
		 " FROM pg_class c"
		 " JOIN pg_namespace n ON n.oid = c.relnamespace"
		 " JOIN pg_attribute a ON a.attrelid = c.oid"
		 " JOIN pg_type t ON t.oid = a.atttypid"
		 " LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid"
		 " AND d.adnum = a.attnum"
		 " WHERE n.nspname = ANY ($1::text[])"
		 " AND c.relkind IN ('r', 'p')"
		 " AND a.attnum > 0 AND NOT a.attisdropped" POSTGRES_WRITTEN,
	    .read = read_column,
	    .written = " AND c.oid = ANY ($2::oid[])",
	    .newer = { { 140000, "a.attcompression <> ''", "false" } } },
	{ .sql = "SELECT e.refobjid, e.refobjsubid, concat_ws(' ',"
		 " CASE WHEN " HAS_NAME
		 " THEN 'SEQUENCE NAME ' || quote_ident(q.relname) END,"
		 " 'INCREMENT BY ' || nullif(s.seqincrement, 1),"
		 " 'MINVALUE ' || nullif(s.seqmin,"
		 " CASE WHEN s.seqincrement > 0 THEN 1 ELSE b.least END),"
		 " 'MAXVALUE ' || nullif(s.seqmax,"
		 " CASE WHEN s.seqincrement > 0 THEN b.greatest ELSE -1 END),"
		 " 'START WITH ' || nullif(s.seqstart,"
		 " CASE WHEN s.seqincrement > 0 THEN s.seqmin"
		 " ELSE s.seqmax END),"
		 " 'CACHE ' || nullif(s.seqcache, 1),"
		 " CASE WHEN s.seqcycle THEN 'CYCLE' END)"
		 " FROM pg_sequence s CROSS JOIN LATERAL (VALUES"
		 " (CASE s.seqtypid WHEN 21 THEN -32768"
		 " WHEN 23 THEN -2147483648 ELSE -9223372036854775808 END,"
		 " CASE s.seqtypid WHEN 21 THEN 32767 WHEN 23 THEN 2147483647"
		 " ELSE 9223372036854775807 END)) b(least, greatest)"
		 " JOIN pg_depend e ON e.classid = 'pg_class'::regclass"
		 " AND e.objid = s.seqrelid"
		 " AND e.refclassid = 'pg_class'::regclass"
		 " AND e.deptype = 'i'"
		 " JOIN pg_class q ON q.oid = s.seqrelid"
		 /* planned by itself: five tables that are joined take a
		  * millisecond to plan */
		 " CROSS JOIN LATERAL"
		 " (SELECT concat(c.relname, '_', a.attname, '_seq')"
		 " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
		 " WHERE c.oid = e.refobjid AND a.attnum = e.refobjsubid"
		 " OFFSET 0) m(made)"
		 " WHERE (" HAS_NAME " OR s.seqincrement <> 1 OR s.seqmin <> 1"
		 " OR s.seqstart <> 1 OR s.seqcache <> 1 OR s.seqcycle"
		 " OR s.seqmax <> b.greatest)" POSTGRES_WRITTEN,
	    .read = read_identity,
	    .written = " AND $1::text[] IS NOT NULL"
		       " AND e.refobjid = ANY ($2::oid[])" },
};

static bool
finish(struct postgres_pass *p)
{
	for (size_t i = 0; i < p->relations.n; i++) {
		struct postgres_relation *x = p->relations.v[i];

		vec_reserve(p->a, &x->table->columns, x->n);
		for (size_t k = 0; k < x->n; k++)
			if (x->columns[k])
				vec_push(
				    p->a, &x->table->columns, x->columns[k]);
		if (!x->partition)
			schema_add_table(p->a, p->s, x->table);
	}
	return true;
}

const struct postgres_topic postgres_tables = { queries,
	sizeof(queries) / sizeof(*queries), finish };
