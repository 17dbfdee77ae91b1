/* object - the collections that an object file holds */
#include "dsl/object.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "dsl/image.h"
#include "dsl/options.h"
#include "dsl/report.h"

#define COLLECTION_PREFIX "deesse_collection_"
#define ITEMS_PREFIX "deesse_items_"
#define OBJECT_PREFIX "deesse_object_"

/* What stands beside collections has kinds from here on. */
#define FIRST_OBJECT DEESSE_KIND_ENUM_TYPE

/* Collections that are left until their memory is given back. */
#define LEFT_AT_ONCE 32

struct checking {
	struct image *image;
	struct extent *extent; /* of what is looked at */
	struct err *err;
};

static bool
damaged(const struct checking *c, const char *what)
{
	return err_fail(c->err, "%s is damaged: %s", c->image->name, what);
}

static bool
check_text(const struct checking *c, const char *s)
{
	return !s || image_text(c->image, s) ||
	       damaged(c, "a text is not in it");
}

/* A list of texts that ends in NULL, or after max. */
static bool
check_list(const struct checking *c, const char *const *list, size_t max)
{
	if (!list)
		return true;
	for (size_t i = 0; i < max; i++) {
		if (!image_holds(c->image, &list[i], sizeof(*list)))
			return damaged(c, "a list is not in it");
		extent_cover(c->extent, &list[i], sizeof(*list));
		if (!list[i])
			return true;
		if (!check_text(c, list[i]))
			return false;
	}
	return true;
}

/* C takes any number for true: the author wrote it, or the object is no
 * compiler's. */
static bool
check_enum(const struct checking *c, const struct option *o,
    const struct deesse_item *item, unsigned value, unsigned last)
{
	if (value <= last)
		return true;
	return err_fail(c->err, "%s:%d: .%s is %u; it takes %s",
	    shown_path(item->file), item->line, o->name, value,
	    option_values[o->type].wanted);
}

static bool
check_rule(const struct checking *c, const struct deesse_rule *rule)
{
	return (rule->kind <= DEESSE_RULE_SQL ||
		   damaged(c, "a rule is none")) &&
	       check_text(c, rule->arg);
}

/* The greatest enumerator of each type that is one, else 0. */
static const unsigned last_value[OPTION_TYPE_COUNT] = {
	[OPTION_FLAG] = DEESSE_ON,
	[OPTION_ACTION] = DEESSE_SET_DEFAULT,
	[OPTION_ID] = DEESSE_ID_AUTOINCREMENT,
	[OPTION_ONLY] = DEESSE_ONLY_POSTGRES,
};

static bool
check_option(const struct checking *c, const struct option *o,
    const struct deesse_item *item)
{
	const void *at = (const char *)item + o->offset;
	const struct deesse_was *was = at;
	unsigned value;

	switch (o->type) {
	case OPTION_TEXT:
		return check_text(c, *(const char *const *)at);
	case OPTION_WAS:
		return check_text(c, was->one) &&
		       check_list(c, was->list, SIZE_MAX);
	case OPTION_LIST:
		return check_list(c, *(const char *const *const *)at, SIZE_MAX);
	case OPTION_PARTS:
		return check_list(c, at, DEESSE_PARTS);
	case OPTION_RULE:
		return check_rule(c, at);
	case OPTION_INT:
	case OPTION_INT64:
		return true;
	default:
		memcpy(&value, at, sizeof(value));
		return check_enum(c, o, item, value, last_value[o->type]);
	}
}

/* May an item of this kind stand here? want is a kind, FIRST_OBJECT for any
 * that stands beside collections, or 0 for any in one. */
static bool
belongs(unsigned kind, unsigned want)
{
	if (want == FIRST_OBJECT)
		return kind >= FIRST_OBJECT;
	return want ? kind == want
		    : kind >= DEESSE_KIND_TEXT && kind < FIRST_OBJECT;
}

/* Checks the item at p; want is what may stand here. */
static bool
check_item(
    const struct checking *c, const struct deesse_item *item, unsigned want)
{
	const struct kind *k;

	if (!image_holds(c->image, item, sizeof(*item)))
		return damaged(c, "an item is not in it");
	k = kind_of(item->kind);
	if (!k || !belongs(item->kind, want))
		return damaged(c, "an item is of no known kind");
	if (item->size != k->size || !image_holds(c->image, item, k->size))
		return damaged(c,
		    "an item has another size than in deesse/dsl.h; is an "
		    "option such as -fshort-enums set?");
	extent_cover(c->extent, item, k->size);
	if (!item->name || !item->file)
		return damaged(c, "an item has no name");
	if (!check_text(c, item->name) || !check_text(c, item->file))
		return false;
	for (size_t i = 0; i < k->n; i++)
		if (!check_option(c, &k->options[i], item))
			return false;
	return true;
}

static bool
check_version(
    const struct checking *c, const struct image_symbol *s, size_t offset)
{
	unsigned version;

	if (!image_holds(c->image, s->data, offset + sizeof(version)))
		return damaged(c, "a collection is cut off");
	memcpy(&version, (const char *)s->data + offset, sizeof(version));
	if (version == DEESSE_DSL_VERSION)
		return true;
	return err_fail(c->err,
	    "%s was compiled with another <deesse/dsl.h> (version %u, not "
	    "%d): does a -I in compile_flags.txt lead to an old one?",
	    c->image->name, version, DEESSE_DSL_VERSION);
}

