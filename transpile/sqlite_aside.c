/* sqlite_aside - views and triggers that are away while a table changes
 *
 * ALTER TABLE reads all of them, and fails on one that cannot run, whatever
 * that is about. Their text is all that there is of them, so nothing is lost.
 */
#include "transpile/sqlite.h"

#define D DIALECT_SQLITE

bool
is_chosen(const struct objects *chosen, const struct object *o)
{
	for (size_t i = 0; i < chosen->n; i++)
		if (chosen->v[i] == o)
			return true;
	return false;
}

/* Does the trigger go when one of the views goes? */
static bool
goes_along(const struct objects *chosen, const struct object *o)
{
	for (size_t i = 0; o->kind == OBJECT_TRIGGER && i < chosen->n; i++)
		if (chosen->v[i]->kind == OBJECT_VIEW &&
		    schema_same_name(D, chosen->v[i]->name, o->table))
			return true;
	return false;
}

void
sqlite_find_aside(struct planner *p, struct objects *out)
{
	const struct objects *all = &plan_state(p)->objects;

	/* a step of many changes asks once */
	if (out->n)
		return;
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i]->kind == OBJECT_VIEW && all->v[i]->unusable)
			vec_push(p->a, out, all->v[i]);
	for (size_t i = 0; i < all->n; i++)
		if (!is_chosen(out, all->v[i]) &&
		    ((all->v[i]->kind == OBJECT_TRIGGER &&
			 all->v[i]->unusable) ||
			goes_along(out, all->v[i])))
			vec_push(p->a, out, all->v[i]);
}

void
sqlite_take_away(
    struct planner *p, struct names *to, const struct objects *objects)
{
	struct buf b = { 0 };

	for (size_t i = objects->n; i-- > 0;) {
		ddl_drop_object(&b, D, objects->v[i]);
		plan_say(p, to, &b);
	}
	buf_release(&b);
}

void
sqlite_put_back(
    struct planner *p, struct names *to, const struct objects *objects)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < objects->n; i++) {
		buf_puts(&b, objects->v[i]->sql.text);
		plan_say(p, to, &b);
	}
	buf_release(&b);
}
