/* ddl - what both dialects spell alike */
#include "transpile/ddl.h"

#include "sql/lang.h"
#include "sql/lex.h"
#include "sql/quote.h"

void
ddl_names(struct buf *b, enum dialect d, const struct names *names)
{
	buf_putc(b, '(');
	for (size_t i = 0; i < names->n; i++) {
		buf_puts(b, i ? ", " : "");
		sql_ident(b, d, names->v[i]);
	}
	buf_putc(b, ')');
}

bool
ddl_is_call(enum dialect d, const char *text)
{
	struct lexer l;
	struct token t;
	int depth = 0, n = 0;
	bool call = true;

	lex_init(&l, d, text, strlen(text));
	while (call && lex_next(&l, &t)) {
		if (n == 0)
			call = t.kind == TOKEN_WORD;
		else if (n == 1)
			call = token_is(&t, "(");
		else
			call = depth > 0;
		depth += token_is(&t, "(") - token_is(&t, ")");
		n++;
	}
	lex_release(&l);
	return call && n > 2 && depth == 0;
}

bool
ddl_is_literal(enum dialect d, const char *text)
{
	static const char *const words[] = { "null", "true", "false",
		"current_date", "current_time", "current_timestamp" };
	struct lexer l;
	struct token t;
	bool sign = false, one = false, more = false;

	lex_init(&l, d, text, strlen(text));
	while (!more && lex_next(&l, &t)) {
		more = one;
		if (!one && !sign && (token_is(&t, "-") || token_is(&t, "+"))) {
			sign = true;
			continue;
		}
		one =
		    t.kind == TOKEN_NUMBER || (!sign && t.kind == TOKEN_STRING);
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			one |= !sign && token_is(&t, words[i]);
		more |= !one;
	}
	lex_release(&l);
	return one && !more;
}

/* Does one pair of parentheses hold all of it? */
static bool
is_enclosed(enum dialect d, const char *text)
{
	struct lexer l;
	struct token t;
	int depth = 0, n = 0;
	bool enclosed = true;

	lex_init(&l, d, text, strlen(text));
	for (; enclosed && lex_next(&l, &t); n++) {
		enclosed = n ? depth > 0 : token_is(&t, "(");
		depth += token_is(&t, "(") - token_is(&t, ")");
	}
	lex_release(&l);
	return enclosed && n && !depth;
}

void
ddl_expr(struct buf *b, enum dialect d, const struct expr *e)
{
	bool whole = ddl_is_literal(d, e->text) || ddl_is_call(d, e->text) ||
		     is_enclosed(d, e->text);

	buf_fmt(b, whole ? "%s" : "(%s)", e->text);
}

static void
add_part(struct buf *b, enum dialect d, const struct part *p)
{
	bool bare = p->column || sql_lang(d)->bare_parts ||
		    ddl_is_call(d, p->expr.text);

	if (p->column)
		sql_ident(b, d, p->column);
	else
		buf_fmt(b, bare ? "%s" : "(%s)", p->expr.text);
	if (p->collation) {
		buf_puts(b, " COLLATE ");
		sql_ident(b, d, p->collation);
	}
	if (p->opclass)
		buf_fmt(b, " %s", p->opclass);
	if (p->desc)
		buf_puts(b, " DESC");
	if (p->nulls)
		buf_fmt(b, " NULLS %s", p->nulls);
	if (p->with)
		buf_fmt(b, " WITH %s", p->with);
}

void
ddl_parts(struct buf *b, enum dialect d, const struct parts *parts)
{
	buf_putc(b, '(');
	for (size_t i = 0; i < parts->n; i++) {
		buf_puts(b, i ? ", " : "");
		add_part(b, d, &parts->v[i]);
	}
	buf_putc(b, ')');
}

static void
add_reference(struct buf *b, enum dialect d, const struct constraint *c)
{
	buf_puts(b, "REFERENCES ");
	sql_qualified(b, d, c->target_schema, c->target);
	if (c->target_columns.n && !c->implicit) {
		buf_putc(b, ' ');
		ddl_names(b, d, &c->target_columns);
	}
	if (constraint_more(c)->match)
		buf_fmt(b, " MATCH %s", constraint_more(c)->match);
	if (action_sql(c->on_update))
		buf_fmt(b, " ON UPDATE %s", action_sql(c->on_update));
	if (action_sql(c->on_delete))
		buf_fmt(b, " ON DELETE %s", action_sql(c->on_delete));
	if (constraint_more(c)->delete_columns.n) {
		buf_putc(b, ' ');
		ddl_names(b, d, &constraint_more(c)->delete_columns);
	}
}

static void
add_key(struct buf *b, enum dialect d, const struct constraint *c,
    const char *words, bool in_column)
{
	buf_puts(b, words);
	if (c->nulls_not_distinct)
		buf_puts(b, " NULLS NOT DISTINCT");
	if (!in_column) {
		buf_putc(b, ' ');
		ddl_parts(b, d, &c->parts);
	} else if (c->parts.n && c->parts.v[0].desc) {
		buf_puts(b, " DESC");
	}
	if (constraint_more(c)->include.n) {
		buf_puts(b, " INCLUDE ");
		ddl_names(b, d, &constraint_more(c)->include);
	}
}

