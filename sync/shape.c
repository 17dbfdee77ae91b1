/* shape - which column and which table is which, before a plan and after */
#include "sync/shape.h"

const struct column *
shape_old_column(
    enum dialect d, const struct table *old, const struct column *c)
{
	for (size_t i = 0; i < old->columns.n; i++)
		if (schema_same_name(d, old->columns.v[i]->name, c->name))
			return old->columns.v[i];
	for (size_t i = 0; i < column_more(c)->was.n; i++)
		for (size_t k = 0; k < old->columns.n; k++)
			if (schema_same_name(d, old->columns.v[k]->name,
				column_more(c)->was.v[i]))
				return old->columns.v[k];
	return NULL;
}

const struct column *
shape_becomes(enum dialect d, const struct table *old, const struct table *new,
    const struct column *was)
{
	for (size_t i = 0; i < new->columns.n; i++)
		if (shape_old_column(d, old, new->columns.v[i]) == was)
			return new->columns.v[i];
	return NULL;
}

bool
shape_has_column(enum dialect d, const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (schema_same_name(d, t->columns.v[i]->name, name))
			return true;
	return false;
}

bool
shape_is_computed(
    enum dialect d, const struct table *old, const struct column *c)
{
	const struct column *was = shape_old_column(d, old, c);

	return c->generated.text &&
	       !(was && expr_equal(&was->generated, &c->generated));
}

const struct table *
shape_table_before(const struct diff *d, const struct table *new)
{
	for (size_t i = 0; i < d->changes.n; i++)
		if (d->changes.v[i]->kind == CHANGE_RENAME_TABLE &&
		    d->changes.v[i]->new_table == new)
			return d->changes.v[i]->old_table;
	return schema_table(d->from, new->schema, new->name);
}

const char *
shape_target_column(
    const struct table *target, const struct constraint *k, size_t i)
{
	const struct constraint *key = table_primary_key(target);

	if (k->target_columns.n)
		return i < k->target_columns.n ? k->target_columns.v[i] : NULL;
	return key && i < key->parts.n ? key->parts.v[i].column : NULL;
}
