/* collections_find - what of a table a collection says in which words */
#include "transpile/collections_words.h"

#include <string.h>

#include "base/text.h"
#include "sql/name.h"

#define PARTS_MAX 32 /* DEESSE_PARTS */

static bool
same(const struct telling *t, const char *a, const char *b)
{
	return schema_same_name(t->teller->schema->dialect, a, b);
}

struct field *
telling_field(const struct telling *t, const char *column)
{
	for (size_t i = 0; i < t->table->columns.n; i++)
		if (same(t, t->fields[i].column->name, column))
			return &t->fields[i];
	return NULL;
}

struct telling *
teller_target(const struct teller *r, const char *schema, const char *table)
{
	const struct table *t = schema_table(r->schema, schema, table);

	return t ? map_get(
		       &r->by_table, teller_qualified(r->a, t->schema, t->name))
		 : NULL;
}

const char *
telling_own_name(
    const struct telling *t, const char *column, const char *suffix)
{
	const struct collections_dialect *ops = t->teller->ops;

	return ops->names_constraints
		   ? sql_made_name(t->teller->a, ops->name_max, t->table->name,
			 column, suffix)
		   : NULL;
}

void
telling_say_name(struct telling *t, struct item *i, const char *option,
    const char *name, const char *own)
{
	if (name && own && !strcmp(name, own))
		return;
	item_text(t->teller->a, i, option, name);
}

static size_t
place_of(const struct telling *t, const struct constraint *c)
{
	size_t i = 0;

	while (t->table->constraints.v[i] != c)
		i++;
	return i;
}

bool
telling_said(const struct telling *t, const struct constraint *c)
{
	return t->said[place_of(t, c)];
}

void
telling_say(struct telling *t, const struct constraint *c)
{
	t->said[place_of(t, c)] = true;
}

/* ------------------------- names and what comes by itself ----------------- */

/* Is the key one column, and plain? */
static bool
has_plain_key(const struct telling *t)
{
	const struct constraint *k = t->key;

	return k && k->parts.n == 1 && !k->parts.v[0].desc &&
	       !k->parts.v[0].collation && !constraint_more(k)->include.n &&
	       !k->deferrable && !k->comment &&
	       (k->column || !t->teller->ops->orders_indexes);
}

/* id comes first. What else is said of it are items. A collection that says
 * nothing is no C, so a column that is alone is said. */
static void
find_id(struct telling *t)
{
	const struct columns *columns = &t->table->columns;
	const char *id;

	t->id = "ID_NONE";
	if (columns->n < 2 || strcmp(columns->v[0]->name, "id") != 0 ||
	    t->fields[0].by_itself || !has_plain_key(t) ||
	    !same(t, t->key->parts.v[0].column, "id"))
		return;
	id = t->teller->ops->id(t, columns->v[0]);
	if (!id)
		return;
	t->id = id;
	t->fields[0].by_itself = true;
	telling_say(t, t->key);
}

/* created_at and updated_at come last, in this order. */
static void
find_timestamps(struct telling *t)
{
	static const char *const names[] = { "created_at", "updated_at" };
	size_t n = t->table->columns.n;

	for (size_t i = 0; i < 2; i++) {
		const struct column *c =
		    n < 2 ? NULL : t->table->columns.v[n - 2 + i];

		if (!c || c->inherited || strcmp(c->name, names[i]) ||
		    !t->teller->ops->timestamp(t, c))
			return;
	}
	if (n == 2 || (n == 3 && t->fields[0].by_itself))
		return;
	t->timestamps = true;
	t->fields[n - 2].by_itself = t->fields[n - 1].by_itself = true;
}

const struct column *
telling_above(const struct telling *t, const struct column *c)
{
	struct teller *r = t->teller;

	return t->table->parents.n
		   ? inherited_column(r->a, r->schema, t->table, c->name)
		   : NULL;
}

/* What the tables above have is theirs to say. */
static void
find_inherited(struct telling *t)
{
	for (size_t i = 0; i < t->table->columns.n; i++)
		t->fields[i].by_itself = t->fields[i].column->inherited;
	for (size_t i = 0; i < t->table->constraints.n; i++)
		t->said[i] = t->table->constraints.v[i]->inherited;
}

