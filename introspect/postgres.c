/* postgres - a PostgreSQL database as a schema
 *
 * All that is read for every database is asked in one round trip, whatever the
 * number of tables. The rows come by query and not by table, so that things
 * find each other by their oids.
 */
#include "introspect/postgres.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "db/postgres.h"
#include "introspect/reader.h"
#include "sql/list.h"

static const struct postgres_topic *const topics[] = {
	&postgres_extensions,
	&postgres_enums,
	&postgres_tables,
	&postgres_partitions,
	&postgres_constraints,
	&postgres_parents,
	&postgres_indexes,
	&postgres_table_comments,
	&postgres_object_types,
	&postgres_objects,
	&postgres_object_others,
	&postgres_sayings,
	&postgres_owners,
	&postgres_rights,
	&postgres_held,
};
#define TOPICS (sizeof(topics) / sizeof(*topics))

/* -- texts ---------------------------------------------------------------- */

const char *
postgres_share(struct postgres_pass *p, const char *text)
{
	char *mine;

	if (!text)
		return NULL;
	mine = map_get(&p->texts, text);
	if (!mine) {
		mine = arena_strdup(p->a, text);
		map_put(&p->scratch, &p->texts, mine, mine);
	}
	return mine;
}

const char *
postgres_text(struct postgres_pass *p, struct db_rows *r, int column)
{
	return db_null(r, column) ? NULL
				  : postgres_share(p, db_text(r, column));
}

struct expr
postgres_share_expr(struct postgres_pass *p, const char *text)
{
	struct expr *e = text ? map_get(&p->exprs, text) : NULL;
	const char *said;
	struct expr read;
	struct reader r;

	if (!text)
		return (struct expr){ 0 };
	if (e)
		return *e;
	said = text;
	text = sql_in_lists(&p->scratch, text);
	reader_init(&r, &p->scratch, DIALECT_POSTGRES, text);
	while (r.t.kind != TOKEN_END)
		reader_skip(&r);
	read = reader_span(&r, text);
	reader_release(&r);
	e = arena_new(&p->scratch, struct expr);
	/* what our lexer cannot read is still what the server says */
	e->text = postgres_share(p, read.text ? read.text : text);
	e->key = postgres_share(p, read.key);
	map_put(&p->scratch, &p->exprs, arena_strdup(&p->scratch, said), e);
	return *e;
}

struct expr
postgres_expr(struct postgres_pass *p, struct db_rows *r, int column)
{
	return postgres_share_expr(
	    p, db_null(r, column) ? NULL : db_text(r, column));
}

bool
postgres_number(const char **s, int64_t *n)
{
	char *end;

	while (**s == ' ' || **s == ',' || **s == '{')
		(*s)++;
	*n = strtoll(*s, &end, 10);
	if (end == *s)
		return false;
	*s = end;
	return true;
}

const char *
postgres_element(struct postgres_pass *p, const char **s)
{
	struct buf b = { 0 };
	const char *at = *s, *text;
	bool quoted;

	at += strspn(at, "{,}");
	if (!*at)
		return NULL;
	quoted = *at == '"';
	for (at += quoted; *at && !strchr(quoted ? "\"" : ",}", *at); at++) {
		at += *at == '\\';
		buf_putc(&b, *at);
	}
	*s = at + quoted;
	text = arena_strdup(&p->scratch, buf_str(&b));
	buf_release(&b);
	return text;
}

/* -- things by their oids ------------------------------------------------- */

static int
by_oid(const void *a, const void *b)
{
	const struct postgres_known *x = a, *y = b;

	return x->oid < y->oid ? -1 : x->oid > y->oid;
}

void
postgres_know(struct postgres_pass *p, struct postgres_knowns *list,
    uint32_t oid, void *thing)
{
	vec_push(&p->scratch, list, (struct postgres_known){ oid, thing });
	list->sorted = false;
}

static const struct postgres_known *
find(struct postgres_knowns *list, uint32_t oid)
{
	struct postgres_known key = { oid, NULL };

	if (!list->n)
		return NULL;
	if (!list->sorted)
		qsort(list->v, list->n, sizeof(*list->v), by_oid);
	list->sorted = true;
	return bsearch(&key, list->v, list->n, sizeof(*list->v), by_oid);
}

