/* sense_key - collections, keys and indexes that mean nothing together */
#include <string.h>

#include "base/text.h"
#include "dsl/options.h"
#include "dsl/sense.h"

/* ------------------------------- collections ------------------------------ */

static const struct deesse_COLLECTION *
head(const struct sensing *s)
{
	return s->c->from->head;
}

static const char *
key_name(const struct sensing *s)
{
	const struct deesse_PRIMARY_KEY *p = s->c->primary_key;

	if (!head(s)->constraint)
		return NULL;
	if (!s->c->key.n)
		return arena_fmt(s->a,
		    ".constraint names the primary key, and %s has none",
		    s->c->slug);
	return p && p->constraint
		   ? "the primary key has a name here and in PRIMARY_KEY; keep "
		     "one"
		   : NULL;
}

static const char *
key_conflict(const struct sensing *s)
{
	const struct deesse_PRIMARY_KEY *p = s->c->primary_key;

	if (!head(s)->on_conflict)
		return NULL;
	if (!s->c->key.n)
		return arena_fmt(s->a,
		    ".on_conflict is of the primary key, and %s has none",
		    s->c->slug);
	return p && p->on_conflict
		   ? ".on_conflict stands here and in PRIMARY_KEY; keep one"
		   : NULL;
}

static const char *
table_was(const struct sensing *s)
{
	struct names was = { 0 };

	take_was(s->a, &was, &head(s)->was);
	for (size_t i = 0; i < was.n; i++)
		if (!strcmp(was.v[i], s->c->table->name))
			return arena_fmt(s->a,
			    "the table of %s is '%s' still; .was names what it "
			    "was before",
			    s->c->slug, was.v[i]);
	return NULL;
}

/* --------------------------------- indexes -------------------------------- */

static const char *
nulls(const struct sensing *s)
{
	const struct deesse_INDEX *x = (const void *)s->item;

	return x->nulls_not_distinct && !x->unique
		   ? ".nulls_not_distinct says what .unique means, and this "
		     "index is not"
		   : NULL;
}

static const char *
index_was(const struct sensing *s)
{
	const struct deesse_INDEX *x = (const void *)s->item;
	const char *name = x->name ? x->name : x->item.name;
	struct names was = { 0 };

	take_was(s->a, &was, &x->was);
	for (size_t i = 0; i < was.n; i++)
		if (!*was.v[i])
			return ".was is empty";
		else if (!strcmp(was.v[i], name))
			return arena_fmt(s->a,
			    "INDEX(%s) is called '%s' still; .was names what "
			    "it was before",
			    x->item.name, name);
	return NULL;
}

/* ------------------------------- constraints ------------------------------ */

static const char *
unnamed(const struct sensing *s)
{
	const struct deesse_CHECK *k = (const void *)s->item;

	return k->unnamed && k->name
		   ? "a CHECK has a .name or is .unnamed; keep one"
		   : NULL;
}

static const char *
implicit(const struct sensing *s)
{
	const struct deesse_FOREIGN_KEY *k = (const void *)s->item;

	return k->implicit && k->references[0]
		   ? "without columns a foreign key refers to the primary key: "
		     ".implicit and .references cannot both be"
		   : NULL;
}

static const char *
delete_set(const struct sensing *s)
{
	const struct deesse_FOREIGN_KEY *k = (const void *)s->item;

	if (k->on_delete_set[0] && k->on_delete != DEESSE_SET_NULL &&
	    k->on_delete != DEESSE_SET_DEFAULT)
		return ".on_delete_set says what SET_NULL or SET_DEFAULT sets; "
		       ".on_delete is neither";
	for (size_t i = 0; i < DEESSE_PARTS && k->on_delete_set[i]; i++)
		if (!sense_names(k->on, k->on_delete_set[i]))
			return arena_fmt(s->a,
			    "'%s' is none of the fields in .on",
			    k->on_delete_set[i]);
	return NULL;
}

const struct sense key_senses[] = {
	{ DEESSE_KIND_COLLECTION, "constraint", key_name },
	{ DEESSE_KIND_COLLECTION, "on_conflict", key_conflict },
	{ DEESSE_KIND_COLLECTION, "was", table_was },
	{ DEESSE_KIND_INDEX, "nulls_not_distinct", nulls },
	{ DEESSE_KIND_INDEX, "was", index_was },
	{ DEESSE_KIND_CHECK, "unnamed", unnamed },
	{ DEESSE_KIND_FOREIGN_KEY, "implicit", implicit },
	{ DEESSE_KIND_FOREIGN_KEY, "on_delete_set", delete_set },
	{ 0, NULL, NULL },
};
