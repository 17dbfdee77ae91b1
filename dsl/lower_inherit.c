/* lower_inherit - collections whose tables inherit from those of others
 *
 * Twice: the fields of the tables above must be there before a key, an index or
 * a relation speaks of one; and when all is known of them, what the server will
 * make of a column or a check that both have.
 */
#include <string.h>

#include "base/text.h"
#include "dsl/lower.h"

/* ------------------------------ the fields ------------------------------- */

static bool
is_below(const struct lowered *c, const struct lowered *above)
{
	for (size_t i = 0; i < above->parents.n; i++)
		if (above->parents.v[i] == c ||
		    is_below(c, above->parents.v[i]))
			return true;
	return false;
}

static void
add_parent(struct lowering *l, struct lowered *c, const char *slug)
{
	struct lowered *above = find_collection(l, slug, c->item, "inherits");

	if (!above)
		return;
	if (parent_named(
		&c->table->parents, above->table->schema, above->table->name)) {
		tell(
		    l, c->item, "inherits", ".inherits names '%s' twice", slug);
		return;
	}
	if (above != c)
		lower_parents(l, above);
	if (above == c || is_below(c, above)) {
		tell(l, c->item, "inherits",
		    "%s would inherit from itself, by way of %s", c->slug,
		    slug);
		return;
	}
	vec_push(&l->work, &c->parents, above);
	vec_push(l->arena, &c->table->parents,
	    (struct parent){
		.schema = above->table->schema, .name = above->table->name });
	above->table->has_heirs = true;
}

static struct field *
own_field(struct lowering *l, const struct lowered *c, const char *column)
{
	for (size_t i = 0; i < c->fields.n; i++)
		if (schema_same_name(l->dialect, c->fields.v[i]->as, column))
			return c->fields.v[i];
	return NULL;
}

static struct field *
field_of_above(struct lowering *l, struct lowered *c, struct field *above)
{
	struct field *f = arena_new(&l->work, struct field);

	f->name = above->name;
	f->as = above->as;
	f->of = c;
	f->kind = above->kind;
	f->above = true;
	f->to = above;
	return f;
}

static bool
says_all(struct lowering *l, const struct lowered *c)
{
	for (size_t i = 0; i < c->parents.n; i++) {
		const struct fields *all = &c->parents.v[i]->fields;

		for (size_t k = 0; k < all->n; k++) {
			const struct field *f = own_field(l, c, all->v[k]->as);

			if (!f || (f->options && f->options->inherited))
				return false;
		}
	}
	return true;
}

/* Those of the tables above come first, as the server has them; where all of
 * them are said, the table is made in its own order, and inherits then. */
static void
take_fields(struct lowering *l, struct lowered *c)
{
	struct lowered own = *c;

	if (says_all(l, c))
		return;
	c->fields = (struct fields){ 0 };
	for (size_t i = 0; i < c->parents.n; i++) {
		const struct fields *all = &c->parents.v[i]->fields;

		for (size_t k = 0; k < all->n; k++) {
			const char *column = all->v[k]->as;
			struct field *f = own_field(l, &own, column);

			if (own_field(l, c, column))
				continue;
			if (!f)
				f = field_of_above(l, c, all->v[k]);
			vec_push(&l->work, &c->fields, f);
		}
	}
	for (size_t i = 0; i < own.fields.n; i++)
		if (!own_field(l, c, own.fields.v[i]->as))
			vec_push(&l->work, &c->fields, own.fields.v[i]);
}

void
lower_parents(struct lowering *l, struct lowered *c)
{
	const char *const *list = c->from->head->inherits;

	if (!l->rules->heirs || c->inheriting)
		return;
	c->inheriting = true;
	for (; list && *list; list++)
		add_parent(l, c, *list);
	if (c->parents.n)
		take_fields(l, c);
}

/* --------------------------- what they become ----------------------------- */

static bool
is_null(const struct expr *e)
{
	return e->text && text_same_nocase(e->text, "null");
}

