/* introspect - SQLite databases as schemas, compared with what SQLite's own
 * pragmas say and with the texts of tests/golden/introspect
 *
 * With --bless the texts are written anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/file.h"
#include "introspect/introspect.h"
#include "introspect/sqlite.h"
#include "sql/key.h"

static bool bless;

struct place {
	struct arena a;
	struct err err;
	struct db *db;
};

static struct db *
memory(struct place *p)
{
	struct db_url url;

	assert_true(db_url_parse(&p->a, &url, "sqlite::memory:", &p->err));
	assert_true(db_open(&p->db, &url, DB_WRITE, &p->err));
	return p->db;
}

static int
setup(void **state)
{
	*state = calloc(1, sizeof(struct place));
	return *state ? 0 : -1;
}

static int
teardown(void **state)
{
	struct place *p = *state;

	db_close(p->db);
	err_release(&p->err);
	arena_release(&p->a);
	free(p);
	return 0;
}

static void
run(struct place *p, const char *sql)
{
	if (!db_exec(p->db, sql, &p->err))
		fail_msg("%s", p->err.text);
}

static struct schema *
read_schema(struct place *p)
{
	struct schema *s = introspect(&p->a, p->db, &p->err);

	if (!s)
		fail_msg("%s", p->err.text);
	return s;
}

/* -- what the pragmas say ------------------------------------------------- */

static struct db_rows *
ask(struct place *p, const char *sql, const char *name)
{
	struct db_rows *r = db_query(p->db, sql, &name, name ? 1 : 0, &p->err);

	if (!r)
		fail_msg("%s", p->err.text);
	return r;
}

static bool
more(struct place *p, struct db_rows *r)
{
	bool is = db_rows_next(r, &p->err);

	assert_int_equal(p->err.kind, ERR_NONE);
	return is;
}

/* The pragma takes the quotes from a type that is one quoted name, and knows
 * six types by another spelling. */
static const char *
type_of(struct place *p, const char *type)
{
	static const char *const standard[] = { "ANY", "BLOB", "INT", "INTEGER",
		"REAL", "TEXT" };
	size_t n = strlen(type);

	if (n > 2 && strchr("\"'`[", *type) &&
	    strcspn(type + 1, "\"'`[]") == n - 2)
		type = arena_strndup(&p->a, type + 1, n - 2);
	for (size_t i = 0; i < sizeof(standard) / sizeof(*standard); i++)
		if (!strcasecmp(type, standard[i]))
			return standard[i];
	return type;
}

static void
prove_columns(struct place *p, const struct table *t)
{
	struct db_rows *r = ask(p,
	    "SELECT name, type, \"notnull\", dflt_value, pk, hidden"
	    " FROM pragma_table_xinfo(?1)",
	    t->name);
	const struct constraint *key = table_primary_key(t);
	size_t n = 0, keys = 0;

	for (; more(p, r); n++) {
		const struct column *c;
		int64_t hidden = db_int(r, 5), pk = db_int(r, 4);

		assert_true(n < t->columns.n);
		c = t->columns.v[n];
		assert_string_equal(c->name, db_text(r, 0));
		assert_string_equal(type_of(p, c->type), db_text(r, 1));
		/* the key of a table without rowids is NOT NULL unsaid */
		if (!pk || !t->without_rowid)
			assert_int_equal(c->not_null, db_int(r, 2));
		assert_int_equal(!c->default_value.text, db_null(r, 3));
		if (c->default_value.text)
			assert_string_equal(
			    c->default_value.text, db_text(r, 3));
		assert_int_equal(c->generated.text != NULL, hidden > 0);
		assert_int_equal(c->stored, hidden == 3);
		if (!pk)
			continue;
		keys++;
		assert_non_null(key);
		assert_true((size_t)pk <= key->parts.n);
		assert_string_equal(key->parts.v[pk - 1].column, c->name);
	}
	db_rows_end(r);
	assert_int_equal(n, t->columns.n);
	assert_int_equal(keys, key ? key->parts.n : 0);
}

