/* undo_target - what a schema was before a run
 *
 * What has changed since, apart from the run, stays as it is; what the run
 * changed must still be what it made of it.
 */
#include "sync/undo_target.h"

#include <string.h>

#include "diff/diff.h"
#include "schema/json.h"
#include "shadow/shadow.h"
#include "sql/key.h"
#include "sync/dialect.h"
#include "sync/record.h"

#define REMOVE(list, i)                                                        \
	(memmove(&(list)->v[i], &(list)->v[(i) + 1],                           \
	     ((list)->n - (i)-1) * sizeof(*(list)->v)),                        \
	    (list)->n--)

/* What the schema holds under each key, and its hash. */
static void
index_schema(struct arena *a, const struct schema *s, struct map *tables,
    struct map *objects)
{
	for (size_t i = 0; i < s->tables.n; i++)
		map_put(a, tables, record_table_key(a, s->tables.v[i]),
		    s->tables.v[i]);
	for (size_t i = 0; i < s->objects.n; i++)
		map_put(a, objects, record_object_key(a, s->objects.v[i]),
		    s->objects.v[i]);
}

static bool
is_unmoved(struct arena *a, const struct schema *now, const char *key,
    const char *hash, const struct map *tables, const struct map *objects)
{
	const struct table *t = map_get(tables, key);
	const struct object *o = map_get(objects, key);

	if (t)
		return !strcmp(record_table(a, now->dialect, t), hash);
	return o && !strcmp(record_object(a, o), hash);
}

/* The enum type of that key, or NULL. */
static struct enum_type *
enum_of(struct arena *a, const struct schema *s, const char *key)
{
	for (size_t i = 0; i < s->enums.n; i++)
		if (!strcmp(record_enum_key(a, s->enums.v[i]), key))
			return s->enums.v[i];
	return NULL;
}

