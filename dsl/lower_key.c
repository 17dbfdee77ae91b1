/* lower_key - PRIMARY_KEY, UNIQUE, CHECK, FOREIGN_KEY, EXCLUDE */
#include <string.h>

#include "base/text.h"
#include "dsl/lower.h"
#include "dsl/options.h"
#include "sql/key.h"

/* Returns what a key on one field has in .on; NULL of all else. */
static const char *
on_one(const struct deesse_item *item)
{
	const struct deesse_FOREIGN_KEY *f = (const void *)item;
	const struct deesse_PRIMARY_KEY *p = (const void *)item;
	const struct deesse_UNIQUE *u = (const void *)item;
	const char *const *on;

	switch (item->kind) {
	case DEESSE_KIND_FOREIGN_KEY:
		on = f->on;
		break;
	case DEESSE_KIND_PRIMARY_KEY:
		on = p->on;
		break;
	case DEESSE_KIND_UNIQUE:
		on = u->on;
		break;
	default:
		return NULL;
	}
	return on[0] && !on[1] ? on[0] : NULL;
}

/* Do both name the same field? Its order stands before it, as marks. */
static bool
is_same_field(const char *a, const char *b)
{
	while (*a > 0 && *a < ' ')
		a++;
	while (*b > 0 && *b < ' ')
		b++;
	return !strcmp(a, b);
}

/* A key of one field that stands right behind it, or behind other keys of it,
 * is written inside it. */
static bool
is_beside_field(const struct lowered *c, const struct deesse_item *item,
    const struct parts *parts)
{
	const struct deesse_item *before = NULL;
	const char *on = on_one(item);

	if (!on || parts->n != 1 || parts->v[0].collation)
		return false;
	for (size_t i = 0; c->from->items[i] != item; i++) {
		const char *other = on_one(c->from->items[i]);

		if (!other || !is_same_field(on, other))
			before = c->from->items[i];
	}
	for (size_t i = 0; before && i < c->fields.n; i++)
		if (c->fields.v[i]->item == before)
			return c->fields.v[i]->as == parts->v[0].column;
	return false;
}

/* ------------------------------ the primary key --------------------------- */

static void
collect_fields(struct lowering *l, struct lowered *c, bool has_id)
{
	const struct deesse_PRIMARY_KEY *p = c->primary_key;

	for (size_t i = 0; i < c->fields.n; i++) {
		struct field *f = c->fields.v[i];

		if (!f->options || !f->options->primary_key)
			continue;
		if (has_id)
			tell(l, f->item, "primary_key",
			    "%s has the primary key 'id' by itself; say .id = "
			    "ID_NONE in COLLECTION(%s)",
			    c->slug, c->slug);
		else if (p)
			tell(l, f->item, "primary_key",
			    "%s has a PRIMARY_KEY, and .primary_key here too; "
			    "keep one",
			    c->slug);
		else
			vec_push(&l->work, &c->key, f);
	}
}

static void
collect_key(struct lowering *l, struct lowered *c)
{
	const struct deesse_PRIMARY_KEY *p = c->primary_key;
	bool has_id = c->key.n > 0;

	collect_fields(l, c, has_id);
	if (p && has_id) {
		tell(l, &p->item, NULL,
		    "%s has the primary key 'id' by itself; say .id = ID_NONE "
		    "in COLLECTION(%s)",
		    c->slug, c->slug);
		return;
	}
	for (size_t i = 0; !p && i < c->key.n; i++)
		vec_push(l->arena, &c->key_parts,
		    (struct part){ .column = c->key.v[i]->as });
	if (!p)
		return;
	take_parts(l, c, &p->item, p->on, PART_COLUMN, &c->key_parts);
	for (size_t i = 0; i < c->key_parts.n; i++)
		for (size_t k = 0; k < c->fields.n; k++)
			if (c->fields.v[k]->as == c->key_parts.v[i].column)
				vec_push(&l->work, &c->key, c->fields.v[k]);
}

static const char *
key_name(struct lowering *l, struct lowered *c)
{
	const struct field *first = c->key.v[0];
	const char *name = c->from->head->constraint;

	if (!name && c->primary_key)
		name = c->primary_key->constraint;
	if (!name && c->key.n == 1 && first->options &&
	    first->item->kind != DEESSE_KIND_RELATION &&
	    !first->options->unique)
		name = first->options->constraint;
	if (name)
		physical_ok(l, c->item, "constraint", name);
	else if (l->rules->names_constraints)
		name = made_name(l, c->table->name, NULL, "pkey");
	return name;
}

