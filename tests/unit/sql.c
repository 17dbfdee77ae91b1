/* sql - tokens, statements, names and keys of both dialects */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/cases.h"

#include "base/buf.h"
#include "sql/define.h"
#include "sql/key.h"
#include "sql/lang.h"
#include "sql/lex.h"
#include "sql/list.h"
#include "sql/queries.h"
#include "sql/quote.h"
#include "sql/rights.h"
#include "sql/say.h"
#include "sql/split.h"
#include "sql/stream.h"

#define LITE DIALECT_SQLITE
#define PG DIALECT_POSTGRES
#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* A text of n bytes, which may hold a NUL. */
#define BYTES(s) s, sizeof(s) - 1

static const char letters[] = "ewiqnposcmbd";

/* One letter a kind, in the order of enum token_kind; then what it spans. */
static const char *
tokens_of(struct buf *out, enum dialect d, const char *s, size_t n, bool jit)
{
	struct lexer l;
	struct token t;

	buf_cut(out, 0);
	lex_init(&l, d, s, n);
	l.interpret = !jit;
	while (lex_next(&l, &t)) {
		buf_fmt(out, "%s%c", out->len ? " " : "", letters[t.kind]);
		buf_add(out, t.at, t.len);
	}
	assert_int_equal(t.kind, TOKEN_END);
	assert_int_equal(t.len, 0);
	assert_ptr_equal(t.at, s + n);
	assert_false(lex_next(&l, &t));
	lex_release(&l);
	return buf_str(out);
}

struct lex_case {
	enum dialect d;
	const char *text;
	size_t n;
	const char *wanted;
	size_t wanted_n;
};

static const struct lex_case lexed[] = {
	{ PG, BYTES(""), BYTES("") },
	{ PG, BYTES("  -- only\n"), BYTES("") },
	{ PG, BYTES("select a,b"), BYTES("wselect wa o, wb") },
	/* comments */
	{ PG, BYTES("a/*x*/b"), BYTES("wa wb") },
	{ PG, BYTES("a/*x/*y*/z*/b"), BYTES("wa wb") },
	{ PG, BYTES("a/*x/*y*/b"), BYTES("wa b/*x/*y*/b") },
	{ PG, BYTES("a /**/ /***/ /*/ */ b"), BYTES("wa wb") },
	{ PG, BYTES("a /* /* */"), BYTES("wa b/* /* */") },
	{ PG, BYTES("a--b\rc"), BYTES("wa wc") },
	{ PG, BYTES("a--b\nc"), BYTES("wa wc") },
	{ LITE, BYTES("a--b\rc"), BYTES("wa") },
	{ LITE, BYTES("a--b\nc"), BYTES("wa wc") },
	{ LITE, BYTES("a/*x/*y*/b"), BYTES("wa wb") },
	{ LITE, BYTES("a /* open"), BYTES("wa") },
	{ LITE, BYTES("a /*/ b */ c"), BYTES("wa wc") },
	{ LITE, BYTES("a /*"), BYTES("wa o/ o*") },
	{ LITE, BYTES("a /**"), BYTES("wa") },
	{ LITE, BYTES("a -/**/- b"), BYTES("wa o- o- wb") },
	/* strings */
	{ PG, BYTES("'it''s' x"), BYTES("q'it''s' wx") },
	{ PG, BYTES("'a\\' x"), BYTES("q'a\\' wx") },
	{ PG, BYTES("E'a\\' x' y"), BYTES("qE'a\\' x' wy") },
	{ PG, BYTES("e'a\\\\' y"), BYTES("qe'a\\\\' wy") },
	{ PG, BYTES("E'open\\'"), BYTES("bE'open\\'") },
	{ PG, BYTES("E'\\"), BYTES("bE'\\") },
	{ PG, BYTES("u&'\\0041' U&\"d\"\"x\""),
	    BYTES("qu&'\\0041' iU&\"d\"\"x\"") },
	{ PG, BYTES("B'01'X'fF'n'x'"), BYTES("qB'01' qX'fF' qn'x'") },
	{ PG, BYTES("'a' -- c\n  'b' c"), BYTES("q'a' -- c\n  'b' wc") },
	{ PG, BYTES("'a' 'b'"), BYTES("q'a' q'b'") },
	{ PG, BYTES("E'a'\n'\\'; x' y"), BYTES("qE'a'\n'\\'; x' wy") },
	{ PG, BYTES("'a'\n-- c\n'b"), BYTES("b'a'\n-- c\n'b") },
	{ PG, BYTES("x 'open"), BYTES("wx b'open") },
	{ PG, BYTES("\"open"), BYTES("b\"open") },
	{ LITE, BYTES("'a\\' x"), BYTES("q'a\\' wx") },
	{ LITE, BYTES("E'a'"), BYTES("wE q'a'") },
	{ LITE, BYTES("x'0aF1' X''"), BYTES("qx'0aF1' qX''") },
	{ LITE, BYTES("x'0' y"), BYTES("bx'0' y") },
	{ LITE, BYTES("x'zz'"), BYTES("bx'zz'") },
	{ LITE, BYTES("xy'z'"), BYTES("wxy q'z'") },
	{ LITE, BYTES("'open"), BYTES("b'open") },
	/* dollar quotes */
	{ PG, BYTES("$$a'b$$ c"), BYTES("q$$a'b$$ wc") },
	{ PG, BYTES("$a$ $$ $b$ $a$c"), BYTES("q$a$ $$ $b$ $a$ wc") },
	{ PG, BYTES("$a$ $A$"), BYTES("b$a$ $A$") },
	{ PG, BYTES("$\xc3\xa9$;$\xc3\xa9$"), BYTES("q$\xc3\xa9$;$\xc3\xa9$") },
	{ PG, BYTES("a$$b$$"), BYTES("wa$$b$$") },
	{ PG, BYTES("a $$b"), BYTES("wa b$$b") },
	{ PG, BYTES("$1a$ b"), BYTES("p$1 wa$ wb") },
	{ PG, BYTES("$a b"), BYTES("b$a b") },
	{ LITE, BYTES("$$a$$"), BYTES("p$$a$$") },
	{ LITE, BYTES("$a$b"), BYTES("p$a$b") },
	/* names */
	{ PG, BYTES("\"a\"\"b\".c$1"), BYTES("i\"a\"\"b\" o. wc$1") },
	{ PG, BYTES("a[1:2]"), BYTES("wa o[ n1 o: n2 o]") },
	{ PG, BYTES("a `b`"), BYTES("wa o` wb o`") },
	{ LITE, BYTES("[a;b] `c``d` \"e\""), BYTES("i[a;b] i`c``d` i\"e\"") },
	{ LITE, BYTES("[a\"]\"]"), BYTES("i[a\"] b\"]") },
	{ LITE, BYTES("[a"), BYTES("b[a") },
	{ LITE, BYTES("`a"), BYTES("b`a") },
	{ LITE, BYTES("a]"), BYTES("wa b]") },
	/* numbers */
	{ PG, BYTES("1 .5 1. 1.5e-3 1e+5"), BYTES("n1 n.5 n1. n1.5e-3 n1e+5") },
	{ PG, BYTES("1..10"), BYTES("n1 o.. n10") },
	{ PG, BYTES("0x1F 0b01 0o17 1_000"),
	    BYTES("n0x1F n0b01 n0o17 n1_000") },
	{ PG, BYTES("1a 1e 0xg"), BYTES("n1 wa n1 we n0 wxg") },
	{ PG, BYTES("a-1"), BYTES("wa o- n1") },
	{ LITE, BYTES("1 .5 1. 1.5e-3 0xfF 1_0"),
	    BYTES("n1 n.5 n1. n1.5e-3 n0xfF n1_0") },
	{ LITE, BYTES("1..5"), BYTES("n1. n.5") },
	{ LITE, BYTES("1a"), BYTES("b1a") },
	{ LITE, BYTES("0x"), BYTES("b0x") },
	{ LITE, BYTES("0x1g"), BYTES("b0x1g") },
	{ LITE, BYTES("1e"), BYTES("b1e") },
	{ LITE, BYTES("a .5x"), BYTES("wa b.5x") },
	/* parameters */
	{ PG, BYTES("$1::int :a"), BYTES("p$1 o:: wint o: wa") },
	{ PG, BYTES("a:=1"), BYTES("wa o:= n1") },
	{ LITE, BYTES("? ?12 :a @b $c #d"), BYTES("p? p?12 p:a p@b p$c p#d") },
	{ LITE, BYTES("$a::b(x;'y) c"), BYTES("p$a::b(x;'y) wc") },
	{ LITE, BYTES("$a(x y)"), BYTES("b$a(x y)") },
	{ LITE, BYTES(":"), BYTES("b:") },
	{ LITE, BYTES("@ a"), BYTES("b@ a") },
	/* operators */
	{ PG, BYTES("a@>b ->> c"), BYTES("wa o@> wb o->> wc") },
	{ PG, BYTES("a=-1"), BYTES("wa o= o- n1") },
	{ PG, BYTES("a@-1"), BYTES("wa o@- n1") },
	{ PG, BYTES("a<>-1 +-2"), BYTES("wa o<> o- n1 o+ o- n2") },
	{ PG, BYTES("a*--b\nc"), BYTES("wa o* wc") },
	{ PG, BYTES("a*/*b*/c"), BYTES("wa o* wc") },
	{ PG, BYTES("a<--b\n>c"), BYTES("wa o< o> wc") },
	{ PG, BYTES("a#/**/#b"), BYTES("wa o# o# wb") },
	{ PG, BYTES("a{"), BYTES("wa b{") },
	{ LITE, BYTES("a->>b||c<<d<>e<=f==g!=h"),
	    BYTES("wa o->> wb o|| wc o<< wd o<> we o<= wf o== wg o!= wh") },
	{ LITE, BYTES("a*--b\nc"), BYTES("wa o* wc") },
	{ LITE, BYTES("a!b"), BYTES("wa b!b") },
	{ LITE, BYTES("a^b"), BYTES("wa b^b") },
	{ LITE, BYTES("a\\b"), BYTES("wa b\\b") },
	/* psql's own lines */
	{ PG, BYTES("\\i a;'b\nc"), BYTES("m\\i a;'b wc") },
	{ PG, BYTES("a \\gexec"), BYTES("wa m\\gexec") },
	{ PG, BYTES("'\\i' \"\\i\" $$\\i$$"),
	    BYTES("q'\\i' i\"\\i\" q$$\\i$$") },
	/* bytes */
	{ PG, BYTES("a\0b"), BYTES("wa b\0b") },
	{ PG, BYTES("a 'x\0' b"), BYTES("wa b'x\0' b") },
	{ LITE, BYTES("a -- x\0\nb"), BYTES("wa b-- x\0\nb") },
	{ PG, BYTES("a /*\xff*/ b"), BYTES("wa b/*\xff*/ b") },
	{ PG, BYTES("a '\xc3\xa9' \xc3\xa9"),
	    BYTES("wa q'\xc3\xa9' w\xc3\xa9") },
	{ PG, BYTES("'\xc0\xaf'"), BYTES("b'\xc0\xaf'") },
	{ PG, BYTES("'\xed\xa0\x80'"), BYTES("b'\xed\xa0\x80'") },
	{ PG, BYTES("'\xf4\x90\x80\x80'"), BYTES("b'\xf4\x90\x80\x80'") },
	{ PG, BYTES("'\xf0\x9f\x98\x80' a"), BYTES("q'\xf0\x9f\x98\x80' wa") },
	{ PG, BYTES("'\xc3"), BYTES("b'\xc3") },
	{ LITE,
	    BYTES("\xef\xbb\xbf"
		  "a"),
	    BYTES("wa") },
	{ PG,
	    BYTES("\xef\xbb\xbf"
		  "a"),
	    BYTES("w\xef\xbb\xbf"
		  "a") },
	{ LITE, BYTES("a\vb"), BYTES("wa b\vb") },
	{ PG, BYTES("a\vb"), BYTES("wa wb") },
};

