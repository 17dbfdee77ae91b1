/* lower_field - fields: names, types, defaults, keys */
#include <string.h>

#include "base/text.h"
#include "dsl/lower.h"
#include "dsl/options.h"
#include "sql/quote.h"

static const enum type_kind type_kinds[] = {
	[DEESSE_KIND_TEXT] = TYPE_TEXT,
	[DEESSE_KIND_INTEGER] = TYPE_INTEGER,
	[DEESSE_KIND_REAL] = TYPE_REAL,
	[DEESSE_KIND_DECIMAL] = TYPE_DECIMAL,
	[DEESSE_KIND_BOOLEAN] = TYPE_BOOLEAN,
	[DEESSE_KIND_TIMESTAMP] = TYPE_TIMESTAMP,
	[DEESSE_KIND_DATE] = TYPE_DATE,
	[DEESSE_KIND_UUID] = TYPE_UUID,
	[DEESSE_KIND_JSON] = TYPE_JSON,
	[DEESSE_KIND_BLOB] = TYPE_BLOB,
	[DEESSE_KIND_ENUM] = TYPE_ENUM,
	[DEESSE_KIND_TIME] = TYPE_TIME,
	[DEESSE_KIND_INTERVAL] = TYPE_INTERVAL,
	[DEESSE_KIND_VECTOR] = TYPE_VECTOR,
	[DEESSE_KIND_COLUMN] = TYPE_OTHER,
};

/* id, created_at and updated_at. */
#define BY_THEMSELVES 3

/* ------------------------------ making fields ----------------------------- */

static struct field *
new_field(struct lowering *l, struct lowered *c, const char *name,
    unsigned short kind)
{
	struct field *f = arena_new(&l->work, struct field);

	f->name = f->as = name;
	f->of = c;
	f->kind = kind;
	f->resolved = kind != 0;
	return f;
}

static void
add_id(struct lowering *l, struct lowered *c)
{
	enum deesse_id id = c->from->head->id;
	struct field *f;

	if (id == DEESSE_ID_NONE) {
		if (c->from->head->id_required)
			tell(l, c->item, "id_required",
			    ".id_required is for the id that comes by itself; "
			    "a field says .required = true");
		return;
	}
	f = new_field(l, c, "id",
	    id == DEESSE_ID_UUID ? DEESSE_KIND_UUID : DEESSE_KIND_INTEGER);
	vec_push(&l->work, &c->fields, f);
	vec_push(&l->work, &c->key, f);
}

static void
add_timestamp(struct lowering *l, struct lowered *c, const char *name)
{
	vec_push(
	    &l->work, &c->fields, new_field(l, c, name, DEESSE_KIND_TIMESTAMP));
}

/* Names of fields that come by themselves, and how to do without. */
static const char *
comes_by_itself(const struct lowered *c, const char *name)
{
	if (!strcmp(name, "id") && c->from->head->id != DEESSE_ID_NONE)
		return ".id = ID_NONE";
	if ((!strcmp(name, "created_at") || !strcmp(name, "updated_at")) &&
	    !c->from->head->no_timestamps)
		return ".no_timestamps = true";
	return NULL;
}

static bool
name_is_free(
    struct lowering *l, struct lowered *c, const struct deesse_item *item)
{
	const char *without = comes_by_itself(c, item->name);
	const struct field *other = field_named(c, item->name);

	if (without) {
		tell(l, item, NULL,
		    "%s has '%s' by itself: leave this out, or say %s in "
		    "COLLECTION(%s)",
		    c->slug, item->name, without, c->slug);
		return false;
	}
	if (other) {
		tell(l, item, NULL, "%s has '%s' twice; the first is at %s:%d",
		    c->slug, item->name, shown_path(other->item->file),
		    other->item->line);
		return false;
	}
	return true;
}

