/* spell - what is declared compares as the server would spell it
 *
 * Hundreds of expressions are loaded as they are written, read back, and
 * compared: nothing may differ once the server was asked, and all of it must
 * once the meaning is another.
 */
#include "tests/postgres/psql.h"
#include "tests/postgres/spell_samples.h"

#include "dsl/postgres.h"
#include "introspect/introspect.h"
#include "sql/key.h"
#include "transpile/transpile.h"

#include <stdio.h>

#define D DIALECT_POSTGRES
#define COUNT(list) (sizeof(list) / sizeof(*(list)))

struct scene {
	struct arena a;
	struct err err;
	struct db *db;
	struct names managed;
	const char *state;
	struct schema *declared, *current;
};

static const char setup[] =
    "CREATE SCHEMA app;"
    "CREATE TYPE mood AS ENUM ('happy', 'sad');"
    "CREATE TYPE app.mood AS ENUM ('calm', 'wild');"
    "CREATE TYPE app.pair AS (a integer, b text);"
    "CREATE DOMAIN app.email AS text CHECK (VALUE ~ '@');"
    "CREATE SEQUENCE counter;"
    "CREATE SEQUENCE app.other;"
    "CREATE FUNCTION app.twice(integer) RETURNS integer LANGUAGE sql"
    " IMMUTABLE AS 'SELECT $1 * 2';"
    "CREATE FUNCTION app.is_good(v text, strict boolean DEFAULT false)"
    " RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT v <> ''''';"
    "CREATE FUNCTION app.same(text, text) RETURNS boolean LANGUAGE sql"
    " IMMUTABLE AS 'SELECT $1 = $2';"
    "CREATE OPERATOR app.=== (LEFTARG = text, RIGHTARG = text,"
    " FUNCTION = app.same);";

static void
must(struct scene *s, bool ok, const char *what)
{
	if (!ok)
		fail_msg("%s: %s", what, s->err.text ? s->err.text : "?");
}

/* -- what is declared ------------------------------------------------------ */

static struct expr
expr_of(struct scene *s, const char *text)
{
	return (struct expr){ text, sql_key(&s->a, D, text) };
}

static struct table *
add_table(struct scene *s, const char *name)
{
	struct table *t = arena_new(&s->a, struct table);

	t->name = name;
	t->source = (struct source){ "collections/samples.c", 1 };
	schema_add_table(&s->a, s->declared, t);
	return t;
}

static struct column *
add_column(struct scene *s, struct table *t, const char *name, const char *type)
{
	struct column *c = arena_new(&s->a, struct column);

	c->name = name;
	c->type = type;
	c->source = t->source;
	vec_push(&s->a, &t->columns, c);
	return c;
}

static struct table *
add_samples(struct scene *s, const char *name)
{
	struct table *t = add_table(s, name);

	for (size_t i = 0; i < COUNT(sample_columns); i++)
		add_column(
		    s, t, sample_columns[i].name, sample_columns[i].type);
	return t;
}

static void
add_check(struct scene *s, struct table *t, const char *name, const char *text)
{
	struct constraint *c = arena_new(&s->a, struct constraint);

	c->kind = CONSTRAINT_CHECK;
	c->name = name;
	c->check = expr_of(s, text);
	vec_push(&s->a, &t->constraints, c);
}

static struct index *
add_index(struct scene *s, struct table *t, const char *name, const char *text)
{
	struct index *x = arena_new(&s->a, struct index);
	struct part p = { 0 };

	for (size_t i = 0; i < t->columns.n; i++)
		if (!strcmp(t->columns.v[i]->name, text))
			p.column = text;
	if (!p.column)
		p.expr = expr_of(s, text);
	x->name = name;
	vec_push(&s->a, &x->parts, p);
	vec_push(&s->a, &t->indexes, x);
	return x;
}

