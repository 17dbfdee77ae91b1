/* live_read - a statement, read as what it makes of a schema */
#include "sync/live_read.h"

#include <string.h>

#include "sentinel/functions.h"
#include "sql/reading.h"
#include "sync/live_alter.h"

#define D DIALECT_POSTGRES

static bool
is_any(const struct reading *r, size_t ahead, const char *const *words)
{
	for (; *words; words++)
		if (token_is(peek(r, ahead), *words))
			return true;
	return false;
}

static bool
ends(const struct reading *r)
{
	return peek(r, 0)->kind == TOKEN_END || token_is(peek(r, 0), ";");
}

/* Takes a table's name, as the schema has it. */
static bool
meet(struct reading *r, struct meeting *m, const struct schema *s)
{
	struct met x = { 0 };

	if (!read_name(r, &x.schema, &x.name))
		return false;
	x.table = schema_table(s, x.schema, x.name);
	vec_push(r->a, &m->tables, x);
	return true;
}

static void
make_other(struct reading *r, struct meeting *m, const struct met *x)
{
	vec_push(r->a, &m->made, x->schema);
	vec_push(r->a, &m->made, x->name);
}

static void
remove_table(struct schema *s, const struct table *t)
{
	size_t n = 0;

	for (size_t i = 0; i < s->tables.n; i++)
		if (s->tables.v[i] != t)
			s->tables.v[n++] = s->tables.v[i];
	s->tables.n = n;
}

/* ---- one reader a statement --------------------------------------------- */

static void
read_drop_table(struct reading *r, const struct schema *from, struct meeting *m)
{
	m->lenient = accept_words(r, "IF EXISTS");
	do {
		if (!meet(r, m, from))
			return;
	} while (accept_token(r, ","));
	m->cascades = accept_token(r, "cascade");
	accept_token(r, "restrict");
	m->takes_rows = true;
	m->read = ends(r);
	m->to = schema_share(r->a, from);
	for (size_t i = 0; i < m->tables.n; i++) {
		remove_table(m->to, m->tables.v[i].table);
		if (m->tables.v[i].table)
			make_other(r, m, &m->tables.v[i]);
	}
	schema_reindex(r->a, m->to);
}

static void
read_truncate(struct reading *r, const struct schema *from, struct meeting *m)
{
	accept_token(r, "table");
	do {
		accept_token(r, "only");
		if (!meet(r, m, from))
			return;
		accept_token(r, "*");
	} while (accept_token(r, ","));
	m->cascades = find_word(r, r->at, "cascade") < r->tokens.n;
	m->takes_rows = m->read = true;
}

static void
read_rows(struct reading *r, const struct schema *from, struct meeting *m)
{
	m->writes = true;
	accept_token(r, "from");
	accept_token(r, "only");
	m->read = m->takes_rows = meet(r, m, from);
}

static void
read_write(struct reading *r, const struct schema *from, struct meeting *m)
{
	(void)r;
	(void)from;
	m->writes = m->read = true;
}

/* A table of the text's own: what it holds nobody knows from a catalog. */
static void
read_create_table(
    struct reading *r, const struct schema *from, struct meeting *m)
{
	bool unless = accept_words(r, "IF NOT EXISTS");
	struct table *t;

	if (!meet(r, m, from))
		return;
	m->read = true;
	if (m->tables.v[0].table && unless) {
		m->tables.n = 0;
		return;
	}
	make_other(r, m, &m->tables.v[0]);
	if (m->tables.v[0].table)
		m->missing = arena_fmt(
		    r->a, "there is a table %s already", m->tables.v[0].name);
	m->tables.n = 0;
	if (m->missing)
		return;
	t = arena_new(r->a, struct table);
	t->schema = m->made.v[0];
	t->name = m->made.v[1];
	m->to = schema_share(r->a, from);
	vec_push(r->a, &m->to->tables, t);
	schema_reindex(r->a, m->to);
}

/* It hides the table of that name, as long as it is there. */
static void
read_create_temporary(
    struct reading *r, const struct schema *from, struct meeting *m)
{
	accept_words(r, "IF NOT EXISTS");
	if (!meet(r, m, from))
		return;
	make_other(r, m, &m->tables.v[0]);
	m->tables.n = 0;
	m->read = true;
}

static const struct index *
find_index(const struct schema *s, const char *schema, const char *name,
    const struct table **of)
{
	for (size_t i = 0; i < s->tables.n; i++) {
		const struct table *t = s->tables.v[i];
		const struct index *x = table_index(s, t, name);

		if (x &&
		    (schema == t->schema ||
			(schema && t->schema && !strcmp(schema, t->schema)))) {
			*of = t;
			return x;
		}
	}
	return NULL;
}

static void
read_create_index(
    struct reading *r, const struct schema *from, struct meeting *m)
{
	bool unique = accept_token(r, "unique"), unless;
	struct index *x = arena_new(r->a, struct index);
	const struct table *of;
	const char *schema = NULL;
	struct table *t;