static void
test_tokens(void **state)
{
	struct buf out = { 0 };

	(void)state;
	for (int jit = 0; jit < 2; jit++) {
		for (size_t i = 0; i < COUNT(lexed); i++) {
			const struct lex_case *c = &lexed[i];

			tokens_of(&out, c->d, c->text, c->n, jit);
			if (out.len != c->wanted_n ||
			    memcmp(buf_str(&out), c->wanted, out.len))
				fail_msg("%s '%s' is\n %s, not\n %s",
				    dialect_name(c->d), c->text, buf_str(&out),
				    c->wanted);
		}
	}
	buf_release(&out);
}

/* The raw tokens are the whole text, and without space and comments they are
 * the others. */
static void
test_raw(void **state)
{
	struct buf next = { 0 }, raw = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(lexed); i++) {
		const struct lex_case *c = &lexed[i];
		struct lexer l;
		struct token t;
		size_t pos = 0;

		tokens_of(&next, c->d, c->text, c->n, true);
		buf_cut(&raw, 0);
		lex_init(&l, c->d, c->text, c->n);
		while (lex_raw(&l, &t)) {
			assert_ptr_equal(t.at, c->text + pos);
			assert_int_not_equal(t.len, 0);
			pos += t.len;
			if (t.kind == TOKEN_SPACE || t.kind == TOKEN_COMMENT)
				continue;
			buf_fmt(
			    &raw, "%s%c", raw.len ? " " : "", letters[t.kind]);
			buf_add(&raw, t.at, t.len);
		}
		assert_int_equal(pos, c->n);
		assert_int_equal(raw.len, next.len);
		assert_string_equal(buf_str(&raw), buf_str(&next));
		lex_release(&l);
	}
	buf_release(&next);
	buf_release(&raw);
}

/* Every prefix of a NUL-free text, and every place of a NUL in it: the lexer
 * ends, covers the text, and nothing holds the NUL but a bad token. */
static void
test_nul_is_always_bad(void **state)
{
	char text[256];

	(void)state;
	for (size_t i = 0; i < COUNT(lexed); i++) {
		size_t n = lexed[i].n;

		for (size_t at = 0; at < n && n < sizeof(text); at++) {
			struct lexer l;
			struct token t;

			memcpy(text, lexed[i].text, n);
			text[at] = '\0';
			lex_init(&l, lexed[i].d, text, n);
			while (lex_raw(&l, &t))
				if (t.kind != TOKEN_BAD)
					assert_null(memchr(t.at, 0, t.len));
			lex_release(&l);
		}
	}
}

/* Long repeats neither overflow a stack nor take more than linear time, and
 * what the matcher gives up on is bad, with the JIT and without. */
