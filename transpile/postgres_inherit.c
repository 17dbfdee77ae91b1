/* postgres_inherit - tables that inherit, in PostgreSQL's words
 *
 * CREATE TABLE says what is a table's own; what it has from above in another
 * way is said of it alone afterwards.
 */
#include "transpile/ddl.h"

#include "sql/quote.h"

#define D DIALECT_POSTGRES

static void
push(struct names *out, struct arena *a, struct buf *b)
{
	vec_push(a, out, arena_strndup(a, buf_str(b), b->len));
	buf_cut(b, 0);
}

void
postgres_say_inherited(struct names *out, struct arena *a,
    const struct table *t, const struct column *c, const struct column *above)
{
	struct buf b = { 0 };

	if (!expr_equal(&c->default_value, &above->default_value)) {
		postgres_set_default(&b, t, c, true);
		push(out, a, &b);
	}
	if (c->not_null && !above->not_null) {
		postgres_alter_column(&b, t, c, true);
		buf_puts(&b, "SET NOT NULL");
		push(out, a, &b);
	}
	if (c->identity) {
		postgres_alter_column(&b, t, c, true);
		buf_fmt(&b, "ADD GENERATED %s AS IDENTITY",
		    c->identity == IDENTITY_ALWAYS ? "ALWAYS" : "BY DEFAULT");
		if (column_more(c)->identity_options)
			buf_fmt(&b, " (%s)", column_more(c)->identity_options);
		push(out, a, &b);
	}
	buf_release(&b);
}

/* A type that changes may take the default of the table above along. */
void
postgres_write_carried(struct writing *w)
{
	const struct change *c = w->c;
	const struct column *above = c->by->new_column;

	if (c->kind == CHANGE_ADD_COLUMN) {
		postgres_say_inherited(
		    &w->s->sql, w->p->a, c->new_table, c->new_column, above);
		postgres_comments(
		    &w->s->sql, w->p->a, c->new_table, c->new_column);
	} else if (c->kind == CHANGE_COLUMN_TYPE &&
		   !expr_equal(
		       &c->new_column->default_value, &above->default_value)) {
		postgres_set_default(&w->b, c->new_table, c->new_column, true);
		say(w);
	}
}

static void
inherit(struct buf *b, const struct table *t, const struct parent *p,
    const char *words)
{
	ddl_alter(b, D, t);
	buf_puts(b, words);
	sql_qualified(b, D, p->schema, p->name);
}

static bool
has_named(const struct table *t, const struct constraint *c)
{
	for (size_t i = 0; i < t->constraints.n; i++)
		if (t->constraints.v[i]->name &&
		    !strcmp(t->constraints.v[i]->name, c->name))
			return true;
	return false;
}

void
postgres_let_go(
    struct writing *w, const struct table *had, const struct table *has)
{
	for (size_t i = 0; w->c->new_table->has_heirs && i < had->constraints.n;
	     i++) {
		const struct constraint *c = had->constraints.v[i];

		if (c->kind != CONSTRAINT_CHECK || c->no_inherit ||
		    has_named(has, c))
			continue;
		ddl_alter_only(&w->b, D, had);
		buf_puts(&w->b, "DROP CONSTRAINT ");
		sql_ident(&w->b, D, c->name);
		say(w);
	}
}

void
postgres_say_parents(struct names *out, struct arena *a, const struct table *t)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < t->parents.n; i++) {
		inherit(&b, t, &t->parents.v[i], "INHERIT ");
		push(out, a, &b);
	}
	buf_release(&b);
}

void
postgres_write_parent(struct writing *w)
{
	bool comes = w->c->kind == CHANGE_ADD_PARENT;
	const struct change *c = w->c;

	inherit(
	    &w->b, c->new_table, c->parent, comes ? "INHERIT " : "NO INHERIT ");
	say(w);
	inherit(
	    &w->b, c->new_table, c->parent, comes ? "NO INHERIT " : "INHERIT ");
	say_undo(w);
}
