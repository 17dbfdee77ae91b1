/* dsl - tests of collections becoming a schema
 *
 * Golden cases stand in tests/golden/dsl and tests/golden/errors; with
 * DEESSE_BLESS=1 in the environment what comes out is written there.
 */
#include <dirent.h>
#include <elf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/proc.h"
#include "base/text.h"
#include "dsl/deesse/dsl.h"
#include "dsl/explain.h"
#include "dsl/image.h"
#include "dsl/lower.h"
#include "dsl/options.h"
#include "dsl/page.h"

static char state[] = "/tmp/deesse-dsl-XXXXXX";
static char root[4096], begun_in[4096];
static const char *const compilers[] = { "gcc", "clang-14", "clang" };

static bool
have(const char *program)
{
	const char *argv[] = { program, "--version", NULL };
	struct proc p = { .argv = argv };
	struct err err = { 0 };
	bool ok = proc_run(&p, &err) && p.status == 0;

	proc_release(&p);
	err_release(&err);
	return ok;
}

static void
remove_below(const char *path)
{
	const char *argv[] = { "rm", "-rf", "--", path, NULL };
	struct proc p = { .argv = argv };
	struct err err = { 0 };

	assert_true(proc_run(&p, &err));
	proc_release(&p);
}

static void
clean(void)
{
	assert_int_equal(chdir(begun_in), 0);
	remove_below(state);
	assert_int_equal(mkdir(state, 0700), 0);
	unsetenv("DEESSE_CC");
}

static void
write_text(const char *path, const char *text)
{
	struct err err = { 0 };

	assert_true(file_write(path, text, strlen(text), 0644, &err));
}

/* Compares with the file, or writes it. */
static bool
matches(const char *path, const char *got)
{
	struct buf wanted = { 0 };
	struct err err = { 0 };
	bool same;

	if (getenv("DEESSE_BLESS")) {
		write_text(path, got);
		return true;
	}
	same = file_read(&wanted, path, &err) && !strcmp(buf_str(&wanted), got);
	if (!same)
		print_error("%s/%s: wanted\n%s\ngot\n%s\n",
		    getcwd((char[4096]){ 0 }, 4096), path, buf_str(&wanted),
		    got);
	buf_release(&wanted);
	err_release(&err);
	return same;
}

/* Lists the folders in tests/golden/stage. */
static void
cases(struct arena *a, struct names *out, const char *stage)
{
	const char *dir = arena_fmt(a, "%s/tests/golden/%s", root, stage);
	struct dirent **list;
	int n = scandir(dir, &list, NULL, alphasort);

	assert_true(n > 2);
	for (int i = 0; i < n; i++) {
		const char *path = file_join(a, dir, list[i]->d_name);

		if (list[i]->d_name[0] != '.' &&
		    file_exists(file_join(a, path, "collections")))
			vec_push(a, out, path);
		free(list[i]);
	}
	free(list);
}

static struct dsl_options
options(enum dialect d)
{
	return (struct dsl_options){
		.dir = "collections", .state_dir = state, .dialect = d
	};
}

/* ---------------------------------- golden -------------------------------- */

static const char *
compile_text(struct arena *a, enum dialect d)
{
	struct dsl_options o = options(d);
	struct err err = { 0 };
	struct schema *s = dsl_compile(a, &o, &err);
	const char *text =
	    s ? schema_text(a, s) : arena_fmt(a, "%s\n", err.text);

	err_release(&err);
	return text;
}

/* As compile_text, each file by itself. */
static const char *
alone_text(struct arena *a, enum dialect d)
{
	struct dsl_options o = options(d);
	struct build b = {
		.arena = a, .report = { .arena = a }, .alone = true
	};
	struct err err = { 0 };

	assert_true(build_begin(&b, &o, "alone",
	    d == DIALECT_SQLITE ? "DEESSE_SQLITE" : "DEESSE_POSTGRES", &err));
	assert_true(sources_list(a, &b.cache.listed, o.dir, &err));
	if (!build_objects(&b, &err))
		fail_msg("%s", err.text);
	return schema_text(a, lower(&b));
}

static void
test_golden(void **unused)
{
	struct arena a = { 0 };
	struct names all = { 0 };
	size_t wrong = 0;

	(void)unused;
	cases(&a, &all, "dsl");
	for (size_t i = 0; i < all.n; i++) {
		assert_int_equal(chdir(all.v[i]), 0);
		for (enum dialect d = 0; d < DIALECT_COUNT; d++) {
			const char *name =
			    arena_fmt(&a, "wanted.%s.txt", dialect_name(d));
			const char *got = compile_text(&a, d);

			wrong += !matches(name, got);
			if (strcmp(got, alone_text(&a, d))) {
				print_error(
				    "%s: one unit and many differ\n", all.v[i]);
				wrong++;
			}
		}
	}
	arena_release(&a);
	clean();
	assert_int_equal(wrong, 0);
}

static void
test_errors(void **unused)
{
	struct arena a = { 0 };
	struct names all = { 0 };
	size_t wrong = 0, ran = 0;

	(void)unused;
	cases(&a, &all, "errors");
	for (size_t c = 0; c < 3; c++) {
		if (!have(compilers[c])) {
			print_message("SKIP: no %s\n", compilers[c]);
			continue;
		}
		clean();
		setenv("DEESSE_CC", compilers[c], 1);
		ran++;
		for (size_t i = 0; i < all.n; i++) {
			assert_int_equal(chdir(all.v[i]), 0);
			wrong += !matches("wanted.sqlite.txt",
			    compile_text(&a, DIALECT_SQLITE));
			if (file_exists("wanted.postgres.txt"))
				wrong += !matches("wanted.postgres.txt",
				    compile_text(&a, DIALECT_POSTGRES));
		}
	}
	arena_release(&a);
	clean();
	assert_true(ran > 0);
	assert_int_equal(wrong, 0);
}

/* ---------------------------------- wishes -------------------------------- */

/* Five projects, and which databases they are for. */
static const struct {
	const char *name;
	bool dialects[DIALECT_COUNT];
} wishes[] = {
	{ "shop", { true, true } },
	{ "saas", { true, true } },
	{ "events", { [DIALECT_POSTGRES] = true } },
	{ "legacy", { [DIALECT_POSTGRES] = true } },
	{ "search", { [DIALECT_POSTGRES] = true } },
};

