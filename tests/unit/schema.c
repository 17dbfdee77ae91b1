/* schema - lookup, equality, copies and the canonical text */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema/binary.h"
#include "schema/json.h"
#include "schema/schema.h"

static struct names
names_of(struct arena *a, const char *one, const char *two)
{
	struct names n = { 0 };

	vec_push(a, &n, one);
	if (two)
		vec_push(a, &n, two);
	return n;
}

static struct parts
part_of(struct arena *a, const char *column)
{
	struct parts p = { 0 };

	vec_push(a, &p, (struct part){ .column = column });
	return p;
}

static struct column *
add_column(struct arena *a, struct table *t, const char *name, const char *type)
{
	struct column *c = arena_new(a, struct column);

	c->name = name;
	c->type = type;
	vec_push(a, &t->columns, c);
	return c;
}

static struct constraint *
add_constraint(
    struct arena *a, struct table *t, enum constraint_kind kind, const char *on)
{
	struct constraint *c = arena_new(a, struct constraint);

	c->kind = kind;
	if (on)
		c->parts = part_of(a, on);
	vec_push(a, &t->constraints, c);
	return c;
}

/* A schema in which nearly every fact is said. */
static struct schema *
blog(struct arena *a, enum dialect d)
{
	struct schema *s = arena_new(a, struct schema);
	struct table *t = arena_new(a, struct table);
	struct index *i = arena_new(a, struct index);
	struct enum_type *e = arena_new(a, struct enum_type);
	struct object *o = arena_new(a, struct object);
	struct constraint *c;

	s->dialect = d;
	t->name = "posts";
	t->slug = "posts";
	add_column(a, t, "id", "INTEGER");
	add_column(a, t, "title", "TEXT")->default_value =
	    (struct expr){ "'x'", "'x'" };
	add_column(a, t, "author_id", "INTEGER");
	add_constraint(a, t, CONSTRAINT_PRIMARY_KEY, "id");
	c = add_constraint(a, t, CONSTRAINT_CHECK, NULL);
	c->name = "short";
	c->check = (struct expr){ "length(title)<9", "length ( title ) < 9" };
	c = add_constraint(a, t, CONSTRAINT_FOREIGN_KEY, "author_id");
	c->target = "users";
	c->target_columns = names_of(a, "id", NULL);
	c->on_delete = ACTION_CASCADE;
	i->name = "posts_title";
	i->parts = part_of(a, "title");
	vec_push(a, &t->indexes, i);
	schema_add_table(a, s, t);
	t = arena_new(a, struct table);
	t->name = "users";
	t->slug = "people";
	add_column(a, t, "id", "INTEGER");
	schema_add_table(a, s, t);
	e->name = "status";
	e->labels = names_of(a, "draft", "published");
	schema_add_enum(a, s, e);
	o->name = "recent";
	o->kind = OBJECT_VIEW;
	o->sql = (struct expr){ "SELECT 1", "select 1" };
	schema_add_object(a, s, o);
	return s;
}

/* The rule: equal if and only if the texts are. Returns which. */
static bool
agreed(struct arena *a, const struct schema *x, const struct schema *y)
{
	bool equal = schema_equal(x, y);

	assert_int_equal(equal, schema_equal(y, x));
	assert_int_equal(equal, !strcmp(schema_text(a, x), schema_text(a, y)));
	return equal;
}

/* One edit of a copy of blog(), and whether it counts in each dialect. */
struct edit {
	const char *name;
	void (*make)(struct arena *a, struct schema *s);
	bool counts[DIALECT_COUNT];
};

#define POSTS(s) ((s)->tables.v[0])
#define TITLE(s) (POSTS(s)->columns.v[1])
#define CHECKED(s) (POSTS(s)->constraints.v[1])
#define AUTHOR(s) (POSTS(s)->constraints.v[2])
#define TITLED(s) (POSTS(s)->indexes.v[0])

#define EDIT(name, ...)                                                        \
	static void name(struct arena *a, struct schema *s)                    \
	{                                                                      \
		(void)a;                                                       \
		__VA_ARGS__;                                                   \
	}

