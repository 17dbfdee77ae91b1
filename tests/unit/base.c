/* base - memory, text, files, programs */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/dialect.h"
#include "base/err.h"
#include "base/file.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/proc.h"
#include "base/text.h"
#include "base/vec.h"
#include "base/verdict.h"

struct place {
	struct arena a;
	struct err err;
	char dir[64];
};

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	snprintf(p->dir, sizeof(p->dir), "/tmp/deesse-base-XXXXXX");
	*state = p;
	return mkdtemp(p->dir) ? 0 : -1;
}

static int
teardown(void **state)
{
	struct place *p = *state;
	const char *argv[] = { "rm", "-rf", p->dir, NULL };
	struct proc rm = { .argv = argv };

	proc_run(&rm, &p->err);
	proc_release(&rm);
	err_release(&p->err);
	arena_release(&p->a);
	free(p);
	return 0;
}

static const char *
in(struct place *p, const char *name)
{
	return file_join(&p->a, p->dir, name);
}

static void
assert_says(struct place *p, const char *words)
{
	assert_int_equal(p->err.kind, ERR_FAILED);
	if (!strstr(p->err.text, words))
		fail_msg("\"%s\" is not in: %s", words, p->err.text);
	err_release(&p->err);
}

static void
put(struct place *p, const char *name, const char *text)
{
	if (!file_write(in(p, name), text, strlen(text), 0644, &p->err))
		fail_msg("%s", p->err.text);
}

/* -- memory --------------------------------------------------------------- */

