/* lower_item - items of a collection that are no fields */
#include <string.h>

#include "dsl/lower.h"
#include "dsl/options.h"
#include "sql/key.h"
#include "sql/options.h"
#include "sql/split.h"

/* --------------------------------- indexes -------------------------------- */

static void
lower_index(struct lowering *l, struct lowered *c, const void *item)
{
	const struct deesse_INDEX *i = item;
	struct names was = { 0 };
	struct index *x;

	x = arena_new(l->arena, struct index);
	x->name = item_name(l, c, item, i->name);
	x->source = source_of(item);
	x->unique = i->unique;
	x->nulls_not_distinct = i->nulls_not_distinct;
	if (i->method)
		x->method = sql_unquote(
		    l->arena, l->dialect, i->method, strlen(i->method));
	x->with = sql_options(l->arena, l->dialect, i->with);
	x->where = l->rules->keeps_text ? lower_whole(l, i->where)
					: lower_expr(l, i->where);
	if (x->where.text)
		x->where.text = sql_closed(l->arena, l->dialect, x->where.text);
	if (l->rules->comments)
		x->comment = i->comment;
	take_parts(l, c, item, i->on, PART_INDEX, &x->parts);
	take_columns(l, c, item, "include", i->include, &x->include);
	take_was(l->arena, &was, &i->was);
	for (size_t k = 0; k < was.n; k++) {
		vec_push(l->arena, &x->was,
		    arena_fmt(l->arena, "%s_%s", c->table->name, was.v[k]));
		vec_push(l->arena, &x->was, was.v[k]);
	}
	vec_push(l->arena, &c->table->indexes, x);
	claim(l, &l->relations, c->table->schema, x->name, item, &x->source,
	    arena_fmt(&l->brief, "INDEX(%s)", i->item.name), ".name");
}

/* ------------------------------ the other ends ---------------------------- */

/* Returns the field of c that is a relation to target: the one that is named,
 * or the only one. */
static const char *
relation_to(struct lowering *l, const struct deesse_item *item,
    const char *option, struct lowered *c, const struct lowered *target,
    const char *name)
{
	struct field *found = NULL;
	size_t n = 0;

	if (name) {
		found = find_field(l, c, name, item, option);
		if (found && found->target != target)
			tell(l, item, option, "'%s' of %s is no RELATION to %s",
			    name, c->slug, target->slug);
		return name;
	}
	for (size_t i = 0; i < c->fields.n; i++) {
		if (c->fields.v[i]->target != target)
			continue;
		found = c->fields.v[i];
		n++;
	}
	if (n == 1)
		return found->name;
	if (n)
		tell(l, item, NULL,
		    "%s has %zu relations to %s; say which with .%s = \"…\"",
		    c->slug, n, target->slug, option);
	else
		tell(l, item, NULL, "%s has no RELATION to %s", c->slug,
		    target->slug);
	return NULL;
}

static void
lower_has_many(struct lowering *l, struct lowered *c, const void *item)
{
	const struct deesse_HAS_MANY *h = item;
	struct relation *r = arena_new(l->arena, struct relation);
	struct lowered *to, *link;

	to = find_collection(l, h->target, item, NULL);
	link =
	    h->through ? find_collection(l, h->through, item, "through") : NULL;
	if (!to || (h->through && !link))
		return;
	r->name = h->item.name;
	r->through = h->through;
	r->target = to->slug;
	r->source = source_of(item);
	if (!h->through && (h->from || h->to))
		tell(l, item, h->from ? "from" : "to",
		    ".from and .to name relations of the link table; say "
		    ".through = \"…\"");
	if (h->through && h->by)
		tell(l, item, "by",
		    "through a link table, .from and .to name its relations, "
		    "not .by");
	if (link) {
		r->from = relation_to(l, item, "from", link, c, h->from);
		r->to = relation_to(l, item, "to", link, to, h->to);
	} else {
		r->by = relation_to(l, item, "by", to, c, h->by);
	}
	vec_push(l->arena, &c->table->relations, r);
}

