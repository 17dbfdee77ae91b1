/* judge_object - what it means to make, change or drop what is kept as SQL
 *
 * Most objects are only a definition, so that dropping one breaks programs and
 * nothing else; those that hold something, or keep people out, are marked.
 */
#include "diff/judge.h"

#include "sql/key.h"

static const enum judgement dropping[OBJECT_KIND_COUNT] = {
	[OBJECT_SCHEMA] = JUDGE_DROP_DEFINITION,
	[OBJECT_EXTENSION] = JUDGE_DROP_EXTENSION,
	[OBJECT_FOREIGN_DATA_WRAPPER] = JUDGE_DROP_DEFINITION,
	[OBJECT_SERVER] = JUDGE_DROP_DEFINITION,
	[OBJECT_COLLATION] = JUDGE_DROP_DEFINITION,
	[OBJECT_TYPE] = JUDGE_DROP_DEFINITION,
	[OBJECT_DOMAIN] = JUDGE_DROP_DEFINITION,
	[OBJECT_SEQUENCE] = JUDGE_DROP_SEQUENCE,
	[OBJECT_FUNCTION] = JUDGE_DROP_DEFINITION,
	[OBJECT_PROCEDURE] = JUDGE_DROP_DEFINITION,
	[OBJECT_AGGREGATE] = JUDGE_DROP_DEFINITION,
	[OBJECT_OPERATOR] = JUDGE_DROP_DEFINITION,
	[OBJECT_CAST] = JUDGE_DROP_DEFINITION,
	[OBJECT_TEXT_SEARCH_DICTIONARY] = JUDGE_DROP_DEFINITION,
	[OBJECT_TEXT_SEARCH_CONFIGURATION] = JUDGE_DROP_DEFINITION,
	[OBJECT_VIRTUAL_TABLE] = JUDGE_DROP_VIRTUAL_TABLE,
	[OBJECT_FOREIGN_TABLE] = JUDGE_DROP_DEFINITION,
	[OBJECT_VIEW] = JUDGE_DROP_VIEW,
	[OBJECT_MATERIALIZED_VIEW] = JUDGE_DROP_DEFINITION,
	[OBJECT_INDEX] = JUDGE_DROP_DEFINITION,
	[OBJECT_STATISTICS] = JUDGE_DROP_DEFINITION,
	[OBJECT_RULE] = JUDGE_DROP_RULE,
	[OBJECT_TRIGGER] = JUDGE_DROP_TRIGGER,
	[OBJECT_POLICY] = JUDGE_DROP_POLICY,
	[OBJECT_EVENT_TRIGGER] = JUDGE_DROP_DEFINITION,
	[OBJECT_PUBLICATION] = JUDGE_DROP_DEFINITION,
	[OBJECT_SETTING] = JUDGE_AUTHORIZE,
	[OBJECT_COMMENT] = JUDGE_NOTHING,
	[OBJECT_GRANT] = JUDGE_AUTHORIZE,
	[OBJECT_DEFAULT_PRIVILEGES] = JUDGE_AUTHORIZE,
};

/* Who may see what: making one is as grave as taking it away. */
static bool
is_authorization(enum object_kind kind)
{
	return kind == OBJECT_SETTING || kind == OBJECT_GRANT ||
	       kind == OBJECT_DEFAULT_PRIVILEGES;
}

/* Is the thing that it speaks of not there yet? */
static bool
is_of_new(const struct schema *from, const struct object *o)
{
	if (!o->table || schema_table(from, o->schema, o->table))
		return false;
	for (size_t i = 0; i < from->objects.n; i++) {
		const struct object *x = from->objects.v[i];

		if (object_traits(x->kind)->word &&
		    schema_same_name(from->dialect, x->name, o->table) &&
		    schema_same_name(from->dialect, x->schema, o->schema))
			return false;
	}
	return !schema_enum(from, o->schema, o->table);
}

/* What is set of a new thing is a part of its making; whose it is is not. */
static bool
is_detail(struct pass *p, const struct object *o)
{
	return o->kind == OBJECT_SETTING && is_of_new(p->from, o) &&
	       !sql_mentions(p->dialect, o->sql.text, "owner");
}