EDIT(table_name, POSTS(s)->name = "post")
EDIT(table_case, POSTS(s)->name = "POSTS")
EDIT(table_schema, POSTS(s)->schema = "blog")
EDIT(table_strict, POSTS(s)->strict = true)
EDIT(table_rowid, POSTS(s)->without_rowid = true)
EDIT(table_unlogged, POSTS(s)->unlogged = true)
EDIT(table_comment, POSTS(s)->comment = "Posts")
EDIT(table_slug, POSTS(s)->slug = "post"; POSTS(s)->label = "A post")
EDIT(table_source, POSTS(s)->source = ((struct source){ "a.c", 3 }))
EDIT(table_gone, s->tables.n--)
EDIT(tables_swapped, struct table *t = s->tables.v[0];
     s->tables.v[0] = s->tables.v[1]; s->tables.v[1] = t)
EDIT(column_name, TITLE(s)->name = "headline")
EDIT(column_case, TITLE(s)->name = "Title")
EDIT(column_type, TITLE(s)->type = "BLOB")
EDIT(column_type_case, TITLE(s)->type = "text")
EDIT(column_untyped, TITLE(s)->type = "")
EDIT(column_not_null, TITLE(s)->not_null = true)
EDIT(column_conflict, column_say(a, TITLE(s))->on_conflict = "REPLACE")
EDIT(column_abort, column_say(a, TITLE(s))->on_conflict = "abort")
EDIT(column_default, TITLE(s)->default_value.key = "'y'")
EDIT(column_default_text, TITLE(s)->default_value.text = " 'x'")
EDIT(column_no_default, TITLE(s)->default_value = (struct expr){ 0 })
EDIT(column_generated, TITLE(s)->generated.key = "1")
EDIT(column_stored, TITLE(s)->stored = true)
EDIT(column_identity, TITLE(s)->identity = IDENTITY_AUTOINCREMENT)
EDIT(column_collation, TITLE(s)->collation = "NOCASE")
EDIT(column_binary, TITLE(s)->collation = "binary")
EDIT(column_comment, TITLE(s)->comment = "the\nheadline")
EDIT(column_kind, TITLE(s)->kind = TYPE_TEXT; TITLE(s)->field = "t")
EDIT(column_was, column_say(a, TITLE(s))->was = names_of(a, "headline", NULL))
EDIT(column_gone, POSTS(s)->columns.n--)
EDIT(columns_swapped, struct column *c = POSTS(s)->columns.v[0];
     POSTS(s)->columns.v[0] = TITLE(s); POSTS(s)->columns.v[1] = c)
EDIT(check_name, CHECKED(s)->name = "shorter")
EDIT(check_text, CHECKED(s)->check.key = "length ( title ) < 8")
EDIT(check_inline, CHECKED(s)->column = "title")
EDIT(check_valid, CHECKED(s)->not_valid = true)
EDIT(check_inherit, CHECKED(s)->no_inherit = true)
EDIT(check_twice, vec_push(a, &POSTS(s)->constraints, CHECKED(s)))
EDIT(check_gone, POSTS(s)->constraints.v[1] = POSTS(s)->constraints.v[2];
     POSTS(s)->constraints.n--)
EDIT(constraints_swapped, struct constraint *c = CHECKED(s);
     POSTS(s)->constraints.v[1] = AUTHOR(s); POSTS(s)->constraints.v[2] = c)
EDIT(key_kind, POSTS(s)->constraints.v[0]->kind = CONSTRAINT_UNIQUE)
EDIT(key_desc, POSTS(s)->constraints.v[0]->parts.v[0].desc = true)
EDIT(key_conflict,
    constraint_say(a, POSTS(s)->constraints.v[0])->on_conflict = "IGNORE")