static void
find_item(struct lowering *l, struct lowered *c)
{
	for (size_t i = 0; i < c->from->n; i++) {
		const struct deesse_item *item = c->from->items[i];

		if (item->kind != DEESSE_KIND_PRIMARY_KEY)
			continue;
		item_possible(l, item);
		if (c->primary_key)
			tell(l, item, NULL,
			    "%s has two primary keys; the first is at %s:%d",
			    c->slug, shown_path(c->primary_key->item.file),
			    c->primary_key->item.line);
		c->primary_key = (const void *)item;
	}
}

static void
take_include(struct lowering *l, struct lowered *c, struct constraint *k,
    const struct deesse_item *item, const char *const *fields)
{
	if (fields[0])
		take_columns(l, c, item, "include", fields,
		    &constraint_say(l->arena, k)->include);
}

static void
take_key_options(struct lowering *l, struct lowered *c, struct constraint *k)
{
	const struct deesse_PRIMARY_KEY *p = c->primary_key;
	const char *words = c->from->head->on_conflict;

	if (words)
		constraint_say(l->arena, k)->on_conflict =
		    take_on_conflict(l, c->item, words);
	if (!p)
		return;
	if (p->on_conflict)
		constraint_say(l->arena, k)->on_conflict =
		    take_on_conflict(l, &p->item, p->on_conflict);
	k->deferrable = p->deferrable || p->deferred;
	k->deferred = p->deferred;
	if (l->rules->comments)
		k->comment = p->comment;
	take_include(l, c, k, &p->item, p->include);
}

static bool
is_relation(const struct field *f)
{
	return f->item && f->item->kind == DEESSE_KIND_RELATION;
}

/* AUTOINCREMENT, said of the collection or of the field that is its key. */
static void
number_key(struct lowering *l, struct lowered *c)
{
	struct field *first = c->key.n == 1 ? c->key.v[0] : NULL;
	bool wanted = c->from->head->autoincrement;

	for (size_t i = 0; i < c->fields.n; i++) {
		struct field *f = c->fields.v[i];
		const struct deesse_INTEGER *n = (const void *)f->item;

		if (!n || n->item.kind != DEESSE_KIND_INTEGER ||
		    !n->autoincrement)
			continue;
		if (f != first)
			tell(l, f->item, "autoincrement",
			    "only a primary key of one field is numbered, and "
			    "%s is none",
			    f->name);
		else
			first->column->identity = l->rules->autoincrement;
	}
	if (!wanted)
		return;
	if (first && first->kind == DEESSE_KIND_INTEGER && !is_relation(first))
		first->column->identity = l->rules->autoincrement;
	else
		tell(l, c->item, "autoincrement",
		    ".autoincrement is for a primary key of one INTEGER");
}

static bool
is_beside(const struct lowered *c)
{
	return c->primary_key &&
	       is_beside_field(c, &c->primary_key->item, &c->key_parts);
}

/* Alone and an INTEGER, the key is the number that each row has anyway. If it
 * descends it is not, but only inside the column. */
static bool
is_int_key(const struct lowering *l, const struct lowered *c)
{
	const struct field *f = c->key_parts.n == 1 ? c->key.v[0] : NULL;

	return f && l->rules->rowid_keys && !c->table->without_rowid &&
	       f->column->type && text_same_nocase(f->column->type, "INTEGER");
}

void
lower_key(struct lowering *l, struct lowered *c)
{
	find_item(l, c);
	collect_key(l, c);
	if (!c->key_parts.n)
		return;
	c->key_name = key_name(l, c);
	if (l->rules->names_constraints)
		claim(l, &l->relations, c->table->schema, c->key_name, c->item,
		    &c->table->source,
		    arena_fmt(&l->brief, "the primary key of %s", c->slug),
		    ".constraint");
}

void
lower_primary_key(struct lowering *l, struct lowered *c)
{
	const struct part *first;
	struct constraint *k;

	number_key(l, c);
	if (!c->key_parts.n)
		return;
	k = add_constraint(l, c, CONSTRAINT_PRIMARY_KEY,
	    c->primary_key ? &c->primary_key->item : NULL);
	k->name = c->key_name;
	k->parts = c->key_parts;
	take_key_options(l, c, k);
	first = &k->parts.v[0];
	if (l->rules->inside_columns && k->parts.n == 1 &&
	    (!first->desc || is_beside(c) ||
		(is_int_key(l, c) && !is_relation(c->key.v[0]))) &&
	    !first->collation)
		k->column = first->column;
}

