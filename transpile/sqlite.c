/* sqlite - tables, columns and statements in SQLite's words
 *
 * What belongs to one column is written inside it, so that ALTER TABLE can add
 * and drop the column with all of it. ALTER TABLE can do little else: the
 * limits are those of its manual, each tried on 3.40.
 */
#include "transpile/sqlite.h"

#include "base/text.h"
#include "sql/key.h"
#include "sql/lex.h"
#include "sql/quote.h"

#define D DIALECT_SQLITE

static bool
is_inside(const struct constraint *c, const struct column *column)
{
	return c->column && schema_same_name(D, c->column, column->name);
}

static void
add_inside(
    struct buf *b, const struct table *t, const struct column *c, bool keys)
{
	for (size_t i = 0; i < t->constraints.n; i++) {
		const struct constraint *k = t->constraints.v[i];
		bool key = k->kind == CONSTRAINT_PRIMARY_KEY;

		if (!is_inside(k, c) || key != keys)
			continue;
		buf_putc(b, ' ');
		ddl_constraint(b, D, k, true);
		if (key && c->identity == IDENTITY_AUTOINCREMENT)
			buf_puts(b, " AUTOINCREMENT");
	}
}

static bool
is_literal(const char *text)
{
	struct arena a = { 0 };
	bool name = sql_name_as_string(&a, D, text) != NULL;

	arena_release(&a);
	return name || ddl_is_literal(D, text);
}

/* A comment at an end of the text is kept only by parentheses, and one up to
 * the line's end would swallow the one that closes. */
static void
add_default(struct buf *b, const char *text)
{
	struct token t, first = { 0 }, last = { 0 };
	struct lexer l;
	bool inner;

	lex_init(&l, D, text, strlen(text));
	for (; lex_raw(&l, &t); last = t)
		if (!first.at)
			first = t;
	lex_release(&l);
	inner = first.kind != TOKEN_COMMENT && last.kind != TOKEN_COMMENT;
	buf_fmt(b,
	    inner && is_literal(text) ? " DEFAULT %s"
	    : inner                   ? " DEFAULT (%s)"
				      : " DEFAULT (%s\n)",
	    text);
}

void
sqlite_column(struct buf *b, const struct table *t, const struct column *c)
{
	sql_ident(b, D, c->name);
	if (c->type && *c->type)
		buf_fmt(b, " %s", c->type);
	add_inside(b, t, c, true);
	if (c->not_null)
		buf_puts(b, " NOT NULL");
	if (c->not_null && column_more(c)->on_conflict)
		buf_fmt(b, " ON CONFLICT %s", column_more(c)->on_conflict);
	if (c->default_value.text)
		add_default(b, c->default_value.text);
	if (c->collation) {
		buf_puts(b, " COLLATE ");
		sql_ident(b, D, c->collation);
	}
	if (c->generated.text)
		buf_fmt(b, " GENERATED ALWAYS AS (%s) %s", c->generated.text,
		    c->stored ? "STORED" : "VIRTUAL");
	add_inside(b, t, c, false);
}

/* One column a line, then what is said of several. */
void
sqlite_table(struct buf *b, const struct table *t, const char *name)
{
	buf_puts(b, "CREATE TABLE ");
	sql_ident(b, D, name);
	buf_puts(b, " (\n");
	for (size_t i = 0; i < t->columns.n; i++) {
		buf_puts(b, i ? ",\n  " : "  ");
		sqlite_column(b, t, t->columns.v[i]);
	}
	for (size_t i = 0; i < t->constraints.n; i++) {
		if (t->constraints.v[i]->column)
			continue;
		buf_puts(b, ",\n  ");
		ddl_constraint(b, D, t->constraints.v[i], false);
	}
	buf_puts(b, "\n)");
	if (t->without_rowid)
		buf_puts(b, " WITHOUT ROWID");
	if (t->strict)
		buf_puts(b, t->without_rowid ? ", STRICT" : " STRICT");
}

static void
add_schema(struct buf *out, const struct changes *order)
{
	for (size_t i = 0; i < order->n; i++) {
		const struct change *c = order->v[i];
		const struct table *t = c->new_table;

		if (c->kind == CHANGE_CREATE_OBJECT) {
			ddl_source(out, &c->new_object->source);
			buf_fmt(out, "%s;\n\n", c->new_object->sql.text);
		}
		if (c->kind != CHANGE_CREATE_TABLE)
			continue;
		ddl_source(out, &t->source);
		sqlite_table(out, t, t->name);
		buf_puts(out, ";\n");
		for (size_t k = 0; k < t->indexes.n; k++) {
			ddl_index(out, D, t, t->indexes.v[k]);
			buf_puts(out, ";\n");
		}
		buf_putc(out, '\n');
	}
}

static bool
is_null(const struct expr *e)
{
	return !e->text || text_same_nocase(e->text, "NULL");
}

/* A default that ALTER TABLE can give to the rows that are there. */
static bool
is_constant(const struct expr *e)
{
	return is_null(e) || (is_literal(e->text) &&
				 strncasecmp(e->text, "CURRENT_", 8) != 0);
}

