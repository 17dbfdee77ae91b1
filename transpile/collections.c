/* collections - a schema as the text of collections
 *
 * Passes go over all tables, one after the other, for a table's words depend
 * on those of others: a relation on the key it refers to, the other end on the
 * name of the relation, and being left out on what is left out.
 */
#include "transpile/collections.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sql/key.h"
#include "transpile/collections_words.h"

static const struct collections_dialect *const dialects[DIALECT_COUNT] = {
	[DIALECT_SQLITE] = &collections_sqlite,
};

/* "virtual_tables", where the files of a kind stand. */
static const char *
folder(struct arena *a, enum object_kind kind)
{
	char *s = arena_fmt(a, "%ss", object_traits(kind)->name);

	for (char *p = s; *p; p++)
		if (*p == ' ')
			*p = '_';
	return s;
}

/* "virtual table boxes", for people. */
static const char *
called(struct arena *a, const struct object *o)
{
	return arena_fmt(a, "%s %s", object_traits(o->kind)->name, o->name);
}

static const char *
folded(struct arena *a, const char *s)
{
	char *copy = arena_strdup(a, s);

	for (char *p = copy; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	return copy;
}

/* Returns a name that no file has, in whatever case. */
static const char *
file_name(
    struct arena *a, struct map *taken, const char *name, const char *fallback)
{
	struct map none = { 0 };
	const char *base = name_take(a, &none, name, fallback), *s = base;

	for (int i = 2; map_get(taken, folded(a, s)); i++)
		s = arena_fmt(a, "%s_%d", base, i);
	map_put(a, taken, folded(a, s), taken);
	return s;
}

static bool
is_left_out(const struct unsaid_list *list, const char *object)
{
	for (size_t i = 0; i < list->n; i++)
		if (text_same_nocase(list->v[i].object, object))
			return true;
	return false;
}

static int
by_name(const void *a, const void *b)
{
	const struct table *const *t = a, *const *u = b;

	return strcmp((*t)->name, (*u)->name);
}

static int
by_object_name(const void *a, const void *b)
{
	const struct object *const *o = a, *const *x = b;
	int names = strcmp((*o)->name, (*x)->name);

	return names ? names : (int)(*o)->kind - (int)(*x)->kind;
}

/* Returns a copy of a list of pointers, sorted: so the text is the same for
 * databases that are the same but for the order in which they were made. */
static void *
sorted(struct arena *a, const void *list, size_t n,
    int (*compare)(const void *, const void *))
{
	void **copy = arena_array(a, void *, n + 1);

	if (n) {
		memcpy(copy, list, n * sizeof(*copy));
		qsort(copy, n, sizeof(*copy), compare);
	}
	return copy;
}

static void
begin(struct teller *r, const struct schema *s, const struct unsaid_list *out)
{
	struct table *const *all =
	    sorted(r->a, s->tables.v, s->tables.n, by_name);

	r->tables = arena_array(r->a, struct telling, s->tables.n);
	for (size_t i = 0; i < s->tables.n; i++) {
		const struct table *table = all[i];
		struct telling *t = &r->tables[r->n];

		if (is_left_out(out, table->name))
			continue;
		t->teller = r;
		t->table = table;
		t->slug = file_name(r->a, &r->slugs, table->name, "table");
		t->key = table_primary_key(table);
		t->fields = arena_array(r->a, struct field, table->columns.n);
		t->said = arena_array(r->a, bool, table->constraints.n);
		for (size_t k = 0; k < table->columns.n; k++)
			t->fields[k].column = table->columns.v[k];
		map_put(r->a, &r->by_table, table->name, t);
		r->n++;
	}
}

static void
each(struct teller *r, void (*pass)(struct telling *t))
{
	for (size_t i = 0; i < r->n; i++)
		pass(&r->tables[i]);
}

/* What is left out takes along what refers to it. */
static void
leave_out(struct teller *r, struct unsaid_list *out)
{
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < r->n; i++) {
			struct telling *t = &r->tables[i];

			if (t->unsaid)
				continue;
			telling_find_unsaid(t);
			if (!t->unsaid)
				continue;
			more = true;
			vec_push(r->a, out,
			    (struct unsaid){
				arena_fmt(r->a, "table %s", t->table->name),
				t->table->name, t->unsaid });
		}
	}
}

