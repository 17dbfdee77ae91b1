/* target - what is declared, and what of others must stay
 *
 * The current schema is read under the names of the declared one, so that what
 * `.was` claims is not stray, and what stands on it comes along.
 */
#include "diff/pass.h"

#include <fnmatch.h>

#include "sql/lang.h"
#include "sql/rights.h"

struct keeping {
	struct pass *p;
	struct schema *target;
	const struct map *owned;
	struct names *kept;
};

static bool
is_stray(struct keeping *k, const char *key)
{
	return k->owned && !map_get(k->owned, key);
}

/* Did somebody say IGNORE? Then it stays, whoever owns it, and is not told. */
static bool
is_ignored(struct keeping *k, const char *schema, const char *name)
{
	const char *full =
	    schema ? arena_fmt(k->p->a, "%s.%s", schema, name) : name;

	for (size_t i = 0; i < k->target->ignored.n; i++)
		if (!fnmatch(k->target->ignored.v[i], name, 0) ||
		    !fnmatch(k->target->ignored.v[i], full, 0))
			return true;
	return false;
}

static void
keep(struct keeping *k, const char *key)
{
	vec_push(k->p->a, k->kept, key);
}

/* Puts a column after the one that it follows in the database. */
static void
insert_column(struct keeping *k, struct table *t, const struct table *now,
    struct column *c)
{
	size_t at = 0;

	for (size_t i = 0; i < now->columns.n && now->columns.v[i] != c; i++)
		for (size_t j = 0; j < t->columns.n; j++)
			if (schema_same_name(k->p->dialect,
				t->columns.v[j]->name, now->columns.v[i]->name))
				at = j + 1;
	vec_push(k->p->a, &t->columns, c);
	memmove(&t->columns.v[at + 1], &t->columns.v[at],
	    (t->columns.n - at - 1) * sizeof(*t->columns.v));
	t->columns.v[at] = c;
}

static void
keep_columns(struct keeping *k, struct table *t, const struct table *now,
    const struct table *old)
{
	struct pass *p = k->p;

	for (size_t i = 0; i < now->columns.n; i++) {
		struct column *c = now->columns.v[i];
		const char *key = name_key(p->a, p->ops, "column", old->schema,
		    old->name, old->columns.v[i]->name);

		if (table_column(k->target, t, c->name) || !is_stray(k, key))
			continue;
		insert_column(k, t, now, c);
		keep(k, key);
	}
}

/* Are all the columns that it mentions still there? */
static bool
stands(struct keeping *k, const struct table *t, const struct table *now,
    const struct constraint *c, const struct index *x)
{
	enum dialect d = k->p->dialect;

	for (size_t i = 0; i < now->columns.n; i++) {
		const char *name = now->columns.v[i]->name;

		if (!table_column(k->target, t, name) &&
		    (c ? constraint_mentions(d, c, name)
		       : index_mentions(d, x, name)))
			return false;
	}
	return true;
}

/* There is one primary key, and the declared one goes first. */
static bool
has_like(struct keeping *k, const struct table *t, const struct constraint *c)
{
	if (c->kind == CONSTRAINT_PRIMARY_KEY && table_primary_key(t))
		return true;
	for (size_t i = 0; i < t->constraints.n; i++) {
		const struct constraint *x = t->constraints.v[i];

		if (constraint_equal(k->p->dialect, x, c) ||
		    (c->name && k->p->ops->constraint_names &&
			schema_same_name(k->p->dialect, x->name, c->name)))
			return true;
	}
	return false;
}

static void
keep_constraints(struct keeping *k, struct table *t, const struct table *now,
    const struct table *old)
{
	struct pass *p = k->p;

	for (size_t i = 0; i < now->constraints.n; i++) {
		struct constraint *c = now->constraints.v[i];
		const char *key = name_constraint_key(
		    p->a, p->ops, old, old->constraints.v[i]);

		if (has_like(k, t, c) || !is_stray(k, key) ||
		    !stands(k, t, now, c, NULL))
			continue;
		vec_push(p->a, &t->constraints, c);
		keep(k, key);
	}
}

/* Would the declared index be the stray one under another name? */
static bool
is_renamed(struct keeping *k, const struct table *t, const struct table *now,
    const struct index *x)
{
	for (size_t i = 0; i < t->indexes.n; i++)
		for (size_t j = 0; j < t->indexes.v[i]->was.n; j++)
			if (schema_same_name(k->p->dialect, x->name,
				t->indexes.v[i]->was.v[j]) &&
			    !table_index(k->target, now, t->indexes.v[i]->name))
				return true;
	return false;
}

