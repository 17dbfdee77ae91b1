/* postgres_column - changes of columns in PostgreSQL's words
 */
#include "transpile/ddl.h"

#include <stdlib.h>

#include "sql/key.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

static void
add_column(struct buf *b, const struct table *t, const struct column *c)
{
	ddl_alter(b, D, t);
	buf_puts(b, "ADD COLUMN ");
	postgres_column(b, c);
}

/* What is only of this table is not of those that inherit from it. */
static void
alter(struct buf *b, const struct table *t, bool only)
{
	if (only)
		ddl_alter_only(b, D, t);
	else
		ddl_alter(b, D, t);
}

static void
drop_column(struct buf *b, const struct table *t, const struct column *c)
{
	ddl_alter(b, D, t);
	buf_puts(b, "DROP COLUMN ");
	sql_ident(b, D, c->name);
}

void
postgres_alter_column(
    struct buf *b, const struct table *t, const struct column *c, bool only)
{
	alter(b, t, only);
	buf_puts(b, "ALTER COLUMN ");
	sql_ident(b, D, c->name);
	buf_putc(b, ' ');
}

static void
alter_column(struct buf *b, const struct table *t, const struct column *c)
{
	postgres_alter_column(b, t, c, false);
}

void
postgres_set_default(
    struct buf *b, const struct table *t, const struct column *c, bool only)
{
	postgres_alter_column(b, t, c, only);
	if (c->default_value.text)
		buf_fmt(b, "SET DEFAULT %s", c->default_value.text);
	else
		buf_puts(b, "DROP DEFAULT");
}

static const struct table *
state_table(struct writing *w)
{
	const struct table *t = w->c->new_table;

	return schema_table(plan_state(w->p), t->schema, t->name);
}

static void
set_default(struct buf *b, const struct table *t, const struct column *c)
{
	postgres_set_default(b, t, c, false);
}

/* Does something wait for the end of the transaction where rows are written? It
 * would forbid the next ALTER TABLE. A deferred foreign key does, of any
 * column: a row that was written twice is looked at again. */
static bool
defers(struct writing *w)
{
	const struct table *t = state_table(w);
	const struct objects *all = &plan_state(w->p)->objects;

	for (size_t i = 0; i < t->constraints.n; i++)
		if (t->constraints.v[i]->deferred)
			return true;
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i]->kind == OBJECT_TRIGGER &&
		    schema_same_name(D, all->v[i]->table, t->name) &&
		    sql_mentions(D, all->v[i]->sql.text, "deferred"))
			return true;
	return false;
}

/* Only rows that have no value get one. */
static void
fill_column(struct writing *w)
{
	const struct column *c = w->c->new_column;

	buf_puts(&w->b, "UPDATE ");
	ddl_table_name(&w->b, D, w->c->new_table);
	buf_puts(&w->b, " SET ");
	sql_ident(&w->b, D, c->name);
	buf_puts(&w->b, " = ");
	ddl_expr(&w->b, D, &column_more(c)->backfill);
	buf_puts(&w->b, " WHERE ");
	sql_ident(&w->b, D, c->name);
	buf_puts(&w->b, " IS NULL");
	say(w);
	if (!defers(w))
		return;
	buf_puts(&w->b, "SET CONSTRAINTS ALL IMMEDIATE");
	say(w);
}

static void
set_not_null(struct buf *b, const struct table *t, const struct column *c)
{
	alter_column(b, t, c);
	buf_puts(b, "SET NOT NULL");
}

bool
postgres_fills_at_once(const struct column *c)
{
	return ddl_is_literal(D, column_more(c)->backfill.text);
}

/* The server notes the default of a new column and writes no row. */
static void
add_same_column(struct writing *w)
{
	const struct column *c = w->c->new_column;
	struct column first = *c;

	first.default_value = column_more(c)->backfill;
	add_column(&w->b, w->c->new_table, &first);
	say(w);
	if (expr_equal(&column_more(c)->backfill, &c->default_value))
		return;
	set_default(&w->b, w->c->new_table, c);
	say(w);
}

/* Without its default, which would stand in every row already. */
static void
add_filled_column(struct writing *w)
{
	struct column bare = *w->c->new_column;

	bare.not_null = false;
	bare.default_value = (struct expr){ 0 };
	if (w->c->online) {
		postgres_place_fill(w);
	} else {
		add_column(&w->b, w->c->new_table, &bare);
		say(w);
		fill_column(w);
	}
	if (w->c->new_column->default_value.text) {
		set_default(&w->b, w->c->new_table, w->c->new_column);
		say(w);
	}
	set_not_null(&w->b, w->c->new_table, w->c->new_column);
	say(w);
	if (w->c->online)
		postgres_drop_check(w);
}