/* Does the compiler find anything to say about the files, asked for all? */
static bool
is_quiet(const char *compiler, const char *define)
{
	const char *script =
	    "for f in collections/*.c; do \"$0\" -std=c11 -pedantic-errors "
	    "-Wall -Wextra -Werror -Wno-missing-braces -fsyntax-only \"-D$1\" "
	    "-isystem \"$2/include\" \"$f\" || exit 1; done";
	const char *argv[] = { "sh", "-c", script, compiler, define, state,
		NULL };
	struct proc p = { .argv = argv };
	struct err err = { 0 };
	bool ok = proc_run(&p, &err) && p.status == 0;

	proc_release(&p);
	err_release(&err);
	return ok;
}

static size_t
wish(struct arena *a, size_t i, enum dialect d, const char *compiler)
{
	const char *name = arena_fmt(a, "wanted.%s.txt", dialect_name(d));
	const char *got = compile_text(a, d);
	const char *defines[] = { "DEESSE_SQLITE", "DEESSE_POSTGRES" };
	size_t wrong = !matches(name, got);

	if (strcmp(got, alone_text(a, d)) != 0) {
		print_error("%s: one unit and many differ\n", wishes[i].name);
		wrong++;
	}
	if (!is_quiet(compiler, defines[d])) {
		print_error("%s: %s warns\n", wishes[i].name, compiler);
		wrong++;
	}
	return wrong;
}

static void
test_wishes(void **unused)
{
	struct arena a = { 0 };
	size_t wrong = 0;

	(void)unused;
	for (size_t c = 0; c < 2; c++) {
		if (!have(compilers[c])) {
			print_message("SKIP: no %s\n", compilers[c]);
			continue;
		}
		clean();
		setenv("DEESSE_CC", compilers[c], 1);
		for (size_t i = 0; i < sizeof(wishes) / sizeof(*wishes); i++) {
			assert_int_equal(
			    chdir(arena_fmt(&a, "%s/tests/golden/wishes/%s",
				root, wishes[i].name)),
			    0);
			for (enum dialect d = 0; d < DIALECT_COUNT; d++)
				if (wishes[i].dialects[d])
					wrong += wish(&a, i, d, compilers[c]);
		}
	}
	arena_release(&a);
	clean();
	assert_int_equal(wrong, 0);
}

/* ---------------------------------- manual -------------------------------- */

/* Every example of the manual compiles, for both dialects. */
static void
test_manual(void **unused)
{
	struct arena a = { 0 };
	struct buf text = { 0 };
	struct err err = { 0 };
	const char *at;
	int n = 0;

	(void)unused;
	clean();
	if (!file_read(
		&text, arena_fmt(&a, "%s/docs/collections.md", root), &err))
		fail_msg("%s", err.text);
	assert_int_equal(chdir(state), 0);
	assert_int_equal(mkdir("collections", 0700), 0);
	for (at = buf_str(&text); (at = strstr(at, "```c\n")); n++) {
		const char *end = strstr(at += 5, "```");

		assert_non_null(end);
		write_text("collections/manual.c",
		    arena_strndup(&a, at, (size_t)(end - at)));
		for (enum dialect d = 0; d < DIALECT_COUNT; d++) {
			const char *got = compile_text(&a, d);

			if (!text_starts(got, dialect_name(d)))
				fail_msg("example %d: %s", n + 1, got);
		}
		at = end + 3;
	}
	assert_true(n >= 4);
	buf_release(&text);
	arena_release(&a);
	clean();
}

/* ---------------------------------- saved --------------------------------- */

static const char *
saved_text(struct arena *a, enum dialect d)
{
	struct dsl_options o = options(d);
	struct dsl_config config = { .role = "owner", .debounce_ms = 7 };
	struct buf b = { 0 };
	struct err err = { 0 };
	struct schema *s = dsl_compile(a, &o, &err);
	const char *text;

	if (!s || !dsl_save(&b, s, &config, &err))
		fail_msg("%s", err.text);
	text = arena_strdup(a, buf_str(&b));
	buf_release(&b);
	return text;
}

/* What is saved and read back is the same to the letter. */
static void
test_saved(void **unused)
{
	static const char *const stages[] = { "dsl", "wishes" };
	struct arena a = { 0 };
	struct names all = { 0 };

	(void)unused;
	for (size_t i = 0; i < 2; i++)
		cases(&a, &all, stages[i]);
	for (size_t i = 0; i < all.n; i++) {
		struct dsl_options o = options(DIALECT_POSTGRES);
		struct dsl_config config = { 0 };
		struct buf again = { 0 };
		struct err err = { 0 };
		const char *text, *file;
		struct schema *s;

		assert_int_equal(chdir(all.v[i]), 0);
		text = saved_text(&a, o.dialect);
		file = arena_fmt(&a, "%s/saved.json", state);
		write_text(file, text);
		o.dir = file;
		s = dsl_compile(&a, &o, &err);
		if (!s || !dsl_config(&a, &o, &config, &err) ||
		    !dsl_save(&again, s, &config, &err))
			fail_msg("%s: %s", all.v[i], err.text);
		assert_string_equal(buf_str(&again), text);
		o.dir = "collections";
		assert_string_equal(
		    schema_text(&a, s), compile_text(&a, o.dialect));
		buf_release(&again);
	}
	arena_release(&a);
	clean();
}

/* Adds tables whose JSON is some hundred kilobytes. */
static void
add_tables(struct arena *a, struct schema *s)
{
	for (int i = 0; i < 2000; i++) {
		struct table *t = arena_new(a, struct table);
		struct column *c = arena_new(a, struct column);

		t->name = t->slug = arena_fmt(a, "table%d", i);
		c->name = "name";
		c->type = "TEXT";
		vec_push(a, &t->columns, c);
		vec_push(a, &s->tables, t);
	}
}

/* A file is written in pieces, and is whole or not there. */
static void
test_saved_file(void **unused)
{
	struct arena a = { 0 };
	struct schema s = { 0 };
	struct dsl_config config = { .role = "owner" };
	struct buf text = { 0 }, got = { 0 };
	struct names found = { 0 };
	struct err err = { 0 };

	(void)unused;
	clean();
	assert_int_equal(chdir(state), 0);
	add_tables(&a, &s);
	assert_true(dsl_save(&text, &s, &config, &err));
	assert_in_range(text.len, 200000, 2000000);
	assert_true(dsl_save_file("saved.json", &s, &config, &err));
	assert_true(file_read(&got, "saved.json", &err));
	assert_string_equal(buf_str(&got), buf_str(&text));

	s.tables.v[s.tables.n - 1]->comment = "\xff";
	assert_false(dsl_save_file("saved.json", &s, &config, &err));
	assert_non_null(strstr(err.text, "is not UTF-8"));
	err_release(&err);
	assert_true(file_find(&a, &found, ".", "", &err));
	assert_int_equal(found.n, 1);
	buf_cut(&got, 0);
	assert_true(file_read(&got, "saved.json", &err));
	assert_string_equal(buf_str(&got), buf_str(&text));
	buf_release(&text);
	buf_release(&got);
	arena_release(&a);
	clean();
}