EDIT(key_distinct, POSTS(s)->constraints.v[0]->nulls_not_distinct = true)
EDIT(relation_target, AUTHOR(s)->target = "people")
EDIT(relation_schema, AUTHOR(s)->target_schema = "auth")
EDIT(relation_column, AUTHOR(s)->target_columns.v[0] = "uid")
EDIT(relation_columns, AUTHOR(s)->target_columns = names_of(a, "id", "b"))
EDIT(relation_action, AUTHOR(s)->on_delete = ACTION_SET_NULL)
EDIT(relation_none, AUTHOR(s)->on_update = ACTION_NO_ACTION)
EDIT(relation_update, AUTHOR(s)->on_update = ACTION_RESTRICT)
EDIT(relation_match, constraint_say(a, AUTHOR(s))->match = "FULL")
EDIT(relation_simple, constraint_say(a, AUTHOR(s))->match = "SIMPLE")
EDIT(relation_deferrable, AUTHOR(s)->deferrable = true)
EDIT(relation_deferred, AUTHOR(s)->deferred = true)
EDIT(relation_part,
    vec_push(a, &AUTHOR(s)->parts, (struct part){ .column = "b" }))
EDIT(exclude_method, constraint_say(a, CHECKED(s))->method = "gist")
EDIT(exclude_where, constraint_say(a, CHECKED(s))->where.key = "a")
EDIT(exclude_with, POSTS(s)->constraints.v[0]->parts.v[0].with = "&&")
EDIT(constraint_include,
    constraint_say(a, CHECKED(s))->include = names_of(a, "b", NULL))
EDIT(constraint_comment, CHECKED(s)->comment = "no longer")
EDIT(index_name, TITLED(s)->name = "by_title")
EDIT(index_unique, TITLED(s)->unique = true)
EDIT(index_distinct, TITLED(s)->nulls_not_distinct = true)
EDIT(index_desc, TITLED(s)->parts.v[0].desc = true)
EDIT(index_nulls, TITLED(s)->parts.v[0].nulls = "LAST")
EDIT(index_collation, TITLED(s)->parts.v[0].collation = "NOCASE")
EDIT(index_opclass, TITLED(s)->parts.v[0].opclass = "text_pattern_ops")
EDIT(index_expr, TITLED(s)->parts.v[0].column = NULL;
     TITLED(s)->parts.v[0].expr.key = "title")
EDIT(index_where, TITLED(s)->where.key = "title")
EDIT(index_method, TITLED(s)->method = "gin")
EDIT(index_btree, TITLED(s)->method = "btree")
EDIT(index_include, TITLED(s)->include = names_of(a, "id", NULL))
EDIT(index_with, TITLED(s)->with = "fillfactor = 70")
EDIT(index_comment, TITLED(s)->comment = "fast")
EDIT(index_was, TITLED(s)->was = names_of(a, "old", NULL))
EDIT(index_gone, POSTS(s)->indexes.n--)
EDIT(enum_label, s->enums.v[0]->labels.v[0] = "Draft")
EDIT(enum_order, s->enums.v[0]->labels = names_of(a, "published", "draft"))
EDIT(enum_gone, s->enums.n--)
EDIT(enum_was, s->enums.v[0]->was = names_of(a, "state", NULL))
EDIT(object_kind, s->objects.v[0]->kind = OBJECT_TRIGGER)
EDIT(object_table, s->objects.v[0]->table = "posts")
EDIT(object_sql, s->objects.v[0]->sql.key = "select 2")
EDIT(object_name, s->objects.v[0]->name = "popular")