static const char *
action_of(enum action action)
{
	return action_sql(action) ? action_sql(action) : "NO ACTION";
}

static void
prove_foreign_keys(
    struct place *p, const struct schema *s, const struct table *t)
{
	struct db_rows *r = ask(p,
	    "SELECT \"table\", \"from\", \"to\", on_update, on_delete, seq"
	    " FROM pragma_foreign_key_list(?1) ORDER BY id DESC, seq",
	    t->name);
	const struct constraint *c = NULL;
	size_t i = 0;

	while (more(p, r)) {
		size_t seq = (size_t)db_int(r, 5);

		if (!seq)
			while (i < t->constraints.n &&
			       (c = t->constraints.v[i++])->kind !=
				   CONSTRAINT_FOREIGN_KEY)
				;
		assert_non_null(c);
		assert_int_equal(c->kind, CONSTRAINT_FOREIGN_KEY);
		assert_string_equal(c->target, db_text(r, 0));
		assert_true(seq < c->parts.n);
		assert_true(schema_same_name(
		    DIALECT_SQLITE, c->parts.v[seq].column, db_text(r, 1)));
		if (!db_null(r, 2))
			assert_string_equal(
			    c->target_columns.v[seq], db_text(r, 2));
		else if (schema_table(s, NULL, c->target))
			assert_true(seq < c->target_columns.n);
		else
			assert_int_equal(c->target_columns.n, 0);
		assert_string_equal(action_of(c->on_update), db_text(r, 3));
		assert_string_equal(action_of(c->on_delete), db_text(r, 4));
	}
	db_rows_end(r);
	for (; i < t->constraints.n; i++)
		assert_int_not_equal(
		    t->constraints.v[i]->kind, CONSTRAINT_FOREIGN_KEY);
}

static bool
same_parts(struct place *p, const struct schema *s, const struct table *t,
    const struct parts *parts, const char *index)
{
	struct db_rows *r = ask(p,
	    "SELECT cid, name, \"desc\", coll FROM pragma_index_xinfo(?1)"
	    " WHERE key ORDER BY seqno",
	    index);
	bool same = true;
	size_t n = 0;

	for (; more(p, r); n++) {
		const struct part *part;
		const struct column *c;
		const char *collation;

		if (n >= parts->n) {
			same = false;
			continue;
		}
		part = &parts->v[n];
		same = same && part->desc == db_int(r, 2);
		if (db_int(r, 0) == -2) {
			same = same && !part->column && part->expr.text;
			continue;
		}
		c = part->column ? table_column(s, t, part->column) : NULL;
		collation = part->collation     ? part->collation
			    : c && c->collation ? c->collation
						: "BINARY";
		same = same && c && !strcmp(c->name, db_text(r, 1)) &&
		       !strcasecmp(collation, db_text(r, 3));
	}
	db_rows_end(r);
	return same && n == parts->n;
}

static void
prove_index(struct place *p, const struct schema *s, const struct table *t,
    const char *name, bool unique, bool partial)
{
	const struct index *i = table_index(s, t, name);

	assert_non_null(i);
	assert_string_equal(i->name, name);
	assert_int_equal(i->unique, unique);
	assert_int_equal(i->where.text != NULL, partial);
	if (!same_parts(p, s, t, &i->parts, name))
		fail_msg("parts of index %s", name);
}

/* An index that a key made: some key has its columns. */
static void
prove_key(struct place *p, const struct schema *s, const struct table *t,
    const char *name)
{
	for (size_t i = 0; i < t->constraints.n; i++) {
		const struct constraint *c = t->constraints.v[i];

		if ((c->kind == CONSTRAINT_UNIQUE ||
			c->kind == CONSTRAINT_PRIMARY_KEY) &&
		    same_parts(p, s, t, &c->parts, name))
			return;
	}
	fail_msg("no key of %s for %s", t->name, name);
}

