/* make_rename - one rename made in a schema, with all that says the name */
#include "diff/making.h"

#include <string.h>

#include "sql/key.h"
#include "sql/options.h"

static void
rename_expr(struct making *m, struct expr *e, const char *from, const char *to)
{
	if (!e->text || !sql_mentions(m->dialect, e->text, from))
		return;
	e->text = sql_rename(m->a, m->dialect, e->text, from, to);
	e->key = sql_key(m->a, m->dialect, e->text);
}

static void
rename_in_parts(
    struct making *m, struct parts *parts, const char *from, const char *to)
{
	for (size_t i = 0; i < parts->n; i++) {
		struct part *p = &parts->v[i];

		if (p->column && schema_same_name(m->dialect, p->column, from))
			p->column = to;
		rename_expr(m, &p->expr, from, to);
	}
}

static void
rename_in_names(
    enum dialect d, struct names *names, const char *from, const char *to)
{
	for (size_t i = 0; i < names->n; i++)
		if (schema_same_name(d, names->v[i], from))
			names->v[i] = to;
}

static void
rename_in_constraint(
    struct making *m, struct constraint *c, const char *from, const char *to)
{
	struct constraint_more *more;

	if (c->column && schema_same_name(m->dialect, c->column, from))
		c->column = to;
	rename_in_parts(m, &c->parts, from, to);
	rename_expr(m, &c->check, from, to);
	if (!c->more)
		return;
	more = constraint_say(m->a, c);
	rename_in_names(m->dialect, &more->include, from, to);
	rename_expr(m, &more->where, from, to);
}

static bool
points_to(
    enum dialect d, const struct constraint *c, const struct table *target)
{
	return c->kind == CONSTRAINT_FOREIGN_KEY && c->target &&
	       schema_same_name(d, c->target_schema, target->schema) &&
	       schema_same_name(d, c->target, target->name);
}

/* Calls for each foreign key of the schema that references the table. */
static void
each_reference(struct making *m, const struct table *target,
    void (*f)(struct making *m, struct constraint *c))
{
	for (size_t i = 0; i < m->s->tables.n; i++) {
		struct table *t = m->s->tables.v[i];

		for (size_t k = 0; k < t->constraints.n; k++)
			if (points_to(m->dialect, t->constraints.v[k], target))
				f(m, t->constraints.v[k]);
	}
}

static void
rename_target(struct making *m, struct constraint *c)
{
	c->target = m->c->new_table->name;
}

static void
rename_target_column(struct making *m, struct constraint *c)
{
	rename_in_names(m->dialect, &c->target_columns, m->c->old_column->name,
	    m->c->new_column->name);
}

/* The sequence of a column keeps the name that was made of its own and its
 * table's, also where these are others now. */
static void
keep_sequence(struct making *m, struct column *c, const char *old_table,
    const char *old_column, const char *table)
{
	const char *said[SEQUENCE_OPTIONS], *made, *now;

	if (!c->identity || !diff_dialect(m->dialect)->names_sequences ||
	    !sql_sequence_read(
		m->a, m->dialect, column_more(c)->identity_options, said))
		return;
	made = sql_sequence_made(m->a, m->dialect, old_table, old_column);
	now = sql_sequence_made(m->a, m->dialect, table, c->name);
	if (!said[SEQUENCE_NAME])
		said[SEQUENCE_NAME] = made;
	if (!strcmp(said[SEQUENCE_NAME], now))
		said[SEQUENCE_NAME] = NULL;
	column_say(m->a, c)->identity_options = sql_sequence_write(m->a, said);
}

void
make_rename_table(struct making *m)
{
	struct table *t = find_table(m, m->c->old_table);
	const char *old = t->name;

	for (size_t i = 0; i < m->s->tables.n; i++) {
		struct parent *p = parent_named(
		    &m->s->tables.v[i]->parents, t->schema, t->name);

		if (p)
			p->name = m->c->new_table->name;
	}
	each_reference(m, t, rename_target);
	t->name = m->c->new_table->name;
	for (size_t i = 0; i < t->columns.n; i++)
		keep_sequence(
		    m, t->columns.v[i], old, t->columns.v[i]->name, t->name);
	t->was = (struct names){ 0 };
	vec_push(m->a, &t->was, old);
	for (size_t i = 0; i < m->s->objects.n; i++) {
		struct object *o = m->s->objects.v[i];

		if (o->table && schema_same_name(m->dialect, o->table, old))
			o->table = t->name;
	}
}

void
make_rename_column(struct making *m)
{
	struct table *t = table_now(m);
	const char *from = m->c->old_column->name;
	const char *to = m->c->new_column->name;
	struct column *c = table_column(m->s, t, from);
	struct column_more *more;

	each_reference(m, t, rename_target_column);
	c->name = to;
	keep_sequence(m, c, t->name, from, t->name);
	more = column_say(m->a, c);
	more->was = (struct names){ 0 };
	vec_push(m->a, &more->was, from);
	for (size_t i = 0; i < t->columns.n; i++)
		rename_expr(m, &t->columns.v[i]->generated, from, to);
	for (size_t i = 0; i < t->constraints.n; i++)
		rename_in_constraint(m, t->constraints.v[i], from, to);
	for (size_t i = 0; i < t->indexes.n; i++) {
		struct index *x = t->indexes.v[i];

		rename_in_parts(m, &x->parts, from, to);
		rename_in_names(m->dialect, &x->include, from, to);
		rename_expr(m, &x->where, from, to);
	}
}

void
make_rename_enum(struct making *m)
{
	const char *from = m->c->old_enum->name, *to = m->c->new_enum->name;
	struct enum_type *e = schema_enum(m->s, m->c->old_enum->schema, from);

	e->name = to;
	e->was = (struct names){ 0 };
	vec_push(m->a, &e->was, from);
	for (size_t i = 0; i < m->s->tables.n; i++) {
		struct table *t = m->s->tables.v[i];

		for (size_t k = 0; k < t->columns.n; k++) {
			struct column *c = t->columns.v[k];

			if (!c->enum_type || strcmp(c->enum_type, from))
				continue;
			if (!strcmp(c->type, c->enum_type))
				c->type = to;
			c->enum_type = to;
		}
	}
}