static void
refused(const char *text, const char *wanted)
{
	struct arena a = { 0 };
	struct dsl_options o = options(DIALECT_SQLITE);
	struct err err = { 0 };

	write_text("saved.json", text);
	o.dir = "saved.json";
	assert_null(dsl_compile(&a, &o, &err));
	if (!strstr(err.text, wanted))
		fail_msg("'%s' does not say '%s'", err.text, wanted);
	err_release(&err);
	arena_release(&a);
}

#define SAVED(schema) "{\"deesse-schema\": 1, \"schema\": " schema "}"
#define TABLE(members)                                                         \
	SAVED("{\"dialect\": \"sqlite\", \"tables\": [{\"name\": \"t\", "      \
	      "\"columns\": [{\"name\": \"c\"}], " members "}]}")

static void
test_saved_refused(void **unused)
{
	(void)unused;
	clean();
	assert_int_equal(chdir(state), 0);
	refused("", "saved.json:1:");
	refused("{\"a\": 1, \"a\": 2}", "duplicate");
	refused("[]", "saved.json is no compiled schema");
	refused(
	    "{\"deesse-schema\": 2}", "has format 2, and this deesse reads 1");
	refused("{\"deesse-schema\": 1}", "schema is no object");
	refused(SAVED("{}"), "schema has no dialect");
	refused(SAVED("{\"dialect\": \"db2\"}"), "schema.dialect is not");
	refused(SAVED("{\"dialect\": \"postgres\"}"),
	    "was compiled for postgres, and the database is sqlite");
	refused(SAVED("{\"dialect\": \"sqlite\", \"odd\": 1}"),
	    "schema has 'odd', which is not known here");
	refused(SAVED("{\"dialect\": \"sqlite\", \"tables\": [{}]}"),
	    "schema.tables[0] has no name");
	refused(
	    TABLE("\"strict\": 1"), "tables[0].strict is not true or false");
	refused(TABLE("\"was\": [1]"), "tables[0].was is not a list of texts");
	refused(TABLE("\"slug\": \"a\\u0000b\""), "\\u0000 is not allowed");
	refused(
	    TABLE("\"source\": \"a.c\""), "source is not a file and a line");
	refused(TABLE("\"indexes\": [{\"name\": \"i\"}]"),
	    "the index i is on nothing");
	refused(TABLE("\"indexes\": [{\"name\": \"i\", \"parts\": "
		      "[{\"column\": \"x\"}]}]"),
	    "an index of table t names the column 'x', which it does not have");
	refused(TABLE("\"constraints\": [{\"kind\": \"none\"}]"),
	    "constraints[0].kind is not a word that is known here");
	refused(TABLE("\"constraints\": [{\"kind\": \"foreign key\", "
		      "\"parts\": [{\"column\": \"c\"}]}]"),
	    "a foreign key of table t refers to nothing");
	refused(TABLE("\"constraints\": [{\"kind\": \"check\"}]"),
	    "a constraint of table t says nothing");
	clean();
}

/* A saved file with any byte changed is read or refused, and no more. */
static void
test_saved_damaged(void **unused)
{
	struct arena a = { 0 };
	char *text;
	size_t n, read = 0;
	unsigned seed = 1;

	(void)unused;
	assert_int_equal(
	    chdir(arena_fmt(&a, "%s/tests/golden/wishes/shop", root)), 0);
	text = arena_strdup(&a, saved_text(&a, DIALECT_SQLITE));
	n = strlen(text);
	assert_int_equal(chdir(state), 0);
	for (int i = 0; i < 2000; i++) {
		static const char odd[] = "{}[]\",:x0- \\n";
		struct arena mine = { 0 };
		struct dsl_options o = options(DIALECT_SQLITE);
		struct err err = { 0 };
		size_t at = (seed = seed * 1103515245 + 12345) / 7 % n;
		char kept = text[at];

		text[at] = odd[(seed >> 3) % (sizeof(odd) - 1)];
		write_text("saved.json", text);
		text[at] = kept;
		o.dir = "saved.json";
		if (dsl_compile(&mine, &o, &err))
			read++;
		else
			assert_true(err.text && *err.text);
		err_release(&err);
		arena_release(&mine);
	}
	/* both happen: a letter in a name is none of the reader's business */
	assert_in_range(read, 1, 1999);
	arena_release(&a);
	clean();
}

/* ---------------------------------- cache --------------------------------- */

static const char posts[] =
    "#include <deesse/dsl.h>\n"
    "#include \"shared.h\"\n"
    "COLLECTION(posts) = { TEXT(title, .max = MAX) };\n";

/* Makes a project in the state folder, and a compiler that counts its runs. */
static void
begin_project(struct arena *a)
{
	const char *cc = arena_fmt(a, "%s/cc", state);

	clean();
	assert_int_equal(chdir(state), 0);
	assert_int_equal(mkdir("collections", 0700), 0);
	write_text("collections/posts.c", posts);
	write_text("collections/shared.h", "#define MAX 10\n");
	write_text("cc", "#!/bin/sh\necho x >> \"$COUNT\"\nexec cc \"$@\"\n");
	assert_int_equal(chmod("cc", 0700), 0);
	setenv("DEESSE_CC", cc, 1);
	setenv("COUNT", arena_fmt(a, "%s/runs", state), 1);
	/* young files are not trusted: a compiler may have read an older one */
	usleep(50000);
}

static size_t
runs(void)
{
	struct buf b = { 0 };
	struct err err = { 0 };
	size_t n;

	if (!file_exists("runs"))
		return 0;
	assert_true(file_read(&b, "runs", &err));
	n = b.len / 2;
	buf_release(&b);
	return n;
}

static const char *
schema_now(struct arena *a)
{
	return compile_text(a, DIALECT_SQLITE);
}

static void
key_now(char hex[HASH_HEX], bool wanted)
{
	struct dsl_options o = options(DIALECT_SQLITE);

	assert_int_equal(dsl_key(&o, hex), wanted);
}