	accept_token(r, "index");
	accept_token(r, "concurrently");
	unless = accept_words(r, "IF NOT EXISTS");
	if (!token_is(peek(r, 0), "on") && !read_name(r, &schema, &x->name))
		return;
	if (!accept_token(r, "on"))
		return;
	accept_token(r, "only");
	if (!meet(r, m, from) || !m->tables.v[0].table)
		return;
	if (x->name && find_index(from, m->tables.v[0].schema, x->name, &of)) {
		if (!unless)
			m->missing = arena_fmt(
			    r->a, "there is an index %s already", x->name);
		m->read = true;
		return;
	}
	x->unique = unique;
	if (!live_read_index(r, x) || !x->name)
		return;
	m->to = schema_share(r->a, from);
	t = schema_own(r->a, m->to, m->tables.v[0].table);
	vec_push(r->a, &t->indexes, x);
	schema_reindex(r->a, m->to);
	m->read = true;
}

static void
read_alter_table(
    struct reading *r, const struct schema *from, struct meeting *m)
{
	static const char *const others[] = { "all", NULL };

	if (is_any(r, 0, others))
		return;
	m->lenient = accept_words(r, "IF EXISTS");
	accept_token(r, "only");
	if (!meet(r, m, from))
		return;
	accept_token(r, "*");
	m->read = true;
	if (!m->tables.v[0].table)
		return;
	m->to = schema_share(r->a, from);
	live_alter(r, m);
	schema_reindex(r->a, m->to);
}

static void
read_nothing(struct reading *r, const struct schema *from, struct meeting *m)
{
	(void)from;
	m->blinds = find_word(r, 0, "search_path") < r->tokens.n ||
		    find_word(r, 0, "role") < r->tokens.n ||
		    find_word(r, 0, "set_config") < r->tokens.n;
	m->read = true;
}

/* The first row whose words stand there is the reader; what has no row may do
 * anything. */
static const struct {
	const char *words;
	void (*read)(
	    struct reading *r, const struct schema *from, struct meeting *m);
} readers[] = {
	{ "ALTER TABLE", read_alter_table },
	{ "DROP TABLE", read_drop_table },
	{ "TRUNCATE", read_truncate },
	{ "DELETE", read_rows },
	{ "UPDATE", read_rows },
	{ "INSERT", read_write },
	{ "COPY", read_write },
	{ "CREATE TABLE", read_create_table },
	{ "CREATE UNLOGGED TABLE", read_create_table },
	{ "CREATE TEMP TABLE", read_create_temporary },
	{ "CREATE TEMPORARY TABLE", read_create_temporary },
	{ "CREATE", read_create_index }, /* or none */
	{ "BEGIN", read_nothing },
	{ "START", read_nothing },
	{ "COMMIT", read_nothing },
	{ "END", read_nothing },
	{ "SAVEPOINT", read_nothing },
	{ "RELEASE", read_nothing },
	{ "SET", read_nothing },
	{ "SHOW", read_nothing },
	{ "SELECT", read_nothing },
	{ "COMMENT", read_nothing },
	{ "GRANT", read_nothing },
	{ "REVOKE", read_nothing },
	{ "ANALYZE", read_nothing },
	{ "VACUUM", read_nothing },
	{ "LOCK", read_nothing },
	{ "REINDEX", read_nothing },
	{ "DROP INDEX", read_nothing },
	{ "DROP VIEW", read_nothing },
	{ "DROP TRIGGER", read_nothing },
	{ "DROP FUNCTION", read_nothing },
	{ "DROP POLICY", read_nothing },
	{ "DROP SEQUENCE", read_nothing },
	{ "ALTER INDEX", read_nothing },
	{ "ALTER SEQUENCE", read_nothing },
	{ "ALTER FUNCTION", read_nothing },
	{ "REFRESH", read_nothing },
};

/* CREATE of what is no table and no index touches none. */
static bool
makes_index(const struct reading *r)
{
	size_t at = 1 + (size_t)token_is(peek(r, 1), "unique");

	return token_is(peek(r, at), "index");
}

/* Does a call stand before the parenthesis at that place, of a function that
 * could do anything? "REFERENCES users (" is none. */
static bool
calls_unknown(const struct reading *r, size_t at)
{
	static const char *const named[] = { "references", "on", "only", NULL };
	size_t first = at - 1;
	struct token none = { .kind = TOKEN_END, .at = "" };

	if (!at || !token_names(&r->tokens.v[at - 1]))
		return false;
	while (first >= 2 && token_is(&r->tokens.v[first - 1], "."))
		first -= 2;
	for (const char *const *w = named; first && *w; w++)
		if (token_is(&r->tokens.v[first - 1], *w))
			return false;
	return first < at - 1 ||
	       calls_of(D, &r->tokens.v[at - 1],
		   first ? &r->tokens.v[first - 1] : &none) != CALLS_PURE;
}

static bool
is_quiet(const struct reading *r)
{
	for (size_t i = 0; i < r->tokens.n; i++)
		if (token_is(&r->tokens.v[i], "select") ||
		    (token_is(&r->tokens.v[i], "(") && calls_unknown(r, i)))
			return false;
	return true;
}

struct meeting
live_read(
    struct arena *a, const struct schema *from, const struct statement *st)
{
	struct meeting m = { 0 };
	struct reading r;

	reading_init(&r, a, D, st->text, st->len);
	m.quiet = is_quiet(&r);
	for (size_t i = 0; i < sizeof(readers) / sizeof(*readers); i++) {
		if (!words_at(&r, 0, readers[i].words))
			continue;
		if (readers[i].read == read_create_index && !makes_index(&r)) {
			m.read = true;
			return m;
		}
		accept_words(&r, readers[i].words);
		readers[i].read(&r, from, &m);
		return m;
	}
	m.blinds = true;
	return m;
}