bool
sqlite_can_add(const struct table *t, const struct column *c)
{
	if (c->generated.text && c->stored)
		return false;
	if (column_fills(NULL, c))
		return false; /* ALTER TABLE cannot compute a row's value */
	if (!is_constant(&c->default_value))
		return false;
	for (size_t i = 0; i < t->constraints.n; i++) {
		const struct constraint *k = t->constraints.v[i];

		if (!is_inside(k, c))
			continue;
		if (k->kind == CONSTRAINT_PRIMARY_KEY ||
		    k->kind == CONSTRAINT_UNIQUE)
			return false;
		if (k->kind == CONSTRAINT_FOREIGN_KEY &&
		    !is_null(&c->default_value))
			return false;
	}
	return true;
}

static bool
names_part(const struct parts *parts, const char *column)
{
	for (size_t i = 0; i < parts->n; i++)
		if (parts->v[i].column
			? schema_same_name(D, parts->v[i].column, column)
			: sql_mentions(D, parts->v[i].expr.text, column))
			return true;
	return false;
}

bool
sqlite_can_drop(const struct table *t, const struct column *c)
{
	for (size_t i = 0; i < t->constraints.n; i++) {
		const struct constraint *k = t->constraints.v[i];
		bool check = k->kind == CONSTRAINT_CHECK;

		if (check ? sql_mentions(D, k->check.text, c->name)
			  : names_part(&k->parts, c->name)) {
			bool loose = check || k->kind == CONSTRAINT_FOREIGN_KEY;

			if (!is_inside(k, c) || !loose)
				return false;
		}
	}
	for (size_t i = 0; i < t->columns.n; i++) {
		const struct expr *e = &t->columns.v[i]->generated;

		if (t->columns.v[i] != c && e->text &&
		    sql_mentions(D, e->text, c->name))
			return false;
	}
	return true;
}

static bool
rebuilds(const struct change *c)
{
	switch (c->kind) {
	case CHANGE_ADD_COLUMN:
		return !sqlite_can_add(c->new_table, c->new_column);
	case CHANGE_DROP_COLUMN:
		return !sqlite_can_drop(c->now_table, c->now_column);
	case CHANGE_CREATE_INDEX:
	case CHANGE_RENAME_INDEX:
	case CHANGE_DROP_INDEX:
		return false;
	default:
		return true;
	}
}

static void
drop_table(struct buf *b, const struct table *t)
{
	buf_puts(b, "DROP TABLE ");
	sql_ident(b, D, t->name);
}

static void
write_create_table(struct writing *w)
{
	sqlite_table(&w->b, w->c->new_table, w->c->new_table->name);
	say(w);
	drop_table(&w->b, w->c->new_table);
	say_undo(w);
}

/* With foreign keys on, DROP TABLE deletes all rows first, and what points to
 * them by cascade. */
static bool
is_referenced(const struct schema *s, const struct table *t)
{
	for (size_t i = 0; i < s->tables.n; i++)
		for (size_t k = 0; k < s->tables.v[i]->constraints.n; k++) {
			const struct constraint *c =
			    s->tables.v[i]->constraints.v[k];

			if (c->kind == CONSTRAINT_FOREIGN_KEY && c->target &&
			    !schema_same_name(
				D, s->tables.v[i]->name, t->name) &&
			    schema_same_name(D, c->target, t->name))
				return true;
		}
	return false;
}

static void
write_drop_table(struct writing *w)
{
	const struct table *t =
	    schema_table(plan_state(w->p), NULL, w->c->now_table->name);

	w->s->rebuild = is_referenced(w->p->state, t);
	drop_table(&w->b, t);
	say(w);
	sqlite_table(&w->b, t, t->name);
	say_undo(w);
	for (size_t i = 0; i < t->indexes.n; i++) {
		ddl_index(&w->b, D, t, t->indexes.v[i]);
		say_undo(w);
	}
}

static void
rename_table(struct buf *b, const char *from, const char *to)
{
	buf_puts(b, "ALTER TABLE ");
	sql_ident(b, D, from);
	buf_puts(b, " RENAME TO ");
	sql_ident(b, D, to);
}

/* Runs what reads every view and trigger of the file, and fails on one that
 * cannot run, be it anybody's: those are away meanwhile. */
static void
say_beside(struct writing *w, struct names *to)
{
	const char *sql = arena_strndup(w->p->a, buf_str(&w->b), w->b.len);

	buf_cut(&w->b, 0);
	sqlite_take_away(w->p, to, &w->s->aside);
	buf_puts(&w->b, sql);
	plan_say(w->p, to, &w->b);
	sqlite_put_back(w->p, to, &w->s->aside);
}

static void
write_rename_table(struct writing *w)
{
	const char *from = w->c->old_table->name, *to = w->c->new_table->name;

	sqlite_find_aside(w->p, &w->s->aside);
	rename_table(&w->b, from, to);
	say_beside(w, &w->s->sql);
	rename_table(&w->b, to, from);
	say_beside(w, &w->s->undo);
}