static void
test_long_repeats(void **state)
{
	static const char *const units[] = { "''", "/*", "*/", "(", "$a$", "+-",
		"'\n", "--\n", "1_", "[", "\"\"", "\\'", "E'\\'", "$a", "/**/",
		"a", "=", "x'", "::", "'--\n" };
	struct buf b = { 0 };

	(void)state;
	for (size_t u = 0; u < COUNT(units); u++) {
		buf_cut(&b, 0);
		while (b.len < 50000)
			buf_puts(&b, units[u]);
		for (int d = 0; d < DIALECT_COUNT; d++) {
			for (int jit = 0; jit < 2; jit++) {
				struct lexer l;
				struct token t;
				size_t pos = 0;

				lex_init(&l, (enum dialect)d, b.s, b.len);
				l.interpret = !jit;
				while (lex_raw(&l, &t)) {
					assert_ptr_equal(t.at, b.s + pos);
					pos += t.len;
				}
				assert_int_equal(pos, b.len);
				lex_release(&l);
			}
		}
	}
	buf_release(&b);
}

static void
test_token_is(void **state)
{
	struct lexer l;
	struct token t;

	(void)state;
	lex_init(&l, PG, BYTES("Drop \"drop\" 'drop' , drops"));
	assert_true(lex_next(&l, &t) && token_is(&t, "drop"));
	assert_true(token_names(&t));
	assert_true(lex_next(&l, &t) && !token_is(&t, "drop"));
	assert_true(!token_is(&t, "\"drop\"") && token_names(&t));
	assert_true(lex_next(&l, &t) && !token_is(&t, "drop"));
	assert_false(token_names(&t));
	assert_true(lex_next(&l, &t) && token_is(&t, ","));
	assert_true(lex_next(&l, &t) && !token_is(&t, "drop"));
	lex_release(&l);
}

static const char *
split_of(struct arena *a, enum dialect d, const char *text, size_t n)
{
	struct statements all = { 0 };
	char *out = arena_strdup(a, "");

	sql_split(a, &all, d, text, n);
	for (size_t i = 0; i < all.n; i++) {
		assert_ptr_equal(all.v[i].text, text + all.v[i].offset);
		out = arena_fmt(a, "%s%s<%.*s>", out, all.v[i].bad ? "bad" : "",
		    (int)all.v[i].len, all.v[i].text);
	}
	return out;
}

static const struct {
	enum dialect d;
	const char *text, *wanted;
} splits[] = {
	{ PG, "", "" },
	{ PG, " ; ;; -- a\n;", "" },
	{ PG, "a;b", "<a><b>" },
	{ PG, "/* x */ a /* y */ ; -- z\n b c ;", "<a><b c>" },
	{ PG, "a ';' b; \"c;\"; $$;$$; $q$;$$;$q$",
	    "<a ';' b><\"c;\"><$$;$$>"
	    "<$q$;$$;$q$>" },
	{ PG, "BEGIN; a; COMMIT; begin; end;",
	    "<BEGIN><a><COMMIT><begin><end>" },
	{ PG, "create rule r as on insert to t do (a; b); c",
	    "<create rule r as on insert to t do (a; b)><c>" },
	{ PG, "a (; b; c", "<a (; b; c>" },
	{ PG, "a ); b", "<a )><b>" },
	{ PG, "a 'open; b", "bad<a 'open; b>" },
	{ PG, "a; b /* open; c", "<a>bad<b /* open; c>" },
	{ PG, "create function f() begin atomic select 1; select 2; end; b",
	    "<create function f() begin atomic select 1; select 2; end><b>" },
	{ PG,
	    "create or replace procedure p() begin atomic select case when a "
	    "then 1 end; select t.end, 1 as case; end; b",
	    "<create or replace procedure p() begin atomic select case when a "
	    "then 1 end; select t.end, 1 as case; end><b>" },
	/* none of these opens a body */
	{ PG, "create function begin() as 'x'; drop table t; end;",
	    "<create function begin() as 'x'><drop table t><end>" },
	{ PG, "create function f(begin atomic) as 'x'; drop table t; end;",
	    "<create function f(begin atomic) as 'x'><drop table t><end>" },
	{ PG, "create view begin atomic; drop table t; end;",
	    "<create view begin atomic><drop table t><end>" },
	{ PG, "create table function (a begin atomic); drop table t;",
	    "<create table function (a begin atomic)><drop table t>" },
	{ PG, "create trigger t begin; drop table t; end;",
	    "<create trigger t begin><drop table t><end>" },
	{ PG, "\\i a;b\nc; d \\gexec\ne;", "<\\i a;b><c><d \\gexec><e>" },
	{ PG, "a (\\x\nb; c", "<a (\\x><b><c>" },
	{ PG,
	    "\xef\xbb\xbf"
	    "a; b",
	    "<a><b>" },
	{ LITE,
	    "create trigger t after insert on a begin delete from b; "
	    "select case when 1 then 2 end; end; c",
	    "<create trigger t after insert on a begin delete from b; "
	    "select case when 1 then 2 end; end><c>" },
	{ LITE, "create temp trigger t begin a; b; end;c",
	    "<create temp trigger t begin a; b; end><c>" },
	{ LITE, "explain query plan create temporary trigger t begin a; end;c",
	    "<explain query plan create temporary trigger t begin a; end><c>" },
	{ LITE, "create trigger t begin select end; x; end; c",
	    "<create trigger t begin select end; x; end><c>" },
	{ LITE, "create trigger a on t; drop table t; end;",
	    "<create trigger a on t><drop table t><end>" },
	{ LITE, "create table trigger (a begin); drop table t; end;",
	    "<create table trigger (a begin)><drop table t><end>" },
	{ LITE, "create view trigger as begin; drop table t; end;",
	    "<create view trigger as begin><drop table t><end>" },
	{ LITE, "create table t (a, b begin; end); c",
	    "<create table t (a, b begin; end)><c>" },
	{ LITE, "begin; a; end; b", "<begin><a><end><b>" },
	{ LITE, "$a(;b);c", "<$a(;b)><c>" },
	{ LITE, "$$a;b$$", "<$$a><b$$>" },
	{ LITE, "[a;b];`c;d`", "<[a;b]><`c;d`>" },
	{ LITE, "a /* open; b", "<a>" },
};

static void
test_split(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(splits); i++) {
		struct arena a = { 0 };

		assert_string_equal(split_of(&a, splits[i].d, splits[i].text,
					strlen(splits[i].text)),
		    splits[i].wanted);
		arena_release(&a);
	}
}

static void
test_split_places(void **state)
{
	static const char text[] = "a;\n  \xc3\xa9 b;/*\n\n*/ c\n d; e";
	struct arena a = { 0 };
	struct statements all = { 0 };

	(void)state;
	sql_split(&a, &all, PG, text, strlen(text));
	assert_int_equal(all.n, 4);
	assert_int_equal(all.v[0].line, 1);
	assert_int_equal(all.v[0].column, 1);
	assert_int_equal(all.v[1].line, 2);
	assert_int_equal(all.v[1].column, 3);
	assert_int_equal(all.v[1].offset, 5);
	assert_int_equal(all.v[2].line, 4);
	assert_int_equal(all.v[2].column, 4);
	assert_int_equal(all.v[3].line, 5);
	assert_int_equal(all.v[3].column, 5);
	arena_release(&a);
}

