/* live_alter - the actions of ALTER TABLE, made in a schema */
#include "sync/live_alter.h"

#include <string.h>

#include "dsl/postgres_type.h"
#include "sql/key.h"

#define D DIALECT_POSTGRES

/* One ALTER TABLE. */
struct altering {
	struct reading *r;
	struct meeting *m;
	struct table *t; /* the copy that is changed */
	size_t end;      /* of the action: its comma, or the end */
};

static bool
say_missing(struct altering *x, const char *what, const char *name)
{
	if (!x->m->missing)
		x->m->missing = arena_fmt(
		    x->r->a, "there is no %s %s.%s", what, x->t->name, name);
	return false;
}

static bool
say_there(struct altering *x, const char *what, const char *name)
{
	if (!x->m->missing)
		x->m->missing = arena_fmt(x->r->a,
		    "there is a %s %s.%s already", what, x->t->name, name);
	return false;
}

static size_t
column_place(const struct table *t, const char *name)
{
	size_t i = 0;

	while (i < t->columns.n && strcmp(t->columns.v[i]->name, name) != 0)
		i++;
	return i;
}

/* Takes the name of a column that must be there. */
static struct column *
own_column(struct altering *x)
{
	const char *schema, *name;
	size_t i;

	if (!read_name(x->r, &schema, &name))
		return NULL;
	i = column_place(x->t, name);
	if (i == x->t->columns.n) {
		say_missing(x, "column", name);
		return NULL;
	}
	return x->t->columns.v[i];
}

/* Returns the place of the parenthesis that closes the one there. */
static size_t
closes(const struct reading *r, size_t at)
{
	int depth = 0;

	for (; at < r->tokens.n; at++) {
		depth += token_is(&r->tokens.v[at], "(") -
			 token_is(&r->tokens.v[at], ")");
		if (!depth)
			break;
	}
	return at;
}

/* An expression, without the parentheses around the whole of it. */
static struct expr
expression(struct altering *x, size_t from, size_t to)
{
	bool inner = to > from + 2 && to <= x->r->tokens.n &&
		     token_is(&x->r->tokens.v[from], "(") &&
		     closes(x->r, from) == to - 1;
	struct expr e = { .text = cut(x->r, from + inner, to - inner) };

	e.key = sql_key(x->r->a, D, e.text);
	return e;
}

static void
set_type(struct altering *x, struct column *c, size_t from, size_t to)
{
	c->type = postgres_type_name(x->r->a, cut(x->r, from, to));
	c->enum_type = schema_enum(x->m->to, NULL, c->type) ? c->type : NULL;
}

/* Returns the place of the first of these words in the action, or its end. */
static size_t
first_of(const struct altering *x, const char *const *words)
{
	size_t first = x->end;

	for (; *words; words++) {
		size_t at = find_word(x->r, x->r->at, *words);

		if (at < first)
			first = at;
	}
	return first;
}

static bool
has_word(const struct altering *x, const char *word)
{
	return find_word(x->r, x->r->at, word) < x->end;
}

/* Takes "(a, b)" as columns of the table. */
static bool
read_parts(struct altering *x, struct parts *out)
{
	const char *schema, *name;

	if (!accept_token(x->r, "("))
		return false;
	do {
		if (!read_name(x->r, &schema, &name) || schema)
			return false;
		if (x->t && column_place(x->t, name) == x->t->columns.n)
			return say_missing(x, "column", name);
		vec_push(x->r->a, out, (struct part){ .column = name });
	} while (accept_token(x->r, ","));
	return accept_token(x->r, ")");
}

/* ---- actions ------------------------------------------------------------ */

static bool
set_column_type(struct altering *x, struct column *c)
{
	static const char *const after[] = { "using", "collate", NULL };
	size_t to = first_of(x, after);

	set_type(x, c, x->r->at, to);
	x->r->at = to;
	if (accept_token(x->r, "collate"))
		return false;
	if (accept_token(x->r, "using"))
		column_say(x->r->a, c)->conversion =
		    expression(x, x->r->at, x->end);
	x->r->at = x->end;
	return true;
}

static bool
alter_column(struct altering *x)
{
	struct column *c;

	accept_token(x->r, "column");
	c = own_column(x);
	if (!c)
		return false;
	if (accept_token(x->r, "type") || accept_words(x->r, "SET DATA TYPE"))
		return set_column_type(x, c);
	if (accept_words(x->r, "SET NOT NULL"))
		c->not_null = true;
	else if (accept_words(x->r, "DROP NOT NULL"))
		c->not_null = false;
	else if (accept_words(x->r, "SET DEFAULT"))
		c->default_value = expression(x, x->r->at, x->end);
	else if (accept_words(x->r, "DROP DEFAULT"))
		c->default_value = (struct expr){ 0 };
	else
		return false;
	return true;
}

