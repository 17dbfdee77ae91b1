/* postgres_constraint - keys, checks, foreign keys and exclusions
 *
 * What a partition has from its parent is the parent's; a table that inherits
 * must have the checks of its parent before. The index of
 * a key says what it includes, and of an exclusion what it is on.
 */
#include "introspect/postgres.h"

#include <string.h>

enum {
	KEY_OID,
	KEY_TABLE,
	KEY_NAME,
	KEY_TYPE,
	KEY_DEFERRABLE,
	KEY_DEFERRED,
	KEY_VALID,
	KEY_NO_INHERIT,
	KEY_COLUMNS,
	KEY_INDEX,
	KEY_TARGET,
	KEY_TARGET_COLUMNS,
	KEY_ON_UPDATE,
	KEY_ON_DELETE,
	KEY_MATCH,
	KEY_DELETES,
	KEY_CHECK,
	KEY_OPERATORS
};

static const struct {
	char code;
	enum constraint_kind kind;
} kinds[] = {
	{ 'p', CONSTRAINT_PRIMARY_KEY },
	{ 'u', CONSTRAINT_UNIQUE },
	{ 'c', CONSTRAINT_CHECK },
	{ 'f', CONSTRAINT_FOREIGN_KEY },
	{ 'x', CONSTRAINT_EXCLUDE },
};

static enum constraint_kind
kind_of(char code)
{
	size_t i = 0;

	while (kinds[i].code != code && i + 1 < sizeof(kinds) / sizeof(*kinds))
		i++;
	return kinds[i].kind;
}

static enum action
action_of(const char *code)
{
	switch (*code) {
	case 'r':
		return ACTION_RESTRICT;
	case 'c':
		return ACTION_CASCADE;
	case 'n':
		return ACTION_SET_NULL;
	case 'd':
		return ACTION_SET_DEFAULT;
	default:
		return ACTION_UNSET;
	}
}

/* Adds the names of the columns of an array of numbers. */
static void
add_names(struct postgres_pass *p, struct names *to,
    const struct postgres_relation *x, const char *numbers)
{
	const struct column *c;
	int64_t n;

	while (postgres_number(&numbers, &n))
		if ((c = postgres_column_at(x, n)))
			vec_push(p->a, to, c->name);
}

static void
read_foreign_key(
    struct postgres_pass *p, struct db_rows *r, struct constraint *c)
{
	struct postgres_relation *from = p->relation;
	struct postgres_relation *to =
	    postgres_relation(p, (uint32_t)db_int(r, KEY_TARGET));
	struct names some = { 0 };

	c->on_update = action_of(db_text(r, KEY_ON_UPDATE));
	c->on_delete = action_of(db_text(r, KEY_ON_DELETE));
	if (*db_text(r, KEY_MATCH) == 'f')
		constraint_say(p->a, c)->match = "FULL";
	add_names(p, &some, from, db_text(r, KEY_DELETES));
	if (some.n)
		constraint_say(p->a, c)->delete_columns = some;
	if (to) {
		c->target_schema = to->table->schema;
		c->target = to->table->name;
		add_names(
		    p, &c->target_columns, to, db_text(r, KEY_TARGET_COLUMNS));
	} else {
		vec_push(&p->scratch, &p->strays, (uint32_t)db_int(r, KEY_OID));
		if (!p->has[HAS_COMMENT])
			postgres_know(p, &p->constraints,
			    (uint32_t)db_int(r, KEY_OID), c);
	}
}

static void
read_parts(struct postgres_pass *p, const struct postgres_relation *x,
    struct parts *parts, const char *numbers)
{
	const struct column *c;
	int64_t n;

	while (postgres_number(&numbers, &n))
		if ((c = postgres_column_at(x, n)))
			vec_push(
			    p->a, parts, (struct part){ .column = c->name });
}

static void
remember(struct postgres_pass *p, struct db_rows *r, struct constraint *c)
{
	struct postgres_backed *b;

	/* thousands that nobody looks for are memory for nothing */
	if (p->has[HAS_COMMENT])
		postgres_know(
		    p, &p->constraints, (uint32_t)db_int(r, KEY_OID), c);
	if (c->kind == CONSTRAINT_CHECK || c->kind == CONSTRAINT_FOREIGN_KEY)
		return;
	b = arena_new(&p->scratch, struct postgres_backed);
	b->constraint = c;
	b->operators = postgres_text(p, r, KEY_OPERATORS);
	postgres_know(p, &p->backed, (uint32_t)db_int(r, KEY_INDEX), b);
}

