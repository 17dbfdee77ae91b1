/* loss - what a plan takes away, read off its changes
 *
 * A copy of values is worth something only if their rows can be found again:
 * by a primary key that the plan leaves alone, else by the rowid, which a
 * rebuild keeps.
 */
#include "sync/loss.h"

#include <string.h>

static const struct change *
change_of(const struct diff *d, enum change_kind kind, const struct table *old,
    const struct column *c)
{
	for (size_t i = 0; i < d->changes.n; i++)
		if (d->changes.v[i]->kind == kind &&
		    d->changes.v[i]->old_table == old &&
		    d->changes.v[i]->old_column == c)
			return d->changes.v[i];
	return NULL;
}

const char *
loss_column_now(
    const struct diff *d, const struct table *old, const struct column *c)
{
	const struct change *renamed =
	    change_of(d, CHANGE_RENAME_COLUMN, old, c);

	if (change_of(d, CHANGE_DROP_COLUMN, old, c))
		return NULL;
	return renamed ? renamed->new_column->name : c->name;
}

static const struct column *
column_was(const struct diff *d, const struct table *old, const char *now)
{
	for (size_t i = 0; i < old->columns.n; i++) {
		const char *name = loss_column_now(d, old, old->columns.v[i]);

		if (name && schema_same_name(d->to->dialect, name, now))
			return old->columns.v[i];
	}
	return NULL;
}

static bool
stays(const struct diff *d, const struct table *old, const struct column *c)
{
	return !change_of(d, CHANGE_DROP_COLUMN, old, c) &&
	       !change_of(d, CHANGE_COLUMN_TYPE, old, c) &&
	       !change_of(d, CHANGE_COLUMN_GENERATED, old, c);
}

/* Can the column be NULL in a key? Old mistakes of SQLite let it. */
static bool
is_filled(
    const struct table *t, const struct constraint *key, const struct column *c)
{
	return c->not_null || t->without_rowid ||
	       (key->parts.n == 1 && c->type &&
		   !strcasecmp(c->type, "INTEGER"));
}

/* Is the new primary key made of columns that were there before, untouched?
 * Then it finds the rows now, and found them before: they are the same. */
static bool
find_names(struct arena *a, const struct diff *d, const struct loss *l,
    const struct constraint *key, struct names *was, struct names *is)
{
	for (size_t i = 0; key && i < key->parts.n; i++) {
		const char *now = key->parts.v[i].column;
		const struct column *c =
		    now ? column_was(d, l->old, now) : NULL;
		const struct column *x =
		    now ? table_column(d->to, l->new, now) : NULL;

		if (!c || !x || c == l->column || !stays(d, l->old, c) ||
		    !is_filled(l->new, key, x))
			return false;
		vec_push(a, was, c->name);
		vec_push(a, is, x->name);
	}
	return key != NULL;
}

static void
find_key(struct arena *a, const struct plan *p, struct loss *l)
{
	l->keyed = find_names(
	    a, p->diff, l, table_primary_key(l->new), &l->key, &l->key_now);
	if (l->keyed)
		return;
	l->key = l->key_now = (struct names){ 0 };
	l->keyed = trash_dialect(p->dialect)->by_rowid(l->old, l->new);
}

static bool
is_cleared(const struct change *c)
{
	for (size_t i = 0; i < c->findings.n; i++)
		if (c->findings.v[i].destructive && !c->findings.v[i].cleared)
			return false;
	return true;
}

/* The column whose labels the check gives other names, or NULL. */
static const struct column *
relabelled(const struct diff *d, const struct change *c)
{
	const struct columns *all = &c->new_table->columns;

	if (c->new_constraint->kind != CONSTRAINT_CHECK)
		return NULL;
	for (size_t i = 0; i < all->n; i++)
		if (column_more(all->v[i])->labels_was.n &&
		    constraint_mentions(
			d->to->dialect, c->new_constraint, all->v[i]->name))
			return all->v[i];
	return NULL;
}

/* What the change rewrites: the new column, or NULL. */
static const struct column *
rewritten(const struct diff *d, const struct change *c)
{
	switch (c->kind) {
	case CHANGE_COLUMN_TYPE:
		return is_cleared(c) &&
			       !column_more(c->new_column)->conversion.text &&
			       trash_dialect(d->to->dialect)
				   ->converts_back(c->old_table, c->old_column)
			   ? NULL
			   : c->new_column;
	case CHANGE_SET_NOT_NULL:
		return column_more(c->new_column)->on_conflict ||
			       column_fills(c->old_column, c->new_column)
			   ? c->new_column
			   : NULL;
	case CHANGE_ADD_CONSTRAINT:
		return relabelled(d, c);
	default:
		return NULL;
	}
}

/* A table without a key is kept whole, once. */
static void
add(struct arena *a, const struct plan *p, struct losses *out, struct loss l)
{
	if (l.kind == LOSS_COLUMN || l.kind == LOSS_VALUES) {
		find_key(a, p, &l);
		if (!l.keyed)
			l = (struct loss){ .kind = LOSS_TABLE, .old = l.old };
	}
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].old == l.old && out->v[i].column == l.column &&
		    out->v[i].object == l.object &&
		    out->v[i].partition == l.partition)
			return;
	vec_push(a, out, l);
}

