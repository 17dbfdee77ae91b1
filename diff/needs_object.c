/* needs_object - what views and triggers stand on
 *
 * An object goes before what is below it changes, and comes again when all that
 * it mentions is there.
 */
#include "diff/needs.h"

#include "base/text.h"

/* Does the change take something away from below an object that stands? */
static bool
pulls(struct pass *p, const struct change *c, const struct words *w)
{
	switch (c->kind) {
	case CHANGE_RENAME_TABLE:
	case CHANGE_DROP_TABLE:
		return words_mention_table(p, w, c->old_table);
	case CHANGE_DROP_PARTITION:
		return words_mention(p, w, c->old_partition->name);
	case CHANGE_ALTER_ENUM:
		return !enum_grows(c->old_enum, c->new_enum);
	case CHANGE_ADD_COLUMN: /* so that undo can take it away again */
		return p->ops->views_pin_columns && w->star &&
		       words_mention(p, w, c->new_table->name);
	case CHANGE_DROP_CONSTRAINT:
		return words_group_by(p, w, c);
	case CHANGE_RENAME_COLUMN:
	case CHANGE_DROP_COLUMN:
	case CHANGE_COLUMN_TYPE:
	case CHANGE_COLUMN_COLLATION:
	case CHANGE_COLUMN_GENERATED:
		return words_mention_changed(p, w, c);
	default:
		return false;
	}
}

/* Does it mention the column? A body is a string. */
static bool
speaks_of(struct pass *p, const struct words *w, const char *column)
{
	return words_mention_column(p, w, column) ||
	       (object_traits(w->object->kind)->signature &&
		   map_get(&w->inside, words_fold(p->a, column)));
}

/* Does the change make what a new object stands on? */
static bool
bears(struct pass *p, const struct change *c, const struct words *w)
{
	const struct table *t = change_table(c);
	const struct column *column =
	    c->new_column ? c->new_column : c->now_column;

	if (c->kind == CHANGE_ADD_PARTITION)
		return words_mention(p, w, c->new_partition->name);
	/* a body of a function says its tables in a string */
	if (!t || (!map_get(&w->inside, words_fold(p->a, t->name)) &&
		      !words_mention_table(p, w, t)))
		return false;
	if (c->kind == CHANGE_CREATE_TABLE || c->kind == CHANGE_RENAME_TABLE)
		return true;
	if (words_group_by(p, w, c))
		return true;
	return column && speaks_of(p, w, column->name) &&
	       (c->kind == CHANGE_RENAME_COLUMN ||
		   c->kind == CHANGE_DROP_COLUMN || makes_column(c));
}

/* Is it another object, or a type, that the text mentions? */
static bool
is_said_first(struct pass *p, const struct change *c,
    const struct change *create, const struct words *w)
{
	if (c == create)
		return false;
	if (c->kind == CHANGE_CREATE_OBJECT || c->kind == CHANGE_REPLACE_OBJECT)
		return words_mention_object(p, w, c->new_object);
	if (c->kind == CHANGE_CREATE_ENUM || c->kind == CHANGE_RENAME_ENUM ||
	    c->kind == CHANGE_ALTER_ENUM)
		return words_mention(p, w, c->new_enum->name);
	return false;
}

/* Can a table say it? */
static bool
is_called(const struct object *o)
{
	const struct object_traits *kind = object_traits(o->kind);

	return !kind->unnamed && (kind->leads || kind->signature);
}

/* Does the change take away what stands in the schema? */
static bool
empties(struct pass *p, const struct change *c, const struct object *o)
{
	const char *in = c->kind == CHANGE_DROP_TABLE    ? c->old_table->schema
			 : c->kind == CHANGE_DROP_ENUM   ? c->old_enum->schema
			 : c->kind == CHANGE_DROP_OBJECT ? c->old_object->schema
							 : NULL;

	return o->kind == OBJECT_SCHEMA &&
	       schema_same_name(p->dialect, in, o->name);
}