static bool
is_rowid(const struct lowering *l, const struct lowered *c)
{
	return is_int_key(l, c) && !c->key_parts.v[0].desc;
}

void
lower_key_nulls(struct lowering *l, struct lowered *c)
{
	bool rowid = is_rowid(l, c);

	for (size_t i = 0; i < c->fields.n; i++) {
		const struct field *f = c->fields.v[i];
		bool in_key = false;

		for (size_t k = 0; k < c->key.n; k++)
			in_key = in_key || c->key.v[k] == f;
		if (f->options && f->options->nullable && !in_key)
			tell(l, f->item, "nullable",
			    "%s may be NULL anyway: .nullable is for the "
			    "fields of a primary key",
			    f->name);
		if (in_key && f->above)
			f->column->not_null = true;
		if (in_key && f->options && !rowid)
			f->column->not_null = !f->options->nullable;
	}
}

/* The indexes of keys are numbered in the order of the keys: one that stands
 * behind a UNIQUE, and not beside its field, is written where it stands. */
void
place_primary_key(struct lowering *l, struct lowered *c, const void *item)
{
	struct constraint *k = table_primary_key(c->table);
	bool apart = !is_int_key(l, c) && !is_beside(c);
	size_t to = 0;

	(void)item;
	if (!k)
		return;
	for (size_t i = 0; i < c->table->constraints.n; i++) {
		struct constraint *other = c->table->constraints.v[i];

		if (apart && other->kind == CONSTRAINT_UNIQUE)
			k->column = NULL;
		if (other != k)
			c->table->constraints.v[to++] = other;
	}
	c->table->constraints.n = to;
	vec_push(l->arena, &c->table->constraints, k);
}

/* ------------------------------- other keys ------------------------------- */

void
lower_unique(struct lowering *l, struct lowered *c, const void *item)
{
	const struct deesse_UNIQUE *u = item;
	struct constraint *k;

	k = add_constraint(l, c, CONSTRAINT_UNIQUE, item);
	if (u->name || l->rules->names_constraints)
		k->name = item_name(l, c, item, u->name);
	take_parts(l, c, item, u->on, PART_COLUMN, &k->parts);
	take_include(l, c, k, item, u->include);
	k->nulls_not_distinct = u->nulls_not_distinct;
	k->deferrable = u->deferrable || u->deferred;
	k->deferred = u->deferred;
	if (u->on_conflict)
		constraint_say(l->arena, k)->on_conflict =
		    take_on_conflict(l, item, u->on_conflict);
	if (l->rules->inside_columns && is_beside_field(c, item, &k->parts))
		k->column = k->parts.v[0].column;
	if (l->rules->comments)
		k->comment = u->comment;
	if (l->rules->names_constraints)
		claim(l, &l->relations, c->table->schema, k->name, item,
		    &k->source,
		    arena_fmt(&l->brief, "UNIQUE(%s)", u->item.name), ".name");
}

void
lower_check(struct lowering *l, struct lowered *c, const void *item)
{
	const struct deesse_CHECK *check = item;
	struct constraint *k;

	if (!check->sql || !*check->sql) {
		tell(l, item, NULL,
		    "CHECK(%s) checks nothing; write CHECK(%s, \"views >= "
		    "0\")",
		    check->item.name, check->item.name);
		return;
	}
	k = add_constraint(l, c, CONSTRAINT_CHECK, item);
	if (l->rules->names_constraints || !check->unnamed)
		k->name = item_name(l, c, item, check->name);
	k->check = lower_expr(l, check->sql);
	k->not_valid = check->not_valid;
	k->no_inherit = check->no_inherit;
	if (l->rules->comments)
		k->comment = check->comment;
}

/* The columns that a foreign key refers to: named, or the target's key. */
static void
take_references(struct lowering *l, const struct deesse_FOREIGN_KEY *fk,
    struct lowered *to, struct constraint *k)
{
	size_t on = 0;
	bool known = true;

