/* lower_item - what is no field: keys, indexes, checks, the other ends */
#include <string.h>

#include "dsl/lower.h"
#include "dsl/options.h"

/* What DESC, EXPR and OPS put into the text of a part. */
#define MARK_DESC '\001'
#define MARK_EXPR '\002'
#define MARK_OPS "\003"

static bool
here(const struct lowering *l, enum deesse_only only)
{
	return !only || only == l->rules->only;
}

static const char *
item_name(struct lowering *l, struct lowered *c, const struct deesse_item *i,
    const char *name)
{
	if (name) {
		physical_ok(l, i, "name", name);
		return name;
	}
	name = arena_fmt(l->arena, "%s_%s", c->table->name, i->name);
	physical_ok(l, i, NULL, name);
	return name;
}

/* Reads "views", DESC("views"), EXPR("lower(email)"), OPS("a", "b"). */
static bool
take_part(struct lowering *l, struct lowered *c, const struct deesse_item *item,
    const char *s, struct part *part)
{
	const char *ops = strstr(s, MARK_OPS);
	bool expr = false;
	struct field *f;

	for (; *s == MARK_DESC || *s == MARK_EXPR; s++) {
		part->desc = part->desc || *s == MARK_DESC;
		expr = expr || *s == MARK_EXPR;
	}
	if (ops) {
		part->opclass = ops + 1;
		s = arena_strndup(l->arena, s, (size_t)(ops - s));
		if (!l->rules->index_methods)
			tell(l, item, "on",
			    "%s has no operator classes; say .only = POSTGRES",
			    l->rules->title);
	}
	if (expr) {
		part->expr = lower_expr(l, s);
		return true;
	}
	f = find_field(l, c, s, item, "on");
	if (f)
		part->column = f->column->name;
	return f != NULL;
}

/* Reads a list of parts. Keys take columns only. */
static void
take_parts(struct lowering *l, struct lowered *c,
    const struct deesse_item *item, const char *const *on, bool columns_only,
    struct parts *out)
{
	const char *what = kind_of(item->kind)->name;

	if (!on[0])
		tell(l, item, NULL, "%s(%s) is on nothing; say .on = {\"…\"}",
		    what, item->name);
	for (size_t i = 0; i < DEESSE_PARTS && on[i]; i++) {
		struct part part = { 0 };

		if (!take_part(l, c, item, on[i], &part))
			continue;
		if (columns_only && (part.expr.text || part.desc))
			tell(l, item, "on",
			    "%s takes fields, no expressions and no order; "
			    "INDEX does",
			    what);
		for (size_t k = 0; k < out->n; k++)
			if (part.column && out->v[k].column &&
			    !strcmp(part.column, out->v[k].column))
				tell(l, item, "on", "%s(%s) has '%s' twice",
				    what, item->name, on[i]);
		vec_push(l->arena, out, part);
	}
}

static void
take_include(struct lowering *l, struct lowered *c,
    const struct deesse_item *item, const char *const *include,
    struct names *out)
{
	if (include[0] && !l->rules->index_methods)
		tell(l, item, "include",
		    "%s cannot include columns in an index; say .only = "
		    "POSTGRES",
		    l->rules->title);
	for (size_t i = 0; i < DEESSE_PARTS && include[i]; i++) {
		struct field *f = find_field(l, c, include[i], item, "include");

		if (f)
			vec_push(l->arena, out, f->column->name);
	}
}

/* ---------------------------------- keys --------------------------------- */

static void
collect_key(struct lowering *l, struct lowered *c)
{
	const struct deesse_PRIMARY_KEY *p = c->primary_key;
	bool has_id = c->key.n > 0;

	for (size_t i = 0; i < c->fields.n; i++) {
		struct field *f = c->fields.v[i];

		if (!f->options || !f->options->primary_key)
			continue;
		if (has_id)
			tell(l, f->item, "primary_key",
			    "%s has the primary key 'id' by itself; say .id = "
			    "ID_NONE in COLLECTION(%s)",
			    c->slug, c->slug);
		else if (p)
			tell(l, f->item, "primary_key",
			    "%s has a PRIMARY_KEY, and .primary_key here too; "
			    "keep one",
			    c->slug);
		else
			vec_push(l->arena, &c->key, f);
	}
	if (!p)
		return;
	if (has_id) {
		tell(l, &p->item, NULL,
		    "%s has the primary key 'id' by itself; say .id = ID_NONE "
		    "in COLLECTION(%s)",
		    c->slug, c->slug);
		return;
	}
	for (size_t i = 0; i < DEESSE_PARTS && p->on[i]; i++) {
		struct field *f = find_field(l, c, p->on[i], &p->item, "on");

		if (f)
			vec_push(l->arena, &c->key, f);
	}
	if (!p->on[0])
		tell(l, &p->item, NULL,
		    "PRIMARY_KEY is on nothing; say .on = {\"…\"}");
}