static void
test_split_stops_at_nul(void **state)
{
	struct arena a = { 0 };
	struct statements all = { 0 };

	(void)state;
	sql_split(&a, &all, LITE, BYTES("a; b\0; c"));
	assert_int_equal(all.n, 2);
	assert_false(all.v[0].bad);
	assert_true(all.v[1].bad);
	assert_int_equal(all.v[1].len, 5);
	arena_release(&a);
}

/* Where each statement begins, and its text. */
static void
split_case(struct buf *out, enum dialect d, const char *text, size_t n)
{
	struct arena a = { 0 };
	struct statements all = { 0 };

	sql_split(&a, &all, d, text, n);
	for (size_t i = 0; i < all.n; i++)
		buf_fmt(out, "%d:%d +%zu\n%.*s\n\n", all.v[i].line,
		    all.v[i].column, all.v[i].offset, (int)all.v[i].len,
		    all.v[i].text);
	arena_release(&a);
}

static void
test_split_cases(void **state)
{
	(void)state;
	cases_run("golden/split", split_case);
}

static void
test_keywords_are_sorted(void **state)
{
	(void)state;
	for (int d = 0; d < DIALECT_COUNT; d++) {
		const struct lang *lang = sql_lang((enum dialect)d);

		assert_true(lang->n_keywords > 100);
		for (size_t i = 0; i < lang->n_keywords; i++) {
			const struct keyword *k = &lang->keywords[i];

			assert_ptr_equal(
			    lang_keyword(lang, k->word, strlen(k->word)), k);
			assert_true(!i || strcmp(k[-1].word, k->word) < 0);
		}
		assert_null(lang_keyword(lang, "zzz", 3));
		assert_null(lang_keyword(lang, "", 0));
		assert_null(lang_keyword(lang, "selec", 5));
		assert_null(lang_keyword(lang, "selects", 7));
	}
}

static void
test_reserved(void **state)
{
	(void)state;
	for (int d = 0; d < DIALECT_COUNT; d++) {
		assert_true(sql_reserved((enum dialect)d, "SELECT"));
		assert_true(sql_reserved((enum dialect)d, "order"));
		assert_false(sql_reserved((enum dialect)d, "title"));
		assert_false(sql_reserved((enum dialect)d, "key"));
	}
	assert_true(sql_reserved(PG, "user"));
	assert_false(sql_reserved(LITE, "user"));
	assert_true(sql_reserved(PG, "left"));
	assert_false(sql_reserved(LITE, "left"));
	assert_true(sql_reserved(LITE, "add"));
	assert_false(sql_reserved(PG, "add"));
	assert_false(sql_reserved(PG, "coalesce"));
}

static const struct {
	enum dialect d;
	const char *name, *wanted;
} idents[] = {
	{ LITE,
	    "\xef\xbb\xbf"
	    "a",
	    "\"\xef\xbb\xbf"
	    "a\"" },
	{ PG, "title", "title" },
	{ PG, "_a1", "_a1" },
	{ PG, "Title", "\"Title\"" },
	{ LITE, "Title", "Title" },
	{ PG, "1a", "\"1a\"" },
	{ PG, "a b", "\"a b\"" },
	{ PG, "a\"b", "\"a\"\"b\"" },
	{ PG, "", "\"\"" },
	{ PG, "a$", "\"a$\"" },
	{ PG, "\xc3\xa9", "\"\xc3\xa9\"" },
	{ PG, "order", "\"order\"" },
	{ LITE, "ORDER", "\"ORDER\"" },
	{ LITE, "key", "\"key\"" },
	{ PG, "key", "key" },
	{ PG, "coalesce", "\"coalesce\"" },
	{ LITE, "a]b`c", "\"a]b`c\"" },
};

static void
test_ident(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(idents); i++) {
		struct buf b = { 0 };

		sql_ident(&b, idents[i].d, idents[i].name);
		assert_string_equal(buf_str(&b), idents[i].wanted);
		assert_int_equal(sql_needs_quotes(idents[i].d, idents[i].name),
		    *idents[i].wanted == '"');
		buf_release(&b);
	}
}

static void
test_qualified_and_literal(void **state)
{
	struct buf b = { 0 };

	(void)state;
	sql_qualified(&b, PG, NULL, "a");
	buf_putc(&b, ' ');
	sql_qualified(&b, PG, "S", "order");
	buf_putc(&b, ' ');
	sql_literal(&b, PG, "it's\\");
	buf_putc(&b, ' ');
	sql_literal(&b, LITE, "");
	assert_string_equal(buf_str(&b), "a \"S\".\"order\" 'it''s\\' ''");
	buf_release(&b);
}

/* Whatever the bytes, a quoted name is one token that names it again, and a
 * literal is one string. */
static void
test_quoting_round_trip(void **state)
{
	static const char *const names[] = { "a", "A", "a\"b", "\"", "\"\"",
		"a]b", "`", "'", "--", "/*", "a;b", "$$", "\\", "select", "U&",
		"1", "\xc3\xa9", " ", "a\nb", "" };

	(void)state;
	for (int d = 0; d < DIALECT_COUNT; d++) {
		for (size_t i = 0; i < COUNT(names); i++) {
			struct arena a = { 0 };
			struct buf b = { 0 };
			struct lexer l;
			struct token t;

			sql_ident(&b, (enum dialect)d, names[i]);
			lex_init(&l, (enum dialect)d, b.s, b.len);
			assert_true(lex_next(&l, &t) && token_names(&t));
			assert_int_equal(t.len, b.len);
			assert_string_equal(
			    sql_unquote(&a, (enum dialect)d, t.at, t.len),
			    names[i]);
			lex_release(&l);
			buf_cut(&b, 0);
			sql_literal(&b, (enum dialect)d, names[i]);
			lex_init(&l, (enum dialect)d, b.s, b.len);
			assert_true(lex_next(&l, &t));
			assert_int_equal(t.kind, TOKEN_STRING);
			assert_int_equal(t.len, b.len);
			lex_release(&l);
			buf_release(&b);
			arena_release(&a);
		}
	}
}

static const struct {
	enum dialect d;
	const char *text, *wanted;
} keys[] = {
	{ PG, "", "" },
	{ PG, "(", "(" },
	{ PG, "()", "( )" },
	{ PG, "A  >= /* x */ 0", "a >= 0" },
	{ PG, "((a>0))", "a > 0" },
	{ PG, "(a) + (b)", "( a ) + ( b )" },
	{ PG, "((a) + (b))", "( a ) + ( b )" },
	{ PG, "(a", "( a" },
	{ PG, "\"status\"='X'", "status = 'X'" },
	{ PG, "\"Status\"", "\"Status\"" },
	{ PG, "\"order\"", "\"order\"" },
	{ PG, "\"char\"", "\"char\"" },
	{ PG, "\"a b\"", "\"a b\"" },
	{ PG, "\"\xc3\xa9\"", "\xc3\xa9" },
	{ PG, "U&\"d\\0061t\"", "dat" },
	{ PG, "a::TEXT", "a :: text" },
	{ PG, "f( 'it''s',1.50 )", "f ( 'it''s' , 1.50 )" },
	{ LITE, "[Title] <> `TITLE` || \"title\"", "title <> title || title" },
	{ LITE, "\"Order\"", "\"order\"" },
	{ LITE, "\"key\" key KEY", "key key key" },
	{ LITE, "[a\"b]", "\"a\"\"b\"" },
	{ LITE, "X = 'X' -- y", "x = 'X'" },
	{ LITE, "a 'open", "a 'open" },
};