static void
test_arena(void **state)
{
	struct arena a = { 0 };
	unsigned char *blocks[2000];

	(void)state;
	assert_int_equal(arena_used(&a), 0);
	/* each is zeroed, aligned, and nobody else's */
	for (size_t i = 0; i < 2000; i++) {
		size_t n = (i * 37) % 3000;

		blocks[i] = arena_alloc(&a, n);
		assert_int_equal(
		    (uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
		for (size_t k = 0; k < n; k++)
			assert_int_equal(blocks[i][k], 0);
		memset(blocks[i], (int)(i % 251) + 1, n);
	}
	for (size_t i = 0; i < 2000; i++)
		for (size_t k = 0; k < (i * 37) % 3000; k++)
			assert_int_equal(blocks[i][k], i % 251 + 1);
	assert_true(arena_used(&a) >= 2000 * 1400);
	/* larger than any block */
	memset(arena_alloc(&a, 10 * 1000 * 1000), 1, 10 * 1000 * 1000);
	arena_release(&a);
	assert_int_equal(arena_used(&a), 0);
	assert_string_equal(arena_strdup(&a, "again"), "again");
	arena_release(&a);
	arena_release(&a);
}

/* Lists of structs grow where they are while nothing else came after them;
 * texts do not stand in the way, for they come from the other end. */
static void
test_arena_extend(void **state)
{
	struct arena a = { 0 };
	char *p = arena_alloc(&a, 24), *q;
	char *text;

	(void)state;
	memset(p, 1, 24);
	text = arena_strdup(&a, "text");
	assert_true(arena_extend(&a, p, 24, 100));
	for (int i = 24; i < 100; i++)
		assert_int_equal(p[i], 0);
	memset(p, 2, 100);
	assert_string_equal(text, "text");
	q = arena_alloc(&a, 16);
	assert_false(arena_extend(&a, p, 100, 200));
	assert_true(arena_extend(&a, q, 16, 16));
	assert_false(arena_extend(&a, q, 16, 1 << 20));
	assert_false(arena_extend(&(struct arena){ 0 }, q, 16, 32));
	assert_int_equal(p[99], 2);
	arena_release(&a);
}

/* What is large does not end the block that others still fill. */
static void
test_arena_large(void **state)
{
	struct arena a = { 0 };
	char *p = arena_alloc(&a, 16), *large, *q;

	(void)state;
	large = arena_alloc(&a, 1 << 20);
	memset(large, 1, 1 << 20);
	q = arena_alloc(&a, 16);
	assert_ptr_equal(q, p + 16);
	assert_true(arena_used(&a) >= (1 << 20) + 32);
	arena_release(&a);
}

static void
test_arena_strings(void **state)
{
	struct arena a = { 0 };
	char *s = arena_strndup(&a, "abcdef", 3);

	(void)state;
	assert_string_equal(s, "abc");
	assert_null(arena_strdup(&a, NULL));
	assert_string_equal(arena_strndup(&a, NULL, 0), "");
	assert_string_equal(arena_fmt(&a, "%s-%d", "x", 7), "x-7");
	s = arena_fmt(&a, "%5000d", 1);
	assert_int_equal(strlen(s), 5000);
	arena_release(&a);
}

/* Out of memory ends the program, with a message and a status. */
static void
test_out_of_memory_ends(void **state)
{
	int status;
	pid_t pid = fork();

	(void)state;
	if (!pid) {
		struct arena a = { 0 };

		close(2);
		arena_alloc(&a, SIZE_MAX - 8);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
}

static void
test_vec(void **state)
{
	VEC(numbers, int) v = { 0 };
	struct arena a = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++)
		vec_push(&a, &v, i * 3);
	assert_int_equal(v.n, 1000);
	assert_true(v.cap >= v.n);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(v.v[i], i * 3);
	arena_release(&a);
}

static void
test_map(void **state)
{
	struct arena a = { 0 };
	struct map m = { 0 };
	int values[3000];

	(void)state;
	assert_null(map_get(&m, "x"));
	for (int i = 0; i < 3000; i++)
		assert_null(
		    map_put(&a, &m, arena_fmt(&a, "key %d", i), &values[i]));
	assert_int_equal(m.n, 3000);
	for (int i = 0; i < 3000; i++)
		assert_ptr_equal(
		    map_get(&m, arena_fmt(&a, "key %d", i)), &values[i]);
	assert_null(map_get(&m, "key 3000"));
	assert_null(map_get(&m, ""));
	assert_ptr_equal(map_put(&a, &m, "key 7", &values[0]), &values[7]);
	assert_ptr_equal(map_get(&m, "key 7"), &values[0]);
	assert_int_equal(m.n, 3000);
	assert_null(map_put(&a, &m, "", &values[1]));
	assert_ptr_equal(map_get(&m, ""), &values[1]);
	arena_release(&a);
}

/* What was made large enough does not grow. */
static void
test_map_reserve(void **state)
{
	static const size_t sizes[] = { 0, 1, 11, 12, 13, 1000 };

	(void)state;
	for (size_t k = 0; k < sizeof(sizes) / sizeof(*sizes); k++) {
		struct arena a = { 0 };
		struct map m = { 0 };
		const struct map_slot *slots;

		map_reserve(&a, &m, sizes[k]);
		slots = m.slots;
		assert_null(map_get(&m, "x"));
		for (size_t i = 0; i < sizes[k]; i++)
			map_put(&a, &m, arena_fmt(&a, "key %zu", i), &m);
		assert_int_equal(m.n, sizes[k]);
		assert_ptr_equal(m.slots, slots);
		arena_release(&a);
	}
}

/* -- text ----------------------------------------------------------------- */

static void
test_buf(void **state)
{
	struct buf b = { 0 };

	(void)state;
	assert_string_equal(buf_str(&b), "");
	buf_cut(&b, 0);
	buf_puts(&b, "ab");
	buf_putc(&b, 'c');
	buf_add(&b, "\0d", 2);
	assert_int_equal(b.len, 5);
	assert_memory_equal(b.s, "abc\0d", 6);
	buf_cut(&b, 3);
	buf_cut(&b, 99);
	assert_string_equal(buf_str(&b), "abc");
	buf_fmt(&b, "%03d%s", 7, "");
	assert_string_equal(b.s, "abc007");
	for (int i = 0; i < 10000; i++)
		buf_fmt(&b, "%d", i % 10);
	assert_int_equal(b.len, 10006);
	assert_int_equal(strlen(b.s), 10006);
	buf_release(&b);
	assert_string_equal(buf_str(&b), "");
	buf_release(&b);
}

static void
test_err(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_false(err_fail(&err, "cannot %s", "do"));
	assert_int_equal(err.kind, ERR_FAILED);
	assert_string_equal(err.text, "cannot do");
	assert_false(err_prefix(&err, "%s:%d", "a.c", 7));
	assert_string_equal(err.text, "a.c:7: cannot do");
	assert_false(err_add(&err, "line %d", 2));
	assert_string_equal(err.text, "a.c:7: cannot do\nline 2");
	/* its own text may be an argument */
	assert_false(err_set(&err, ERR_USAGE, "(%s)", err.text));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_string_equal(err.text, "(a.c:7: cannot do\nline 2)");
	err_release(&err);
	assert_int_equal(err.kind, ERR_NONE);
	assert_null(err.text);
	assert_false(err_add(&err, "first"));
	assert_string_equal(err.text, "first");
	assert_int_equal(err.kind, ERR_FAILED);
	err_release(&err);
}

static void
test_text_clean(void **state)
{
	static const struct {
		const char *text, *shown;
	} cases[] = {
		{ "", "" },
		{ "plain\n\ttext", "plain\n\ttext" },
		{ "\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m" },
		{ "\x1b]0;title\a", "\\x1b]0;title\\x07" },
		{ "over\rwritten\b\x7f", "over\\x0dwritten\\x08\\x7f" },
		{ "été 日本 🐘", "été 日本 🐘" },
		/* C1 controls are escape sequences to some terminals */
		{ "\xc2\x9b"
		  "31m",
		    "\\u{9b}31m" },
		{ "a\xe2\x80\xae"
		  "b",
		    "a\\u{202e}b" },
		{ "zero\xe2\x80\x8bwidth", "zero\\u{200b}width" },
		{ "\xef\xbb\xbf"
		  "bom",
		    "\\u{feff}bom" },
		/* not UTF-8: alone, cut off, overlong, surrogate, too large */
		{ "\x80", "\\x80" },
		{ "\xe2\x82", "\\xe2\\x82" },
		{ "\xc0\xaf", "\\xc0\\xaf" },
		{ "\xe0\x80\xaf", "\\xe0\\x80\\xaf" },
		{ "\xed\xa0\x80", "\\xed\\xa0\\x80" },
		{ "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80" },
		{ "\xff\xfe", "\\xff\\xfe" },
		{ "\xf0\x9f\x90\x98", "🐘" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(
		    text_cleaned(&a, cases[i].text), cases[i].shown);
	arena_release(&a);
}

/* Whatever comes in, what goes out can do nothing to a terminal, and what is
 * clean stays as it is. */
static void
test_text_clean_of_anything(void **state)
{
	struct arena a = { 0 };
	unsigned seed = 1;

	(void)state;
	for (int round = 0; round < 5000; round++) {
		char text[40];
		const char *once;
		size_t n = seed % (sizeof(text) - 1);

		for (size_t i = 0; i < n; i++) {
			seed = seed * 1103515245u + 12345u;
			text[i] = (char)(seed >> 16);
			text[i] = text[i] ? text[i] : 'x';
		}
		text[n] = '\0';
		seed = seed * 1103515245u + 12345u;
		once = text_cleaned(&a, text);
		for (const char *p = once; *p; p++)
			assert_true((unsigned char)*p >= 0x20 || *p == '\n' ||
				    *p == '\t');
		assert_string_equal(text_cleaned(&a, once), once);
	}
	arena_release(&a);
}

static void
test_text_nearest(void **state)
{
	static const char *const commands[] = { "push", "pull", "status",
		"check", "completion", "x" };
	static const struct {
		const char *text, *nearest;
	} cases[] = {
		{ "push", "push" },
		{ "PUSH", "push" },
		{ "psuh", "push" },
		{ "pusj", "push" },
		{ "stauts", "status" },
		{ "statuss", "status" },
		{ "compleiton", "completion" },
		{ "chek", "check" },
		{ "frobnicate", NULL },
		{ "statement", NULL },
	};
	char long_text[200];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *n = text_nearest(cases[i].text, commands, 6);

		if (cases[i].nearest)
			assert_string_equal(n, cases[i].nearest);
		else
			assert_null(n);
	}
	assert_null(text_nearest("push", commands, 0));
	memset(long_text, 'a', sizeof(long_text));
	long_text[sizeof(long_text) - 1] = '\0';
	assert_null(text_nearest(long_text, commands, 6));
}

static void
test_text_questions(void **state)
{
	(void)state;
	assert_true(text_same_nocase("aBc", "AbC"));
	assert_false(text_same_nocase("abc", "abcd"));
	assert_true(text_starts("abc", ""));
	assert_true(text_starts("abc", "ab"));
	assert_false(text_starts("ab", "abc"));
	assert_true(text_ends("a.sql", ".sql"));
	assert_true(text_ends(".sql", ".sql"));
	assert_false(text_ends("sql", ".sql"));
	assert_int_equal(text_line("a\nb\nc", 0), 1);
	assert_int_equal(text_line("a\nb\nc", 1), 1);
	assert_int_equal(text_line("a\nb\nc", 2), 2);
	assert_int_equal(text_line("a\nb\nc", 5), 3);
}

static void
test_words(void **state)
{
	enum finding_class c;
	enum dialect d;
	struct finding f[2] = { { .destructive = true }, { 0 } };
	struct findings all = { .v = f, .n = 2 };

	(void)state;
	for (int i = 0; i < DIALECT_COUNT; i++) {
		assert_true(dialect_parse(&d, dialect_name((enum dialect)i)));
		assert_int_equal(d, i);
	}
	assert_true(dialect_parse(&d, "postgresql"));
	assert_int_equal(d, DIALECT_POSTGRES);
	assert_false(dialect_parse(&d, "mysql"));
	for (int i = 0; i < CLASS_COUNT; i++) {
		assert_true(class_parse(&c, class_name((enum finding_class)i)));
		assert_int_equal(c, i);
	}
	assert_false(class_parse(&c, "data"));
	assert_string_equal(
	    verdict_name(findings_verdict(&all)), "destructive");
	f[0].cleared = true;
	assert_string_equal(verdict_name(findings_verdict(&all)), "safe");
	all.n = 0;
	assert_int_equal(findings_verdict(&all), VERDICT_SAFE);
}

/* -- hashes --------------------------------------------------------------- */

static void
test_hash(void **state)
{
	struct place *p = *state;
	char one[HASH_HEX], two[HASH_HEX];
	struct hash h;

	hash_init(&h);
	hash_add(&h, "abc", 3);
	hash_hex(&h, one);
	/* FIPS 180-2 */
	assert_string_equal(one, "ba7816bf8f01cfea414140de5dae2223"
				 "b00361a396177a9cb410ff61f20015ad");
	/* it began anew */
	hash_hex(&h, two);
	assert_string_equal(two, "e3b0c44298fc1c149afbf4c8996fb924"
				 "27ae41e4649b934ca495991b7852b855");
	put(p, "abc", "abc");
	assert_true(hash_file(two, in(p, "abc"), &p->err));
	assert_string_equal(one, two);
	assert_false(hash_file(two, in(p, "none"), &p->err));
	assert_says(p, "cannot read");
	assert_false(hash_file(two, p->dir, &p->err));
	assert_says(p, "Is a directory");
	/* strings keep their bounds */
	hash_adds(&h, "ab");
	hash_adds(&h, "c");
	hash_hex(&h, one);
	hash_adds(&h, "a");
	hash_adds(&h, "bc");
	hash_hex(&h, two);
	assert_string_not_equal(one, two);
	hash_adds(&h, NULL);
	hash_hex(&h, one);
	hash_adds(&h, "");
	hash_hex(&h, two);
	assert_string_equal(one, two);
}

/* -- files ---------------------------------------------------------------- */

static void
test_file_read(void **state)
{
	struct place *p = *state;
	struct buf b = { 0 }, big = { 0 };

	for (int i = 0; i < 50000; i++)
		buf_putc(&big, (char)(i % 256));
	assert_true(file_write(in(p, "big"), big.s, big.len, 0600, &p->err));
	assert_true(file_read(&b, in(p, "big"), &p->err));
	assert_int_equal(b.len, big.len);
	assert_memory_equal(b.s, big.s, big.len);
	put(p, "more", "more");
	buf_cut(&b, 2);
	assert_true(file_read(&b, in(p, "more"), &p->err));
	assert_memory_equal(b.s, "\0\1more", 7);
	assert_false(file_read(&b, in(p, "none"), &p->err));
	assert_says(p, "/none: No such file");
	assert_false(file_read(&b, p->dir, &p->err));
	assert_says(p, "Is a directory");
	buf_release(&b);
	buf_release(&big);
}

static void
test_a_pipe_stays_a_pipe(void **state)
{
	struct place *p = *state;
	const char *path = in(p, "pipe");
	struct stat st;
	char got[8];
	int fd;

	assert_int_equal(mkfifo(path, 0600), 0);
	fd = open(path, O_RDWR);
	assert_true(fd >= 0);
	assert_true(file_write(path, "text", 4, 0644, &p->err));
	assert_int_equal(read(fd, got, sizeof(got)), 4);
	assert_memory_equal(got, "text", 4);
	assert_true(file_update(path, "more", 4, &p->err));
	assert_int_equal(read(fd, got, sizeof(got)), 4);
	close(fd);
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
}

static void
test_file_write_is_atomic(void **state)
{
	struct place *p = *state;
	struct names left = { 0 };
	struct stat st;
	int fd;
	char old[4] = "";

	put(p, "f", "old");
	fd = open(in(p, "f"), O_RDONLY);
	put(p, "f", "new text");
	/* who had the old file open still has it, whole */
	assert_int_equal(read(fd, old, 3), 3);
	assert_string_equal(old, "old");
	close(fd);
	assert_int_equal(stat(in(p, "f"), &st), 0);
	assert_int_equal(st.st_size, 8);
	assert_int_equal(st.st_mode & 0777, 0644);
	assert_true(file_write(in(p, "f"), "x", 1, 0600, &p->err));
	assert_int_equal(stat(in(p, "f"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	/* a failure leaves nothing behind */
	assert_int_equal(mkdir(in(p, "d"), 0755), 0);
	put(p, "d/inside", "x");
	assert_false(file_write(in(p, "d"), "x", 1, 0644, &p->err));
	assert_says(p, "cannot write");
	assert_false(file_write(in(p, "no/f"), "x", 1, 0644, &p->err));
	assert_says(p, "No such file");
	assert_true(file_find(&p->a, &left, p->dir, "", &p->err));
	assert_int_equal(left.n, 2);
}

static void
test_file_draft(void **state)
{
	struct place *p = *state;
	struct file_draft d;
	struct names left = { 0 };
	struct buf got = { 0 };

	put(p, "f", "old");
	assert_true(file_draft_begin(&d, in(p, "f"), &p->err));
	assert_true(file_draft_add(&d, "new ", 4, &p->err));
	assert_true(file_read(&got, in(p, "f"), &p->err));
	assert_string_equal(buf_str(&got), "old");
	file_draft_drop(&d);
	assert_true(file_draft_begin(&d, in(p, "f"), &p->err));
	assert_true(file_draft_add(&d, "new ", 4, &p->err));
	assert_true(file_draft_add(&d, "text", 4, &p->err));
	assert_true(file_draft_end(&d, 0644, true, &p->err));
	buf_cut(&got, 0);
	assert_true(file_read(&got, in(p, "f"), &p->err));
	assert_string_equal(buf_str(&got), "new text");
	assert_false(file_draft_begin(&d, in(p, "no/f"), &p->err));
	assert_says(p, "No such file");
	assert_true(file_find(&p->a, &left, p->dir, "", &p->err));
	assert_int_equal(left.n, 1);
	buf_release(&got);
}

static void
test_file_update(void **state)
{
	struct place *p = *state;
	struct stat one, two;

	assert_true(file_update(in(p, "f"), "text", 4, &p->err));
	assert_int_equal(stat(in(p, "f"), &one), 0);
	assert_true(file_update(in(p, "f"), "text", 4, &p->err));
	assert_int_equal(stat(in(p, "f"), &two), 0);
	assert_int_equal(one.st_ino, two.st_ino);
	assert_true(file_update(in(p, "f"), "Text", 4, &p->err));
	assert_int_equal(stat(in(p, "f"), &two), 0);
	assert_int_not_equal(one.st_ino, two.st_ino);
	assert_true(file_update(in(p, "empty"), NULL, 0, &p->err));
	assert_true(file_update(in(p, "empty"), NULL, 0, &p->err));
	assert_true(file_exists(in(p, "empty")));
}

/* Is the folder empty, hidden files included? */
static bool
is_bare(const char *dir)
{
	return !rmdir(dir) && !mkdir(dir, 0755);
}

static void
test_many_files(void **state)
{
	struct place *p = *state;
	struct files f = { .arena = &p->a, .dir = in(p, "many") };
	struct names found = { 0 };
	struct stat st;

	/* few are flushed one by one, and many at once */
	for (int n = 2; n <= 40; n += 38) {
		for (int i = 0; i < n; i++) {
			const char *at = arena_fmt(
			    &p->a, "many/%c/%d-%d", 'a' + i % 3, n, i);

			assert_true(
			    files_add(&f, in(p, at), "text", 4, &p->err));
			assert_false(file_exists(in(p, at)));
		}
		assert_true(files_end(&f, &p->err));
		files_release(&f);
		f = (struct files){ .arena = &p->a, .dir = in(p, "many") };
	}
	assert_true(file_find(&p->a, &found, in(p, "many"), "", &p->err));
	assert_int_equal(found.n, 42);
	for (size_t i = 0; i < found.n; i++) {
		assert_int_equal(stat(found.v[i], &st), 0);
		assert_int_equal(st.st_size, 4);
		assert_int_equal(st.st_mode & 0777, 0644);
		unlink(found.v[i]);
	}
	for (char c = 'a'; c <= 'c'; c++)
		assert_int_equal(
		    rmdir(in(p, arena_fmt(&p->a, "many/%c", c))), 0);
	assert_true(is_bare(in(p, "many")));
}

static void
test_many_files_beside_others(void **state)
{
	struct place *p = *state;
	struct files f = { .arena = &p->a, .dir = in(p, "d") };
	struct buf b = { 0 };

	/* thrown away */
	assert_true(files_add(&f, in(p, "d/f"), "mine", 4, &p->err));
	files_release(&f);
	assert_true(is_bare(in(p, "d")));

	/* what somebody wrote meanwhile stays */
	f = (struct files){ .arena = &p->a, .dir = in(p, "d") };
	assert_true(files_add(&f, in(p, "d/f"), "mine", 4, &p->err));
	put(p, "d/f", "theirs");
	assert_false(files_end(&f, &p->err));
	assert_says(p, "d/f: somebody else made it just now");
	files_release(&f);
	assert_true(file_read(&b, in(p, "d/f"), &p->err));
	assert_string_equal(buf_str(&b), "theirs");

	/* unless that is asked for */
	f = (struct files){ .arena = &p->a, .dir = in(p, "d"), .over = true };
	assert_true(files_add(&f, in(p, "d/f"), "mine", 4, &p->err));
	assert_true(files_end(&f, &p->err));
	files_release(&f);
	buf_cut(&b, 0);
	assert_true(file_read(&b, in(p, "d/f"), &p->err));
	assert_string_equal(buf_str(&b), "mine");
	unlink(in(p, "d/f"));
	assert_true(is_bare(in(p, "d")));

	/* where nothing can be written */
	put(p, "plain", "x");
	f = (struct files){ .arena = &p->a, .dir = in(p, "plain") };
	assert_false(files_add(&f, in(p, "plain/f"), "", 0, &p->err));
	assert_says(p, "Not a directory");
	files_release(&f);
	buf_release(&b);
}

static void
test_file_mkdirs(void **state)
{
	struct place *p = *state;
	struct stat st;

	assert_true(file_mkdirs(in(p, "a/b/c"), 0700, &p->err));
	assert_true(file_mkdirs(in(p, "a/b/c/"), 0700, &p->err));
	assert_int_equal(stat(in(p, "a/b"), &st), 0);
	assert_true(S_ISDIR(st.st_mode));
	assert_int_equal(st.st_mode & 0777, 0700);
	put(p, "file", "x");
	assert_false(file_mkdirs(in(p, "file/below"), 0700, &p->err));
	assert_says(p, "Not a directory");
	assert_string_equal(file_join(&p->a, "a/", "b"), "a/b");
	assert_string_equal(file_join(&p->a, "", "b"), "/b");
	assert_string_equal(file_folder(&p->a, "a/b/c"), "a/b");
	assert_string_equal(file_folder(&p->a, "/c"), "/");
	assert_string_equal(file_folder(&p->a, "c"), ".");
	assert_string_equal(file_base("a/b/c"), "c");
	assert_string_equal(file_base("c"), "c");
	assert_string_equal(file_base("a/"), "");
	assert_true(file_exists(p->dir));
	assert_false(file_exists(in(p, "none")));
}

static void
test_file_find(void **state)
{
	struct place *p = *state;
	struct names got = { 0 };

	vec_push(&p->a, &got, "kept");
	assert_true(file_mkdirs(in(p, "b/deep"), 0755, &p->err));
	assert_true(file_mkdirs(in(p, ".hidden"), 0755, &p->err));
	assert_true(file_mkdirs(in(p, "folder.c"), 0755, &p->err));
	put(p, "z.c", "");
	put(p, "B.c", "");
	put(p, "b/deep/x.c", "");
	put(p, "b.c", "");
	put(p, "no.h", "");
	put(p, ".c", "");
	put(p, ".hidden/x.c", "");
	put(p, "folder.c/in.c", "");
	assert_true(file_find(&p->a, &got, p->dir, ".c", &p->err));
	assert_int_equal(got.n, 6);
	assert_string_equal(got.v[0], "kept");
	assert_string_equal(got.v[1], in(p, "B.c"));
	assert_string_equal(got.v[2], in(p, "b.c"));
	assert_string_equal(got.v[3], in(p, "b/deep/x.c"));
	assert_string_equal(got.v[4], in(p, "folder.c/in.c"));
	assert_string_equal(got.v[5], in(p, "z.c"));
	assert_false(file_find(&p->a, &got, in(p, "none"), ".c", &p->err));
	assert_says(p, "/none: No such file");
	assert_false(file_find(&p->a, &got, in(p, "z.c"), ".c", &p->err));
	assert_says(p, "Not a directory");
}

/* Links to files and folders are followed; a loop of them ends, and one that
 * leads nowhere is listed, so that what it stands for is missed. */
static void
test_file_find_follows_links(void **state)
{
	struct place *p = *state;
	struct names got = { 0 };

	assert_true(file_mkdirs(in(p, "real/sub"), 0755, &p->err));
	put(p, "real/sub/x.c", "");
	put(p, "outside.txt", "");
	assert_int_equal(symlink("..", in(p, "real/sub/loop")), 0);
	assert_int_equal(symlink(".", in(p, "real/self")), 0);
	assert_int_equal(symlink("/none", in(p, "real/dead.c")), 0);
	assert_int_equal(symlink("../outside.txt", in(p, "real/linked.c")), 0);
	assert_int_equal(symlink("real", in(p, "alias")), 0);
	assert_true(file_find(&p->a, &got, in(p, "alias"), ".c", &p->err));
	assert_int_equal(got.n, 3);
	assert_string_equal(got.v[0], in(p, "alias/dead.c"));
	assert_string_equal(got.v[1], in(p, "alias/linked.c"));
	assert_string_equal(got.v[2], in(p, "alias/sub/x.c"));
}

/* -- programs ------------------------------------------------------------- */

#define ARGV(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void
test_proc(void **state)
{
	struct place *p = *state;
	struct proc x = { .argv = ARGV("sh", "-c",
			      "cat; echo \"$1\"; echo oops >&2; exit 3", "sh",
			      "a b'; echo \"$HOME") };

	x.input = "in\n";
	x.input_len = 3;
	assert_true(proc_run(&x, &p->err));
	assert_int_equal(x.status, 3);
	assert_string_equal(buf_str(&x.out), "in\na b'; echo \"$HOME\n");
	assert_string_equal(buf_str(&x.err), "oops\n");
	proc_release(&x);
	assert_string_equal(buf_str(&x.out), "");
}

/* More than a pipe holds, in and out at once. */
static void
test_proc_with_much_to_say(void **state)
{
	struct place *p = *state;
	struct buf text = { 0 };
	struct proc x = { .argv = ARGV("cat"), .timeout_ms = 60000 };

	for (int i = 0; i < 300000; i++)
		buf_fmt(&text, "%d\n", i);
	x.input = text.s;
	x.input_len = text.len;
	assert_true(proc_run(&x, &p->err));
	assert_int_equal(x.status, 0);
	assert_int_equal(x.out.len, text.len);
	assert_memory_equal(x.out.s, text.s, text.len);
	proc_release(&x);
	buf_release(&text);
}

/* It ends without reading its input: no SIGPIPE, no error. */
static void
test_proc_that_does_not_read(void **state)
{
	struct place *p = *state;
	struct sigaction before;
	struct buf text = { 0 };
	struct proc x = { .argv = ARGV("true") };

	for (int i = 0; i < 300000; i++)
		buf_puts(&text, "0123456789");
	x.input = text.s;
	x.input_len = text.len;
	assert_true(proc_run(&x, &p->err));
	assert_int_equal(x.status, 0);
	sigaction(SIGPIPE, NULL, &before);
	assert_true(before.sa_handler == SIG_DFL);
	proc_release(&x);
	buf_release(&text);
}

/* Two that end only because both run: each waits for what the other opens. */
static void
test_proc_side_by_side(void **state)
{
	struct place *p = *state;
	const char *fifo = file_join(&p->a, p->dir, "fifo");
	struct proc x = { .argv =
			      ARGV("sh", "-c", "cat; echo hi > \"$0\"", fifo),
		.input = "in\n",
		.input_len = 3,
		.timeout_ms = 60000 };
	struct proc y = { .argv = ARGV("sh", "-c", "cat \"$0\"; exit 4", fifo),
		.timeout_ms = 60000 };

	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_true(proc_start(&x, &p->err));
	assert_true(proc_start(&y, &p->err));
	assert_true(proc_finish(&x, &p->err));
	assert_true(proc_finish(&y, &p->err));
	assert_int_equal(x.status, 0);
	assert_int_equal(y.status, 4);
	assert_string_equal(buf_str(&x.out), "in\n");
	assert_string_equal(buf_str(&y.out), "hi\n");
	proc_release(&x);
	proc_release(&y);
}

/* What is not there yet when the program starts, and what never comes. */
static void
test_proc_input_follows(void **state)
{
	struct place *p = *state;
	struct proc x = {
		.argv = ARGV("cat"), .input_follows = true, .timeout_ms = 60000
	};
	struct proc y = x;

	assert_true(proc_start(&x, &p->err));
	assert_true(proc_start(&y, &p->err));
	proc_input(&x, "late\n", 5);
	assert_true(proc_finish(&x, &p->err));
	assert_true(proc_finish(&y, &p->err));
	assert_string_equal(buf_str(&x.out), "late\n");
	assert_int_equal(y.out.len, 0);
	assert_int_equal(y.status, 0);
	proc_release(&x);
	proc_release(&y);
}

static void
test_proc_without_input(void **state)
{
	struct place *p = *state;
	struct proc x = { .argv = ARGV("cat"), .timeout_ms = 60000 };

	assert_true(proc_run(&x, &p->err));
	assert_int_equal(x.status, 0);
	assert_int_equal(x.out.len, 0);
	proc_release(&x);
}

static void
test_proc_killed_by_a_signal(void **state)
{
	struct place *p = *state;
	struct proc x = { .argv = ARGV("sh", "-c", "kill -SEGV $$") };

	assert_true(proc_run(&x, &p->err));
	assert_int_equal(x.status, 128 + SIGSEGV);
	proc_release(&x);
}

/* Its time is up: it goes, and so do those that it started. */
static void
test_proc_timeout(void **state)
{
	struct place *p = *state;
	struct proc x = { .argv = ARGV(
			      "sh", "-c", "echo $$; sleep 600 & echo $!; wait"),
		.timeout_ms = 500 };
	long parent = 0, child = 0;

	assert_false(proc_run(&x, &p->err));
	assert_int_equal(x.status, 128 + SIGKILL);
	assert_says(p, "sh did not finish within 1 s");
	assert_int_equal(
	    sscanf(buf_str(&x.out), "%ld %ld", &parent, &child), 2);
	assert_int_equal(kill((pid_t)parent, 0), -1);
	/* the child is init's now, which may take a moment to bury it */
	for (int i = 0; i < 500 && !kill((pid_t)child, 0); i++) {
		char path[64], line[256] = "";
		FILE *f;

		snprintf(path, sizeof(path), "/proc/%ld/stat", child);
		f = fopen(path, "r");
		if (!f)
			break;
		if (fgets(line, sizeof(line), f) && strstr(line, ") Z ")) {
			fclose(f);
			break;
		}
		fclose(f);
		usleep(10000);
		assert_true(i < 499);
	}
	proc_release(&x);
}

static void
test_proc_that_is_not_there(void **state)
{
	struct place *p = *state;
	struct proc x = { .argv = ARGV("deesse-no-such-program") };

	assert_false(proc_run(&x, &p->err));
	assert_says(p, "cannot run deesse-no-such-program: No such file");
	proc_release(&x);
	x.argv = ARGV(p->dir);
	assert_false(proc_run(&x, &p->err));
	assert_says(p, "Permission denied");
	proc_release(&x);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_arena),
		TEST(test_arena_extend),
		TEST(test_arena_large),
		TEST(test_arena_strings),
		TEST(test_out_of_memory_ends),
		TEST(test_vec),
		TEST(test_map),
		TEST(test_map_reserve),
		TEST(test_buf),
		TEST(test_err),
		TEST(test_text_clean),
		TEST(test_text_clean_of_anything),
		TEST(test_text_nearest),
		TEST(test_text_questions),
		TEST(test_words),
		TEST(test_hash),
		TEST(test_file_read),
		TEST(test_file_write_is_atomic),
		TEST(test_file_draft),
		TEST(test_a_pipe_stays_a_pipe),
		TEST(test_file_update),
		TEST(test_many_files),
		TEST(test_many_files_beside_others),
		TEST(test_file_mkdirs),
		TEST(test_file_find),
		TEST(test_file_find_follows_links),
		TEST(test_proc),
		TEST(test_proc_with_much_to_say),
		TEST(test_proc_that_does_not_read),
		TEST(test_proc_side_by_side),
		TEST(test_proc_input_follows),
		TEST(test_proc_without_input),
		TEST(test_proc_killed_by_a_signal),
		TEST(test_proc_timeout),
		TEST(test_proc_that_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
