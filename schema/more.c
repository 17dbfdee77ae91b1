/* more - what is seldom said of columns and constraints
 *
 * Of a thousand columns a few have former names, labels, a backfill … A struct
 * with room for all that would be twice as large.
 */
#include "schema/schema.h"

const struct column_more *
column_more(const struct column *c)
{
	static const struct column_more nothing;

	return c->more ? c->more : &nothing;
}

const struct constraint_more *
constraint_more(const struct constraint *c)
{
	static const struct constraint_more nothing;

	return c->more ? c->more : &nothing;
}

struct column_more *
column_say(struct arena *a, struct column *c)
{
	struct column_more *own = arena_new(a, struct column_more);

	*own = *column_more(c);
	return c->more = own;
}

struct constraint_more *
constraint_say(struct arena *a, struct constraint *c)
{
	struct constraint_more *own = arena_new(a, struct constraint_more);

	*own = *constraint_more(c);
	return c->more = own;
}
