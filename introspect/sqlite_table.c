/* sqlite_table - CREATE TABLE as SQLite keeps it
 *
 * The grammar is that of SQLite's parse.y. A name before a constraint that has
 * no place in the schema (NOT NULL, DEFAULT) is read and forgotten, as SQLite
 * forgets it.
 */
#include <string.h>

#include "base/text.h"
#include "introspect/sqlite.h"
#include "sql/key.h"

struct making {
	struct reader *r;
	struct table *t;
	struct column *c;          /* the one being read, NULL in the table */
	const char *name;          /* CONSTRAINT name, of what comes next */
	struct constraint *target; /* the last foreign key: DEFERRABLE's */
};

static const struct {
	const char *word, *second;
	enum action action;
} actions[] = {
	{ "cascade", NULL, ACTION_CASCADE },
	{ "restrict", NULL, ACTION_RESTRICT },
	{ "set", "null", ACTION_SET_NULL },
	{ "set", "default", ACTION_SET_DEFAULT },
	{ "no", "action", ACTION_NO_ACTION },
};

static enum action
read_action(struct reader *r)
{
	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++) {
		if (actions[i].second
			? !reader_at_both(r, actions[i].word, actions[i].second)
			: !reader_at(r, actions[i].word))
			continue;
		reader_skip(r);
		if (actions[i].second)
			reader_skip(r);
		return actions[i].action;
	}
	reader_fail(r, "an action");
	return ACTION_UNSET;
}

/* Returns the way of ON CONFLICT, NULL where nothing is said. */
static const char *
read_conflict(struct reader *r)
{
	static const char *const ways[][2] = {
		{ "rollback", "ROLLBACK" },
		{ "abort", "ABORT" },
		{ "fail", "FAIL" },
		{ "ignore", "IGNORE" },
		{ "replace", "REPLACE" },
	};

	if (!reader_at_both(r, "on", "conflict"))
		return NULL;
	reader_skip(r);
	reader_skip(r);
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		if (reader_take(r, ways[i][0]))
			return ways[i][1];
	reader_fail(r, "a way to resolve a conflict");
	return NULL;
}

static struct constraint *
add_constraint(struct making *m, enum constraint_kind kind)
{
	struct constraint *c = arena_new(m->r->a, struct constraint);

	c->kind = kind;
	c->name = m->name;
	m->name = NULL;
	if (m->c) {
		c->column = m->c->name;
		if (kind != CONSTRAINT_CHECK)
			c->parts = sqlite_one_part(
			    m->r->a, (struct part){ .column = m->c->name });
	}
	vec_push(m->r->a, &m->t->constraints, c);
	return c;
}

static void
read_constraint_name(struct making *m)
{
	m->name = reader_name(m->r);
}

/* What may follow DEFERRABLE; NOT DEFERRABLE INITIALLY DEFERRED is not. */
static void
read_deferral(struct making *m, bool deferrable)
{
	bool deferred = false;

	if (reader_take(m->r, "initially")) {
		deferred = reader_take(m->r, "deferred");
		if (!deferred)
			reader_expect(m->r, "immediate");
	}
	if (!m->target)
		return;
	m->target->deferrable = deferrable;
	m->target->deferred = deferrable && deferred;
}

static void
read_deferrable(struct making *m)
{
	read_deferral(m, true);
}

static void
read_not(struct making *m)
{
	const char *how;

	if (reader_take(m->r, "null")) {
		m->c->not_null = true;
		how = read_conflict(m->r);
		if (how)
			column_say(m->r->a, m->c)->on_conflict = how;
		m->name = NULL;
	} else {
		reader_expect(m->r, "deferrable");
		read_deferral(m, false);
	}
}

static void
read_null(struct making *m)
{
	read_conflict(m->r);
	m->name = NULL;
}

/* A key of one column is written inside it, wherever it was, unless there its
 * index would get another number: that of a UNIQUE before it. With DESC the two
 * places do not mean the same. */
static const char *
column_of_key(const struct table *t, const struct constraint *key)
{
	const struct part *part = key->parts.v;
	bool first = true;

	for (size_t i = 0; i < t->constraints.n; i++)
		first &= t->constraints.v[i]->kind != CONSTRAINT_UNIQUE;
	return key->parts.n == 1 && !part->desc && !part->collation && first
		   ? part->column
		   : NULL;
}

static void
take_conflict(struct making *m, struct constraint *c)
{
	const char *how = read_conflict(m->r);

	if (how)
		constraint_say(m->r->a, c)->on_conflict = how;
}