void *
postgres_find(struct postgres_knowns *list, uint32_t oid)
{
	const struct postgres_known *k = find(list, oid);

	return k ? k->thing : NULL;
}

/* -- what extensions own -------------------------------------------------- */

static void
read_member(void *pass, struct db_rows *r)
{
	struct postgres_pass *p = pass;

	postgres_know(p, &p->members, (uint32_t)db_int(r, 1),
	    (void *)postgres_text(p, r, 0));
}

static const struct postgres_query extension_queries[] = {
	{ .sql = "SELECT d.classid::regclass, d.objid FROM pg_depend d"
		 " WHERE d.refclassid = 'pg_extension'::regclass"
		 " AND d.deptype = 'e'",
	    .read = read_member },
};
const struct postgres_topic postgres_extensions = { extension_queries, 1,
	NULL };

bool
postgres_is_member(struct postgres_pass *p, const char *catalog, uint32_t oid)
{
	const struct postgres_known *k = find(&p->members, oid), *end;

	if (!k)
		return false;
	/* catalogs number their rows apart */
	while (k > p->members.v && k[-1].oid == oid)
		k--;
	for (end = p->members.v + p->members.n; k < end && k->oid == oid; k++)
		if (!strcmp(k->thing, catalog))
			return true;
	return false;
}

/* -- the questions -------------------------------------------------------- */

/* Writes a query as this server understands it. */
static const char *
query_sql(struct postgres_pass *p, const struct postgres_query *q)
{
	const char *sql = q->sql, *at;

	if (p->written && (at = strstr(sql, POSTGRES_WRITTEN)))
		sql = arena_fmt(&p->scratch, "%.*s%s%s", (int)(at - sql), sql,
		    q->written, at + strlen(POSTGRES_WRITTEN));
	for (size_t i = 0; i < 4 && q->newer[i].since; i++) {
		const struct postgres_newer *n = &q->newer[i];

		if (p->version >= n->since)
			continue;
		while ((at = strstr(sql, n->text)))
			sql =
			    arena_fmt(&p->scratch, "%.*s%s%s", (int)(at - sql),
				sql, n->instead, at + strlen(n->text));
	}
	return sql;
}

const char *
postgres_managed(struct arena *a, struct db *db)
{
	const struct names *names = db_managed(db);
	struct buf b = { 0 };
	const char *text;

	buf_putc(&b, '{');
	for (size_t i = 0; i < names->n; i++) {
		buf_puts(&b, i ? ",\"" : "\"");
		for (const char *s = names->v[i]; *s; s++) {
			if (*s == '"' || *s == '\\')
				buf_putc(&b, '\\');
			buf_putc(&b, *s);
		}
		buf_putc(&b, '"');
	}
	buf_putc(&b, '}');
	text = arena_strdup(a, buf_str(&b));
	buf_release(&b);
	return text;
}

VEC(asks, struct db_ask);

/* Adds all queries that have something to find and were not asked before. */
static void
add_asks(struct postgres_pass *p, bool asked[HAS_COUNT], struct asks *asks)
{
	const char **params = arena_array(&p->scratch, const char *, 2);
	bool now[HAS_COUNT];

	params[0] = postgres_managed(&p->scratch, p->db);
	params[1] = p->written;
	for (size_t i = 0; i < HAS_COUNT; i++)
		now[i] = p->has[i] && !asked[i];
	for (size_t i = 0; i < TOPICS; i++)
		for (size_t k = 0; k < topics[i]->n; k++) {
			const struct postgres_query *q = &topics[i]->queries[k];
			const char *sql = query_sql(p, q);
			struct db_ask ask = { .sql = sql,
				.params = params,
				.n = strstr(sql, "$2")   ? 2
				     : strstr(sql, "$1") ? 1
							 : 0,
				.read = q->read };

			if (now[q->when] && (!p->written || q->written))
				vec_push(&p->scratch, asks, ask);
		}
	for (size_t i = 0; i < HAS_COUNT; i++)
		asked[i] |= now[i];
}