static void
test_key(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++)
		assert_string_equal(
		    sql_key(&a, keys[i].d, keys[i].text), keys[i].wanted);
	for (size_t i = 0; i < COUNT(keys); i++) /* a key is its own key */
		assert_string_equal(
		    sql_key(&a, keys[i].d, keys[i].wanted), keys[i].wanted);
	assert_null(sql_key(&a, PG, NULL));
	arena_release(&a);
}

static const struct {
	enum dialect d;
	const char *text, *wanted;
} unquoted[] = {
	{ PG, "Title", "title" },
	{ LITE, "Title", "Title" },
	{ PG, "\"Ti\"\"tle\"", "Ti\"tle" },
	{ LITE, "[a]", "a" },
	{ LITE, "[]", "" },
	{ LITE, "`a``b`", "a`b" },
	{ LITE, "'it''s'", "it's" },
	{ PG, "U&\"\\0441\\+01F600\\\\x\"", "\xd1\x81\xf0\x9f\x98\x80\\x" },
	{ PG, "u&\"\\D83D\\DE00\"", "\xf0\x9f\x98\x80" },
	{ PG, "U&\"a\\zz\"", "a\\zz" },
};

static void
test_unquote(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(unquoted); i++)
		assert_string_equal(
		    sql_unquote(&a, unquoted[i].d, unquoted[i].text,
			strlen(unquoted[i].text)),
		    unquoted[i].wanted);
	arena_release(&a);
}

static const struct {
	enum dialect d;
	const char *expr, *column;
	bool wanted;
} mentions[] = {
	{ PG, "title > 'a'", "title", true },
	{ PG, "lower(TITLE)", "title", true },
	{ PG, "\"TITLE\"", "title", false },
	{ PG, "\"Title\" = 1", "Title", true },
	{ LITE, "[TITLE]", "title", true },
	{ PG, "'title' <> titles", "title", false },
	{ PG, "posts.title", "title", true },
	{ PG, "title.x", "title", false },
	{ PG, "title(x)", "title", false },
	{ PG, "x::title", "title", false },
	{ PG, "cast(x as title)", "title", false },
	{ PG, "case when a then b end", "end", false },
	{ LITE, "x collate nocase", "nocase", false },
	{ PG, "/* title */ x", "title", false },
	{ LITE, "\"order\" > 1", "order", true },
};

static void
test_mentions(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(mentions); i++)
		if (sql_mentions(mentions[i].d, mentions[i].expr,
			mentions[i].column) != mentions[i].wanted)
			fail_msg(
			    "%s in %s", mentions[i].column, mentions[i].expr);
}

/* What must be a column; everything else is left out. */
static const struct {
	enum dialect d;
	const char *expr, *wanted;
} columns[] = {
	{ PG, "a > 0 AND Lower(b) = 'x'", "a b" },
	{ PG, "(a, \"B b\") > (c, 1)", "a B b c" },
	{ PG, "t.a = 1 OR s.t.b = 1 OR (c).d = 2", "t.a c" },
	{ PG, "CASE a WHEN b THEN c ELSE d END IS NULL", "a b c d" },
	{ PG, "a::text || b::numeric(x, y) || c::s.t(z)::u", "a b c" },
	{ PG, "a::timestamp with time zone > b", "a b" },
	{ PG, "a AT TIME ZONE 'utc' > date '2020-01-01'", "a" },
	{ PG, "cast(a AS geometry(point, 4326)) = b", "a b" },
	{ PG, "extract(year FROM a) > interval '1 day' * b", "a b" },
	{ PG, "a IS NOT DOCUMENT OR b IS DISTINCT FROM c", "a b c" },
	{ PG, "normalize(a, nfc) = make_date(year => b)", "b" },
	{ PG, "xmlelement(name a, xmlattributes(b AS c)) IS NULL", "" },
	{ PG, "a IN (SELECT b FROM c) AND d", "a d" },
	{ PG, "EXISTS (WITH a AS (VALUES (1)) TABLE a) OR b", "b" },
	{ PG, "a = ANY (b) AND c[d] = ARRAY[e]", "a b c d e" },
	{ PG, "a OPERATOR(s.=) b", "" },
	{ PG, "a ~ '^b' AND $$c$$ <> d /* e */ -- f", "a d" },
	{ PG, "a COLLATE \"C\" < b AND current_user = c", "a b c" },
	{ PG, "a BETWEEN SYMMETRIC b AND c", "a c" },
	{ PG, "citext 'a' = b AND NOT true", "b" },
	{ PG, "SELECT a", "" },
	{ PG, "a > 'b", "a" },
	{ LITE, "[a] > `b` AND \"c\" GLOB d", "a b c d" },
	{ LITE, "a NOT BETWEEN -1 AND b AND c NOT LIKE d ESCAPE e",
	    "a b c d e" },
	{ LITE, "a IN b AND c NOT IN (d, e) OR f IS g", "a c d e f" },
	{ LITE, "RAISE(ABORT, 'a') OR b NOTNULL", "b" },
	{ LITE, "cast(a AS \"some type\"(1)) COLLATE nocase < b", "a b" },
	{ LITE, "a ->> '$.b' = CURRENT_DATE AND true", "a" },
	{ LITE, ":a = ?1 AND $b > @c", "" },
};

static void
test_columns(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(columns); i++) {
		struct arena a = { 0 };
		struct buf got = { 0 };
		struct column_refs refs = { 0 };

		sql_columns(&a, columns[i].d, columns[i].expr, &refs);
		for (size_t k = 0; k < refs.n; k++)
			buf_fmt(&got, "%s%s%s%s", k ? " " : "",
			    refs.v[k].of ? refs.v[k].of : "",
			    refs.v[k].of ? "." : "", refs.v[k].name);
		assert_string_equal(buf_str(&got), columns[i].wanted);
		buf_release(&got);
		arena_release(&a);
	}
}

static void
test_columns_of(void **state)
{
	static const char text[] =
	    "UPDATE t SET a = (SELECT New.b) WHERE c = "
	    "new.\"D\" AND x.new.e AND old.f AND new.g()";
	struct arena a = { 0 };
	struct column_refs refs = { 0 };

	(void)state;
	sql_columns_of(&a, LITE, text, "new", &refs);
	assert_int_equal(refs.n, 2);
	assert_string_equal(refs.v[0].name, "b");
	assert_string_equal(refs.v[1].name, "D");
	assert_ptr_equal(refs.v[0].at.at, strchr(text, '.') + 1);
	arena_release(&a);
}