void
judge_create_object(struct pass *p, struct change *c)
{
	const struct object *o = c->new_object;

	if (is_detail(p, o))
		return;
	if (!is_authorization(o->kind) ||
	    (c->mate && expr_equal(&o->sql, &c->mate->old_object->sql)))
		return;
	c->phase = PHASE_TIGHTEN;
	judge_note(p, c, JUDGE_AUTHORIZE, name_object(p->a, o), NULL, NULL);
}

void
judge_replace_object(struct pass *p, struct change *c)
{
	const struct object *o = c->new_object;

	if (is_authorization(o->kind)) {
		c->phase = PHASE_TIGHTEN;
		judge_note(
		    p, c, JUDGE_AUTHORIZE, name_object(p->a, o), NULL, NULL);
	} else if (o->kind != OBJECT_COMMENT) {
		if (object_traits(o->kind)->holds)
			c->phase = PHASE_TIGHTEN;
		judge_note(p, c, JUDGE_REPLACE_OBJECT, name_object(p->a, o),
		    object_traits(o->kind)->name, NULL);
	}
}

void
judge_drop_object(struct pass *p, struct change *c)
{
	const struct object *o = c->old_object;
	const char *kind = object_traits(o->kind)->name;
	bool replaced = c->mate && !object_traits(o->kind)->holds;
	bool same = replaced && expr_equal(&o->sql, &c->mate->new_object->sql);

	if (replaced && !object_traits(o->kind)->word)
		return; /* what is said instead is judged */
	if (c->mate && type_rewrites(p, o))
		judge_note(
		    p, c, JUDGE_REMAKE_TYPE, name_object(p->a, o), NULL, NULL);
	if (o->kind == OBJECT_SERVER && o->drop)
		judge_note(p, c, JUDGE_DROP_MAPPINGS, name_object(p->a, o),
		    NULL, NULL);
	if (!replaced) {
		c->phase = PHASE_TIGHTEN;
		if (dropping[o->kind] != JUDGE_NOTHING)
			judge_note(p, c, dropping[o->kind],
			    name_object(p->a, o), kind, NULL);
	} else if (!same && o->kind == OBJECT_POLICY) {
		c->phase = PHASE_TIGHTEN;
		judge_note(p, c, JUDGE_CHANGE_POLICY, name_object(p->a, o),
		    NULL, NULL);
	} else if (!same) {
		judge_note(p, c, JUDGE_REPLACE_OBJECT, name_object(p->a, o),
		    kind, NULL);
	}
}

void
judge_row_security(struct pass *p, struct change *c)
{
	const struct table *was = c->now_table, *is = c->new_table;
	bool weaker = (was->row_security && !is->row_security) ||
		      (was->force_row_security && !is->force_row_security);

	c->phase = PHASE_TIGHTEN;
	judge_note(p, c, weaker ? JUDGE_UNGUARD_ROWS : JUDGE_GUARD_ROWS,
	    name_table(p->a, is), NULL, NULL);
}

void
judge_partition_bound(struct pass *p, struct change *c)
{
	c->phase = PHASE_TIGHTEN;
	judge_note(
	    p, c, JUDGE_PARTITION_BOUND, c->new_partition->name, NULL, NULL);
}

/* What is to be said is said of its mate. */
void
judge_unbind_partition(struct pass *p, struct change *c)
{
	(void)p;
	c->phase = PHASE_TIGHTEN;
}

void
judge_add_partition(struct pass *p, struct change *c)
{
	if (!c->part)
		return;
	c->phase = PHASE_TIGHTEN;
	judge_note(p, c, JUDGE_ATTACH_PARTITION, c->new_partition->name,
	    name_table(p->a, c->new_table), NULL);
}

void
judge_drop_partition(struct pass *p, struct change *c)
{
	c->phase = PHASE_TIGHTEN;
	judge_note(p, c,
	    c->part ? JUDGE_DETACH_PARTITION : JUDGE_DROP_PARTITION,
	    c->old_partition->name, name_table(p->a, c->new_table), NULL);
}

void
judge_add_parent(struct pass *p, struct change *c)
{
	judge_note(p, c, JUDGE_INHERIT, name_table(p->a, c->new_table),
	    c->parent->name, NULL);
}

void
judge_drop_parent(struct pass *p, struct change *c)
{
	judge_note(p, c, JUDGE_NO_INHERIT, name_table(p->a, c->new_table),
	    c->parent->name, NULL);
}
