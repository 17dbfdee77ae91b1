/* postgres_enum - changes of enum types
 *
 * Values can be added and renamed in place. To lose one, or to change their
 * order, a new type takes over: every column that uses the old one is cast by
 * way of text, and fails where a row holds a value that goes. Checks and
 * indexes that say a value of it are made anew.
 */
#include "transpile/ddl.h"

#include "base/text.h"
#include "sql/key.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

static void
alter_type(struct buf *b, const struct enum_type *e)
{
	buf_puts(b, "ALTER TYPE ");
	sql_qualified(b, D, e->schema, e->name);
	buf_putc(b, ' ');
}

static void
rename_labels(
    struct writing *w, const struct enum_type *old, const struct enum_type *new)
{
	for (size_t i = 0; i < old->labels.n; i++) {
		const char *from = old->labels.v[i];
		const char *to = enum_label_now(old, new, from);

		if (!strcmp(from, to))
			continue;
		alter_type(&w->b, new);
		buf_puts(&w->b, "RENAME VALUE ");
		sql_literal(&w->b, D, from);
		buf_puts(&w->b, " TO ");
		sql_literal(&w->b, D, to);
		say(w);
		alter_type(&w->b, new);
		buf_puts(&w->b, "RENAME VALUE ");
		sql_literal(&w->b, D, to);
		buf_puts(&w->b, " TO ");
		sql_literal(&w->b, D, from);
		say_undo(w);
	}
}

/* The old labels under the names that they have now. */
static struct enum_type
renamed(
    struct arena *a, const struct enum_type *old, const struct enum_type *new)
{
	struct enum_type e = *new;

	e.labels = (struct names){ 0 };
	for (size_t i = 0; i < old->labels.n; i++)
		vec_push(
		    a, &e.labels, enum_label_now(old, new, old->labels.v[i]));
	return e;
}

/* Each new value goes after the one before it, and the first of all before the
 * one that was; at the end no place need be said. */
static void
add_labels(struct writing *w, const struct enum_type *stands,
    const struct enum_type *new)
{
	size_t at = 0;

	for (size_t i = 0; i < new->labels.n; i++) {
		if (at < stands->labels.n &&
		    !strcmp(stands->labels.v[at], new->labels.v[i])) {
			at++;
			continue;
		}
		alter_type(&w->b, new);
		buf_puts(&w->b, "ADD VALUE ");
		sql_literal(&w->b, D, new->labels.v[i]);
		if (at < stands->labels.n) {
			buf_puts(&w->b, i ? " AFTER " : " BEFORE ");
			sql_literal(&w->b, D,
			    i ? new->labels.v[i - 1] : stands->labels.v[0]);
		}
		say(w);
	}
}

static bool
uses(const struct column *c, const struct enum_type *e)
{
	return c->enum_type && !strcmp(c->enum_type, e->name);
}

/* Says the default that the column has, or will have, or none. */
static void
set_default(struct writing *w, struct names *to, const struct table *t,
    const struct column *c, const char *value)
{
	struct column as = { .name = c->name, .default_value.text = value };

	postgres_set_default(&w->b, t, &as, false);
	plan_say(w->p, to, &w->b);
}

static void
cast_column(struct writing *w, struct names *to, const struct table *t,
    const struct column *c, const char *schema, const char *type)
{
	const char *list = text_ends(c->type, "[]") ? "[]" : "";

	ddl_alter(&w->b, D, t);
	buf_puts(&w->b, "ALTER COLUMN ");
	sql_ident(&w->b, D, c->name);
	buf_puts(&w->b, " TYPE ");
	sql_qualified(&w->b, D, schema, type);
	buf_fmt(&w->b, "%s USING ", list);
	sql_ident(&w->b, D, c->name);
	buf_fmt(&w->b, "::text%s::", list);
	sql_qualified(&w->b, D, schema, type);
	buf_puts(&w->b, list);
	plan_say(w->p, to, &w->b);
}

/* The default is the new schema's where the column stays, for the old one may
 * be a value that goes. */
static struct expr
default_after(struct writing *w, const struct table *t, const struct column *c)
{
	const struct schema *to = w->p->diff->to;
	const struct table *new = schema_table(to, t->schema, t->name);
	const struct column *is = new ? table_column(to, new, c->name) : NULL;

	/* one that is not there now has a change of its own */
	return c->default_value.text && is && uses(is, w->c->new_enum)
		   ? is->default_value
		   : c->default_value;
}

static void
exchange_column(struct writing *w, struct names *to, struct names *after_all,
    const struct table *t, struct column *c, const struct enum_type *wanted,
    const char *name, bool back)
{
	struct expr other = default_after(w, t, c);
	const char *before = back ? other.text : c->default_value.text;
	const char *after = back ? c->default_value.text : other.text;

	if (before)
		set_default(w, to, t, c, NULL);
	cast_column(w, to, t, c, wanted->schema, name);
	if (after) /* it may name the type, which has its name only then */
		set_default(w, after_all, t, c, after);
	if (!back)
		c->default_value = other;
}

/* Does a check or an index compare a column of the type with something? The
 * server would go on comparing with the old type. */
static bool
compares(const struct table *t, const struct enum_type *e,
    const struct constraint *c, const struct index *x)
{
	for (size_t i = 0; i < t->columns.n; i++) {
		const char *name = t->columns.v[i]->name;

		if (!uses(t->columns.v[i], e))
			continue;
		if (c ? (c->kind == CONSTRAINT_CHECK ||
			    c->kind == CONSTRAINT_EXCLUDE) &&
			    constraint_mentions(D, c, name)
		      : index_mentions(D, x, name))
			return true;
	}
	return false;
}