static void
declare_indexes(struct scene *s)
{
	struct table *t = schema_table(s->declared, NULL, "samples");

	for (size_t i = 0; i < COUNT(sample_indexes); i++) {
		struct index *x = add_index(s, t,
		    arena_fmt(&s->a, "index_%zu", i), sample_indexes[i].expr);

		x->method = sample_indexes[i].method;
		x->parts.v[0].opclass = sample_indexes[i].opclass;
		x->parts.v[0].collation = sample_indexes[i].collation;
		if (sample_indexes[i].where)
			x->where = expr_of(s, sample_indexes[i].where);
	}
}

static void
add_partition(
    struct scene *s, struct table *t, const char *name, const char *bound)
{
	vec_push(&s->a, &t->partitions,
	    (struct partition){ .name = name, .bound = expr_of(s, bound) });
}

static void
declare_partitions(struct scene *s)
{
	struct table *t = add_table(s, "by_range");

	add_column(s, t, "at", "timestamp with time zone");
	add_column(s, t, "price", "numeric(10,2)");
	t->partition_by = expr_of(s, "range (at, \"price\")");
	add_partition(s, t, "range_old",
	    "from (MINVALUE, MINVALUE) to ('2026-01-01', 1)");
	add_partition(s, t, "range_new",
	    "FROM ('2026-01-01', 1) TO ('2027-01-01 00:00:00+02', 2.5)");
	add_partition(s, t, "range_rest", "DEFAULT");
	t = add_table(s, "by_list");
	add_column(s, t, "title", "text");
	t->partition_by = expr_of(s, "LIST (lower(title))");
	add_partition(s, t, "list_a", "IN ('a', 'b', NULL)");
	t = add_table(s, "by_hash");
	add_column(s, t, "whole", "integer");
	t->partition_by = expr_of(s, "HASH (whole int4_ops)");
	add_partition(s, t, "hash_0", "WITH (modulus 2, remainder 0)");
	add_partition(s, t, "hash_1", "WITH (MODULUS 2, REMAINDER 1)");
}

static void
declare_exclusion(struct scene *s)
{
	struct table *t = add_table(s, "bookings");
	struct constraint *c = arena_new(&s->a, struct constraint);

	add_column(s, t, "during", "tstzrange");
	add_column(s, t, "host", "inet");
	add_column(s, t, "from_at", "timestamp with time zone");
	add_column(s, t, "ok", "boolean");
	c->kind = CONSTRAINT_EXCLUDE;
	c->name = "bookings_during_excl";
	constraint_say(&s->a, c)->method = "gist";
	constraint_say(&s->a, c)->where =
	    expr_of(s, "ok = true AND from_at > '2020-01-01'");
	vec_push(&s->a, &c->parts,
	    (struct part){
		.column = "during", .with = "&&", .opclass = "range_ops" });
	vec_push(&s->a, &c->parts,
	    (struct part){ .column = "host",
		.with = "OPERATOR(pg_catalog.&&)",
		.opclass = "inet_ops" });
	vec_push(&s->a, &c->parts,
	    (struct part){
		.expr = expr_of(s, "tstzrange(from_at, upper(during))"),
		.with = "&&" });
	vec_push(&s->a, &t->constraints, c);
}

static void
declare(struct scene *s)
{
	struct table *t;

	s->declared = arena_new(&s->a, struct schema);
	s->declared->dialect = D;
	t = add_samples(s, "samples");
	for (size_t i = 0; i < COUNT(sample_checks); i++)
		add_check(
		    s, t, arena_fmt(&s->a, "check_%zu", i), sample_checks[i]);
	declare_indexes(s);
	t = add_table(s, "defaults");
	for (size_t i = 0; i < COUNT(sample_defaults); i++)
		add_column(s, t, arena_fmt(&s->a, "default_%zu", i),
		    sample_defaults[i].type)
		    ->default_value = expr_of(s, sample_defaults[i].text);
	t = add_samples(s, "generated");
	for (size_t i = 0; i < COUNT(sample_generated); i++) {
		struct column *c =
		    add_column(s, t, arena_fmt(&s->a, "generated_%zu", i),
			sample_generated[i].type);

		c->generated = expr_of(s, sample_generated[i].text);
		c->stored = true;
	}
	declare_partitions(s);
	declare_exclusion(s);
}

