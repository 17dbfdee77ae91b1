/* record - what a run must write down so that it can be taken back
 *
 * Things are compared, not changes: a rename changes tables that no change
 * speaks of, because they reference what has another name now.
 */
#include "sync/record.h"

#include <string.h>

#include "base/hash.h"
#include "schema/json.h"
#include "sql/split.h"
#include "sync/change_key.h"
#include "sync/dialect.h"

static const char *const words[OBJECT_KIND_COUNT] = {
	[OBJECT_VIEW] = "view",
	[OBJECT_TRIGGER] = "trigger",
	[OBJECT_VIRTUAL_TABLE] = "virtual table",
};

const char *
record_table_key(struct arena *a, const struct table *t)
{
	return arena_fmt(a, "table %s%s%s", t->schema ? t->schema : "",
	    t->schema ? "." : "", t->name);
}

const char *
record_object_key(struct arena *a, const struct object *o)
{
	const char *word =
	    words[o->kind] ? words[o->kind] : object_traits(o->kind)->name;

	return arena_fmt(a, "%s %s%s%s%s%s%s", word, o->schema ? o->schema : "",
	    o->schema ? "." : "", o->name, o->signature ? o->signature : "",
	    o->table && !words[o->kind] ? " on " : "",
	    o->table && !words[o->kind] ? o->table : "");
}

static const char *
digest(struct arena *a, const char *text)
{
	char hex[HASH_HEX];
	struct hash h;

	hash_init(&h);
	hash_adds(&h, text);
	hash_hex(&h, hex);
	return arena_strndup(a, hex, 32);
}

const char *
record_table(struct arena *a, enum dialect d, const struct table *t)
{
	struct table copy = *t, *list[] = { &copy };
	struct schema alone = { .dialect = d,
		.tables = { .v = list, .n = 1, .cap = 1 } };
	struct arena mine = { 0 };
	const char *text = digest(a, schema_text(&mine, &alone));

	arena_release(&mine);
	return text;
}

const char *
record_object(struct arena *a, const struct object *o)
{
	return digest(a, o->sql.key ? o->sql.key : "");
}

static bool
has_table(const struct schema *s, const struct table *t)
{
	const struct table *x = schema_table(s, t->schema, t->name);

	return x && table_equal(s->dialect, x, t);
}

static bool
has_object(const struct schema *s, const struct object *o)
{
	const struct object *x = schema_object_like(s, o);

	return x && x->sql.key && o->sql.key && !strcmp(x->sql.key, o->sql.key);
}

const char *
record_enum_key(struct arena *a, const struct enum_type *e)
{
	return arena_fmt(a, "type %s%s%s", e->schema ? e->schema : "",
	    e->schema ? "." : "", e->name);
}

const char *
record_enum(struct arena *a, const struct enum_type *e)
{
	struct buf b = { 0 };
	const char *text;

	for (size_t i = 0; i < e->labels.n; i++)
		buf_fmt(&b, "%zu:%s", strlen(e->labels.v[i]), e->labels.v[i]);
	text = digest(a, buf_str(&b));
	buf_release(&b);
	return text;
}

static bool
has_enum(const struct schema *s, const struct enum_type *e)
{
	const struct enum_type *x = schema_enum(s, e->schema, e->name);
	bool same = x && x->labels.n == e->labels.n;

	for (size_t i = 0; same && i < e->labels.n; i++)
		same = !strcmp(x->labels.v[i], e->labels.v[i]);
	return same;
}

static void
note(struct arena *a, struct map *keys, struct names *list, const char *key,
    const char *hash)
{
	map_put(a, keys, key, (void *)(size_t)key);
	vec_push(a, list, key);
	vec_push(a, list, hash);
}

/* Adds what stands in s and not just so in `other`: calls with each key. */
static void
find_different(struct arena *a, const struct schema *s,
    const struct schema *other, struct map *keys, struct names *list)
{
	for (size_t i = 0; i < s->tables.n; i++)
		if (!has_table(other, s->tables.v[i]))
			note(a, keys, list, record_table_key(a, s->tables.v[i]),
			    record_table(a, s->dialect, s->tables.v[i]));
	for (size_t i = 0; i < s->objects.n; i++)
		if (!has_object(other, s->objects.v[i]))
			note(a, keys, list,
			    record_object_key(a, s->objects.v[i]),
			    record_object(a, s->objects.v[i]));
	for (size_t i = 0; i < s->enums.n; i++)
		if (!has_enum(other, s->enums.v[i]))
			note(a, keys, list, record_enum_key(a, s->enums.v[i]),
			    record_enum(a, s->enums.v[i]));
}

/* The parts of the schema that have those keys, as JSON. */
static bool
read_parts(struct arena *a, const struct schema *from, const struct map *keys,
    struct journal_change *out, struct err *err)
{
	struct schema parts = { .dialect = from->dialect };
	struct buf b = { 0 };
	bool ok;

