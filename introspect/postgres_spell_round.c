/* postgres_spell_round - is what the server says of a text its own text?
 *
 * What the server spells is no fixed point: it says "((a)::text = 'x'::text)"
 * of a text, and another thing of that. Where its spelling of what is declared
 * is not what the database has, both texts are read by it once more, each in a
 * copy of the declared table.
 */
#include <string.h>

#include "introspect/postgres_spell.h"

VEC(spots, struct spot);
struct round {
	struct arena *a;
	const struct asked *doubt;
	struct spots spots, mine, theirs; /* in step with each other */
};

struct collecting {
	struct arena *a;
	struct spots *spots;
};

static void
collect(void *arg, struct spot *spot)
{
	struct collecting *c = arg;

	vec_push(c->a, c->spots, *spot);
}

static void
ask_copy(struct round *r, const struct table *other, bool theirs,
    struct spots *out, struct asked_list *list)
{
	struct collecting to = { r->a, out };
	struct asked *x = arena_new(r->a, struct asked);

	x->table = table_copy(r->a, r->doubt->table);
	spots_walk(x->table, other, collect, &to);
	for (size_t i = 0; i < out->n; i++) {
		struct expr *e = out->v[i].expr;
		struct asked_spot one = { .at = e };

		if (!asked_find(r->doubt, &r->spots.v[i]))
			continue;
		e->text = theirs ? out->v[i].other : spot_key(&out->v[i]);
		e->key = NULL;
		if (e->text)
			vec_push(r->a, &x->spots, one);
	}
	vec_push(r->a, list, x);
}

static void
take_spot(void *arg, struct spot *spot)
{
	struct asked *x = arg;

	if (asked_find(x, spot) && spot->met)
		spot->expr->key = spot->other;
}

static void
take(void *arg, struct asked *x, struct table *spelt)
{
	(void)arg;
	spots_walk(x->table, spelt, take_spot, x);
}

static bool
same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

static void
decide(struct round *r,
    void (*agree)(void *arg, struct spot *spot, const struct asked_spot *row),
    void *arg)
{
	for (size_t i = 0; i < r->spots.n; i++) {
		struct spot *spot = &r->spots.v[i];
		const struct asked_spot *row = asked_find(r->doubt, spot);
		const char *mine, *theirs;

		if (!row || !spot->other)
			continue;
		mine = r->mine.v[i].expr->key;
		theirs = r->theirs.v[i].expr->key;
		if (same(mine, spot->other) || same(theirs, spot_key(spot)) ||
		    same(mine, theirs))
			agree(arg, spot, row);
	}
}

bool
scratch_ask_again(struct arena *a, struct db *db, const struct schema *declared,
    const struct schema *current, const struct asked_list *doubts,
    void (*agree)(void *arg, struct spot *spot, const struct asked_spot *row),
    void *arg, struct err *err)
{
	struct round *rounds;
	struct asked_list list = { 0 };
	const char *why;

	if (!doubts->n)
		return true;
	rounds = arena_array(a, struct round, doubts->n);
	for (size_t i = 0; i < doubts->n; i++) {
		const struct asked *x = doubts->v[i];
		struct round *r = &rounds[i];
		struct collecting to = { a, &r->spots };
		const struct table *other = spots_table(current, x->table);

		r->a = a;
		r->doubt = x;
		spots_walk(x->table, other, collect, &to);
		ask_copy(r, other, false, &r->mine, &list);
		ask_copy(r, other, true, &r->theirs, &list);
	}
	if (!scratch_ask(
		a, db, declared, current, &list, take, NULL, &why, err))
		return false;
	for (size_t i = 0; i < doubts->n; i++)
		decide(&rounds[i], agree, arg);
	return true;
}