/* -- the database -----------------------------------------------------------
 */

static void
load(struct scene *s, const struct schema *schema)
{
	struct buf sql = { 0 };

	psql_create("spell");
	buf_puts(&sql, setup);
	transpile_schema(&sql, schema);
	if (!psql_exec("spell", buf_str(&sql), &s->err))
		fail_msg("%s", s->err.text);
	buf_release(&sql);
}

static void
open_db(struct scene *s, const char *options)
{
	struct db_url url;

	must(s,
	    db_url_parse(&s->a, &url,
		arena_fmt(&s->a, "postgresql:///spell%s", options), &s->err),
	    "url");
	must(s, db_open(&s->db, &url, DB_WRITE, &s->err), "open");
	if (!s->managed.n) {
		vec_push(&s->a, &s->managed, "public");
		vec_push(&s->a, &s->managed, "app");
	}
	db_manage(s->db, &s->managed);
}

static void
read_current(struct scene *s)
{
	s->current = introspect(&s->a, s->db, &s->err);
	must(s, s->current != NULL, "introspect");
	/* what stands beside the samples is not asked here */
	s->current->objects.n = s->current->enums.n = 0;
	schema_reindex(&s->a, s->current);
}

static void
begin(struct scene *s)
{
	declare(s);
	load(s, s->declared);
	open_db(s, "");
	read_current(s);
}

/* The cache is for one test, or two of its runs. */
static void
keep_state(struct scene *s, const char *name)
{
	s->state = arena_fmt(&s->a, "%s/%s", getenv("PGHOST"), name);
}

static void
go(struct scene *s, const char *sql)
{
	must(s, db_exec(s->db, sql, &s->err), sql);
}

static void
end(struct scene *s)
{
	db_close(s->db);
	err_release(&s->err);
	arena_release(&s->a);
}

/* Counts the lines that only one of two texts has, and shows them. */
static size_t
differences(struct scene *s, bool show)
{
	const char *sides[] = { schema_text(&s->a, s->declared),
		schema_text(&s->a, s->current) };
	size_t n = 0;

	for (int k = 0; k < 2; k++) {
		const char *other = arena_fmt(&s->a, "\n%s\n", sides[1 - k]);

		for (const char *at = sides[k]; *at;) {
			size_t len = strcspn(at, "\n");
			const char *line =
			    arena_fmt(&s->a, "\n%.*s\n", (int)len, at);

			if (!strstr(other, line)) {
				n += k == 0;
				if (show)
					print_error(
					    "%c %.*s\n", "-+"[k], (int)len, at);
			}
			at += len + (at[len] != '\0');
		}
	}
	return n;
}

static void
assert_quiet(struct scene *s)
{
	if (!schema_equal(s->declared, s->current))
		fail_msg("%zu differ", differences(s, true));
}

static size_t
spell(struct scene *s, const struct schema *current)
{
	struct names unproven = { 0 };

	must(s,
	    introspect_spell(&s->a, s->db, s->declared, current, s->state,
		&unproven, &s->err),
	    "introspect_spell");
	for (size_t i = 0; i < unproven.n && i < 5; i++)
		print_message("unproven: %s\n", unproven.v[i]);
	return unproven.n;
}

static void
test_samples(void **state)
{
	struct scene s = { 0 };

	(void)state;
	begin(&s);
	keep_state(&s, "samples");
	/* as texts they are others */
	assert_true(differences(&s, false) > 200);
	assert_int_equal(spell(&s, s.current), 0);
	assert_quiet(&s);
	/* the server is not asked again */
	declare(&s);
	assert_int_equal(spell(&s, NULL), 0);
	assert_quiet(&s);
	end(&s);
}

/* -- what is another stays another -------------------------------------------
 */

