/* table - what differs between two tables of one name */
#include "diff/pass.h"

#include <string.h>

struct pair {
	struct pass *p;
	const struct table *old, *now, *new;
};

static struct change *
note(struct pair *t, enum change_kind kind)
{
	struct change *c = pass_add(t->p, kind);

	c->old_table = t->old;
	c->now_table = t->now;
	c->new_table = t->new;
	c->source = t->new->source;
	return c;
}

static struct source
nearest(struct source s, const struct table *t)
{
	return s.file ? s : t->source;
}

static struct change *
note_column(
    struct pair *t, enum change_kind kind, size_t at, const struct column *new)
{
	struct change *c = note(t, kind);

	if (at < t->old->columns.n) {
		c->old_column = t->old->columns.v[at];
		c->now_column = t->now->columns.v[at];
	}
	c->new_column = new;
	if (new)
		c->source = nearest(new->source, t->new);
	return c;
}

/* Each aspect of a column is compared by itself: columns that say nothing
 * else differ if it does. */
#define DIFFERS(t, a, b, field)                                                \
	differs((t), &(struct column){ .name = "", .field = (a)->field },      \
	    &(struct column){ .name = "", .field = (b)->field })
#define MORE_DIFFERS(t, a, b, field)                                           \
	differs((t), ONLY(column_more(a)->field, field),                       \
	    ONLY(column_more(b)->field, field))
#define ONLY(value, field)                                                     \
	&(struct column)                                                       \
	{                                                                      \
		.name = "", .more = &(struct column_more)                      \
		{                                                              \
			.field = (value)                                       \
		}                                                              \
	}

static bool
differs(struct pair *t, const struct column *a, const struct column *b)
{
	return !column_equal(t->p->dialect, a, b);
}

static void
compare_column(struct pair *t, size_t at, const struct column *new)
{
	const struct column *now = t->now->columns.v[at];
	bool generated =
	    DIFFERS(t, now, new, generated) || DIFFERS(t, now, new, stored);

	if (column_equal(t->p->dialect, now, new))
		return;
	if (DIFFERS(t, now, new, type))
		note_column(t, CHANGE_COLUMN_TYPE, at, new);
	if (DIFFERS(t, now, new, collation))
		note_column(t, CHANGE_COLUMN_COLLATION, at, new);
	if (generated)
		note_column(t, CHANGE_COLUMN_GENERATED, at, new);
	if (DIFFERS(t, now, new, identity) ||
	    MORE_DIFFERS(t, now, new, identity_options))
		note_column(t, CHANGE_COLUMN_IDENTITY, at, new);
	/* a server's default is of the type that the column has just then */
	if (DIFFERS(t, now, new, default_value) &&
	    (!generated ||
		(t->p->ops->views_pin_columns &&
		    !new->generated.text &&new->default_value.text &&DIFFERS(
			t, now, new, type))))
		note_column(t, CHANGE_COLUMN_DEFAULT, at, new);
	if (now->not_null != new->not_null)
		note_column(t,
		    new->not_null ? CHANGE_SET_NOT_NULL : CHANGE_DROP_NOT_NULL,
		    at, new);
	if (MORE_DIFFERS(t, now, new, on_conflict))
		note_column(t, CHANGE_COLUMN_CONFLICT, at, new);
	if (DIFFERS(t, now, new, comment))
		note_column(t, CHANGE_COMMENT, at, new);
}

static void
compare_columns(struct pair *t)
{
	const struct schema *to = t->p->to;

	for (size_t i = 0; i < t->new->columns.n; i++) {
		const struct column *new = t->new->columns.v[i];

		if (!table_column(to, t->now, new->name))
			note_column(
			    t, CHANGE_ADD_COLUMN, t->old->columns.n, new);
	}
	for (size_t i = 0; i < t->now->columns.n; i++) {
		const char *name = t->now->columns.v[i]->name;
		const struct column *new = table_column(to, t->new, name);

		if (new)
			compare_column(t, i, new);
		else
			note_column(t, CHANGE_DROP_COLUMN, i, NULL);
	}
}

/* Does it come or go with a column of `mine` that `other` does not have? */
static bool
goes_along(struct pair *t, const struct table *mine, const struct table *other,
    const struct constraint *c)
{
	struct pass *p = t->p;

	for (size_t i = 0; i < mine->columns.n; i++) {
		const char *name = mine->columns.v[i]->name;

		if (!table_column(p->to, other, name) &&
		    constraint_belongs(p->ops, p->dialect, mine, c, name))
			return true;
	}
	return false;
}

