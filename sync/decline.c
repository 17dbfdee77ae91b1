/* decline - the target without what nobody agreed to */
#include <string.h>

#include "sync/judge.h"

static bool
is_blamed(const struct sync *s, const struct change *c)
{
	for (size_t i = 0; i < c->findings.n; i++)
		if (!finding_passes(&s->options, &c->findings.v[i]))
			return true;
	return false;
}

/* Where no change of a refused step is to blame by itself, it was the text of
 * the step that was refused: then all of it goes. */
static void
decline_step(struct sync *s, const struct step *step, struct changes *out)
{
	size_t before = out->n;

	for (size_t i = 0; i < step->changes.n; i++)
		if (is_blamed(s, step->changes.v[i]))
			vec_push(s->arena, out, step->changes.v[i]);
	for (size_t i = 0; i < step->changes.n && out->n == before; i++)
		vec_push(s->arena, out, step->changes.v[i]);
}

static bool
may_be(const struct unresolved *u, const struct change *c)
{
	bool column = u->drop->kind == CHANGE_DROP_COLUMN;
	const char *name;

	if (column ? c->kind != CHANGE_ADD_COLUMN ||
			 c->old_table != u->drop->old_table
		   : c->kind != CHANGE_CREATE_TABLE)
		return false;
	name = column ? c->new_column->name : c->new_table->name;
	for (size_t i = 0; i < u->to.n; i++) {
		const char *dot = strrchr(u->to.v[i], '.');

		if (!strcmp(column && dot ? dot + 1 : u->to.v[i], name))
			return true;
	}
	return false;
}

/* While it is not known whether a column was renamed, the one that may be its
 * new name must not appear: the rename could not be made any more. */
static void
decline_candidates(struct sync *s, struct changes *out)
{
	const struct changes *all = &s->plan->diff->changes;

	for (size_t i = 0; i < s->unresolved.n; i++)
		for (size_t k = 0; k < all->n; k++)
			if (may_be(&s->unresolved.v[i], all->v[k]))
				vec_push(s->arena, out, all->v[k]);
}

struct schema *
decline(struct sync *s)
{
	struct changes declined = { 0 };

	for (size_t i = 0; i < s->steps.n; i++)
		if (s->steps.v[i].refused)
			decline_step(s, s->steps.v[i].step, &declined);
	decline_candidates(s, &declined);
	return diff_without(s->arena, s->plan->diff, &declined);
}
