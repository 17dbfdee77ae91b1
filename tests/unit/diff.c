/* diff - what is found, in which order, and what it is said to mean
 *
 * That plans made of it run is tests/unit/transpile.c. */
#include "tests/unit/notation.h"

#include "diff/diff.h"

#define SQLITE DIALECT_SQLITE
#define POSTGRES DIALECT_POSTGRES

struct two {
	struct arena a;
	struct schema *from, *to;
	struct diff *d;
};

static void
compare(struct two *t, enum dialect d, const char *from, const char *to)
{
	t->from = notation_read(&t->a, d, "app.c", from);
	t->to = notation_read(&t->a, d, "app.c", to);
	t->d = diff_schemas(&t->a, t->from, t->to);
}

/* All changes, one a line. */
static const char *
texts(struct two *t)
{
	const char *text = "";

	for (size_t i = 0; i < t->d->changes.n; i++)
		text = arena_fmt(&t->a, "%s%s\n", text,
		    change_text(&t->a, t->d->changes.v[i]));
	return text;
}

static const struct change *
only(struct two *t)
{
	assert_int_equal(t->d->changes.n, 1);
	return t->d->changes.v[0];
}

/* -- types ---------------------------------------------------------------- */

struct retype_case {
	const char *from, *to;
	const char *rule; /* NULL: nothing is said */
	enum finding_class class;
	const char *using; /* NULL: none */
};

static const struct retype_case postgres_types[] = {
	{ "character varying(10)", "character varying(20)", NULL, 0, NULL },
	{ "character varying(20)", "character varying(10)", "type-narrowing",
	    CLASS_DATA_DEPENDENT, NULL },
	{ "character varying(10)", "character varying", NULL, 0, NULL },
	{ "character varying(10)", "text", NULL, 0, NULL },
	{ "text", "character varying", NULL, 0, NULL },
	{ "text", "character varying(10)", "type-narrowing",
	    CLASS_DATA_DEPENDENT, NULL },
	{ "character(5)", "character(10)", "type-rewrite", CLASS_BLOCKING,
	    NULL },
	{ "text", "citext", "type-reindex", CLASS_BLOCKING, NULL },
	{ "numeric(10,2)", "numeric(12,2)", NULL, 0, NULL },
	{ "numeric(10,2)", "numeric", NULL, 0, NULL },
	{ "numeric(12,2)", "numeric(10,2)", "type-narrowing",
	    CLASS_DATA_DEPENDENT, NULL },
	{ "numeric(10,2)", "numeric(12,4)", "type-rewrite", CLASS_BLOCKING,
	    NULL },
	{ "numeric(10,2)", "numeric(10,4)", "type-narrowing",
	    CLASS_DATA_DEPENDENT, NULL },
	{ "numeric(10,2)", "numeric(10,1)", "type-narrowing", CLASS_DATA_LOSS,
	    NULL },
	{ "numeric", "numeric(10,2)", "type-narrowing", CLASS_DATA_LOSS, NULL },
	{ "integer", "bigint", "type-rewrite", CLASS_BLOCKING, NULL },
	{ "bigint", "integer", "type-narrowing", CLASS_DATA_DEPENDENT, NULL },
	{ "integer", "numeric(4,1)", "type-narrowing", CLASS_DATA_DEPENDENT,
	    NULL },
	{ "integer", "real", "type-narrowing", CLASS_DATA_LOSS, NULL },
	{ "bigint", "double precision", "type-narrowing", CLASS_DATA_LOSS,
	    NULL },
	{ "numeric", "integer", "type-narrowing", CLASS_DATA_LOSS, NULL },
	{ "double precision", "real", "type-narrowing", CLASS_DATA_LOSS, NULL },
	{ "integer", "text", "type-rewrite", CLASS_BLOCKING, NULL },
	{ "uuid", "character varying(36)", "type-narrowing",
	    CLASS_DATA_DEPENDENT, NULL },
	{ "text", "integer", "type-cast", CLASS_DATA_DEPENDENT, "a::integer" },
	{ "text", "uuid", "type-cast", CLASS_DATA_DEPENDENT, "a::uuid" },
	{ "integer", "boolean", "type-narrowing", CLASS_DATA_LOSS,
	    "a::boolean" },
	{ "timestamp without time zone", "timestamp with time zone",
	    "type-meaning", CLASS_DATA_LOSS, NULL },
	{ "timestamp with time zone", "timestamp without time zone",
	    "type-meaning", CLASS_DATA_LOSS, NULL },
	{ "timestamp(3) without time zone", "timestamp(6) without time zone",
	    NULL, 0, NULL },
	{ "timestamp(6) without time zone", "timestamp(3) without time zone",
	    "type-narrowing", CLASS_DATA_LOSS, NULL },
	{ "timestamp without time zone", "date", "type-narrowing",
	    CLASS_DATA_LOSS, NULL },
	{ "interval(6)", "interval(3)", "type-narrowing", CLASS_DATA_LOSS,
	    NULL },
	{ "bit(4)", "bit(8)", "type-narrowing", CLASS_DATA_DEPENDENT,
	    "a::bit(8)" },
	{ "bit varying(4)", "bit varying(8)", NULL, 0, NULL },
	{ "json", "jsonb", "type-narrowing", CLASS_DATA_LOSS, NULL },
	{ "cidr", "inet", NULL, 0, NULL },
	{ "inet", "cidr", "type-narrowing", CLASS_DATA_LOSS, NULL },
	{ "character varying(10)[]", "character varying(20)[]", "type-rewrite",
	    CLASS_BLOCKING, NULL },
	{ "integer", "integer[]", "type-narrowing", CLASS_DATA_LOSS,
	    "ARRAY[a]" },
	{ "integer", "text[]", "type-narrowing", CLASS_DATA_LOSS,
	    "ARRAY[a::text]::text[]" },
	{ "integer[]", "integer", "type-cast", CLASS_DATA_DEPENDENT,
	    "a::text::integer" },
	{ "money", "point", "type-cast", CLASS_DATA_DEPENDENT,
	    "a::text::point" },
	{ "jsonb", "integer", "type-cast", CLASS_DATA_DEPENDENT, "a::integer" },
	{ "box", "polygon", "type-cast", CLASS_DATA_DEPENDENT, "a::polygon" },
	{ "uuid", "some", "type-cast", CLASS_DATA_DEPENDENT, "a::some" },
};