static void
twist(struct scene *s, struct expr *e)
{
	*e = expr_of(s, arena_fmt(&s->a, "NOT (%s)", e->text));
}

static void
test_other_meaning(void **state)
{
	struct scene s = { 0 };
	struct table *t;
	size_t n = COUNT(sample_checks);

	(void)state;
	begin(&s);
	t = schema_table(s.declared, NULL, "samples");
	for (size_t i = 0; i < t->constraints.n; i++)
		twist(&s, &t->constraints.v[i]->check);
	for (size_t i = 0; i < t->indexes.n; i++) {
		n += t->indexes.v[i]->where.text != NULL;
		if (t->indexes.v[i]->where.text)
			twist(&s, &t->indexes.v[i]->where);
	}
	spell(&s, s.current);
	assert_int_equal(differences(&s, false), n);
	end(&s);
}

/* What a dump says makes another spelling when it is loaded: varchar IN is one
 * of these. */
static void
test_one_more_round(void **state)
{
	struct scene s = { 0 };

	(void)state;
	begin(&s);
	keep_state(&s, "round");
	db_close(s.db);
	load(&s, s.current);
	open_db(&s, "");
	read_current(&s);
	assert_int_equal(spell(&s, s.current), 0);
	assert_quiet(&s);
	/* that is known, too */
	declare(&s);
	assert_int_equal(spell(&s, NULL), 0);
	assert_quiet(&s);
	end(&s);
}

/* -- what it must not touch ---------------------------------------------------
 */

static const char locks[] =
    "BEGIN; LOCK TABLE samples, defaults, generated, by_range, by_list,"
    " by_hash, bookings IN ACCESS EXCLUSIVE MODE";

static void
test_no_locks(void **state)
{
	struct scene s = { 0 };
	struct db *mine, *other;
	int64_t n;

	(void)state;
	begin(&s);
	mine = s.db;
	open_db(&s, "");
	other = s.db;
	go(&s, locks);
	s.db = mine;
	go(&s, "SET lock_timeout = '200ms'");
	assert_int_equal(spell(&s, s.current), 0);
	assert_quiet(&s);
	db_close(other);
	/* no number of a sequence is gone */
	must(&s,
	    db_count(s.db,
		"SELECT (SELECT count(*) FROM counter WHERE is_called)"
		" + (SELECT count(*) FROM app.other WHERE is_called)",
		&n, &s.err),
	    "count");
	assert_int_equal(n, 0);
	must(&s,
	    db_count(s.db,
		"SELECT count(*) FROM pg_class WHERE relpersistence = 't'"
		" AND relkind <> 't' AND relkind <> 'i'",
		&n, &s.err),
	    "count");
	assert_int_equal(n, 0);
	end(&s);
}

/* -- where it may not ask -------------------------------------------------- */

static void
test_no_temp(void **state)
{
	struct scene s = { 0 };
	struct names unproven = { 0 };
	size_t n;

	(void)state;
	begin(&s);
	go(&s, "REVOKE ALL ON DATABASE spell FROM PUBLIC;"
	       "GRANT CONNECT ON DATABASE spell TO PUBLIC;"
	       "DROP ROLE IF EXISTS plain; CREATE ROLE plain LOGIN;"
	       "GRANT USAGE ON SCHEMA app TO plain");
	db_close(s.db);
	open_db(&s, "?user=plain");
	n = spell(&s, s.current);
	assert_true(n > 200);
	assert_true(differences(&s, false) > 200);
	/* as the plan would, which makes them all anew */
	db_close(s.db);
	open_db(&s, "");
	vec_push(&s.a, &unproven, "samples");
	must(&s, db_begin(s.db, &s.err), "begin");
	must(&s,
	    introspect_spelled(
		&s.a, s.db, s.declared, s.current, NULL, &unproven, &s.err),
	    "introspect_spelled");
	assert_quiet(&s);
	must(&s, db_commit(s.db, &s.err), "commit");
	go(&s, "GRANT USAGE ON SCHEMA deesse TO plain;"
	       "GRANT SELECT ON deesse.spelling TO plain");
	db_close(s.db);
	/* from then on the database itself knows */
	open_db(&s, "?user=plain");
	declare(&s);
	spell(&s, s.current);
	assert_quiet(&s);
	end(&s);
}