void
telling_find_names(struct telling *t)
{
	struct arena *a = t->teller->a;

	find_inherited(t);
	find_id(t);
	find_timestamps(t);
	for (size_t i = 0; i < t->table->columns.n; i++) {
		struct field *f = &t->fields[i];

		if (f->by_itself)
			f->name =
			    name_take(a, &t->taken, f->column->name, "column");
		else if (has_plain_key(t) &&
			 same(t, t->key->parts.v[0].column, f->column->name))
			f->key = true;
		if (f->key)
			telling_say(t, t->key);
	}
}

/* -------------------------------- relations ------------------------------- */

static bool
is_key_of(const struct telling *t, const char *column)
{
	return t->key && t->key->parts.n == 1 &&
	       same(t, t->key->parts.v[0].column, column);
}

static bool
is_unique(const struct telling *t, const char *column)
{
	if (is_key_of(t, column))
		return true;
	for (size_t i = 0; i < t->table->constraints.n; i++) {
		const struct constraint *c = t->table->constraints.v[i];

		if (c->kind == CONSTRAINT_UNIQUE && c->parts.n == 1 &&
		    same(t, c->parts.v[0].column, column))
			return true;
	}
	return false;
}

static bool
can_be_relation(
    struct telling *t, const struct constraint *c, const struct field *f)
{
	struct telling *to =
	    teller_target(t->teller, c->target_schema, c->target);
	const struct field *there;

	if (c->parts.n != 1 || c->target_columns.n != 1 || !to ||
	    f->by_itself || f->relation || c->not_valid || c->comment ||
	    constraint_more(c)->delete_columns.n || f->column->identity)
		return false;
	there = telling_field(to, c->target_columns.v[0]);
	if (!there || !is_unique(to, there->column->name))
		return false;
	/* the language refuses it, for it can never happen */
	if (c->on_delete == ACTION_SET_NULL && (f->column->not_null || f->key))
		return false;
	if (c->on_delete == ACTION_SET_DEFAULT && f->column->not_null &&
	    !f->column->default_value.text)
		return false;
	return t->teller->ops->same_type(f->column, there->column) ||
	       (t->teller->ops->like_type &&
		   t->teller->ops->like_type(f->column, there->column));
}

/* A relation takes its type from the key it refers to; in a circle of keys
 * nobody has one to give. */
static bool
leads_back(const struct field *from)
{
	const struct field *f = from;

	for (size_t i = 0; f->relation; i++) {
		f = f->target_field;
		if (f == from)
			return true;
		if (i > 64)
			return true;
	}
	return false;
}

static void
take_relation(struct telling *t, const struct constraint *c)
{
	struct field *f =
	    c->parts.n ? telling_field(t, c->parts.v[0].column) : NULL;

	if (!f || !can_be_relation(t, c, f))
		return;
	f->relation = c;
	f->target = teller_target(t->teller, c->target_schema, c->target);
	f->target_field = telling_field(f->target, c->target_columns.v[0]);
	if (leads_back(f))
		f->relation = NULL;
	else
		telling_say(t, c);
}

/* Foreign keys are numbered as they stand, and those of fields come first: a
 * key of the table is a relation as long as the fields are in its order, and
 * one in a column as long as none before it there is said behind the field. */
void
telling_find_relations(struct telling *t)
{
	const struct field *last = NULL, *beside = NULL;
	bool orders = t->teller->ops->orders_indexes, apart = false;

	for (size_t i = 0; i < t->table->constraints.n; i++) {
		const struct constraint *c = t->table->constraints.v[i];
		const struct field *f =
		    c->parts.n ? telling_field(t, c->parts.v[0].column) : NULL;

		if (c->kind != CONSTRAINT_FOREIGN_KEY ||
		    (c->column && beside && f == beside))
			continue;
		if (orders && !c->column && (apart || f < last)) {
			apart = true;
			continue;
		}
		take_relation(t, c);
		if (c->column && !telling_said(t, c))
			beside = f;
		apart = !c->column && !telling_said(t, c);
		last = f;
	}
}