static bool
ask_all(struct postgres_pass *p, bool asked[HAS_COUNT])
{
	struct asks asks = { 0 };

	add_asks(p, asked, &asks);
	return !asks.n || db_ask(p->db, asks.v, asks.n, p, p->err);
}

/* -- ahead ---------------------------------------------------------------- */

static void
read_nothing(void *pass, struct db_rows *r)
{
	(void)pass;
	(void)r;
}

/* What else there is, and what is there nearly always, as one moment shows it.
 */
static void
add_ahead(struct postgres_pass *p, bool asked[HAS_COUNT], struct asks *asks)
{
	struct db_ask begin = {
		.sql = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		.read = read_nothing,
	};
	struct db_ask survey = {
		.sql = postgres_survey_sql(&p->scratch, p->db),
		.read = postgres_survey_read,
	};

	p->has[HAS_NOTHING] = p->has[HAS_ENUM] = p->has[HAS_PUBLIC] = true;
	vec_push(&p->scratch, asks, begin);
	vec_push(&p->scratch, asks, survey);
	add_asks(p, asked, asks);
}

static struct postgres_pass
pass_of(struct arena *a, struct db *db, struct err *err)
{
	struct postgres_db *conn = (struct postgres_db *)db;

	return (struct postgres_pass){ .a = a,
		.db = db,
		.version = conn->pq->PQserverVersion(conn->conn),
		.err = err };
}

bool
postgres_introspect_ahead(struct db *db, struct err *err)
{
	struct postgres_db *conn = (struct postgres_db *)db;
	struct postgres_pass p = pass_of(NULL, db, err);
	bool ok, asked[HAS_COUNT] = { false };
	struct asks asks = { 0 };

	add_ahead(&p, asked, &asks);
	ok = postgres_send(db, asks.v, asks.n, err);
	conn->seen_of = NULL;
	if (ok)
		conn->ahead_of = db_managed(db);
	arena_release(&p.scratch);
	return ok;
}

bool
postgres_introspect_is_ahead(struct db *db)
{
	struct postgres_db *conn = (struct postgres_db *)db;

	return conn->ahead_of && conn->ahead_of == db_managed(db);
}

/* Reads what was sent ahead. */
static bool
take_ahead(struct postgres_pass *p, bool asked[HAS_COUNT])
{
	struct asks asks = { 0 };

	add_ahead(p, asked, &asks);
	return postgres_receive(p->db, asks.v, asks.n, p, p->err);
}

static void
read_fingerprint(void *db, struct db_rows *r)
{
	postgres_fingerprint_read(db, r);
}

bool
postgres_introspect_end(struct db *db, char *hex, struct err *err)
{
	struct postgres_db *conn = (struct postgres_db *)db;
	struct db_ask asks[POSTGRES_AGAIN + 1];
	struct arena mem = { 0 };
	const char *sql = postgres_fingerprint_sql(&mem, db);
	size_t n = hex ? postgres_again_asks(conn, &mem, sql, asks) : 0;
	bool ok;

	if (hex)
		asks[n - 1].read = read_fingerprint;
	asks[n++] = (struct db_ask){ .sql = "COMMIT", .read = read_nothing };
	ok = postgres_ask(db, asks, n, db, err);
	if (hex) {
		postgres_again_note(conn, sql, ok);
		memcpy(hex, conn->seen_hex, HASH_HEX);
	}
	arena_release(&mem);
	return ok;
}

static bool
finish_all(struct postgres_pass *p)
{
	for (size_t i = 0; i < TOPICS; i++)
		if (topics[i]->finish && !topics[i]->finish(p))
			return false;
	return true;
}

bool
postgres_is_online(struct postgres_pass *p, const struct postgres_relation *r,
    const char *name, enum postgres_online what, bool valid)
{
	struct online *o = NULL;

	if (!text_starts(name, ONLINE_PREFIX))
		return false;
	/* a part has it of the whole */
	if (r->partition && what != ONLINE_IS_INDEX &&
	    !text_starts(name, ONLINE_PART))
		return true;
	for (size_t i = 0; i < p->s->online.n && !o; i++)
		if (!strcmp(p->s->online.v[i].name, name))
			o = &p->s->online.v[i];
	if (!o) {
		vec_push(p->a, &p->s->online,
		    (struct online){ .name = arena_strdup(p->a, name),
			.schema = r->table->schema,
			.table = r->table->name });
		o = &p->s->online.v[p->s->online.n - 1];
	}
	o->part = text_starts(name, ONLINE_PART);
	o->column |= what == ONLINE_IS_COLUMN;
	o->constraint |= what == ONLINE_IS_CONSTRAINT;
	o->valid |= valid;
	return true;
}

