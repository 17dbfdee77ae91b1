/* postgres - the session, and what must hold before COMMIT, on PostgreSQL */
#include "sync/postgres.h"

#include <string.h>

#include "db/postgres.h"
#include "sql/quote.h"

static void
add_once(struct arena *a, struct names *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->v[i], name))
			return;
	vec_push(a, list, name);
}

static void
add_schema(struct arena *a, struct names *list, const char *schema)
{
	add_once(a, list, schema ? schema : "public");
}

static void
add_declared(struct arena *a, struct names *list, const struct schema *s)
{
	for (size_t i = 0; i < s->tables.n; i++)
		add_schema(a, list, s->tables.v[i]->schema);
	for (size_t i = 0; i < s->enums.n; i++)
		add_schema(a, list, s->enums.v[i]->schema);
	for (size_t i = 0; i < s->objects.n; i++) {
		const struct object *o = s->objects.v[i];

		if (o->kind == OBJECT_SCHEMA)
			add_schema(a, list, o->name);
		else if (o->kind != OBJECT_EXTENSION &&
			 object_traits(o->kind)->word)
			add_schema(a, list, o->schema);
	}
}

static const struct names *
schemas(struct arena *a, const struct dsl_config *config,
    const struct schema *declared, const struct names *before)
{
	struct names *list = arena_new(a, struct names);

	for (size_t i = 0; i < config->schemas.n; i++)
		if (strcmp(config->schemas.v[i], "*") != 0)
			add_once(a, list, config->schemas.v[i]);
	if (declared)
		add_declared(a, list, declared);
	for (size_t i = 0; i < before->n; i++)
		add_once(a, list, before->v[i]);
	if (!list->n)
		add_once(a, list, "public");
	return list;
}

static bool
list_schemas(struct arena *a, struct db *db, struct names *out, struct err *err)
{
	struct err e = { 0 };
	struct db_rows *r = db_query(db,
	    "SELECT nspname FROM pg_catalog.pg_namespace n"
	    " WHERE nspname !~ '^pg_' AND nspname NOT IN"
	    " ('information_schema', 'deesse', 'deesse_trash')"
	    " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d"
	    " WHERE d.classid = 'pg_catalog.pg_namespace'::regclass"
	    " AND d.objid = n.oid AND d.deptype = 'e') ORDER BY nspname",
	    NULL, 0, err);

	if (!r)
		return false;
	while (db_rows_next(r, &e))
		vec_push(a, out, arena_strdup(a, db_text(r, 0)));
	db_rows_end(r);
	if (e.kind)
		*err = e;
	return !e.kind;
}

/* Keys are "table app.posts"; those of public have no schema. */
static bool
holds(const struct names *owned, const char *schema)
{
	size_t n = strlen(schema);

	for (size_t i = 0; i < owned->n; i++)
		for (const char *s = strchr(owned->v[i], ' '); s;
		     s = strchr(s + 1, ' '))
			if (!strncmp(s + 1, schema, n) && s[1 + n] == '.')
				return true;
	return false;
}

static bool
become(struct db *db, const char *role, struct err *err)
{
	struct buf sql = { 0 };
	bool ok;

	if (!role)
		return true;
	buf_puts(&sql, "SET ROLE ");
	sql_ident(&sql, DIALECT_POSTGRES, role);
	ok = db_exec(db, sql.s, err);
	buf_release(&sql);
	return ok || err_add(err, "CONFIG names this .role");
}

/* Nothing is written anew by hand here, so that there is nothing to count. */
static bool
guard(struct arena *a, struct db *db, const struct plan *p, struct guard *g,
    struct err *err)
{
	(void)a;
	(void)db;
	(void)p;
	(void)err;
	*g = (struct guard){ 0 };
	return true;
}

/* What is deferred fails now, where the statement can still be blamed, and not
 * at COMMIT. */
static bool
verify(struct arena *a, struct db *db, const struct plan *p,
    const struct guard *g, struct err *err)
{
	(void)a;
	(void)p;
	(void)g;
	return db_exec(db, "SET CONSTRAINTS ALL IMMEDIATE", err) ||
	       err_add(err, "a deferred constraint does not hold; everything "
			    "was rolled back");
}

bool
postgres_set_ms(struct db *db, const char *setting, int64_t ms, struct err *err)
{
	struct buf sql = { 0 };
	bool ok;

	buf_fmt(&sql, "SET %s = %lld", setting, (long long)ms);
	ok = db_exec(db, buf_str(&sql), err);
	buf_release(&sql);
	return ok;
}

static bool
limit(struct db *db, int64_t ms, struct err *err)
{
	return postgres_set_ms(db, "LOCAL statement_timeout", ms, err);
}

static bool
over_limit(struct db *db)
{
	return postgres_said(db, "57014");
}

static bool
weigh(struct db *db, const struct table *t, int64_t *bytes, struct err *err)
{
	struct buf sql = { 0 }, name = { 0 };
	bool ok;

	sql_qualified(
	    &name, DIALECT_POSTGRES, t->schema ? t->schema : "public", t->name);
	/* only what has parts, or is one, has a tree */
	buf_puts(&sql, "SELECT pg_catalog.pg_total_relation_size(t.oid) +"
		       " (SELECT coalesce(sum("
		       "pg_catalog.pg_total_relation_size(x.relid)), 0)::bigint"
		       " FROM pg_catalog.pg_partition_tree(t.oid) x"
		       " WHERE x.relid <> t.oid) FROM (SELECT ");
	sql_literal(&sql, DIALECT_POSTGRES, buf_str(&name));
	buf_puts(&sql, "::regclass AS oid) t");
	ok = db_count(db, buf_str(&sql), bytes, err);
	buf_release(&sql);
	buf_release(&name);
	return ok;
}

static bool
wants_values_first(struct db *db)
{
	return postgres_said(db, "55P04");
}

const struct sync_dialect sync_postgres = {
	.schemas = schemas,
	.list_schemas = list_schemas,
	.holds = holds,
	.become = become,
	.wants_values_first = wants_values_first,
	.ask = postgres_ask_rows,
	.locks = postgres_locks,
	.room = postgres_room,
	.weigh = weigh,
	.make_online = postgres_make_online_now,
	.drop_online = postgres_drop_online,
	.detaches = postgres_detaches,
	.may_go_on = postgres_may_go_on,
	.limit = limit,
	.over_limit = over_limit,
	.fence = postgres_fence,
	.guard = guard,
	.verify = verify,
};
