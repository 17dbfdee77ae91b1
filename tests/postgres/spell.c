/* spell - what is declared compares as the server would spell it
 *
 * Hundreds of expressions are loaded as they are written, read back, and
 * compared: nothing may differ once the server was asked, and all of it must
 * once the meaning is another.
 */
#include "tests/postgres/psql.h"
#include "tests/postgres/spell_samples.h"

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

/* Returns the samples; `twist` gives each expression another meaning. */
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
}

/* -- the database -----------------------------------------------------------
 */

static void
load(struct scene *s)
{
	struct buf sql = { 0 };

	psql_create("spell");
	buf_puts(&sql, setup);
	transpile_schema(&sql, s->declared);
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
	load(s);
	open_db(s, "");
	read_current(s);
	s->state = arena_fmt(&s->a, "%s/spelling", getenv("PGHOST"));
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

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
	};

	if (!getenv("PGHOST")) {
		fprintf(stderr, "usage: tests/postgres/cluster %s\n", argv[0]);
		return 64;
	}
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