static void
check_column_name(struct lowering *l, struct lowered *c, struct field *f)
{
	for (size_t i = 0; i < c->fields.n; i++) {
		const struct field *other = c->fields.v[i];

		if (!schema_same_name(l->dialect, other->as, f->as))
			continue;
		tell(l, f->item, NULL,
		    "%s(%s) would have the column '%s', as '%s' has; "
		    "say .column = \"…\"",
		    kind_of(f->item->kind)->name, f->name, f->as, other->name);
	}
}

static void
add_own(struct lowering *l, struct lowered *c, const struct deesse_item *item)
{
	bool relation = item->kind == DEESSE_KIND_RELATION;
	struct field *f;

	if (!name_ok(l, item) || !name_is_free(l, c, item) ||
	    !item_possible(l, item))
		return;
	f = new_field(l, c, item->name, relation ? 0 : item->kind);
	f->item = item;
	f->unique = f->options->unique;
	if (f->options->column)
		f->as = f->options->column;
	else if (relation)
		f->as = lower_kept(l, arena_fmt(&l->brief, "%s_id", f->name));
	if (!column_ok(l, item, f->options->column ? "column" : NULL, f->as))
		return;
	check_column_name(l, c, f);
	vec_push(&l->work, &c->fields, f);
}

void
lower_fields(struct lowering *l, struct lowered *c)
{
	vec_reserve(&l->work, &c->fields, c->from->n + BY_THEMSELVES);
	add_id(l, c);
	for (size_t i = 0; i < c->from->n; i++) {
		const struct deesse_item *item = c->from->items[i];

		if (kind_of(item->kind)->field && item_here(l, item))
			add_own(l, c, item);
	}
	if (c->from->head->no_timestamps)
		return;
	add_timestamp(l, c, "created_at");
	add_timestamp(l, c, "updated_at");
}

/* ----------------------------- making columns ----------------------------- */

/* The former names of a relation's column: as they were written, and as a
 * relation of that name would have made them. */
static void
take_former(struct lowering *l, struct field *f)
{
	struct names was = { 0 };
	struct column_more *more;

	take_was(l->arena, &was, &f->options->was);
	if (!was.n)
		return;
	more = column_say(l->arena, f->column);
	for (size_t i = 0; i < was.n; i++) {
		if (!*was.v[i]) {
			tell(l, f->item, "was", ".was is empty");
			continue;
		}
		vec_push(l->arena, &more->was, was.v[i]);
		if (f->item->kind == DEESSE_KIND_RELATION &&
		    !text_ends(was.v[i], "_id"))
			vec_push(l->arena, &more->was,
			    arena_fmt(l->arena, "%s_id", was.v[i]));
	}
}

/* What else a column has beside its type. */
static void
take_ways(struct lowering *l, struct field *f)
{
	const struct deesse_BOOLEAN *o = f->options;
	const char *wrong =
	    o->collate ? l->rules->collation_wrong(o->collate) : NULL;
	struct column_more *more;

	if (wrong)
		tell(l, f->item, "collate", "%s", wrong);
	f->column->collation = o->collate;
	if (o->on_conflict || o->backfill || o->using) {
		more = column_say(l->arena, f->column);
		more->on_conflict =
		    take_on_conflict(l, f->item, o->on_conflict);
		more->backfill = lower_expr(l, o->backfill);
		more->conversion = lower_expr(l, o->using);
	}
	if (o->backfill && !o->required)
		tell(l, f->item, "backfill",
		    ".backfill fills a field that is .required = true, and %s "
		    "is not",
		    f->name);
	if (o->array && f->item->kind == DEESSE_KIND_RELATION)
		tell(l, f->item, "array",
		    "a RELATION is to one row; for many, make a link "
		    "collection and HAS_MANY(…, .through = \"…\")");
}

static void
say_own(struct lowering *l, struct field *f)
{
	struct column *x = f->column;

	x->not_null = f->options->required;
	x->hidden = f->options->hidden;
	if (l->rules->comments)
		x->comment = f->options->comment;
	take_former(l, f);
	take_ways(l, f);
	if (f->resolved)
		x->type = lower_kept(l, l->rules->type(&l->brief, f));
	if (f->item->kind == DEESSE_KIND_ENUM)
		lower_enum(l, f);
}

