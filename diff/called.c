/* called - what tables say of a function that goes, or comes with another head
 *
 * A default, a check, an index or a generated column is bound to the function
 * that it was made with, though its text stays the same. So each is made again,
 * and the function that goes is put aside until the last of them has left it.
 * One that takes or gives what goes as well, and comes again, cannot wait: all
 * is taken apart before (apart.c).
 */
#include "diff/pass.h"

#include <string.h>

#include "sql/define.h"

/* Names are gathered once for each change, for each object asks. */
struct saying {
	struct pass *p;
	struct map *to;
};

static void
say(struct saying *s, const char *text)
{
	struct names all = { 0 };

	if (!text)
		return;
	sql_said_names(s->p->a, s->p->dialect, text, true, &all);
	for (size_t i = 0; i < all.n; i++)
		map_put(s->p->a, s->to, all.v[i], s->p);
}

static void
say_parts(struct saying *s, const struct parts *parts)
{
	for (size_t i = 0; i < parts->n; i++) {
		say(s, parts->v[i].expr.text);
		say(s, parts->v[i].opclass);
		say(s, parts->v[i].collation);
		say(s, parts->v[i].with);
	}
}

static void
say_constraint(struct saying *s, const struct constraint *c)
{
	say(s, c->check.text);
	say(s, constraint_more(c)->where.text);
	say_parts(s, &c->parts);
}

static void
say_index(struct saying *s, const struct index *x)
{
	say(s, x->where.text);
	say_parts(s, &x->parts);
}

static void
say_column(struct saying *s, const struct column *c)
{
	say(s, c->type);
	say(s, c->collation);
	say(s, c->default_value.text);
	say(s, c->generated.text);
	say(s, column_more(c)->backfill.text);
	say(s, column_more(c)->conversion.text);
}

static bool
sets_column(enum change_kind kind, bool comes)
{
	return kind == CHANGE_COLUMN_TYPE || kind == CHANGE_COLUMN_GENERATED ||
	       kind == CHANGE_COLUMN_COLLATION ||
	       (comes &&
		   (kind == CHANGE_ADD_COLUMN || kind == CHANGE_SET_NOT_NULL));
}

static void
say_change(struct saying *s, const struct change *c, bool comes)
{
	const struct column *column = comes ? c->new_column : c->now_column;
	const struct constraint *k =
	    comes ? c->new_constraint : c->now_constraint;
	const struct index *x = comes ? c->new_index : c->now_index;
	bool between = c->mate && column && !column->generated.text;

	if (column && c->kind == CHANGE_COLUMN_DEFAULT)
		say(s, column->default_value.text);
	else if (between && c->kind == CHANGE_COLUMN_GENERATED)
		return; /* it neither comes nor goes */
	else if (column && sets_column(c->kind, comes))
		say_column(s, column);
	if (k &&
	    c->kind == (comes ? CHANGE_ADD_CONSTRAINT : CHANGE_DROP_CONSTRAINT))
		say_constraint(s, k);
	if (x && c->kind == (comes ? CHANGE_CREATE_INDEX : CHANGE_DROP_INDEX))
		say_index(s, x);
	if (c->kind == CHANGE_TABLE_OPTIONS)
		say(s,
		    (comes ? c->new_table : c->now_table)->partition_by.text);
}

bool
change_says(struct pass *p, struct change *c, const char *name, bool comes)
{
	const struct table *t = comes ? c->new_table : c->now_table;
	struct map **said = &c->said[comes];

	if (!t)
		return false;
	if (!*said &&
	    (c->kind == (comes ? CHANGE_CREATE_TABLE : CHANGE_DROP_TABLE) ||
		(!comes && c->kind == CHANGE_DROP_COLUMN))) {
		*said = table_words(p, t);
	} else if (!*said) {
		struct saying s = { p, arena_new(p->a, struct map) };

		say_change(&s, c, comes);
		*said = s.to;
	}
	return map_get(*said, name) != NULL;
}

/* -- what is made again --------------------------------------------------- */