/* "x" of tables t and u: "x@t,u"; of what is around the text, too: "x@t,". */
static const struct {
	enum dialect d;
	const char *text, *wanted;
} queries[] = {
	{ PG, "a = 1", "" },
	{ PG, "EXISTS (SELECT 1 FROM t WHERE t.a = b)", "a@t b@t," },
	{ PG, "x IN (SELECT a FROM s.t u WHERE u.b AND v.c)",
	    "a@s.t, b@s.t v.c@," },
	{ LITE, "(SELECT max(a) FROM t WHERE b = (SELECT c FROM u))",
	    "a@t, c@u,t, b@t," },
	/* what is not to be known */
	{ PG, "(WITH t AS (SELECT a FROM u) SELECT b, t.c FROM t)", "a@u," },
	{ PG, "(SELECT q.a, b FROM (SELECT c AS a FROM t) q)", "c@t," },
	{ PG, "(SELECT a, f.b FROM t, f(t.c) f)", "c@t" },
	{ PG, "(SELECT a, u.x FROM t AS u (x, y))", "" },
	{ PG, "(SELECT a FROM (t CROSS JOIN u) AS v)", "" },
	{ PG, "(SELECT t.a FROM t TABLESAMPLE system (1))", "" },
	{ PG, "(SELECT a FROM unknown words here)", "" },
	{ LITE, "(SELECT a, t.b FROM t, json_each(t.c) WHERE key = d)",
	    "c@t b@t" },
	/* names that the query gives, and rows */
	{ PG, "(SELECT a AS x, b y, count(*) FROM t ORDER BY x, y, count, z)",
	    "a@t, b@t, z@t," },
	{ LITE, "(SELECT a + 1 AS x FROM t WHERE x > 1 GROUP BY x)", "a@t," },
	{ PG, "(SELECT row_to_json(t) FROM t WHERE u IS NULL)", "u@t," },
	{ PG, "(SELECT t.* FROM t, u WHERE t = u)", "" },
	{ PG, "(SELECT a FROM t UNION SELECT b FROM u ORDER BY c)",
	    "a@t, b@u," },
	{ PG, "(SELECT a IS DISTINCT FROM b FROM t)", "a@t, b@t," },
	{ PG, "(SELECT DISTINCT ON (a) b::date c, d FROM t LIMIT e)",
	    "b@t, d@t," },
	{ PG, "(SELECT sum(a) OVER (PARTITION BY b ORDER BY c) FROM t)",
	    "a@t," },
	{ PG, "(SELECT x FROM t, LATERAL (SELECT t.a FROM u) q)", "a@t" },
	{ PG, "(SELECT 1 FROM t a JOIN u b ON a.x = b.y WHERE z)",
	    "x@t y@u z@t,u," },
	{ PG, "(SELECT 1 FROM t a, u a WHERE a.x)", "" },
	{ PG, "(SELECT a FROM t JOIN (v CROSS JOIN u) USING (b))", "a@t,v,u," },
	{ LITE, "(SELECT 1 FROM t INDEXED BY i WHERE a)", "a@t," },
	{ PG, "(VALUES (a), (b))", "" },
	{ PG, "(SELECT (u).a, (u.b).c, u.b.c FROM t u)", "b@t" },
};

static const struct {
	enum dialect d;
	const char *text, *wanted;
} statements[] = {
	{ LITE, "SELECT a FROM t; DELETE FROM u WHERE b; UPDATE v SET c = d",
	    "a@t, b@u, c@v d@v," },
	{ LITE,
	    "UPDATE OR IGNORE v AS w SET (a, b) = (SELECT 1, x FROM t), "
	    "c = new.d WHERE w.e",
	    "x@t,v, c@v new.d@, e@v" },
	{ LITE, "UPDATE v SET a = t.b FROM t WHERE c RETURNING d",
	    "a@v b@t c@t,v, d@t,v," },
	{ LITE, "INSERT OR REPLACE INTO t(a, \"b\") SELECT c, d FROM u",
	    "a@t b@t c@u, d@u," },
	{ LITE,
	    "INSERT INTO t(a) VALUES (new.b) ON CONFLICT (c) DO UPDATE SET "
	    "d = excluded.d WHERE e",
	    "a@t" },
	{ LITE, "INSERT INTO t DEFAULT VALUES; REPLACE INTO u(a) VALUES (1)",
	    "a@u" },
	{ LITE, "INSERT INTO t SELECT a FROM u JOIN v ON b", "" },
	{ PG, "DELETE FROM t USING u WHERE a", "" },
	{ PG, "CREATE TABLE x (a); COPY t FROM stdin", "" },
	{ PG, "SELECT a FROM t WHERE 'open", "" },
};

static void
add_ref(struct buf *out, const struct query_ref *r)
{
	/* where it is not of a table, what is before the point says it all */
	bool bare = r->of && !r->tables.n;

	buf_fmt(out, "%s%s%s%s@", out->len ? " " : "", bare ? r->of : "",
	    bare ? "." : "", r->name);
	for (size_t i = 0; i < r->tables.n; i++)
		buf_fmt(out, "%s%s%s%s", i ? "," : "",
		    r->tables.v[i].schema ? r->tables.v[i].schema : "",
		    r->tables.v[i].schema ? "." : "", r->tables.v[i].name);
	buf_puts(out, r->outer ? "," : "");
}

static void
test_queries(void **state)
{
	size_t n = sizeof(queries) / sizeof(*queries);
	size_t m = sizeof(statements) / sizeof(*statements);

	(void)state;
	for (size_t i = 0; i < n + m; i++) {
		struct arena a = { 0 };
		struct buf got = { 0 };
		struct query_refs refs = { 0 };

		if (i < n)
			sql_expression_queries(
			    &a, queries[i].d, queries[i].text, &refs);
		else
			sql_statement_queries(&a, statements[i - n].d,
			    statements[i - n].text, &refs);
		for (size_t k = 0; k < refs.n; k++)
			add_ref(&got, &refs.v[k]);
		assert_string_equal(buf_str(&got),
		    i < n ? queries[i].wanted : statements[i - n].wanted);
		buf_release(&got);
		arena_release(&a);
	}
}

/* Nobody writes it, and nobody's stack is that large. */
static void
test_queries_deep(void **state)
{
	struct arena a = { 0 };
	struct query_refs refs = { 0 };
	struct buf b = { 0 };

	(void)state;
	for (int i = 0; i < 3000; i++)
		buf_puts(&b, i % 2 ? "(SELECT a FROM " : "(");
	sql_expression_queries(&a, PG, buf_str(&b), &refs);
	sql_statement_queries(&a, PG, buf_str(&b) + 1, &refs);
	buf_release(&b);
	arena_release(&a);
}

static void
test_rename(void **state)
{
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(sql_rename(&a, PG, "lower( Title ) = 'title' -- x",
				"title", "name"),
	    "lower( name ) = 'title' -- x");
	assert_string_equal(
	    sql_rename(&a, LITE, "[a]+t.A+a(1)+\"A\"", "a", "to"),
	    "\"to\"+t.\"to\"+a(1)+\"to\"");
	assert_string_equal(sql_rename(&a, PG, "b > 0", "a", "c"), "b > 0");
	arena_release(&a);
}

struct pieces {
	const char *text;
	size_t len;
	bool breaks; /* fails at the end */
};

static long
read_piece(void *arg, char *p, size_t n, struct err *err)
{
	struct pieces *from = arg;

	if (from->breaks && !from->len) {
		err_fail(err, "it broke");
		return -1;
	}
	n = n < from->len ? n : from->len;
	memcpy(p, from->text, n);
	from->text += n;
	from->len -= n;
	return (long)n;
}

static bool
next_of(struct stream *in, struct statement *st, struct err *err)
{
	bool more;

	do
		more = split_next(&in->split, st, NULL, NULL);
	while (stream_lacks(in, more) && stream_fill(in, err));
	if (more)
		stream_take(in, st);
	return more && !in->failed;
}

