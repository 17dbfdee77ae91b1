/* postgres_index - indexes, and what they say of constraints
 *
 * Numbers say most of an index; only what names no column, or differs from the
 * default, is spelt by the server, for that is what takes its time.
 */
#include "introspect/postgres.h"

#include <stdlib.h>
#include <string.h>

#include "sql/options.h"
#include "sql/quote.h"

enum {
	INDEX_OID,
	INDEX_TABLE,
	INDEX_NAME,
	INDEX_METHOD,
	INDEX_UNIQUE,
	INDEX_NULLS_NOT_DISTINCT,
	INDEX_VALID,
	INDEX_KEYS,
	INDEX_COLUMNS,
	INDEX_OPTIONS,
	INDEX_CLASSES,
	INDEX_COLLATIONS,
	INDEX_EXPRESSIONS,
	INDEX_WHERE,
	INDEX_WITH,
	INDEX_COLLATION_NAMES,
	INDEX_CLASS_OPTIONS,
	INDEX_DEFINITION
};

/* -- operator classes ----------------------------------------------------- */

static void
read_opclass(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;

	postgres_know(p, &p->opclasses, (uint32_t)db_int(r, 0),
	    (void *)postgres_text(p, r, 1));
}

/* -- parts ---------------------------------------------------------------- */

/* What stands before the parts of an index, one number a part. */
struct reading {
	struct postgres_pass *p;
	struct db_rows *r;
	const struct postgres_relation *table;
	const char *columns, *options, *classes, *collations, *expressions;
};

/* Returns what the column of the row, an array of pairs of a number and a text,
 * says of the number; NULL for nothing. */
static const char *
said_of(struct reading *x, int column, int64_t number)
{
	const char *s = db_text(x->r, column), *key, *text;

	while ((key = postgres_element(x->p, &s)) &&
	       (text = postgres_element(x->p, &s)))
		if (strtoll(key, NULL, 10) == number)
			return postgres_share(x->p, text);
	return NULL;
}

/* An expression has a collation of its own, which the catalog does not say: the
 * server says where the index has another. */
static bool
says_collation(struct reading *x, const char *text)
{
	return strstr(db_text(x->r, INDEX_DEFINITION),
	    arena_fmt(&x->p->scratch, "%s COLLATE ", text));
}

/* Returns what an array of "name=value" says, as a list of parameters. */
static const char *
parameters(struct postgres_pass *p, const char *array)
{
	struct buf b = { 0 };
	const char *one, *text = NULL;

	while ((one = postgres_element(p, &array))) {
		size_t n = strcspn(one, "=");

		buf_fmt(&b, "%s%.*s = ", b.len ? ", " : "", (int)n, one);
		sql_literal(&b, DIALECT_POSTGRES, one + n + (one[n] == '='));
	}
	if (b.len)
		text = postgres_share(
		    p, sql_options(&p->scratch, DIALECT_POSTGRES, b.s));
	buf_release(&b);
	return text;
}

/* Bits of indoption. */
enum { DESCENDING = 1, NULLS_FIRST = 2 };

static bool
read_part(struct reading *x, struct part *part, int64_t number)
{
	int64_t attnum, option = 0, class = 0, collation = 0;
	const struct column *c;
	const char *text;

	*part = (struct part){ 0 };
	if (!postgres_number(&x->columns, &attnum))
		return false;
	postgres_number(&x->options, &option);
	postgres_number(&x->classes, &class);
	postgres_number(&x->collations, &collation);
	if (attnum) {
		c = postgres_column_at(x->table, attnum);
		part->column = c ? c->name : NULL;
		if (c && collation &&
		    (uint32_t)collation != x->table->collations[attnum - 1])
			part->collation =
			    said_of(x, INDEX_COLLATION_NAMES, collation);
	} else {
		text = postgres_element(x->p, &x->expressions);
		part->expr = postgres_share_expr(x->p, text);
		if (text && collation && says_collation(x, text))
			part->collation =
			    said_of(x, INDEX_COLLATION_NAMES, collation);
	}
	part->opclass =
	    postgres_share(x->p, sql_opclass(&x->p->scratch, DIALECT_POSTGRES,
				     said_of(x, INDEX_CLASS_OPTIONS, number)));
	if (!part->opclass)
		part->opclass =
		    postgres_find(&x->p->opclasses, (uint32_t) class);
	part->desc = option & DESCENDING;
	if (part->desc != !!(option & NULLS_FIRST))
		part->nulls = part->desc ? "LAST" : "FIRST";
	return part->column || part->expr.text;
}

