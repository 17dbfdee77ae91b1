/* sqlite - a SQLite database as a schema
 *
 * SQLite keeps what it was told as text, and checked it when it was told; the
 * text says all that the pragmas say, and constraint names, checks, collations
 * and conflicts besides. So one query reads sqlite_schema, and the pragmas are
 * for the test that compares.
 */
#include "introspect/sqlite.h"

#include <string.h>
#include <strings.h>

#include "base/hash.h"
#include "base/text.h"
#include "sql/key.h"
#include "sql/split.h"

#define EVERYTHING "SELECT type, name, tbl_name, sql FROM sqlite_schema"

/* The engine's own (sqlite_sequence, sqlite_autoindex_…) and deesse's. */
static bool
is_internal(struct db_rows *rows)
{
	static const char *const prefixes[] = { "sqlite_", "_deesse_" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		for (int column = 1; column <= 2; column++)
			if (!strncasecmp(db_text(rows, column), prefixes[i],
				strlen(prefixes[i])))
				return true;
	return false;
}

struct row {
	const char *name, *table, *sql;
};

struct pass {
	struct arena *a;
	struct db *db;
	struct schema *s;
	struct survey *survey; /* NULL: all is read */
	bool virtual;
	struct err *err;
};

static bool
finish(struct pass *p, struct reader *r, const char *kind, const char *name)
{
	bool ok = !r->bad;

	if (!ok)
		err_fail(p->err,
		    "%s: cannot read the definition of %s %s: %s expected "
		    "near \"%.40s\"",
		    db_name(p->db), kind, name, r->expected, r->bad);
	reader_release(r);
	return ok;
}

static void
add_object(struct pass *p, enum object_kind kind, const struct row *row)
{
	struct object *o = arena_new(p->a, struct object);

	o->kind = kind;
	o->name = arena_strdup(p->a, row->name);
	if (kind == OBJECT_TRIGGER)
		o->table = arena_strdup(p->a, row->table);
	o->sql.text =
	    sql_closed(p->a, DIALECT_SQLITE, arena_strdup(p->a, row->sql));
	o->sql.key = sql_key(p->a, DIALECT_SQLITE, o->sql.text);
	schema_add_object(p->a, p->s, o);
}

static bool
read_table(struct pass *p, const struct row *row)
{
	struct table *t = survey_same(p->survey, row->name);
	struct reader r;

	if (t) {
		schema_add_table(p->a, p->s, t);
		return true;
	}

	/* the head is SQLite's own spelling */
	if (text_starts(row->sql, "CREATE VIRTUAL ")) {
		add_object(p, OBJECT_VIRTUAL_TABLE, row);
		p->virtual = true;
		return true;
	}
	t = arena_new(p->a, struct table);
	t->name = arena_strdup(p->a, row->name);
	t->sql = sql_closed(p->a, DIALECT_SQLITE, arena_strdup(p->a, row->sql));
	schema_add_table(p->a, p->s, t);
	reader_init(&r, p->a, DIALECT_SQLITE, t->sql);
	sqlite_read_table(&r, t);
	return finish(p, &r, "table", t->name);
}

static bool
read_index(struct pass *p, const struct row *row)
{
	struct table *t = schema_table(p->s, NULL, row->table);
	struct index *i;
	struct reader r;

	if (survey_same(p->survey, row->table))
		return true;
	/* the engine refuses a schema in which an index stands alone */
	if (!t)
		return err_fail(p->err, "%s: index %s has no table",
		    db_name(p->db), row->name);
	i = arena_new(p->a, struct index);
	i->name = arena_strdup(p->a, row->name);
	vec_push(p->a, &t->indexes, i);
	reader_init(&r, p->a, DIALECT_SQLITE, row->sql);
	sqlite_read_index(&r, t, i);
	if (strstr(row->sql, "--") || strstr(row->sql, "/*"))
		i->sql = arena_strdup(p->a, row->sql);
	return finish(p, &r, "index", i->name);
}

static bool
read_view(struct pass *p, const struct row *row)
{
	add_object(p, OBJECT_VIEW, row);
	return true;
}

static bool
read_trigger(struct pass *p, const struct row *row)
{
	add_object(p, OBJECT_TRIGGER, row);
	return true;
}

static const struct {
	const char *type;
	bool (*read)(struct pass *p, const struct row *row);
} types[] = {
	{ "table", read_table },
	{ "index", read_index },
	{ "view", read_view },
	{ "trigger", read_trigger },
};

static struct row
row_of(struct db_rows *rows)
{
	/* the text of a column stays until the next step */
	return (struct row){ .name = db_text(rows, 1),
		.table = db_text(rows, 2),
		.sql = db_text(rows, 3) };
}

static bool
read_row(struct pass *p, struct db_rows *rows)
{
	struct row row = row_of(rows);

	if (is_internal(rows))
		return true;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (!strcmp(types[i].type, db_text(rows, 0)))
			return types[i].read(p, &row);
	return true;
}

/* Reads all rows of a query; an error of the rows or of what reads them ends
 * it. */
static bool
each_row(struct pass *p, const char *sql,
    bool (*read)(struct pass *p, struct db_rows *rows))
{
	struct db_rows *rows = db_query(p->db, sql, NULL, 0, p->err);
	struct err why = { 0 };
	bool ok = true;

	if (!rows)
		return false;
	while (ok && db_rows_next(rows, &why))
		ok = read(p, rows);
	db_rows_end(rows);
	if (why.kind)
		ok = err_set(p->err, why.kind, "%s", why.text);
	err_release(&why);
	return ok;
}

static bool
drop_shadow(struct pass *p, struct db_rows *rows)
{
	struct tables *all = &p->s->tables;
	size_t kept = 0;

	for (size_t i = 0; i < all->n; i++)
		if (!text_same_nocase(all->v[i]->name, db_text(rows, 0)))
			all->v[kept++] = all->v[i];
	all->n = kept;
	return true;
}

/* The tables in which a virtual table keeps its content are made and dropped
 * with it; only its module knows which they are. */
static bool
drop_shadows(struct pass *p)
{
	if (!p->virtual)
		return true;
	if (!each_row(p,
		"SELECT name FROM pragma_table_list"
		" WHERE schema = 'main' AND type = 'shadow'",
		drop_shadow))
		return false;
	schema_reindex(p->a, p->s);
	return true;
}

/* REFERENCES users, without columns, means users' primary key. */
static void
name_targets(struct pass *p, struct constraint *c)
{
	const struct table *target;
	const struct constraint *key;

	if (c->kind != CONSTRAINT_FOREIGN_KEY || c->target_columns.n)
		return;
	target = schema_table(p->s, NULL, c->target);
	key = target ? table_primary_key(target) : NULL;
	c->implicit = true;
	if (key && key->parts.n != c->parts.n)
		return; /* no row can ever satisfy it */
	for (size_t i = 0; key && i < key->parts.n; i++)
		vec_push(p->a, &c->target_columns, key->parts.v[i].column);
}

static void
name_all_targets(struct pass *p)
{
	for (size_t i = 0; i < p->s->tables.n; i++) {
		const struct table *t = p->s->tables.v[i];

		for (size_t j = 0; j < t->constraints.n; j++)
			name_targets(p, t->constraints.v[j]);
	}
}

/* Looks for what need not be read. */
static bool
survey_row(struct pass *p, struct db_rows *rows)
{
	struct row row = row_of(rows);

	if (is_internal(rows))
		return true;
	if (!strcmp(db_text(rows, 0), "table"))
		survey_table(p->survey, row.name, row.sql);
	else if (!strcmp(db_text(rows, 0), "index"))
		survey_index(p->survey, row.table, row.name, row.sql);
	return true;
}

static bool
read_all(struct pass *p)
{
	if (!each_row(p, EVERYTHING, read_row) || !drop_shadows(p))
		return false;
	name_all_targets(p);
	return true;
}

struct schema *
sqlite_introspect(
    struct arena *a, struct db *db, const struct schema *like, struct err *err)
{
	struct pass p = { .a = a, .db = db, .err = err };
	struct survey survey;
	bool ok = true;

	survey_init(&survey, like);
	p.s = arena_new(a, struct schema);
	p.s->dialect = DIALECT_SQLITE;
	if (like && like->tables.n) {
		p.survey = &survey;
		ok = each_row(&p, EVERYTHING, survey_row);
	}
	ok = ok && read_all(&p);
	survey_release(&survey);
	return ok ? p.s : NULL;
}

bool
sqlite_fingerprint(struct db *db, char *hex, struct err *err)
{
	struct db_rows *rows =
	    db_query(db, EVERYTHING " ORDER BY type, name", NULL, 0, err);
	struct err why = { 0 };
	struct hash h;

	if (!rows)
		return false;
	hash_init(&h);
	while (db_rows_next(rows, &why))
		for (int i = 0; !is_internal(rows) && i < 4; i++)
			hash_adds(&h, db_text(rows, i));
	db_rows_end(rows);
	hash_hex(&h, hex);
	if (!why.kind)
		return true;
	err_set(err, why.kind, "%s", why.text);
	err_release(&why);
	return false;
}