static void
keep_indexes(struct keeping *k, struct table *t, const struct table *now,
    const struct table *old)
{
	struct pass *p = k->p;

	for (size_t i = 0; i < now->indexes.n; i++) {
		struct index *x = now->indexes.v[i];
		const char *key = name_key(
		    p->a, p->ops, "index", old->schema, old->name, x->name);

		if (table_index(k->target, t, x->name) || !is_stray(k, key) ||
		    is_renamed(k, t, now, x) || !stands(k, t, now, NULL, x))
			continue;
		vec_push(p->a, &t->indexes, x);
		keep(k, key);
	}
}

/* What fell into a partition stays there. */
static void
keep_partitions(struct keeping *k, struct table *t, const struct table *now,
    const struct table *old)
{
	struct pass *p = k->p;

	for (size_t i = 0; i < now->partitions.n; i++) {
		const struct partition *part = &now->partitions.v[i];
		const char *key = name_key(p->a, p->ops, "partition",
		    old->schema, old->name, part->name);
		bool ignored = is_ignored(k, old->schema, part->name);

		if (partition_named(&t->partitions, part->name) ||
		    schema_table(k->target, t->schema, part->name) ||
		    (!ignored && !is_stray(k, key)))
			continue;
		vec_push(p->a, &t->partitions, *part);
		if (!ignored)
			keep(k, key);
	}
}

static void
keep_table(struct keeping *k, size_t at, const char *key)
{
	struct names all = { 0 };
	struct schema one = { .dialect = k->p->dialect };

	schema_add_table(k->p->a, k->target, k->p->now->tables.v[at]);
	vec_push(
	    k->p->a, &one.tables, (struct table *)k->p->from->tables.v[at]);
	diff_keys(k->p->a, &one, &all);
	keep(k, key);
	for (size_t i = 0; i < all.n; i++)
		if (strcmp(all.v[i], key))
			keep(k, all.v[i]);
}

static bool
is_referenced(struct keeping *k, const struct table *t)
{
	for (size_t i = 0; i < k->target->tables.n; i++) {
		const struct table *other = k->target->tables.v[i];

		if (parent_named(&other->parents, t->schema, t->name))
			return true;

		for (size_t j = 0; j < other->constraints.n; j++) {
			const struct constraint *c = other->constraints.v[j];

			if (c->kind == CONSTRAINT_FOREIGN_KEY && c->target &&
			    schema_same_name(
				k->p->dialect, c->target, t->name) &&
			    schema_same_name(
				k->p->dialect, c->target_schema, t->schema))
				return true;
		}
	}
	return false;
}

/* SQLite takes "" for a name, and no collection can say it: who wants such a
 * table to go must say so to SQLite. */
static bool
is_nameless(const struct table *t)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (!*t->columns.v[i]->name)
			return true;
	return !*t->name;
}

static bool
has_nameless(const struct schema *s)
{
	for (size_t i = 0; i < s->tables.n; i++)
		if (is_nameless(s->tables.v[i]))
			return true;
	return false;
}

/* Stray tables stay, then owned ones that they reference, and so on. */
static void
keep_tables(struct keeping *k)
{
	struct pass *p = k->p;
	bool more = k->owned || k->target->ignored.n || has_nameless(p->now);
	bool references = false;

	while (more) {
		more = false;
		for (size_t i = 0; i < p->now->tables.n; i++) {
			const struct table *t = p->now->tables.v[i];
			const struct table *old = p->from->tables.v[i];
			const char *key = name_key(p->a, p->ops, "table",
			    old->schema, old->name, NULL);

			if (schema_table(k->target, t->schema, t->name) ||
			    pass_becomes_part(p, t))
				continue;
			if (is_ignored(k, old->schema, old->name))
				schema_add_table(
				    p->a, k->target, p->now->tables.v[i]);
			else if (is_nameless(t) ||
				 (references ? is_referenced(k, t)
					     : is_stray(k, key)))
				keep_table(k, i, key);
			else
				continue;
			more = true;
		}
		/* after the stray ones, what they lean on */
		if (!references)
			references = more = true;
	}
}

static void
keep_enums(struct keeping *k)
{
	struct pass *p = k->p;

	for (size_t i = 0; i < p->now->enums.n; i++) {
		struct enum_type *e = p->now->enums.v[i];
		const char *key =
		    name_key(p->a, p->ops, "enum", p->from->enums.v[i]->schema,
			p->from->enums.v[i]->name, NULL);

		bool ignored = is_ignored(k, e->schema, e->name);

		if (schema_enum(k->target, e->schema, e->name) ||
		    (!ignored && !is_stray(k, key)))
			continue;
		schema_add_enum(p->a, k->target, e);
		if (!ignored)
			keep(k, key);
	}
}

