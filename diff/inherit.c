/* inherit - what a change of a table does to those that inherit from it
 *
 * A statement about a table is one about its heirs, too, unless it says ONLY.
 * An heir's change that the statement makes by the way is carried by it; it
 * stays a change, for its rows count. Where an heir is to keep what the
 * statement would take, the statement says ONLY, and each heir has its own.
 */
#include "diff/inherit.h"

#include <string.h>

struct kin {
	struct pass *p;
	struct arena mem;
	struct map changes; /* struct changes, by the table's name */
	bool any;
};

static const char *
key(struct kin *k, const char *schema, const char *name)
{
	return name_key(&k->mem, k->p->ops, "", schema, NULL, name);
}

static struct changes *
changes_of(struct kin *k, const struct table *t)
{
	static struct changes none;
	struct changes *list = map_get(&k->changes, key(k, t->schema, t->name));

	return list ? list : &none;
}

static void
begin(struct kin *k)
{
	const struct changes *all = &k->p->diff->changes;

	for (size_t i = 0; i < all->n; i++) {
		const struct table *t = change_table(all->v[i]);
		struct changes *list;

		if (!t)
			continue;
		list = map_get(&k->changes, key(k, t->schema, t->name));
		if (!list) {
			list = arena_new(&k->mem, struct changes);
			map_put(&k->mem, &k->changes,
			    key(k, t->schema, t->name), list);
		}
		vec_push(&k->mem, list, all->v[i]);
		k->any |= t->parents.n || t->has_heirs ||
			  (all->v[i]->now_table &&
			      (all->v[i]->now_table->parents.n ||
				  all->v[i]->now_table->has_heirs));
	}
}

static bool
is_parent(const struct table *t, const struct table *above)
{
	return parent_named(&t->parents, above->schema, above->name) != NULL;
}

/* Returns what the heir is now, if it is one before and after. */
static const struct table *
stays_heir(struct kin *k, const struct table *new, const struct table *above)
{
	const struct table *now =
	    is_parent(new, above)
		? schema_table(k->p->now, new->schema, new->name)
		: NULL;

	return now && is_parent(now, above) ? now : NULL;
}

/* ---- what a statement does to an heir ------------------------------------ */

static const struct column *
column_of(const struct change *c)
{
	return c->new_column ? c->new_column : c->now_column;
}

static const struct constraint *
constraint_of(const struct change *c)
{
	return c->now_constraint ? c->now_constraint : c->new_constraint;
}

bool
is_inheritable(const struct constraint *c)
{
	return c->kind == CONSTRAINT_CHECK && !c->no_inherit && c->name;
}

const struct constraint *
check_named(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->constraints.n; i++)
		if (t->constraints.v[i]->kind == CONSTRAINT_CHECK &&
		    t->constraints.v[i]->name &&
		    !strcmp(t->constraints.v[i]->name, name))
			return t->constraints.v[i];
	return NULL;
}

/* Does the statement reach heirs? */
static bool
cascades(const struct change *c)
{
	switch (c->kind) {
	case CHANGE_ADD_CONSTRAINT:
	case CHANGE_DROP_CONSTRAINT:
	case CHANGE_RENAME_CONSTRAINT:
		return is_inheritable(constraint_of(c));
	default:
		return c->kind == CHANGE_RENAME_COLUMN || changes_column(c);
	}
}

/* Is m, of an heir, what the statement of c does there? */
static bool
is_same(struct pass *p, const struct change *c, const struct change *m)
{
	const struct column *x = column_of(c), *y = column_of(m);

	if (c->kind != m->kind)
		return false;
	if (x && !schema_same_name(p->dialect, x->name, y->name))
		return false;
	switch (c->kind) {
	case CHANGE_RENAME_COLUMN:
		return schema_same_name(
		    p->dialect, c->old_column->name, m->old_column->name);
	case CHANGE_ADD_COLUMN:
		return y->inherited;
	case CHANGE_DROP_COLUMN:
		return m->now_column->inherited;
	case CHANGE_COLUMN_DEFAULT:
		return expr_equal(&x->default_value, &y->default_value);
	case CHANGE_COLUMN_GENERATED:
		return m->now_column->inherited &&
		       expr_equal(&x->generated, &y->generated);
	case CHANGE_ADD_CONSTRAINT:
		return m->new_constraint->inherited &&
		       !strcmp(
			   c->new_constraint->name, m->new_constraint->name);
	case CHANGE_DROP_CONSTRAINT:
		return is_inheritable(m->now_constraint) &&
		       m->now_constraint->inherited &&
		       !strcmp(
			   c->now_constraint->name, m->now_constraint->name);
	case CHANGE_RENAME_CONSTRAINT:
		return is_inheritable(m->now_constraint) &&
		       !strcmp(
			   c->now_constraint->name, m->now_constraint->name);
	default:
		return true;
	}
}