void
postgres_write_add_column(struct writing *w)
{
	const struct table *t = w->c->new_table;

	if (!column_fills(NULL, w->c->new_column)) {
		add_column(&w->b, t, w->c->new_column);
		say(w);
	} else if (postgres_fills_at_once(w->c->new_column)) {
		add_same_column(w);
	} else {
		add_filled_column(w);
	}
	postgres_take_given_column(
	    w, t, w->c->new_column, &(struct given){ 0 });
	postgres_comments(&w->s->sql, w->p->a, t, w->c->new_column);
	drop_column(&w->b, t, w->c->new_column);
	say_undo(w);
}

static bool
has_constraint(const struct table *t, const struct constraint *c)
{
	for (size_t i = 0; t && i < t->constraints.n; i++)
		if (constraint_equal(D, t->constraints.v[i], c))
			return true;
	return false;
}

/* Dropping a column takes along what mentions it: what `had` has of that, and
 * `has` (or nobody, where it is NULL) has not, is made again. */
static void
restore(struct writing *w, struct names *to, const struct table *had,
    const struct table *has, const char *column)
{
	for (size_t i = 0; i < had->constraints.n; i++) {
		const struct constraint *c = had->constraints.v[i];

		if (!constraint_mentions(D, c, column) ||
		    has_constraint(has, c))
			continue;
		ddl_alter(&w->b, D, had);
		buf_puts(&w->b, "ADD ");
		ddl_constraint(&w->b, D, c, false);
		plan_say(w->p, to, &w->b);
	}
	for (size_t i = 0; !has && i < had->indexes.n; i++) {
		if (!index_mentions(D, had->indexes.v[i], column))
			continue;
		ddl_index(&w->b, D, had, had->indexes.v[i]);
		plan_say(w->p, to, &w->b);
	}
}

void
postgres_write_drop_column(struct writing *w)
{
	struct change *change = w->s->changes.v[0];
	const struct table *had = state_table(w);
	const struct table *has = plan_table_after(w->p, had, &change, 1);
	struct column back = *w->c->now_column;

	if (w->c->online) {
		postgres_drop_keep(w);
		postgres_drop_check(w);
	}
	postgres_let_go(w, had, has);
	alter(&w->b, had, w->c->only);
	buf_puts(&w->b, "DROP COLUMN ");
	sql_ident(&w->b, D, back.name);
	say(w);
	if (!back.default_value.text && !back.generated.text &&
	    back.identity == IDENTITY_NONE)
		back.not_null = false;
	add_column(&w->b, had, &back);
	say_undo(w);
	restore(w, &w->s->undo, had, has, back.name);
	if (back.comment) {
		postgres_comment(&w->b, had, &back, NULL, NULL, back.comment);
		say_undo(w);
	}
}

/* A default stands in the way of a conversion that is not a plain cast, keeps
 * the enum type that it was written for, and may be another afterwards. */
static bool
swaps_default(
    const struct column *from, const struct column *is, const char *using)
{
	return from->default_value.text &&
	       (using || from->enum_type || is->enum_type ||
		   !expr_equal(&from->default_value, &is->default_value));
}

/* Sets *after to the default that stands when all is said. */
static void
change_type(struct writing *w, struct names *to, const struct column *from,
    const struct column *is, struct expr *after)
{
	const struct table *t = w->c->new_table;
	struct change c = { .now_column = from, .new_column = is };
	const char *using = diff_conversion(w->p->a, D, &c);
	struct column bare = *is;
	bool swaps = swaps_default(from, is, using);

	*after = swaps ? is->default_value : from->default_value;
	bare.default_value = (struct expr){ 0 };
	if (swaps) {
		set_default(&w->b, t, &bare);
		plan_say(w->p, to, &w->b);
	}
	alter_column(&w->b, t, is);
	buf_fmt(&w->b, "TYPE %s", is->type);
	if (is->collation) {
		buf_puts(&w->b, " COLLATE ");
		sql_ident(&w->b, D, is->collation);
	}
	if (using)
		buf_fmt(&w->b, " USING %s", using);
	plan_say(w->p, to, &w->b);
	if (swaps && is->default_value.text) {
		set_default(&w->b, t, is);
		plan_say(w->p, to, &w->b);
	}
}

/* A generated column holds on to what it reads: it goes first, with what stands
 * on it, and comes again, computed from the new values. */
static bool
reads(const struct column *c, const struct column *changed)
{
	return c->generated.text &&
	       sql_mentions(D, c->generated.text, changed->name);
}

void
postgres_put_aside(struct writing *w, struct names *to, const struct table *t,
    const struct column *c)
{
	drop_column(&w->b, t, c);
	plan_say(w->p, to, &w->b);
}

void
postgres_put_back(struct writing *w, struct names *to, const struct table *t,
    const struct column *c)
{
	add_column(&w->b, t, c);
	plan_say(w->p, to, &w->b);
	restore(w, to, t, NULL, c->name);
	if (!c->comment)
		return;
	postgres_comment(&w->b, t, c, NULL, NULL, c->comment);
	plan_say(w->p, to, &w->b);
}

static void
put_aside(struct writing *w, struct names *to)
{
	const struct table *t = state_table(w);

	for (size_t i = 0; i < t->columns.n; i++)
		if (reads(t->columns.v[i], w->c->new_column))
			postgres_put_aside(w, to, t, t->columns.v[i]);
}

