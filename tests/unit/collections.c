/* collections - a database as collections, and back
 *
 * tests/golden/pull/CASE: in.sql is a database, wanted.txt the text of its
 * collections. What was printed is compiled, and must be what was read, but for
 * what left_out.txt names. Run with --bless, wanted.txt is written anew.
 */
#include "tests/unit/plans.h"

#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "dsl/dsl.h"
#include "sync/pull.h"
#include "transpile/collections.h"

static char place[] = "/tmp/deesse-collections-XXXXXX";

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static void
clean(const char *name)
{
	struct arena a = { 0 };

	nftw(file_join(&a, place, name), remove_one, 8, FTW_DEPTH | FTW_PHYS);
	arena_release(&a);
}

static struct schema *
read_sql(struct arena *a, const char *sql)
{
	struct db *db = plans_open(a, sql);
	struct schema *s = plans_read(a, db);

	db_close(db);
	return s;
}

static void
print(struct arena *a, const struct schema *s, struct collection_files *files,
    struct unsaid_list *left_out)
{
	struct err err = { 0 };

	plans_must(
	    collections_print(a, s, files, left_out, &err), &err, "print");
}

/* ---------------------------------- golden -------------------------------- */

static void
show(struct buf *out, const char *sql)
{
	struct arena a = { 0 };
	struct collection_files files = { 0 };
	struct unsaid_list left_out = { 0 };

	print(&a, read_sql(&a, sql), &files, &left_out);
	for (size_t i = 0; i < left_out.n; i++)
		buf_fmt(out, "left out: %s: %s\n", left_out.v[i].what,
		    left_out.v[i].why);
	for (size_t i = 0; i < files.n; i++)
		buf_fmt(out, "%s==> %s <==\n%s", out->len ? "\n" : "",
		    files.v[i].path, files.v[i].text);
	arena_release(&a);
}

static void
each_case(void (*run)(struct arena *a, const char *path, const char *sql))
{
	struct arena a = { 0 };
	struct names found = { 0 };
	struct err err = { 0 };

	plans_must(
	    file_find(&a, &found, cases_path(&a, "golden/pull"), ".sql", &err),
	    &err, "cases");
	assert_true(found.n >= 6);
	for (size_t i = 0; i < found.n; i++) {
		struct buf sql = { 0 };

		plans_must(file_read(&sql, found.v[i], &err), &err, found.v[i]);
		run(&a, found.v[i], buf_str(&sql));
		buf_release(&sql);
	}
	arena_release(&a);
}

static void
compare_golden(struct arena *a, const char *path, const char *sql)
{
	struct buf got = { 0 };

	show(&got, sql);
	cases_compare(arena_fmt(a, "%.*s/wanted.txt",
			  (int)(strlen(path) - strlen("/in.sql")), path),
	    &got);
	buf_release(&got);
}

static void
test_golden(void **unused)
{
	(void)unused;
	each_case(compare_golden);
}

/* No line that could be broken is longer than the page. */
static void
assert_narrow(struct arena *a, const char *path, const char *sql)
{
	struct buf got = { 0 };
	const char *s;

	(void)path;
	show(&got, sql);
	for (s = buf_str(&got); *s; s += strcspn(s, "\n"), s += *s == '\n') {
		size_t n = 0, bytes = strcspn(s, "\n");

		for (size_t i = 0; i < bytes; i++)
			n += s[i] == '\t'                           ? 8
			     : ((unsigned char)s[i] & 0xc0) == 0x80 ? 0
								    : 1;
		if (n > 80 && !strstr(got.s, "CREATE "))
			fail_msg("%s", arena_strndup(a, s, bytes));
	}
	buf_release(&got);
}

static void
test_narrow(void **unused)
{
	(void)unused;
	each_case(assert_narrow);
}

static void
print_again(struct arena *a, const char *path, const char *sql)
{
	struct buf once = { 0 }, again = { 0 };

	(void)a;
	(void)path;
	show(&once, sql);
	show(&again, sql);
	assert_string_equal(buf_str(&once), buf_str(&again));
	buf_release(&once);
	buf_release(&again);
}