	for (size_t i = 0; i < from->tables.n; i++)
		if (map_get(keys, record_table_key(a, from->tables.v[i])))
			vec_push(a, &parts.tables, from->tables.v[i]);
	for (size_t i = 0; i < from->enums.n; i++)
		if (map_get(keys, record_enum_key(a, from->enums.v[i])))
			vec_push(a, &parts.enums, from->enums.v[i]);
	for (size_t i = 0; i < from->objects.n; i++)
		if (map_get(keys, record_object_key(a, from->objects.v[i])))
			vec_push(a, &parts.objects, from->objects.v[i]);
	ok = schema_to_json(&b, &parts, err);
	if (ok)
		out->earlier = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return ok;
}

/* Is a row of the catalogue (type, name, table) part of one of the keys? */
static bool
is_part(struct arena *a, const struct map *keys, struct db_rows *r)
{
	static const char *const prefixes[][3] = {
		{ "table", "table ", "virtual table " },
		{ "view", "view " },
		{ "trigger", "trigger " },
	};
	const char *type = db_text(r, 0);

	if (!strcmp(type, "index"))
		return map_get(keys, arena_fmt(a, "table %s", db_text(r, 2)));
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		for (size_t k = 1; k < 3 && prefixes[i][k]; k++)
			if (!strcmp(type, prefixes[i][0]) &&
			    map_get(keys, arena_fmt(a, "%s%s", prefixes[i][k],
					      db_text(r, 1))))
				return true;
	return false;
}

static bool
read_earlier(struct arena *a, struct db *db, const struct map *keys,
    struct journal_change *out, struct err *err)
{
	const char *sql = sync_dialect(db_dialect(db))->definitions;
	struct err why = { 0 };
	struct buf b = { 0 };
	struct db_rows *r;

	out->earlier = "";
	if (!keys->n)
		return true;
	r = db_query(db, sql, NULL, 0, err);
	if (!r)
		return false;
	while (db_rows_next(r, &why)) {
		struct arena mine = { 0 };

		if (is_part(&mine, keys, r))
			buf_fmt(&b, "%s;\n",
			    sql_closed(&mine, db_dialect(db), db_text(r, 3)));
		arena_release(&mine);
	}
	db_rows_end(r);
	out->earlier = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	if (why.kind)
		*err = why;
	return !why.kind;
}

static bool
counts_up(const struct table *t)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (t->columns.v[i]->identity == IDENTITY_AUTOINCREMENT)
			return true;
	return false;
}

static bool
read_series(struct arena *a, struct db *db, const struct schema *from,
    const struct map *keys, struct names *out, struct err *err)
{
	const char *sql = sync_dialect(db_dialect(db))->series;
	struct err why = { 0 };
	struct db_rows *r;
	bool any = false;

	for (size_t i = 0; i < from->tables.n; i++)
		any |= counts_up(from->tables.v[i]);
	if (!any || !keys->n || !sql)
		return true;
	r = db_query(db, sql, NULL, 0, err);
	if (!r)
		return false;
	while (db_rows_next(r, &why)) {
		const char *name = arena_strdup(a, db_text(r, 0));

		if (!map_get(keys, arena_fmt(a, "table %s", name)))
			continue;
		vec_push(a, out, name);
		vec_push(a, out, arena_strdup(a, db_text(r, 1)));
	}
	db_rows_end(r);
	if (why.kind)
		*err = why;
	return !why.kind;
}

static void
add_rename(
    struct arena *a, struct names *out, const char *const group[JOURNAL_RENAME])
{
	for (size_t i = 0; i < JOURNAL_RENAME; i++)
		vec_push(a, out, group[i] ? group[i] : "");
}

bool
record_is(const char *what, const char *word)
{
	size_t n = strlen(word);

	return !strncmp(what, word, n) && (!what[n] || what[n] == ' ');
}

const char *
record_schema(const char *what)
{
	const char *space = strchr(what, ' ');

	return space ? space + 1 : NULL;
}

static const char *
in_schema(struct arena *a, const char *word, const char *schema)
{
	return schema ? arena_fmt(a, "%s %s", word, schema) : word;
}

/* A type whose name or values are others now. */
static void
add_type(struct arena *a, struct names *out, const struct change *c)
{
	const struct enum_type *old = c->old_enum, *new = c->new_enum;

	if (strcmp(old->name, new->name) != 0)
		add_rename(a, out,
		    (const char *const[JOURNAL_RENAME]){
			in_schema(a, "type", old->schema), old->name,
			new->name });
	for (size_t i = 0; i < old->labels.n; i++) {
		const char *was = old->labels.v[i];
		const char *is = enum_label_now(old, new, was);

		if (strcmp(was, is) != 0)
			add_rename(a, out,
			    (const char *const[JOURNAL_RENAME]){
				in_schema(a, "value", old->schema), old->name,
				new->name, NULL, NULL, was, is });
	}
}