static struct change *
note_constraint(struct pair *t, enum change_kind kind, size_t at,
    const struct constraint *new)
{
	struct change *c = note(t, kind);

	if (at < t->old->constraints.n) {
		c->old_constraint = t->old->constraints.v[at];
		c->now_constraint = t->now->constraints.v[at];
	}
	c->new_constraint = new;
	if (new)
		c->source = nearest(new->source, t->new);
	return c;
}

static bool
equal_but_name(enum dialect d, const struct constraint *a,
    const struct constraint *b, bool comment)
{
	struct constraint x = *a, y = *b;

	x.name = y.name = NULL;
	if (comment)
		x.comment = y.comment = NULL;
	return constraint_equal(d, &x, &y);
}

/* Finds the first of the old constraints, not yet taken, that answers. */
static size_t
find_constraint(struct pair *t, const bool *taken, const struct constraint *new,
    bool (*answers)(
	struct pair *, const struct constraint *, const struct constraint *))
{
	size_t i = 0;

	while (i < t->now->constraints.n &&
	       (taken[i] || !answers(t, t->now->constraints.v[i], new)))
		i++;
	return i;
}

static bool
is_equal(
    struct pair *t, const struct constraint *now, const struct constraint *new)
{
	return constraint_equal(t->p->dialect, now, new);
}

/* Of two that say the same, the one of the same name is meant. */
static bool
is_same(
    struct pair *t, const struct constraint *now, const struct constraint *new)
{
	return is_equal(t, now, new) &&
	       (!now->name || !new->name
		       ? now->name == new->name
		       : schema_same_name(t->p->dialect, now->name, new->name));
}

static bool
is_recommented(
    struct pair *t, const struct constraint *now, const struct constraint *new)
{
	return schema_same_name(t->p->dialect, now->name, new->name) &&
	       equal_but_name(t->p->dialect, now, new, true);
}

static bool
is_renamed(
    struct pair *t, const struct constraint *now, const struct constraint *new)
{
	return t->p->ops->constraint_names && now->name &&
	       new->name &&equal_but_name(t->p->dialect, now, new, false);
}

static bool
is_replaced(
    struct pair *t, const struct constraint *now, const struct constraint *new)
{
	enum dialect d = t->p->dialect;

	if (constraint_implies(
		d, now, new, constraint_labels(t->p, t->new, new)))
		return true;
	if (now->kind != new->kind)
		return false;
	return new->kind == CONSTRAINT_PRIMARY_KEY ||
	       (now->name && schema_same_name(d, now->name, new->name)) ||
	       (now->column && schema_same_name(d, now->column, new->column));
}

static void
match_equal(struct pair *t, bool *taken, bool *made)
{
	static bool (*const answers[])(struct pair *, const struct constraint *,
	    const struct constraint *) = { is_same, is_equal };
	size_t n = t->new->constraints.n;
	bool *met = arena_array(t->p->a, bool, n);

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < n; i++) {
			const struct constraint *new = t->new->constraints.v[i];
			size_t at =
			    met[i] ? t->now->constraints.n
				   : find_constraint(t, taken, new, answers[k]);

			if (at == t->now->constraints.n)
				continue;
			taken[at] = made[i] = met[i] = true;
		}
}

static void
match_renamed(struct pair *t, bool *taken, bool *made)
{
	for (size_t i = 0; i < t->new->constraints.n; i++) {
		const struct constraint *new = t->new->constraints.v[i];
		enum change_kind kind = CHANGE_COMMENT;
		size_t at;

		if (made[i])
			continue;
		at = find_constraint(t, taken, new, is_recommented);
		if (at == t->now->constraints.n) {
			kind = CHANGE_RENAME_CONSTRAINT;
			at = find_constraint(t, taken, new, is_renamed);
		}
		if (at == t->now->constraints.n)
			continue;
		note_constraint(t, kind, at, new);
		taken[at] = made[i] = true;
	}
}