static void
say_id(struct lowering *l, struct field *f)
{
	const struct deesse_COLLECTION *head = f->of->from->head;

	l->rules->id(l, f, head->id);
	f->column->not_null |= head->id_required;
	if (head->id == DEESSE_ID_AUTOINCREMENT)
		f->column->identity = l->rules->autoincrement;
}

static void
say_timestamp(struct lowering *l, struct field *f)
{
	f->column->type = l->rules->type(l->arena, f);
	f->column->not_null = true;
	f->column->default_value = lower_expr(l, NOW);
}

void
lower_column(struct lowering *l, struct field *f)
{
	struct column *x = f->column;

	if (x)
		return;
	x = f->column = arena_new(l->arena, struct column);
	x->name = f->as;
	x->source = source_of(f->item ? f->item : f->of->item);
	if (f->above)
		return;
	x->field = f->name;
	x->kind = type_kinds[f->kind];
	if (f->item)
		say_own(l, f);
	else if (f->kind == DEESSE_KIND_TIMESTAMP)
		say_timestamp(l, f);
	else
		say_id(l, f);
}

void
lower_columns(struct lowering *l, struct lowered *c)
{
	vec_reserve(l->arena, &c->table->columns, c->fields.n);
	for (size_t i = 0; i < c->fields.n; i++) {
		lower_column(l, c->fields.v[i]);
		vec_push(l->arena, &c->table->columns, c->fields.v[i]->column);
	}
}

/* ------------------------------- relations ------------------------------- */

struct field *
field_named(const struct lowered *c, const char *name)
{
	struct field *found = NULL;

	/* its own before that of a table above it */
	for (size_t i = 0; i < c->fields.n && (!found || found->above); i++)
		if (!strcmp(c->fields.v[i]->name, name) &&
		    (!found || !c->fields.v[i]->above))
			found = c->fields.v[i];
	return found;
}

bool
field_is_unique(const struct lowered *c, const struct field *f)
{
	return f->unique || (c->key.n == 1 && c->key.v[0] == f);
}

/* Returns the name of the field that the item makes unique, or NULL. */
static const char *
made_unique(const struct deesse_item *item)
{
	const struct deesse_UNIQUE *u = (const void *)item;
	const struct deesse_INDEX *x = (const void *)item;

	if (item->kind == DEESSE_KIND_UNIQUE && u->on[0] && !u->on[1])
		return u->on[0];
	return item->kind == DEESSE_KIND_INDEX && x->unique && !x->where &&
		       x->on[0] && !x->on[1]
		   ? x->on[0]
		   : NULL;
}

void
lower_face(struct lowering *l, struct lowered *c)
{
	for (size_t i = 0; i < c->fields.n; i++) {
		struct field *f = c->fields.v[i];
		const struct deesse_RELATION *r = (const void *)f->item;

		if (r && r->item.kind == DEESSE_KIND_RELATION)
			f->target =
			    find_collection(l, r->target, &r->item, NULL);
	}
	for (size_t i = 0; i < c->from->n; i++) {
		const char *name = made_unique(c->from->items[i]);

		for (size_t k = 0; name && k < c->fields.n; k++)
			if (!strcmp(c->fields.v[k]->name, name))
				c->fields.v[k]->unique = true;
	}
}

static struct field *
find_target(struct lowering *l, struct field *f)
{
	const struct deesse_RELATION *r = (const void *)f->item;
	struct field *to;

	if (!f->target)
		return NULL;
	if (r->references) {
		to = find_field(
		    l, f->target, r->references, f->item, "references");
		if (to && !field_is_unique(f->target, to)) {
			tell(l, f->item, "references",
			    "RELATION(%s) needs a target that is unique; say "
			    ".unique = true at %s of %s",
			    f->name, to->name, f->target->slug);
			return NULL;
		}
		return to;
	}
	if (f->target->key.n == 1)
		return f->target->key.v[0];
	if (!f->target->key.n)
		tell(l, f->item, NULL,
		    "RELATION(%s): %s has no primary key to refer to; name a "
		    "unique field of it with .references",
		    f->name, f->target->slug);
	else
		tell(l, f->item, NULL,
		    "RELATION(%s): the key of %s has %u fields; use "
		    "FOREIGN_KEY",
		    f->name, f->target->slug, f->target->key.n);
	return NULL;
}

