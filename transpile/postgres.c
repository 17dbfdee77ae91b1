/* postgres - tables and statements in PostgreSQL's words
 *
 * Constraints are written after the columns, under their names. A foreign key
 * to a table that is not there yet is added when it is: only rings need it.
 */
#include "transpile/ddl.h"

#include "sql/lex.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

/* A default may hold no operator that the grammar of columns does not take;
 * those that it does not are words. */
static bool
is_plain_default(const char *text)
{
	static const char *const words[] = { "and", "or", "not", "in", "is",
		"like", "ilike", "similar", "between", "collate", "isnull",
		"notnull", "at" };
	struct lexer l;
	struct token t;
	int depth = 0;
	bool plain = true;

	lex_init(&l, D, text, strlen(text));
	while (lex_next(&l, &t)) {
		depth += token_is(&t, "(") - token_is(&t, ")");
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			plain &= depth > 0 || !token_is(&t, words[i]);
	}
	lex_release(&l);
	return plain;
}

static const char *const identities[] = {
	[IDENTITY_NONE] = NULL,
	[IDENTITY_ALWAYS] = "ALWAYS",
	[IDENTITY_BY_DEFAULT] = "BY DEFAULT",
	[IDENTITY_AUTOINCREMENT] = "BY DEFAULT",
};

void
postgres_column(struct buf *b, const struct column *c)
{
	const char *value = c->default_value.text;

	sql_ident(b, D, c->name);
	buf_fmt(b, " %s", c->type);
	if (c->collation) {
		buf_puts(b, " COLLATE ");
		sql_ident(b, D, c->collation);
	}
	if (c->not_null && c->identity == IDENTITY_NONE)
		buf_puts(b, " NOT NULL");
	if (value)
		buf_fmt(b,
		    is_plain_default(value) ? " DEFAULT %s" : " DEFAULT (%s)",
		    value);
	if (c->generated.text)
		buf_fmt(
		    b, " GENERATED ALWAYS AS (%s) STORED", c->generated.text);
	if (c->identity != IDENTITY_NONE)
		buf_fmt(
		    b, " GENERATED %s AS IDENTITY", identities[c->identity]);
	if (c->identity != IDENTITY_NONE && column_more(c)->identity_options)
		buf_fmt(b, " (%s)", column_more(c)->identity_options);
}

bool
postgres_inherits_later(const struct table *t)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (t->columns.v[i]->inherited)
			return false;
	for (size_t i = 0; i < t->constraints.n; i++)
		if (t->constraints.v[i]->inherited)
			return false;
	return t->parents.n > 0;
}

static void
add_parents(struct buf *b, const struct table *t)
{
	if (!t->parents.n || postgres_inherits_later(t))
		return;
	for (size_t i = 0; i < t->parents.n; i++) {
		buf_puts(b, i ? ", " : " INHERITS (");
		sql_qualified(
		    b, D, t->parents.v[i].schema, t->parents.v[i].name);
	}
	buf_putc(b, ')');
}

void
postgres_table(struct buf *b, const struct table *t,
    bool (*waits)(const struct constraint *c, const struct table *t, void *arg),
    void *arg)
{
	const char *before = "\n  ";

	buf_puts(b, t->unlogged ? "CREATE UNLOGGED TABLE " : "CREATE TABLE ");
	ddl_table_name(b, D, t);
	buf_puts(b, " (");
	for (size_t i = 0; i < t->columns.n; i++) {
		if (t->columns.v[i]->inherited)
			continue;
		buf_puts(b, before);
		postgres_column(b, t->columns.v[i]);
		before = ",\n  ";
	}
	for (size_t i = 0; i < t->constraints.n; i++) {
		if (t->constraints.v[i]->inherited ||
		    waits(t->constraints.v[i], t, arg))
			continue;
		buf_puts(b, before);
		ddl_constraint(b, D, t->constraints.v[i], false);
		before = ",\n  ";
	}
	buf_puts(b, "\n)");
	add_parents(b, t);
	if (t->partition_by.text)
		buf_fmt(b, " PARTITION BY %s", t->partition_by.text);
}

