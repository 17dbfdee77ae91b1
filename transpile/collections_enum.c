/* collections_enum - enum types, those of one column and those that are shared
 *
 * The type of one column that is called as the language would call it is an
 * ENUM with its values; any other is an ENUM_TYPE, in a file of its own.
 */
#include "transpile/collections_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sql/name.h"
#include "sql/quote.h"

static const char *
spelt(struct teller *r, const struct enum_type *e)
{
	struct buf b = { 0 };
	const char *s;

	sql_qualified(&b, r->schema->dialect, e->schema, e->name);
	s = arena_strdup(r->a, buf_str(&b));
	buf_release(&b);
	return s;
}

static const char *
element(struct arena *a, const char *type)
{
	return text_ends(type, "[]")
		   ? arena_strndup(a, type, strlen(type) - strlen("[]"))
		   : type;
}

struct enum_telling *
teller_enum(const struct teller *r, const char *type)
{
	return type ? map_get(&r->by_type, element(r->a, type)) : NULL;
}

static void
count(struct teller *r, const struct telling *t)
{
	for (size_t i = 0; i < t->table->columns.n; i++) {
		const struct column *c = t->table->columns.v[i];
		struct enum_telling *e = teller_enum(r, c->type);

		if (!e || c->inherited)
			continue;
		e->columns++;
		e->column = c;
		e->table = t->table;
	}
}

static bool
is_own(struct teller *r, const struct enum_telling *e)
{
	return e->columns == 1 &&
	       schema_same_name(
		   r->schema->dialect, e->table->schema, e->type->schema) &&
	       !strcmp(
		   e->type->name, sql_made_name(r->a, r->ops->name_max,
				      e->table->name, e->column->name, NULL));
}

static int
by_name(const void *a, const void *b)
{
	const struct enum_telling *e = a, *f = b;

	return strcmp(e->spelt, f->spelt);
}

void
teller_begin_enums(struct teller *r, const struct unsaid_list *out)
{
	const struct enum_types *all = &r->schema->enums;
	struct map slugs = { 0 };

	r->enums = arena_array(r->a, struct enum_telling, all->n);
	for (size_t i = 0; i < all->n; i++) {
		struct enum_telling *e = &r->enums[i];

		e->type = all->v[i];
		e->spelt = spelt(r, e->type);
	}
	qsort(r->enums, all->n, sizeof(*r->enums), by_name);
	for (size_t i = 0; i < all->n; i++)
		if (!unsaid_has(out, r->enums[i].type))
			map_put(
			    r->a, &r->by_type, r->enums[i].spelt, &r->enums[i]);
	for (size_t i = 0; i < r->n; i++)
		count(r, &r->tables[i]);
	for (size_t i = 0; i < all->n; i++) {
		struct enum_telling *e = &r->enums[i];

		e->own = e->type->labels.n && is_own(r, e);
		if (!e->own && e->type->labels.n)
			e->slug =
			    name_take_word(r->a, &slugs, e->type->name, "type");
	}
}

const char *
enum_values(struct arena *a, const struct enum_type *e)
{
	struct names words = { 0 };

	for (size_t i = 0; i < e->labels.n; i++)
		vec_push(a, &words, c_literal(a, e->labels.v[i]));
	return c_list(a, "VALUES(", &words, ")");
}

static const char *
text_of(struct teller *r, const struct enum_telling *e)
{
	struct item i = { .macro = "ENUM_TYPE" };

	if (!e->slug)
		return arena_fmt(
		    r->a, "CREATE TYPE %s AS ENUM ();\n", e->spelt);
	item_arg(r->a, &i, "%s", e->slug);
	item_arg(r->a, &i, "%s", enum_values(r->a, e->type));
	if (strcmp(e->slug, e->type->name) != 0)
		item_text(r->a, &i, "name", e->type->name);
	item_text(r->a, &i, "schema", e->type->schema);
	return item_file(r->a, &i);
}

void
teller_write_enums(struct teller *r, const struct unsaid_list *out,
    struct collection_files *files)
{
	struct map taken = { 0 };

	for (size_t i = 0; i < r->schema->enums.n; i++) {
		const struct enum_telling *e = &r->enums[i];
		struct collection_file file = { 0 };
		const char *dir = teller_dir(r, e->type->schema), *name;

		if (e->own || unsaid_has(out, e->type))
			continue;
		name = file_name(r->a, &taken, e->type->name, "type");
		file.path = arena_fmt(r->a, "%stypes/%s.%s", dir, name,
		    e->slug ? "c" : r->ops->suffix);
		file.text = text_of(r, e);
		vec_push(r->a, &file.things,
		    (struct said_thing){ .type = e->type,
			.what = arena_fmt(r->a, "type %s", e->spelt),
			.name = e->type->name,
			.line = 1 });
		vec_push(r->a, files, file);
	}
}
