/* name - what things are called, for keys, findings and people
 *
 * A key must be the same for the wish and for the database: constraints have
 * no name there (SQLite), so what they say is their key.
 */
#include "diff/pass.h"

#include <string.h>

#include "sql/key.h"

const char *
name_table(struct arena *a, const struct table *t)
{
	return t->schema ? arena_fmt(a, "%s.%s", t->schema, t->name) : t->name;
}

const char *
name_column(struct arena *a, const struct table *t, const char *column)
{
	return arena_fmt(a, "%s.%s", name_table(a, t), column);
}

const char *
name_parts(struct arena *a, const struct parts *parts)
{
	const char *text = "";

	for (size_t i = 0; i < parts->n; i++) {
		const struct part *p = &parts->v[i];

		text = arena_fmt(a, "%s%s%s%s", text, i ? ", " : "",
		    p->column ? p->column : p->expr.text,
		    p->desc ? " DESC" : "");
	}
	return text;
}

static const char *
constraint_name_of(struct arena *a, const struct constraint *c)
{
	static const char *const words[] = {
		[CONSTRAINT_PRIMARY_KEY] = "PRIMARY KEY",
		[CONSTRAINT_UNIQUE] = "UNIQUE",
		[CONSTRAINT_CHECK] = "CHECK",
		[CONSTRAINT_FOREIGN_KEY] = "FOREIGN KEY",
		[CONSTRAINT_EXCLUDE] = "EXCLUDE",
	};
	const char *text = c->kind == CONSTRAINT_CHECK
			       ? c->check.text
			       : name_parts(a, &c->parts);

	text = arena_fmt(a, "%s (%s)", words[c->kind], text);
	if (c->kind == CONSTRAINT_FOREIGN_KEY)
		text = arena_fmt(a, "%s REFERENCES %s", text, c->target);
	return text;
}

const char *
name_constraint(struct arena *a, const struct constraint *c, const char *link,
    const struct table *t)
{
	return arena_fmt(
	    a, "%s %s %s", constraint_name_of(a, c), link, name_table(a, t));
}

/* Folds the first n bytes. */
static char *
folded(char *s, size_t n)
{
	for (char *p = s; p < s + n; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	return s;
}

const char *
name_key(struct arena *a, const struct diff_dialect *ops, const char *word,
    const char *schema, const char *table, const char *name)
{
	char *key = arena_fmt(a, "%s %s%s%s%s%s", word, schema ? schema : "",
	    schema ? "." : "", table ? table : "", table && name ? "." : "",
	    name ? name : "");

	return ops->fold ? folded(key, strlen(key)) : key;
}

static const char *
signed_name(struct arena *a, const struct object *o)
{
	return object_traits(o->kind)->signature
		   ? arena_fmt(
			 a, "%s(%s)", o->name, o->signature ? o->signature : "")
		   : o->name;
}

const char *
name_object_key(struct arena *a, const struct diff_dialect *ops, enum dialect d,
    const struct object *o)
{
	return name_key(a, ops, object_traits(o->kind)->name, o->schema,
	    object_of_table(d, o->kind) ? o->table : NULL, signed_name(a, o));
}

const char *
name_object(struct arena *a, const struct object *o)
{
	const struct object_traits *t = object_traits(o->kind);
	const char *name = signed_name(a, o);

	if (!t->word)
		return o->sql.text;
	if (o->table && t->of_table == t->dialects)
		name = arena_fmt(a, "%s.%s", o->table, name);
	return o->schema ? arena_fmt(a, "%s.%s", o->schema, name) : name;
}

const char *
name_constraint_key(struct arena *a, const struct diff_dialect *ops,
    const struct table *t, const struct constraint *c)
{
	static const char *const words[] = {
		[CONSTRAINT_PRIMARY_KEY] = "primary-key",
		[CONSTRAINT_UNIQUE] = "unique",
		[CONSTRAINT_CHECK] = "check",
		[CONSTRAINT_FOREIGN_KEY] = "foreign-key",
		[CONSTRAINT_EXCLUDE] = "exclude",
	};
	bool check = c->kind == CONSTRAINT_CHECK;
	const char *said = !check         ? name_parts(a, &c->parts)
			   : c->check.key ? c->check.key
					  : c->check.text;
	char *key =
	    arena_fmt(a, "constraint %s%s%s.%s(%s)", t->schema ? t->schema : "",
		t->schema ? "." : "", t->name, words[c->kind], said);
	size_t n = strlen(key);

	/* a check keeps its case: it may hold strings */
	if (check)
		n -= strlen(said) + 1;
	return ops->fold ? folded(key, n) : key;
}

static bool
parts_mention(enum dialect d, const struct parts *parts, const char *column)
{
	for (size_t i = 0; i < parts->n; i++) {
		const struct part *p = &parts->v[i];

		if (p->column ? schema_same_name(d, p->column, column)
			      : sql_mentions(d, p->expr.text, column))
			return true;
	}
	return false;
}

bool
constraint_mentions(
    enum dialect d, const struct constraint *c, const char *column)
{
	return parts_mention(d, &c->parts, column) ||
	       (c->check.text && sql_mentions(d, c->check.text, column)) ||
	       (constraint_more(c)->where.text &&
		   sql_mentions(d, constraint_more(c)->where.text, column)) ||
	       (c->column && schema_same_name(d, c->column, column));
}

bool
index_mentions(enum dialect d, const struct index *i, const char *column)
{
	for (size_t k = 0; k < i->include.n; k++)
		if (schema_same_name(d, i->include.v[k], column))
			return true;
	return parts_mention(d, &i->parts, column) ||
	       (i->where.text && sql_mentions(d, i->where.text, column));
}

bool
constraint_belongs(const struct diff_dialect *ops, enum dialect d,
    const struct table *t, const struct constraint *c, const char *column)
{
	if (ops->inline_constraints)
		return c->column && schema_same_name(d, c->column, column);
	if (!constraint_mentions(d, c, column))
		return false;
	for (size_t i = 0; i < t->columns.n; i++) {
		const char *other = t->columns.v[i]->name;

		if (!schema_same_name(d, other, column) &&
		    constraint_mentions(d, c, other))
			return false;
	}
	return true;
}