static void
prove_indexes(struct place *p, const struct schema *s, const struct table *t)
{
	struct db_rows *r = ask(p,
	    "SELECT name, \"unique\", origin, partial"
	    " FROM pragma_index_list(?1)",
	    t->name);
	size_t made = 0;

	while (more(p, r)) {
		if (strcmp(db_text(r, 2), "c")) {
			prove_key(p, s, t, db_text(r, 0));
			continue;
		}
		made++;
		prove_index(p, s, t, db_text(r, 0), db_int(r, 1) != 0,
		    db_int(r, 3) != 0);
	}
	db_rows_end(r);
	assert_int_equal(made, t->indexes.n);
}

static void
prove(struct place *p, const struct schema *s)
{
	struct db_rows *r = ask(p,
	    "SELECT name, wr, strict FROM pragma_table_list"
	    " WHERE schema = 'main' AND type = 'table'"
	    " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
	    " AND name NOT LIKE '\\_deesse\\_%' ESCAPE '\\'",
	    NULL);
	size_t n = 0;

	for (; more(p, r); n++) {
		const struct table *t = schema_table(s, NULL, db_text(r, 0));

		assert_non_null(t);
		assert_string_equal(t->name, db_text(r, 0));
		assert_int_equal(t->without_rowid, db_int(r, 1));
		assert_int_equal(t->strict, db_int(r, 2));
		prove_columns(p, t);
		prove_foreign_keys(p, s, t);
		prove_indexes(p, s, t);
	}
	db_rows_end(r);
	assert_int_equal(n, s->tables.n);
}

/* -- golden --------------------------------------------------------------- */

static const char *
golden_folder(struct arena *a)
{
	size_t n = strlen(__FILE__) - strlen("unit/introspect.c");

	return arena_fmt(a, "%.*sgolden/introspect", (int)n, __FILE__);
}

static void
try_case(struct place *p, const char *folder)
{
	const char *wanted = file_join(&p->a, folder, "schema.txt");
	struct buf sql = { 0 }, text = { 0 };
	struct schema *s;
	const char *got;

	memory(p);
	assert_true(
	    file_read(&sql, file_join(&p->a, folder, "in.sql"), &p->err));
	run(p, buf_str(&sql));
	s = read_schema(p);
	prove(p, s);
	got = schema_text(&p->a, s);
	if (bless)
		assert_true(file_update(wanted, got, strlen(got), &p->err));
	if (!file_read(&text, wanted, &p->err))
		fail_msg("%s", p->err.text);
	if (strcmp(buf_str(&text), got))
		fail_msg("%s differs; it is now:\n%s", wanted, got);
	buf_release(&sql);
	buf_release(&text);
	db_close(p->db);
	p->db = NULL;
}

static void
test_golden(void **state)
{
	struct place *p = *state;
	const char *folder = golden_folder(&p->a);
	struct names cases = { 0 };

	assert_true(file_find(&p->a, &cases, folder, ".sql", &p->err));
	assert_true(cases.n >= 10);
	for (size_t i = 0; i < cases.n; i++) {
		const char *path = cases.v[i];

		try_case(p, arena_strndup(
				&p->a, path, strlen(path) - strlen("/in.sql")));
	}
}

/* -- random tables -------------------------------------------------------- */

static unsigned seed;

