/* postgres_usable - functions that the server keeps though they cannot run
 *
 * A body may name what was dropped since, and nothing is said before it is
 * called. Its language's own validator is asked, which reads the body and runs
 * nothing of it, with the settings that the function brings along, inside a
 * transaction that is rolled back.
 */
#include "shadow/dialect.h"

#include "base/buf.h"
#include "base/text.h"
#include "base/vec.h"
#include "sql/define.h"
#include "sql/split.h"

#include <string.h>

struct candidate {
	const char *oid, *validator;
	enum object_kind kind;
};
VEC(candidates, struct candidate);

/* What an extension brings is its own matter. */
static bool
find_candidates(
    struct arena *a, struct db *db, struct candidates *all, struct err *err)
{
	struct err e = { 0 };
	struct db_rows *r = db_query(db,
	    "SELECT p.oid, l.lanvalidator::regproc, p.prokind = 'p'"
	    " FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang"
	    " WHERE p.oid >= 16384 AND l.lanvalidator <> 0"
	    " AND p.prokind <> 'a'"
	    " AND NOT EXISTS (SELECT FROM pg_depend d"
	    " WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid"
	    " AND d.deptype = 'e') ORDER BY p.oid",
	    NULL, 0, err);

	if (!r)
		return false;
	while (db_rows_next(r, &e))
		vec_push(a, all,
		    (struct candidate){ .oid = arena_strdup(a, db_text(r, 0)),
			.validator = arena_strdup(a, db_text(r, 1)),
			.kind = db_text(r, 2)[0] == 't' ? OBJECT_PROCEDURE
							: OBJECT_FUNCTION });
	db_rows_end(r);
	if (e.kind)
		*err = e;
	return !e.kind;
}

/* Returns the first column of the first row, or NULL. */
static const char *
ask(struct arena *a, struct db *db, const char *sql, const char *oid,
    struct err *err)
{
	struct db_rows *r = db_query(db, sql, &oid, 1, err);
	const char *text = NULL;

	if (r && db_rows_next(r, err))
		text = arena_strdup(a, db_text(r, 0));
	if (r)
		db_rows_end(r);
	return text;
}

/* Returns what the server said, without the name before it and the hints
 * behind. */
static const char *
first_line(struct arena *a, struct db *db, const char *text)
{
	size_t n = strlen(db_name(db));

	if (!strncmp(text, db_name(db), n) && text_starts(text + n, ": "))
		text += n + 2;
	return arena_strndup(a, text, strcspn(text, "\n"));
}

/* Returns why the validator does not take it, or NULL. */
static const char *
complaint(struct arena *a, struct db *db, const struct candidate *c)
{
	struct err err = { 0 };
	struct buf sql = { 0 };
	const char *why = NULL;

	buf_fmt(&sql, "SELECT %s($1::oid)", c->validator);
	if (ask(a, db,
		"SELECT count(set_config(split_part(s, '=', 1),"
		" substr(s, strpos(s, '=') + 1), true))"
		" FROM pg_proc, unnest(proconfig) s WHERE oid = $1::oid",
		c->oid, &err))
		ask(a, db, buf_str(&sql), c->oid, &err);
	if (err.kind)
		why = first_line(a, db, err.text);
	err_release(&err);
	buf_release(&sql);
	return why;
}

static struct object *
object_of(
    struct arena *a, struct db *db, struct schema *s, const struct candidate *c)
{
	static const char definition[] =
	    "SELECT regexp_replace(pg_get_functiondef($1::oid),"
	    " '^CREATE OR REPLACE', 'CREATE')";
	struct err ignored = { 0 };
	const char *text = ask(a, db, definition, c->oid, &ignored), *why;
	struct statement st = { .text = text, .len = text ? strlen(text) : 0 };
	struct definition d;
	struct object o = { .kind = c->kind };

	err_release(&ignored);
	if (!text || !sql_define(a, DIALECT_POSTGRES, &st,
			 object_traits(c->kind)->word, &d, &why))
		return NULL;
	o.schema = d.schema;
	o.name = d.name;
	o.signature = d.signature;
	return schema_object_like(s, &o);
}

bool
postgres_unusable(
    struct arena *a, struct db *db, struct schema *s, struct err *err)
{
	struct candidates all = { 0 };
	struct err ignored = { 0 };

	if (!find_candidates(a, db, &all, err))
		return false;
	if (!all.n)
		return true;
	if (!db_exec(db, "BEGIN; SAVEPOINT usable", err))
		return false;
	for (size_t i = 0; i < all.n; i++) {
		const char *why = complaint(a, db, &all.v[i]);
		struct object *o;

		if (!db_exec(db, "ROLLBACK TO usable", &ignored))
			break;
		if (why && (o = object_of(a, db, s, &all.v[i])))
			o->unusable = why;
	}
	err_release(&ignored);
	db_rollback(db);
	return true;
}