static void
test_event_trigger(void **state)
{
	struct scene s = { 0 };

	(void)state;
	begin(&s);
	go(&s, "CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS"
	       " 'BEGIN RAISE EXCEPTION ''no tables today''; END';"
	       "CREATE EVENT TRIGGER no ON ddl_command_start"
	       " WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION no()");
	assert_true(spell(&s, s.current) > 200);
	end(&s);
}

/* -- what only the plan makes ---------------------------------------------- */

static const char *const made_texts[] = {
	"mood IN ('happy', 'new')",
	"mood <> 'new'::mood",
	"far = 'new'",
	"far = 'new'::app.fresh",
	"far::app.fresh IN ('new', 'other')",
	"fars @> ARRAY['new'::app.fresh]",
	"code = 'a'::app.code",
	"code::text IN ('a', 'b')",
};

static struct enum_type *
add_enum(
    struct scene *s, const char *schema, const char *name, const char *label)
{
	struct enum_type *e = arena_new(&s->a, struct enum_type);

	e->schema = schema;
	e->name = name;
	vec_push(&s->a, &e->labels, label);
	vec_push(&s->a, &e->labels, "other");
	schema_add_enum(&s->a, s->declared, e);
	return e;
}

static void
declare_made(struct scene *s, bool made)
{
	static const char domain[] =
	    "CREATE DOMAIN app.code AS text CHECK (VALUE <> '')";
	static const char sequence[] = "CREATE SEQUENCE fresh_numbers";
	struct object *o;
	struct table *t;

	s->declared = arena_new(&s->a, struct schema);
	s->declared->dialect = D;
	t = add_table(s, "made");
	t->schema = "app";
	add_column(s, t, "mood", "mood");
	add_column(s, t, "far", "app.fresh")->default_value =
	    expr_of(s, "'new'");
	add_column(s, t, "fars", "app.fresh[]")->default_value =
	    expr_of(s, "ARRAY['new'::app.fresh]");
	add_column(s, t, "code", "app.code")->default_value = expr_of(s, "'a'");
	add_column(s, t, "number", "bigint")->default_value =
	    expr_of(s, "nextval('fresh_numbers')");
	for (size_t i = 0; i < COUNT(made_texts); i++)
		add_check(s, t, arena_fmt(&s->a, "made_%zu", i), made_texts[i]);
	t = add_table(s, "made");
	add_column(s, t, "title", "text");
	add_check(s, t, "made_title", "title IN ('a', 'b')");
	if (!made)
		return;
	add_enum(s, NULL, "mood", "new");
	vec_push(&s->a, &s->declared->enums.v[0]->labels, "happy");
	add_enum(s, "app", "fresh", "new");
	o = arena_new(&s->a, struct object);
	*o = (struct object){ .kind = OBJECT_DOMAIN,
		.schema = "app",
		.name = "code",
		.sql = expr_of(s, domain) };
	schema_add_object(&s->a, s->declared, o);
	o = arena_new(&s->a, struct object);
	*o = (struct object){ .kind = OBJECT_SEQUENCE,
		.name = "fresh_numbers",
		.sql = expr_of(s, sequence) };
	schema_add_object(&s->a, s->declared, o);
}