static void
add_exclusion(struct buf *b, enum dialect d, const struct constraint *c)
{
	buf_puts(b, "EXCLUDE ");
	if (constraint_more(c)->method)
		buf_fmt(b, "USING %s ", constraint_more(c)->method);
	ddl_parts(b, d, &c->parts);
	if (constraint_more(c)->include.n) {
		buf_puts(b, " INCLUDE ");
		ddl_names(b, d, &constraint_more(c)->include);
	}
	if (constraint_more(c)->where.text)
		buf_fmt(b, " WHERE (%s)", constraint_more(c)->where.text);
}

void
ddl_constraint(
    struct buf *b, enum dialect d, const struct constraint *c, bool in_column)
{
	if (c->name) {
		buf_puts(b, "CONSTRAINT ");
		sql_ident(b, d, c->name);
		buf_putc(b, ' ');
	}
	switch (c->kind) {
	case CONSTRAINT_PRIMARY_KEY:
		add_key(b, d, c, "PRIMARY KEY", in_column);
		break;
	case CONSTRAINT_UNIQUE:
		add_key(b, d, c, "UNIQUE", in_column);
		break;
	case CONSTRAINT_CHECK:
		buf_fmt(b, "CHECK (%s)", c->check.text);
		break;
	case CONSTRAINT_FOREIGN_KEY:
		if (!in_column) {
			buf_puts(b, "FOREIGN KEY ");
			ddl_parts(b, d, &c->parts);
			buf_putc(b, ' ');
		}
		add_reference(b, d, c);
		break;
	case CONSTRAINT_EXCLUDE:
		add_exclusion(b, d, c);
		break;
	}
	if (constraint_more(c)->on_conflict)
		buf_fmt(b, " ON CONFLICT %s", constraint_more(c)->on_conflict);
	if (c->no_inherit)
		buf_puts(b, " NO INHERIT");
	if (c->deferrable)
		buf_puts(b, " DEFERRABLE");
	if (c->deferred)
		buf_puts(b, " INITIALLY DEFERRED");
	if (c->not_valid)
		buf_puts(b, " NOT VALID");
}

void
ddl_table_name(struct buf *b, enum dialect d, const struct table *t)
{
	sql_qualified(b, d, t->schema, t->name);
}

void
ddl_alter(struct buf *b, enum dialect d, const struct table *t)
{
	buf_puts(b, "ALTER TABLE ");
	ddl_table_name(b, d, t);
	buf_putc(b, ' ');
}

void
ddl_alter_only(struct buf *b, enum dialect d, const struct table *t)
{
	buf_puts(b, "ALTER TABLE ONLY ");
	ddl_table_name(b, d, t);
	buf_putc(b, ' ');
}

void
ddl_index(
    struct buf *b, enum dialect d, const struct table *t, const struct index *i)
{
	ddl_index_as(b, d, t, i, "");
}

void
ddl_index_as(struct buf *b, enum dialect d, const struct table *t,
    const struct index *i, const char *how)
{
	buf_fmt(b, "CREATE %sINDEX%s ", i->unique ? "UNIQUE " : "", how);
	sql_ident(b, d, i->name);
	buf_puts(b, " ON ");
	ddl_table_name(b, d, t);
	if (i->method)
		buf_fmt(b, " USING %s", i->method);
	buf_putc(b, ' ');
	ddl_parts(b, d, &i->parts);
	if (i->include.n) {
		buf_puts(b, " INCLUDE ");
		ddl_names(b, d, &i->include);
	}
	if (i->nulls_not_distinct)
		buf_puts(b, " NULLS NOT DISTINCT");
	if (i->with)
		buf_fmt(b, " WITH (%s)", i->with);
	if (i->where.text)
		buf_fmt(b, " WHERE %s", i->where.text);
}

void
ddl_drop_index(
    struct buf *b, enum dialect d, const struct table *t, const char *name)
{
	buf_puts(b, "DROP INDEX ");
	sql_qualified(b, d, t->schema, name);
}

void
ddl_drop_object(struct buf *b, enum dialect d, const struct object *o)
{
	const struct object_traits *t = object_traits(o->kind);
	bool of_table = object_of_table(d, o->kind);

	if (!t->word || o->drop) {
		buf_puts(b, o->drop);
		return;
	}
	buf_fmt(b, "DROP %s ", t->dropped ? t->dropped : t->word);
	sql_qualified(b, d, of_table ? NULL : o->schema, o->name);
	if (t->signature)
		buf_fmt(b, "(%s)", o->signature ? o->signature : "");
	if (of_table) {
		buf_puts(b, " ON ");
		sql_qualified(b, d, o->schema, o->table);
	}
}

void
ddl_source(struct buf *b, const struct source *s)
{
	if (s->file)
		buf_fmt(b, "-- %s:%d\n", s->file, s->line);
}