static unsigned
roll(unsigned n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

#define PICK(list) (list)[roll(sizeof(list) / sizeof(*(list)))]

static const char *const column_names[] = { "a", "\"b\"", "[c c]", "`select`",
	"\"qu\"\"ote\"", "été", "key" };

static void
add_column_clause(struct buf *b, const char *name)
{
	static const char *const clauses[] = {
		"NOT NULL",
		"NOT NULL ON CONFLICT IGNORE",
		"NULL",
		"UNIQUE",
		"UNIQUE ON CONFLICT REPLACE",
		"DEFAULT 'x'",
		"DEFAULT -1",
		"DEFAULT (1 + 2)",
		"DEFAULT CURRENT_DATE",
		"COLLATE NOCASE",
		"CONSTRAINT \"a name\"",
		"REFERENCES other",
		"REFERENCES other (x) ON DELETE CASCADE ON UPDATE SET NULL",
		"REFERENCES \"other\" DEFERRABLE INITIALLY DEFERRED",
		"CHECK (1 IN (1, (2)))",
		"/* , ) */",
	};

	if (roll(6) == 0)
		buf_fmt(b, " CHECK (%s <> ')')", name);
	else
		buf_fmt(b, " %s", PICK(clauses));
}

static void
add_random_column(struct buf *b, const char *name)
{
	static const char *const types[] = { "", " INTEGER", " TEXT",
		" VARCHAR( 10 )", " DECIMAL (12,\n2)", " \"odd type\"",
		" long type name", " text -- comment\n" };
	bool defaulted = false;

	buf_puts(b, name);
	buf_puts(b, PICK(types));
	for (unsigned n = roll(4); n; n--) {
		size_t before = b->len;

		add_column_clause(b, name);
		/* SQLite takes the last of two defaults and of two
		 * collations, as the pragma shows; so it must be one */
		if (strstr(b->s + before, "DEFAULT ") ||
		    strstr(b->s + before, "COLLATE")) {
			if (defaulted)
				buf_cut(b, before);
			defaulted = true;
		}
	}
}

static void
add_table_clause(struct buf *b, const char *one, const char *two)
{
	switch (roll(5)) {
	case 0:
		buf_fmt(b, ", UNIQUE (%s, %s DESC)", one, two);
		break;
	case 1:
		buf_fmt(b, ", CONSTRAINT k UNIQUE (%s COLLATE RTRIM)", one);
		break;
	case 2:
		buf_fmt(b, ", CHECK (%s > %s OR '(' = ',')", one, two);
		break;
	case 3:
		buf_fmt(b,
		    ", FOREIGN KEY (%s, %s) REFERENCES pair (x, y) "
		    "ON UPDATE RESTRICT",
		    two, one);
		break;
	default:
		buf_fmt(b, " CHECK (%s)", two);
	}
}

static void
random_table(struct buf *b)
{
	static const char *const options[] = { "", "", " WITHOUT ROWID" };
	size_t n = 2 + roll(5), key = roll(3);
	const char *option = PICK(options);

	buf_cut(b, 0);
	buf_puts(b, "CREATE TABLE \"t t\" (");
	for (size_t i = 0; i < n; i++) {
		buf_puts(b, i ? ", " : "");
		add_random_column(b, column_names[i]);
		if (!i && key == 1)
			buf_puts(b, " PRIMARY KEY");
	}
	if (key == 2 || (key == 0 && *option))
		buf_fmt(b, ", PRIMARY KEY (%s, %s DESC)", column_names[1],
		    column_names[0]);
	for (unsigned k = roll(4); k; k--)
		add_table_clause(
		    b, column_names[roll((unsigned)n)], column_names[0]);
	buf_fmt(b, ")%s; CREATE INDEX i ON \"t t\" (%s DESC, %s);", option,
	    column_names[n - 1], column_names[0]);
}

static void
test_random_tables(void **state)
{
	struct place *p = *state;
	struct buf b = { 0 };
	int read = 0;

	memory(p);
	run(p, "CREATE TABLE other (x PRIMARY KEY); "
	       "CREATE TABLE pair (x, y, PRIMARY KEY (x, y))");
	for (seed = 1; seed < 2000000; seed += 1000) {
		unsigned begin = seed;

		random_table(&b);
		seed = begin;
		/* some mean nothing, and SQLite says so */
		if (!db_exec(p->db, b.s, &p->err)) {
			err_release(&p->err);
			db_exec(p->db, "DROP TABLE IF EXISTS \"t t\"", &p->err);
			continue;
		}
		read++;
		prove(p, read_schema(p));
		run(p, "DROP TABLE \"t t\"");
		arena_release(&p->a);
	}
	assert_true(read > 500);
	buf_release(&b);
}

/* -- texts that are cut off ----------------------------------------------- */

static void
test_every_prefix_ends(void **state)
{
	static const char text[] =
	    "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b \"x y\" "
	    "(1, 2) NOT NULL ON CONFLICT IGNORE DEFAULT (lower('x')) COLLATE "
	    "NOCASE CONSTRAINT n CHECK (b <> ')') REFERENCES u (a) ON DELETE "
	    "SET NULL MATCH FULL NOT DEFERRABLE INITIALLY DEFERRED, c "
	    "GENERATED ALWAYS AS (a) STORED, PRIMARY KEY (a COLLATE x DESC, b "
	    "+ 1), FOREIGN KEY (a, b) REFERENCES u, UNIQUE (a)) WITHOUT "
	    "ROWID, STRICT";
	/* where the text is whole */
	const size_t body = (size_t)(strstr(text, " WITHOUT") - text);
	const size_t rowid = (size_t)(strstr(text, ", STRICT") - text);
	struct place *p = *state;
	struct reader r;

	for (size_t n = 0; n < sizeof(text); n++) {
		struct table *t = arena_new(&p->a, struct table);

		t->name = "t";
		reader_init(
		    &r, &p->a, DIALECT_SQLITE, arena_strndup(&p->a, text, n));
		sqlite_read_table(&r, t);
		if (n == body || n == body + 1 || n == rowid ||
		    n == sizeof(text) - 1)
			assert_null(r.bad);
		else
			assert_non_null(r.bad);
		reader_release(&r);
	}
}

static void
test_bad_texts_say_where(void **state)
{
	static const struct {
		const char *text, *expected, *near;
	} cases[] = {
		{ "DROP TABLE t", "create", "DROP TABLE t" },
		{ "CREATE TABLE t", "(", "" },
		{ "CREATE TABLE t (a DEFAULT)", "a default", ")" },
		{ "CREATE TABLE t (a REFERENCES u ON DELETE x)", "an action",
		    "x)" },
		{ "CREATE TABLE t (a) WITHOUT x", "rowid", "x" },
		{ "CREATE TABLE t (a DEFAULT 'x", "a readable token", "'x" },
		{ "CREATE TABLE t (a UNIQUE ON CONFLICT x)",
		    "a way to resolve a conflict", "x)" },
		{ "CREATE TABLE t (a, UNIQUE ())", "a column or an expression",
		    "))" },
	};
	struct place *p = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct table *t = arena_new(&p->a, struct table);
		struct reader r;

		reader_init(&r, &p->a, DIALECT_SQLITE, cases[i].text);
		sqlite_read_table(&r, t);
		assert_non_null(r.bad);
		assert_string_equal(r.expected, cases[i].expected);
		assert_string_equal(r.bad, cases[i].near);
		reader_release(&r);
	}
}