static bool
is_same(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static void
remove_thing(struct schema *s, const struct table *t, const struct object *o,
    const struct enum_type *e)
{
	struct object *twin = o ? schema_object_like(s, o) : NULL;

	for (size_t i = s->tables.n; i-- > 0;)
		if (t && !strcmp(s->tables.v[i]->name, t->name) &&
		    is_same(s->tables.v[i]->schema, t->schema))
			REMOVE(&s->tables, i);
	for (size_t i = s->objects.n; i-- > 0;)
		if (s->objects.v[i] == twin)
			REMOVE(&s->objects, i);
	for (size_t i = s->enums.n; i-- > 0;)
		if (e && !strcmp(s->enums.v[i]->name, e->name) &&
		    is_same(s->enums.v[i]->schema, e->schema))
			REMOVE(&s->enums, i);
}

/* Takes out of s what the run has made, which must be as it made it. */
static bool
take_out(struct arena *a, struct schema *s, const struct schema *now,
    const struct journal_change *c, int64_t id, struct err *err)
{
	struct map tables = { 0 }, objects = { 0 };

	index_schema(a, now, &tables, &objects);
	for (size_t i = 0; i + 1 < c->later.n; i += 2) {
		const char *key = c->later.v[i];
		const struct enum_type *e = enum_of(a, now, key);

		if (!(e && !strcmp(record_enum(a, e), c->later.v[i + 1])) &&
		    !is_unmoved(
			a, now, key, c->later.v[i + 1], &tables, &objects))
			return err_fail(err,
			    "run %lld cannot be taken back: %s has changed "
			    "since; nothing was changed\n"
			    "deesse history says by which run, if it was one",
			    (long long)id, key);
		remove_thing(
		    s, map_get(&tables, key), map_get(&objects, key), e);
	}
	return true;
}

/* A trigger cannot be read without its table, nor INSTEAD OF one without its
 * view: those that are still there are lent to it. */
static void
lend(const struct schema *s, const char *earlier, struct buf *out)
{
	if (!strcasestr(earlier, "TRIGGER"))
		return;
	for (size_t i = 0; i < s->tables.n; i++)
		if (s->tables.v[i]->sql &&
		    sql_says(s->dialect, earlier, s->tables.v[i]->name))
			buf_fmt(out, "%s;\n", s->tables.v[i]->sql);
	for (size_t i = 0; i < s->objects.n; i++)
		if (s->objects.v[i]->kind == OBJECT_VIEW &&
		    sql_says(s->dialect, earlier, s->objects.v[i]->name))
			buf_fmt(out, "%s;\n", s->objects.v[i]->sql.text);
}

/* Was it recorded that the object could not run before, either? */
static bool
could_not_run(
    struct arena *a, const struct journal_change *c, const struct object *o)
{
	for (size_t i = 0; i + JOURNAL_RENAME <= c->renames.n;
	     i += JOURNAL_RENAME)
		if (!strcmp(c->renames.v[i], RECORD_UNUSABLE) &&
		    !strcmp(c->renames.v[i + 1], record_object_key(a, o)))
			return true;
	return false;
}

/* What was there already had been lent: the same name twice would not load. */
static void
put_back(struct arena *a, struct schema *s, const struct schema *was,
    const struct journal_change *c)
{
	for (size_t i = 0; i < was->tables.n; i++) {
		struct table *t = was->tables.v[i];

		if (!schema_table(s, t->schema, t->name))
			schema_add_table(a, s, t);
	}
	for (size_t i = 0; i < was->objects.n; i++) {
		struct object *o = was->objects.v[i];

		if (schema_object_like(s, o))
			continue;
		/* it may have been so; a trigger would stop its table */
		if (o->kind == OBJECT_VIEW ||
		    object_traits(o->kind)->signature || could_not_run(a, c, o))
			o->unusable = "as it was";
		schema_add_object(a, s, o);
	}
	for (size_t i = 0; i < was->enums.n; i++)
		schema_add_enum(a, s, was->enums.v[i]);
}

/* Something else may have taken a name since. */
static bool
are_names_free(struct arena *a, const struct schema *s,
    const struct schema *was, int64_t id, struct err *err)
{
	for (size_t i = 0; i < was->tables.n; i++) {
		const struct table *t = was->tables.v[i];

		if (schema_table(s, t->schema, t->name))
			return err_fail(err,
			    "run %lld cannot be taken back: there is another "
			    "table %s now; nothing was changed",
			    (long long)id, t->name);
	}
	for (size_t i = 0; i < was->objects.n; i++) {
		const struct object *o = was->objects.v[i];

		if (schema_object_like(s, o))
			return err_fail(err,
			    "run %lld cannot be taken back: there is another "
			    "%s now; nothing was changed",
			    (long long)id, record_object_key(a, o));
	}
	for (size_t i = 0; i < was->enums.n; i++) {
		const struct enum_type *e = was->enums.v[i];

		if (schema_enum(s, e->schema, e->name))
			return err_fail(err,
			    "run %lld cannot be taken back: there is another "
			    "%s now; nothing was changed",
			    (long long)id, record_enum_key(a, e));
	}
	return true;
}

/* REFERENCES users, without columns, means users' primary key; the part that
 * was loaded alone may not have had users. */
static void
name_targets(struct arena *a, struct schema *s)
{
	for (size_t i = 0; i < s->tables.n; i++) {
		struct constraints *all = &s->tables.v[i]->constraints;

		for (size_t k = 0; k < all->n; k++) {
			struct constraint *c = all->v[k];
			const struct table *t;
			const struct constraint *key;

			if (c->kind != CONSTRAINT_FOREIGN_KEY ||
			    c->target_columns.n)
				continue;
			t = schema_table(s, c->target_schema, c->target);
			key = t ? table_primary_key(t) : NULL;
			for (size_t n = 0; key && n < key->parts.n; n++)
				vec_push(a, &c->target_columns,
				    key->parts.v[n].column);
		}
	}
}

static void
name_type(struct arena *a, struct enum_type *e, const char *const *r)
{
	if (e && record_is(r[0], "type"))
		vec_push(a, &e->was, r[2]);
	if (e && record_is(r[0], "value")) {
		vec_push(a, &e->labels_was, r[6]);
		vec_push(a, &e->labels_was, r[5]);
	}
}

/* What the run called otherwise is told the names that it has now. */
static void
name_renames(struct arena *a, struct schema *s, const struct journal_change *c)
{
	for (size_t i = 0; i + JOURNAL_RENAME <= c->renames.n;
	     i += JOURNAL_RENAME) {
		const char *const *r = &c->renames.v[i];
		const char *schema = record_schema(r[0]);
		struct table *t = schema_table(s, schema, r[1]);
		struct column *x = t && *r[3] ? table_column(s, t, r[3]) : NULL;
		struct column_more *more;

		if (record_is(r[0], "type") || record_is(r[0], "value")) {
			name_type(a, schema_enum(s, schema, r[1]), r);
			continue;
		}
		if (t && record_is(r[0], "table"))
			vec_push(a, &t->was, r[2]);
		if (x && record_is(r[0], "column")) {
			more = column_say(a, x);
			vec_push(a, &more->was, r[4]);
		}
		/* a label is found by the name that its column has here */
		for (size_t k = 0; t && !x && *r[3] && k < t->columns.n; k++)
			if (column_more(t->columns.v[k])->was.n &&
			    !strcmp(
				column_more(t->columns.v[k])->was.v[0], r[3]))
				x = t->columns.v[k];
		if (x && record_is(r[0], "label")) {
			more = column_say(a, x);
			vec_push(a, &more->labels_was, r[6]);
			vec_push(a, &more->labels_was, r[5]);
		}
	}
}

/* What the journal keeps as JSON leans on nothing. */
static struct schema *
read_json(struct arena *a, const struct schema *s,
    const struct journal_change *c, int64_t id, struct err *err)
{
	json_error_t e;
	json_t *o = json_loads(c->earlier, 0, &e);
	struct schema *was = NULL;

	if (!o)
		err_fail(err, "%s", e.text);
	else
		was = schema_from_json(a, o, err);
	json_decref(o);
	if (!was) {
		err_prefix(err,
		    "run %lld cannot be taken back: its journal cannot be read",
		    (long long)id);
		return NULL;
	}
	return are_names_free(a, s, was, id, err) ? was : NULL;
}

/* Reads what was as a schema, with what it leans on. */
static struct schema *
read_earlier(struct arena *a, const struct schema *s,
    const struct journal_change *c, int64_t id, struct err *err)
{
	struct schema *was = NULL;
	struct buf b = { 0 };
	bool ok;

	if (!sync_dialect(s->dialect)->definitions)
		return read_json(a, s, c, id, err);
	lend(s, c->earlier, &b);
	buf_puts(&b, c->earlier);
	ok = shadow_load_sql(a, s->dialect, b.s, &was, err);
	if (!ok)
		err_prefix(err,
		    "run %lld cannot be taken back: its journal "
		    "cannot be read",
		    (long long)id);
	ok = ok &&
	     (b.len > strlen(c->earlier) || are_names_free(a, s, was, id, err));
	buf_release(&b);
	return ok ? was : NULL;
}

static bool
is_called_otherwise(const struct schema *s, const char *name)
{
	for (size_t i = 0; i < s->tables.n; i++)
		for (size_t k = 0; k < s->tables.v[i]->was.n; k++)
			if (!strcmp(s->tables.v[i]->was.v[k], name))
				return true;
	return false;
}

/* Rights that nobody planned, for the database gives them on what is made, go
 * with their table. */
static void
take_out_said(struct schema *s, const struct schema *now)
{
	for (size_t i = s->objects.n; i-- > 0;) {
		const struct object *o = s->objects.v[i];

		if (o->table && !object_traits(o->kind)->word &&
		    schema_table(now, o->schema, o->table) &&
		    !schema_table(s, o->schema, o->table) &&
		    !is_called_otherwise(s, o->table))
			REMOVE(&s->objects, i);
	}
}

struct schema *
undo_target(struct arena *a, const struct schema *now,
    const struct journal_change *c, int64_t id, struct err *err)
{
	struct schema *s = schema_copy(a, now), *was;

	if (!take_out(a, s, now, c, id, err))
		return NULL;
	schema_reindex(a, s);
	was = read_earlier(a, s, c, id, err);
	if (!was)
		return NULL;
	put_back(a, s, was, c);
	name_targets(a, s);
	name_renames(a, s, c);
	take_out_said(s, now);
	schema_reindex(a, s);
	return s;
}

const struct table *
undo_table_now(const struct schema *now, const struct table *t)
{
	const struct table *x = NULL;

	for (size_t i = 0; !x && i < t->was.n; i++)
		x = schema_table(now, t->schema, t->was.v[i]);
	return x ? x : schema_table(now, t->schema, t->name);
}

const struct column *
undo_column_now(
    const struct schema *now, const struct table *t, const struct column *c)
{
	const struct table *x = undo_table_now(now, t);
	const struct column *found = NULL;

	for (size_t i = 0; x && !found && i < column_more(c)->was.n; i++)
		found = table_column(now, x, column_more(c)->was.v[i]);
	return found ? found : x ? table_column(now, x, c->name) : NULL;
}

static void
strip(struct arena *a, struct schema *s, struct table *t, struct column *c)
{
	c->not_null = false;
	c->default_value = (struct expr){ 0 };
	c->identity = IDENTITY_NONE;
	if (column_more(c)->on_conflict)
		column_say(a, c)->on_conflict = NULL;
	for (size_t i = t->constraints.n; i-- > 0;) {
		const struct constraint *k = t->constraints.v[i];

		if (!constraint_mentions(s->dialect, k, c->name))
			continue;
		if (k->kind == CONSTRAINT_PRIMARY_KEY)
			t->without_rowid = false;
		REMOVE(&t->constraints, i);
	}
	for (size_t i = t->indexes.n; i-- > 0;)
		if (index_mentions(s->dialect, t->indexes.v[i], c->name))
			REMOVE(&t->indexes, i);
}

/* A table inherits again when it has all that the one above asks of it. */
static void
strip_parents(struct table *t, const struct table *now)
{
	for (size_t i = t->parents.n; i-- > 0;)
		if (!parent_named(&now->parents, t->parents.v[i].schema,
			t->parents.v[i].name))
			REMOVE(&t->parents, i);
}

/* Labels are given back by the check that holds them, which must stay. */
static bool
is_rewritten(const struct trash_entries *entries, const struct table *t,
    const struct column *c)
{
	for (size_t i = 0; i < entries->n && !column_more(c)->labels_was.n; i++)
		if (entries->v[i].kind == LOSS_VALUES &&
		    is_same(entries->v[i].schema, t->schema) &&
		    !strcmp(entries->v[i].table, t->name) &&
		    !strcmp(entries->v[i].column, c->name))
			return true;
	return false;
}

struct schema *
undo_bare(struct arena *a, const struct schema *now,
    const struct schema *target, const struct trash_entries *entries)
{
	struct schema *s = schema_copy(a, target);

	schema_reindex(a, s);
	for (size_t i = 0; i < s->tables.n; i++) {
		struct table *t = s->tables.v[i];
		const struct table *whole =
		    schema_table(target, t->schema, t->name);
		bool stripped = false;

		if (!undo_table_now(now, t))
			continue;
		for (size_t k = 0; k < t->columns.n; k++) {
			const struct column *c = whole->columns.v[k];

			if (!c->generated.text &&
			    (!undo_column_now(now, whole, c) ||
				is_rewritten(entries, whole, c))) {
				strip(a, s, t, t->columns.v[k]);
				stripped = true;
			}
		}
		if (stripped)
			strip_parents(t, undo_table_now(now, t));
	}
	return s;
}
