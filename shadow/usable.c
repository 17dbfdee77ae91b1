/* usable - views and triggers that SQLite keeps although they cannot run */
#include "shadow/usable.h"

#include <sqlite3.h>
#include <string.h>

#include "base/buf.h"
#include "sql/quote.h"

#define D DIALECT_SQLITE
#define USABLE_ASK "_deesse_asks"

/* Returns why the statement does not compile, or NULL. Nothing runs. */
static const char *
complaint(struct arena *a, struct db *scratch, const struct buf *sql)
{
	sqlite3_stmt *stmt = NULL;
	const char *why = NULL;

	if (sqlite3_prepare_v2(
		db_handle(scratch), buf_str(sql), -1, &stmt, NULL) != SQLITE_OK)
		why = arena_strdup(a, sqlite3_errmsg(db_handle(scratch)));
	sqlite3_finalize(stmt);
	return why;
}

static const char *
try_view(struct arena *a, struct db *scratch, const struct object *view)
{
	struct buf sql = { 0 };
	const char *why;

	buf_puts(&sql, "SELECT * FROM ");
	sql_ident(&sql, D, view->name);
	why = complaint(a, scratch, &sql);
	buf_release(&sql);
	return why;
}

/* UPDATE of every column, for a trigger may wait for one of them. */
static bool
add_update(struct buf *sql, const struct table *t)
{
	size_t n = 0;

	buf_puts(sql, "UPDATE ");
	sql_ident(sql, D, t->name);
	for (size_t i = 0; i < t->columns.n; i++) {
		const struct column *c = t->columns.v[i];

		if (c->generated.text)
			continue;
		buf_puts(sql, n++ ? ", " : " SET ");
		sql_ident(sql, D, c->name);
		buf_puts(sql, " = ");
		sql_ident(sql, D, c->name);
	}
	return n > 0;
}

/* Triggers compile with the statements that fire them. */
static const char *
try_table(struct arena *a, struct db *scratch, const struct table *t)
{
	static const char *const forms[][2] = {
		{ "INSERT INTO ", " DEFAULT VALUES" },
		{ "DELETE FROM ", "" },
	};
	struct buf sql = { 0 };
	const char *why =
	    add_update(&sql, t) ? complaint(a, scratch, &sql) : NULL;

	for (size_t i = 0; !why && i < 2; i++) {
		buf_cut(&sql, 0);
		buf_puts(&sql, forms[i][0]);
		sql_ident(&sql, D, t->name);
		buf_puts(&sql, forms[i][1]);
		why = complaint(a, scratch, &sql);
	}
	buf_release(&sql);
	return why;
}

/* Adds DROP TRIGGER for the other triggers of the table. */
static void
add_others(struct buf *sql, const struct schema *s, const struct object *o)
{
	for (size_t i = 0; i < s->objects.n; i++) {
		const struct object *x = s->objects.v[i];

		if (x == o || x->kind != OBJECT_TRIGGER ||
		    !schema_same_name(s->dialect, x->table, o->table))
			continue;
		buf_puts(sql, "; DROP TRIGGER ");
		sql_ident(sql, D, x->name);
	}
}

/* Where the table does not take its statements, is it for this trigger? A
 * foreign key may be why, too, which is no trigger's matter. */
static const char *
try_trigger(struct arena *a, struct db *scratch, const struct schema *s,
    const struct object *o, const struct table *t)
{
	const char *why = try_table(a, scratch, t);
	struct err ignored = { 0 };
	struct buf others = { 0 }, own = { 0 };

	if (!why)
		return NULL;
	buf_puts(&others, "SAVEPOINT alone");
	add_others(&others, s, o);
	buf_puts(&own, "DROP TRIGGER ");
	sql_ident(&own, D, o->name);
	if (db_exec(scratch, buf_str(&others), &ignored))
		why = try_table(a, scratch, t);
	if (why && db_exec(scratch, buf_str(&own), &ignored) &&
	    try_table(a, scratch, t))
		why = NULL;
	db_exec(scratch, "ROLLBACK TO alone; RELEASE alone", &ignored);
	err_release(&ignored);
	buf_release(&others);
	buf_release(&own);
	return why;
}

/* A foreign key that fits nothing would complain before a trigger does. In the
 * middle of a transaction it cannot be helped. */