static void
read_constraint(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	struct postgres_relation *x =
	    postgres_relation(p, (uint32_t)db_int(r, KEY_TABLE));
	struct constraint *c;

	if (!x || postgres_is_online(p, x, db_text(r, KEY_NAME),
		      ONLINE_IS_CONSTRAINT, db_int(r, KEY_VALID)))
		return;
	c = arena_new(p->a, struct constraint);
	c->kind = kind_of(*db_text(r, KEY_TYPE));
	c->name = arena_strdup(p->a, db_text(r, KEY_NAME));
	c->deferrable = db_int(r, KEY_DEFERRABLE);
	c->deferred = db_int(r, KEY_DEFERRED);
	c->not_valid = !db_int(r, KEY_VALID);
	c->no_inherit =
	    c->kind == CONSTRAINT_CHECK && db_int(r, KEY_NO_INHERIT);
	c->check = postgres_expr(p, r, KEY_CHECK);
	if (c->kind != CONSTRAINT_CHECK && c->kind != CONSTRAINT_EXCLUDE)
		read_parts(p, x, &c->parts, db_text(r, KEY_COLUMNS));
	vec_push(p->a, &x->table->constraints, c);
	remember(p, r, c);
	if (c->kind == CONSTRAINT_FOREIGN_KEY)
		read_foreign_key(p, r, c);
}

static const struct postgres_query queries[] = {
	{ .sql = "SELECT k.oid, k.conrelid, k.conname, k.contype,"
		 " k.condeferrable, k.condeferred, k.convalidated,"
		 " k.connoinherit, k.conkey, k.conindid, k.confrelid,"
		 " k.confkey, k.confupdtype, k.confdeltype, k.confmatchtype,"
		 " k.confdelsetcols, pg_get_expr(k.conbin, k.conrelid),"
		 " CASE k.contype WHEN 'x' THEN"
		 " (SELECT array_agg(CASE WHEN pg_operator_is_visible(o.oid)"
		 " THEN o.oprname::text"
		 " ELSE format('OPERATOR(%I.%s)', m.nspname, o.oprname) END"
		 " ORDER BY u.i)"
		 " FROM unnest(k.conexclop) WITH ORDINALITY u(oid, i)"
		 " JOIN pg_operator o ON o.oid = u.oid"
		 " JOIN pg_namespace m ON m.oid = o.oprnamespace) END"
		 " FROM pg_constraint k"
		 " JOIN pg_namespace n ON n.oid = k.connamespace"
		 " WHERE n.nspname = ANY ($1::text[]) AND k.conrelid <> 0"
		 " AND k.contype IN ('p', 'u', 'c', 'f', 'x')"
		 " AND k.conparentid = 0"
		 " AND (k.conislocal OR k.contype <> 'c' OR NOT EXISTS"
		 " (SELECT FROM pg_class r WHERE r.oid = k.conrelid"
		 " AND r.relispartition))" POSTGRES_WRITTEN " ORDER BY k.oid",
	    .read = read_constraint,
	    .written = " AND k.conrelid = ANY ($2::oid[])",
	    .newer = { { 150000, "k.confdelsetcols", "NULL" } } },
};

/* -- what is referenced outside the managed schemas ----------------------- */

static void
read_stray(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;
	struct constraint *c =
	    postgres_find(&p->constraints, (uint32_t)db_int(r, 0));

	if (!c)
		return;
	c->target_schema = postgres_text(p, r, 1);
	c->target = postgres_text(p, r, 2);
	vec_push(p->a, &c->target_columns, postgres_text(p, r, 3));
}

#define STRAYS                                                                 \
	"SELECT k.oid, nullif(n.nspname, 'public'), c.relname, a.attname"      \
	" FROM pg_constraint k JOIN pg_class c ON c.oid = k.confrelid"         \
	" JOIN pg_namespace n ON n.oid = c.relnamespace"                       \
	" CROSS JOIN unnest(k.confkey) WITH ORDINALITY u(n, i)"                \
	" JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.n"        \
	" WHERE k.oid = ANY ($1::oid[]) ORDER BY k.oid, u.i"

static bool
finish(struct postgres_pass *p)
{
	struct buf b = { 0 };
	const char *oids;
	bool ok;

	if (!p->strays.n)
		return true;
	for (size_t i = 0; i < p->strays.n; i++)
		buf_fmt(&b, "%c%u", i ? ',' : '{', p->strays.v[i]);
	buf_putc(&b, '}');
	oids = buf_str(&b);
	ok = db_ask(p->db,
	    &(struct db_ask){
		.sql = STRAYS, .params = &oids, .n = 1, .read = read_stray },
	    1, p, p->err);
	buf_release(&b);
	return ok;
}

const struct postgres_topic postgres_constraints = { queries,
	sizeof(queries) / sizeof(*queries), finish };
