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
#include "transpile/collections_words.h"

static const struct collections_dialect *const dialects[DIALECT_COUNT] = {
	[DIALECT_SQLITE] = &collections_sqlite,
	[DIALECT_POSTGRES] = &collections_postgres,
};

bool
unsaid_has(const struct unsaid_list *list, const void *thing)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i].thing == thing)
			return true;
	return false;
}

const void *
said_thing(const struct said_thing *t)
{
	return t->table  ? (const void *)t->table
	       : t->type ? (const void *)t->type
			 : t->object;
}

const char *
teller_qualified(struct arena *a, const char *schema, const char *name)
{
	return schema ? arena_fmt(a, "%s.%s", schema, name) : name;
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

const char *
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

const char *
teller_dir(struct teller *r, const char *schema)
{
	const char *dir = schema ? map_get(&r->dirs, schema) : "";

	if (!dir) {
		dir = arena_fmt(r->a, "%s/",
		    file_name(r->a, &r->dirs_taken, schema, "schema"));
		map_put(r->a, &r->dirs, schema, (void *)dir);
	}
	return dir;
}

/* The default schema comes first. */
static int
by_name(const void *a, const void *b)
{
	const struct table *const *t = a, *const *u = b;
	int schemas = strcmp(
	    (*t)->schema ? (*t)->schema : "", (*u)->schema ? (*u)->schema : "");

	return schemas ? schemas : strcmp((*t)->name, (*u)->name);
}

static void
begin_table(struct teller *r, const struct table *table)
{
	struct telling *t = &r->tables[r->n++];

	t->teller = r;
	t->table = table;
	t->slug = file_name(r->a, &r->slugs, table->name, "table");
	t->key = table_primary_key(table);
	t->fields = arena_array(r->a, struct field, table->columns.n);
	t->said = arena_array(r->a, bool, table->constraints.n);
	for (size_t k = 0; k < table->columns.n; k++)
		t->fields[k].column = table->columns.v[k];
	map_put(r->a, &r->by_table,
	    teller_qualified(r->a, table->schema, table->name), t);
}

/* Sorted, so that the text is the same for databases that are the same but for
 * the order in which they were made. */
static void
begin(struct teller *r, const struct schema *s, const struct unsaid_list *out)
{
	struct table **all = arena_array(r->a, struct table *, s->tables.n + 1);

	for (size_t i = 0; i < s->tables.n; i++)
		all[i] = s->tables.v[i];
	qsort(all, s->tables.n, sizeof(*all), by_name);
	r->tables = arena_array(r->a, struct telling, s->tables.n);
	for (size_t i = 0; i < s->tables.n; i++)
		if (!unsaid_has(out, all[i]))
			begin_table(r, all[i]);
}

static void
each(struct teller *r, void (*pass)(struct telling *t))
{
	for (size_t i = 0; i < r->n; i++)
		pass(&r->tables[i]);
}

static const char *
called(struct arena *a, const struct table *t)
{
	return arena_fmt(
	    a, "table %s", teller_qualified(a, t->schema, t->name));
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
			    (struct unsaid){ .what = called(r->a, t->table),
				.name = t->table->name,
				.why = t->unsaid,
				.thing = t->table });
		}
	}
}

static void
write_table(struct teller *r, struct telling *t, struct collection_files *files)
{
	/* config.c is compiled first and alone */
	bool config = text_same_nocase(t->slug, "config");
	struct collection_file file = {
		.path =
		    arena_fmt(r->a, "%s%s%s.c", teller_dir(r, t->table->schema),
			t->slug, config ? "_" : ""),
		.text = telling_text(t),
	};

	vec_push(r->a, &file.things,
	    (struct said_thing){ .table = t->table,
		.what = called(r->a, t->table),
		.name = t->table->name,
		.line = 1 });
	vec_push(r->a, files, file);
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
	teller_begin_enums(&r, left_out);
	each(&r, telling_find_names);
	each(&r, telling_find_comments);
	each(&r, telling_find_relations);
	each(&r, telling_find_relation_names);
	each(&r, telling_find_uniques);
	each(&r, telling_find_indexes);
	leave_out(&r, left_out);
	teller_leave_out_objects(&r, left_out);
	each(&r, telling_add_items);
	teller_add_ends(&r);
	for (size_t i = 0; i < r.n; i++)
		if (!r.tables[i].unsaid)
			write_table(&r, &r.tables[i], files);
	teller_write_enums(&r, left_out, files);
	teller_write_objects(&r, left_out, files);
	return true;
}

void
collections_spell(struct arena *a, struct schema *s)
{
	const struct collections_dialect *ops = dialects[s->dialect];

	if (ops && ops->spell)
		ops->spell(a, s);
}