static void
test_cache_hit(void **unused)
{
	struct arena a = { 0 };
	char first[HASH_HEX], second[HASH_HEX];
	const char *text;

	(void)unused;
	begin_project(&a);
	key_now(first, false);
	text = schema_now(&a);
	assert_non_null(strstr(text, "length ( title ) <= 10"));
	assert_int_equal(runs(), 1);
	key_now(first, true);
	assert_string_equal(schema_now(&a), text);
	assert_int_equal(runs(), 1);

	/* touched, the content is the same */
	write_text("collections/posts.c", posts);
	assert_string_equal(schema_now(&a), text);
	key_now(second, true);
	assert_string_equal(first, second);
	assert_int_equal(runs(), 1);
	arena_release(&a);
	clean();
}

static void
test_cache_miss(void **unused)
{
	struct arena a = { 0 };
	char first[HASH_HEX], second[HASH_HEX];

	(void)unused;
	begin_project(&a);
	schema_now(&a);
	key_now(first, true);

	/* of the same size, and at once: times alone would not tell */
	write_text("collections/shared.h", "#define MAX 20\n");
	key_now(second, false);
	usleep(50000);
	assert_non_null(strstr(schema_now(&a), "<= 20"));
	key_now(second, true);
	assert_string_not_equal(first, second);
	assert_int_equal(runs(), 2);

	/* back again: the older entry still holds */
	write_text("collections/shared.h", "#define MAX 10\n");
	assert_non_null(strstr(schema_now(&a), "<= 10"));
	key_now(second, true);
	assert_string_equal(first, second);
	assert_int_equal(runs(), 2);

	write_text("collections/new.c", "#include <deesse/dsl.h>\n"
					"COLLECTION(new) = { TEXT(a) };\n");
	key_now(second, false);
	assert_non_null(strstr(schema_now(&a), "table new"));
	assert_int_equal(runs(), 3);
	unlink("collections/new.c");
	assert_null(strstr(schema_now(&a), "table new"));
	assert_int_equal(runs(), 3);
	write_text("collections/compile_flags.txt", "-DX\n");
	key_now(second, false);
	arena_release(&a);
	clean();
}

static void
test_cache_damaged(void **unused)
{
	static const char *const suffixes[] = { ".o", ".files" };
	struct arena a = { 0 };
	const char *text;

	(void)unused;
	begin_project(&a);
	text = schema_now(&a);
	for (size_t i = 0; i < 2; i++) {
		struct names found = { 0 };
		struct buf b = { 0 };
		struct err err = { 0 };

		assert_true(file_find(&a, &found, "cache", suffixes[i], &err));
		assert_int_equal(found.n, 1);
		assert_true(file_read(&b, found.v[0], &err));
		b.s[b.len / 2] ^= 1;
		assert_true(file_write(found.v[0], b.s, b.len, 0600, &err));
		buf_release(&b);
		assert_string_equal(schema_now(&a), text);
		assert_int_equal(runs(), 2 + i);
	}
	arena_release(&a);
	clean();
}

static const char *
only_file(struct arena *a, const char *suffix)
{
	struct names found = { 0 };
	struct err err = { 0 };

	assert_true(file_find(a, &found, "cache", suffix, &err));
	assert_int_equal(found.n, 1);
	return found.v[0];
}

/* What was lowered is kept from the second time on: then it needs no object. It
 * holds as long as the sources are the same, and its bytes. */
static void
test_lowered_is_kept(void **unused)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	struct buf b = { 0 };
	const char *text, *path;

	(void)unused;
	begin_project(&a);
	text = schema_now(&a);
	assert_string_equal(schema_now(&a), text);
	path = only_file(&a, ".schema");
	assert_int_equal(unlink(only_file(&a, ".o")), 0);
	assert_string_equal(schema_now(&a), text);
	assert_int_equal(runs(), 1);

	assert_true(file_read(&b, path, &err));
	b.s[b.len - 10] ^= 1;
	assert_true(file_write(path, b.s, b.len, 0600, &err));
	buf_release(&b);
	assert_string_equal(schema_now(&a), text);
	assert_int_equal(runs(), 2);
	assert_string_equal(schema_now(&a), text);

	write_text("collections/shared.h", "#define MAX 77\n");
	usleep(50000);
	assert_non_null(strstr(schema_now(&a), "<= 77"));
	assert_int_equal(runs(), 3);
	arena_release(&a);
	clean();
}

static void
test_cache_is_pruned(void **unused)
{
	struct arena a = { 0 };
	struct names found = { 0 };
	struct err err = { 0 };

	(void)unused;
	begin_project(&a);
	for (int i = 0; i < 7; i++) {
		write_text("collections/shared.h",
		    arena_fmt(&a, "#define MAX %d\n", 100 + i));
		usleep(30000);
		schema_now(&a);
	}
	assert_true(file_find(&a, &found, "cache", ".o", &err));
	assert_int_equal(found.n, 4);
	arena_release(&a);
	clean();
}

static void
test_files(void **unused)
{
	struct arena a = { 0 };
	struct names files = { 0 };
	struct err err = { 0 };
	struct dsl_options o = options(DIALECT_SQLITE);

	(void)unused;
	begin_project(&a);
	assert_int_equal(mkdir("beside", 0700), 0);
	write_text("beside/max.h", "#define MAX 3\n");
	write_text("collections/shared.h", "#include \"../beside/max.h\"\n");
	usleep(50000);
	schema_now(&a);
	assert_true(dsl_files(&a, &o, &files, &err));
	assert_int_equal(files.n, 3);
	assert_string_equal(files.v[0], "collections/posts.c");
	assert_string_equal(files.v[1], "collections/shared.h");
	assert_true(text_ends(files.v[2], "beside/max.h"));
	arena_release(&a);
	clean();
}

/* --------------------------------- compiler ------------------------------- */

static void
test_compiler_missing(void **unused)
{
	struct arena a = { 0 };
	char *path = arena_strdup(&a, getenv("PATH"));

	(void)unused;
	begin_project(&a);
	setenv("DEESSE_CC", "no-such-compiler", 1);
	assert_non_null(strstr(schema_now(&a), "no-such-compiler"));
	unsetenv("DEESSE_CC");
	setenv("PATH", "/nowhere", 1);
	assert_non_null(strstr(schema_now(&a), "apt-get install gcc"));
	setenv("PATH", path, 1);
	arena_release(&a);
	clean();
}

static void
test_compiler_broken(void **unused)
{
	struct arena a = { 0 };

	(void)unused;
	begin_project(&a);
	write_text("cc", "#!/bin/sh\necho 'cannot do it' >&2\nexit 1\n");
	assert_int_equal(chmod("cc", 0700), 0);
	assert_non_null(strstr(schema_now(&a), "cannot do it"));
	write_text("cc", "#!/bin/sh\nexit 0\n");
	assert_int_equal(chmod("cc", 0700), 0);
	assert_non_null(strstr(schema_now(&a), "no object file"));
	arena_release(&a);
	clean();
}