static const struct edit edits[] = {
#define BOTH(e)                                                                \
	{                                                                      \
#e, e,                                                         \
		{                                                              \
			true, true                                             \
		}                                                              \
	}
#define NEVER(e)                                                               \
	{                                                                      \
#e, e,                                                         \
		{                                                              \
			false, false                                           \
		}                                                              \
	}
#define ONLY_POSTGRES(e)                                                       \
	{                                                                      \
#e, e,                                                         \
		{                                                              \
			false, true                                            \
		}                                                              \
	}
	BOTH(table_name),
	ONLY_POSTGRES(table_case),
	BOTH(table_schema),
	BOTH(table_strict),
	BOTH(table_rowid),
	BOTH(table_unlogged),
	ONLY_POSTGRES(table_comment),
	NEVER(table_slug),
	NEVER(table_source),
	BOTH(table_gone),
	NEVER(tables_swapped),
	BOTH(column_name),
	ONLY_POSTGRES(column_case),
	BOTH(column_type),
	ONLY_POSTGRES(column_type_case),
	BOTH(column_untyped),
	BOTH(column_not_null),
	BOTH(column_conflict),
	NEVER(column_abort),
	BOTH(column_default),
	NEVER(column_default_text),
	BOTH(column_no_default),
	BOTH(column_generated),
	BOTH(column_stored),
	BOTH(column_identity),
	BOTH(column_collation),
	ONLY_POSTGRES(column_binary),
	ONLY_POSTGRES(column_comment),
	NEVER(column_kind),
	NEVER(column_was),
	BOTH(column_gone),
	NEVER(columns_swapped),
	ONLY_POSTGRES(check_name),
	BOTH(check_text),
	NEVER(check_inline),
	BOTH(check_valid),
	BOTH(check_inherit),
	BOTH(check_twice),
	BOTH(check_gone),
	NEVER(constraints_swapped),
	BOTH(key_kind),
	BOTH(key_desc),
	BOTH(key_conflict),
	BOTH(key_distinct),
	BOTH(relation_target),
	BOTH(relation_schema),
	BOTH(relation_column),
	BOTH(relation_columns),
	BOTH(relation_action),
	NEVER(relation_none),
	BOTH(relation_update),
	BOTH(relation_match),
	NEVER(relation_simple),
	BOTH(relation_deferrable),
	BOTH(relation_deferred),
	BOTH(relation_part),
	BOTH(exclude_method),
	BOTH(exclude_where),
	BOTH(exclude_with),
	BOTH(constraint_include),
	ONLY_POSTGRES(constraint_comment),
	BOTH(index_name),
	BOTH(index_unique),
	BOTH(index_distinct),
	BOTH(index_desc),
	BOTH(index_nulls),
	BOTH(index_collation),
	BOTH(index_opclass),
	BOTH(index_expr),
	BOTH(index_where),
	BOTH(index_method),
	NEVER(index_btree),
	BOTH(index_include),
	BOTH(index_with),
	ONLY_POSTGRES(index_comment),
	NEVER(index_was),
	BOTH(index_gone),
	BOTH(enum_label),
	BOTH(enum_order),
	BOTH(enum_gone),
	NEVER(enum_was),
	BOTH(object_kind),
	BOTH(object_table),
	BOTH(object_sql),
	BOTH(object_name),
};
#define EDITS (sizeof(edits) / sizeof(*edits))

static void
test_each_fact_counts_as_told(void **state)
{
	(void)state;
	for (int d = 0; d < DIALECT_COUNT; d++) {
		for (size_t i = 0; i < EDITS; i++) {
			struct arena a = { 0 };
			struct schema *s = blog(&a, (enum dialect)d);
			struct schema *t = schema_copy(&a, s);

			edits[i].make(&a, t);
			if (agreed(&a, s, t) == edits[i].counts[d])
				fail_msg("%s, %s: equal is %d",
				    dialect_name((enum dialect)d),
				    edits[i].name, !edits[i].counts[d]);
			/* and the copy was one: the first is untouched */
			assert_true(agreed(&a, s, blog(&a, (enum dialect)d)));
			arena_release(&a);
		}
	}
}

/* Every two edits on two copies: equal exactly if the texts are. */
static void
test_equal_is_text_for_all_pairs(void **state)
{
	(void)state;
	for (int d = 0; d < DIALECT_COUNT; d++) {
		for (size_t i = 0; i < EDITS; i++) {
			struct arena a = { 0 };
			struct schema *s = blog(&a, (enum dialect)d);

			edits[i].make(&a, s);
			schema_reindex(&a, s);
			for (size_t j = 0; j < EDITS; j++) {
				struct schema *t = blog(&a, (enum dialect)d);

				edits[j].make(&a, t);
				schema_reindex(&a, t);
				agreed(&a, s, t);
			}
			arena_release(&a);
		}
	}
}

