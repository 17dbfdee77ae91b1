/* inherit - what a table has because tables above it have it
 *
 * A table lists all its columns and checks, so that everything else can treat
 * it like any other. What the server would have merged is worked out here, for
 * those who say only what is a table's own.
 */
#include "schema/schema.h"

#include <string.h>

void
schema_find_heirs(struct schema *s)
{
	for (size_t i = 0; i < s->tables.n; i++)
		for (size_t k = 0; k < s->tables.v[i]->parents.n; k++) {
			const struct parent *p = &s->tables.v[i]->parents.v[k];
			struct table *t = schema_table(s, p->schema, p->name);

			/* one that many share may know it already */
			if (t && !t->has_heirs)
				t->has_heirs = true;
		}
}

static void
merge(struct column *c, const struct column *other)
{
	c->not_null |= other->not_null;
	if (!c->default_value.text)
		c->default_value = other->default_value;
}

struct column *
inherited_column(struct arena *a, const struct schema *s, const struct table *t,
    const char *name)
{
	struct column *out = NULL;

	for (size_t i = 0; i < t->parents.n; i++) {
		const struct table *above = schema_table(
		    s, t->parents.v[i].schema, t->parents.v[i].name);
		const struct column *c =
		    above ? table_column(s, above, name) : NULL;

		if (!c)
			continue;
		if (out) {
			merge(out, c);
			continue;
		}
		out = arena_new(a, struct column);
		*out = *c;
		out->inherited = true;
		out->comment = NULL;
		out->identity = IDENTITY_NONE;
		if (column_more(out)->identity_options)
			column_say(a, out)->identity_options = NULL;
	}
	return out;
}

struct constraint *
inherited_check(struct arena *a, const struct schema *s, const struct table *t,
    const char *name)
{
	struct constraint *out;

	for (size_t i = 0; i < t->parents.n; i++) {
		const struct table *above = schema_table(
		    s, t->parents.v[i].schema, t->parents.v[i].name);

		for (size_t k = 0; above && k < above->constraints.n; k++) {
			const struct constraint *c = above->constraints.v[k];

			if (c->kind != CONSTRAINT_CHECK || c->no_inherit ||
			    !c->name || strcmp(c->name, name) != 0)
				continue;
			out = arena_new(a, struct constraint);
			*out = *c;
			out->inherited = true;
			out->comment = NULL;
			/* of tables that come later it holds, of those
			 * that were there it may not: nobody asks */
			out->not_valid = false;
			return out;
		}
	}
	return NULL;
}