static bool
names_owner(const struct schema *s)
{
	for (size_t i = 0; i < s->objects.n; i++)
		if (object_says_owner(s->objects.v[i]))
			return true;
	return false;
}

/* What has the transaction's mark. What is written inside a block that catches
 * errors has another one, and is not found. */
static const char written[] =
    "WITH x AS MATERIALIZED (SELECT pg_current_xact_id()::xid AS id)"
    " SELECT coalesce(array_agg(w.oid), '{}') FROM (SELECT c.oid"
    " FROM pg_class c, x WHERE c.relkind IN ('r', 'p') AND c.xmin = x.id"
    " UNION ALL SELECT t.oid FROM pg_type t, x WHERE t.typtype = 'e'"
    " AND t.xmin = x.id) w";

static bool
find_written(struct postgres_pass *p)
{
	struct db_rows *r = db_query(p->db, written, NULL, 0, p->err);
	bool ok = r && db_rows_next(r, p->err);

	if (ok)
		p->written = arena_strdup(&p->scratch, db_text(r, 0));
	if (r)
		db_rows_end(r);
	return ok;
}

/* What is to be asked; some may have been already. */
static bool
find_all(struct postgres_pass *p, bool asked[HAS_COUNT])
{
	if (postgres_introspect_is_ahead(p->db)) {
		if (!take_ahead(p, asked))
			return false;
	} else {
		p->has[HAS_UNMANAGED] = true;
		if (!postgres_survey(p))
			return false;
	}
	p->has[HAS_PART_SAID] = p->has[HAS_PARTITION];
	p->has[HAS_PUBLIC] = true;
	p->has[HAS_OWNER_SAID] = p->like && names_owner(p->like);
	p->has[HAS_OWNER] &= !p->has[HAS_OWNER_SAID];
	return true;
}

enum extent { ALL, TABLES, WRITTEN };

static struct schema *
read_schema(struct arena *a, struct db *db, const struct schema *like,
    enum extent extent, struct err *err)
{
	struct postgres_pass p = pass_of(a, db, err);
	struct arena mine = { 0 };
	bool ok = true, asked[HAS_COUNT] = { false };

	p.like = like;
	if (like)
		p.a = &mine;
	p.s = arena_new(p.a, struct schema);
	p.s->dialect = DIALECT_POSTGRES;
	if (extent == WRITTEN)
		ok = find_written(&p);
	if (extent == ALL)
		ok = find_all(&p, asked);
	else
		p.has[HAS_NOTHING] = p.has[HAS_ENUM] = p.has[HAS_PARTITION] =
		    p.has[HAS_CHILD] = true;
	p.has[HAS_COMMENT] |= extent == WRITTEN;
	ok = ok && ask_all(&p, asked);
	/* what the columns have said of themselves */
	p.has[HAS_OWN_SEQUENCE] = p.sequences != 0;
	p.has[HAS_OBJECT_COMMENT] = p.has[HAS_COMMENT];
	ok = ok && (extent != ALL || ask_all(&p, asked)) && finish_all(&p);
	arena_release(&p.scratch);
	if (ok && like)
		p.s = postgres_like(a, p.s, like);
	arena_release(&mine);
	return ok ? p.s : NULL;
}

struct schema *
postgres_introspect(
    struct arena *a, struct db *db, const struct schema *like, struct err *err)
{
	return read_schema(a, db, like, ALL, err);
}

struct schema *
postgres_introspect_tables(struct arena *a, struct db *db, struct err *err)
{
	return read_schema(a, db, NULL, TABLES, err);
}

struct schema *
postgres_introspect_written(struct arena *a, struct db *db, struct err *err)
{
	return read_schema(a, db, NULL, WRITTEN, err);
}