/* The types are not there when the server is asked, and then they are. */
static void
test_made_types(void **state)
{
	struct scene s = { 0 };
	struct buf sql = { 0 };
	struct schema *empty;

	(void)state;
	declare_made(&s, false);
	psql_create("spell");
	buf_puts(&sql, "CREATE SCHEMA app; CREATE TYPE mood AS ENUM ('happy');"
		       "CREATE TABLE goes (x integer);");
	must(&s, psql_exec("spell", buf_str(&sql), &s.err), "before");
	open_db(&s, "");
	empty = introspect(&s.a, s.db, &s.err);
	declare_made(&s, true);
	assert_int_equal(spell(&s, empty), 0);
	buf_cut(&sql, 0);
	buf_puts(&sql,
	    "DROP TYPE mood; CREATE TYPE mood AS ENUM ('new', 'happy');"
	    "CREATE TYPE app.fresh AS ENUM ('new', 'other');"
	    "CREATE DOMAIN app.code AS text CHECK (VALUE <> '');"
	    "CREATE SEQUENCE fresh_numbers; DROP TABLE goes;");
	s.declared->objects.n = s.declared->enums.n = 0;
	transpile_schema(&sql, s.declared);
	must(&s, psql_exec("spell", buf_str(&sql), &s.err), "after");
	read_current(&s);
	assert_quiet(&s);
	buf_release(&sql);
	end(&s);
}

/* One that cannot be asked does not keep the others from it. */
static void
test_bad_among_good(void **state)
{
	static const char *const bad[] = { "no_such_function(title)",
		"title > 0", "1; DROP TABLE samples", "1) OR (true",
		"title <> 'unfinished", "title <> '' /* unfinished" };
	struct scene s = { 0 };
	struct table *t;

	(void)state;
	begin(&s);
	t = schema_table(s.declared, NULL, "samples");
	for (size_t i = 0; i < COUNT(bad); i++)
		add_check(&s, t, arena_fmt(&s.a, "bad_%zu", i), bad[i]);
	t = schema_table(s.declared, NULL, "defaults");
	t->columns.v[0]->default_value = expr_of(&s, "no_such_function()");
	t->columns.v[1]->default_value = expr_of(&s, "1; DROP TABLE samples");
	t = schema_table(s.declared, NULL, "by_list");
	add_column(&s, t, "gone", "no_such_type");
	assert_int_equal(spell(&s, s.current), COUNT(bad) + 3);
	assert_int_equal(differences(&s, true), COUNT(bad) + 3);
	end(&s);
}

/* -- a moment is no default ------------------------------------------------ */

