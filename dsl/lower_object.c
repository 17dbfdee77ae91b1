/* lower_object - what collections say in C and a database keeps as SQL
 *
 * VIEW, TRIGGER, POLICY … become the statement that a .sql file would hold, and
 * go the way of such files: one way to compare, to order and to replace.
 */
#include <string.h>

#include "dsl/lower.h"
#include "dsl/options.h"
#include "sql/quote.h"

/* The names that items of each kind may have of their own. */
static const char *
own_text(const struct deesse_item *item, const char *option)
{
	const struct kind *k = kind_of(item->kind);
	const struct option *o = kind_option(k, option, strlen(option));
	const char *s = NULL;

	if (o)
		memcpy(&s, (const char *)item + o->offset, sizeof(s));
	return s;
}

void
add_object_name(struct lowering *l, struct buf *out,
    const struct deesse_item *item, const struct table *table)
{
	const char *name = own_text(item, "name");
	const char *schema =
	    l->rules->schemas ? own_text(item, "schema") : NULL;

	if (!name)
		name = table ? arena_fmt(
				   l->arena, "%s_%s", table->name, item->name)
			     : item->name;
	sql_qualified(out, l->dialect, schema, name);
}

void
add_clause(
    struct lowering *l, struct buf *out, const char *word, const char *text)
{
	if (text && *text)
		buf_fmt(out, "%s%s", word, lower_expr(l, text).text);
}

static void
check_name(struct lowering *l, const struct deesse_item *item,
    const struct table *table)
{
	const char *name = own_text(item, "name");

	/* whose names others chose */
	if (item->kind == DEESSE_KIND_EXTENSION)
		return;
	if (name)
		physical_ok(l, item, "name", name);
	else if (table)
		physical_ok(l, item, NULL,
		    arena_fmt(l->arena, "%s_%s", table->name, item->name));
	else
		physical_ok(l, item, NULL, item->name);
}

static void
define(struct lowering *l, const struct deesse_item *item,
    const struct table *table)
{
	const struct definer *d = l->rules->definers;
	size_t before = l->report->mistakes.n;
	struct buf b = { 0 };

	while (d->kind && d->kind != item->kind)
		d++;
	check_name(l, item, table);
	if (d->kind)
		d->define(l, &b, item, table);
	if (b.len && l->report->mistakes.n == before)
		lower_definition(
		    l, item, arena_strndup(l->arena, buf_str(&b), b.len));
	buf_release(&b);
}

void
lower_table_object(struct lowering *l, struct lowered *c, const void *item)
{
	if (((const struct deesse_item *)item)->kind == DEESSE_KIND_POLICY)
		c->table->row_security = !c->from->head->row_security_off;
	define(l, item, c->table);
}

static void
ignore(struct lowering *l, const struct deesse_IGNORE *i)
{
	for (const char *const *p = i->patterns; p && *p; p++) {
		if (!**p)
			tell(l, &i->item, NULL,
			    "IGNORE has an empty pattern; \"*\" stands for any "
			    "letters");
		vec_push(l->arena, &l->schema->ignored, *p);
	}
}

void
lower_objects(struct lowering *l)
{
	const struct object_items *all = &l->build->object.objects;

	for (size_t i = 0; i < all->n; i++) {
		const struct deesse_item *item = all->v[i];

		if (!item_here(l, item))
			continue;
		if (item->kind == DEESSE_KIND_IGNORE)
			ignore(l, (const void *)item);
		else if (item->kind != DEESSE_KIND_ENUM_TYPE &&
			 name_ok(l, item) && item_possible(l, item))
			define(l, item, NULL);
	}
}