static void
need_around_drop(struct pass *p, struct change *drop, const struct words *w)
{
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		struct change *c = p->diff->changes.v[i];

		if (pulls(p, c, w) || comment_comes_with(p, w->object, c))
			need(p, c, drop);
		if (empties(p, c, drop->old_object))
			need(p, drop, c);
		need_attached_drop(p, c, drop);
		if (is_called(drop->old_object) &&
		    change_says(
			p, c, words_fold(p->a, drop->old_object->name), false))
			need(p, drop, c);
		/* and what stands on this object goes before it */
		if (c->kind == CHANGE_DROP_OBJECT && c != drop &&
		    words_mention_object(p, w, c->old_object))
			need(p, c, drop);
		if (c->kind == CHANGE_DROP_ENUM &&
		    words_mention(p, w, c->old_enum->name))
			need(p, c, drop);
	}
}

/* What one statement takes, another may have given. */
static bool
is_taken_first(
    const struct change *c, const struct change *create, const struct words *w)
{
	const struct object *o = w->object, *old = c->old_object;

	if (c == create || c->kind != CHANGE_DROP_OBJECT ||
	    old->kind != o->kind || object_traits(o->kind)->word)
		return false;
	return o->kind == OBJECT_DEFAULT_PRIVILEGES ||
	       (o->kind == OBJECT_GRANT && o->table && old->table &&
		   !strcmp(o->table, old->table));
}

/* What is taken of a table is taken of its columns, too: what is given there
 * comes after it. */
static bool
is_lost_first(const struct change *c, const struct words *w)
{
	const struct object *o = w->object, *other = c->new_object;

	return other && other->kind == OBJECT_GRANT &&
	       o->kind == OBJECT_GRANT && o->table && other->table &&
	       !strcmp(o->table, other->table) &&
	       text_starts(other->sql.text, "REVOKE ") &&
	       text_starts(o->sql.text, "GRANT ");
}

/* Two functions of one name make a call of it ambiguous: the one that goes,
 * goes first, if no table holds it. */
static bool
makes_room(struct pass *p, const struct change *c, const struct change *create)
{
	const struct object *o = create->new_object, *old = c->old_object;

	return c->kind == CHANGE_DROP_OBJECT && !c->aside && !create->aside &&
	       object_traits(o->kind)->signature &&
	       object_traits(old->kind)->signature &&
	       schema_same_name(p->dialect, old->schema, o->schema) &&
	       schema_same_name(p->dialect, old->name, o->name);
}

static void
need_around_create(struct pass *p, struct change *create, const struct words *w)
{
	const struct object *o = w->object;
	const char *name = words_fold(p->a, o->name);
	bool sayable = is_called(o);

	if (create->aside)
		need(p, create->aside, create);
	else
		need(p, create, create->mate);
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		struct change *c = p->diff->changes.v[i];

		if (need_attached_create(p, c, create) ||
		    (sayable && change_says(p, c, name, true))) {
			need(p, c, create);
			create->early |= bears(p, c, w);
			continue;
		}
		if (bears(p, c, w) || comment_comes_with(p, o, c) ||
		    is_said_first(p, c, create, w) || words_retyped(p, w, c) ||
		    is_taken_first(c, create, w) || is_lost_first(c, w) ||
		    makes_room(p, c, create))
			need(p, create, c);
	}
}

static const struct words *
words_of(const struct words *all, size_t n, const struct object *o)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].object == o)
			return &all[i];
	return NULL;
}

/* What only the former text leaned on goes when the new one is there. */
static void
need_around_replace(struct pass *p, struct change *replace,
    const struct words *old, const struct words *new)
{
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		struct change *c = p->diff->changes.v[i];

		if ((c->kind == CHANGE_DROP_TABLE ||
			c->kind == CHANGE_DROP_COLUMN) &&
		    pulls(p, c, old) && !bears(p, c, new))
			need(p, c, replace);
	}
}

void
need_around_objects(struct pass *p)
{
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		struct change *c = p->diff->changes.v[i];

		if (c->kind == CHANGE_REPLACE_OBJECT) {
			const struct words *new = words_of(
			    p->new_words, p->to->objects.n, c->new_object);

			need_around_create(p, c, new);
			need_around_replace(p, c,
			    words_of(p->old_words, p->from->objects.n,
				c->old_object),
			    new);
		} else if (c->kind == CHANGE_DROP_OBJECT)
			need_around_drop(p, c,
			    words_of(p->old_words, p->from->objects.n,
				c->old_object));
		else if (c->kind == CHANGE_CREATE_OBJECT)
			need_around_create(p, c,
			    words_of(
				p->new_words, p->to->objects.n, c->new_object));
	}
}
