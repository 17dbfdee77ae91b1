/* needs_enum - what says a value of an enum type that loses some
 *
 * The planner makes such checks and indexes anew around the exchange of the
 * type; those that go must be gone before, and those that come must wait.
 */
#include "diff/needs.h"

#include <string.h>

#include "sql/key.h"

static bool
says_value(struct pass *p, const struct change *c, const struct enum_type *e,
    bool comes)
{
	const struct table *t = comes ? c->new_table : c->now_table;
	const struct constraint *k =
	    comes ? c->new_constraint : c->now_constraint;
	const struct index *x = comes ? c->new_index : c->now_index;

	for (size_t i = 0; t && i < t->columns.n; i++) {
		const struct column *column = t->columns.v[i];

		if (!column->enum_type || strcmp(column->enum_type, e->name))
			continue;
		if ((k && constraint_mentions(p->dialect, k, column->name)) ||
		    (x && index_mentions(p->dialect, x, column->name)))
			return true;
	}
	return false;
}

static bool
column_says(const struct pass *p, const struct column *c, const char *name)
{
	return (c->default_value.text &&
		   sql_says(p->dialect, c->default_value.text, name)) ||
	       (c->generated.text &&
		   sql_says(p->dialect, c->generated.text, name));
}

/* Does the half of a change say the type (apart.c)? */
static bool
says_type(struct pass *p, struct change *c, const char *name, bool comes)
{
	const struct column *column = comes ? c->new_column : c->now_column;

	if (!c->mate)
		return false;
	if (c->kind == CHANGE_COLUMN_DEFAULT ||
	    c->kind == CHANGE_COLUMN_GENERATED)
		return column_says(p, column, name);
	return c->kind != CHANGE_DROP_OBJECT &&
	       c->kind != CHANGE_CREATE_OBJECT &&
	       change_says(p, c, words_fold(p->a, name), comes);
}

/* A table that is made anew has no column of the type meanwhile. */
static bool
makes_way(const struct change *c, const struct enum_type *e)
{
	if (c->kind != CHANGE_DROP_TABLE || !c->mate)
		return false;
	for (size_t i = 0; i < c->now_table->columns.n; i++)
		if (c->now_table->columns.v[i]->enum_type &&
		    !strcmp(c->now_table->columns.v[i]->enum_type, e->name))
			return true;
	return false;
}

void
need_around_enum(struct pass *p, struct change *alter)
{
	const char *name = alter->new_enum->name;

	for (size_t i = 0; i < p->diff->changes.n; i++) {
		struct change *c = p->diff->changes.v[i];
		bool comes = c->kind == CHANGE_ADD_CONSTRAINT ||
			     c->kind == CHANGE_CREATE_INDEX;
		bool goes = c->kind == CHANGE_DROP_CONSTRAINT ||
			    c->kind == CHANGE_DROP_INDEX;

		if ((comes && says_value(p, c, alter->new_enum, true)) ||
		    says_type(p, c, name, true))
			need(p, c, alter);
		if (makes_way(c, alter->new_enum))
			need(p, alter, c);
		if ((goes && says_value(p, c, alter->new_enum, false)) ||
		    says_type(p, c, name, false))
			need(p, alter, c);
	}
}