static void
test_flags(void **unused)
{
	struct arena a = { 0 };

	(void)unused;
	begin_project(&a);
	assert_int_equal(mkdir("beside", 0700), 0);
	write_text("beside/size.h", "#define SIZE 77\n");
	write_text("collections/shared.h",
	    "#include <size.h>\n#define MAX SIZE + MORE\n");
	write_text("collections/compile_flags.txt",
	    "-I../beside\n\n  -DMORE=0  \n-Wall\n");
	assert_non_null(strstr(schema_now(&a), "<= 77"));
	arena_release(&a);
	clean();
}

/* The header is plain C of every age, without a word from any compiler. */
static void
test_standards(void **unused)
{
	static const char *const standards[] = { "c99", "c11", "c17", "c2x",
		"gnu11" };
	struct arena a = { 0 };

	(void)unused;
	for (size_t c = 0; c < 3; c++) {
		if (!have(compilers[c]))
			continue;
		begin_project(&a);
		setenv("DEESSE_CC", compilers[c], 1);
		for (size_t i = 0; i < 5; i++) {
			write_text("collections/compile_flags.txt",
			    arena_fmt(&a, "-std=%s\n-Wall\n-Wextra\n-Werror\n",
				standards[i]));
			write_text("collections/posts.c",
			    "#include <deesse/dsl.h>\n"
			    "COLLECTION(posts, .was = \"old\") = {\n"
			    "\tTEXT(a), TEXT(b, .was = \"c\"),\n"
			    "\tTEXT(d, .was = WAS(\"e\", \"f\")),\n"
			    "\tENUM(g, .values = VALUES(\"h\"),\n"
			    "\t    .values_was = WAS(\"i\", \"h\")),\n"
			    "\tRELATION(j, posts), HAS_MANY(k, posts),\n"
			    "\tINDEX(l, .on = \"a\"),\n"
			    "\tINDEX(m, .on = {DESC(\"a\"), \"b\"}),\n"
			    "\tCHECK(n, \"1\"), UNIQUE(o, .on = \"b\"),\n"
			    "\tPERMISSIONS(.read = ANYONE),\n"
			    "};\n");
			assert_non_null(
			    strstr(schema_now(&a), "index posts_m"));
		}
	}
	arena_release(&a);
	clean();
}

/* The page on dialects is what the tables say, and no item is forgotten. */
static void
test_page(void **unused)
{
	struct arena a = { 0 };
	struct buf page = { 0 };

	(void)unused;
	dialects_page(&page);
	for (size_t i = 0; i < kinds_n; i++)
		if (!strstr(buf_str(&page), kinds[i].name))
			fail_msg("docs/dialects.md has no word on %s",
			    kinds[i].name);
	assert_true(matches(
	    arena_fmt(&a, "%s/docs/dialects.md", root), buf_str(&page)));
	buf_release(&page);
	arena_release(&a);
}

static void
test_config(void **unused)
{
	struct arena a = { 0 };
	struct dsl_config config = { 0 };
	struct dsl_options o = options(DIALECT_SQLITE);
	struct err err = { 0 };

	(void)unused;
	begin_project(&a);
	assert_true(dsl_config(&a, &o, &config, &err));
	assert_null(config.database);
	write_text("collections/config.c",
	    "#include <deesse/dsl.h>\n"
	    "#if defined DEESSE_SQLITE || defined DEESSE_POSTGRES\n"
	    "COLLECTION(late) = { TEXT(x) };\n"
	    "#endif\n"
	    "CONFIG(.database = \"sqlite:a.db\", .debounce_ms = 5,\n"
	    "    .schemas = VALUES(\"a\", \"b\"));\n");
	assert_true(dsl_config(&a, &o, &config, &err));
	assert_string_equal(config.database, "sqlite:a.db");
	assert_int_equal(config.debounce_ms, 5);
	assert_int_equal(config.schemas.n, 2);
	assert_string_equal(config.schemas.v[1], "b");
	assert_string_equal(config.source.file, "collections/config.c");
	assert_int_equal(config.source.line, 5);
	assert_int_equal(runs(), 1);
	assert_true(dsl_config(&a, &o, &config, &err));
	assert_int_equal(runs(), 1);
	assert_non_null(strstr(schema_now(&a), "table late"));
	write_text("collections/config.c", "#include <deesse/dsl.h>\n"
					   "CONFIG(.dialect = \"oracle\");\n");
	assert_false(dsl_config(&a, &o, &config, &err));
	assert_non_null(strstr(err.text, "collections/config.c:2:1: "));
	err_release(&err);
	arena_release(&a);
	clean();
}

/* --------------------------------- batches -------------------------------- */

#define MANY 120

static const char *
nth(struct arena *a, int i)
{
	return arena_fmt(a, "collections/many%03d.c", i);
}

/* Enough files for several runs of the compiler, each with a macro that the
 * others have, too, and a relation that may lead into another batch. */
static void
write_many(struct arena *a)
{
	begin_project(a);
	unlink("collections/posts.c");
	for (int i = 0; i < MANY; i++)
		write_text(nth(a, i),
		    arena_fmt(a,
			"#include <deesse/dsl.h>\n#define LIMIT %d\n"
			"COLLECTION(many%03d) = {\n"
			"\tTEXT(title, .max = LIMIT, .required = true),\n"
			"\tTEXT(body, .max = 10000, .unique = true),\n"
			"\tTEXT(words, .max = 10000, .comment = \"%0200d\"),\n"
			"\tRELATION(next, many%03d),\n};\n",
			i + 1, i, i, (i + 7) % MANY));
	usleep(50000);
}

/* Many files are compiled in batches; nothing else tells. */
static void
test_batches(void **unused)
{
	struct arena a = { 0 };
	struct names found = { 0 };
	struct err err = { 0 };
	const char *text;
	size_t first;

	(void)unused;
	write_many(&a);
	text = schema_now(&a);
	first = runs();
	assert_in_range(first, 2, 4);
	assert_true(file_find(&a, &found, "cache", ".o", &err));
	assert_int_equal(found.n, first);
	assert_non_null(strstr(text, "length ( title ) <= 120"));
	assert_string_equal(schema_now(&a), text);
	assert_int_equal(runs(), first);
	assert_string_equal(alone_text(&a, DIALECT_SQLITE), text);
	assert_int_equal(runs(), first + MANY);

	/* the last of several objects counts as much as the first */
	assert_int_equal(unlink(only_file(&a, ".schema")), 0);
	for (size_t i = 0; i < found.n; i++) {
		size_t before = runs();

		unlink(found.v[i]);
		assert_string_equal(schema_now(&a), text);
		assert_int_equal(runs(), before + first);
	}
	arena_release(&a);
	clean();
}