static void
test_same_bytes(void **unused)
{
	(void)unused;
	each_case(print_again);
}

/* -------------------------------- round trip ------------------------------ */

static void
make_database(const char *path, const char *sql)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	struct db *db = NULL;
	struct db_url url;

	unlink(path);
	plans_must(
	    db_url_parse(&a, &url, arena_fmt(&a, "sqlite:%s", path), &err),
	    &err, "url");
	plans_must(db_open(&db, &url, DB_WRITE, &err), &err, path);
	plans_must(db_exec(db, sql, &err), &err, sql);
	db_close(db);
	arena_release(&a);
}

static struct project
project_of(struct arena *a)
{
	struct project p = { .dsl.state_dir = file_join(a, place, "state"),
		.dsl.dir = file_join(a, place, "collections"),
		.dsl.dialect = DIALECT_SQLITE };
	struct err err = { 0 };

	plans_must(db_url_parse(
		       a, &p.url, arena_fmt(a, "sqlite:%s/a.db", place), &err),
	    &err, "url");
	return p;
}

static bool
is_left_out(const struct unsaid_list *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->v[i].name, name))
			return true;
	return false;
}

/* Everything of the database is in the collections as it was, or named. */
static void
assert_whole(struct arena *a, const struct schema *wanted,
    const struct schema *got, const struct unsaid_list *left_out)
{
	size_t missing = 0;

	for (size_t i = 0; i < wanted->tables.n; i++) {
		const struct table *t = wanted->tables.v[i];
		const struct table *u = schema_table(got, NULL, t->name);

		missing += is_left_out(left_out, t->name);
		if (is_left_out(left_out, t->name))
			continue;
		if (!u || !table_equal(DIALECT_SQLITE, t, u))
			fail_msg("%s differs\n%s\n---\n%s", t->name,
			    schema_text(a, wanted), schema_text(a, got));
		for (size_t k = 0; k < t->columns.n; k++)
			assert_string_equal(
			    t->columns.v[k]->name, u->columns.v[k]->name);
	}
	for (size_t i = 0; i < wanted->objects.n; i++) {
		const struct object *o = wanted->objects.v[i];
		const struct object *x = schema_object_like(got, o);

		missing += is_left_out(left_out, o->name);
		if (!is_left_out(left_out, o->name) &&
		    (!x || !expr_equal(&o->sql, &x->sql)))
			fail_msg("%s differs", o->name);
	}
	assert_int_equal(got->tables.n + got->objects.n + missing,
	    wanted->tables.n + wanted->objects.n);
	assert_int_equal(missing, left_out->n);
}

/* Pulls the database of this SQL, and compiles what was written. */
static void
pull_and_compile(struct arena *a, const char *sql, struct pull *p)
{
	struct project project = project_of(a);
	struct err err = { 0 };
	struct schema *got;

	clean("collections");
	make_database(project.url.path, sql);
	plans_must(pull_read(p, a, &project, &err), &err, "pull");
	plans_must(pull_write(p, &project, project.dsl.dir, false, &err), &err,
	    "write");
	got = dsl_compile(a, &project.dsl, &err);
	plans_must(got != NULL, &err, "compile");
	assert_whole(a, read_sql(a, sql), got, &p->left_out);
}

/* What the language cannot say stands in left_out.txt; nothing else may be
 * missing. */
static void
round_trip(struct arena *a, const char *path, const char *sql)
{
	struct buf known = { 0 };
	struct err err = { 0 };
	struct pull p;

	pull_and_compile(a, sql, &p);
	path = arena_fmt(a, "%.*s/left_out.txt",
	    (int)(strlen(path) - strlen("/in.sql")), path);
	if (file_exists(path))
		plans_must(file_read(&known, path, &err), &err, path);
	for (size_t i = 0; i < p.left_out.n; i++)
		if (!strstr(buf_str(&known),
			arena_fmt(a, "%s\n", p.left_out.v[i].what)))
			fail_msg("%s: %s: %s", path, p.left_out.v[i].what,
			    p.left_out.v[i].why);
	buf_release(&known);
}