static void
match_replaced(struct pair *t, bool *taken, const bool *made)
{
	for (size_t i = 0; i < t->new->constraints.n; i++) {
		const struct constraint *new = t->new->constraints.v[i];
		size_t at;
		struct change *drop, *add;

		if (made[i])
			continue;
		at = find_constraint(t, taken, new, is_replaced);
		if (at < t->now->constraints.n) {
			taken[at] = true;
			drop = note_constraint(
			    t, CHANGE_DROP_CONSTRAINT, at, NULL);
			add = note_constraint(t, CHANGE_ADD_CONSTRAINT,
			    t->now->constraints.n, new);
			drop->source = add->source;
			pass_mates(drop, add);
			continue;
		}
		note_constraint(
		    t, CHANGE_ADD_CONSTRAINT, t->now->constraints.n, new);
	}
}

static void
compare_constraints(struct pair *t)
{
	size_t n = t->now->constraints.n, m = t->new->constraints.n;
	bool *taken = arena_array(t->p->a, bool, n);
	bool *made = arena_array(t->p->a, bool, m);

	for (size_t i = 0; i < n; i++)
		taken[i] =
		    goes_along(t, t->now, t->new, t->now->constraints.v[i]);
	for (size_t i = 0; t->p->ops->inline_constraints && i < m; i++)
		made[i] =
		    goes_along(t, t->new, t->now, t->new->constraints.v[i]);
	match_equal(t, taken, made);
	match_renamed(t, taken, made);
	match_replaced(t, taken, made);
	for (size_t i = 0; i < n; i++)
		if (!taken[i])
			note_constraint(t, CHANGE_DROP_CONSTRAINT, i, NULL);
}

static struct change *
note_index(
    struct pair *t, enum change_kind kind, size_t at, const struct index *new)
{
	struct change *c = note(t, kind);

	if (at < t->old->indexes.n) {
		c->old_index = t->old->indexes.v[at];
		c->now_index = t->now->indexes.v[at];
	}
	c->new_index = new;
	if (new)
		c->source = nearest(new->source, t->new);
	return c;
}

static bool
index_same_but(enum dialect d, const struct index *a, const struct index *b,
    bool name, bool comment)
{
	struct index x = *a, y = *b;

	if (name)
		x.name = y.name;
	if (comment)
		x.comment = y.comment;
	return index_equal(d, &x, &y);
}

/* Finds the index that has only another name; a former one goes first. */
static size_t
find_renamed(struct pair *t, const bool *taken, const struct index *new)
{
	enum dialect d = t->p->dialect;
	size_t found = t->now->indexes.n;

	for (size_t i = 0; i < t->now->indexes.n; i++) {
		const struct index *now = t->now->indexes.v[i];

		if (taken[i] || table_index(t->p->to, t->new, now->name) ||
		    !index_same_but(d, now, new, true, false))
			continue;
		for (size_t k = 0; k < new->was.n; k++)
			if (schema_same_name(d, new->was.v[k], now->name))
				return i;
		if (found == t->now->indexes.n)
			found = i;
	}
	return found;
}

static void
compare_index(struct pair *t, size_t at, const struct index *new)
{
	const struct index *now = t->now->indexes.v[at];
	struct change *drop, *create;

	if (index_equal(t->p->dialect, now, new))
		return;
	if (index_same_but(t->p->dialect, now, new, false, true)) {
		note_index(t, CHANGE_COMMENT, at, new);
		return;
	}
	drop = note_index(t, CHANGE_DROP_INDEX, at, NULL);
	create = note_index(t, CHANGE_CREATE_INDEX, at, new);
	drop->source = create->source;
	pass_mates(drop, create);
}

static void
compare_indexes(struct pair *t)
{
	size_t n = t->now->indexes.n;
	bool *taken = arena_array(t->p->a, bool, n);

	for (size_t i = 0; i < t->new->indexes.n; i++) {
		const struct index *new = t->new->indexes.v[i];
		size_t at = 0;

		while (at < n && !schema_same_name(t->p->dialect,
				     t->now->indexes.v[at]->name, new->name))
			at++;
		if (at < n) {
			compare_index(t, at, new);
		} else {
			at = find_renamed(t, taken, new);
			note_index(t,
			    at < n ? CHANGE_RENAME_INDEX : CHANGE_CREATE_INDEX,
			    at, new);
		}
		if (at < n)
			taken[at] = true;
	}
	for (size_t i = 0; i < n; i++)
		if (!taken[i])
			note_index(t, CHANGE_DROP_INDEX, i, NULL);
}