/* A table that is there before and after, and the name of what goes. */
struct calling {
	struct pass *p;
	size_t at;
	const struct table *now, *new;
	const char *name;
	bool apart, found;
};

/* Does what would be taken away so say the name? */
static bool
is_said(struct calling *t, struct change *c)
{
	c->now_table = t->now;
	return change_says(t->p, c, t->name, false);
}

static void
make_column_again(struct calling *t, size_t at)
{
	const struct column *now = t->now->columns.v[at];
	struct column said = { .generated = now->generated,
		.default_value = now->default_value };
	struct change *halves[2];

	if (!is_said(t, &(struct change){ .kind = CHANGE_COLUMN_GENERATED,
			    .now_column = &said }))
		return;
	t->found = true;
	if (!t->new)
		return;
	if (t->apart)
		apart_column(t->p, t->at, t->new, at, halves);
	else
		again_column(t->p, t->at, t->new, at);
}

static void
make_constraint_again(struct calling *t, size_t at)
{
	const struct constraint *now = t->now->constraints.v[at];

	if (!is_said(t, &(struct change){ .kind = CHANGE_DROP_CONSTRAINT,
			    .now_constraint = now }))
		return;
	t->found = true;
	if (t->new)
		apart_constraint(t->p, t->at, t->new, at);
}

static void
make_index_again(struct calling *t, size_t at)
{
	const struct index *now = t->now->indexes.v[at];

	if (!is_said(t, &(struct change){
			    .kind = CHANGE_DROP_INDEX, .now_index = now }))
		return;
	t->found = true;
	if (t->new)
		apart_index(t->p, t->at, t->new, at);
}

static bool
make_table_again(struct pass *p, size_t at, const char *name, bool apart)
{
	struct calling t = { .p = p,
		.at = at,
		.now = p->now->tables.v[at],
		.name = name,
		.apart = apart };

	if (!map_get(table_words(p, t.now), name))
		return false;
	t.new = schema_table(p->to, t.now->schema, t.now->name);
	if (!t.new)
		return true;
	for (size_t i = 0; i < t.now->columns.n; i++)
		make_column_again(&t, i);
	for (size_t i = 0; i < t.now->constraints.n; i++)
		make_constraint_again(&t, i);
	for (size_t i = 0; i < t.now->indexes.n; i++)
		make_index_again(&t, i);
	return t.found;
}

/* Does a type of its head go, and come again? */
static bool
leaves_with_type(struct pass *p, const struct words *w)
{
	for (size_t i = 0; i < p->moving.n; i++)
		if (words_mention(p, w, p->moving.v[i]->name))
			return true;
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		const struct change *c = p->diff->changes.v[i];

		if (c->kind == CHANGE_ALTER_ENUM &&
		    !enum_grows(c->old_enum, c->new_enum) &&
		    words_mention(p, w, c->old_enum->name))
			return true;
	}
	return false;
}

bool
pass_called(struct pass *p, const struct words *old, bool comes)
{
	bool apart = comes && leaves_with_type(p, old), called = false;

	for (size_t k = 0; k < p->now->tables.n; k++)
		called |= make_table_again(
		    p, k, words_fold(p->a, old->object->name), apart);
	return called && !apart;
}

/* Returns what comes in its place, or another one of its name, so that a call
 * would not know which is meant. */
static struct change *
successor(struct pass *p, const struct change *drop)
{
	const struct object *o = drop->old_object;

	if (drop->mate)
		return drop->mate;
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		struct change *c = p->diff->changes.v[i];

		if (c->kind == CHANGE_CREATE_OBJECT && !c->mate && !c->aside &&
		    c->new_object->kind == o->kind &&
		    schema_same_name(
			p->dialect, c->new_object->schema, o->schema) &&
		    schema_same_name(p->dialect, c->new_object->name, o->name))
			return c;
	}
	return NULL;
}

void
pass_aside(struct pass *p, struct change *drop)
{
	drop->aside = successor(p, drop);
	if (drop->aside)
		drop->aside->aside = drop;
}