/* -- the rest ------------------------------------------------------------- */

static void
test_what_only_text_says(void **state)
{
	struct place *p = *state;
	struct schema *s;
	struct table *t;

	memory(p);
	run(p, "CREATE TABLE t (\n"
	       "  id INTEGER PRIMARY KEY ON CONFLICT FAIL AUTOINCREMENT,\n"
	       "  a TEXT CONSTRAINT short CHECK (length(a) < 3),\n"
	       "  CONSTRAINT odd CHECK (id % 2)\n)");
	s = read_schema(p);
	t = schema_table(s, NULL, "T");
	assert_non_null(t);
	assert_true(strstr(t->sql, "CREATE TABLE t (\n  id INTEGER") != NULL);
	assert_int_equal(t->columns.v[0]->identity, IDENTITY_AUTOINCREMENT);
	assert_int_equal(t->constraints.n, 3);
	assert_string_equal(
	    constraint_more(t->constraints.v[0])->on_conflict, "FAIL");
	assert_string_equal(t->constraints.v[0]->column, "id");
	assert_string_equal(t->constraints.v[1]->name, "short");
	assert_string_equal(t->constraints.v[1]->column, "a");
	assert_string_equal(t->constraints.v[1]->check.text, "length(a) < 3");
	assert_string_equal(t->constraints.v[2]->name, "odd");
	assert_null(t->constraints.v[2]->column);
	assert_string_equal(t->constraints.v[2]->check.key, "id % 2");
}