static const char *
key_name(struct lowering *l, struct lowered *c)
{
	const struct field *first = c->key.v[0];
	const char *name = c->from->head->constraint;

	if (!name && c->primary_key)
		name = c->primary_key->constraint;
	if (!name && c->key.n == 1 && first->options &&
	    first->item->kind != DEESSE_KIND_RELATION &&
	    !first->options->unique)
		name = first->options->constraint;
	if (name)
		physical_ok(l, c->item, "constraint", name);
	else if (l->rules->names_constraints)
		name = made_name(l, c->table->name, NULL, "pkey");
	return name;
}

void
lower_primary_key(struct lowering *l, struct lowered *c)
{
	struct constraint *k;

	for (size_t i = 0; i < c->from->n; i++) {
		const struct deesse_item *item = c->from->items[i];

		if (item->kind != DEESSE_KIND_PRIMARY_KEY)
			continue;
		if (c->primary_key)
			tell(l, item, NULL,
			    "%s has two primary keys; the first is at %s:%d",
			    c->slug, shown_path(c->primary_key->item.file),
			    c->primary_key->item.line);
		c->primary_key = (const void *)item;
	}
	collect_key(l, c);
	if (!c->key.n)
		return;
	k = add_constraint(l, c, CONSTRAINT_PRIMARY_KEY,
	    c->primary_key ? &c->primary_key->item : NULL);
	k->name = key_name(l, c);
	if (l->rules->names_constraints)
		claim(l, &l->relations, c->table->schema, k->name, c->item,
		    arena_fmt(l->arena, "the primary key of %s", c->slug));
	for (size_t i = 0; i < c->key.n; i++) {
		struct column *column = c->key.v[i]->column;

		vec_push(l->arena, &k->parts,
		    (struct part){ .column = column->name });
		/* SQLite's own key of one INTEGER is never NULL anyway */
		if (c->key.v[i]->item)
			column->not_null = true;
	}
	if (l->rules->inside_columns && c->key.n == 1)
		k->column = c->key.v[0]->column->name;
}

static void
lower_unique(struct lowering *l, struct lowered *c, const void *item)
{
	const struct deesse_UNIQUE *u = item;
	struct constraint *k;

	if (!here(l, u->only) || !name_ok(l, item))
		return;
	k = add_constraint(l, c, CONSTRAINT_UNIQUE, item);
	if (u->name || l->rules->names_constraints)
		k->name = item_name(l, c, item, u->name);
	take_parts(l, c, item, u->on, true, &k->parts);
	take_include(l, c, item, u->include, &k->include);
	k->nulls_not_distinct = u->nulls_not_distinct;
	if (u->nulls_not_distinct && !l->rules->index_methods)
		tell(l, item, "nulls_not_distinct",
		    "%s takes every NULL for another value; say .only = "
		    "POSTGRES",
		    l->rules->title);
	if (l->rules->comments)
		k->comment = u->comment;
	if (l->rules->names_constraints)
		claim(l, &l->relations, c->table->schema, k->name, item,
		    arena_fmt(l->arena, "UNIQUE(%s)", u->item.name));
}

static void
lower_check(struct lowering *l, struct lowered *c, const void *item)
{
	const struct deesse_CHECK *check = item;
	struct constraint *k;

	if (!here(l, check->only) || !name_ok(l, item))
		return;
	if (!check->sql || !*check->sql) {
		tell(l, item, NULL,
		    "CHECK(%s) checks nothing; write CHECK(%s, \"views >= "
		    "0\")",
		    check->item.name, check->item.name);
		return;
	}
	k = add_constraint(l, c, CONSTRAINT_CHECK, item);
	k->name = item_name(l, c, item, check->name);
	k->check = lower_expr(l, check->sql);
	if (l->rules->comments)
		k->comment = check->comment;
}