static bool
drop_column(struct altering *x)
{
	bool lenient;
	const char *schema, *name;
	size_t i, n = 0;

	accept_token(x->r, "column");
	lenient = accept_words(x->r, "IF EXISTS");
	if (!read_name(x->r, &schema, &name))
		return false;
	x->m->cascades |= accept_token(x->r, "cascade");
	i = column_place(x->t, name);
	if (i == x->t->columns.n)
		return lenient || say_missing(x, "column", name);
	for (size_t k = 0; k < x->t->columns.n; k++)
		if (k != i)
			x->t->columns.v[n++] = x->t->columns.v[k];
	x->t->columns.n = n;
	return true;
}

static bool
drop_constraint(struct altering *x)
{
	bool lenient = accept_words(x->r, "IF EXISTS");
	const char *schema, *name;
	size_t n = 0;

	if (!read_name(x->r, &schema, &name))
		return false;
	x->m->cascades |= accept_token(x->r, "cascade");
	for (size_t i = 0; i < x->t->constraints.n; i++) {
		struct constraint *k = x->t->constraints.v[i];

		if (!k->name || strcmp(k->name, name) != 0)
			x->t->constraints.v[n++] = k;
	}
	/* that of NOT NULL, which the newest servers name, is in no list */
	if (n == x->t->constraints.n)
		return lenient;
	x->t->constraints.n = n;
	return true;
}

/* Are the words of the column's definition ones that this file understands? */
static bool
is_plain_column(const struct altering *x)
{
	static const char *const more[] = { "references", "check", "unique",
		"primary", "generated", "constraint", "collate", NULL };

	return first_of(x, more) == x->end;
}

static bool
add_column(struct altering *x)
{
	static const char *const after[] = { "not", "null", "default",
		"constraint", "check", "unique", "primary", "references",
		"generated", "collate", NULL };
	struct column *c = arena_new(x->r->a, struct column);
	bool unless, plain;
	const char *schema;
	size_t to, value;

	unless = accept_words(x->r, "IF NOT EXISTS");
	if (!read_name(x->r, &schema, &c->name) || schema)
		return false;
	if (column_place(x->t, c->name) < x->t->columns.n)
		return unless || say_there(x, "column", c->name);
	plain = is_plain_column(x);
	to = first_of(x, after);
	set_type(x, c, x->r->at, to);
	x->r->at = to;
	c->not_null = has_word(x, "not");
	value = find_word(x->r, x->r->at, "default");
	if (value < x->end)
		c->default_value = expression(x, value + 1, value + 2);
	vec_push(x->r->a, &x->t->columns, c);
	return plain && !strstr(c->type, "serial");
}

static bool
read_foreign_key(struct altering *x, struct constraint *k)
{
	const struct table *mine = x->t;
	struct parts to = { 0 };
	bool ok;

	k->kind = CONSTRAINT_FOREIGN_KEY;
	if (!read_parts(x, &k->parts) || !accept_token(x->r, "references") ||
	    !read_name(x->r, &k->target_schema, &k->target))
		return false;
	if (token_is(peek(x->r, 0), "(")) {
		x->t = NULL; /* the columns are another table's */
		ok = read_parts(x, &to);
		x->t = (struct table *)mine;
		if (!ok)
			return false;
	}
	for (size_t i = 0; i < to.n; i++)
		vec_push(x->r->a, &k->target_columns, to.v[i].column);
	if (accept_words(x->r, "MATCH FULL"))
		constraint_say(x->r->a, k)->match = "FULL";
	return true;
}