static struct reading
reading_of(struct postgres_pass *p, struct db_rows *r,
    const struct postgres_relation *table)
{
	return (struct reading){ .p = p,
		.r = r,
		.table = table,
		.columns = db_text(r, INDEX_COLUMNS),
		.options = db_text(r, INDEX_OPTIONS),
		.classes = db_text(r, INDEX_CLASSES),
		.collations = db_text(r, INDEX_COLLATIONS),
		.expressions = db_text(r, INDEX_EXPRESSIONS) };
}

/* Reads the parts of the key (NULL: passes over them), then what is included.
 */
static void
read_parts(struct reading *x, struct parts *parts, struct names *include)
{
	int64_t keys = db_int(x->r, INDEX_KEYS), n;
	const struct column *c;
	struct part part;

	if (parts)
		vec_reserve(x->p->a, parts, (size_t)keys);
	for (int64_t i = 1; i <= keys && read_part(x, &part, i); i++)
		if (parts)
			vec_push(x->p->a, parts, part);
	while (postgres_number(&x->columns, &n))
		if ((c = postgres_column_at(x->table, n)))
			vec_push(x->p->a, include, c->name);
}

/* -- indexes -------------------------------------------------------------- */

static void
read_exclusion(struct reading *x, struct constraint *c, const char *operators)
{
	struct constraint_more *more = constraint_say(x->p->a, c);

	read_parts(x, &c->parts, &more->include);
	for (size_t i = 0; operators && i < c->parts.n; i++)
		c->parts.v[i].with =
		    postgres_share(x->p, postgres_element(x->p, &operators));
	more->method = postgres_text(x->p, x->r, INDEX_METHOD);
	more->where = postgres_expr(x->p, x->r, INDEX_WHERE);
}

/* Made ON ONLY a divided table, it waits for those of the parts: it is kept as
 * SQL, and so is a key. */
static void
leave_unfinished(struct table *t, const struct postgres_backed *b)
{
	size_t n = 0;

	for (size_t i = 0; b && i < t->constraints.n; i++)
		if (t->constraints.v[i] != b->constraint)
			t->constraints.v[n++] = t->constraints.v[i];
	if (b)
		t->constraints.n = n;
}

static void
read_index(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	uint32_t oid = (uint32_t)db_int(r, INDEX_OID);
	struct postgres_relation *table =
	    postgres_relation(p, (uint32_t)db_int(r, INDEX_TABLE));
	const struct postgres_backed *b = postgres_find(&p->backed, oid);
	struct names include = { 0 };
	struct reading x;
	struct index *i;

	if (!table)
		return;
	x = reading_of(p, r, table);
	if (!db_int(r, INDEX_VALID) && table->table->partition_by.text) {
		leave_unfinished(table->table, b);
		return;
	}
	if (b && b->constraint->kind == CONSTRAINT_EXCLUDE) {
		read_exclusion(&x, b->constraint, b->operators);
		return;
	}
	if (b) {
		read_parts(&x, NULL, &include);
		if (include.n)
			constraint_say(p->a, b->constraint)->include = include;
		b->constraint->nulls_not_distinct =
		    db_int(r, INDEX_NULLS_NOT_DISTINCT);
		return;
	}
	if (postgres_is_online(p, table, db_text(r, INDEX_NAME),
		ONLINE_IS_INDEX, db_int(r, INDEX_VALID)))
		return;
	i = arena_new(p->a, struct index);
	i->name = arena_strdup(p->a, db_text(r, INDEX_NAME));
	i->unique = db_int(r, INDEX_UNIQUE);
	/* without it, the server keeps the words and they say nothing */
	i->nulls_not_distinct =
	    i->unique && db_int(r, INDEX_NULLS_NOT_DISTINCT);
	i->invalid = !db_int(r, INDEX_VALID);
	if (strcmp(db_text(r, INDEX_METHOD), "btree") != 0)
		i->method = postgres_text(p, r, INDEX_METHOD);
	i->where = postgres_expr(p, r, INDEX_WHERE);
	i->with = parameters(p, db_text(r, INDEX_WITH));
	read_parts(&x, &i->parts, &i->include);
	vec_push(p->a, &table->table->indexes, i);
	if (p->has[HAS_COMMENT])
		postgres_know(p, &p->indexes, oid, i);
}