static void
put_back(struct writing *w, struct names *to)
{
	const struct table *t = state_table(w);

	for (size_t i = 0; i < t->columns.n; i++)
		if (reads(t->columns.v[i], w->c->new_column))
			postgres_put_back(w, to, t, t->columns.v[i]);
}

static struct column *
state_column(struct writing *w)
{
	return table_column(
	    plan_state(w->p), state_table(w), w->c->new_column->name);
}

/* Sets *after as change_type does. */
static void
copy_type(struct writing *w, const struct column *from, const struct column *is,
    struct expr *after)
{
	struct change c = { .now_column = from, .new_column = is };
	struct column stands = *from;

	if (swaps_default(from, is, diff_conversion(w->p->a, D, &c)))
		stands.default_value = is->default_value;
	*after = stands.default_value;
	postgres_place_copy(w, &stands);
}

void
postgres_write_type(struct writing *w)
{
	const struct change *c = w->c;
	struct column *stands = state_column(w);
	struct column before = *stands, wanted = *c->new_column;
	struct column_more more;
	struct expr ignored;

	if (c->online) {
		copy_type(w, &before, &wanted, &stands->default_value);
	} else {
		put_aside(w, &w->s->sql);
		change_type(
		    w, &w->s->sql, &before, &wanted, &stands->default_value);
		put_back(w, &w->s->sql);
	}
	wanted.default_value = stands->default_value;
	more = *column_more(&before);
	more.conversion = (struct expr){ 0 };
	before.more = &more;
	/* the way back is not always known, and never brings back digits */
	put_aside(w, &w->s->undo);
	change_type(w, &w->s->undo, &wanted, &before, &ignored);
	put_back(w, &w->s->undo);
}

void
postgres_write_collation(struct writing *w)
{
	const struct column *columns[] = { w->c->new_column, w->c->now_column };
	struct names *to[] = { &w->s->sql, &w->s->undo };

	for (int i = 0; i < 2; i++) {
		put_aside(w, to[i]);
		alter_column(&w->b, w->c->new_table, columns[i]);
		buf_fmt(&w->b, "TYPE %s COLLATE ", w->c->new_column->type);
		if (columns[i]->collation)
			sql_ident(&w->b, D, columns[i]->collation);
		else
			buf_puts(&w->b, "pg_catalog.\"default\"");
		plan_say(w->p, to[i], &w->b);
		put_back(w, to[i]);
	}
}

void
postgres_write_not_null(struct writing *w)
{
	const struct column *c = w->c->new_column;
	struct names *set = c->not_null ? &w->s->sql : &w->s->undo;
	struct names *drop = c->not_null ? &w->s->undo : &w->s->sql;

	if (column_fills(w->c->now_column, c) && w->c->online)
		postgres_place_refill(w);
	else if (column_fills(w->c->now_column, c))
		fill_column(w);
	set_not_null(&w->b, w->c->new_table, c);
	plan_say(w->p, set, &w->b);
	if (w->c->online)
		postgres_drop_check(w);
	postgres_alter_column(&w->b, w->c->new_table, c, w->c->only);
	buf_puts(&w->b, "DROP NOT NULL");
	plan_say(w->p, drop, &w->b);
}

void
postgres_write_default(struct writing *w)
{
	bool only = w->c->only;

	postgres_set_default(&w->b, w->c->new_table, w->c->new_column, only);
	say(w);
	/* a change of its type may have set another one since */
	postgres_set_default(&w->b, w->c->new_table, state_column(w), only);
	say_undo(w);
}

/* An expression cannot be set, only given up: the column is made again. */
static void
regenerate(struct writing *w, struct names *to, const struct table *t,
    const struct column *from, const struct column *is)
{
	if (from->generated.text && !is->generated.text) {
		alter_column(&w->b, t, is);
		buf_puts(&w->b, "DROP EXPRESSION");
		plan_say(w->p, to, &w->b);
		if (is->default_value.text) {
			set_default(&w->b, t, is);
			plan_say(w->p, to, &w->b);
		}
		return;
	}
	if (w->c->mate) { /* before 15 what it called may have taken it along */
		ddl_alter(&w->b, D, t);
		buf_puts(&w->b, "DROP COLUMN IF EXISTS ");
		sql_ident(&w->b, D, from->name);
	} else {
		drop_column(&w->b, t, from);
	}
	plan_say(w->p, to, &w->b);
	add_column(&w->b, t, is);
	plan_say(w->p, to, &w->b);
	restore(w, to, state_table(w), NULL, is->name);
	if (is->comment) {
		postgres_comment(&w->b, t, is, NULL, NULL, is->comment);
		plan_say(w->p, to, &w->b);
	}
}

void
postgres_write_generated(struct writing *w)
{
	const struct change *c = w->c;

	regenerate(w, &w->s->sql, c->new_table, c->now_column, c->new_column);
	regenerate(w, &w->s->undo, c->new_table, c->new_column, c->now_column);
}