static void
read_primary_key(struct making *m)
{
	struct constraint *key;
	bool autoincrement = false;

	reader_expect(m->r, "key");
	key = add_constraint(m, CONSTRAINT_PRIMARY_KEY);
	if (m->c) {
		key->parts.v[0].desc = reader_take(m->r, "desc");
		reader_take(m->r, "asc");
		take_conflict(m, key);
		autoincrement = reader_take(m->r, "autoincrement");
	} else {
		key->parts = sqlite_read_parts(m->r, m->t, &autoincrement);
		take_conflict(m, key);
		key->column = column_of_key(m->t, key);
	}
	if (autoincrement) {
		const struct schema like = { .dialect = m->r->dialect };
		struct column *c =
		    table_column(&like, m->t, key->parts.v[0].column);

		if (c)
			c->identity = IDENTITY_AUTOINCREMENT;
	}
}

static void
read_unique(struct making *m)
{
	struct constraint *c = add_constraint(m, CONSTRAINT_UNIQUE);
	bool unused = false;

	if (!m->c)
		c->parts = sqlite_read_parts(m->r, m->t, &unused);
	take_conflict(m, c);
}

static void
read_check(struct making *m)
{
	struct constraint *c = add_constraint(m, CONSTRAINT_CHECK);

	c->check = reader_group(m->r);
	/* accepted after a table's check, and without effect */
	read_conflict(m->r);
}

/* A literal, perhaps with a sign, a name, which is a string, or an expression
 * in parentheses: to the letter, for the pragmas show the letters. */
static void
read_default(struct making *m)
{
	struct expr *e = &m->c->default_value;
	const char *start = m->r->t.at, *string;

	m->name = NULL;
	if (reader_at(m->r, "(")) {
		*e = reader_inside(m->r);
		return;
	}
	if (!reader_take(m->r, "+"))
		reader_take(m->r, "-");
	if (m->r->t.kind == TOKEN_END || m->r->t.kind == TOKEN_OP)
		reader_fail(m->r, "a default");
	reader_skip(m->r);
	*e = reader_text(m->r, start);
	string = e->text ? sql_name_as_string(m->r->a, m->r->dialect, e->text)
			 : NULL;
	if (string)
		e->key = string;
}

static void
read_collate(struct making *m)
{
	m->c->collation = reader_name(m->r);
	m->name = NULL;
}

/* Names in parentheses; SQLite lets a collation and an order stand, which mean
 * nothing here. */
static void
read_names(struct reader *r, struct names *out)
{
	reader_expect(r, "(");
	do {
		const char *name = reader_name(r);

		vec_push(r->a, out, name);
		if (reader_take(r, "collate"))
			reader_name(r);
		if (!reader_take(r, "asc"))
			reader_take(r, "desc");
	} while (reader_take(r, ","));
	reader_expect(r, ")");
}

/* SQLite takes any name after MATCH, and no pragma shows it; another one than
 * these is as if nothing were said. */
static const char *
known_match(const char *name)
{
	static const char *const known[] = { "SIMPLE", "FULL", "PARTIAL" };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (text_same_nocase(name, known[i]))
			return known[i];
	return NULL;
}

static void
read_target(struct making *m, struct constraint *c)
{
	struct reader *r = m->r;

	m->target = c;
	c->target = reader_name(r);
	if (reader_at(r, "("))
		read_names(r, &c->target_columns);
	for (;;) {
		if (reader_take(r, "match")) {
			constraint_say(r->a, c)->match =
			    known_match(reader_name(r));
		} else if (reader_at_both(r, "on", "delete")) {
			reader_skip(r);
			reader_skip(r);
			c->on_delete = read_action(r);
		} else if (reader_at_both(r, "on", "update")) {
			reader_skip(r);
			reader_skip(r);
			c->on_update = read_action(r);
		} else if (reader_at_both(r, "on", "insert")) {
			/* in the grammar, without effect */
			reader_skip(r);
			reader_skip(r);
			read_action(r);
		} else {
			return;
		}
	}
}

static void
read_references(struct making *m)
{
	read_target(m, add_constraint(m, CONSTRAINT_FOREIGN_KEY));
}

static void
read_foreign_key(struct making *m)
{
	struct constraint *c = add_constraint(m, CONSTRAINT_FOREIGN_KEY);
	struct names columns = { 0 };

	reader_expect(m->r, "key");
	read_names(m->r, &columns);
	for (size_t i = 0; i < columns.n; i++)
		vec_push(m->r->a, &c->parts,
		    (struct part){ .column = columns.v[i] });
	reader_expect(m->r, "references");
	read_target(m, c);
	if (reader_take(m->r, "not")) {
		reader_expect(m->r, "deferrable");
		read_deferral(m, false);
	} else if (reader_take(m->r, "deferrable")) {
		read_deferral(m, true);
	}
}

static void
read_as(struct making *m)
{
	m->c->generated = reader_group(m->r);
	m->c->stored = reader_take(m->r, "stored");
	if (!m->c->stored)
		reader_take(m->r, "virtual");
	m->name = NULL;
}

static void
read_generated(struct making *m)
{
	reader_expect(m->r, "always");
	reader_expect(m->r, "as");
	read_as(m);
}

struct clause {
	const char *word;
	void (*read)(struct making *m);
};