static struct change *
same_of(struct kin *k, const struct change *c, const struct table *heir)
{
	struct changes *all = changes_of(k, heir);

	for (size_t i = 0; i < all->n; i++)
		if (is_same(k->p, c, all->v[i]))
			return all->v[i];
	return NULL;
}

/* Has another table above the heir the column, and keeps it? */
static bool
has_elsewhere(struct kin *k, const struct table *heir,
    const struct table *above, const char *column)
{
	const struct schema *to = k->p->to;

	for (size_t i = 0; i < heir->parents.n; i++) {
		const struct parent *x = &heir->parents.v[i];
		const struct table *t = schema_table(to, x->schema, x->name);

		if (t && strcmp(t->name, above->name) &&
		    table_column(to, t, column))
			return true;
	}
	return false;
}

/* Would the heir be what it shall be, once the statement reached it? */
static bool
suits(struct kin *k, const struct change *c, const struct table *now,
    const struct table *new)
{
	struct pass *p = k->p;
	const char *name = column_of(c) ? column_of(c)->name : NULL;
	const struct column *was =
	    name ? table_column(p->now, now, name) : NULL;
	const struct column *is = name ? table_column(p->to, new, name) : NULL;
	const struct constraint *check;

	switch (c->kind) {
	case CHANGE_DROP_COLUMN:
		return !was || !was->inherited || !is ||
		       has_elsewhere(k, new, c->new_table, name);
	case CHANGE_DROP_NOT_NULL:
		return !is || !is->not_null;
	case CHANGE_COLUMN_DEFAULT:
		return !is || expr_equal(&is->default_value,
				  &c->new_column->default_value);
	case CHANGE_DROP_CONSTRAINT:
		check = check_named(now, c->now_constraint->name);
		return !check || !check->inherited || same_of(k, c, new) ||
		       (c->mate && c->mate->new_constraint &&
			   check_named(new, check->name));
	default:
		return true;
	}
}

static bool
suits_all(struct kin *k, const struct change *c, const struct table *above)
{
	const struct tables *all = &k->p->to->tables;

	for (size_t i = 0; above->has_heirs && i < all->n; i++) {
		const struct table *now = stays_heir(k, all->v[i], above);

		if (now && (!suits(k, c, now, all->v[i]) ||
			       !suits_all(k, c, all->v[i])))
			return false;
	}
	return true;
}

/* ---- carrying ------------------------------------------------------------ */

/* What must be so before a column or a check of the heir's own is taken for
 * that of the tables above it. */
static void
need_alike(struct kin *k, struct change *c, const struct table *heir)
{
	struct changes *all = changes_of(k, heir);
	const struct column *x = column_of(c);

	if (c->kind != CHANGE_ADD_COLUMN && c->kind != CHANGE_ADD_CONSTRAINT)
		return;
	for (size_t i = 0; i < all->n; i++) {
		struct change *m = all->v[i];

		if (m->by == c)
			continue;
		if (x && m->new_column &&
		    (makes_column(m) || m->kind == CHANGE_RENAME_COLUMN) &&
		    schema_same_name(
			k->p->dialect, x->name, m->new_column->name))
			need(k->p, c, m);
		if (!x && m->kind == CHANGE_ADD_CONSTRAINT &&
		    is_inheritable(m->new_constraint) &&
		    !strcmp(m->new_constraint->name, c->new_constraint->name))
			need(k->p, c, m);
	}
}

/* What goes above an heir that had it by itself, too, goes there first. */
static void
need_gone(struct kin *k, struct change *c, const struct table *heir)
{
	struct changes *all = changes_of(k, heir);
	const struct column *x = c->now_column;

	for (size_t i = 0; i < all->n; i++) {
		struct change *m = all->v[i];

		if (c->kind == CHANGE_DROP_COLUMN && !m->by &&
		    m->kind == CHANGE_DROP_CONSTRAINT &&
		    m->now_constraint->inherited &&
		    constraint_mentions(
			k->p->dialect, m->now_constraint, x->name))
			need(k->p, m, c);
		if (m->kind != c->kind || m->by == c)
			continue;
		if (c->kind == CHANGE_DROP_COLUMN &&
		    schema_same_name(
			k->p->dialect, x->name, m->now_column->name))
			need(k->p, m, c);
		if (c->kind == CHANGE_DROP_CONSTRAINT &&
		    is_inheritable(m->now_constraint) &&
		    !strcmp(m->now_constraint->name, c->now_constraint->name))
			need(k->p, m, c);
	}
}

static void
carry(struct kin *k, struct change *c, const struct table *above)
{
	const struct tables *all = &k->p->to->tables;

	for (size_t i = 0; above->has_heirs && i < all->n; i++) {
		struct change *m;

		if (!stays_heir(k, all->v[i], above))
			continue;
		m = c->only ? NULL : same_of(k, c, all->v[i]);
		if (m && !m->by) {
			m->by = c;
			need(k->p, m, c);
		} else if (m) {
			need(k->p, m, c);
		}
		need_alike(k, c, all->v[i]);
		need_gone(k, c, all->v[i]);
		if (m && m->by == c)
			carry(k, m, all->v[i]);
	}
}