static void
test_text_of_a_blog(void **state)
{
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(schema_text(&a, blog(&a, DIALECT_SQLITE)),
	    "sqlite\n"
	    "enum status labels (draft, published)\n"
	    "table posts\n"
	    "  column author_id type integer\n"
	    "  column id type integer\n"
	    "  column title type text default \"'x'\"\n"
	    "  check that \"length ( title ) < 9\"\n"
	    "  foreign-key on ( author_id ) to users columns (id)"
	    " on-delete CASCADE\n"
	    "  primary-key on ( id )\n"
	    "  index posts_title on ( title )\n"
	    "table users\n"
	    "  column id type integer\n"
	    "view recent as \"select 1\"\n");
	assert_string_equal(
	    schema_text(&a, &(struct schema){ .dialect = DIALECT_POSTGRES }),
	    "postgres\n");
	arena_release(&a);
}

/* A name cannot pretend to be two facts, nor a comment to be a line. */
static void
test_text_cannot_be_forged(void **state)
{
	struct arena a = { 0 };
	struct schema *s = blog(&a, DIALECT_POSTGRES);
	struct schema *t = schema_copy(&a, s);

	(void)state;
	TITLE(s)->comment = "a\" not-null \"";
	TITLE(t)->comment = "a";
	TITLE(t)->not_null = true;
	assert_false(agreed(&a, s, t));
	TITLE(s)->comment = "a\\n";
	TITLE(t)->comment = "a\n";
	TITLE(t)->not_null = false;
	assert_false(agreed(&a, s, t));
	TITLE(s)->comment = "";
	TITLE(t)->comment = NULL;
	assert_false(agreed(&a, s, t));
	arena_release(&a);
}

static void
test_sqlite_types_fold_case_and_space(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{ "DECIMAL(12,2)", "decimal( 12, 2 )", true },
		{ "DOUBLE PRECISION", "double  precision", true },
		{ "DOUBLE PRECISION", "doubleprecision", false },
		{ "VARCHAR(10)", "VARCHAR (10) ", true },
		{ "VARCHAR(10)", "VARCHAR(1 0)", false },
		{ "VARCHAR(10)", "VARCHAR(100)", false },
		{ "VARCHAR(100)", "VARCHAR(10)", false },
		{ "", "TEXT", false },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct schema *s = blog(&a, DIALECT_SQLITE);
		struct schema *t = blog(&a, DIALECT_SQLITE);

		TITLE(s)->type = cases[i].a;
		TITLE(t)->type = cases[i].b;
		assert_int_equal(agreed(&a, s, t), cases[i].same);
		s->dialect = t->dialect = DIALECT_POSTGRES;
		assert_false(agreed(&a, s, t));
	}
	arena_release(&a);
}

static void
test_lookup(void **state)
{
	struct arena a = { 0 };
	struct schema *s = blog(&a, DIALECT_SQLITE);
	struct schema *p = blog(&a, DIALECT_POSTGRES);
	struct table *t = schema_table(s, NULL, "POSTS");

	(void)state;
	assert_ptr_equal(t, s->tables.v[0]);
	assert_null(schema_table(p, NULL, "POSTS"));
	assert_ptr_equal(schema_table(p, NULL, "posts"), p->tables.v[0]);
	assert_null(schema_table(s, "other", "posts"));
	assert_null(schema_table(s, NULL, "comments"));
	assert_null(schema_table(s, NULL, NULL));
	assert_ptr_equal(schema_slug(s, "people"), s->tables.v[1]);
	assert_null(schema_slug(s, "PEOPLE"));
	assert_null(schema_slug(s, "users"));
	assert_ptr_equal(table_column(s, t, "TITLE"), t->columns.v[1]);
	assert_null(table_column(s, t, "body"));
	assert_ptr_equal(table_index(s, t, "posts_TITLE"), t->indexes.v[0]);
	assert_null(table_index(p, p->tables.v[0], "posts_TITLE"));
	assert_ptr_equal(table_primary_key(t), t->constraints.v[0]);
	assert_null(table_primary_key(s->tables.v[1]));
	assert_ptr_equal(schema_enum(s, NULL, "Status"), s->enums.v[0]);
	assert_null(schema_enum(p, NULL, "Status"));
	assert_ptr_equal(
	    schema_object(s, OBJECT_VIEW, NULL, "recent"), s->objects.v[0]);
	assert_null(schema_object(s, OBJECT_TRIGGER, NULL, "recent"));
	arena_release(&a);
}

