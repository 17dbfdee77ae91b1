/* order - changes in an order in which they can be made
 *
 * What relaxes goes before what tightens, then by kind, then as declared; but
 * what a change needs goes before it, wherever it stands. A ring of needs (two
 * tables that reference each other) is cut where it closes: the planner adds
 * the last reference by itself, and a function is made there without a look at
 * its body.
 */
#include "diff/pass.h"

#include <stdlib.h>

/* Objects have ranks of their own below. */
static const int ranks[CHANGE_KIND_COUNT] = {
	[CHANGE_RENAME_ENUM] = 1,
	[CHANGE_CREATE_ENUM] = 2,
	[CHANGE_ALTER_ENUM] = 3,
	[CHANGE_RENAME_TABLE] = 4,
	[CHANGE_CREATE_TABLE] = 5,
	[CHANGE_RENAME_COLUMN] = 6,
	[CHANGE_ADD_COLUMN] = 7,
	[CHANGE_TABLE_OPTIONS] = 8,
	[CHANGE_DROP_CONSTRAINT] = 9,
	[CHANGE_DROP_INDEX] = 9,
	[CHANGE_COLUMN_TYPE] = 10,
	[CHANGE_COLUMN_COLLATION] = 10,
	[CHANGE_COLUMN_GENERATED] = 10,
	[CHANGE_COLUMN_IDENTITY] = 10,
	[CHANGE_COLUMN_DEFAULT] = 11,
	[CHANGE_DROP_NOT_NULL] = 12,
	[CHANGE_SET_NOT_NULL] = 12,
	[CHANGE_COLUMN_CONFLICT] = 12,
	[CHANGE_RENAME_CONSTRAINT] = 13,
	[CHANGE_RENAME_INDEX] = 13,
	[CHANGE_ADD_CONSTRAINT] = 14,
	[CHANGE_CREATE_INDEX] = 15,
	[CHANGE_DROP_PARTITION] = 8,
	[CHANGE_PARTITION_BOUND] = 8,
	[CHANGE_UNBIND_PARTITION] = 8,
	[CHANGE_ADD_PARTITION] = 8,
	[CHANGE_DROP_PARENT] = 6,
	[CHANGE_ADD_PARENT] = 15,
	[CHANGE_COMMENT] = 16,
	[CHANGE_DROP_COLUMN] = 17,
	[CHANGE_DROP_TABLE] = 18,
	[CHANGE_DROP_ENUM] = 19,
	[CHANGE_DROP_OBJECT] = 20,
	[CHANGE_CREATE_OBJECT] = 21,
	[CHANGE_REPLACE_OBJECT] = 21,
	[CHANGE_ROW_SECURITY] = 22,
};

/* What leads comes before all tables and goes after them; statements about
 * others come last. */
static int
rank_of(const struct change *c)
{
	const struct object *o = c->new_object ? c->new_object : c->old_object;

	if (!o)
		return ranks[c->kind];
	if (object_traits(o->kind)->leads)
		return c->new_object ? 0 : 23;
	if (!object_traits(o->kind)->word && c->new_object)
		return 23;
	return ranks[c->kind];
}

/* Among objects the order is that of the kinds, and back. */
static int
kind_of(const struct change *c)
{
	const struct object *o = c->new_object ? c->new_object : c->old_object;

	if (!o)
		return 0;
	return c->new_object ? (int)o->kind : -(int)o->kind;
}

/* Is it tightened by what it needs, or by its other half? */
static bool
must_tighten(const struct change *c)
{
	if (c->mate && c->mate->phase == PHASE_TIGHTEN)
		return true;
	for (size_t i = 0; i < c->needs.n; i++)
		if (c->needs.v[i]->phase == PHASE_TIGHTEN)
			return true;
	return false;
}

static void
spread_phases(struct changes *all)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < all->n; i++) {
			struct change *c = all->v[i];

			if (c->phase == PHASE_TIGHTEN || !must_tighten(c))
				continue;
			c->phase = PHASE_TIGHTEN;
			more = true;
		}
	}
}

static int
by_place(const void *a, const void *b)
{
	const struct change *x = *(struct change *const *)a;
	const struct change *y = *(struct change *const *)b;

	if (x->phase != y->phase)
		return x->phase < y->phase ? -1 : 1;
	if (rank_of(x) != rank_of(y))
		return rank_of(x) < rank_of(y) ? -1 : 1;
	if (kind_of(x) != kind_of(y))
		return kind_of(x) < kind_of(y) ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static void
sort(struct changes *all)
{
	if (all->n)
		qsort(all->v, all->n, sizeof(*all->v), by_place);
}

enum { NOT_SEEN, ON_THE_WAY, PLACED };

static bool
makes_function(const struct change *c)
{
	return c->new_object && (c->new_object->kind == OBJECT_FUNCTION ||
				    c->new_object->kind == OBJECT_PROCEDURE);
}

/* What is on the way calls the function, which has to do without it. */
static void
cut(struct change *c, const char *seen)
{
	size_t n = 0;

	for (size_t i = 0; i < c->needs.n; i++)
		if (seen[c->needs.v[i]->place] != ON_THE_WAY)
			c->needs.v[n++] = c->needs.v[i];
	c->early |= n < c->needs.n;
	c->needs.n = n;
}

static void
place(struct pass *p, struct changes *out, char *seen, struct change *c)
{
	if (seen[c->place] != NOT_SEEN)
		return;
	seen[c->place] = ON_THE_WAY;
	if (makes_function(c))
		cut(c, seen);
	sort(&c->needs);
	for (size_t i = 0; i < c->needs.n; i++)
		place(p, out, seen, c->needs.v[i]);
	seen[c->place] = PLACED;
	vec_push(p->a, out, c);
}

void
pass_order(struct pass *p)
{
	struct changes *all = &p->diff->changes, out = { 0 };
	char *seen = arena_array(p->a, char, all->n);

	for (size_t i = 0; i < all->n; i++)
		all->v[i]->place = i;
	spread_phases(all);
	sort(all);
	for (size_t i = 0; i < all->n; i++)
		place(p, &out, seen, all->v[i]);
	*all = out;
	for (size_t i = 0; i < all->n; i++)
		all->v[i]->place = i;
}