static void
lower_has_one(struct lowering *l, struct lowered *c, const void *item)
{
	const struct deesse_HAS_ONE *h = item;
	struct relation *r = arena_new(l->arena, struct relation);
	struct lowered *to = find_collection(l, h->target, item, NULL);
	const struct field *f;

	if (!to)
		return;
	r->name = h->item.name;
	r->target = to->slug;
	r->one = true;
	r->source = source_of(item);
	r->by = relation_to(l, item, "by", to, c, h->by);
	f = r->by ? field_named(to, r->by) : NULL;
	if (f && f->target == c && !field_is_unique(to, f))
		tell(l, item, NULL,
		    "HAS_ONE(%s): many of %s may have one %s; say .unique = "
		    "true at RELATION(%s) of %s, or HAS_MANY here",
		    h->item.name, to->slug, f->name, f->name, to->slug);
	vec_push(l->arena, &c->table->relations, r);
}

static void
lower_permissions(struct lowering *l, struct lowered *c, const void *item)
{
	const struct deesse_PERMISSIONS *p = item;
	const struct {
		const char *option;
		const struct deesse_rule *rule;
	} rules[] = {
		{ "create", &p->create },
		{ "read", &p->read },
		{ "update", &p->update },
		{ "delete", &p->delete },
	};

	c->table->has_permissions = true;
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
		const struct deesse_rule *rule = rules[i].rule;
		const char *arg = rule->arg;

		if (rule->kind == DEESSE_RULE_OWNER && arg)
			find_field(l, c, arg, item, rules[i].option);
		else if (rule->kind >= DEESSE_RULE_OWNER && (!arg || !*arg))
			tell(l, item, rules[i].option,
			    "the permission to %s says nobody by name",
			    rules[i].option);
	}
}

static void
lower_hooks(struct lowering *l, struct lowered *c, const void *item)
{
	(void)l;
	(void)item;
	c->table->has_hooks = true;
}

static const struct {
	unsigned short kind;
	void (*lower)(struct lowering *, struct lowered *, const void *);
	bool once; /* in a collection, under one name */
} items[] = {
	{ DEESSE_KIND_HAS_MANY, lower_has_many, true },
	{ DEESSE_KIND_HAS_ONE, lower_has_one, true },
	{ DEESSE_KIND_INDEX, lower_index, false },
	{ DEESSE_KIND_UNIQUE, lower_unique, false },
	{ DEESSE_KIND_CHECK, lower_check, false },
	{ DEESSE_KIND_FOREIGN_KEY, lower_foreign_key, false },
	{ DEESSE_KIND_PRIMARY_KEY, place_primary_key, false },
	{ DEESSE_KIND_EXCLUDE, lower_exclude, false },
	{ DEESSE_KIND_PARTITION_BY, lower_partition_by, true },
	{ DEESSE_KIND_PARTITION, lower_partition, true },
	{ DEESSE_KIND_POLICY, lower_table_object, true },
	{ DEESSE_KIND_TRIGGER, lower_table_object, true },
	{ DEESSE_KIND_PERMISSIONS, lower_permissions, true },
	{ DEESSE_KIND_HOOKS, lower_hooks, true },
};

/* Items of one kind and name are one too many; an INDEX may be named as a
 * field is. */
static void
check_twice(struct lowering *l, struct lowered *c, size_t i)
{
	const struct deesse_item *item = c->from->items[i];

	for (size_t k = 0; k < i; k++) {
		const struct deesse_item *other = c->from->items[k];

		if (other->kind != item->kind ||
		    strcmp(other->name, item->name) || !item_here(l, other))
			continue;
		tell(l, item, NULL,
		    "%s has %s(%s) twice; the first is at %s:%d", c->slug,
		    kind_of(item->kind)->name, item->name,
		    shown_path(other->file), other->line);
		return;
	}
}

static void
lower_item(struct lowering *l, struct lowered *c, size_t at, size_t row)
{
	const struct deesse_item *item = c->from->items[at];

	if (!item_here(l, item) || !name_ok(l, item) || !item_possible(l, item))
		return;
	if (items[row].once)
		check_twice(l, c, at);
	items[row].lower(l, c, item);
}

void
lower_items(struct lowering *l, struct lowered *c)
{
	for (size_t i = 0; i < c->from->n; i++)
		for (size_t k = 0; k < sizeof(items) / sizeof(*items); k++)
			if (items[k].kind == c->from->items[i]->kind)
				lower_item(l, c, i, k);
}