static const struct retype_case sqlite_types[] = {
	{ "VARCHAR(20)", "TEXT", NULL, 0, NULL },
	{ "INTEGER", "BIGINT", NULL, 0, NULL },
	{ "INTEGER", "DECIMAL(5,2)", NULL, 0, NULL },
	{ "REAL", "INTEGER", NULL, 0, NULL },
	{ "TEXT", "BLOB", NULL, 0, NULL },
	{ "TEXT", "INTEGER", "type-affinity", CLASS_DATA_DEPENDENT, NULL },
	{ "TEXT", "REAL", "type-affinity", CLASS_DATA_DEPENDENT, NULL },
	{ "", "INTEGER", "type-affinity", CLASS_DATA_DEPENDENT, NULL },
	{ "INTEGER", "TEXT", "type-affinity", CLASS_DATA_DEPENDENT, NULL },
	{ "BOOLEAN", "DOUBLE", "type-affinity", CLASS_DATA_DEPENDENT, NULL },
	/* the first rule that fits wins: this has an INT in it */
	{ "FLOATING POINT", "INTEGER", NULL, 0, NULL },
};

static void
try_type(enum dialect d, const struct retype_case *k)
{
	struct two t = { 0 };
	const char *using;
	const struct change *c;

	compare(&t, d, arena_fmt(&t.a, "table t\ncolumn a\t%s\n", k->from),
	    arena_fmt(&t.a, "table t\ncolumn a\t%s\n", k->to));
	c = only(&t);
	print_message("%s to %s\n", k->from, k->to);
	assert_int_equal(c->kind, CHANGE_COLUMN_TYPE);
	assert_int_equal(c->findings.n, k->rule ? 1 : 0);
	if (k->rule) {
		const struct finding *f = &c->findings.v[0];

		assert_string_equal(f->rule, k->rule);
		assert_int_equal(f->class, k->class);
		assert_string_equal(f->object, "t.a");
		assert_int_equal(f->rows, -1);
		assert_int_equal(f->destructive, k->class != CLASS_BLOCKING);
	}
	assert_int_equal(c->phase, k->rule && k->class != CLASS_BLOCKING
				       ? PHASE_TIGHTEN
				       : PHASE_RELAX);
	using = diff_conversion(&t.a, d, c);
	if (!k->using)
		assert_null(using);
	else
		assert_string_equal(using, k->using);
	arena_release(&t.a);
}