/* The columns that a foreign key refers to: named, or the target's key. */
static void
take_references(struct lowering *l, const struct deesse_FOREIGN_KEY *fk,
    struct lowered *to, struct constraint *k)
{
	for (size_t i = 0; i < DEESSE_PARTS && fk->references[i]; i++) {
		struct field *f = find_field(
		    l, to, fk->references[i], &fk->item, "references");

		if (f)
			vec_push(l->arena, &k->target_columns, f->column->name);
	}
	for (size_t i = 0; !fk->references[0] && i < to->key.n; i++)
		vec_push(
		    l->arena, &k->target_columns, to->key.v[i]->column->name);
	if (k->target_columns.n != k->parts.n)
		tell(l, &fk->item, NULL,
		    "FOREIGN_KEY(%s) is on %zu fields and refers to %zu of %s",
		    fk->item.name, k->parts.n, k->target_columns.n, to->slug);
}

static void
lower_foreign_key(struct lowering *l, struct lowered *c, const void *item)
{
	const struct deesse_FOREIGN_KEY *fk = item;
	struct constraint *k;
	struct lowered *to;

	if (!here(l, fk->only) || !name_ok(l, item))
		return;
	to = find_collection(l, fk->target, item, NULL);
	if (!to)
		return;
	k = add_constraint(l, c, CONSTRAINT_FOREIGN_KEY, item);
	if (fk->name || l->rules->names_constraints)
		k->name = item_name(l, c, item, fk->name);
	take_parts(l, c, item, fk->on, true, &k->parts);
	take_references(l, fk, to, k);
	k->target_schema = to->table->schema;
	k->target = to->table->name;
	k->on_delete = lower_action(fk->on_delete);
	k->on_update = lower_action(fk->on_update);
	if (l->rules->comments)
		k->comment = fk->comment;
}

/* --------------------------------- indexes -------------------------------- */

static void
check_methods(struct lowering *l, const struct deesse_INDEX *i)
{
	const struct {
		const char *option;
		bool said;
	} wishes[] = {
		{ "method", i->method != NULL },
		{ "with", i->with != NULL },
		{ "nulls_not_distinct", i->nulls_not_distinct },
	};

	if (l->rules->index_methods)
		return;
	for (size_t k = 0; k < sizeof(wishes) / sizeof(*wishes); k++)
		if (wishes[k].said)
			tell(l, &i->item, wishes[k].option,
			    "%s has no .%s for an index; say .only = POSTGRES",
			    l->rules->title, wishes[k].option);
}

static void
lower_index(struct lowering *l, struct lowered *c, const void *item)
{
	const struct deesse_INDEX *i = item;
	struct names was = { 0 };
	struct index *x;

	if (!here(l, i->only) || !name_ok(l, item))
		return;
	check_methods(l, i);
	x = arena_new(l->arena, struct index);
	x->name = item_name(l, c, item, i->name);
	x->source = source_of(item);
	x->unique = i->unique;
	x->nulls_not_distinct = i->nulls_not_distinct;
	x->method = i->method;
	x->with = i->with;
	x->where = lower_expr(l, i->where);
	if (l->rules->comments)
		x->comment = i->comment;
	take_parts(l, c, item, i->on, false, &x->parts);
	take_include(l, c, item, i->include, &x->include);
	take_was(l->arena, &was, &i->was);
	for (size_t k = 0; k < was.n; k++) {
		vec_push(l->arena, &x->was,
		    arena_fmt(l->arena, "%s_%s", c->table->name, was.v[k]));
		vec_push(l->arena, &x->was, was.v[k]);
	}
	vec_push(l->arena, &c->table->indexes, x);
	claim(l, &l->relations, c->table->schema, x->name, item,
	    arena_fmt(l->arena, "INDEX(%s)", i->item.name));
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

	if (!name_ok(l, item))
		return;
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
	bool once;
} items[] = {
	{ DEESSE_KIND_HAS_MANY, lower_has_many, false },
	{ DEESSE_KIND_INDEX, lower_index, false },
	{ DEESSE_KIND_UNIQUE, lower_unique, false },
	{ DEESSE_KIND_CHECK, lower_check, false },
	{ DEESSE_KIND_FOREIGN_KEY, lower_foreign_key, false },
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
		    strcmp(other->name, item->name))
			continue;
		tell(l, item, NULL,
		    "%s has %s(%s) twice; the first is at %s:%d", c->slug,
		    kind_of(item->kind)->name, item->name,
		    shown_path(other->file), other->line);
		return;
	}
}

void
lower_items(struct lowering *l, struct lowered *c)
{
	for (size_t i = 0; i < c->from->n; i++) {
		const struct deesse_item *item = c->from->items[i];

		for (size_t k = 0; k < sizeof(items) / sizeof(*items); k++) {
			if (items[k].kind != item->kind)
				continue;
			if (items[k].once || items[k].lower == lower_has_many)
				check_twice(l, c, i);
			items[k].lower(l, c, item);
		}
	}
}