static bool
add_constraint(struct altering *x)
{
	struct constraint *k = arena_new(x->r->a, struct constraint);
	static const char *const not_checked[] = { "not", "no", NULL };
	const char *schema;

	if (accept_token(x->r, "constraint") &&
	    !read_name(x->r, &schema, &k->name))
		return false;
	/* all have a name, which the server makes if nobody does */
	if (!k->name)
		k->name = "_deesse_unnamed";
	if (accept_words(x->r, "PRIMARY KEY") ||
	    (token_is(peek(x->r, 0), "unique") && x->r->at++)) {
		k->kind = token_is(&x->r->tokens.v[x->r->at - 1], "unique")
			      ? CONSTRAINT_UNIQUE
			      : CONSTRAINT_PRIMARY_KEY;
		k->nulls_not_distinct =
		    accept_words(x->r, "NULLS NOT DISTINCT");
		if (!read_parts(x, &k->parts))
			return false;
	} else if (accept_token(x->r, "check")) {
		k->kind = CONSTRAINT_CHECK;
		k->check = expression(x, x->r->at, first_of(x, not_checked));
	} else if (!accept_words(x->r, "FOREIGN KEY") ||
		   !read_foreign_key(x, k)) {
		return false;
	}
	k->not_valid = has_word(x, "valid");
	vec_push(x->r->a, &x->t->constraints, k);
	return true;
}

static bool
add(struct altering *x)
{
	static const char *const constraints[] = { "constraint", "primary",
		"unique", "check", "foreign", "exclude" };

	if (accept_token(x->r, "column"))
		return add_column(x);
	for (size_t i = 0; i < sizeof(constraints) / sizeof(*constraints); i++)
		if (token_is(peek(x->r, 0), constraints[i]))
			return add_constraint(x);
	return add_column(x);
}

static bool
drop(struct altering *x)
{
	return accept_token(x->r, "constraint") ? drop_constraint(x)
						: drop_column(x);
}

/* The table is another one from here on, by its name or by a column's. */
static bool
rename_it(struct altering *x)
{
	const char *schema, *name;
	struct column_more *more;
	struct column *c;

	vec_push(x->r->a, &x->m->made, x->t->schema);
	vec_push(x->r->a, &x->m->made, x->t->name);
	if (accept_token(x->r, "to")) {
		if (!read_name(x->r, &schema, &name))
			return false;
		if (schema_table(x->m->to, x->t->schema, name))
			return false;
		x->t->was = (struct names){ 0 };
		vec_push(x->r->a, &x->t->was, x->t->name);
		x->t->name = name;
		vec_push(x->r->a, &x->m->made, x->t->schema);
		vec_push(x->r->a, &x->m->made, name);
		return true;
	}
	if (accept_token(x->r, "constraint"))
		return true;
	accept_token(x->r, "column");
	c = own_column(x);
	if (!c || !accept_token(x->r, "to") || !read_name(x->r, &schema, &name))
		return false;
	if (column_place(x->t, name) < x->t->columns.n)
		return say_there(x, "column", name);
	more = column_say(x->r->a, c);
	more->was = (struct names){ 0 };
	vec_push(x->r->a, &more->was, c->name);
	c->name = name;
	return true;
}

static bool
move(struct altering *x)
{
	vec_push(x->r->a, &x->m->made, x->t->schema);
	vec_push(x->r->a, &x->m->made, x->t->name);
	return false;
}

static const struct {
	const char *words;
	bool (*make)(struct altering *x);
} actions[] = {
	{ "ALTER", alter_column },
	{ "ADD", add },
	{ "DROP", drop },
	{ "RENAME", rename_it },
	{ "SET SCHEMA", move },
	{ "ATTACH", move },
	{ "DETACH", move },
	{ "INHERIT", move },
	{ "NO INHERIT", move },
};

static bool
make_action(struct altering *x)
{
	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++)
		if (accept_words(x->r, actions[i].words))
			return actions[i].make(x);
	return true; /* it says nothing of columns or rows */
}

void
live_alter(struct reading *r, struct meeting *m)
{
	struct altering x = { .r = r, .m = m };

	x.t = schema_own(r->a, m->to, m->tables.v[0].table);
	while (r->at < r->tokens.n) {
		x.end = find_word(r, r->at, ",");
		if (!make_action(&x))
			m->read = false;
		r->at = x.end + 1;
	}
}

bool
live_read_index(struct reading *r, struct index *x)
{
	struct meeting none = { 0 };
	struct altering all = { .r = r, .m = &none, .end = r->tokens.n };
	const char *schema, *method;

	if (accept_token(r, "using")) {
		if (!read_name(r, &schema, &method))
			return false;
		x->method = strcmp(method, "btree") ? method : NULL;
	}
	if (!read_parts(&all, &x->parts))
		return false;
	x->nulls_not_distinct = accept_words(r, "NULLS NOT DISTINCT");
	if (accept_token(r, "where"))
		x->where = expression(&all, r->at, r->tokens.n);
	return r->at == r->tokens.n || x->where.text;
}