static void
test_round_trips(void **unused)
{
	(void)unused;
	each_case(round_trip);
}

/* ------------------------- schemas by chance, but seeded ------------------ */

#define SEEDS 6 /* or $DEESSE_SEEDS */
#define TABLES 60

static unsigned long long state;

static unsigned
chance(unsigned n)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(state >> 33) % n;
}

static const char *
pick(const char *const *words, size_t n)
{
	return words[chance((unsigned)n)];
}

#define PICK(words) pick((words), sizeof(words) / sizeof(*(words)))

/* Adds a text with something for each #. */
static void
add_filled(struct buf *b, const char *text, const char *with)
{
	for (; *text; text++) {
		if (*text == '#')
			buf_puts(b, with);
		else
			buf_putc(b, *text);
	}
}

/* Columns that the language has words for; # is the column. */
static void
add_column(struct buf *b, const char *name, bool strict)
{
	static const char *const loose[] = { "TEXT", "INTEGER", "REAL", "BLOB",
		"text", "BOOLEAN CHECK (# IN (0, 1))", "TIMESTAMP", "DATE",
		"DECIMAL(8,3)", "DECIMAL", "TIME", "VARCHAR(9)", "INT", "",
		"numeric(4, 1)", "boolean", "TEXT COLLATE NOCASE" };
	static const char *const either[] = { "TEXT", "INTEGER", "REAL", "BLOB",
		"TEXT CHECK (length(#) = 36)",
		"TEXT CHECK (# IS NULL OR json_valid(#))",
		"TEXT CHECK (# IN ('a', 'it''s', ''))",
		"TEXT CHECK (length(#) <= 20) CHECK (# = lower(#))",
		"TEXT CHECK (length(#) >= 3 AND # <> 'x')",
		"INTEGER CHECK (# BETWEEN -32768 AND 32767)",
		"INTEGER CHECK (# >= -5) CHECK (# <= 7)",
		"REAL CHECK (# >= 0.5)",
		"INTEGER CHECK (# >= 7) CHECK (# <= 5)",
		"TEXT CHECK (# IN ('x', 'y')) CHECK (length(#) <= 3)",
		"BLOB CHECK (length(#) <= 9)" };
	static const char *const defaults[] = { "", "", "", " DEFAULT 1",
		" DEFAULT -3", " DEFAULT 'a'", " DEFAULT 'it''s'",
		" DEFAULT CURRENT_TIMESTAMP", " DEFAULT (1 + 2)",
		" DEFAULT x'0aFF'", " DEFAULT '{}'", " DEFAULT NULL",
		" DEFAULT 1.50", " DEFAULT TRUE" };
	const char *type = strict || chance(2) ? PICK(either) : PICK(loose);
	bool null = chance(2);

	buf_fmt(b, "%s ", name);
	add_filled(b, type, name);
	buf_fmt(b, "%s%s%s", null ? "" : " NOT NULL", PICK(defaults),
	    chance(6) ? "" : " UNIQUE");
}

static void
add_references(struct buf *b, unsigned table, unsigned i)
{
	static const char *const actions[] = { "", " ON DELETE CASCADE",
		" ON DELETE SET NULL", " ON UPDATE RESTRICT",
		" ON DELETE NO ACTION ON UPDATE SET DEFAULT",
		" DEFERRABLE INITIALLY DEFERRED", " MATCH FULL" };
	static const char *const ends[] = { "_id", "Id", "" };

	buf_fmt(b, ",\n\tr%u%s INTEGER%s REFERENCES \"t %u\" (id)%s", i,
	    PICK(ends), chance(3) ? "" : " NOT NULL", chance(table + 1),
	    PICK(actions));
}