static bool
take_collection(struct arena *a, const struct checking *c,
    const struct image_symbol *s, const struct image_symbol *list,
    struct declared *out)
{
	struct collection new = { .head = s->data };

	c->extent->stays = false;
	if (!check_version(c, s, offsetof(struct deesse_COLLECTION, layout)) ||
	    !check_item(c, s->data, DEESSE_KIND_COLLECTION))
		return false;
	if (!list || list->size % sizeof(*new.items) ||
	    (list->size && !image_holds(c->image, list->data, list->size)))
		return damaged(c, "a collection has no items");
	new.items = list->data;
	new.n = list->size / sizeof(*new.items);
	if (new.n)
		extent_cover(c->extent, list->data, list->size);
	/* { NULL } is an empty list, which C has no other word for */
	if (new.n == 1 && !new.items[0])
		new.n = 0;
	for (size_t i = 0; i < new.n; i++)
		if (!check_item(c, new.items[i], 0))
			return false;
	vec_push(a, &out->collections, new);
	return true;
}

static bool
take_config(const struct checking *c, const struct image_symbol *s,
    struct declared *out)
{
	if (!check_version(c, s, offsetof(struct deesse_CONFIG, layout)) ||
	    !check_item(c, s->data, DEESSE_KIND_CONFIG))
		return false;
	out->config = s->data;
	return true;
}

/* A header that two files include is in the objects of both. */
static bool
is_known(const struct declared *out, const struct deesse_item *item)
{
	for (size_t i = 0; i < out->objects.n; i++) {
		const struct deesse_item *other = out->objects.v[i];

		if (other->kind == item->kind && other->line == item->line &&
		    !strcmp(other->name, item->name) &&
		    !strcmp(other->file, item->file))
			return true;
	}
	return false;
}

static bool
take_object(struct arena *a, const struct checking *c,
    const struct image_symbol *s, struct declared *out)
{
	if (!check_version(c, s, offsetof(struct deesse_VIEW, layout)) ||
	    !check_item(c, s->data, FIRST_OBJECT))
		return false;
	if (!is_known(out, s->data))
		vec_push(a, &out->objects, s->data);
	return true;
}

static bool
walk(struct arena *a, struct declared *out, struct image *im, struct err *err)
{
	struct map lists = { 0 };

	for (size_t i = 0; i < im->symbols.n; i++) {
		const struct image_symbol *s = &im->symbols.v[i];

		if (text_starts(s->name, ITEMS_PREFIX))
			map_put(&im->brief, &lists,
			    s->name + strlen(ITEMS_PREFIX), &im->symbols.v[i]);
	}
	for (size_t i = 0; i < im->symbols.n; i++) {
		const struct image_symbol *s = &im->symbols.v[i];
		const char *slug = s->name + strlen(COLLECTION_PREFIX);
		struct extent where = { .image = im, .stays = true };
		struct checking c = { im, &where, err };

		if (text_starts(s->name, COLLECTION_PREFIX) &&
		    !take_collection(a, &c, s, map_get(&lists, slug), out))
			return false;
		if (text_starts(s->name, OBJECT_PREFIX) &&
		    !take_object(a, &c, s, out))
			return false;
		if (!strcmp(s->name, "deesse_config") &&
		    !take_config(&c, s, out))
			return false;
		if (where.begin)
			vec_push(a, &out->extents, where);
	}
	return true;
}

bool
object_read(struct arena *a, struct declared *out, const char *name,
    void *bytes, size_t n, const char **culprit, struct err *err)
{
	struct image *im = arena_new(a, struct image);
	bool ok;

	*culprit = NULL;
	im->name = name;
	vec_push(a, &out->images, im);
	ok = image_read(a, im, bytes, n, culprit, err) && walk(a, out, im, err);
	image_forget(im);
	return ok;
}

void
object_leave(struct declared *o, struct collection *c)
{
	extents_leave(&o->extents, c->head);
	*c = (struct collection){ 0 };
	if (++o->left % LEFT_AT_ONCE == 0)
		extents_give_back(&o->extents);
}

void
object_drop(struct declared *o)
{
	for (size_t i = 0; i < o->images.n; i++)
		image_drop(o->images.v[i]);
	o->collections.n = o->objects.n = o->extents.n = 0;
	o->config = NULL;
}

static int
compare(const struct deesse_item *p, const struct deesse_item *q)
{
	int files = strcmp(shown_path(p->file), shown_path(q->file));

	if (files)
		return files;
	if (p->line != q->line)
		return p->line < q->line ? -1 : 1;
	return strcmp(p->name, q->name);
}

static int
by_place(const void *a, const void *b)
{
	return compare(&((const struct collection *)a)->head->item,
	    &((const struct collection *)b)->head->item);
}

static int
objects_by_place(const void *a, const void *b)
{
	return compare(*(const struct deesse_item *const *)a,
	    *(const struct deesse_item *const *)b);
}

void
object_sort(struct declared *o)
{
	if (o->objects.n)
		qsort(o->objects.v, o->objects.n, sizeof(*o->objects.v),
		    objects_by_place);
	if (o->collections.n)
		qsort(o->collections.v, o->collections.n,
		    sizeof(*o->collections.v), by_place);
	extents_sort(&o->extents);
}