static void
check_alike(struct lowering *l, const struct lowered *c, const struct field *f,
    const struct column *up)
{
	const struct column *x = f->column;
	const struct deesse_item *item = f->item ? f->item : c->item;

	if (strcmp(x->type, up->type) != 0)
		tell(l, item, NULL,
		    "%s of %s is %s, and in the table that it inherits from it "
		    "is %s: %s makes one column of the two",
		    f->name, c->slug, *x->type ? x->type : "something else",
		    up->type, l->rules->title);
	else if (!schema_same_name(l->dialect, x->collation, up->collation))
		tell(l, item, "collate",
		    "%s of %s has another collation than in the table that it "
		    "inherits from",
		    f->name, c->slug);
}

static void
take_column(struct field *f, const struct column *up)
{
	struct column *x = f->column, own = *x;

	*x = *up;
	x->name = own.name;
	x->source = own.source;
	x->not_null |= own.not_null;
}

/* What both say is one column: NOT NULL where one of them says so, the default
 * of this one where it has one; NULL is none. */
static void
merge_column(struct lowering *l, struct lowered *c, struct field *f,
    const struct column *up)
{
	struct column *x = f->column;

	check_alike(l, c, f, up);
	x->inherited = f->options && f->options->inherited;
	x->not_null |= up->not_null;
	if (!x->enum_type)
		x->enum_type = up->enum_type;
	if (!x->generated.text && !x->default_value.text && !x->identity) {
		x->default_value = up->default_value;
		x->generated = up->generated;
		x->stored = up->stored;
	}
	if (is_null(&x->default_value))
		x->default_value = (struct expr){ 0 };
}

static void
take_columns_above(struct lowering *l, struct lowered *c)
{
	for (size_t i = 0; i < c->fields.n; i++) {
		struct field *f = c->fields.v[i];
		const struct column *up =
		    inherited_column(l->arena, l->schema, c->table, f->as);

		if (f->options && f->options->inherited && !up)
			tell(l, f->item, "inherited",
			    c->parents.n
				? "no table that %s inherits from has '%s'"
				: "%s inherits from no table, so '%s' is its "
				  "own",
			    c->slug, f->name);
		if (up && f->above)
			take_column(f, up);
		else if (up)
			merge_column(l, c, f, up);
	}
}

static struct constraint *
own_constraint(const struct lowered *c, const char *name)
{
	for (size_t i = 0; i < c->table->constraints.n; i++) {
		struct constraint *k = c->table->constraints.v[i];

		if (k->name && !strcmp(k->name, name))
			return k;
	}
	return NULL;
}

static void
take_check(
    struct lowering *l, struct lowered *c, const struct constraint *above)
{
	struct constraint *own, *up;

	if (above->kind != CONSTRAINT_CHECK || above->no_inherit ||
	    !above->name)
		return;
	own = own_constraint(c, above->name);
	up = inherited_check(l->arena, l->schema, c->table, above->name);
	if (!own) {
		up->source = source_of(c->item);
		vec_push(l->arena, &c->table->constraints, up);
	} else if (own->kind != CONSTRAINT_CHECK || own->no_inherit ||
		   !expr_equal(&own->check, &up->check)) {
		report_add(l->report, own->source.file, own->source.line, 1,
		    "%s inherits a CHECK '%s' and has another constraint of "
		    "that name; the CHECK is at %s:%d",
		    c->slug, own->name, above->source.file, above->source.line);
	}
}

void
lower_inherited(struct lowering *l, struct lowered *c)
{
	if (!l->rules->heirs || c->inherited)
		return;
	c->inherited = true;
	for (size_t i = 0; i < c->parents.n; i++)
		lower_inherited(l, c->parents.v[i]);
	take_columns_above(l, c);
	for (size_t i = 0; i < c->parents.n; i++) {
		const struct table *above = c->parents.v[i]->table;

		for (size_t k = 0; k < above->constraints.n; k++)
			take_check(l, c, above->constraints.v[k]);
	}
}
