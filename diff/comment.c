/* comment - what is said of an index that comes with something else
 *
 * The index of a key comes with its constraint, that of a part with the index
 * of the whole: no text names it, so that the words of a statement do not lead
 * to what it needs.
 */
#include "diff/pass.h"

#include "base/text.h"

static bool
is_on_index(const struct object *o)
{
	return (o->kind == OBJECT_COMMENT &&
		   text_starts(o->name, "comment on index ")) ||
	       (o->kind == OBJECT_SETTING &&
		   text_starts(o->name, "alter index "));
}

static bool
is_on_constraint(const struct object *o)
{
	return (o->kind == OBJECT_COMMENT &&
		   text_starts(o->name, "comment on constraint ")) ||
	       (o->kind == OBJECT_SETTING &&
		   strstr(o->name, " validate constraint "));
}

/* Is it said of something that comes with a part of the table? */
static bool
is_of_part(const struct object *o, const struct table *t)
{
	return is_on_index(o)
		   ? partition_leads(&t->partitions, o->table)
		   : partition_named(&t->partitions, o->table) != NULL;
}

bool
comment_comes_with(
    const struct pass *p, const struct object *o, const struct change *c)
{
	const struct table *t = c->now_table ? c->now_table : c->new_table;
	bool old =
	    c->kind == CHANGE_DROP_TABLE || c->kind == CHANGE_DROP_CONSTRAINT ||
	    c->kind == CHANGE_DROP_INDEX || c->kind == CHANGE_DROP_PARTITION;

	if (!old && c->new_table)
		t = c->new_table;
	if (!o->table || !t || (!is_on_index(o) && !is_on_constraint(o)))
		return false;
	switch (c->kind) {
	case CHANGE_CREATE_TABLE:
	case CHANGE_DROP_TABLE:
		return table_constraint(p->dialect, t, o->table) ||
		       is_of_part(o, t);
	case CHANGE_ADD_CONSTRAINT:
	case CHANGE_RENAME_CONSTRAINT:
		return schema_same_name(
			   p->dialect, c->new_constraint->name, o->table) ||
		       is_of_part(o, t);
	case CHANGE_DROP_CONSTRAINT:
		return schema_same_name(
			   p->dialect, c->now_constraint->name, o->table) ||
		       is_of_part(o, t);
	case CHANGE_CREATE_INDEX:
	case CHANGE_DROP_INDEX:
	case CHANGE_ADD_PARTITION:
	case CHANGE_DROP_PARTITION:
		return is_of_part(o, t);
	default:
		return false;
	}
}