/* All collections of what was compiled have a place of their own. */
static void
assert_left(struct arena *a, size_t collections)
{
	struct names found = { 0 };
	struct err err = { 0 };
	size_t n = 0;

	assert_true(file_find(a, &found, state, ".o", &err));
	for (size_t i = 0; i < found.n; i++) {
		struct declared o = { 0 };
		struct arena image = { 0 };
		const char *culprit;
		size_t size;
		void *bytes = file_load(&image, found.v[i], &size, &err);

		assert_non_null(bytes);
		assert_true(
		    object_read(&image, &o, "it", bytes, size, &culprit, &err));
		object_sort(&o);
		assert_int_equal(o.extents.n, o.collections.n);
		for (size_t k = 0; k < o.collections.n; k++)
			object_leave(&o, &o.collections.v[k]);
		extents_give_back(&o.extents);
		for (size_t k = 0; k < o.extents.n; k++)
			assert_true(o.extents.v[k].given);
		n += o.extents.n;
		arena_release(&image);
	}
	assert_in_range(n, collections, 2 * collections);
}

static bool
leaves(struct extents *all, const char *at)
{
	size_t gone = 0;

	for (size_t i = 0; i < all->n; i++)
		gone += all->v[i].gone;
	extents_leave(all, at);
	for (size_t i = 0; i < all->n; i++)
		gone -= all->v[i].gone;
	return gone != 0;
}

/* What has bytes of another in it stays. */
static void
test_extents(void **unused)
{
	static const struct {
		int from, to;
		bool goes;
	} places[] = { { 400, 480, true }, { 80, 160, false }, { 0, 80, true },
		{ 120, 200, false }, { 200, 400, false }, { 240, 248, false } };
	enum { N = sizeof(places) / sizeof(*places) };
	struct arena a = { 0 };
	struct image im = { 0 };
	struct extents all = { 0 };
	char *bytes = arena_alloc(&a, 480);

	(void)unused;
	vec_push(&a, &im.spans, (struct span){ bytes, 480, false });
	for (size_t i = 0; i < N; i++) {
		struct extent e = { .image = &im };

		extent_cover(&e, bytes + places[i].to - 8, 8);
		extent_cover(&e, bytes + places[i].from, 8);
		vec_push(&a, &all, e);
	}
	extents_sort(&all);
	for (size_t i = 0; i < N; i++)
		assert_int_equal(
		    leaves(&all, bytes + places[i].from), places[i].goes);
	assert_false(leaves(&all, bytes + 480));
	extents_give_back(&all);
	arena_release(&a);
}

/* What a collection is made of is forgotten when it is lowered; what is said of
 * it later must be known without. */
static void
test_left(void **unused)
{
	static const char last[] =
	    "COLLECTION(last) = {\n"
	    "\tTEXT(title),\n"
	    "\tHAS_ONE(mine, c001, .by = \"owner\"),\n"
	    "\tHAS_ONE(many, c002, .by = \"other\"),\n"
	    "\tRELATION(good, c003, .references = \"code\"),\n"
	    "\tRELATION(bad, c004, .references = \"title\"),\n"
	    "\tRELATION(none, c00x),\n"
	    "\tINDEX(taken, .on = {\"title\"}, .name = \"c005_by_title\"),\n"
	    "\tCHECK(asks, \"title <> (SELECT nope FROM c006)\"),\n"
	    "};\n";
	static const char *const wanted[] = {
		"one.c:705:2: HAS_ONE(many): many of c002 may have one other",
		"one.c:707:22: RELATION(bad) needs a target that is unique",
		"one.c:708:2: there is no collection 'c00x'",
		"one.c:709:2: INDEX(taken) would be called 'c005_by_title', "
		"and "
		"so would INDEX(by_title) at collections/one.c:42",
		"one.c:710:32: neither c006 nor last has a column \"nope\"",
	};
	struct arena a = { 0 };
	struct buf b = { 0 };
	const char *text;

	(void)unused;
	begin_project(&a);
	unlink("collections/posts.c");
	buf_puts(&b, "#include <deesse/dsl.h>\n");
	for (int i = 0; i < 100; i++)
		buf_fmt(&b,
		    "COLLECTION(c%03d) = {\n"
		    "\tRELATION(owner, last, .unique = true),\n"
		    "\tRELATION(other, last),\n"
		    "\tTEXT(title, .max = 9), TEXT(code),\n"
		    "\tUNIQUE(codes, .on = {\"code\"}),\n"
		    "\tINDEX(by_title, .on = {\"title\"}),\n"
		    "};\n",
		    i);
	buf_puts(&b, last);
	write_text("collections/one.c", buf_str(&b));
	for (enum dialect d = 0; d < DIALECT_COUNT; d++) {
		text = compile_text(&a, d);
		for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
			if (!strstr(text, wanted[i]))
				fail_msg("no '%s' in %s", wanted[i], text);
		assert_null(strstr(text, "mine"));
		assert_null(strstr(text, "good"));
	}
	assert_left(&a, 101);
	buf_release(&b);
	arena_release(&a);
	clean();
}

/* Mistakes in several batches are told together, in order; so is what is
 * defined in two of them. */
static void
test_batches_with_mistakes(void **unused)
{
	static const char mistake[] =
	    "#include <deesse/dsl.h>\n"
	    "COLLECTION(%s) = { TEXT(a, .mx = 1) };\n";
	struct arena a = { 0 };
	const char *text, *one, *two;

	(void)unused;
	write_many(&a);
	write_text(nth(&a, 110), arena_fmt(&a, mistake, "many110"));
	write_text(nth(&a, 3), arena_fmt(&a, mistake, "many003"));
	text = schema_now(&a);
	one = strstr(text, "many003.c:2:");
	two = strstr(text, "many110.c:2:");
	assert_true(one && two && one < two);
	assert_null(strstr(one + 1, "many003.c"));

	write_many(&a);
	write_text("collections/twice.c",
	    "#include <deesse/dsl.h>\nCOLLECTION(many001) = { TEXT(a) };\n");
	text = schema_now(&a);
	assert_non_null(strstr(text, "'many001' is defined twice"));
	arena_release(&a);
	clean();
}