/* Lookups are right with no index, with one, and with half of one. */
static void
test_lookup_with_and_without_index(void **state)
{
	struct arena a = { 0 };
	struct schema *s = blog(&a, DIALECT_SQLITE);
	struct schema *copy = schema_copy(&a, s);
	struct table *more = arena_new(&a, struct table);
	struct table *odd = arena_new(&a, struct table);
	char *name = arena_alloc(&a, 1000);

	(void)state;
	assert_ptr_equal(schema_table(copy, NULL, "Users"), copy->tables.v[1]);
	assert_ptr_equal(schema_slug(copy, "people"), copy->tables.v[1]);
	copy->tables.v[1]->name = "persons";
	schema_reindex(&a, copy);
	assert_null(schema_table(copy, NULL, "users"));
	assert_ptr_equal(
	    schema_table(copy, NULL, "persons"), copy->tables.v[1]);
	more->name = more->slug = "tags";
	vec_push(&a, &s->tables, more);
	assert_ptr_equal(schema_table(s, NULL, "tags"), more);
	assert_ptr_equal(schema_slug(s, "tags"), more);
	memset(name, 'n', 999);
	odd->name = odd->slug = name;
	schema_add_table(&a, s, odd);
	assert_ptr_equal(schema_table(s, NULL, name), odd);
	schema_reindex(&a, s);
	assert_ptr_equal(schema_table(s, NULL, name), odd);
	assert_ptr_equal(schema_slug(s, name), odd);
	assert_ptr_equal(schema_table(s, NULL, "tags"), more);
	arena_release(&a);
}

/* The schema and the name are two things, however they are spelled. */
static void
test_lookup_keeps_schema_and_name_apart(void **state)
{
	struct arena a = { 0 };
	struct schema *s = arena_new(&a, struct schema);
	static const char *const pairs[][2] = {
		{ NULL, "a.b" },
		{ "a", "b" },
		{ "a.b", "c" },
		{ "a", "b.c" },
		{ NULL, "b" },
	};

	(void)state;
	s->dialect = DIALECT_POSTGRES;
	for (size_t i = 0; i < 5; i++) {
		struct table *t = arena_new(&a, struct table);

		t->schema = pairs[i][0];
		t->name = pairs[i][1];
		schema_add_table(&a, s, t);
	}
	for (size_t i = 0; i < 5; i++)
		assert_ptr_equal(
		    schema_table(s, pairs[i][0], pairs[i][1]), s->tables.v[i]);
	arena_release(&a);
}

/* Every table is in the map, so that comparing two schemas whose tables stand
 * in another order does not search. */
static void
test_every_table_is_in_the_map(void **state)
{
	struct arena a = { 0 };
	struct schema *s = arena_new(&a, struct schema);
	struct schema *other;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct table *t = arena_new(&a, struct table);

		t->name = arena_fmt(&a, "t%05d", i);
		schema_add_table(&a, s, t);
	}
	assert_int_equal(s->found.tables, 20000);
	assert_int_equal(s->found.map.n, 20000);
	other = schema_copy(&a, s);
	for (size_t i = 0; i < 10000; i++) {
		struct table *t = other->tables.v[i];

		other->tables.v[i] = other->tables.v[19999 - i];
		other->tables.v[19999 - i] = t;
	}
	schema_reindex(&a, other);
	assert_true(schema_equal(s, other));
	arena_release(&a);
}

static void
test_copy_is_deep_enough(void **state)
{
	struct arena a = { 0 };
	struct schema *s = blog(&a, DIALECT_SQLITE), *t;
	const char *before = schema_text(&a, s);

	(void)state;
	t = schema_copy(&a, s);
	vec_push(&a, &POSTS(t)->constraints, AUTHOR(t));
	vec_push(&a, &TITLED(t)->parts, (struct part){ .column = "id" });
	TITLED(t)->parts.v[0].column = "id";
	AUTHOR(t)->parts.v[0].column = "id";
	AUTHOR(t)->target_columns.v[0] = "x";
	t->enums.v[0]->labels.v[0] = "x";
	t->objects.v[0]->name = "x";
	vec_push(&a, &t->tables, POSTS(t));
	assert_string_equal(schema_text(&a, s), before);
	assert_string_not_equal(schema_text(&a, t), before);
	/* an empty one can be copied, too */
	t = schema_copy(&a, &(struct schema){ 0 });
	assert_true(agreed(&a, t, &(struct schema){ 0 }));
	arena_release(&a);
}