static void
test_fleeting(void **state)
{
	static const struct {
		const char *type, *text;
	} moments[] = {
		{ "timestamp with time zone", "'now'" },
		{ "timestamp without time zone", "'NOW'::timestamp" },
		{ "date", "'today'" },
		{ "date", "DATE ' tomorrow '" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(moments); i++) {
		struct scene s = { 0 };

		s.declared = arena_new(&s.a, struct schema);
		s.declared->dialect = D;
		add_column(&s, add_table(&s, "events"), "at", moments[i].type)
		    ->default_value = expr_of(&s, moments[i].text);
		psql_create("spell");
		open_db(&s, "");
		read_current(&s);
		assert_false(introspect_spell(
		    &s.a, s.db, s.declared, s.current, NULL, NULL, &s.err));
		assert_non_null(strstr(s.err.text, "collections/samples.c:1"));
		assert_non_null(strstr(s.err.text, "events.at"));
		assert_non_null(strstr(s.err.text, "now()"));
		end(&s);
	}
}

/* -- the file -------------------------------------------------------------- */

static void
test_damaged_file(void **state)
{
	struct scene s = { 0 };
	struct buf good = { 0 };
	const char *path;

	(void)state;
	begin(&s);
	keep_state(&s, "damaged");
	path = file_join(&s.a, s.state, "spelling");
	spell(&s, s.current);
	must(&s, file_read(&good, path, &s.err), "read");
	for (size_t n = 0; n < good.len; n += good.len / 50 + 1) {
		size_t cut = n % 3 == 0 ? n : good.len;

		good.s[n] ^= 1;
		must(&s, file_update(path, good.s, cut, &s.err), "write");
		good.s[n] ^= 1;
		declare(&s);
		assert_int_equal(spell(&s, NULL), 0);
		/* nothing of it was believed */
		assert_true(differences(&s, false) > 200);
	}
	assert_int_equal(spell(&s, s.current), 0);
	assert_quiet(&s);
	buf_release(&good);
	end(&s);
}

/* -- what is paired while it is made --------------------------------------- */

static const struct {
	enum object_kind kind;
	const char *name, *table, *text;
} made_objects[] = {
	{ OBJECT_VIEW, "titles", NULL,
	    "CREATE VIEW titles AS SELECT *, 'x' AS y FROM samples "
	    "WHERE title IN ('a','b')" },
	{ OBJECT_MATERIALIZED_VIEW, "counted", NULL,
	    "CREATE MATERIALIZED VIEW counted AS select count(*) n "
	    "from samples s join defaults d on true" },
	{ OBJECT_POLICY, "own", "samples",
	    "CREATE POLICY own ON samples USING (code = current_user)" },
	{ OBJECT_RULE, "keep", "samples",
	    "CREATE RULE keep AS ON DELETE TO samples DO INSTEAD NOTHING" },
};

static void
declare_objects(struct scene *s)
{
	for (size_t i = 0; i < COUNT(made_objects); i++) {
		struct object *o = arena_new(&s->a, struct object);

		*o = (struct object){ .kind = made_objects[i].kind,
			.name = made_objects[i].name,
			.table = made_objects[i].table,
			.sql = expr_of(s, made_objects[i].text) };
		schema_add_object(&s->a, s->declared, o);
	}
}

static void
test_made_objects(void **state)
{
	struct scene s = { 0 };

	(void)state;
	declare(&s);
	psql_create("spell");
	must(&s, psql_exec("spell", setup, &s.err), "setup");
	open_db(&s, "");
	declare_objects(&s);
	must(&s, db_begin(s.db, &s.err), "begin");
	{
		struct buf sql = { 0 };

		transpile_schema(&sql, s.declared);
		go(&s, buf_str(&sql));
		buf_release(&sql);
	}
	s.current = introspect(&s.a, s.db, &s.err);
	must(&s, s.current != NULL, "introspect");
	must(&s,
	    introspect_spelled(
		&s.a, s.db, s.declared, s.current, NULL, NULL, &s.err),
	    "introspect_spelled");
	must(&s, db_commit(s.db, &s.err), "commit");
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < COUNT(made_objects); i++) {
			const struct object *o = schema_object(s.declared,
			    made_objects[i].kind, NULL, made_objects[i].name);
			const struct object *now =
			    schema_object_like(s.current, o);

			assert_non_null(now);
			assert_string_equal(now->sql.key, o->sql.key);
		}
		/* another run, another machine */
		declare(&s);
		declare_objects(&s);
		spell(&s, s.current);
	}
	/* what somebody else wrote there is another */
	go(&s,
	    "CREATE OR REPLACE VIEW titles AS SELECT *, 'z' AS y FROM samples");
	s.current = introspect(&s.a, s.db, &s.err);
	declare(&s);
	declare_objects(&s);
	spell(&s, s.current);
	assert_string_not_equal(
	    schema_object(s.declared, OBJECT_VIEW, NULL, "titles")->sql.key,
	    schema_object(s.current, OBJECT_VIEW, NULL, "titles")->sql.key);
	end(&s);
}

/* -- former names ---------------------------------------------------------- */

static void
test_renamed(void **state)
{
	struct scene s = { 0 };
	struct table *t;
	struct column_more *more;
	const struct table *was;

	(void)state;
	begin(&s);
	t = schema_table(s.declared, NULL, "bookings");
	t->name = "stays";
	vec_push(&s.a, &t->was, "bookings");
	t->columns.v[3]->name = "fine";
	more = column_say(&s.a, t->columns.v[3]);
	vec_push(&s.a, &more->was, "ok");
	t->columns.v[3]->default_value = expr_of(&s, "'yes'");
	constraint_say(&s.a, t->constraints.v[0])->where =
	    expr_of(&s, "fine = true AND from_at > '2020-01-01'");
	schema_reindex(&s.a, s.declared);
	go(&s, "ALTER TABLE bookings ALTER ok SET DEFAULT true");
	read_current(&s);
	was = schema_table(s.current, NULL, "bookings");
	assert_int_equal(spell(&s, s.current), 0);
	assert_string_equal(t->columns.v[3]->default_value.key,
	    was->columns.v[3]->default_value.key);
	assert_true(expr_equal(&t->constraints.v[0]->parts.v[2].expr,
	    &was->constraints.v[0]->parts.v[2].expr));
	end(&s);
}