/* Finds the type of a relation, which is that of the key it refers to, which
 * can be a relation itself. */
static void
resolve(struct lowering *l, struct field *f)
{
	const struct deesse_RELATION *r = (const void *)f->item;
	struct field *to;

	lower_column(l, f);
	if (f->resolved)
		return;
	if (f->above) {
		resolve(l, f->to);
		f->resolved = true;
		f->kind = f->to->kind;
		f->column->type = f->to->column->type;
		f->column->kind = f->to->column->kind;
		f->column->enum_type = f->to->column->enum_type;
		return;
	}
	if (f->resolving) {
		tell(l, f->item, NULL,
		    "RELATION(%s) takes its type from a key that takes it "
		    "from this relation",
		    f->name);
		return;
	}
	f->resolving = true;
	to = find_target(l, f);
	if (to)
		resolve(l, to);
	f->resolved = true;
	if (to && to->column->type) {
		f->to = to;
		f->kind = to->kind;
		f->column->type = r->type ? r->type : to->column->type;
		f->column->kind = to->column->kind;
		f->column->enum_type = to->column->enum_type;
	} else {
		/* it was told; the rest can go on */
		f->kind = DEESSE_KIND_INTEGER;
		f->column->type = "";
	}
}

/* Returns the name as the file writes it, which is the same but for case. */
static const char *
spelled(struct lowering *l, struct field *f, const char *option,
    const char *said, const char *name)
{
	if (!said)
		return name;
	if (!schema_same_name(l->dialect, said, name))
		tell(l, f->item, option,
		    "RELATION(%s) is to '%s', which .%s = \"%s\" does not "
		    "spell",
		    f->name, name, option, said);
	return said;
}

static void
add_foreign_key(struct lowering *l, struct lowered *c, struct field *f)
{
	const struct deesse_RELATION *r = (const void *)f->item;
	struct constraint *k;

	if (!f->to)
		return;
	if (r->on_delete == DEESSE_SET_NULL && f->options->required)
		tell(l, f->item, "on_delete",
		    "RELATION(%s) is required, so a deleted row of %s cannot "
		    "leave NULL: use RESTRICT or CASCADE",
		    f->name, f->target->slug);
	k = add_constraint(l, c, CONSTRAINT_FOREIGN_KEY, f->item);
	k->name = f->options->constraint;
	if (!k->name && l->rules->names_constraints)
		k->name = made_name(l, c->table->name, f->as, "fkey");
	if (l->rules->inside_columns)
		k->column = f->as;
	vec_push(l->arena, &k->parts, (struct part){ .column = f->as });
	k->target_schema = f->target->table->schema;
	k->target = spelled(l, f, "table", r->table, f->target->table->name);
	vec_push(l->arena, &k->target_columns,
	    spelled(l, f, "key", r->key, f->to->as));
	k->on_delete = lower_action(r->on_delete);
	k->on_update = lower_action(r->on_update);
	if (r->match)
		constraint_say(l->arena, k)->match =
		    take_match(l, f->item, r->match);
	k->deferrable = r->deferrable || r->deferred;
	k->deferred = r->deferred;
	/* without columns, the file would mean the primary key */
	k->implicit =
	    r->implicit && !l->rules->names_constraints && !r->references;
}

void
lower_relations(struct lowering *l, struct lowered *c)
{
	for (size_t i = 0; i < c->fields.n; i++) {
		struct field *f = c->fields.v[i];

		resolve(l, f);
		if (f->item && f->item->kind == DEESSE_KIND_RELATION)
			add_foreign_key(l, c, f);
	}
}