static const char *
fingerprint(struct place *p)
{
	char hex[HASH_HEX];

	assert_true(introspect_fingerprint(p->db, hex, &p->err));
	assert_int_equal(strlen(hex), HASH_HEX - 1);
	return arena_strdup(&p->a, hex);
}

static void
test_fingerprint(void **state)
{
	static const char *const changes[] = {
		"CREATE TABLE t (a, b)",
		"ALTER TABLE t ADD COLUMN c",
		"CREATE INDEX i ON t (a)",
		"CREATE VIEW v AS SELECT a FROM t",
		"CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
		"ALTER TABLE t RENAME COLUMN c TO d",
		"DROP TRIGGER g",
		"DROP INDEX i; CREATE INDEX i ON t (b)",
	};
	struct place *p = *state;
	const char *before, *first;

	memory(p);
	first = before = fingerprint(p);
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		const char *now;

		run(p, changes[i]);
		now = fingerprint(p);
		assert_string_not_equal(before, now);
		assert_string_equal(now, fingerprint(p));
		before = now;
	}
	/* rows and what deesse and the engine keep for themselves are not the
	 * schema */
	run(p, "INSERT INTO t VALUES (1, 2, 3); ANALYZE;"
	       "CREATE TABLE _deesse_state (a PRIMARY KEY);"
	       "CREATE INDEX x ON _deesse_state (a)");
	assert_string_equal(before, fingerprint(p));
	run(p, "DROP VIEW v; DROP TABLE t; VACUUM");
	assert_string_equal(first, fingerprint(p));
}

/* A table is shared where it is the very same; one that differs in a column,
 * its order, an index more or less, or a key that must be looked up, is read.
 */
static void
test_like(void **state)
{
	static const char *const same =
	    "CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT, y);"
	    "CREATE INDEX a_x ON a (x);"
	    "CREATE TABLE b (a REFERENCES a (id))";
	static const struct {
		const char *sql;
		bool a, b;
	} cases[] = {
		{ "SELECT 1", true, true },
		{ "DROP INDEX a_x", false, true },
		{ "CREATE INDEX a_y ON a (y)", false, true },
		{ "DROP INDEX a_x; CREATE INDEX a_x ON a (x DESC)", false,
		    true },
		{ "ALTER TABLE a ADD COLUMN z", false, true },
		{ "DROP TABLE b; CREATE TABLE b (a REFERENCES a)", true,
		    false },
		{ "DROP TABLE b; CREATE INDEX b ON a (y)", false, false },
		{ "DROP TABLE a; CREATE TABLE a (x TEXT, id INTEGER PRIMARY "
		  "KEY, y); CREATE INDEX a_x ON a (x)",
		    false, true },
		{ "CREATE TABLE c (y)", true, true },
	};
	struct place *p = *state;
	struct schema *like, *got, *wanted;

	memory(p);
	run(p, same);
	like = read_schema(p);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *names[] = { "a", "b" };

		db_close(p->db);
		memory(p);
		run(p, same);
		run(p, cases[i].sql);
		wanted = read_schema(p);
		got = introspect_like(&p->a, p->db, like, &p->err);
		assert_non_null(got);
		assert_string_equal(
		    schema_text(&p->a, got), schema_text(&p->a, wanted));
		for (size_t k = 0; k < 2; k++) {
			bool shared = schema_table(got, NULL, names[k]) ==
				      schema_table(like, NULL, names[k]);

			if (shared != (k ? cases[i].b : cases[i].a))
				fail_msg("%s: %s", cases[i].sql, names[k]);
		}
	}
}

