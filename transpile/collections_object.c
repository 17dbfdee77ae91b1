/* collections_object - what a schema keeps as SQL, in files of SQL
 *
 * A definition has a file of its own. What is said of a thing (ALTER, GRANT,
 * COMMENT) stands in the thing's file, after its definition, or beside the file
 * of the collection that it is; in the order of the schema, for a right may
 * take back what another gave.
 */
#include "transpile/collections_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sql/key.h"
#include "sql/quote.h"
#include "sql/split.h"

/* A file while it is written. */
struct writing_file {
	const char *path;
	struct buf text;
	struct said_things things;
	int lines;
};

struct filing {
	struct teller *r;
	VEC(, struct writing_file *) files;
	struct map by_path, by_thing; /* names of things as keys */
	struct map by_table;          /* the same, tellings */
	struct map taken;             /* maps of file names, by folder */
};

/* "virtual_tables", where the files of a kind stand. */
static const char *
folder(struct arena *a, enum object_kind kind)
{
	const char *name = object_traits(kind)->name;
	size_t n = strlen(name);
	const char *end = text_ends(name, "s")   ? ""
			  : text_ends(name, "y") ? "ies"
			  : text_ends(name, "x") ? "es"
						 : "s";
	char *s =
	    arena_fmt(a, "%.*s%s", (int)(n - !strcmp(end, "ies")), name, end);

	for (char *p = s; *p; p++)
		if (*p == ' ')
			*p = '_';
	return s;
}

/* "virtual table boxes", for people. */
static const char *
called(struct arena *a, const struct object *o)
{
	return arena_fmt(a, "%s %s", object_traits(o->kind)->name,
	    object_traits(o->kind)->word
		? teller_qualified(a, o->schema, o->name)
		: o->sql.text);
}

static bool
is_statement(const struct object *o)
{
	return !object_traits(o->kind)->word;
}

/* ----------------------------- what is left out --------------------------- */

/* Returns what of that which is left out the object needs, or NULL. */
static const char *
needs(const struct schema *s, const struct object *o,
    const struct unsaid_list *out)
{
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].thing != o &&
		    strcmp(out->v[i].name, o->name) != 0 &&
		    sql_mentions(s->dialect, o->sql.text, out->v[i].name))
			return out->v[i].what;
	return NULL;
}

void
teller_leave_out_objects(struct teller *r, struct unsaid_list *out)
{
	const struct schema *s = r->schema;

	for (size_t before = out->n + 1; before != out->n;) {
		before = out->n;
		for (size_t i = 0; i < s->objects.n; i++) {
			const struct object *o = s->objects.v[i];
			const char *missing = needs(s, o, out);

			if (!missing || unsaid_has(out, o))
				continue;
			vec_push(r->a, out,
			    (struct unsaid){ .what = called(r->a, o),
				.name = o->name,
				.why = arena_fmt(r->a,
				    "it needs %s, which is left out", missing),
				.thing = o });
		}
	}
}

/* ---------------------------------- files --------------------------------- */

/* What tells a thing from others of its name, as GRANT and ALTER say it. */
static const char *
thing_key(struct arena *a, enum dialect d, const char *schema, const char *name)
{
	struct buf b = { 0 };
	const char *s;

	if (schema && !strcmp(schema, "public"))
		schema = NULL;
	sql_qualified(&b, d, schema, name);
	s = sql_key(a, d, buf_str(&b));
	buf_release(&b);
	return s;
}

static struct writing_file *
file_at(struct filing *f, const char *path)
{
	struct writing_file *w = map_get(&f->by_path, path);

	if (w)
		return w;
	w = arena_new(f->r->a, struct writing_file);
	w->path = path;
	map_put(f->r->a, &f->by_path, path, w);
	vec_push(f->r->a, &f->files, w);
	return w;
}

/* Returns a name in that folder which no other file has. */
static const char *
name_in(struct filing *f, const char *dir, const char *name)
{
	struct map *taken = map_get(&f->taken, dir);

	if (!taken) {
		taken = arena_new(f->r->a, struct map);
		map_put(f->r->a, &f->taken, dir, taken);
	}
	return file_name(f->r->a, taken, name, "object");
}

/* A comment must not end before its text does. */
static const char *
one_line(struct arena *a, const char *text)
{
	char *s = arena_strdup(a, text_cleaned(a, text));

	for (char *p = s; *p; p++)
		if (*p == '\n')
			*p = ' ';
	return s;
}

static void
add(struct filing *f, struct writing_file *w, const struct object *o)
{
	if (w->text.len) {
		buf_putc(&w->text, '\n');
		w->lines++;
	}
	if (o->unusable) {
		buf_fmt(&w->text, "-- " OBJECT_UNUSABLE " %s\n",
		    one_line(f->r->a, o->unusable));
		w->lines++;
	}
	vec_push(f->r->a, &w->things,
	    (struct said_thing){ .object = o,
		.what = called(f->r->a, o),
		.name = o->name,
		.line = w->lines + 1 });
	buf_fmt(&w->text, "%s;\n",
	    sql_closed(f->r->a, f->r->schema->dialect, o->sql.text));
	w->lines = text_line(buf_str(&w->text), w->text.len) - 1;
}