/* A table that is no longer STRICT converts what it took as it came; no other
 * option changes a value. */
static void
add_options(struct arena *a, const struct plan *p, const struct change *c,
    struct losses *out)
{
	const struct columns *all = &c->old_table->columns;

	if (c->old_table->strict == c->new_table->strict)
		return;
	for (size_t i = 0; i < all->n; i++) {
		struct loss l = { .kind = LOSS_VALUES,
			.old = c->old_table,
			.new = c->new_table,
			.column = all->v[i] };
		const char *now =
		    loss_column_now(p->diff, c->old_table, all->v[i]);

		l.column_now =
		    now ? table_column(p->diff->to, c->new_table, now) : NULL;
		if (l.column_now && !all->v[i]->generated.text &&
		    !l.column_now->generated.text &&
		    !trash_dialect(p->dialect)
			 ->converts_back(c->old_table, all->v[i]))
			add(a, p, out, l);
	}
}

/* The rows go into the table that takes the place: all that was in them? */
static bool
loses_values(const struct diff *d, const struct change *drop)
{
	const struct columns *all = &drop->now_table->columns;

	for (size_t i = 0; i < all->n; i++) {
		const struct column *c =
		    table_column(d->to, drop->mate->new_table, all->v[i]->name);

		if (!c || c->generated.text ||
		    column_more(c)->conversion.text ||
		    strcmp(c->type, all->v[i]->type) != 0)
			return true;
	}
	return false;
}

static void
add_change(struct arena *a, const struct plan *p, const struct change *c,
    struct losses *out)
{
	struct loss l = { .old = c->old_table,
		.new = c->new_table,
		.column = c->old_column };

	switch (c->kind) {
	case CHANGE_DROP_TABLE:
		if (c->mate && !loses_values(p->diff, c))
			return;
		l.kind = LOSS_TABLE;
		l.column = NULL;
		l.goes = true;
		break;
	case CHANGE_DROP_PARTITION:
		if (c->part) /* its rows stay, in a table of their own */
			return;
		l = (struct loss){ .kind = LOSS_TABLE,
			.old = c->old_table,
			.partition = c->old_partition,
			.goes = true };
		break;
	case CHANGE_DROP_OBJECT:
		if (c->old_object->kind != OBJECT_VIRTUAL_TABLE &&
		    c->old_object->kind != OBJECT_SEQUENCE)
			return;
		l = (struct loss){ .kind =
				       c->old_object->kind == OBJECT_SEQUENCE
					   ? LOSS_OBJECT
					   : LOSS_TABLE,
			.object = c->old_object,
			.goes = true };
		break;
	case CHANGE_DROP_COLUMN:
		if (c->old_column->generated.text)
			return;
		l.kind = LOSS_COLUMN;
		break;
	case CHANGE_TABLE_OPTIONS:
		add_options(a, p, c, out);
		return;
	case CHANGE_COLUMN_GENERATED:
		if (c->old_column->generated.text ||
		    !c->new_column->generated.text)
			return;
		/* taken back, it would hold what was computed */
		l.nulls = true;
		l.kind = LOSS_COLUMN;
		break;
	default:
		l.kind = LOSS_VALUES;
		l.column_now = rewritten(p->diff, c);
		if (!l.column_now || !l.old)
			return;
		l.column = column_was(p->diff, l.old, l.column_now->name);
		if (!l.column)
			return;
		if (c->kind == CHANGE_COLUMN_TYPE)
			l.beside = c->online;
	}
	if (transpile_notes(p->dialect, c))
		l.noted = c->online;
	add(a, p, out, l);
}

void
loss_find(struct arena *a, const struct plan *p, struct losses *out)
{
	for (size_t i = 0; i < p->diff->changes.n; i++)
		add_change(a, p, p->diff->changes.v[i], out);
}

bool
loss_keeps_key(struct arena *a, const struct plan *p, const struct change *c)
{
	struct losses one = { 0 };

	add_change(a, p, c, &one);
	for (size_t i = 0; i < one.n; i++)
		if (one.v[i].kind == LOSS_TABLE && !one.v[i].goes)
			return false;
	return true;
}

const char *
loss_text(struct arena *a, const struct loss *l)
{
	if (l->kind == LOSS_OBJECT)
		return arena_fmt(a, "%s %s",
		    object_traits(l->object->kind)->name, l->object->name);
	if (l->partition)
		return arena_fmt(
		    a, "partition %s of %s", l->partition->name, l->old->name);
	if (l->kind == LOSS_TABLE)
		return arena_fmt(
		    a, "table %s", l->old ? l->old->name : l->object->name);
	return arena_fmt(a, "%s %s.%s",
	    l->kind == LOSS_COLUMN ? "column" : "values of", l->old->name,
	    l->column->name);
}