/* "author" of "author_id" and "authorId"; the column's name where another
 * field is called so. */
static const char *
relation_name(struct telling *t, const char *column)
{
	static const char *const ends[] = { "_id", "Id", "_ID", "ID" };
	struct arena *a = t->teller->a;

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		size_t n = strlen(column), end = strlen(ends[i]);
		const char *base =
		    arena_strndup(a, column, n > end ? n - end : 0);

		if (!*base || !text_ends(column, ends[i]))
			continue;
		if (name_is_plain(a, base) && map_get(&t->taken, base))
			break;
		return name_take(a, &t->taken, base, "column");
	}
	return name_take(a, &t->taken, column, "column");
}

/* Plain fields have the first choice: their columns are called as they are. */
void
telling_find_relation_names(struct telling *t)
{
	struct arena *a = t->teller->a;

	for (size_t i = 0; i < t->table->columns.n; i++) {
		struct field *f = &t->fields[i];

		if (!f->relation && !f->by_itself)
			f->name =
			    name_take(a, &t->taken, f->column->name, "column");
	}
	for (size_t i = 0; i < t->table->columns.n; i++)
		if (t->fields[i].relation)
			t->fields[i].name =
			    relation_name(t, t->fields[i].column->name);
}

/* ---------------------------- keys and indexes ---------------------------- */

static bool
can_be_field_unique(const struct telling *t, const struct constraint *c)
{
	const struct field *f;

	const char *own;

	if (c->kind != CONSTRAINT_UNIQUE || c->parts.n != 1 ||
	    constraint_more(c)->on_conflict || c->parts.v[0].desc ||
	    c->parts.v[0].collation || constraint_more(c)->include.n ||
	    c->nulls_not_distinct || c->deferrable || c->comment)
		return false;
	f = telling_field(t, c->parts.v[0].column);
	if (!f || f->by_itself)
		return false;
	/* .constraint of a relation is the name of its foreign key */
	own = telling_own_name(t, f->column->name, "key");
	return !f->relation || (own ? !strcmp(c->name, own) : !c->name);
}

/* Behind its field it is written inside it; what comes by itself has no place
 * behind it. */
static bool
can_be_beside(const struct telling *t, const struct constraint *c)
{
	return can_be_field_unique(t, c) ||
	       (c->column && !telling_field(t, c->column)->by_itself);
}

/* Where a key stands when the table is made of the collection, if what can be
 * in a field is. */
static size_t
rank(const struct telling *t, const struct constraint *c, size_t place)
{
	bool primary = c->kind == CONSTRAINT_PRIMARY_KEY;
	size_t columns = 2 * t->table->columns.n;

	if (primary ? c->column != NULL : can_be_beside(t, c))
		return 2 * (size_t)(telling_field(t, c->parts.v[0].column) -
				    t->fields) +
		       !primary;
	return columns + 1 + place;
}

/* The names of the indexes that keys make count up from one in the order of
 * the keys. */
static bool
keeps_order(const struct telling *t)
{
	size_t last = 0;

	for (size_t i = 0; i < t->table->constraints.n; i++) {
		const struct constraint *c = t->table->constraints.v[i];

		if (!t->teller->ops->makes_index(t, c))
			continue;
		if (rank(t, c, i) < last)
			return false;
		last = rank(t, c, i);
	}
	return true;
}

void
telling_find_uniques(struct telling *t)
{
	bool all = keeps_order(t);

	for (size_t i = 0; i < t->table->constraints.n; i++) {
		const struct constraint *c = t->table->constraints.v[i];
		struct field *f;

		if (!can_be_field_unique(t, c) || (!all && !c->column))
			continue;
		f = telling_field(t, c->parts.v[0].column);
		if (f->unique)
			continue;
		f->unique = c;
		t->said[i] = true;
	}
}