const struct table *
above_of(const struct schema *s, const struct parent *p)
{
	return schema_table(s, p->schema, p->name);
}

size_t
depth_of(const struct schema *s, const struct table *t, size_t limit)
{
	size_t deepest = 0;

	for (size_t i = 0; limit && i < t->parents.n; i++) {
		const struct table *above = above_of(s, &t->parents.v[i]);
		size_t n = above ? 1 + depth_of(s, above, limit - 1) : 0;

		deepest = n > deepest ? n : deepest;
	}
	return deepest;
}

/* Is it carried by one that is settled later? Those of the tables above go
 * first. */
static void
settle(struct kin *k, size_t depth, bool *more)
{
	const struct changes *all = &k->p->diff->changes;

	for (size_t i = 0; i < all->n; i++) {
		struct change *c = all->v[i];
		size_t n;

		if (!c->new_table || !c->now_table || c->part ||
		    !c->new_table->has_heirs || !cascades(c))
			continue;
		n = depth_of(k->p->to, c->new_table, DEPTH_MAX);
		*more |= n > depth;
		if (n != depth || c->by)
			continue;
		c->only = !suits_all(k, c, c->new_table);
		carry(k, c, c->new_table);
	}
}

/* ---- tables that begin and end to inherit -------------------------------- */

/* Does the change say which columns and checks a table has? */
static bool
shapes(const struct change *c)
{
	return cascades(c) || c->kind == CHANGE_CREATE_TABLE ||
	       c->kind == CHANGE_RENAME_TABLE || c->kind == CHANGE_DROP_PARENT;
}

static void
need_shape(struct kin *k, struct change *c, const struct table *t)
{
	struct changes *all = changes_of(k, t);

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i] != c && shapes(all->v[i]))
			need(k->p, c, all->v[i]);
}

static void
need_parents(struct kin *k, struct change *c)
{
	const struct table *t = c->new_table, *above;

	for (size_t i = 0; i < t->parents.n; i++) {
		above = above_of(k->p->to, &t->parents.v[i]);
		if (above)
			need_shape(k, c, above);
	}
}

/* What the table above does is not done to who inherits no more. */
static void
release(struct kin *k, struct change *c, const struct table *t)
{
	struct changes *all = changes_of(k, t);

	for (size_t i = 0; i < all->n; i++) {
		struct change *o = all->v[i];

		if (o != c && o->kind != CHANGE_RENAME_TABLE &&
		    o->kind != CHANGE_ADD_PARENT &&
		    o->kind != CHANGE_DROP_PARENT)
			need(k->p, o, c);
	}
}

/* A table that goes keeps what it has, for the trash. */
static void
release_heir(struct kin *k, struct change *drop)
{
	const struct table *t = drop->now_table;

	for (size_t i = 0; i < t->parents.n; i++) {
		const struct table *above =
		    above_of(k->p->now, &t->parents.v[i]);
		struct changes *all = above ? changes_of(k, above) : NULL;

		for (size_t x = 0; all && x < all->n; x++)
			if (all->v[x]->kind == CHANGE_DROP_TABLE ||
			    all->v[x]->kind == CHANGE_DROP_COLUMN ||
			    all->v[x]->kind == CHANGE_COLUMN_TYPE ||
			    all->v[x]->kind == CHANGE_COLUMN_GENERATED)
				need(k->p, all->v[x], drop);
	}
}

static void
order_kin(struct kin *k, struct change *c)
{
	const struct table *above;

	switch (c->kind) {
	case CHANGE_CREATE_TABLE:
		need_parents(k, c);
		break;
	case CHANGE_DROP_TABLE:
		release_heir(k, c);
		break;
	case CHANGE_ADD_PARENT:
		need_shape(k, c, c->new_table);
		above = above_of(k->p->to, c->parent);
		if (above)
			need_shape(k, c, above);
		break;
	case CHANGE_DROP_PARENT:
		release(k, c, c->new_table);
		above = above_of(k->p->now, c->parent);
		if (above)
			release(k, c, above);
		break;
	default:
		break;
	}
}

void
pass_inherit(struct pass *p)
{
	struct kin k = { .p = p };
	const struct changes *all = &p->diff->changes;
	bool more = true;

	begin(&k);
	for (size_t depth = 0; k.any && more && depth < DEPTH_MAX; depth++) {
		more = false;
		settle(&k, depth, &more);
	}
	for (size_t i = 0; k.any && i < all->n; i++)
		order_kin(&k, all->v[i]);
	arena_release(&k.mem);
}