void
postgres_enum(struct buf *b, const char *name, const struct enum_type *e)
{
	buf_puts(b, "CREATE TYPE ");
	sql_qualified(b, D, e->schema, name);
	buf_puts(b, " AS ENUM (");
	for (size_t i = 0; i < e->labels.n; i++) {
		buf_puts(b, i ? ", " : "");
		sql_literal(b, D, e->labels.v[i]);
	}
	buf_putc(b, ')');
}

void
postgres_comment(struct buf *b, const struct table *t, const struct column *c,
    const struct constraint *k, const struct index *i, const char *comment)
{
	buf_puts(b, "COMMENT ON ");
	if (i) {
		buf_puts(b, "INDEX ");
		sql_qualified(b, D, t->schema, i->name);
	} else if (k) {
		buf_puts(b, "CONSTRAINT ");
		sql_ident(b, D, k->name);
		buf_puts(b, " ON ");
		ddl_table_name(b, D, t);
	} else {
		buf_puts(b, c ? "COLUMN " : "TABLE ");
		ddl_table_name(b, D, t);
		if (c) {
			buf_putc(b, '.');
			sql_ident(b, D, c->name);
		}
	}
	buf_puts(b, " IS ");
	if (comment)
		sql_literal(b, D, comment);
	else
		buf_puts(b, "NULL");
}

static void
push(struct names *out, struct arena *a, struct buf *b)
{
	vec_push(a, out, arena_strndup(a, buf_str(b), b->len));
	buf_cut(b, 0);
}

void
postgres_comments(struct names *out, struct arena *a, const struct table *t,
    const struct column *only)
{
	struct buf b = { 0 };

	if (!only && t->comment) {
		postgres_comment(&b, t, NULL, NULL, NULL, t->comment);
		push(out, a, &b);
	}
	for (size_t i = 0; i < t->columns.n; i++) {
		const struct column *c = t->columns.v[i];

		if (!c->comment || (only && c != only))
			continue;
		postgres_comment(&b, t, c, NULL, NULL, c->comment);
		push(out, a, &b);
	}
	for (size_t i = 0; !only && i < t->constraints.n; i++) {
		const struct constraint *k = t->constraints.v[i];

		if (!k->comment || !k->name)
			continue;
		postgres_comment(&b, t, NULL, k, NULL, k->comment);
		push(out, a, &b);
	}
	buf_release(&b);
}

/* Foreign keys that wait for their target, and the tables that are there. */
struct arrivals {
	struct arena *a;
	const struct schema *all;
	struct map there;
};

static const char *
key_of(struct arena *a, const char *schema, const char *name)
{
	return arena_fmt(a, "%s.%s", schema ? schema : "", name);
}

bool
postgres_points(const struct constraint *c, const struct table *t)
{
	return c->kind == CONSTRAINT_FOREIGN_KEY &&
	       schema_same_name(D, c->target, t->name) &&
	       schema_same_name(D, c->target_schema, t->schema);
}

static bool
has_no_target(const struct constraint *c, const struct table *t, void *arg)
{
	struct arrivals *r = arg;

	return c->kind == CONSTRAINT_FOREIGN_KEY && !postgres_points(c, t) &&
	       !map_get(&r->there, key_of(r->a, c->target_schema, c->target));
}

void
postgres_add_constraint(
    struct buf *b, const struct table *t, const struct constraint *c)
{
	ddl_alter(b, D, t);
	buf_puts(b, "ADD ");
	ddl_constraint(b, D, c, false);
}

static void
end(struct buf *out)
{
	buf_puts(out, ";\n");
}

static void
add_statements(struct buf *out, const struct names *statements)
{
	for (size_t i = 0; i < statements->n; i++) {
		buf_puts(out, statements->v[i]);
		end(out);
	}
}