/* ---------------------------------- reader -------------------------------- */

/* Relocations are written where they lie: into nothing that is also read. */
static void
test_overlapping_sections(void **unused)
{
	struct arena a = { 0 };
	struct names found = { 0 };
	struct err err = { 0 };
	struct declared out = { 0 };
	const char *culprit;
	Elf64_Ehdr *head;
	Elf64_Shdr *sections;
	size_t n, moved = 0;

	(void)unused;
	begin_project(&a);
	schema_now(&a);
	assert_true(file_find(&a, &found, "cache", ".o", &err));
	head = file_load(&a, found.v[0], &n, &err);
	assert_non_null(head);
	sections = (void *)((char *)head + head->e_shoff);
	for (size_t i = 1; i < head->e_shnum; i++) {
		Elf64_Shdr *s;
		char *copy;

		if (!(sections[i].sh_flags & SHF_ALLOC) ||
		    sections[i].sh_size < 8)
			continue;
		copy = malloc(n);
		assert_non_null(copy);
		memcpy(copy, head, n);
		s = (void *)(copy + head->e_shoff);
		/* over the table of sections itself */
		s[i].sh_offset = head->e_shoff;
		s[i].sh_size = 8;
		assert_false(
		    object_read(&a, &out, "x.o", copy, n, &culprit, &err));
		assert_non_null(strstr(err.text, "overlap"));
		err_release(&err);
		free(copy);
		moved++;
	}
	assert_true(moved > 1);
	arena_release(&a);
	clean();
}

/* Every byte turned, every length: an error or a result, and no crash. */
static void
test_damaged_objects(void **unused)
{
	struct arena a = { 0 };
	struct names found = { 0 };
	struct err err = { 0 };
	struct buf whole = { 0 };
	size_t refused = 0;
	const char *culprit;

	(void)unused;
	begin_project(&a);
	schema_now(&a);
	assert_true(file_find(&a, &found, "cache", ".o", &err));
	assert_true(file_read(&whole, found.v[0], &err));
	for (size_t i = 0; i < whole.len; i++) {
		char *copy = malloc(whole.len);
		size_t n = i % 3 ? whole.len : i;
		struct arena pass = { 0 };
		struct declared out = { 0 };

		assert_non_null(copy);
		memcpy(copy, whole.s, whole.len);
		copy[i] = (char)~copy[i];
		copy = realloc(copy, n ? n : 1);
		if (!object_read(&pass, &out, "x.o", copy, n, &culprit, &err)) {
			/* or what an author can have written */
			assert_true(strstr(err.text, "x.o") ||
				    strstr(err.text, "; it takes "));
			err_release(&err);
			refused++;
		}
		free(copy);
		arena_release(&pass);
	}
	assert_true(refused > whole.len / 3);
	buf_release(&whole);
	arena_release(&a);
	clean();
}

/* The rows of options.c account for every byte of the structs. */
static void
test_options_cover_the_header(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < kinds_n; i++) {
		const struct kind *k = &kinds[i];
		unsigned char *seen = calloc(1, k->size);
		size_t missing = 0;

		assert_non_null(seen);
		memset(seen, 1, sizeof(struct deesse_item));
		if (k->kind == DEESSE_KIND_COLLECTION ||
		    k->kind == DEESSE_KIND_CONFIG)
			memset(seen + sizeof(struct deesse_item), 1,
			    sizeof(unsigned));
		for (size_t o = 0; o < k->n; o++)
			memset(
			    seen + k->options[o].offset, 1, k->options[o].size);
		for (size_t b = 0; b < k->size; b++)
			missing += !seen[b];
		/* what is left over is padding before a pointer or at the end
		 */
		if (missing > 8)
			fail_msg(
			    "%s: %zu bytes without a row", k->name, missing);
		free(seen);
	}
}

/* ------------------------ every item, option, dialect --------------------- */

#define MOST_OPTIONS 64

/* Which options a golden case uses, by the rows of kinds. */
struct used {
	bool golden[MOST_OPTIONS], refused[MOST_OPTIONS];
	bool item_golden, item_refused;
};

static bool
is_set(const struct deesse_item *item, const struct option *o)
{
	const char *bytes = (const char *)item + o->offset;

	for (size_t i = 0; i < o->size; i++)
		if (bytes[i])
			return true;
	return false;
}

/* Is there a message at the item? Without a text, none is looked for. */
static bool
is_told(const struct deesse_item *item, const char *told)
{
	char place[4096];

	snprintf(
	    place, sizeof(place), "%s:%d:", shown_path(item->file), item->line);
	return !told || strstr(told, place);
}

/* Has the dialect nothing of the kind? */
static bool
is_refused(const struct lowering *l, const struct kind *k)
{
	for (const struct refusal *r = l->rules->refusals; r->why; r++)
		if (r->kind == k->kind && !r->option)
			return true;
	return false;
}

static void
note_item(struct used *all, const struct deesse_item *item, const char *told,
    const struct lowering *l)
{
	const struct kind *k = kind_of(item->kind);
	struct used *u = &all[k - kinds];
	bool here = item_here(l, item);

	if (!is_told(item, told) || (!told && is_refused(l, k)))
		return;
	if (here)
		*(told ? &u->item_refused : &u->item_golden) = true;
	for (size_t i = 0; i < k->n; i++)
		if ((here || !strcmp(k->options[i].name, "only")) &&
		    is_set(item, &k->options[i]))
			(told ? u->refused : u->golden)[i] = true;
}

/* Returns the messages that the case in the working directory wants. */
static const char *
wanted_errors(struct arena *a, enum dialect d)
{
	struct buf b = { 0 };
	struct err err = { 0 };
	const char *text = "";

	if (file_read(&b, arena_fmt(a, "wanted.%s.txt", dialect_name(d)), &err))
		text = arena_strdup(a, buf_str(&b));
	buf_release(&b);
	err_release(&err);
	return text;
}

