/* collections_ends - the other ends of relations: HAS_MANY, HAS_ONE
 *
 * A link table is one in which a key, or a unique index, is two relations.
 * Through it each of the two has many of the other; the link itself is named
 * only if it says more.
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
is_only_part(
    const struct telling *t, const struct parts *parts, const struct field *f)
{
	const struct part *p = parts->v;

	return parts->n == 1 && p->column && !p->desc && !p->collation &&
	       telling_field(t, p->column) == f;
}

static bool
is_unique(const struct telling *t, const struct field *f)
{
	for (size_t i = 0; i < t->table->constraints.n; i++) {
		const struct constraint *c = t->table->constraints.v[i];

		if (c->kind == CONSTRAINT_UNIQUE &&
		    is_only_part(t, &c->parts, f))
			return true;
	}
	for (size_t i = 0; i < t->table->indexes.n; i++) {
		const struct index *x = t->table->indexes.v[i];

		if (x->unique && !x->where.text && !x->method &&
		    is_only_part(t, &x->parts, f))
			return true;
	}
	return false;
}

/* What refers to its own table as its parent has children there. */
static const char *
end_name(const struct telling *t, const struct field *f, const char *name)
{
	const struct telling *to = f->target;
	struct arena *a = t->teller->a;

	if (t == to && !strcmp(f->name, "parent") &&
	    !map_get(&to->taken, "children"))
		return "children";
	if (relations_to(t, to) > 1 || t == to || map_get(&to->taken, name))
		return arena_fmt(a, "%s_by_%s", name, f->name);
	return name;
}

static void
add_end(struct telling *t, const struct field *f)
{
	struct telling *to = f->target;
	struct arena *a = t->teller->a;
	bool one = f->key || is_unique(t, f);
	struct item i = { 0 };
	const char *name =
	    end_name(t, f, one ? name_one(a, t->slug) : name_many(a, t->slug));

	item_arg(a, &i, "%s", name_take(a, &to->taken, name, t->slug));
	item_arg(a, &i, "%s", t->slug);
	item_text(a, &i, "by", f->name);
	push_end(to, one ? "HAS_ONE" : "HAS_MANY", &i);
}

/* Through the link, from the target of `from` to that of `to`. */
static void
add_through(
    struct telling *link, const struct field *from, const struct field *to)
{
	struct telling *here = from->target;
	struct arena *a = link->teller->a;
	struct item i = { 0 };
	const char *name = name_many(
	    a, from->target == to->target ? to->name : to->target->slug);

	if (map_get(&here->taken, name))
		name = arena_fmt(a, "%s_by_%s", name, link->slug);
	item_arg(a, &i, "%s", name_take(a, &here->taken, name, link->slug));
	item_arg(a, &i, "%s", to->target->slug);
	item_text(a, &i, "through", link->slug);
	if (relations_to(link, from->target) > 1)
		item_text(a, &i, "from", from->name);
	if (relations_to(link, to->target) > 1)
		item_text(a, &i, "to", to->name);
	push_end(here, "HAS_MANY", &i);
}

static bool
is_pair(struct telling *t, const struct parts *parts, struct field *pair[2])
{
	if (parts->n != 2)
		return false;
	for (size_t i = 0; i < 2; i++) {
		pair[i] = parts->v[i].column
			      ? telling_field(t, parts->v[i].column)
			      : NULL;
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

static bool
is_link(struct telling *t, struct field *pair[2])
{
	for (size_t i = 0; i < t->table->constraints.n; i++) {
		const struct constraint *c = t->table->constraints.v[i];

		if ((c->kind == CONSTRAINT_PRIMARY_KEY ||
			c->kind == CONSTRAINT_UNIQUE) &&
		    is_pair(t, &c->parts, pair))
			return true;
	}
	for (size_t i = 0; i < t->table->indexes.n; i++) {
		const struct index *x = t->table->indexes.v[i];

		if (x->unique && !x->where.text && is_pair(t, &x->parts, pair))
			return true;
	}
	return false;
}

static void
add_ends(struct telling *t)
{
	struct field *pair[2] = { NULL, NULL };
	bool link = is_link(t, pair);

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