/* -- the many names of a type ------------------------------------------------
 */

static const char *const type_words[] = { "int4", "INT", "Int8", "int2",
	"SMALLINT", "varchar(20)", "VARCHAR", "char(3)", "char", "bpchar",
	"CHARACTER (4)", "\"char\"", "nchar", "nchar(2)", "national char(3)",
	"national character varying (12)", "nchar varying(3)", "timestamptz",
	"timestamp", "timestamptz(3)", "timestamp (0) with time zone",
	"TIMESTAMP WITHOUT  TIME ZONE", "timetz", "time(2)",
	"time with time zone[3]", "interval year to month",
	"interval second (3)", "interval(2)", "INTERVAL", "decimal (10, 2)",
	"dec(7)", "dec", "NUMERIC", "numeric(5,0)", "numeric(5)", "float(24)",
	"float(25)", "float", "float4", "double   precision", "float8[]",
	"float(20)[]", "bool", "bit", "bit(5)", "bit varying", "varbit(7)",
	"BIT VARYING (9)", "int[]", "int4[3]", "varchar(5)[]", "text[][]",
	"int array", "integer ARRAY[4]", "timestamptz[]", "timestamptz(2)[]",
	"_int4", "_varchar", "numeric(4,1)[]", "pg_catalog.int4",
	"pg_catalog.varchar(9)", "PG_CATALOG.bool", "pg_catalog.char",
	"pg_catalog.timestamptz(3)", "app . mood", "\"app\".\"mood\"",
	"app.mood[]", "\"app\".mood[2]", "App.\"pair\"", "\"text\"",
	"app.email", "pg_catalog._float8" };

static void
test_type_names(void **state)
{
	struct scene s = { 0 };
	struct buf sql = { 0 }, got = { 0 };
	const char *at;

	(void)state;
	psql_create("spell");
	buf_fmt(&sql, "%s CREATE TEMP TABLE t (", setup);
	for (size_t i = 0; i < COUNT(type_words); i++)
		buf_fmt(&sql, "%sc%zu %s", i ? ", " : "", i, type_words[i]);
	buf_puts(&sql,
	    "); SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
	    " WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum");
	if (!psql_ask(&got, "spell", buf_str(&sql), &s.err))
		fail_msg("%s", s.err.text);
	at = buf_str(&got);
	for (size_t i = 0; i < COUNT(type_words); i++) {
		size_t n = strcspn(at, "\n");

		assert_string_equal(postgres_type_name(&s.a, type_words[i]),
		    arena_strndup(&s.a, at, n));
		at += n + 1;
	}
	assert_int_equal(*at, '\0');
	buf_release(&sql);
	buf_release(&got);
	arena_release(&s.a);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_other_meaning),
		cmocka_unit_test(test_one_more_round),
		cmocka_unit_test(test_no_locks),
		cmocka_unit_test(test_no_temp),
		cmocka_unit_test(test_event_trigger),
		cmocka_unit_test(test_made_types),
		cmocka_unit_test(test_bad_among_good),
		cmocka_unit_test(test_fleeting),
		cmocka_unit_test(test_damaged_file),
		cmocka_unit_test(test_made_objects),
		cmocka_unit_test(test_renamed),
		cmocka_unit_test(test_type_names),
	};

	if (!getenv("PGHOST")) {
		fprintf(stderr, "usage: tests/postgres/cluster %s\n", argv[0]);
		return 64;
	}
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