/* Labels of the column that its check has under other names now. */
static void
add_labels(struct arena *a, struct names *out, const struct change *c)
{
	const struct columns *all = &c->new_table->columns;

	for (size_t i = 0; i < all->n; i++) {
		const struct column *x = all->v[i];

		for (size_t k = 0; k + 1 < column_more(x)->labels_was.n; k += 2)
			add_rename(a, out,
			    (const char *const[]){ "label", c->old_table->name,
				c->new_table->name, x->name, x->name,
				column_more(x)->labels_was.v[k],
				column_more(x)->labels_was.v[k + 1] });
	}
}

static void
read_renames(struct arena *a, const struct diff *d, struct names *out)
{
	for (size_t i = 0; i < d->changes.n; i++) {
		const struct change *c = d->changes.v[i];

		if (c->kind == CHANGE_RENAME_TABLE)
			add_rename(a, out,
			    (const char *const[JOURNAL_RENAME]){
				in_schema(a, "table", c->old_table->schema),
				c->old_table->name, c->new_table->name });
		if (c->kind == CHANGE_RENAME_COLUMN)
			add_rename(a, out,
			    (const char *const[JOURNAL_RENAME]){
				in_schema(a, "column", c->old_table->schema),
				c->old_table->name, c->new_table->name,
				c->old_column->name, c->new_column->name });
		if (c->kind == CHANGE_ALTER_ENUM ||
		    c->kind == CHANGE_RENAME_ENUM)
			add_type(a, out, c);
		if (c->kind == CHANGE_ADD_CONSTRAINT && c->old_table &&
		    c->new_constraint->kind == CONSTRAINT_CHECK)
			add_labels(a, out, c);
	}
}

static void
read_unusable(struct arena *a, const struct schema *from,
    const struct schema *to, struct names *out)
{
	for (size_t i = 0; i < from->objects.n; i++) {
		const struct object *o = from->objects.v[i];

		if (o->unusable && !schema_object_like(to, o))
			add_rename(a, out,
			    (const char *const[JOURNAL_RENAME]){
				RECORD_UNUSABLE, record_object_key(a, o) });
	}
}

bool
record_change(struct arena *a, struct db *db, const struct schema *from,
    const struct schema *to, const struct diff *d, struct journal_change *out,
    struct err *err)
{
	struct map before = { 0 }, after = { 0 };
	struct names ignored = { 0 };

	find_different(a, from, to, &before, &ignored);
	find_different(a, to, from, &after, &out->later);
	read_renames(a, d, &out->renames);
	read_unusable(a, from, to, &out->renames);
	if (!sync_dialect(from->dialect)->definitions)
		return read_parts(a, from, &before, out, err);
	return read_earlier(a, db, &before, out, err) &&
	       read_series(a, db, from, &before, &out->series, err);
}

void
record_strangers(struct arena *a, const struct schema *from,
    const struct schema *to, const struct map *owned,
    const struct names *not_owned, struct journal_change *out)
{
	struct names here = { 0 }, left = { 0 };
	struct map stays = { 0 };

	diff_keys(a, from, &here);
	diff_keys(a, to, &left);
	for (size_t i = 0; i < left.n; i++)
		map_put(a, &stays, left.v[i], (void *)(size_t)left.v[i]);
	for (size_t i = 0; i < here.n; i++) {
		const char *key = here.v[i];

		if (map_get(&stays, key) ||
		    (map_get(owned, key) &&
			!(not_owned && change_among(key, not_owned))))
			continue;
		add_rename(a, &out->renames,
		    (const char *const[JOURNAL_RENAME]){
			RECORD_STRANGER, key });
	}
}

bool
record_strange(const struct journal_change *c, const char *key)
{
	for (size_t i = 0; i + JOURNAL_RENAME <= c->renames.n;
	     i += JOURNAL_RENAME)
		if (!strcmp(c->renames.v[i], RECORD_STRANGER) &&
		    !strcmp(c->renames.v[i + 1], key))
			return true;
	return false;
}

/* Where the hash of that key is written down, or NULL. */
static const char **
slot(const struct map *slots, const char *key)
{
	return map_get(slots, key);
}

void
record_settle(
    struct arena *a, const struct schema *to, struct journal_change *out)
{
	struct map slots = { 0 };
	const char **hash;

	for (size_t i = 0; i + 1 < out->later.n; i += 2)
		map_put(a, &slots, out->later.v[i], &out->later.v[i + 1]);
	for (size_t i = 0; slots.n && i < to->tables.n; i++) {
		hash = slot(&slots, record_table_key(a, to->tables.v[i]));
		if (hash)
			*hash = record_table(a, to->dialect, to->tables.v[i]);
	}
	for (size_t i = 0; slots.n && i < to->objects.n; i++) {
		hash = slot(&slots, record_object_key(a, to->objects.v[i]));
		if (hash)
			*hash = record_object(a, to->objects.v[i]);
	}
}