/* Notes what the case in the working directory uses. */
static void
note_case(struct arena *a, struct used *all, enum dialect d, bool golden)
{
	static const char *const defines[] = { "DEESSE_SQLITE",
		"DEESSE_POSTGRES" };
	static const struct rules *const rules[] = { &sqlite_rules,
		&postgres_rules };
	struct dsl_options o = options(d);
	struct build b = { .arena = a, .report = { .arena = a } };
	struct lowering l = { .dialect = d, .rules = rules[d] };
	const char *told = golden ? NULL : wanted_errors(a, d);
	struct err err = { 0 };

	if (build_begin(&b, &o, dialect_name(d), defines[d], &err) &&
	    sources_list(a, &b.cache.listed, o.dir, &err) &&
	    build_objects(&b, &err)) {
		for (size_t i = 0; i < b.object.collections.n; i++) {
			const struct collection *c = &b.object.collections.v[i];

			note_item(all, &c->head->item, told, &l);
			for (size_t k = 0; k < c->n; k++)
				if (item_here(&l, &c->head->item))
					note_item(all, c->items[k], told, &l);
		}
		for (size_t i = 0; i < b.object.objects.n; i++)
			note_item(all, b.object.objects.v[i], told, &l);
		if (b.object.config)
			note_item(all, &b.object.config->item, told, &l);
	}
	err_release(&err);
}

static size_t
tell_unused(const struct used *all, enum dialect d)
{
	size_t missing = 0;

	for (size_t i = 0; i < kinds_n; i++) {
		const struct kind *k = &kinds[i];
		const struct used *u = &all[i];

		if (!u->item_golden && !u->item_refused) {
			print_error("%s: no golden case has %s\n",
			    dialect_name(d), k->name);
			missing++;
		}
		/* of what the dialect has not at all, options say nothing; one
		 * whose arguments are texts has none */
		for (size_t o = 0; o < k->n && u->item_golden; o++) {
			const char *name = k->options[o].name;

			if (u->golden[o] || u->refused[o] || k->arguments > 9)
				continue;
			print_error("%s: no golden case has .%s of %s\n",
			    dialect_name(d), name, k->name);
			missing++;
		}
	}
	return missing;
}

/* What a dialect has stands in a case whose schema real engines take (they are
 * loaded by tests/postgres and the tests of transpile); what it refuses, in a
 * case whose message is known. */
static void
test_options_are_golden(void **unused)
{
	static const char *const stages[] = { "dsl", "wishes", "errors" };
	size_t missing = 0;

	(void)unused;
	for (enum dialect d = 0; d < DIALECT_COUNT; d++) {
		struct used all[64] = { 0 };

		assert_true(kinds_n <= 64);
		for (size_t s = 0; s < 3; s++) {
			struct arena a = { 0 };
			struct names found = { 0 };

			cases(&a, &found, stages[s]);
			for (size_t i = 0; i < found.n; i++) {
				assert_int_equal(chdir(found.v[i]), 0);
				note_case(&a, all, d, s < 2);
			}
			arena_release(&a);
		}
		missing += tell_unused(all, d);
	}
	clean();
	assert_int_equal(missing, 0);
}

static void
test_match(void **unused)
{
	static const struct {
		const char *regex, *sql;
	} wanted[] = {
		{ "^[A-Z0-9-]+$",
		    "length(c) >= 1 AND c NOT GLOB '*[^-0-9A-Z]*'" },
		{ "^[^@]+@[^@]+$",
		    "instr(c, '@') >= 2 AND length(substr(c, instr(c, '@') + "
		    "1)) >= 1 AND substr(c, instr(c, '@') + 1) NOT GLOB "
		    "'*@*'" },
		{ "^#[0-9a-f]{3}$", "c GLOB '#[0-9a-f][0-9a-f][0-9a-f]'" },
		{ "^https", "c GLOB 'https*'" },
		{ "[*?[]$", NULL },
		{ "\\*$", "c GLOB '*[*]'" },
		{ "^.{2,4}$", "length(c) >= 2 AND length(c) <= 4" },
		{ "^(a|b)$", NULL },
		{ "^a*ab$", "length(c) >= 2 AND c GLOB '*ab' AND substr(c, 1, "
			    "length(c) - 2) NOT GLOB '*[^a]*'" },
		{ "^a*b*$", NULL },
		{ "^[a-c]*-?$", NULL },
		{ "^\\w+$", NULL },
		{ "^a{3,2}$", NULL },
		{ "^[z-a]$", NULL },
		{ "^[a", NULL },
		{ "a**", NULL },
		{ "", NULL },
	};
	struct arena a = { 0 };

	(void)unused;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		struct buf b = { 0 };
		bool ok = match_glob(&a, &b, "c", wanted[i].regex);

		assert_int_equal(ok, wanted[i].sql != NULL);
		if (ok)
			assert_string_equal(buf_str(&b), wanted[i].sql);
		buf_release(&b);
	}
	arena_release(&a);
}

static void
test_numbers(void **unused)
{
	bool ok = true;

	(void)unused;
	assert_int_equal(number_compare("10", "9", &ok), 1);
	assert_int_equal(number_compare("-10", "9", &ok), -1);
	assert_int_equal(number_compare("-0", "0.00", &ok), 0);
	assert_int_equal(number_compare("0.10", ".1", &ok), 0);
	assert_int_equal(
	    number_compare("9223372036854775807", "9223372036854775806", &ok),
	    1);
	assert_int_equal(number_compare("1e3", "999", &ok), 1);
	assert_true(ok);
	number_compare("x", "1", &ok);
	assert_false(ok);
}

static int
begin(void **unused)
{
	const char *file = __FILE__;
	size_t n = strlen(file) - strlen("tests/unit/dsl.c");
	char given[sizeof(root)];

	(void)unused;
	/* a build may name its sources from where it stands */
	snprintf(given, sizeof(given), "%.*s.", (int)n, file);
	if (!realpath(given, root))
		return -1;
	return getcwd(begun_in, sizeof(begun_in)) && mkdtemp(state) ? 0 : -1;
}

static int
end(void **unused)
{
	(void)unused;
	if (chdir(begun_in))
		return -1;
	remove_below(state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_options_cover_the_header),
		cmocka_unit_test(test_options_are_golden),
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_page),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_wishes),
		cmocka_unit_test(test_manual),
		cmocka_unit_test(test_saved),
		cmocka_unit_test(test_saved_file),
		cmocka_unit_test(test_saved_refused),
		cmocka_unit_test(test_saved_damaged),
		cmocka_unit_test(test_cache_hit),
		cmocka_unit_test(test_cache_miss),
		cmocka_unit_test(test_cache_damaged),
		cmocka_unit_test(test_lowered_is_kept),
		cmocka_unit_test(test_cache_is_pruned),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_compiler_missing),
		cmocka_unit_test(test_compiler_broken),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_standards),
		cmocka_unit_test(test_config),
		cmocka_unit_test(test_batches),
		cmocka_unit_test(test_batches_with_mistakes),
		cmocka_unit_test(test_extents),
		cmocka_unit_test(test_left),
		cmocka_unit_test(test_overlapping_sections),
		cmocka_unit_test(test_damaged_objects),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