static void
without_references(struct db *scratch, bool without)
{
	struct err ignored = { 0 };

	db_rebuild_mode(scratch, without, &ignored);
	err_release(&ignored);
}

void
usable_broken(struct arena *a, struct db *scratch, const struct schema *schema,
    struct map *broken)
{
	without_references(scratch, true);
	for (size_t i = 0; i < schema->objects.n; i++) {
		const struct object *o = schema->objects.v[i];
		const struct table *t =
		    o->kind == OBJECT_TRIGGER
			? schema_table(schema, NULL, o->table)
			: NULL;
		const char *why = NULL;

		if (o->kind == OBJECT_VIEW)
			why = try_view(a, scratch, o);
		else if (t)
			why = try_trigger(a, scratch, schema, o, t);
		if (why)
			map_put(a, broken, o->name, arena_strdup(a, why));
	}
	without_references(scratch, false);
}

/* Which object is "error in trigger NAME: …" or "error in view NAME after …"
 * about? */
static const struct object *
named_by(const struct schema *s, const char *message, const char **why)
{
	for (size_t i = 0; i < s->objects.n; i++) {
		const struct object *o = s->objects.v[i];
		const char *kind = object_traits(o->kind)->name;
		size_t n = strlen("error in "), k = strlen(kind);

		if (strncmp(message, "error in ", n) ||
		    strncmp(message + n, kind, k) || message[n + k] != ' ' ||
		    strncmp(message + n + k + 1, o->name, strlen(o->name)))
			continue;
		*why = message + n + k + 1 + strlen(o->name);
		if (**why != ':' && **why != ' ')
			continue;
		*why += strspn(*why, ": ");
		return o;
	}
	return NULL;
}

void
usable_stops(struct arena *a, struct db *scratch, const struct schema *s,
    struct map *broken)
{
	static const char ask[] =
	    "ALTER TABLE \"" USABLE_ASK "\" RENAME COLUMN a TO b";
	struct err ignored = { 0 };
	bool ok = db_exec(scratch,
	    "SAVEPOINT asking; CREATE TABLE \"" USABLE_ASK "\" (a)", &ignored);

	/* it names one at a time */
	for (size_t i = 0; ok && i < s->objects.n; i++) {
		struct err err = { 0 };
		struct buf drop = { 0 };
		const struct object *o = NULL;
		const char *why = NULL;

		if (!db_exec(scratch, ask, &err))
			o = named_by(
			    s, sqlite3_errmsg(db_handle(scratch)), &why);
		if (o) {
			map_put(a, broken, o->name, arena_strdup(a, why));
			buf_fmt(
			    &drop, "DROP %s ", object_traits(o->kind)->word);
			sql_ident(&drop, D, o->name);
		}
		ok = o && db_exec(scratch, buf_str(&drop), &ignored);
		buf_release(&drop);
		err_release(&err);
	}
	db_exec(scratch, "ROLLBACK TO asking; RELEASE asking", &ignored);
	err_release(&ignored);
}

/* Says what is wrong with the view or trigger, and what to do. */
static bool
refuse(const struct object *o, bool is_new, const char *why, struct err *err)
{
	const char *kind = object_traits(o->kind)->name;

	if (!is_new || !o->source.file)
		return err_fail(err,
		    is_new ? "%s %s could not work (%s)"
			   : "%s %s would no longer work (%s); change or drop "
			     "it too",
		    kind, o->name, why);
	return err_fail(err,
	    "%s:%d: %s %s cannot work (%s); if it is meant to be so, say "
	    "-- " OBJECT_UNUSABLE " in the line before",
	    o->source.file, o->source.line, kind, o->name, why);
}

bool
usable_still(struct arena *a, struct db *scratch, const struct schema *from,
    const struct schema *schema, const struct map *before, struct err *err)
{
	struct map after = { 0 };

	usable_broken(a, scratch, schema, &after);
	for (size_t i = 0; i < schema->objects.n; i++) {
		const struct object *o = schema->objects.v[i];
		const char *why = map_get(&after, o->name);

		if (why && !o->unusable && !map_get(before, o->name))
			return refuse(
			    o, !schema_object_like(from, o), why, err);
	}
	return true;
}