/* A B-tree and a hash (403, 405) know no options of operator classes. */
static const struct postgres_query queries[] = {
	{ .sql = "SELECT o.oid, CASE WHEN pg_opclass_is_visible(o.oid)"
		 " THEN quote_ident(o.opcname)"
		 " ELSE quote_ident(n.nspname) || '.' || quote_ident(o.opcname)"
		 " END FROM pg_opclass o"
		 " JOIN pg_namespace n ON n.oid = o.opcnamespace"
		 " WHERE NOT o.opcdefault",
	    .read = read_opclass,
	    .written = "" },
	{ .sql = "SELECT i.indexrelid, i.indrelid, c.relname, m.amname,"
		 " i.indisunique, i.indnullsnotdistinct, i.indisvalid,"
		 " i.indnkeyatts, i.indkey, i.indoption, i.indclass,"
		 " i.indcollation,"
		 " CASE WHEN i.indexprs IS NOT NULL THEN"
		 " (SELECT array_agg(d ORDER BY k)"
		 " FROM generate_series(1, i.indnkeyatts) k,"
		 " pg_get_indexdef(i.indexrelid, k, false) d"
		 " WHERE i.indkey[k - 1] = 0) END,"
		 " pg_get_expr(i.indpred, i.indrelid),"
		 " c.reloptions,"
		 " CASE WHEN NOT i.indcollation::oid[] <@ '{0,100}' THEN"
		 " (SELECT array_agg(ARRAY[k.oid::text,"
		 " CASE WHEN pg_collation_is_visible(k.oid)"
		 " THEN k.collname::text ELSE format('\"%s\".\"%s\"',"
		 " replace(q.nspname, '\"', '\"\"'),"
		 " replace(k.collname, '\"', '\"\"')) END])"
		 " FROM pg_collation k JOIN pg_namespace q"
		 " ON q.oid = k.collnamespace"
		 " WHERE k.oid = ANY (i.indcollation)) END,"
		 " CASE WHEN c.relam NOT IN (403, 405) THEN"
		 " (SELECT array_agg(ARRAY[a.attnum::text, format('%s (%s)',"
		 " CASE WHEN pg_opclass_is_visible(o.oid)"
		 " THEN quote_ident(o.opcname) ELSE quote_ident(q.nspname)"
		 " || '.' || quote_ident(o.opcname) END,"
		 " array_to_string(a.attoptions, ', '))])"
		 " FROM pg_attribute a"
		 " JOIN pg_opclass o ON o.oid = i.indclass[a.attnum - 1]"
		 " JOIN pg_namespace q ON q.oid = o.opcnamespace"
		 " WHERE a.attrelid = i.indexrelid"
		 " AND a.attoptions IS NOT NULL) END,"
		 " CASE WHEN i.indexprs IS NOT NULL AND"
		 " NOT i.indcollation::oid[] <@ '{0,100}' THEN"
		 " pg_get_indexdef(i.indexrelid) END"
		 " FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
		 " JOIN pg_am m ON m.oid = c.relam"
		 " JOIN pg_namespace n ON n.oid = c.relnamespace"
		 " WHERE n.nspname = ANY ($1::text[]) AND NOT "
		 "c.relispartition" POSTGRES_WRITTEN " ORDER BY i.indexrelid",
	    .read = read_index,
	    .written = " AND i.indrelid = ANY ($2::oid[])",
	    .newer = { { 150000, "i.indnullsnotdistinct", "false" } } },
};

const struct postgres_topic postgres_indexes = { queries,
	sizeof(queries) / sizeof(*queries), NULL };