static bool
is_part(const struct schema *s, const char *name)
{
	for (size_t i = 0; i < s->tables.n; i++)
		if (partition_named(&s->tables.v[i]->partitions, name))
			return true;
	return false;
}

static bool
has_its_table(struct keeping *k, const struct object *o)
{
	static const enum object_kind views[] = { OBJECT_VIEW,
		OBJECT_MATERIALIZED_VIEW };

	if (!o->table || schema_table(k->target, o->schema, o->table))
		return true;
	/* a statement may be about anything; about a table, it goes with it */
	if (!object_traits(o->kind)->word)
		return !schema_table(k->p->now, o->schema, o->table) &&
		       (!is_part(k->p->now, o->table) ||
			   is_part(k->target, o->table));
	for (size_t i = 0; i < sizeof(views) / sizeof(*views); i++)
		if (schema_object(k->target, views[i], o->schema, o->table))
			return true;
	return is_part(k->target, o->table);
}

/* Is the thing that the statement is about in the target? */
static bool
has_its_thing(struct keeping *k, const struct object *o)
{
	struct arena *a = k->p->a;

	if (schema_table(k->target, o->schema, o->table) ||
	    schema_enum(k->target, o->schema, o->table) ||
	    !strcmp(o->table, sql_lang(k->p->dialect)->home))
		return true;
	if (is_part(k->target, o->table))
		return true;
	for (size_t i = 0; i < k->target->objects.n; i++) {
		const struct object *x = k->target->objects.v[i];

		if (object_traits(x->kind)->word &&
		    schema_same_name(k->p->dialect, x->name, o->table) &&
		    schema_same_name(k->p->dialect, x->schema, o->schema) &&
		    (!x->signature ||
			strstr(o->name, arena_fmt(a, "( %s )", x->signature)) ||
			(!*x->signature && strstr(o->name, "( )"))))
			return true;
	}
	return false;
}

static bool
is_shut(const struct keeping *k, const struct object *o)
{
	for (size_t i = 0; o->kind == OBJECT_GRANT && i < k->target->shut.n;
	     i++)
		if (rights_same(k->target->shut.v[i], o->name))
			return true;
	return false;
}

static void
keep_objects(struct keeping *k)
{
	struct pass *p = k->p;

	for (size_t i = 0; i < p->now->objects.n; i++) {
		struct object *o = p->now->objects.v[i];
		const char *key = name_object_key(
		    p->a, p->ops, p->dialect, p->from->objects.v[i]);
		bool owner = object_says_owner(o),
		     ignored = owner || is_ignored(k, o->schema, o->name);

		if (schema_object_like(k->target, o) || is_shut(k, o) ||
		    (!ignored && !is_stray(k, key)) ||
		    !(owner ? has_its_thing(k, o) : has_its_table(k, o)))
			continue;
		schema_add_object(p->a, k->target, o);
		if (!ignored)
			keep(k, key);
	}
}

struct schema *
diff_target(struct arena *a, const struct schema *declared,
    const struct schema *current, const struct map *owned, struct names *kept)
{
	struct diff d = { .from = current, .to = declared };
	struct pass p = { .a = a,
		.dialect = declared->dialect,
		.ops = diff_dialect(declared->dialect),
		.diff = &d,
		.now = schema_share(a, current),
		.from = current,
		.to = declared };
	struct keeping k = { &p, schema_share(a, declared), owned, kept };

	k.target->exact = !owned;
	pass_rename(&p);
	for (size_t i = 0; i < p.now->tables.n; i++) {
		const struct table *now = p.now->tables.v[i];
		struct table *t =
		    schema_table(declared, now->schema, now->name);

		/* of one that is as declared there is nothing to keep */
		if (!t || t == now || table_equal(p.dialect, t, now))
			continue;
		t = schema_own(a, k.target, t);
		keep_columns(&k, t, now, current->tables.v[i]);
		keep_constraints(&k, t, now, current->tables.v[i]);
		keep_indexes(&k, t, now, current->tables.v[i]);
		keep_partitions(&k, t, now, current->tables.v[i]);
	}
	schema_reindex(a, k.target);
	keep_tables(&k);
	keep_enums(&k);
	keep_objects(&k);
	target_follow(a, k.target, p.now);
	return k.target;
}
