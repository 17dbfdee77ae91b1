/* collections_ends - the other ends of relations: HAS_MANY, HAS_ONE
 *
 * A link table is one whose key is two relations. Through it each of the two
 * has many of the other; the link itself is named only if it says more.
 */
#include "transpile/collections_words.h"

#include <string.h>

static size_t
relations_to(const struct telling *t, const struct telling *to)
{
	size_t n = 0;

	for (size_t i = 0; i < t->table->columns.n; i++)
		n += t->fields[i].relation && t->fields[i].target == to;
	return n;
}

static void
push_end(struct telling *t, const char *macro, struct item *i)
{
	i->macro = macro;
	vec_push(t->teller->a, &t->groups[GROUP_OTHER_ENDS], *i);
}

static bool
is_unique(const struct telling *t, const struct field *f)
{
	for (size_t i = 0; i < t->table->constraints.n; i++) {
		const struct constraint *c = t->table->constraints.v[i];

		if (c->kind == CONSTRAINT_UNIQUE && c->parts.n == 1 &&
		    telling_field(t, c->parts.v[0].column) == f)
			return true;
	}
	return false;
}

static void
add_end(struct telling *t, const struct field *f)
{
	struct telling *to = f->target;
	struct arena *a = t->teller->a;
	struct item i = { 0 };
	const char *name = t->slug;

	if (relations_to(t, to) > 1 || t == to || map_get(&to->taken, name))
		name = arena_fmt(a, "%s_by_%s", t->slug, f->name);
	item_arg(a, &i, "%s", name_take(a, &to->taken, name, name));
	item_arg(a, &i, "%s", t->slug);
	item_text(a, &i, "by", f->name);
	push_end(to, f->key || is_unique(t, f) ? "HAS_ONE" : "HAS_MANY", &i);
}

/* Through the link, from the target of `from` to that of `to`. */
static void
add_through(
    struct telling *link, const struct field *from, const struct field *to)
{
	struct telling *here = from->target;
	struct arena *a = link->teller->a;
	struct item i = { 0 };
	const char *name =
	    from->target == to->target ? to->name : to->target->slug;

	if (map_get(&here->taken, name))
		name = arena_fmt(a, "%s_by_%s", name, link->slug);
	item_arg(a, &i, "%s", name_take(a, &here->taken, name, name));
	item_arg(a, &i, "%s", to->target->slug);
	item_text(a, &i, "through", link->slug);
	if (relations_to(link, from->target) > 1)
		item_text(a, &i, "from", from->name);
	if (relations_to(link, to->target) > 1)
		item_text(a, &i, "to", to->name);
	push_end(here, "HAS_MANY", &i);
}

static bool
is_pair(struct telling *t, const struct constraint *c, struct field *pair[2])
{
	if ((c->kind != CONSTRAINT_PRIMARY_KEY &&
		c->kind != CONSTRAINT_UNIQUE) ||
	    c->parts.n != 2)
		return false;
	for (size_t i = 0; i < 2; i++) {
		pair[i] = telling_field(t, c->parts.v[i].column);
		if (!pair[i] || !pair[i]->relation)
			return false;
	}
	return pair[0] != pair[1];
}

static bool
says_more(const struct telling *t, struct field *const pair[2])
{
	for (size_t i = 0; i < t->table->columns.n; i++) {
		const struct field *f = &t->fields[i];

		if (!f->by_itself && f != pair[0] && f != pair[1])
			return true;
	}
	return false;
}

static void
add_ends(struct telling *t)
{
	struct field *pair[2] = { NULL, NULL };
	bool link = false;

	for (size_t i = 0; !link && i < t->table->constraints.n; i++)
		link = is_pair(t, t->table->constraints.v[i], pair);
	for (size_t i = 0; i < t->table->columns.n; i++) {
		const struct field *f = &t->fields[i];

		if (f->relation && (!link || says_more(t, pair)))
			add_end(t, f);
		if (link && f == pair[0])
			add_through(t, pair[0], pair[1]);
		if (link && f == pair[1])
			add_through(t, pair[1], pair[0]);
	}
}

void
teller_add_ends(struct teller *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!r->tables[i].unsaid)
			add_ends(&r->tables[i]);
}
