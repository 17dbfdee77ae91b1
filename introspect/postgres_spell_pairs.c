/* postgres_spell_pairs - what was declared, and what came of it, in the
 * database
 *
 * A view, a policy, a function … is spelt by the server in the transaction that
 * makes it, and only there. Both sides are kept as hashes, in the database that
 * they speak of: what another database made of the same text is not asked for,
 * and whoever comes next needs no file.
 */
#include "introspect/postgres_spell.h"

#include <string.h>

static const char exists[] =
    "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = 'deesse' AND c.relname = 'spelling'"
    " AND has_schema_privilege(n.oid, 'USAGE')"
    " AND has_table_privilege(c.oid, 'SELECT')";

static const char create[] =
    "CREATE SCHEMA IF NOT EXISTS deesse;"
    "CREATE TABLE IF NOT EXISTS deesse.spelling"
    " (declared text PRIMARY KEY, spelt text NOT NULL)";

void
spelling_text_hash(const char *text, char hex[HASH_HEX])
{
	struct hash h;

	hash_init(&h);
	hash_adds(&h, text);
	hash_hex(&h, hex);
}

void
object_hash(const struct object *o, char hex[HASH_HEX])
{
	struct hash h;

	hash_init(&h);
	hash_adds(&h, object_traits(o->kind)->label);
	hash_adds(&h, o->schema);
	hash_adds(&h, o->table);
	hash_adds(&h, o->name);
	hash_adds(&h, o->signature);
	hash_adds(&h, o->sql.key);
	hash_hex(&h, hex);
}

/* Returns the hashes, every step-th from the first, as the text of an array:
 * they are hexadecimal. */
static const char *
array_of(struct arena *a, const struct names *hashes, size_t first, size_t step)
{
	struct buf b = { 0 };
	const char *text;

	for (size_t i = first; i < hashes->n; i += step)
		buf_fmt(&b, "%s%s", b.len ? "," : "{", hashes->v[i]);
	buf_puts(&b, b.len ? "}" : "{}");
	text = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return text;
}

static bool
table_exists(struct db *db, bool *yes, struct err *err)
{
	struct db_rows *r = db_query(db, exists, NULL, 0, err);

	if (!r)
		return false;
	*yes = db_rows_next(r, err);
	db_rows_end(r);
	return true;
}

static void
read_pair(void *arg, struct db_rows *r)
{
	struct spelling_pairs *p = arg;

	map_put(p->a, &p->known, arena_strdup(p->a, db_text(r, 0)),
	    arena_strdup(p->a, db_text(r, 1)));
}

bool
pairs_read(struct spelling_pairs *p, struct db *db, struct err *err)
{
	const char *hashes;
	bool there = false;
	struct db_ask ask = {
		.sql = "SELECT declared, spelt FROM deesse.spelling"
		       " WHERE declared = ANY ($1::text[])",
		.params = &hashes,
		.n = 1,
		.read = read_pair,
	};

	if (!p->hashes.n || !table_exists(db, &there, err))
		return !p->hashes.n;
	hashes = array_of(p->a, &p->hashes, 0, 1);
	return !there || db_ask(db, &ask, 1, p, err);
}

bool
pairs_write(struct spelling_pairs *p, struct db *db, struct err *err)
{
	const char *params[] = { array_of(p->a, &p->hashes, 0, 2),
		array_of(p->a, &p->hashes, 1, 2) };
	bool there = false;
	struct db_rows *r;

	if (!p->hashes.n)
		return true;
	if (!table_exists(db, &there, err) ||
	    (!there && !db_exec(db, create, err)))
		return false;
	r = db_query(db,
	    "INSERT INTO deesse.spelling"
	    " SELECT DISTINCT ON (d) d, s"
	    " FROM unnest($1::text[], $2::text[]) AS u(d, s)"
	    " ON CONFLICT (declared) DO UPDATE SET spelt = excluded.spelt",
	    params, 2, err);
	if (r)
		db_rows_end(r);
	return r != NULL;
}