static void
test_types(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(postgres_types) / sizeof(*postgres_types);
	     i++)
		try_type(POSTGRES, &postgres_types[i]);
	for (size_t i = 0; i < sizeof(sqlite_types) / sizeof(*sqlite_types);
	     i++)
		try_type(SQLITE, &sqlite_types[i]);
}

/* -- what proves what ----------------------------------------------------- */

static void
test_checks_that_widen(void **state)
{
	static const struct {
		const char *old, *new;
		bool widens;
	} cases[] = {
		{ "a <= 10", "a <= 20", true },
		{ "a <= 20", "a <= 10", false },
		{ "a >= 10", "a >= 5", true },
		{ "a >= 5", "a >= 10", false },
		{ "a >= -5", "a >= -10", true },
		{ "a >= -10", "a >= -5", false },
		{ "a >= 0 AND a <= 5", "a >= 0 AND a <= 6", true },
		{ "a >= 0 AND a <= 5", "a >= 1 AND a <= 6", false },
		{ "length(a) <= 9", "length(a) <= 10", true },
		{ "NOT (a <= 10)", "NOT (a <= 20)", false },
		{ "(a <= 10) = b", "(a <= 20) = b", false },
		{ "(a <= 10) < b", "(a <= 20) < b", false },
		{ "CASE WHEN a <= 1 THEN 0 ELSE 1 END",
		    "CASE WHEN a <= 2 THEN 0 ELSE 1 END", false },
		{ "a < 1.5", "a < 1.6", true },
		{ "a <= 10 + b", "a <= 20 + b", false },
		{ "a = 1", "a = 2", false },
		{ "b IN ('x', 'y')", "b IN ('x', 'z', 'y')", true },
		{ "b IN ('x', 'y')", "b IN ('x')", false },
		{ "b NOT IN ('x')", "b NOT IN ('x', 'y')", false },
		{ "b IN ('x') = a", "b IN ('x', 'y') = a", false },
		{ "b IN ('x')", "a IN ('x', 'y')", false },
		{ "a IN (1, 2)", "a IN (1, 2, 3)", true },
		{ "b IN ('a''b')", "b IN ('a', 'a''b')", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct two t = { 0 };

		print_message("%s to %s\n", cases[i].old, cases[i].new);
		compare(&t, SQLITE,
		    arena_fmt(&t.a,
			"table t\ncolumn a\tINTEGER\ncolumn b\tTEXT\n"
			"check t_c\t%s\n",
			cases[i].old),
		    arena_fmt(&t.a,
			"table t\ncolumn a\tINTEGER\ncolumn b\tTEXT\n"
			"check t_c\t%s\n",
			cases[i].new));
		assert_int_equal(t.d->changes.n, 2);
		assert_ptr_equal(t.d->changes.v[0]->mate, t.d->changes.v[1]);
		for (size_t k = 0; k < 2; k++) {
			assert_int_equal(t.d->changes.v[k]->phase,
			    cases[i].widens ? PHASE_RELAX : PHASE_TIGHTEN);
			assert_int_equal(t.d->changes.v[k]->findings.n,
			    k == 1 && !cases[i].widens);
		}
		arena_release(&t.a);
	}
}

/* -- order ---------------------------------------------------------------- */

static void
test_order_of_references(void **state)
{
	struct two t = { 0 };

	(void)state;
	compare(&t, POSTGRES,
	    "table a\ncolumn id\tbigint\nunique a_id_key\tid\n"
	    "table b\ncolumn a_id\tbigint\nforeign b_fk\ta_id\ta\tid\n"
	    "table c\ncolumn x\tbigint\n",
	    "table c\ncolumn x\tbigint\nforeign c_fk\tx\tnew\tid\n"
	    "table new\ncolumn id\tbigint\nprimary new_pkey\tid\n"
	    "table a\ncolumn id\tbigint\n"
	    "table b\ncolumn a_id\tbigint\n");
	assert_string_equal(texts(&t),
	    "create table new\n"
	    "drop FOREIGN KEY (a_id) REFERENCES a from b\n"
	    "drop UNIQUE (id) from a\n"
	    "add FOREIGN KEY (x) REFERENCES new to c\n");
	arena_release(&t.a);
}

static void
test_phase_follows_needs(void **state)
{
	struct two t = { 0 };
	const struct change *create;

	(void)state;
	/* a table that references what only a unique constraint makes */
	compare(&t, POSTGRES, "table a\ncolumn n\tbigint\n",
	    "table a\ncolumn n\tbigint\nunique a_n_key\tn\n"
	    "table b\ncolumn n\tbigint\nforeign b_fk\tn\ta\tn\n");
	assert_string_equal(texts(&t), "add UNIQUE (n) to a\ncreate table b\n");
	create = t.d->changes.v[1];
	assert_int_equal(create->phase, PHASE_TIGHTEN);
	assert_int_equal(create->needs.n, 1);
	assert_ptr_equal(create->needs.v[0], t.d->changes.v[0]);
	assert_int_equal(create->findings.n, 0);
	arena_release(&t.a);
}

static void
test_order_of_views(void **state)
{
	struct two t = { 0 };

	(void)state;
	compare(&t, POSTGRES,
	    "table a\ncolumn n\tinteger\ncolumn m\ttext\n"
	    "view top\tCREATE VIEW top AS SELECT * FROM mid\n"
	    "view mid\tCREATE VIEW mid AS SELECT n FROM a\n"
	    "view other\tCREATE VIEW other AS SELECT m FROM a\n",
	    "table a\ncolumn n\tbigint\ncolumn m\ttext\n"
	    "view top\tCREATE VIEW top AS SELECT * FROM mid\n"
	    "view mid\tCREATE VIEW mid AS SELECT n FROM a\n"
	    "view other\tCREATE VIEW other AS SELECT m FROM a\n");
	assert_string_equal(texts(&t), "drop view top\n"
				       "drop view mid\n"
				       "change the type of a.n\n"
				       "create view mid\n"
				       "create view top\n");
	/* nothing is lost: neither is a finding */
	for (size_t i = 0; i < t.d->changes.n; i++)
		assert_int_equal(t.d->changes.v[i]->phase, PHASE_RELAX);
	assert_int_equal(t.d->changes.v[0]->findings.n, 0);
	arena_release(&t.a);
}

/* -- renames -------------------------------------------------------------- */

static void
test_renames_that_do_not_act(void **state)
{
	struct two t = { 0 };

	(void)state;
	/* both are there: each is what it is */
	compare(&t, SQLITE,
	    "table a\ncolumn x\tTEXT\ntable b\ncolumn y\tTEXT\n",
	    "table a\twas b\ncolumn x\tTEXT\n"
	    "table b\twas a\ncolumn y\tTEXT\n");
	assert_string_equal(texts(&t), "");
	/* neither is there */
	compare(&t, SQLITE, "", "table a\twas b\ncolumn x\tTEXT\twas z\n");
	assert_string_equal(texts(&t), "create table a\n");
	/* two want the same: the first gets it */
	compare(&t, SQLITE, "table t\ncolumn x\tTEXT\n",
	    "table t\ncolumn a\tTEXT\twas x\ncolumn b\tTEXT\twas x\n");
	assert_string_equal(
	    texts(&t), "rename column t.x to a\nadd column t.b\n");
	/* a ring that would turn forever */
	compare(&t, SQLITE, "table t\ncolumn x\tTEXT\n",
	    "table t\ncolumn x\tTEXT\twas y\ncolumn y\tTEXT\twas x\n");
	assert_string_equal(
	    texts(&t), "rename column t.x to y\nadd column t.x\n");
	arena_release(&t.a);
}

static void
test_newest_former_name(void **state)
{
	struct two t = { 0 };

	(void)state;
	compare(&t, SQLITE, "table t\ncolumn one\tTEXT\ncolumn two\tTEXT\n",
	    "table t\ncolumn three\tTEXT\twas one two\n");
	assert_string_equal(
	    texts(&t), "rename column t.two to three\ndrop column t.one\n");
	arena_release(&t.a);
}

/* -- guesses -------------------------------------------------------------- */

static void
test_guesses(void **state)
{
	struct two t = { 0 };
	const struct unresolved *u;

	(void)state;
	compare(&t, SQLITE,
	    "table posts\ncolumn id\tINTEGER\ncolumn body\tTEXT\n",
	    "table posts\ncolumn id\tINTEGER\ncolumn summary\tTEXT\n"
	    "column views\tINTEGER\ncolumn body_text\tTEXT\n");
	assert_int_equal(t.d->unresolved.n, 1);
	u = &t.d->unresolved.v[0];
	assert_string_equal(u->kind, "rename");
	assert_string_equal(u->from, "posts.body");
	assert_int_equal(u->to.n, 2);
	assert_string_equal(u->to.v[0], "posts.body_text");
	assert_string_equal(u->to.v[1], "posts.summary");
	assert_int_equal(u->drop->kind, CHANGE_DROP_COLUMN);
	assert_string_equal(u->drop->old_column->name, "body");
	/* said by .was: no question */
	compare(&t, SQLITE, "table posts\ncolumn body\tTEXT\n",
	    "table posts\ncolumn text\tTEXT\twas body\n");
	assert_int_equal(t.d->unresolved.n, 0);
	/* nothing like it comes */
	compare(&t, SQLITE,
	    "table a\ncolumn x\tTEXT\ncolumn y\tTEXT\n"
	    "table c\ncolumn z\tTEXT\n",
	    "table b\ncolumn p\tTEXT\ncolumn q\tTEXT\n"
	    "table c\ncolumn n\tINTEGER\n");
	assert_int_equal(t.d->unresolved.n, 0);
	arena_release(&t.a);
}

/* -- keys and targets ----------------------------------------------------- */

static const char *const shop = "table posts\n"
				"column id\tINTEGER\n"
				"column Title\tTEXT\n"
				"column old\tTEXT\n"
				"primary -\tid\n"
				"unique -\tTitle, old\n"
				"check ok\told <> 'X'\n"
				"foreign -\tid\tusers\tid\n"
				"index posts_old\told\n"
				"table users\n"
				"column id\tINTEGER\n"
				"view v\tCREATE VIEW v AS SELECT 1\n";

static const char *
joined(struct arena *a, const struct names *names)
{
	const char *text = "";

	for (size_t i = 0; i < names->n; i++)
		text = arena_fmt(a, "%s%s\n", text, names->v[i]);
	return text;
}

static void
test_keys(void **state)
{
	struct arena a = { 0 };
	struct names keys = { 0 };

	(void)state;
	diff_keys(&a, notation_read(&a, SQLITE, "app.c", shop), &keys);
	assert_string_equal(joined(&a, &keys),
	    "table posts\n"
	    "column posts.id\n"
	    "column posts.title\n"
	    "column posts.old\n"
	    "constraint posts.primary-key(id)\n"
	    "constraint posts.unique(title, old)\n"
	    "constraint posts.check(old <> 'X')\n"
	    "constraint posts.foreign-key(id)\n"
	    "index posts.posts_old\n"
	    "table users\n"
	    "column users.id\n"
	    "view v\n");
	arena_release(&a);
}

struct owner {
	struct arena a;
	struct schema *current, *target;
	struct map owned;
	struct names kept;
};

static const char *
drop_what_is_owned(struct owner *o, const char *current, const char *declared)
{
	struct two t = { 0 };
	const char *text;

	o->current = notation_read(&o->a, SQLITE, "db", current);
	o->kept = (struct names){ 0 };
	o->target =
	    diff_target(&o->a, notation_read(&o->a, SQLITE, "app.c", declared),
		o->current, &o->owned, &o->kept);
	t.d = diff_schemas(&o->a, o->current, o->target);
	text = arena_strdup(&o->a, texts(&t));
	arena_release(&t.a);
	return text;
}

static void
own(struct owner *o, const char *key)
{
	map_put(&o->a, &o->owned, key, o);
}

static void
test_strays_stay(void **state)
{
	struct owner o = { 0 };
	struct names none = { 0 };

	(void)state;
	own(&o, "table gone");
	assert_string_equal(
	    drop_what_is_owned(
		&o, shop, "table posts\ncolumn id\tINTEGER\nprimary -\tid\n"),
	    "");
	assert_string_equal(joined(&o.a, &o.kept),
	    "column posts.title\n"
	    "column posts.old\n"
	    "constraint posts.unique(title, old)\n"
	    "constraint posts.check(old <> 'X')\n"
	    "constraint posts.foreign-key(id)\n"
	    "index posts.posts_old\n"
	    "table users\n"
	    "column users.id\n"
	    "view v\n");
	/* in their place */
	assert_string_equal(o.target->tables.v[0]->columns.v[1]->name, "Title");
	assert_string_equal(o.target->tables.v[0]->columns.v[2]->name, "old");
	/* who owns everything keeps nothing */
	o.target = diff_target(&o.a,
	    notation_read(&o.a, SQLITE, "app.c", "table x\ncolumn y\tTEXT\n"),
	    o.current, NULL, &none);
	assert_int_equal(o.target->tables.n, 1);
	assert_int_equal(o.target->objects.n, 0);
	assert_int_equal(none.n, 0);
	arena_release(&o.a);
}

static struct partition
part(struct arena *a, const char *name, const char *bound)
{
	return (struct partition){ .name = name,
		.bound = { bound, sql_key(a, DIALECT_POSTGRES, bound) } };
}

/* IGNORE keeps what everybody owns, and says nothing of it. */
static void
test_ignored_stays(void **state)
{
	struct arena a = { 0 };
	struct names kept = { 0 };
	struct schema *now, *declared, *target;
	const struct diff *d;

	(void)state;
	now = notation_read(&a, DIALECT_POSTGRES, "db",
	    "enum tmp_mood\thappy\ntable log\ncolumn at\tdate\n"
	    "table tmp_1\ncolumn a\ttext\ntable gone\ncolumn a\ttext\n"
	    "view tmp_v\tCREATE VIEW tmp_v AS SELECT 1\n");
	declared = notation_read(
	    &a, DIALECT_POSTGRES, "app.c", "table log\ncolumn at\tdate\n");
	vec_push(&a, &declared->ignored, "tmp_*");
	vec_push(&a, &declared->ignored, "log_p20*");
	vec_push(&a, &now->tables.v[0]->partitions,
	    part(&a, "log_p2026", "FROM ('2026-01-01') TO ('2027-01-01')"));
	vec_push(
	    &a, &now->tables.v[0]->partitions, part(&a, "log_rest", "DEFAULT"));
	target = diff_target(&a, declared, now, NULL, &kept);
	d = diff_schemas(&a, now, target);
	assert_int_equal(kept.n, 0);
	assert_int_equal(d->changes.n, 2);
	assert_string_equal(
	    change_text(&a, d->changes.v[0]), "drop partition log_rest of log");
	assert_string_equal(
	    change_text(&a, d->changes.v[1]), "drop table gone");
	arena_release(&a);
}

static void
test_owned_goes(void **state)
{
	struct owner o = { 0 };

	(void)state;
	own(&o, "column posts.old");
	own(&o, "view v");
	/* what stands on the column goes with it, owned or not */
	assert_string_equal(
	    drop_what_is_owned(
		&o, shop, "table posts\ncolumn id\tINTEGER\nprimary -\tid\n"),
	    "drop UNIQUE (Title, old) from posts\n"
	    "drop CHECK (old <> 'X') from posts\n"
	    "drop index posts_old\n"
	    "drop column posts.old\n"
	    "drop view v\n");
	arena_release(&o.a);
}

static void
test_owned_stays_where_strays_need_it(void **state)
{
	struct owner o = { 0 };

	(void)state;
	own(&o, "table users");
	assert_string_equal(drop_what_is_owned(&o, shop, ""), "");
	assert_non_null(schema_table(o.target, NULL, "users"));
	arena_release(&o.a);
}

static void
test_renamed_is_not_stray(void **state)
{
	struct owner o = { 0 };

	(void)state;
	own(&o, "nothing");
	assert_string_equal(drop_what_is_owned(&o, shop,
				"table entries\twas posts\n"
				"column id\tINTEGER\nprimary -\tid\n"
				"column headline\tTEXT\twas Title\n"),
	    "rename table posts to entries\n"
	    "rename column entries.Title to headline\n");
	/* strays came along, under the new names, and are named as they are */
	assert_string_equal(
	    o.target->tables.v[0]->constraints.v[1]->parts.v[0].column,
	    "headline");
	assert_string_equal(o.kept.v[1], "constraint posts.unique(title, old)");
	arena_release(&o.a);
}

/* -- size ----------------------------------------------------------------- */

static const char *
many(struct arena *a, int n, const char *extra)
{
	struct buf b = { 0 };
	const char *text;

	for (int i = 0; i < n; i++) {
		buf_fmt(
		    &b, "table t%d\ncolumn id\tINTEGER\nprimary -\tid\n", i);
		if (i)
			buf_fmt(&b,
			    "column up\tINTEGER\nforeign -\tup\tt%d\tid\n",
			    i - 1);
		buf_fmt(&b, "index t%d_id\tid\n%s", i, extra);
	}
	text = arena_strdup(a, buf_str(&b));
	buf_release(&b);
	return text;
}

static void
test_many_tables(void **state)
{
	struct two t = { 0 };

	(void)state;
	compare(&t, SQLITE, many(&t.a, 1000, ""), many(&t.a, 1000, ""));
	assert_int_equal(t.d->changes.n, 0);
	compare(&t, SQLITE, "", many(&t.a, 1000, ""));
	assert_int_equal(t.d->changes.n, 2000);
	assert_string_equal(t.d->changes.v[999]->new_table->name, "t999");
	compare(&t, SQLITE, many(&t.a, 1000, ""), "");
	assert_int_equal(t.d->changes.n, 1000);
	assert_string_equal(t.d->changes.v[0]->old_table->name, "t999");
	compare(&t, SQLITE, many(&t.a, 1000, ""),
	    many(&t.a, 1000, "column new\tTEXT\n"));
	assert_int_equal(t.d->changes.n, 1000);
	arena_release(&t.a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_checks_that_widen),
		cmocka_unit_test(test_order_of_references),
		cmocka_unit_test(test_phase_follows_needs),
		cmocka_unit_test(test_order_of_views),
		cmocka_unit_test(test_renames_that_do_not_act),
		cmocka_unit_test(test_newest_former_name),
		cmocka_unit_test(test_guesses),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_strays_stay),
		cmocka_unit_test(test_owned_goes),
		cmocka_unit_test(test_ignored_stays),
		cmocka_unit_test(test_owned_stays_where_strays_need_it),
		cmocka_unit_test(test_renamed_is_not_stray),
		cmocka_unit_test(test_many_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