static void
write_tables(struct teller *r, struct collection_files *files)
{
	for (size_t i = 0; i < r->n; i++) {
		struct telling *t = &r->tables[i];

		if (t->unsaid)
			continue;
		/* config.c is compiled first and alone */
		vec_push(r->a, files,
		    (struct collection_file){
			.path = arena_fmt(r->a, "%s%s.c", t->slug,
			    text_same_nocase(t->slug, "config") ? "_" : ""),
			.text = telling_text(t),
			.what = arena_fmt(r->a, "table %s", t->table->name),
			.object = t->table->name,
		    });
	}
}

/* Returns what of that which is left out the object needs, or NULL. */
static const char *
needs(const struct schema *s, const struct object *o,
    const struct unsaid_list *out)
{
	for (size_t i = 0; i < out->n; i++)
		if (strcmp(out->v[i].object, o->name) != 0 &&
		    sql_mentions(s->dialect, o->sql.text, out->v[i].object))
			return out->v[i].what;
	return NULL;
}

static void
leave_out_objects(
    struct arena *a, const struct schema *s, struct unsaid_list *out)
{
	for (size_t before = out->n + 1; before != out->n;) {
		before = out->n;
		for (size_t i = 0; i < s->objects.n; i++) {
			const struct object *o = s->objects.v[i];
			const char *missing = needs(s, o, out);

			if (!missing || is_left_out(out, o->name))
				continue;
			vec_push(a, out,
			    (struct unsaid){ called(a, o), o->name,
				arena_fmt(a, "it needs %s, which is left out",
				    missing) });
		}
	}
}

/* A comment at the end would take the semicolon along. */
static const char *
statement(struct arena *a, const char *sql)
{
	const char *line = strrchr(sql, '\n');

	return arena_fmt(
	    a, "%s%s;\n", sql, strstr(line ? line : sql, "--") ? "\n" : "");
}

static void
write_objects(const struct teller *r, const struct unsaid_list *out,
    struct collection_files *files)
{
	struct map taken[OBJECT_KIND_COUNT] = { { 0 } };
	size_t n = r->schema->objects.n;
	struct object *const *all =
	    sorted(r->a, r->schema->objects.v, n, by_object_name);

	for (size_t i = 0; i < n; i++) {
		const struct object *o = all[i];
		const char *name;

		if (is_left_out(out, o->name))
			continue;
		name = file_name(r->a, &taken[o->kind], o->name, "object");
		vec_push(r->a, files,
		    (struct collection_file){
			.path = arena_fmt(r->a, "%s/%s.%s",
			    folder(r->a, o->kind), name, r->ops->suffix),
			.text = statement(r->a, o->sql.text),
			.what = called(r->a, o),
			.object = o->name,
		    });
	}
}

bool
collections_print(struct arena *a, const struct schema *s,
    struct collection_files *files, struct unsaid_list *left_out,
    struct err *err)
{
	struct teller r = { .a = a, .schema = s, .ops = dialects[s->dialect] };

	if (!r.ops)
		return err_fail(err,
		    "there is no printer of collections for %s yet",
		    dialect_name(s->dialect));
	begin(&r, s, left_out);
	each(&r, telling_find_names);
	each(&r, telling_find_comments);
	each(&r, telling_find_relations);
	each(&r, telling_find_relation_names);
	each(&r, telling_find_uniques);
	each(&r, telling_find_indexes);
	leave_out(&r, left_out);
	leave_out_objects(a, s, left_out);
	each(&r, telling_add_items);
	teller_add_ends(&r);
	write_tables(&r, files);
	write_objects(&r, left_out, files);
	return true;
}
