/* sqlite_index - CREATE INDEX, and the parts of keys
 *
 * A part is a column where SQLite takes it for one: a name alone, in whatever
 * quotes and parentheses, that the table has. All else is an expression.
 */
#include <string.h>

#include "introspect/sqlite.h"
#include "sql/key.h"

/* Returns the column that is called as the one token of key says, or NULL. */
static const char *
column_of(struct reader *r, const struct table *t, const char *key)
{
	const struct schema like = { .dialect = r->dialect };
	const struct column *c;
	struct reader one;
	const char *name;

	reader_init(&one, r->a, r->dialect, key);
	name = token_names(&one.t) || one.t.kind == TOKEN_STRING
		   ? reader_name(&one)
		   : NULL;
	if (one.t.kind != TOKEN_END || one.bad)
		name = NULL;
	reader_release(&one);
	c = name ? table_column(&like, t, name) : NULL;
	return c ? c->name : NULL;
}

/* Is the next token the end of a part's expression? ASC and DESC can be names,
 * after an operator. */
static bool
ends_part(const struct reader *r, bool operand)
{
	static const char *const words[] = { "asc", "desc", "autoincrement" };

	if (r->t.kind == TOKEN_END || reader_at(r, ",") || reader_at(r, ")"))
		return true;
	for (size_t i = 0; operand && i < sizeof(words) / sizeof(*words); i++)
		if (reader_at(r, words[i]))
			return true;
	return false;
}

static struct expr
read_expr(struct reader *r)
{
	const char *start = r->t.at;
	bool operand = false;

	while (!ends_part(r, operand)) {
		operand = r->t.kind != TOKEN_OP || reader_at(r, "(");
		if (reader_at(r, "("))
			reader_skip_group(r);
		else
			reader_skip(r);
	}
	return reader_text(r, start);
}

/* A name, perhaps with its collation: what nearly every part is. */
static bool
read_column(struct reader *r, const struct table *t, struct part *part)
{
	struct reader before = *r;
	const struct schema like = { .dialect = r->dialect };
	const struct column *c = NULL;

	if (token_names(&r->t) || r->t.kind == TOKEN_STRING)
		c = table_column(&like, t, reader_name(r));
	if (c && reader_take(r, "collate"))
		part->collation = reader_name(r);
	if (c && ends_part(r, true)) {
		part->column = c->name;
		return true;
	}
	part->collation = NULL;
	before.lex.match = r->lex.match;
	*r = before;
	return false;
}

static struct part
read_part(struct reader *r, const struct table *t)
{
	struct part part = { 0 };

	if (!read_column(r, t, &part)) {
		part.expr = read_expr(r);
		part.column =
		    part.expr.key ? column_of(r, t, part.expr.key) : NULL;
		if (part.column)
			part.expr = (struct expr){ 0 };
		else if (!part.expr.text || !*part.expr.text)
			reader_fail(r, "a column or an expression");
	}
	part.desc = reader_take(r, "desc");
	if (!part.desc)
		reader_take(r, "asc");
	return part;
}

struct parts
sqlite_one_part(struct arena *a, struct part part)
{
	struct parts parts = { .v = arena_new(a, struct part), 1, 1 };

	parts.v[0] = part;
	return parts;
}

struct parts
sqlite_read_parts(struct reader *r, const struct table *t, bool *autoincrement)
{
	struct parts parts;

	reader_expect(r, "(");
	parts = sqlite_one_part(r->a, read_part(r, t));
	while (reader_take(r, ","))
		vec_push(r->a, &parts, read_part(r, t));
	if (reader_take(r, "autoincrement"))
		*autoincrement = true;
	reader_expect(r, ")");
	return parts;
}

void
sqlite_read_index(struct reader *r, const struct table *t, struct index *i)
{
	bool unused = false;

	reader_expect(r, "create");
	i->unique = reader_take(r, "unique");
	reader_expect(r, "index");
	reader_name(r);
	reader_expect(r, "on");
	reader_name(r);
	i->parts = sqlite_read_parts(r, t, &unused);
	if (reader_take(r, "where"))
		i->where = reader_rest(r);
	if (r->t.kind != TOKEN_END)
		reader_fail(r, "the end");
}
