/* values - new values of enum types, in a transaction of their own
 *
 * If the second half fails, the values stay: they take nothing away, and the
 * next run finds them there.
 */
#include "sync/values.h"

bool
values_first(struct sync *s, struct err *err)
{
	struct schema *to = schema_copy(s->arena, s->current);
	const struct changes *all = &s->plan->diff->changes;
	struct sync first = *s;
	bool moved;

	for (size_t i = 0; i < all->n; i++) {
		const struct change *c = all->v[i];

		if (c->kind == CHANGE_ALTER_ENUM &&
		    enum_grows(c->old_enum, c->new_enum))
			diff_make(s->arena, to, c);
	}
	schema_reindex(s->arena, to);
	first.steps = (struct judgements){ 0 };
	first.declined = first.only_values = true;
	if (!sync_compare(&first, s->current, to, err))
		return false;
	first.declared = s->declared;
	if (first.refused)
		return err_fail(err,
		    "values must be added to an enum type and committed before "
		    "they can be used, which the options do not accept");
	if (!sync_apply(&first, &moved, err))
		return moved && err_fail(err, "the database changed meanwhile");
	s->first = first.run;
	s->first_why = "values of enum types can be used only after that";
	return true;
}
