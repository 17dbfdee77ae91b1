/* needs_object - what views and triggers stand on
 *
 * An object goes before what is below it changes, and comes again when all that
 * it mentions is there.
 */
#include "diff/needs.h"

/* Does the change take something away from below an object that stands? */
static bool
pulls(struct pass *p, const struct change *c, const struct words *w)
{
	switch (c->kind) {
	case CHANGE_RENAME_TABLE:
	case CHANGE_DROP_TABLE:
		return words_mention(p, w, c->old_table->name);
	case CHANGE_RENAME_COLUMN:
	case CHANGE_DROP_COLUMN:
	case CHANGE_COLUMN_TYPE:
	case CHANGE_COLUMN_COLLATION:
	case CHANGE_COLUMN_GENERATED:
		return words_mention(p, w, c->old_table->name) &&
		       words_mention_column(p, w, c->old_column->name);
	default:
		return false;
	}
}

/* Does the change make what a new object stands on? */
static bool
bears(struct pass *p, const struct change *c, const struct words *w)
{
	const struct table *t = change_table(c);
	const struct column *column =
	    c->new_column ? c->new_column : c->now_column;

	if (!t || !words_mention(p, w, t->name))
		return false;
	if (c->kind == CHANGE_CREATE_TABLE || c->kind == CHANGE_RENAME_TABLE)
		return true;
	return column && words_mention_column(p, w, column->name) &&
	       (c->kind == CHANGE_RENAME_COLUMN ||
		   c->kind == CHANGE_DROP_COLUMN || makes_column(c));
}

static void
need_around_drop(struct pass *p, struct change *drop, const struct words *w)
{
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		struct change *c = p->diff->changes.v[i];

		if (pulls(p, c, w))
			need(p, c, drop);
		/* and what stands on this object goes before it */
		if (c->kind == CHANGE_DROP_OBJECT && c != drop &&
		    c->old_object->kind != OBJECT_TRIGGER &&
		    words_mention(p, w, c->old_object->name))
			need(p, c, drop);
	}
}

static void
need_around_create(struct pass *p, struct change *create, const struct words *w)
{
	need(p, create, create->mate);
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		struct change *c = p->diff->changes.v[i];

		if (bears(p, c, w) ||
		    (c->kind == CHANGE_CREATE_OBJECT &&
			c->new_object->kind != OBJECT_TRIGGER &&
			words_mention(p, w, c->new_object->name)))
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

void
need_around_objects(struct pass *p)
{
	for (size_t i = 0; i < p->diff->changes.n; i++) {
		struct change *c = p->diff->changes.v[i];

		if (c->kind == CHANGE_DROP_OBJECT)
			need_around_drop(p, c,
			    words_of(p->old_words, p->from->objects.n,
				c->old_object));
		else if (c->kind == CHANGE_CREATE_OBJECT)
			need_around_create(p, c,
			    words_of(
				p->new_words, p->to->objects.n, c->new_object));
	}
}
