/* inherit_follow - heirs that nobody declared follow their parents */
#include "diff/inherit.h"

static bool
column_stays(const struct schema *s, const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->parents.n; i++) {
		const struct table *above = above_of(s, &t->parents.v[i]);

		if (above && table_column(s, above, name))
			return true;
	}
	return false;
}

/* Returns the columns, those that come from above as they are there. */
static struct columns
columns_below(struct arena *a, const struct schema *s, const struct table *t)
{
	struct columns out = { 0 };

	for (size_t i = 0; i < t->columns.n; i++) {
		struct column *c = t->columns.v[i], *is;

		if (c->inherited && !column_stays(s, t, c->name))
			continue;
		is = inherited_column(a, s, t, c->name);
		if (is && strcmp(is->type, c->type) != 0) {
			is->inherited = c->inherited;
			is->comment = c->comment;
			c = is;
		}
		vec_push(a, &out, c);
	}
	for (size_t i = 0; i < t->parents.n; i++) {
		const struct table *above = above_of(s, &t->parents.v[i]);

		for (size_t k = 0; above && k < above->columns.n; k++) {
			const char *name = above->columns.v[k]->name;
			struct table so_far = { .columns = out };

			if (!table_column(s, &so_far, name))
				vec_push(
				    a, &out, inherited_column(a, s, t, name));
		}
	}
	return out;
}

static struct constraints
checks_below(struct arena *a, const struct schema *s, const struct table *t)
{
	struct constraints out = { 0 };

	for (size_t i = 0; i < t->constraints.n; i++) {
		struct constraint *c = t->constraints.v[i];

		if (!c->inherited || inherited_check(a, s, t, c->name))
			vec_push(a, &out, c);
	}
	for (size_t i = 0; i < t->parents.n; i++) {
		const struct table *above = above_of(s, &t->parents.v[i]);

		for (size_t k = 0; above && k < above->constraints.n; k++) {
			const struct constraint *c = above->constraints.v[k];
			struct table so_far = { .constraints = out };

			if (is_inheritable(c) && !check_named(&so_far, c->name))
				vec_push(
				    a, &out, inherited_check(a, s, t, c->name));
		}
	}
	return out;
}

static void
mark_heirs(struct arena *a, struct schema *target)
{
	for (size_t i = 0; i < target->tables.n; i++) {
		const struct table *t = target->tables.v[i];

		for (size_t k = 0; k < t->parents.n; k++) {
			struct table *above =
			    (struct table *)above_of(target, &t->parents.v[k]);

			if (!above || above->has_heirs)
				continue;
			above = schema_own(a, target, above);
			above->has_heirs = true;
			schema_reindex(a, target);
		}
	}
}

void
target_follow(struct arena *a, struct schema *target, const struct schema *now)
{
	mark_heirs(a, target);
	for (size_t depth = 1; depth < DEPTH_MAX; depth++) {
		bool more = false, owned = false;

		for (size_t i = 0; i < target->tables.n; i++) {
			struct table *t = target->tables.v[i];
			size_t n =
			    t->parents.n ? depth_of(target, t, DEPTH_MAX) : 0;

			more |= n > depth;
			if (n != depth ||
			    schema_table(now, t->schema, t->name) != t)
				continue;
			t = schema_own(a, target, t);
			t->columns = columns_below(a, target, t);
			t->constraints = checks_below(a, target, t);
			owned = true;
		}
		if (owned)
			schema_reindex(a, target);
		if (!more)
			return;
	}
}