static void
add_definition(struct filing *f, const struct object *o)
{
	struct teller *r = f->r;
	const char *dir = arena_fmt(
	    r->a, "%s%s", teller_dir(r, o->schema), folder(r->a, o->kind));
	struct writing_file *w =
	    file_at(f, arena_fmt(r->a, "%s/%s.%s", dir,
			   name_in(f, dir, o->name), r->ops->suffix));

	map_put(r->a, &f->by_thing,
	    thing_key(r->a, r->schema->dialect, o->schema, o->name), w);
	add(f, w, o);
}

/* Returns the key of what a statement is about. */
static const char *
about(struct filing *f, const struct object *o)
{
	enum dialect d = f->r->schema->dialect;
	const char *key;

	if (!o->table)
		return "";
	if (o->kind != OBJECT_GRANT)
		return thing_key(f->r->a, d, o->schema, o->table);
	/* a function is said with its arguments */
	key = sql_key(f->r->a, d, o->table);
	key = arena_strndup(f->r->a, key, strcspn(key, "("));
	key = sql_key(f->r->a, d, key);
	return text_starts(key, "public.") ? key + strlen("public.") : key;
}

/* The file beside that of the collection. */
static struct writing_file *
beside(struct filing *f, const char *key)
{
	const struct telling *t = map_get(&f->by_table, key);
	struct teller *r = f->r;

	return t ? file_at(f, arena_fmt(r->a, "%s%s.%s",
				  teller_dir(r, t->table->schema), t->slug,
				  r->ops->suffix))
		 : NULL;
}

static void
note_tables(struct filing *f)
{
	struct teller *r = f->r;

	for (size_t i = 0; i < r->n; i++)
		map_put(r->a, &f->by_table,
		    thing_key(r->a, r->schema->dialect,
			r->tables[i].table->schema, r->tables[i].table->name),
		    &r->tables[i]);
}

static void
add_statement(struct filing *f, const struct object *o)
{
	const char *key = about(f, o);
	struct writing_file *w = map_get(&f->by_thing, key);

	if (!w) {
		w = beside(f, key);
		if (!w)
			w = file_at(f,
			    arena_fmt(f->r->a, "%s.%s",
				folder(f->r->a, o->kind), f->r->ops->suffix));
		map_put(f->r->a, &f->by_thing, key, w);
	}
	add(f, w, o);
}

static int
by_object_name(const void *a, const void *b)
{
	const struct object *const *x = a, *const *y = b;
	const struct object *o = *x, *p = *y;
	int order = strcmp(o->name, p->name);

	if (!order)
		order = (int)o->kind - (int)p->kind;
	if (!order)
		order = strcmp(
		    o->schema ? o->schema : "", p->schema ? p->schema : "");
	if (!order)
		order =
		    strcmp(o->table ? o->table : "", p->table ? p->table : "");
	return order ? order : strcmp(o->sql.text, p->sql.text);
}

/* Does a collection say it, by standing in it? */
static bool
comes_by_itself(const struct teller *r, const struct object *o)
{
	struct buf b = { 0 };
	bool plain;

	if (o->kind != OBJECT_SCHEMA)
		return false;
	buf_puts(&b, "CREATE SCHEMA ");
	sql_ident(&b, r->schema->dialect, o->name);
	plain =
	    !strcmp(o->sql.key, sql_key(r->a, r->schema->dialect, buf_str(&b)));
	buf_release(&b);
	for (size_t i = 0; plain && i < r->n; i++)
		if (!r->tables[i].unsaid && r->tables[i].table->schema &&
		    !strcmp(r->tables[i].table->schema, o->name))
			return true;
	return false;
}

void
teller_write_objects(struct teller *r, const struct unsaid_list *out,
    struct collection_files *files)
{
	struct filing f = { .r = r };
	size_t n = r->schema->objects.n;
	struct object **all = arena_array(r->a, struct object *, n + 1);

	for (size_t i = 0; i < n; i++)
		all[i] = r->schema->objects.v[i];
	qsort(all, n, sizeof(*all), by_object_name);
	note_tables(&f);
	for (size_t i = 0; i < n; i++)
		if (!is_statement(all[i]) && !unsaid_has(out, all[i]) &&
		    !comes_by_itself(r, all[i]))
			add_definition(&f, all[i]);
	for (size_t i = 0; i < n; i++) {
		const struct object *o = r->schema->objects.v[i];

		if (is_statement(o) && !unsaid_has(out, o))
			add_statement(&f, o);
	}
	for (size_t i = 0; i < f.files.n; i++) {
		struct writing_file *w = f.files.v[i];

		vec_push(r->a, files,
		    (struct collection_file){ .path = w->path,
			.text =
			    arena_strndup(r->a, buf_str(&w->text), w->text.len),
			.things = w->things });
		buf_release(&w->text);
	}
}