	while (on < DEESSE_PARTS && fk->on[on])
		on++;
	for (size_t i = 0; i < DEESSE_PARTS && fk->references[i]; i++) {
		struct field *f = find_field(
		    l, to, fk->references[i], &fk->item, "references");

		known = known && f;
		if (f)
			vec_push(l->arena, &k->target_columns, f->as);
	}
	for (size_t i = 0; !fk->references[0] && i < to->key.n; i++)
		vec_push(l->arena, &k->target_columns, to->key.v[i]->as);
	/* a name that is not there has been told */
	if (known && on && k->parts.n == on && k->target_columns.n != on)
		tell(l, &fk->item, NULL,
		    "FOREIGN_KEY(%s) is on %u fields and refers to %u of %s",
		    fk->item.name, k->parts.n, k->target_columns.n, to->slug);
}

/* SQLite lets a reference stand whose table is not there, or is a view. */
static void
take_names(struct lowering *l, const struct deesse_FOREIGN_KEY *fk,
    struct constraint *k)
{
	physical_ok(l, &fk->item, "table", fk->table);
	for (size_t i = 0; i < DEESSE_PARTS && fk->references[i]; i++)
		vec_push(l->arena, &k->target_columns, fk->references[i]);
	if (k->target_columns.n && k->target_columns.n != k->parts.n)
		tell(l, &fk->item, "references",
		    "FOREIGN_KEY(%s) is on %u fields and refers to %u of %s",
		    fk->item.name, k->parts.n, k->target_columns.n, fk->table);
}

/* Is .table the target's own, in the letters of the file? */
static bool
is_spelling_of(struct lowering *l, const struct deesse_FOREIGN_KEY *fk)
{
	const struct lowered *to = map_get(&l->slugs, fk->target);

	return to && schema_same_name(l->dialect, to->table->name, fk->table);
}

void
lower_foreign_key(struct lowering *l, struct lowered *c, const void *item)
{
	const struct deesse_FOREIGN_KEY *fk = item;
	struct constraint_more *more;
	struct constraint *k;
	struct lowered *to = NULL;

	if (!fk->table || is_spelling_of(l, fk))
		to = find_collection(l, fk->target, item, NULL);
	if (!fk->table && !to)
		return;
	k = add_constraint(l, c, CONSTRAINT_FOREIGN_KEY, item);
	if (fk->name || l->rules->names_constraints)
		k->name = item_name(l, c, item, fk->name);
	take_parts(l, c, item, fk->on, PART_FIELD, &k->parts);
	if (to && !(fk->table && fk->references[0]))
		take_references(l, fk, to, k);
	else
		take_names(l, fk, k);
	if (l->rules->inside_columns && is_beside_field(c, item, &k->parts))
		k->column = k->parts.v[0].column;
	k->target_schema = to ? to->table->schema : NULL;
	k->target = fk->table ? fk->table : to->table->name;
	k->on_delete = lower_action(fk->on_delete);
	k->on_update = lower_action(fk->on_update);
	if (fk->on_delete_set[0] || fk->match) {
		more = constraint_say(l->arena, k);
		take_columns(l, c, item, "on_delete_set", fk->on_delete_set,
		    &more->delete_columns);
		more->match = take_match(l, item, fk->match);
	}
	k->deferrable = fk->deferrable || fk->deferred;
	k->deferred = fk->deferred;
	k->not_valid = fk->not_valid;
	k->implicit =
	    fk->implicit && !l->rules->names_constraints && !fk->references[0];
	if (l->rules->comments)
		k->comment = fk->comment;
}

void
lower_exclude(struct lowering *l, struct lowered *c, const void *item)
{
	const struct deesse_EXCLUDE *e = item;
	struct constraint_more *more;
	struct constraint *k;

	k = add_constraint(l, c, CONSTRAINT_EXCLUDE, item);
	k->name = item_name(l, c, item, e->name);
	more = constraint_say(l->arena, k);
	more->method = e->method ? sql_unquote(l->arena, l->dialect, e->method,
				       strlen(e->method))
				 : "gist";
	more->where = lower_expr(l, e->where);
	take_parts(l, c, item, e->on, PART_EXCLUSION, &k->parts);
	take_include(l, c, k, item, e->include);
	k->deferrable = e->deferrable || e->deferred;
	k->deferred = e->deferred;
	if (l->rules->comments)
		k->comment = e->comment;
	claim(l, &l->relations, c->table->schema, k->name, item, &k->source,
	    arena_fmt(&l->brief, "EXCLUDE(%s)", e->item.name), ".name");
}