/* Whatever the pieces, the statements and their places are the same. */
static void
same_in_pieces(enum dialect d, const char *text, size_t len, size_t piece)
{
	struct arena a = { 0 };
	struct statements all = { 0 };
	struct pieces from = { .text = text, .len = len };
	struct stream in;
	struct statement st;
	struct err err = { 0 };
	size_t n = 0, gap, at, end = 0;
	const char *before;

	sql_split(&a, &all, d, text, len);
	stream_init(&in, d, read_piece, &from);
	in.piece = piece;
	for (; next_of(&in, &st, &err); n++) {
		assert_true(n < all.n);
		assert_int_equal(st.offset, all.v[n].offset);
		assert_int_equal(st.len, all.v[n].len);
		assert_int_equal(st.line, all.v[n].line);
		assert_int_equal(st.column, all.v[n].column);
		assert_int_equal(st.bad, all.v[n].bad);
		assert_int_equal(st.data, all.v[n].data);
		assert_int_equal(st.feeds, all.v[n].feeds);
		assert_memory_equal(st.text, all.v[n].text, st.len);
		before = stream_gap(&in, &st, &gap, &at);
		assert_memory_equal(before, text + at, gap);
		assert_true(at >= end);
		assert_int_equal(at + gap, st.offset);
		end = st.offset + st.len;
	}
	assert_int_equal(n, all.n);
	assert_false(in.failed);
	stream_gap(&in, NULL, &gap, &at);
	assert_int_equal(at + gap, len);
	stream_release(&in);
	arena_release(&a);
}

static void
stream_case(struct buf *out, enum dialect d, const char *text, size_t len)
{
	for (size_t piece = 1; piece < 80; piece += piece / 4 + 1)
		same_in_pieces(d, text, len, piece);
	split_case(out, d, text, len);
}

static void
test_stream(void **state)
{
	static const char *const texts[] = { "", ";", "a", "a;", " ;; a ; b",
		("\xef\xbb\xbf" /* an editor's mark */
		 "a;\n b"),
		"a; -- c\n;\n/* d */", "a 'b", "\\x\na;b", "\\x", "a;'b;\n",
		"a/*;*/;b--;\n;c", "copy a from stdin;\n;'\n\\.\nb;c",
		"copy a from stdin; b; copy c from stdin;\n1\n\\.\r\n2\n\\.\n"
		"d",
		"copy a from stdin \\g\n\\.x\n\\.\n\\copy b from pstdin\n1",
		"copy a from stdin; b\n1\n\\.\nc;", "copy a from stdin; 'b\n';",
		"copy a from stdin\\; b;\n1\n\\.\nc", "copy a from stdin;\n",
		"a\\;b;c" };

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		for (size_t piece = 1; piece < 8; piece++)
			for (int d = 0; d < DIALECT_COUNT; d++)
				same_in_pieces((enum dialect)d, texts[i],
				    strlen(texts[i]), piece);
	cases_run("golden/split", stream_case);
}

/* Only what waits for its end is kept. */
static void
test_stream_memory(void **state)
{
	struct buf text = { 0 };
	struct pieces from;
	struct stream in;
	struct statement st;
	struct err err = { 0 };
	size_t n = 0;

	(void)state;
	for (int i = 0; i < 50000; i++)
		buf_puts(&text, "SELECT 'some statement' FROM t;\n");
	from = (struct pieces){ .text = text.s, .len = text.len };
	stream_init(&in, PG, read_piece, &from);
	in.piece = 4096;
	while (next_of(&in, &st, &err))
		n++;
	assert_int_equal(n, 50000);
	assert_true(in.text.cap < 20000);
	stream_release(&in);
	buf_release(&text);
}

static void
test_stream_error(void **state)
{
	struct pieces from = { .text = "a; b", .len = 4, .breaks = true };
	struct stream in;
	struct statement st;
	struct err err = { 0 };

	(void)state;
	stream_init(&in, PG, read_piece, &from);
	in.piece = 1;
	assert_true(next_of(&in, &st, &err));
	assert_false(next_of(&in, &st, &err));
	assert_true(in.failed);
	assert_string_equal(err.text, "it broke");
	stream_release(&in);
	err_release(&err);
}

/* Reads a statement as CREATE of the word; shows what it found, or why not. */
static const char *
defined(struct arena *a, enum dialect d, const char *word, const char *text)
{
	struct statement s = { .text = text, .len = strlen(text) };
	struct definition def;
	const char *why;

	if (!sql_define(a, d, &s, word, &def, &why))
		return why ? why : "no";
	return arena_fmt(a, "%s|%s|%s|%s|%s|%s", def.schema ? def.schema : "",
	    def.name, def.table ? def.table : "",
	    def.signature ? def.signature : "", def.header ? def.header : "",
	    def.text);
}