/* The key of a table, and its first columns. */
static const char *
add_key(struct buf *b)
{
	static const char *const keys[] = { "id INTEGER PRIMARY KEY",
		"id INTEGER PRIMARY KEY",
		"id INTEGER PRIMARY KEY AUTOINCREMENT",
		"id INTEGER NOT NULL PRIMARY KEY",
		"/* the key */ id INTEGER CONSTRAINT pk PRIMARY KEY -- yes\n",
		"x INTEGER, id INTEGER UNIQUE, y TEXT, PRIMARY KEY (y, x)",
		"id INTEGER NOT NULL UNIQUE, y TEXT NOT NULL PRIMARY KEY",
		"y TEXT PRIMARY KEY, id INTEGER CONSTRAINT u UNIQUE",
		"z TEXT, id INTEGER, CONSTRAINT one UNIQUE (id)" };
	size_t n = chance(sizeof(keys) / sizeof(*keys));
	/* constraints stand after columns: these two end the table */
	bool ends = n == 5 || n == 8;

	buf_puts(b, keys[n]);
	return ends ? "" : ",\n\t";
}

static void
add_constraints(struct buf *b, const char *one, const char *other)
{
	if (chance(2))
		buf_fmt(b, ",\n\tUNIQUE (%s, %s)%s", other, one,
		    chance(3) ? "" : " ON CONFLICT IGNORE");
	if (chance(2))
		buf_fmt(b, ",\n\t%sCHECK (%s <> %s)",
		    chance(2) ? "CONSTRAINT \"differ here\" " : "", one, other);
}

static void
add_indexes(struct buf *b, unsigned table, const char *column)
{
	for (unsigned i = chance(3); i-- > 0;)
		buf_fmt(b, "CREATE %sINDEX \"%s%u %u\" ON \"t %u\" (%s%s)%s;\n",
		    chance(2) ? "" : "UNIQUE ", chance(2) ? "t " : "ix ", table,
		    i, table, column,
		    chance(3)   ? " DESC"
		    : chance(2) ? ", -id"
				: " COLLATE RTRIM, abs(id)",
		    chance(2) ? "" : " WHERE id > 5");
}

static void
add_table(struct arena *a, struct buf *b, unsigned table)
{
	static const char *const names[] = { "c#", "\"C #\"", "\"ORDER#\"",
		"x_y_#", "\"é#\"" };
	bool strict = !chance(5), timestamps = chance(2);
	unsigned columns = 1 + chance(6), relations = chance(3);
	const char *name[2] = { "", "" }, *between;

	buf_fmt(b, "CREATE TABLE \"t %u\" (\n\t", table);
	between = add_key(b);
	for (unsigned i = 0; *between && i < columns; i++) {
		struct buf n = { 0 };

		add_filled(&n, PICK(names), arena_fmt(a, "%u", i));
		name[i % 2] = arena_strdup(a, buf_str(&n));
		buf_release(&n);
		buf_puts(b, between);
		add_column(b, name[i % 2], strict);
	}
	for (unsigned i = 0; *between && i < relations; i++)
		add_references(b, table, i);
	if (*between && timestamps)
		add_filled(b,
		    ",\n\tcreated_at # NOT NULL DEFAULT CURRENT_TIMESTAMP,"
		    "\n\tupdated_at # NOT NULL DEFAULT CURRENT_TIMESTAMP",
		    strict ? "TEXT" : "TIMESTAMP");
	if (*name[1])
		add_constraints(b, name[0], name[1]);
	buf_fmt(b, "\n)%s;\n", strict ? " STRICT" : "");
	add_indexes(b, table, *name[0] ? name[0] : "id");
}