/* Returns the field whose .index = true makes this very index, or NULL. */
static struct field *
field_of_index(const struct telling *t, const struct index *x)
{
	const struct part *p = x->parts.v;
	struct field *f =
	    x->parts.n == 1 && p->column ? telling_field(t, p->column) : NULL;

	if (!f || f->by_itself || x->unique || x->where.text || x->method ||
	    x->include.n || x->with || x->comment || p->desc || p->collation ||
	    p->opclass || p->nulls)
		return NULL;
	return strcmp(x->name,
		   sql_made_name(t->teller->a, t->teller->ops->name_max,
		       t->table->name, f->column->name, "idx"))
		   ? NULL
		   : f;
}

/* Indexes of fields are made first, in the order of fields. */
void
telling_find_indexes(struct telling *t)
{
	const struct field *last = NULL;

	for (size_t i = 0; i < t->table->indexes.n; i++) {
		const struct index *x = t->table->indexes.v[i];
		struct field *f = field_of_index(t, x);

		if (t->teller->ops->orders_indexes &&
		    (!f || (last && f <= last)))
			return;
		if (!f)
			continue;
		f->index = x;
		last = f;
	}
}

/* ------------------------------ what cannot be ---------------------------- */

struct telling *
telling_reference(const struct telling *t, const struct constraint *c)
{
	struct telling *to =
	    teller_target(t->teller, c->target_schema, c->target);
	bool found = to && c->target_columns.n == c->parts.n;

	for (size_t i = 0; found && i < c->target_columns.n; i++)
		found = telling_field(to, c->target_columns.v[i]) != NULL;
	return found || !t->teller->ops->loose_references ? to : NULL;
}

/* Is what it refers to in the file, and cannot be said itself? */
static bool
is_left_out(const struct telling *t, const struct constraint *c)
{
	return schema_table(t->teller->schema, c->target_schema, c->target) &&
	       !teller_target(t->teller, c->target_schema, c->target);
}

static const char *
unsaid_constraint(struct telling *t, const struct constraint *c)
{
	struct arena *a = t->teller->a;
	struct telling *to;

	if (c->parts.n > PARTS_MAX)
		return arena_fmt(a, "a key has %u columns; %d can be said",
		    c->parts.n, PARTS_MAX);
	if (c->kind != CONSTRAINT_FOREIGN_KEY)
		return NULL;
	to = telling_reference(t, c);
	if (!to && t->teller->ops->loose_references && !is_left_out(t, c))
		return NULL;
	if (!to || to->unsaid)
		return arena_fmt(a, "it refers to %s, which is %s",
		    teller_qualified(a, c->target_schema, c->target),
		    schema_table(t->teller->schema, c->target_schema, c->target)
			? "left out"
			: "not there");
	if (c->target_columns.n != c->parts.n)
		return arena_fmt(a,
		    "it refers to the key of %s, which has another number of "
		    "columns",
		    c->target);
	for (size_t i = 0; i < c->target_columns.n; i++)
		if (!telling_field(to, c->target_columns.v[i]))
			return arena_fmt(a,
			    "it refers to %s.%s, which is not there", c->target,
			    c->target_columns.v[i]);
	return NULL;
}

static const char *
unsaid_parent(struct telling *t, const struct parent *p)
{
	const struct telling *above =
	    teller_target(t->teller, p->schema, p->name);

	return above && !above->unsaid
		   ? NULL
		   : arena_fmt(t->teller->a,
			 "it inherits from %s, which is left out",
			 teller_qualified(t->teller->a, p->schema, p->name));
}

void
telling_find_unsaid(struct telling *t)
{
	for (size_t i = 0; !t->unsaid && i < t->table->constraints.n; i++)
		t->unsaid = unsaid_constraint(t, t->table->constraints.v[i]);
	for (size_t i = 0; !t->unsaid && i < t->table->parents.n; i++)
		t->unsaid = unsaid_parent(t, &t->table->parents.v[i]);
	for (size_t i = 0; !t->unsaid && i < t->table->indexes.n; i++)
		if (t->table->indexes.v[i]->parts.n > PARTS_MAX)
			t->unsaid = arena_fmt(t->teller->a,
			    "the index %s has more than %d columns",
			    t->table->indexes.v[i]->name, PARTS_MAX);
}