static void
rename_column(
    struct buf *b, const struct table *t, const char *from, const char *to)
{
	ddl_alter(b, D, t);
	buf_puts(b, "RENAME COLUMN ");
	sql_ident(b, D, from);
	buf_puts(b, " TO ");
	sql_ident(b, D, to);
}

static void
write_rename_column(struct writing *w)
{
	const char *from = w->c->old_column->name, *to = w->c->new_column->name;

	sqlite_find_aside(w->p, &w->s->aside);
	rename_column(&w->b, w->c->new_table, from, to);
	say_beside(w, &w->s->sql);
	rename_column(&w->b, w->c->new_table, to, from);
	say_beside(w, &w->s->undo);
}

static void
add_column(struct buf *b, const struct table *t, const struct column *c)
{
	ddl_alter(b, D, t);
	buf_puts(b, "ADD COLUMN ");
	sqlite_column(b, t, c);
}

static void
drop_column(struct buf *b, const struct table *t, const char *name)
{
	ddl_alter(b, D, t);
	buf_puts(b, "DROP COLUMN ");
	sql_ident(b, D, name);
}

static void
write_add_column(struct writing *w)
{
	add_column(&w->b, w->c->new_table, w->c->new_column);
	say(w);
	sqlite_find_aside(w->p, &w->s->aside);
	drop_column(&w->b, w->c->new_table, w->c->new_column->name);
	say_beside(w, &w->s->undo);
}

static void
write_drop_column(struct writing *w)
{
	struct planner *p = w->p;
	const struct schema *state = plan_state(p);
	struct change *change = w->s->changes.v[0];
	const struct table *before =
	    schema_table(state, NULL, w->c->new_table->name);
	const struct table *after = plan_table_after(p, before, &change, 1);
	const struct table *loose = sqlite_loosened(p->a, before, after);
	const struct column *c =
	    table_column(state, loose, w->c->now_column->name);

	sqlite_find_aside(p, &w->s->aside);
	drop_column(&w->b, before, c->name);
	say_beside(w, &w->s->sql);
	if (sqlite_can_add(loose, c)) {
		add_column(&w->b, loose, c);
		say_undo(w);
		return;
	}
	w->s->undo_rebuilds = true;
	sqlite_rebuild(p, &w->s->undo, after, loose, true);
}

static void
write_create_index(struct writing *w)
{
	ddl_index(&w->b, D, w->c->new_table, w->c->new_index);
	say(w);
	ddl_drop_index(&w->b, D, w->c->new_table, w->c->new_index->name);
	say_undo(w);
}

static void
write_drop_index(struct writing *w)
{
	const struct table *t =
	    w->c->new_table ? w->c->new_table : w->c->now_table;

	ddl_drop_index(&w->b, D, t, w->c->now_index->name);
	say(w);
	ddl_index(&w->b, D, t, w->c->now_index);
	say_undo(w);
}

/* An index cannot be renamed, but costs nothing to lose. */
static void
write_rename_index(struct writing *w)
{
	const struct table *t = w->c->new_table;

	ddl_drop_index(&w->b, D, t, w->c->now_index->name);
	say(w);
	ddl_index(&w->b, D, t, w->c->new_index);
	say(w);
	ddl_drop_index(&w->b, D, t, w->c->new_index->name);
	say_undo(w);
	ddl_index(&w->b, D, t, w->c->now_index);
	say_undo(w);
}

static void
write_create_object(struct writing *w)
{
	buf_puts(&w->b, w->c->new_object->sql.text);
	say(w);
	ddl_drop_object(&w->b, D, w->c->new_object);
	say_undo(w);
}

static void
write_drop_object(struct writing *w)
{
	ddl_drop_object(&w->b, D, w->c->old_object);
	say(w);
	buf_puts(&w->b, w->c->old_object->sql.text);
	say_undo(w);
}

const struct ddl_dialect sqlite_ddl = {
	.schema = add_schema,
	.rebuilds = rebuilds,
	.rebuild = sqlite_write_rebuild,
	.rewrite = sqlite_rebuild,
	.reads_all = {
		[CHANGE_RENAME_TABLE] = true,
		[CHANGE_RENAME_COLUMN] = true,
		[CHANGE_DROP_COLUMN] = true,
		/* an undo must know of those that go */
		[CHANGE_DROP_OBJECT] = true,
	},
	.write = {
		[CHANGE_RENAME_TABLE] = write_rename_table,
		[CHANGE_CREATE_TABLE] = write_create_table,
		[CHANGE_DROP_TABLE] = write_drop_table,
		[CHANGE_RENAME_COLUMN] = write_rename_column,
		[CHANGE_ADD_COLUMN] = write_add_column,
		[CHANGE_DROP_COLUMN] = write_drop_column,
		[CHANGE_CREATE_INDEX] = write_create_index,
		[CHANGE_RENAME_INDEX] = write_rename_index,
		[CHANGE_DROP_INDEX] = write_drop_index,
		[CHANGE_CREATE_OBJECT] = write_create_object,
		[CHANGE_DROP_OBJECT] = write_drop_object,
	},
};