static void
compare_table(struct pair *t)
{
	const struct table *now = t->now, *new = t->new;

	if (now->strict != new->strict ||
	    now->without_rowid != new->without_rowid ||
	    now->unlogged != new->unlogged)
		note(t, CHANGE_TABLE_OPTIONS);
	if (now->row_security != new->row_security ||
	    now->force_row_security != new->force_row_security)
		note(t, CHANGE_ROW_SECURITY);
	if (!table_equal(t->p->dialect,
		&(struct table){ .name = "", .comment = now->comment },
		&(struct table){ .name = "", .comment = new->comment }))
		note(t, CHANGE_COMMENT);
}

static struct change *
note_partition(struct pair *t, enum change_kind kind,
    const struct partition *now, const struct partition *new)
{
	struct change *c = note(t, kind);

	c->old_partition = now;
	c->new_partition = new;
	if (new)
		c->source = nearest(new->source, t->new);
	return c;
}

/* How a partition is divided, and its schema, no statement changes. */
static bool
is_made_anew(
    struct pair *t, const struct partition *now, const struct partition *new)
{
	return !expr_equal(&now->partition_by, &new->partition_by) ||
	       !schema_same_name(t->p->dialect, now->schema, new->schema);
}

static void
compare_partition(
    struct pair *t, const struct partition *now, const struct partition *new)
{
	struct change *drop, *add;

	if (!new) {
		drop = note_partition(t, CHANGE_DROP_PARTITION, now, NULL);
		pass_detach(t->p, drop, t->now, now);
	} else if (is_made_anew(t, now, new)) {
		drop = note_partition(t, CHANGE_DROP_PARTITION, now, NULL);
		add = note_partition(t, CHANGE_ADD_PARTITION, NULL, new);
		drop->source = add->source;
		pass_mates(drop, add);
	} else if (!expr_equal(&now->bound, &new->bound) ||
		   !schema_same_name(t->p->dialect, now->of, new->of)) {
		note_partition(t, CHANGE_PARTITION_BOUND, now, new);
	}
}

static bool
is_of_partition(const struct change *c)
{
	return c->old_partition || c->new_partition;
}

/* Where a part gets another bound and is not the only one that changes, its old
 * bound is out of the way before any new one comes. */
static void
unbind_partitions(struct pair *t, size_t first)
{
	const struct changes *all = &t->p->diff->changes;
	size_t n = all->n, some = 0;

	for (size_t i = first; i < n; i++)
		some += is_of_partition(all->v[i]);
	for (size_t i = first; some > 1 && i < n; i++) {
		struct change *bind = all->v[i], *unbind;

		if (bind->kind != CHANGE_PARTITION_BOUND)
			continue;
		unbind = note_partition(t, CHANGE_UNBIND_PARTITION,
		    bind->old_partition, bind->new_partition);
		pass_mates(unbind, bind);
	}
}

static void
compare_partitions(struct pair *t)
{
	const struct partitions *now = &t->now->partitions;
	const struct partitions *new = &t->new->partitions;
	size_t first = t->p->diff->changes.n;

	for (size_t i = 0; i < now->n; i++)
		compare_partition(
		    t, &now->v[i], partition_named(new, now->v[i].name));
	for (size_t i = 0; i < new->n; i++)
		if (!partition_named(now, new->v[i].name))
			pass_attach(t->p,
			    note_partition(
				t, CHANGE_ADD_PARTITION, NULL, &new->v[i]),
			    t->new, &new->v[i]);
	unbind_partitions(t, first);
}

static void
compare_parents(struct pair *t)
{
	const struct parents *now = &t->now->parents, *new = &t->new->parents;

	for (size_t i = 0; i < now->n; i++)
		if (!parent_named(new, now->v[i].schema, now->v[i].name))
			note(t, CHANGE_DROP_PARENT)->parent = &now->v[i];
	for (size_t i = 0; i < new->n; i++)
		if (!parent_named(now, new->v[i].schema, new->v[i].name))
			note(t, CHANGE_ADD_PARENT)->parent = &new->v[i];
}

void
pass_table(struct pass *p, const struct table *old, const struct table *now,
    const struct table *new)
{
	struct pair t = { p, old, now, new };

	if (table_equal(p->dialect, now, new))
		return;
	compare_table(&t);
	compare_columns(&t);
	compare_constraints(&t);
	compare_indexes(&t);
	compare_partitions(&t);
	compare_parents(&t);
}