static void
test_by_chance(void **unused)
{
	const char *more = getenv("DEESSE_SEEDS");
	unsigned last = more ? (unsigned)atoi(more) : SEEDS;

	(void)unused;
	for (unsigned seed = 1; seed <= last; seed++) {
		struct arena a = { 0 };
		struct buf sql = { 0 };
		struct pull p;

		state = seed;
		for (unsigned i = 0; i < TABLES; i++)
			add_table(&a, &sql, i);
		pull_and_compile(&a, buf_str(&sql), &p);
		if (p.left_out.n)
			fail_msg("seed %u: %s: %s", seed, p.left_out.v[0].what,
			    p.left_out.v[0].why);
		assert_int_equal(p.files.n, TABLES);
		buf_release(&sql);
		arena_release(&a);
	}
}

/* ---------------------------------- files --------------------------------- */

static const char two[] = "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT);"
			  "CREATE TABLE b (id INTEGER PRIMARY KEY, n TEXT);";

static bool
pull_again(struct arena *a, struct pull *p, bool force, struct err *err)
{
	struct project project = project_of(a);

	return pull_read(p, a, &project, err) &&
	       pull_write(p, &project, project.dsl.dir, force, err);
}

static const char *
text_of(struct arena *a, const char *name)
{
	struct err err = { 0 };
	struct buf b = { 0 };
	const char *path = arena_fmt(a, "%s/collections/%s", place, name), *s;

	plans_must(file_read(&b, path, &err), &err, path);
	s = arena_strdup(a, buf_str(&b));
	buf_release(&b);
	return s;
}

static void
test_files(void **unused)
{
	static const char mine[] = "/* mine */\n";
	struct arena a = { 0 };
	struct pull p;
	struct err err = { 0 };
	const char *b_c, *a_c = arena_fmt(&a, "%s/collections/a.c", place);

	(void)unused;
	pull_and_compile(&a, two, &p);
	assert_int_equal(p.written.n, 4);
	b_c = text_of(&a, "b.c");

	/* the same again writes nothing */
	assert_true(pull_again(&a, &p, false, &err));
	assert_int_equal(p.written.n, 0);
	assert_int_equal(p.kept.n, 2);

	/* a file with another text stops all */
	assert_true(file_write(a_c, mine, strlen(mine), 0644, &err));
	assert_int_equal(unlink(arena_fmt(&a, "%s/collections/b.c", place)), 0);
	assert_false(pull_again(&a, &p, false, &err));
	assert_int_equal(err.kind, ERR_DECISION);
	assert_non_null(strstr(err.text, "collections/a.c"));
	assert_null(strstr(err.text, "collections/b.c"));
	assert_string_equal(text_of(&a, "a.c"), mine);
	assert_false(file_exists(arena_fmt(&a, "%s/collections/b.c", place)));
	err_release(&err);

	assert_true(pull_again(&a, &p, true, &err));
	assert_non_null(strstr(text_of(&a, "a.c"), "COLLECTION(a"));
	assert_string_equal(text_of(&a, "b.c"), b_c);
	arena_release(&a);
}

static void
test_others(void **unused)
{
	static const char old[] = "/* of a table that went */\n";
	struct arena a = { 0 };
	struct pull p;
	struct err err = { 0 };
	const char *path = arena_fmt(&a, "%s/collections/old.c", place);

	(void)unused;
	pull_and_compile(&a, two, &p);
	assert_int_equal(p.others.n, 0);
	assert_true(file_write(path, old, strlen(old), 0644, &err));
	assert_true(pull_again(&a, &p, false, &err));
	assert_int_equal(p.others.n, 1);
	assert_string_equal(p.others.v[0], path);
	assert_string_equal(text_of(&a, "old.c"), old);
	arena_release(&a);
}

static void
test_empty(void **unused)
{
	struct arena a = { 0 };
	struct project project = project_of(&a);
	struct err err = { 0 };
	struct pull p;

	(void)unused;
	make_database(project.url.path, "SELECT 1");
	assert_true(pull_read(&p, &a, &project, &err));
	assert_int_equal(p.files.n, 1);
	assert_non_null(strstr(p.files.v[0].text, "held nothing"));
	arena_release(&a);
}