/* What it was made of can go, step by step; each text is there once. */
static void
test_pack(void **state)
{
	(void)state;
	for (enum dialect d = 0; d < DIALECT_COUNT; d++) {
		struct arena a = { 0 }, kept = { 0 }, packed = { 0 };
		struct schema *s = blog(&a, d);
		const char *before = schema_text(&packed, s);
		size_t used;

		/* all texts are in memory that is released below */
		schema_take_texts(&a, s);
		schema_take_texts(&kept, s);
		used = arena_used(&kept);
		s = schema_pack(&packed, s);
		arena_release(&a);
		assert_string_equal(schema_text(&packed, s), before);
		assert_ptr_equal(
		    schema_table(s, NULL, POSTS(s)->name), POSTS(s));
		for (size_t i = 0; i < s->tables.n; i++)
			assert_int_equal(s->tables.v[i]->columns.cap,
			    s->tables.v[i]->columns.n);
		/* taken once more: as much as before, for they were packed */
		schema_take_texts(&a, s);
		assert_int_equal(arena_used(&a), used);
		arena_release(&kept);
		assert_string_equal(schema_text(&packed, s), before);
		arena_release(&a);
		arena_release(&packed);
	}
}

static struct schema *
from_part(struct arena *a, const struct buf *b, size_t n, size_t flipped)
{
	char *copy = malloc(n + 1);
	struct schema *s;

	memcpy(copy, b->s, n);
	if (flipped < n)
		copy[flipped] ^= 0x15;
	s = schema_from_bytes(a, copy, n);
	free(copy);
	return s;
}

/* Bytes come back as they were, in memory of their own; what is cut off is no
 * schema, and what is damaged is none or a sound one. */
static void
test_bytes(void **state)
{
	(void)state;
	for (enum dialect d = 0; d < DIALECT_COUNT; d++) {
		struct arena a = { 0 };
		struct schema *s = blog(&a, d), *back;
		struct buf b = { 0 }, one = { 0 }, two = { 0 };
		struct err err = { 0 };

		schema_to_bytes(&b, s);
		back = from_part(&a, &b, b.len, SIZE_MAX);
		assert_non_null(back);
		assert_true(schema_to_json(&one, s, &err));
		assert_true(schema_to_json(&two, back, &err));
		assert_string_equal(one.s, two.s);
		assert_ptr_equal(
		    schema_table(back, NULL, POSTS(s)->name), POSTS(back));
		for (size_t n = 0; n < b.len; n++)
			assert_null(from_part(&a, &b, n, SIZE_MAX));
		for (size_t n = 0; n < b.len; n++) {
			struct arena scratch = { 0 };

			back = from_part(&scratch, &b, b.len, n);
			if (back)
				assert_true(schema_is_sound(back, &err));
			arena_release(&scratch);
		}
		buf_release(&one);
		buf_release(&two);
		buf_release(&b);
		arena_release(&a);
	}
}

static void
test_hash(void **state)
{
	struct arena a = { 0 };
	struct schema *s = blog(&a, DIALECT_SQLITE), *t;
	char one[HASH_HEX], two[HASH_HEX];
	struct table *first;

	(void)state;
	schema_hash(s, one);
	t = schema_copy(&a, s);
	first = t->tables.v[0];
	t->tables.v[0] = t->tables.v[1];
	t->tables.v[1] = first;
	schema_hash(t, two);
	assert_string_equal(one, two);
	t->tables.v[1]->columns.v[0]->not_null ^= true;
	schema_hash(t, two);
	assert_string_not_equal(one, two);
	t = schema_copy(&a, s);
	t->tables.n--;
	schema_hash(t, two);
	assert_string_not_equal(one, two);
	t = schema_copy(&a, s);
	t->objects.n = 0;
	schema_hash(t, two);
	assert_string_not_equal(one, two);
	arena_release(&a);
}