static const struct clause column_clauses[] = {
	{ "not", read_not },
	{ "default", read_default },
	{ "primary", read_primary_key },
	{ "references", read_references },
	{ "check", read_check },
	{ "unique", read_unique },
	{ "constraint", read_constraint_name },
	{ "collate", read_collate },
	{ "generated", read_generated },
	{ "as", read_as },
	{ "deferrable", read_deferrable },
	{ "null", read_null },
	{ NULL, NULL },
};

static const struct clause table_clauses[] = {
	{ "constraint", read_constraint_name },
	{ "primary", read_primary_key },
	{ "unique", read_unique },
	{ "check", read_check },
	{ "foreign", read_foreign_key },
	{ NULL, NULL },
};

static const struct clause *
clause_at(const struct reader *r, const struct clause *clauses)
{
	for (; clauses->word; clauses++)
		if (reader_at(r, clauses->word))
			return clauses;
	return NULL;
}

/* Is the next token a word of the type? GENERATED may be one. */
static bool
in_type(const struct reader *r)
{
	if (r->t.kind == TOKEN_NAME || r->t.kind == TOKEN_STRING)
		return true;
	if (r->t.kind != TOKEN_WORD)
		return false;
	if (reader_at(r, "generated"))
		return !reader_at_both(r, "generated", "always");
	return !clause_at(r, column_clauses);
}

/* To SQLite, "INTEGER" in quotes is INTEGER: it keeps six types as numbers. */
static const char *
known_type(struct reader *r, const char *type)
{
	static const char *const known[] = { "ANY", "BLOB", "INT", "INTEGER",
		"REAL", "TEXT" };
	const char *bare = sql_unquote(r->a, r->dialect, type, strlen(type));

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (text_same_nocase(bare, known[i]))
			return bare;
	return type;
}

/* Returns the type to the letter, with comments in it and line ends, as the
 * pragmas show it: SQLite looks for the affinity in all of that, too. */
static const char *
read_type(struct reader *r)
{
	const char *type, *start = r->t.at;
	const struct token first = r->t;

	if (!in_type(r))
		return "";
	while (in_type(r))
		reader_skip(r);
	if (reader_at(r, "(")) {
		while (!reader_at(r, ")") && r->t.kind != TOKEN_END)
			reader_skip(r);
		reader_expect(r, ")");
	}
	type = arena_strndup(r->a, start, (size_t)(r->end - start));
	return first.len == strlen(type) ? known_type(r, type) : type;
}

static void
read_column(struct making *m)
{
	struct column *c = arena_new(m->r->a, struct column);
	const struct clause *clause;

	c->name = reader_name(m->r);
	c->type = read_type(m->r);
	vec_push(m->r->a, &m->t->columns, c);
	m->c = c;
	m->target = NULL;
	m->name = NULL;
	while ((clause = clause_at(m->r, column_clauses))) {
		reader_skip(m->r);
		clause->read(m);
	}
	m->c = NULL;
	m->name = NULL;
}

/* After the columns; commas between constraints are optional. */
static void
read_constraints(struct making *m)
{
	const struct clause *clause;

	while ((clause = clause_at(m->r, table_clauses))) {
		reader_skip(m->r);
		clause->read(m);
		reader_take(m->r, ",");
	}
}

static void
read_options(struct reader *r, struct table *t)
{
	if (r->t.kind == TOKEN_END)
		return;
	do {
		if (reader_take(r, "strict")) {
			t->strict = true;
			continue;
		}
		reader_expect(r, "without");
		reader_expect(r, "rowid");
		t->without_rowid = true;
	} while (reader_take(r, ","));
	if (r->t.kind != TOKEN_END)
		reader_fail(r, "the end");
}

/* PRIMARY KEY (id DESC) of an INTEGER is the rowid as if DESC were not said;
 * inside the column DESC makes it a key beside the rowid, by an old mistake
 * that SQLite keeps. */
static void
settle_key(struct table *t)
{
	const struct schema like = { .dialect = DIALECT_SQLITE };
	struct constraint *key = table_primary_key(t);
	const struct column *c;

	if (!key || key->column || key->parts.n != 1 || t->without_rowid ||
	    !key->parts.v[0].column)
		return;
	c = table_column(&like, t, key->parts.v[0].column);
	if (!c || !text_same_nocase(c->type, "INTEGER"))
		return;
	key->parts.v[0].desc = false;
	key->parts.v[0].collation = NULL;
	key->column = key->parts.v[0].column;
}

void
sqlite_read_table(struct reader *r, struct table *t)
{
	struct making m = { .r = r, .t = t };

	reader_expect(r, "create");
	reader_expect(r, "table");
	reader_name(r);
	reader_expect(r, "(");
	do
		read_column(&m);
	while (reader_take(r, ",") && !clause_at(r, table_clauses));
	read_constraints(&m);
	reader_expect(r, ")");
	read_options(r, t);
	settle_key(t);
}