/* Takes them away, and notes in `after` what brings them back. */
static void
free_type(struct writing *w, struct names *to, struct names *after,
    const struct table *t, const struct enum_type *e)
{
	for (size_t i = 0; i < t->constraints.n; i++) {
		const struct constraint *c = t->constraints.v[i];

		if (!compares(t, e, c, NULL))
			continue;
		ddl_alter(&w->b, D, t);
		buf_puts(&w->b, "DROP CONSTRAINT ");
		sql_ident(&w->b, D, c->name);
		plan_say(w->p, to, &w->b);
		postgres_add_constraint(&w->b, t, c);
		plan_say(w->p, after, &w->b);
		if (!c->comment)
			continue;
		postgres_comment(&w->b, t, NULL, c, NULL, c->comment);
		plan_say(w->p, after, &w->b);
	}
	for (size_t i = 0; i < t->indexes.n; i++) {
		const struct index *x = t->indexes.v[i];

		if (!compares(t, e, NULL, x))
			continue;
		ddl_drop_index(&w->b, D, t, x->name);
		plan_say(w->p, to, &w->b);
		ddl_index(&w->b, D, t, x);
		plan_say(w->p, after, &w->b);
		if (!x->comment)
			continue;
		postgres_comment(&w->b, t, NULL, NULL, x, x->comment);
		plan_say(w->p, after, &w->b);
	}
}

/* Is it computed, of values of the type or as one? */
static bool
computes(
    const struct table *t, const struct column *c, const struct enum_type *e)
{
	if (!c->generated.text)
		return false;
	for (size_t i = 0; i < t->columns.n; i++)
		if (uses(t->columns.v[i], e) &&
		    sql_mentions(D, c->generated.text, t->columns.v[i]->name))
			return true;
	return uses(c, e);
}

static void
free_computed(struct writing *w, struct names *to, struct names *after,
    const struct table *t, const struct enum_type *e)
{
	for (size_t i = 0; i < t->columns.n; i++) {
		if (!computes(t, t->columns.v[i], e))
			continue;
		postgres_put_aside(w, to, t, t->columns.v[i]);
		postgres_put_back(w, after, t, t->columns.v[i]);
	}
}

static void
exchange(struct writing *w, struct names *to, const struct enum_type *wanted,
    bool back)
{
	struct schema *state = plan_state(w->p);
	const char *name = arena_fmt(w->p->a, "_deesse_new_%s", wanted->name);
	struct names after = { 0 };

	for (size_t i = 0; i < state->tables.n; i++)
		free_type(w, to, &after, state->tables.v[i], wanted);
	for (size_t i = 0; i < state->tables.n; i++)
		free_computed(w, to, &after, state->tables.v[i], wanted);
	postgres_enum(&w->b, name, wanted);
	plan_say(w->p, to, &w->b);
	for (size_t i = 0; i < state->tables.n; i++) {
		const struct table *t = state->tables.v[i];

		for (size_t k = 0; k < t->columns.n; k++)
			if (uses(t->columns.v[k], wanted) &&
			    !t->columns.v[k]->generated.text)
				exchange_column(w, to, &after, t,
				    t->columns.v[k], wanted, name, back);
	}
	buf_puts(&w->b, "DROP TYPE ");
	sql_qualified(&w->b, D, wanted->schema, wanted->name);
	plan_say(w->p, to, &w->b);
	buf_puts(&w->b, "ALTER TYPE ");
	sql_qualified(&w->b, D, wanted->schema, name);
	buf_puts(&w->b, " RENAME TO ");
	sql_ident(&w->b, D, wanted->name);
	plan_say(w->p, to, &w->b);
	for (size_t i = 0; i < after.n; i++)
		vec_push(w->p->a, to, after.v[i]);
}

/* The column that has it gets its type, which then gets its name. */
static void
place_exchange(struct writing *w)
{
	const struct change *c = w->c, *x = c->exchange;
	struct schema *state = plan_state(w->p);
	struct table *t =
	    schema_table(state, x->old_table->schema, x->old_table->name);
	struct column *column = table_column(state, t, x->old_column->name);
	struct column stands = *column;

	stands.default_value = default_after(w, t, column);
	w->c = x;
	postgres_place_copy(w, &stands);
	w->c = c;
	column->default_value = stands.default_value;
}

void
postgres_write_alter_enum(struct writing *w)
{
	const struct enum_type *old = w->c->old_enum, *new = w->c->new_enum;
	struct enum_type stands = renamed(w->p->a, old, new);
	struct names renames = { 0 };
	bool grows = enum_grows(old, new);

	rename_labels(w, old, new);
	renames = w->s->undo;
	w->s->undo = (struct names){ 0 };
	/* a value cannot be taken away, so undo exchanges the type as well; it
	 * is written first, while the state is what it must lead back to */
	if (!grows || stands.labels.n < new->labels.n)
		exchange(w, &w->s->undo, &stands, true);
	if (grows)
		add_labels(w, &stands, new);
	else if (w->c->exchange)
		place_exchange(w);
	else
		exchange(w, &w->s->sql, new, false);
	for (size_t i = 0; i < renames.n; i++)
		vec_push(w->p->a, &w->s->undo, renames.v[i]);
}