/* Inside CREATE TABLE the server would not hear NOT VALID. */
static bool
comes_later(const struct constraint *c, const struct table *t, void *arg)
{
	return c->not_valid || has_no_target(c, t, arg);
}

static void
add_whole_table(struct buf *out, struct arrivals *r, const struct table *t)
{
	struct names after = { 0 };

	ddl_source(out, &t->source);
	postgres_table(out, t, comes_later, r);
	end(out);
	for (size_t i = 0; i < t->indexes.n; i++) {
		const struct index *x = t->indexes.v[i];

		ddl_index(out, D, t, x);
		end(out);
		if (!x->comment)
			continue;
		postgres_comment(out, t, NULL, NULL, x, x->comment);
		end(out);
	}
	postgres_after_table(&after, r->a, r->all, t, has_no_target, r);
	add_statements(out, &after);
	map_put(r->a, &r->there, key_of(r->a, t->schema, t->name), r);
	buf_putc(out, '\n');
}

/* The references that close a ring, after all tables. */
static void
add_ring(struct buf *out, struct arrivals *r, const struct changes *order)
{
	size_t before = out->len;

	for (size_t i = 0; i < order->n; i++) {
		const struct table *t = order->v[i]->new_table;

		if (order->v[i]->kind != CHANGE_CREATE_TABLE)
			continue;
		for (size_t k = 0; k < t->constraints.n; k++)
			if (has_no_target(t->constraints.v[k], t, r)) {
				postgres_add_constraint(
				    out, t, t->constraints.v[k]);
				end(out);
			}
		map_put(r->a, &r->there, key_of(r->a, t->schema, t->name), r);
	}
	if (out->len > before)
		buf_putc(out, '\n');
}

static void
add_object(struct buf *out, const struct change *c)
{
	const struct object *o = c->new_object;
	bool blind = postgres_is_blind(c, o);

	ddl_source(out, &o->source);
	if (blind)
		buf_puts(out, "SET check_function_bodies = off;\n");
	buf_fmt(out, "%s;\n", o->sql.text);
	if (blind)
		buf_puts(out, "SET check_function_bodies = on;\n");
	buf_putc(out, '\n');
}

/* Those that reference what an index makes unique. */
static void
add_late(struct buf *out, const struct changes *order)
{
	for (size_t i = 0; i < order->n; i++) {
		const struct change *c = order->v[i];

		if (c->kind != CHANGE_ADD_CONSTRAINT)
			continue;
		ddl_source(out, &c->source);
		postgres_add_constraint(out, c->new_table, c->new_constraint);
		end(out);
	}
}

static size_t
last_table(const struct changes *order)
{
	size_t last = order->n;

	for (size_t i = 0; i < order->n; i++)
		if (order->v[i]->kind == CHANGE_CREATE_TABLE)
			last = i;
	return last;
}

void
postgres_schema(struct buf *out, const struct changes *order)
{
	struct arena mem = { 0 };
	struct schema all = { .dialect = D };
	struct arrivals tables = { &mem, &all, { 0 } };
	struct arrivals again = { &mem, &all, { 0 } };
	size_t last = last_table(order);

	for (size_t i = 0; i < order->n; i++)
		if (order->v[i]->kind == CHANGE_CREATE_TABLE)
			vec_push(&mem, &all.tables,
			    (struct table *)order->v[i]->new_table);

	for (size_t i = 0; i < order->n; i++) {
		const struct change *c = order->v[i];

		if (c->kind == CHANGE_CREATE_ENUM) {
			ddl_source(out, &c->new_enum->source);
			postgres_enum(out, c->new_enum->name, c->new_enum);
			buf_puts(out, ";\n\n");
		} else if (c->kind == CHANGE_CREATE_TABLE) {
			add_whole_table(out, &tables, c->new_table);
		} else if (c->kind == CHANGE_CREATE_OBJECT) {
			add_object(out, c);
		}
		if (i == last)
			add_ring(out, &again, order);
	}
	add_late(out, order);
	arena_release(&mem);
}