/* What the schema says does not depend on the order in which it was made. */
static void
test_order_does_not_count(void **state)
{
	struct place *p = *state;
	const char *one, *two, *one_text, *two_text;

	memory(p);
	run(p, "CREATE TABLE a (x REFERENCES b); CREATE TABLE b (y PRIMARY "
	       "KEY); CREATE INDEX i ON a (x); CREATE INDEX j ON b (y)");
	one = fingerprint(p);
	one_text = schema_text(&p->a, read_schema(p));
	db_close(p->db);
	memory(p);
	run(p, "CREATE TABLE b (y PRIMARY KEY); CREATE INDEX j ON b (y);"
	       "CREATE TABLE a (x REFERENCES b); CREATE INDEX i ON a (x)");
	two = fingerprint(p);
	two_text = schema_text(&p->a, read_schema(p));
	assert_string_equal(one, two);
	assert_string_equal(one_text, two_text);
}

/* Writes sqlite_schema as only a broken program would. */
static void
edit_schema(struct place *p, const char *sql)
{
	sqlite3 *handle = db_handle(p->db);

	sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
	run(p, sql);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0, NULL);
}

struct file {
	struct place *p;
	char path[64];
	struct db_url url;
};

static void
file_begin(struct place *p, struct file *f)
{
	int fd;

	f->p = p;
	snprintf(f->path, sizeof(f->path), "/tmp/deesse-introspect-XXXXXX");
	fd = mkstemp(f->path);
	assert_true(fd >= 0);
	close(fd);
	assert_true(db_url_parse(
	    &p->a, &f->url, arena_fmt(&p->a, "sqlite:%s", f->path), &p->err));
	assert_true(db_open(&p->db, &f->url, DB_WRITE, &p->err));
}

static void
file_again(struct file *f)
{
	db_close(f->p->db);
	assert_true(db_open(&f->p->db, &f->url, DB_READ, &f->p->err));
}

static void
test_schema_that_sqlite_cannot_read(void **state)
{
	struct place *p = *state;
	char hex[HASH_HEX];
	struct file f;

	file_begin(p, &f);
	run(p, "CREATE TABLE t (a)");
	edit_schema(p, "UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a'");
	file_again(&f);
	assert_null(introspect(&p->a, p->db, &p->err));
	assert_non_null(strstr(p->err.text, "is damaged"));
	assert_non_null(strstr(p->err.text, "malformed database schema (t)"));
	err_release(&p->err);
	assert_false(introspect_fingerprint(p->db, hex, &p->err));
	assert_non_null(strstr(p->err.text, "malformed database schema (t)"));
	unlink(f.path);
}

/* A virtual table whose module is not there can be read all the same. */
static void
test_module_that_is_not_there(void **state)
{
	struct place *p = *state;
	struct schema *s;
	struct file f;

	file_begin(p, &f);
	run(p, "CREATE TABLE t (a, b); CREATE VIRTUAL TABLE v USING fts5(x)");
	edit_schema(p, "UPDATE sqlite_schema SET sql = 'CREATE VIRTUAL TABLE "
		       "v USING nothing_known(x)' WHERE name = 'v'");
	file_again(&f);
	s = read_schema(p);
	assert_non_null(schema_object(s, OBJECT_VIRTUAL_TABLE, NULL, "v"));
	assert_non_null(schema_table(s, NULL, "t"));
	unlink(f.path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(test_golden),
		TEST(test_random_tables),
		TEST(test_every_prefix_ends),
		TEST(test_bad_texts_say_where),
		TEST(test_what_only_text_says),
		TEST(test_fingerprint),
		TEST(test_like),
		TEST(test_order_does_not_count),
		TEST(test_schema_that_sqlite_cannot_read),
		TEST(test_module_that_is_not_there),
	};

	bless = argc > 1 && !strcmp(argv[1], "--bless");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
