/* lower_enum - labels of an ENUM, and the types that hold them
 *
 * An ENUM has a type of its own, or shares one with others; where the dialect
 * has no such types, each column has its check.
 */
#include <string.h>

#include "dsl/lower.h"
#include "dsl/options.h"
#include "sql/quote.h"

static void
take_labels(struct lowering *l, const struct deesse_item *item,
    const char *const *values, struct names *labels)
{
	const char *option = item->kind == DEESSE_KIND_ENUM ? "values" : NULL;
	const char *what = kind_of(item->kind)->name;

	for (const char *const *v = values; v && *v; v++) {
		for (size_t i = 0; i < labels->n; i++)
			if (!strcmp(labels->v[i], *v))
				tell(l, item, option,
				    "%s(%s) has the value \"%s\" twice", what,
				    item->name, *v);
		if (l->rules->name_max && strlen(*v) > l->rules->name_max)
			tell(l, item, option,
			    "the value \"%s\" has %zu bytes; %s takes %zu", *v,
			    strlen(*v), l->rules->title, l->rules->name_max);
		vec_push(l->arena, labels, *v);
	}
}

static void
take_former_labels(struct lowering *l, const struct deesse_item *item,
    const struct deesse_was *was, const struct names *labels, struct names *out)
{
	take_was(l->arena, out, was);
	if (out->n % 2)
		tell(l, item, "values_was",
		    ".values_was takes pairs: WAS(\"old\", \"new\")");
	for (size_t i = 1; i < out->n; i += 2) {
		bool known = false;

		for (size_t k = 0; k < labels->n; k++)
			known = known || !strcmp(labels->v[k], out->v[i]);
		if (!known)
			tell(l, item, "values_was",
			    ".values_was: \"%s\" is none of the values of %s",
			    out->v[i], item->name);
	}
}

/* ------------------------------- ENUM_TYPE ------------------------------- */

static void
add_shared(struct lowering *l, const struct deesse_ENUM_TYPE *e)
{
	struct shared_enum *s = arena_new(&l->work, struct shared_enum);
	const struct shared_enum *other;
	struct enum_type *t = arena_new(l->arena, struct enum_type);
	const struct deesse_item *item = &e->item;

	s->item = e;
	s->type = t;
	t->schema = l->rules->schemas ? e->schema : NULL;
	t->name = e->name ? e->name : item->name;
	t->source = source_of(item);
	take_labels(l, item, e->values, &t->labels);
	if (!t->labels.n)
		tell(l, item, NULL,
		    "ENUM_TYPE(%s) has no values; write ENUM_TYPE(%s, "
		    "VALUES(\"a\", \"b\"))",
		    item->name, item->name);
	take_former_labels(l, item, &e->values_was, &t->labels, &t->labels_was);
	take_was(l->arena, &t->was, &e->was);
	other = map_put(&l->work, &l->shared, item->name, s);
	if (other)
		tell(l, item, NULL,
		    "the type '%s' is defined twice; the first is at %s:%d",
		    item->name, shown_path(other->item->item.file),
		    other->item->item.line);
	if (!l->rules->enum_types ||
	    !physical_ok(l, item, e->name ? "name" : NULL, t->name))
		return;
	claim(l, &l->types, t->schema, t->name, item, &t->source,
	    arena_fmt(&l->brief, "ENUM_TYPE(%s)", item->name), ".name");
	vec_push(l->arena, &l->schema->enums, t);
}

void
lower_enum_types(struct lowering *l)
{
	const struct object_items *all = &l->build->object.objects;

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i]->kind == DEESSE_KIND_ENUM_TYPE &&
		    item_here(l, all->v[i]) && name_ok(l, all->v[i]))
			add_shared(l, (const void *)all->v[i]);
}

/* ---------------------------------- ENUM --------------------------------- */

static void
set_type(struct lowering *l, struct field *f, const struct enum_type *e)
{
	struct buf b = { 0 };

	if (!l->rules->enum_types)
		return;
	sql_qualified(&b, l->dialect, e->schema, e->name);
	if (f->options->array)
		buf_puts(&b, "[]");
	f->column->enum_type = e->name;
	f->column->type = arena_strdup(l->arena, buf_str(&b));
	buf_release(&b);
}

static void
share(struct lowering *l, struct field *f, const struct deesse_ENUM *e)
{
	const struct shared_enum *s = map_get(&l->shared, e->type);
	struct column_more *more;

	if (!s) {
		tell(l, f->item, "type",
		    "there is no type '%s'; write ENUM_TYPE(%s, VALUES(\"a\", "
		    "\"b\"));",
		    e->type, e->type);
		return;
	}
	if (e->values || e->values_was.one || e->values_was.list)
		tell(l, f->item, "type",
		    "the values of %s are those of ENUM_TYPE(%s); say .type or "
		    ".values",
		    f->name, e->type);
	more = column_say(l->arena, f->column);
	more->labels = s->type->labels;
	more->labels_was = s->type->labels_was;
	set_type(l, f, s->type);
}

/* PostgreSQL: a type of its own. */
static void
add_type(struct lowering *l, struct field *f)
{
	struct enum_type *e = arena_new(l->arena, struct enum_type);
	const struct table *t = f->of->table;

	e->schema = t->schema;
	e->name = made_name(l, t->name, f->as, NULL);
	e->labels = column_more(f->column)->labels;
	e->labels_was = column_more(f->column)->labels_was;
	e->source = f->column->source;
	for (size_t i = 0; i < column_more(f->column)->was.n; i++)
		vec_push(l->arena, &e->was,
		    made_name(
			l, t->name, column_more(f->column)->was.v[i], NULL));
	for (size_t i = 0; i < t->was.n; i++)
		vec_push(
		    l->arena, &e->was, made_name(l, t->was.v[i], f->as, NULL));
	for (size_t i = 0; i < t->was.n; i++)
		for (size_t k = 0; k < column_more(f->column)->was.n; k++)
			vec_push(l->arena, &e->was,
			    made_name(l, t->was.v[i], NULL,
				column_more(f->column)->was.v[k]));
	vec_push(l->arena, &l->schema->enums, e);
	claim(l, &l->types, e->schema, e->name, f->item, &e->source,
	    arena_fmt(&l->brief, "the type of ENUM(%s)", f->name),
	    "ENUM_TYPE with .name");
	set_type(l, f, e);
}

void
lower_enum(struct lowering *l, struct field *f)
{
	const struct deesse_ENUM *e = (const void *)f->item;
	struct column_more *more;

	if (e->type) {
		share(l, f, e);
		return;
	}
	more = column_say(l->arena, f->column);
	take_labels(l, f->item, e->values, &more->labels);
	if (!more->labels.n)
		tell(l, f->item, "values",
		    "ENUM(%s) has no values; write .values = VALUES(\"a\", "
		    "\"b\")",
		    f->name);
	take_former_labels(
	    l, f->item, &e->values_was, &more->labels, &more->labels_was);
	if (l->rules->enum_types)
		add_type(l, f);
}