static void
test_define(void **state)
{
	static const struct {
		enum dialect d;
		const char *word, *text, *wanted;
	} cases[] = {
		{ DIALECT_SQLITE, "VIEW",
		    "create view if not exists [a b] as select 1",
		    "|a b||||CREATE VIEW [a b] as select 1" },
		{ DIALECT_SQLITE, "VIEW", "CREATE TABLE x (a)", "no" },
		{ DIALECT_SQLITE, "VIEW", "CREATE TEMP VIEW x AS SELECT 1",
		    "what is temporary is no part of a schema" },
		{ DIALECT_SQLITE, "VIEW", "CREATE VIEW x",
		    "the definition ends after its name" },
		{ DIALECT_POSTGRES, "MATERIALIZED VIEW",
		    "CREATE MATERIALIZED VIEW s.\"V\" AS SELECT 1",
		    "s|V||||CREATE MATERIALIZED VIEW s.\"V\" AS SELECT 1" },
		{ DIALECT_POSTGRES, "VIEW",
		    "CREATE MATERIALIZED VIEW v AS SELECT 1", "no" },
		{ DIALECT_POSTGRES, "FUNCTION",
		    "CREATE OR REPLACE FUNCTION F(a int = f(1, 2), "
		    "b numeric(3, 2) DEFAULT 1) RETURNS int LANGUAGE sql AS "
		    "$$ SELECT 1 $$",
		    "|f||integer, numeric|(a integer default, b numeric "
		    "default) returns integer|CREATE FUNCTION "
		    "F(a int = f(1, 2), b numeric(3, 2) DEFAULT 1) RETURNS int "
		    "LANGUAGE sql AS $$ SELECT 1 $$" },
		{ DIALECT_POSTGRES, "FUNCTION", "CREATE FUNCTION f",
		    "the definition ends after its name" },
		{ DIALECT_POSTGRES, "FUNCTION", "CREATE FUNCTION f RETURNS int",
		    "the arguments are missing: ()" },
		{ DIALECT_POSTGRES, "TRIGGER",
		    "CREATE CONSTRAINT TRIGGER t AFTER UPDATE OF a, b ON "
		    "s.x FOR EACH ROW EXECUTE FUNCTION f()",
		    "|t|x|||CREATE CONSTRAINT TRIGGER t AFTER UPDATE OF a, b "
		    "ON s.x FOR EACH ROW EXECUTE FUNCTION f()" },
		{ DIALECT_POSTGRES, "POLICY", "CREATE POLICY p USING (on)",
		    "it says no table: ON …" },
		{ DIALECT_POSTGRES, "INDEX",
		    "CREATE UNIQUE INDEX CONCURRENTLY i ON ONLY v (a)",
		    "|i|v|||CREATE UNIQUE INDEX i ON ONLY v (a)" },
		{ DIALECT_POSTGRES, "INDEX", "CREATE INDEX ON v (a)",
		    "a name is missing" },
		{ DIALECT_POSTGRES, "SEQUENCE", "CREATE SEQUENCE s",
		    "|s||||CREATE SEQUENCE s" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(
		    defined(&a, cases[i].d, cases[i].word, cases[i].text),
		    cases[i].wanted);
	arena_release(&a);
}

/* Shows all that statements say: settings, comments, rights. */
static void
show_said(struct buf *out, enum dialect d, const char *text, size_t len)
{
	struct arena a = { 0 };
	struct statements all = { 0 };
	struct sayings said = { 0 };
	struct rights rights = { .a = &a, .d = d };
	struct rights_sayings granted = { 0 };
	const char *why;

	sql_split(&a, &all, d, text, len);
	for (size_t i = 0; i < all.n; i++)
		if (!sql_say(&a, d, &all.v[i], &said, &why) &&
		    (why || !rights_add(&rights, &all.v[i], NULL, NULL, &why)))
			buf_fmt(out, "%d: %s\n", all.v[i].line,
			    why ? why : "says nothing");
	rights_say(&rights, &granted);
	for (size_t i = 0; i < said.n; i++)
		buf_fmt(out, "%s\n  is: %s\n  of: %s %s\n  back: %s\n",
		    said.v[i].text, said.v[i].name,
		    said.v[i].schema ? said.v[i].schema : "-", said.v[i].about,
		    said.v[i].drop ? said.v[i].drop : "-");
	for (size_t i = 0; i < granted.n; i++)
		buf_fmt(out, "%s\n  is: %s\n  back: %s\n", granted.v[i].text,
		    granted.v[i].name, granted.v[i].drop);
	arena_release(&a);
}

static void
test_say(void **state)
{
	(void)state;
	cases_run("golden/say", show_said);
}

/* From one text of rights to another. */
static void
test_rights_change(void **state)
{
	static const struct {
		const char *from, *to, *wanted;
	} cases[] = {
		{ "GRANT SELECT ON TABLE t TO a",
		    "GRANT SELECT, INSERT ON TABLE t TO a",
		    "GRANT INSERT ON TABLE t TO a;" },
		{ "GRANT ALL ON TABLE t TO a",
		    "GRANT SELECT (x), INSERT ON TABLE t TO a",
		    "REVOKE SELECT, UPDATE, DELETE, TRUNCATE, REFERENCES, "
		    "TRIGGER ON TABLE t FROM a;"
		    "GRANT SELECT (x) ON TABLE t TO a;" },
		{ "GRANT SELECT, SELECT (x) ON TABLE t TO a",
		    "GRANT SELECT (x, y) ON TABLE t TO a",
		    "REVOKE SELECT ON TABLE t FROM a;"
		    "GRANT SELECT (x, y) ON TABLE t TO a;" },
		{ "REVOKE USAGE ON TYPE t FROM PUBLIC",
		    "REVOKE USAGE ON TYPE t FROM PUBLIC", "" },
		{ "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO a",
		    "ALTER DEFAULT PRIVILEGES GRANT INSERT ON TABLES TO a",
		    "ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM a;"
		    "ALTER DEFAULT PRIVILEGES GRANT INSERT ON TABLES TO a;" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct names out = { 0 };
		const char *got = "";

		rights_change(&a, PG, &out, cases[i].from, cases[i].to);
		for (size_t k = 0; k < out.n; k++)
			got = arena_fmt(&a, "%s%s;", got, out.v[k]);
		assert_string_equal(got, cases[i].wanted);
	}
	arena_release(&a);
}

static void
test_said_names(void **state)
{
	static const char text[] =
	    "SELECT \"B\", nextval('s.q'), $x$ in side $x$ -- no\n";
	struct arena a = { 0 };
	struct names outside = { 0 }, inside = { 0 };

	(void)state;
	sql_said_names(&a, DIALECT_POSTGRES, text, false, &outside);
	sql_said_names(&a, DIALECT_POSTGRES, text, true, &inside);
	assert_int_equal(outside.n, 3);
	assert_string_equal(outside.v[1], "b");
	assert_int_equal(inside.n, 7);
	assert_string_equal(inside.v[4], "q");
	arena_release(&a);
}

static void
test_called_names(void **state)
{
	struct arena a = { 0 };
	struct names all = { 0 };

	(void)state;
	sql_called_names(&a, DIALECT_POSTGRES,
	    "CREATE FUNCTION f(int) AS $$SELECT G(1), h, \"f\"(2)$$", &all);
	assert_int_equal(all.n, 3);
	assert_string_equal(all.v[0], "f");
	assert_string_equal(all.v[1], "g");
	assert_string_equal(all.v[2], "f");
	arena_release(&a);
}

static const char *const lists[][2] = {
	{ "((s)::text = ANY ((ARRAY['a'::character varying, "
	  "'b'::character varying])::text[]))",
	    "(s IN ('a', 'b'))" },
	{ "VALUE::text <> ALL (ARRAY['a'::character varying, "
	  "'b'::character varying]::text[])",
	    "VALUE NOT IN ('a', 'b')" },
	{ "((m.\"S\" = ANY (ARRAY['a'::text, 'd''f'::text])) AND x)",
	    "((m.\"S\" IN ('a', 'd''f')) AND x)" },
	/* one item comes out as =, another operand or type as it is */
	{ "((s)::text = ANY ((ARRAY['a'::character varying])::text[]))", NULL },
	{ "(lower(s) = ANY (ARRAY['a'::text, 'b'::text]))", NULL },
	{ "(a || b = ANY (ARRAY['a'::text, 'b'::text]))", NULL },
	{ "(s = ANY (ARRAY['a'::mood, 'b'::mood]))", NULL },
	{ "(s = ANY (ARRAY['a'::text, 'b'::bpchar]))", NULL },
	{ "(s = ANY (ARRAY[t, 'b'::text]))", NULL },
	{ "(s = 's = ANY (ARRAY[''a''::text, ''b''::text])')", NULL },
	{ "s = ANY (ARRAY['a'::text, 'b'::text", NULL },
};

static void
test_lists(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		assert_string_equal(sql_in_lists(&a, lists[i][0]),
		    lists[i][1] ? lists[i][1] : lists[i][0]);
	arena_release(&a);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_raw),
		cmocka_unit_test(test_nul_is_always_bad),
		cmocka_unit_test(test_long_repeats),
		cmocka_unit_test(test_token_is),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_split_places),
		cmocka_unit_test(test_split_cases),
		cmocka_unit_test(test_split_stops_at_nul),
		cmocka_unit_test(test_stream),
		cmocka_unit_test(test_stream_memory),
		cmocka_unit_test(test_stream_error),
		cmocka_unit_test(test_keywords_are_sorted),
		cmocka_unit_test(test_reserved),
		cmocka_unit_test(test_ident),
		cmocka_unit_test(test_qualified_and_literal),
		cmocka_unit_test(test_quoting_round_trip),
		cmocka_unit_test(test_key),
		cmocka_unit_test(test_define),
		cmocka_unit_test(test_say),
		cmocka_unit_test(test_rights_change),
		cmocka_unit_test(test_said_names),
		cmocka_unit_test(test_called_names),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_unquote),
		cmocka_unit_test(test_mentions),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_columns_of),
		cmocka_unit_test(test_queries),
		cmocka_unit_test(test_queries_deep),
		cmocka_unit_test(test_rename),
	};

	cases_bless = argc > 1 && !strcmp(argv[1], "--bless");
	return cmocka_run_group_tests_name("sql", tests, NULL, NULL);
}
