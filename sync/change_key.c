/* change_key - a change, to be known again in a later plan */
#include "sync/change_key.h"

#include <string.h>

/* The canonical text of a schema that holds only what the change makes. */
static const char *
what_it_makes(struct arena *a, enum dialect d, const struct change *c)
{
	struct schema *only = arena_new(a, struct schema);
	struct table *t = arena_new(a, struct table);

	only->dialect = d;
	if (c->new_enum)
		vec_push(a, &only->enums, (struct enum_type *)c->new_enum);
	if (c->new_object)
		vec_push(a, &only->objects, (struct object *)c->new_object);
	if (c->kind == CHANGE_CREATE_TABLE) {
		*t = *c->new_table;
	} else if (c->new_table) {
		t->schema = c->new_table->schema;
		t->name = c->new_table->name;
		t->strict = c->new_table->strict;
		t->without_rowid = c->new_table->without_rowid;
		t->unlogged = c->new_table->unlogged;
		t->partition_by = c->new_table->partition_by;
		t->row_security = c->new_table->row_security;
		t->force_row_security = c->new_table->force_row_security;
	}
	if (c->kind != CHANGE_CREATE_TABLE && c->new_column)
		vec_push(a, &t->columns, (struct column *)c->new_column);
	if (c->new_constraint)
		vec_push(
		    a, &t->constraints, (struct constraint *)c->new_constraint);
	if (c->new_index)
		vec_push(a, &t->indexes, (struct index *)c->new_index);
	if (c->new_partition)
		vec_push(a, &t->partitions, *c->new_partition);
	if (t->name)
		vec_push(a, &only->tables, t);
	return schema_text(a, only);
}

const char *
change_key(struct arena *a, enum dialect d, const struct change *c)
{
	return arena_fmt(
	    a, "%s\n%s", change_text(a, c), what_it_makes(a, d, c));
}

bool
change_among(const char *key, const struct names *keys)
{
	for (size_t i = 0; i < keys->n; i++)
		if (!strcmp(keys->v[i], key))
			return true;
	return false;
}
