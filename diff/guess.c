/* guess - a column or table that goes while one that comes could be it
 *
 * Nobody is sure, so nobody acts: the drop waits for an answer. The list is
 * ordered by what speaks for each, so that the likeliest is asked first.
 */
#include "diff/pass.h"

#include <strings.h>

#include "base/text.h"

struct candidate {
	const char *name;
	int score;
	size_t place;
};

static int
by_score(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static bool
similar(const char *a, const char *b)
{
	return strcasestr(a, b) || strcasestr(b, a) ||
	       text_nearest(a, &b, 1) == b;
}

static size_t
place_of(const struct table *t, const struct column *c)
{
	size_t i = 0;

	while (i < t->columns.n && t->columns.v[i] != c)
		i++;
	return i;
}

/* Could values of the old column stand in the new one? What speaks for it is
 * its type, its name and its place; 0 is no. */
static int
column_score(
    struct pass *p, const struct change *drop, const struct change *add)
{
	const struct column *was = drop->now_column, *is = add->new_column;
	struct retyping r = diff_retyping(p->dialect, was, is);
	bool same = column_equal(p->dialect,
	    &(struct column){ .name = "", .type = was->type },
	    &(struct column){ .name = "", .type = is->type });

	if (was->generated.text || is->generated.text ||
	    column_more(is)->backfill.text ||
	    (!same && r.effect > RETYPE_REWRITE))
		return 0;
	return 1 + (same ? 4 : 0) + (similar(was->name, is->name) ? 8 : 0) +
	       (was->not_null == is->not_null ? 1 : 0) +
	       (place_of(drop->now_table, was) == place_of(add->new_table, is)
		       ? 2
		       : 0);
}

/* Most columns of both must have a namesake of their type in the other. */
static int
table_score(
    struct pass *p, const struct change *drop, const struct change *create)
{
	const struct table *was = drop->now_table, *is = create->new_table;
	size_t shared = 0, most = was->columns.n > is->columns.n
				      ? was->columns.n
				      : is->columns.n;

	for (size_t i = 0; i < was->columns.n; i++) {
		const struct column *old = was->columns.v[i];
		const struct column *new = table_column(p->to, is, old->name);

		shared += new &&column_equal(p->dialect,
		    &(struct column){ .name = "", .type = old->type },
		    &(struct column){ .name = "", .type = new->type });
	}
	if (!shared || shared * 2 <= most)
		return 0;
	return (int)(shared * 8 / most) +
	       (similar(was->name, is->name) ? 4 : 0);
}

static void
guess(struct pass *p, const struct change *drop)
{
	bool column = drop->kind == CHANGE_DROP_COLUMN;
	struct candidate *found =
	    arena_array(p->a, struct candidate, p->diff->changes.n);
	struct unresolved u = { .kind = "rename", .drop = drop };
	size_t n = 0;

	for (size_t i = 0; i < p->diff->changes.n; i++) {
		const struct change *c = p->diff->changes.v[i];
		struct candidate *x = &found[n];

		if (column && c->kind == CHANGE_ADD_COLUMN &&
		    c->new_table == drop->new_table) {
			x->score = column_score(p, drop, c);
			x->name = name_column(
			    p->a, c->new_table, c->new_column->name);
			x->place = place_of(c->new_table, c->new_column);
		} else if (!column && c->kind == CHANGE_CREATE_TABLE) {
			x->score = table_score(p, drop, c);
			x->name = name_table(p->a, c->new_table);
			x->place = i;
		}
		n += x->score > 0;
	}
	if (!n)
		return;
	qsort(found, n, sizeof(*found), by_score);
	for (size_t i = 0; i < n; i++)
		vec_push(p->a, &u.to, found[i].name);
	u.from =
	    column ? name_column(p->a, drop->old_table, drop->old_column->name)
		   : name_table(p->a, drop->old_table);
	vec_push(p->a, &p->diff->unresolved, u);
}

void
pass_guess(struct pass *p)
{
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		const struct change *c = p->diff->changes.v[i];

		if (c->kind == CHANGE_DROP_COLUMN ||
		    (c->kind == CHANGE_DROP_TABLE && !c->mate))
			guess(p, c);
	}
}