static void
test_share_and_own(void **state)
{
	struct arena a = { 0 };
	struct schema *s = blog(&a, DIALECT_SQLITE);
	struct schema *t = schema_share(&a, s);
	struct table *posts = POSTS(s), *own;
	const char *before = schema_text(&a, s);

	(void)state;
	assert_ptr_equal(POSTS(t), posts);
	assert_true(agreed(&a, s, t));
	own = schema_own(&a, t, posts);
	assert_ptr_not_equal(own, posts);
	assert_ptr_equal(POSTS(t), own);
	assert_ptr_equal(POSTS(s), posts);
	assert_ptr_equal(schema_table(t, NULL, "posts"), own);
	own->columns.v[0]->type = "TEXT";
	t->objects.v[0]->name = "x";
	vec_push(&a, &t->tables, own);
	assert_string_equal(schema_text(&a, s), before);
	assert_false(agreed(&a, s, t));
	/* what is not in the list cannot be owned */
	assert_null(schema_own(&a, t, posts));
	arena_release(&a);
}

static void
test_dialects_differ(void **state)
{
	struct arena a = { 0 };

	(void)state;
	assert_false(
	    agreed(&a, blog(&a, DIALECT_SQLITE), blog(&a, DIALECT_POSTGRES)));
	assert_string_equal(action_sql(ACTION_SET_NULL), "SET NULL");
	assert_null(action_sql(ACTION_UNSET));
	assert_null(action_sql(ACTION_NO_ACTION));
	assert_true(schema_same_name(DIALECT_SQLITE, "a", "A"));
	assert_false(schema_same_name(DIALECT_POSTGRES, "a", "A"));
	assert_true(schema_same_name(DIALECT_SQLITE, NULL, NULL));
	assert_false(schema_same_name(DIALECT_SQLITE, NULL, "a"));
	assert_true(
	    expr_equal(&(struct expr){ "a", "k" }, &(struct expr){ "b", "k" }));
	assert_false(
	    expr_equal(&(struct expr){ 0 }, &(struct expr){ "b", "k" }));
	arena_release(&a);
}

/* Returns the only table's comment, there and back. */
static const char *
through_json(struct arena *a, const char *comment)
{
	struct table t = { .name = "t", .comment = comment };
	struct schema from = { 0 }, *back = NULL;
	struct buf b = { 0 };
	struct err err = { 0 };

	add_column(a, &t, "c", "INTEGER");
	vec_push(a, &from.tables, &t);
	if (schema_to_json(&b, &from, &err)) {
		json_t *o = json_loads(buf_str(&b), 0, NULL);

		back = schema_from_json(a, o, &err);
		json_decref(o);
	}
	buf_release(&b);
	err_release(&err);
	return back ? back->tables.v[0]->comment : NULL;
}

static void
test_json_keeps_every_letter(void **unused)
{
	struct arena a = { 0 };
	char all[256] = { 0 };

	(void)unused;
	for (int i = 1; i < 128; i++)
		all[i - 1] = (char)i;
	assert_string_equal(through_json(&a, all), all);
	assert_string_equal(through_json(&a, "Größe \"€\" \xf0\x9f\x98\x80"),
	    "Größe \"€\" \xf0\x9f\x98\x80");
	assert_string_equal(through_json(&a, ""), "");
	assert_null(through_json(&a, "latin \xe4"));
	assert_null(through_json(&a, "half \xed\xa0\x80"));
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_fact_counts_as_told),
		cmocka_unit_test(test_equal_is_text_for_all_pairs),
		cmocka_unit_test(test_text_of_a_blog),
		cmocka_unit_test(test_text_cannot_be_forged),
		cmocka_unit_test(test_sqlite_types_fold_case_and_space),
		cmocka_unit_test(test_lookup),
		cmocka_unit_test(test_lookup_with_and_without_index),
		cmocka_unit_test(test_lookup_keeps_schema_and_name_apart),
		cmocka_unit_test(test_every_table_is_in_the_map),
		cmocka_unit_test(test_copy_is_deep_enough),
		cmocka_unit_test(test_pack),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_json_keeps_every_letter),
		cmocka_unit_test(test_hash),
		cmocka_unit_test(test_share_and_own),
		cmocka_unit_test(test_dialects_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