static void
test_config(void **unused)
{
	struct arena a = { 0 };

	(void)unused;
	assert_string_equal(collections_config(&a, "sqlite:a \"b\".db", NULL),
	    "#include <deesse/dsl.h>\n\n"
	    "CONFIG(.database = \"sqlite:a \\\"b\\\".db\");\n");
	assert_string_equal(collections_config(&a, NULL, NULL),
	    "#include <deesse/dsl.h>\n\n"
	    "CONFIG(.database_env = \"DATABASE_URL\");\n");
	arena_release(&a);
}

/* ------------------------------- PostgreSQL ------------------------------- */

static struct schema *
compile_postgres(struct arena *a, const char *dir, struct err *err)
{
	struct dsl_options o = { .dir = dir,
		.state_dir = file_join(a, place, "state"),
		.dialect = DIALECT_POSTGRES };

	return dsl_compile(a, &o, err);
}

static void
write_below(struct arena *a, const char *dir, const struct collection_file *f)
{
	char *path = file_join(a, dir, f->path), *slash = strrchr(path, '/');
	struct err err = { 0 };

	*slash = '\0';
	plans_must(file_mkdirs(path, 0755, &err), &err, path);
	*slash = '/';
	plans_must(
	    file_write(path, f->text, strlen(f->text), 0644, &err), &err, path);
}

/* What collections mean for PostgreSQL is printed, and means the same again,
 * the order of columns included. */
static void
print_and_compile(struct arena *a, const char *dir)
{
	struct collection_files files = { 0 };
	struct unsaid_list left_out = { 0 };
	struct err err = { 0 };
	struct schema *s = compile_postgres(a, dir, &err), *again;
	const char *to = file_join(a, place, "collections");

	plans_must(s != NULL, &err, dir);
	print(a, s, &files, &left_out);
	if (left_out.n)
		fail_msg(
		    "%s: %s: %s", dir, left_out.v[0].what, left_out.v[0].why);
	clean("collections");
	for (size_t i = 0; i < files.n; i++)
		write_below(a, to, &files.v[i]);
	again = compile_postgres(a, to, &err);
	plans_must(again != NULL, &err, dir);
	assert_string_equal(schema_text(a, s), schema_text(a, again));
	for (size_t i = 0; i < s->tables.n; i++) {
		const struct table *t = s->tables.v[i];
		const struct table *u = schema_table(again, t->schema, t->name);

		for (size_t k = 0; k < t->columns.n; k++)
			assert_string_equal(
			    t->columns.v[k]->name, u->columns.v[k]->name);
	}
}

static void
test_postgres(void **unused)
{
	static const char *const stages[] = { "dsl", "transpile", "wishes" };
	struct arena a = { 0 };
	size_t tried = 0;

	(void)unused;
	for (size_t i = 0; i < sizeof(stages) / sizeof(*stages); i++) {
		struct names found = { 0 };
		struct map done = { 0 };
		struct err err = { 0 };

		plans_must(
		    file_find(&a, &found,
			cases_path(&a, arena_fmt(&a, "golden/%s", stages[i])),
			".c", &err),
		    &err, "cases");
		for (size_t k = 0; k < found.n; k++) {
			const char *at = strstr(found.v[k], "/collections/");
			const char *dir = at ? arena_strndup(&a, found.v[k],
						   (size_t)(at - found.v[k]) +
						       strlen("/collections"))
					     : NULL;

			if (!dir || map_put(&a, &done, dir, &done))
				continue;
			print_and_compile(&a, dir);
			tried++;
		}
	}
	assert_true(tried >= 15);
	arena_release(&a);
}

static int
begin(void **unused)
{
	(void)unused;
	return mkdtemp(place) ? 0 : -1;
}

static int
end(void **unused)
{
	(void)unused;
	return nftw(place, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_narrow),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_round_trips),
		cmocka_unit_test(test_by_chance),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_config),
		cmocka_unit_test(test_postgres),
	};

	cases_bless = argc > 1 && !strcmp(argv[1], "--bless");
	return cmocka_run_group_tests(tests, begin, end);
}
