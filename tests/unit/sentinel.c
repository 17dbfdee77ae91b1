/* sentinel - what each statement is taken for, and what cannot fool it */
#include <stdio.h>
#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "tests/unit/cases.h"

#include "sentinel/rule.h"
#include "sentinel/sentinel.h"

#define LITE DIALECT_SQLITE
#define PG DIALECT_POSTGRES
#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static void
print_finding(struct buf *out, const struct finding *f, const char *text)
{
	buf_fmt(out, "    %s %s %s", f->destructive ? "!" : "-", f->rule,
	    class_name(f->class));
	if (f->object)
		buf_fmt(out, " %s", f->object);
	buf_fmt(out, " <%.*s>\n", (int)f->length, text + f->offset);
}

/* Rows that some golden statement has matched. */
static bool hit[512];

static void
mark_hits(struct arena *a, enum dialect d, const struct statement *s)
{
	struct shape *shape = shape_of(a, d, s);
	struct shapes all = { 0 };
	struct marks table;
	struct hit hits[HITS_MAX];

	shape->facts |= 1u << FACT_TRANSACTION | 1u << FACT_WAITS;
	if (!shape_actions(a, shape, &all, &table))
		vec_push(a, &all, *shape);
	for (size_t k = 0; k < all.n; k++)
		for (size_t n = rules_match(&all.v[k], hits, HITS_MAX); n--;)
			hit[hits[n].rule - sentinel_rules] = true;
}

/* One block a statement: where, verdict, findings. */
static void
judge_case(struct buf *out, enum dialect d, const char *text, size_t len)
{
	struct arena a = { 0 };
	struct statements all = { 0 };
	struct sentinel_context ctx = { 0 };

	sql_split(&a, &all, d, text, len);
	for (size_t i = 0; i < all.n; i++) {
		const struct statement *s = &all.v[i];
		struct findings found = { 0 };
		enum verdict v = sentinel_judge(&a, &ctx, d, s, &found);
		size_t line = strcspn(s->text, "\n");

		assert_int_equal(v, findings_verdict(&found));
		mark_hits(&a, d, s);
		buf_fmt(out, "%d: %s: %.*s\n", s->line, verdict_name(v),
		    (int)(line < s->len ? line : s->len), s->text);
		for (size_t k = 0; k < found.n; k++)
			print_finding(out, &found.v[k], s->text);
	}
	arena_release(&a);
}

static void
test_cases(void **state)
{
	(void)state;
	cases_run("golden/sentinel", judge_case);
	for (size_t i = 0; i < sentinel_rules_n; i++)
		if (!hit[i] && sentinel_rules[i].pattern)
			fail_msg("no case for %s", sentinel_rules[i].name);
}

/* The verdict on a text, by its statements together. */
static void
expect(enum dialect d, const char *text, enum verdict wanted)
{
	struct arena a = { 0 };
	struct findings found = { 0 };
	enum verdict v = sentinel_judge_text(&a, d, text, &found);

	if (v != wanted)
		fail_msg(
		    "%s is %s in %s", text, verdict_name(v), dialect_name(d));
	assert_int_equal(v, findings_verdict(&found));
	for (size_t i = 0; i < found.n; i++)
		assert_true(
		    found.v[i].offset + found.v[i].length <= strlen(text));
	arena_release(&a);
}

#include "tests/unit/evasions.h"

/* Whatever hides a word from a search for words. */
static void
test_evasions(void **state)
{
	(void)state;
	assert_true(COUNT(evasions) >= 100);
	for (size_t i = 0; i < COUNT(evasions); i++)
		expect(evasions[i].d, evasions[i].text, VERDICT_DESTRUCTIVE);
}

static bool
is_opaque(const struct finding *f)
{
	return f->class == CLASS_OPAQUE && strcmp(f->rule, "unreadable") &&
	       strcmp(f->rule, "uneven-parentheses");
}

static void
test_two_readings(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(two_readings); i++) {
		struct arena a = { 0 };
		struct findings found = { 0 };

		sentinel_judge_text(
		    &a, two_readings[i].d, two_readings[i].text, &found);
		for (size_t k = 0; k < found.n; k++)
			found.v[k].cleared = is_opaque(&found.v[k]);
		if (findings_verdict(&found) == VERDICT_SAFE)
			fail_msg("%s is safe", two_readings[i].text);
		arena_release(&a);
	}
}

/* Data that both read alike is opaque, and nothing more. */
static void
test_data(void **state)
{
	static const char *const texts[] = { FEED "1\tit\n\\.\nSELECT 1;",
		FEED "\\.\n", FEED "\\N\t\\\\x\n\\N\n\\.\nSELECT 1;",
		FEED "a;b\n'x'\t\"y\"\n",
		"COPY a FROM stdin; SELECT 1;\nO''Brien\n\\.\nSELECT 2;" };

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct arena a = { 0 };
		struct findings found = { 0 };
		size_t data = 0;

		assert_int_equal(sentinel_judge_text(&a, PG, texts[i], &found),
		    VERDICT_DESTRUCTIVE);
		for (size_t k = 0; k < found.n; k++) {
			if (!is_opaque(&found.v[k]))
				fail_msg("%s: %s", texts[i], found.v[k].rule);
			data += !strcmp(found.v[k].rule, "copy-data");
		}
		assert_int_equal(data, 1);
		arena_release(&a);
	}
}

/* Whatever only looks like it. */
static void
test_lookalikes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(lookalikes); i++)
		expect(lookalikes[i].d, lookalikes[i].text, VERDICT_SAFE);
}

#include "tests/unit/field.h"

/* Everything that is said of a file, its style included. */
static void
judge_file(
    struct arena *a, enum dialect d, const char *text, struct findings *found)
{
	struct sentinel_context ctx = { .style = true, .file = true };

	sentinel_judge_step(a, &ctx, d, text, found);
	sentinel_finish(a, &ctx, d, found);
}

static bool
has_finding(const struct findings *found, const char *wanted)
{
	bool worst = *wanted == '!';

	for (size_t i = 0; i < found->n; i++)
		if (!strcmp(found->v[i].rule, wanted + worst) &&
		    found->v[i].destructive == worst)
			return true;
	return false;
}

static void
test_field(void **state)
{
	bool seen[LAST_ROW + 1] = { false };

	(void)state;
	for (size_t i = 0; i < COUNT(field); i++) {
		const struct field_row *r = &field[i];
		struct arena a = { 0 };
		struct findings found = { 0 };

		assert_in_range(r->number, 1, LAST_ROW);
		seen[r->number] = true;
		assert_true(!r->text == !!r->absent);
		if (r->text)
			judge_file(&a, r->d, r->text, &found);
		if (r->text && !has_finding(&found, r->wanted))
			fail_msg(
			    "row %d: %s: no %s", r->number, r->text, r->wanted);
		arena_release(&a);
	}
	for (int i = 1; i <= LAST_ROW; i++)
		if (!seen[i])
			fail_msg("row %d has no case", i);
}

static void
test_field_fine(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(fine); i++) {
		struct arena a = { 0 };
		struct findings found = { 0 };

		assert_ptr_not_equal(rule_named(fine[i].wanted), NULL);
		judge_file(&a, fine[i].d, fine[i].text, &found);
		if (has_finding(&found, fine[i].wanted))
			fail_msg("%s: %s", fine[i].text, fine[i].wanted);
		arena_release(&a);
	}
}

#include "tests/unit/kinds.h"

/* No kind of statement is unknown, and each is judged by what it can do. */
static void
test_kinds(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct arena a = { 0 };
		struct findings found = { 0 };
		enum verdict v =
		    sentinel_judge_text(&a, kinds[i].d, kinds[i].text, &found);

		if (v != kinds[i].wanted)
			fail_msg("%s is %s", kinds[i].text, verdict_name(v));
		if (has_finding(&found, "!unknown-statement"))
			fail_msg("no rule knows %s", kinds[i].text);
		arena_release(&a);
	}
}

/* A statement that is cut off has no words to point at. */
static void
test_cut_off(void **state)
{
	static const char *const texts[] = {
		"CREATE INDEX i ON a (b[1, c, d, e, f[g )",
		"CREATE INDEX i ON a (b, c, d, e[",
		"CREATE TABLE a (id int PRIMARY", "CREATE TABLE",
		"CREATE INDEX", "CREATE TABLE a (b int[, c int",
		"CREATE TABLE s.", "CREATE TABLE s.a (b int); CREATE TABLE"
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct arena a = { 0 };
		struct findings found = { 0 };

		judge_file(&a, PG, texts[i], &found);
		for (size_t k = 0; k < found.n; k++)
			assert_true(found.v[k].offset + found.v[k].length <=
				    strlen(texts[i]));
		arena_release(&a);
	}
}

/* Notes on a file leave what is unknown the worst. */
static void
test_notes_know_nothing(void **state)
{
	static const char *const texts[] = { "DROP TABLE main.[t]",
		"ALTER TABLE t FROBNICATE", "DROP TABLE",
		"BEGIN; DROP PUBLICATION concurrently" };

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct arena a = { 0 };
		struct findings found = { 0 };

		judge_file(&a, PG, texts[i], &found);
		if (findings_verdict(&found) != VERDICT_DESTRUCTIVE)
			fail_msg("%s is safe", texts[i]);
		arena_release(&a);
	}
}

/* Whoever only asks for a verdict hears nothing of style or of files. */
static void
test_style_is_asked_for(void **state)
{
	struct arena a = { 0 };
	struct findings found = { 0 };

	(void)state;
	sentinel_judge_text(
	    &a, PG, "CREATE TABLE \"A\" (a serial, b json)", &found);
	assert_int_equal(found.n, 0);
	sentinel_judge_text(&a, PG, "ALTER TABLE a ADD b json", &found);
	assert_int_equal(found.n, 0);
	judge_file(&a, PG, "CREATE TABLE \"A\" (a serial, b json)", &found);
	assert_int_equal(found.n, 3);
	assert_int_equal(findings_verdict(&found), VERDICT_SAFE);
	arena_release(&a);
}

/* A tool that runs the text in a transaction has begun one. */
static void
test_wrapped(void **state)
{
	static const char *const texts[][2] = {
		{ "BEGIN; COMMIT", "nested-transaction" },
		{ "CREATE TABLE a (b int); COMMIT", "ends-outer-transaction" },
		{ "CREATE INDEX CONCURRENTLY i ON t (a)",
		    "concurrently-in-transaction" },
		{ "ALTER TYPE e ADD VALUE 'x'; SELECT 'x'",
		    "enum-value-in-transaction" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct sentinel_context ctx = { .wrapped = true };
		struct arena a = { 0 };
		struct findings found = { 0 };

		sentinel_judge_step(&a, &ctx, PG, texts[i][0], &found);
		sentinel_finish(&a, &ctx, PG, &found);
		assert_int_equal(found.n, 1);
		assert_string_equal(found.v[0].rule, texts[i][1]);
		arena_release(&a);
	}
}

/* A row is complete, compiles, has a name of its own, and says something. */
static void
test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sentinel_rules_n; i++) {
		const struct rule *r = &sentinel_rules[i];
		PCRE2_SIZE at;
		int code;

		assert_ptr_equal(rule_named(r->name), r);
		assert_true(r->pattern || r->fact);
		assert_true(r->dialects);
		assert_int_equal(r->message[strlen(r->message) - 1], '.');
		assert_true(r->effect != EFFECT_DESTRUCTIVE || r->hint);
		if (r->pattern) {
			pcre2_code *c = pcre2_compile((PCRE2_SPTR)r->pattern,
			    PCRE2_ZERO_TERMINATED, PCRE2_DUPNAMES, &code, &at,
			    NULL);

			if (!c)
				fail_msg(
				    "%s: error %d at %zu", r->name, code, at);
			pcre2_code_free(c);
		}
	}
}

#define MAKE "CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT, b TEXT NOT NULL);"
#define COPY "INSERT INTO n (id, a, b) SELECT id, a, b FROM t;"
#define SWAP "DROP TABLE t; ALTER TABLE n RENAME TO t;"

#define OLD_WAY(on) "PRAGMA legacy_alter_table = " on ";"

/* What is said of a table t whose columns are id, a and b: "rule object", "!"
 * before what is destructive. */
static const struct {
	const char *text, *wanted;
} rebuilds[] = {
	{ MAKE COPY SWAP, "" },
	{ MAKE COPY SWAP "CREATE INDEX i ON t (a); CREATE UNIQUE INDEX u ON "
			 "t (b); CREATE VIEW v AS SELECT * FROM t",
	    "" },
	{ "DROP TRIGGER x; DROP VIEW v;" MAKE COPY SWAP
	  "CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; END;"
	  "CREATE VIEW v AS SELECT 1",
	    "drop-trigger x, drop-view v" },
	{ MAKE "INSERT INTO sqlite_sequence (name, seq) SELECT 'n', seq FROM "
	       "sqlite_sequence WHERE name = 't';" COPY SWAP,
	    "" },
	{ "CREATE TABLE \"n\" (a); INSERT INTO \"n\" (\"a\", rowid)\nSELECT "
	  "\"A\", rowid\nFROM \"T\"; DROP TABLE [t]; ALTER TABLE n RENAME "
	  "TO t",
	    "!drop-column t.id, !drop-column t.b" },
	{ MAKE "INSERT INTO n (id, a, b) SELECT t.id, t.a, coalesce(b, '') "
	       "FROM t;" SWAP,
	    "!set-not-null t.b" },
	{ MAKE "INSERT INTO n (id, a, b) SELECT id, a, coalesce(b, "
	       "lower(a || ')')) FROM t;" SWAP,
	    "!set-not-null t.b" },
	{ MAKE "INSERT INTO n (id, a, b) SELECT id, (replace(a, ',', '')), b "
	       "FROM t;" SWAP,
	    "!rewrite-column t.a" },
	{ MAKE "INSERT INTO n (id, a, b) SELECT id, a, coalesce(b, '') || 'x' "
	       "FROM t;" SWAP,
	    "!rewrite-column t.b" },
	{ MAKE "INSERT INTO n (id, a, b) SELECT id, a, coalesce(a, b) FROM "
	       "t;" SWAP,
	    "!rewrite-column t.b" },
	/* a query in an item is one value for each row */
	{ "CREATE TABLE n (id, a, b, c NOT NULL); INSERT INTO n (id, a, b, c) "
	  "SELECT id, a, b, (SELECT name FROM u WHERE u.id = t.id) FROM "
	  "t;" SWAP,
	    "" },
	{ "CREATE TABLE n (id, a, b, c NOT NULL); INSERT INTO n (id, a, b, c) "
	  "SELECT id, a, b, coalesce((SELECT max(u.at) FROM u WHERE u.t = "
	  "t.id), (SELECT count(*) FROM u), lower(hex(randomblob(4)))) FROM "
	  "t;" SWAP,
	    "" },
	{ "CREATE TABLE n (id, a, b, c NOT NULL); INSERT INTO n (id, a, b, c) "
	  "SELECT id, a, b, (SELECT max(t.id) FROM u) FROM t;" SWAP,
	    "!drop-table t" },
	{ "CREATE TABLE n (id, a, b, c NOT NULL); INSERT INTO n (id, a, b, c) "
	  "SELECT id, a, b, (SELECT max(id) FROM u) FROM t;" SWAP,
	    "!drop-table t" },
	{ "CREATE TABLE n (id, a, b, c NOT NULL); INSERT INTO n (id, a, b, c) "
	  "SELECT id, a, b, (SELECT 1 FROM u) + max(id) FROM t;" SWAP,
	    "!drop-table t" },
	{ MAKE "INSERT INTO n (id, a, b) SELECT id, cast(a AS INTEGER), "
	       "ifnull(b, 'x') FROM t;" SWAP,
	    "!change-type t.a, !set-not-null t.b" },
	{ MAKE "INSERT INTO n (id, a, b) SELECT id, CASE a WHEN 'x' THEN 'y' "
	       "ELSE a END, lower(b) || '!' FROM t;" SWAP,
	    "!rewrite-column t.a, !rewrite-column t.b" },
	{ MAKE "INSERT INTO n (id, a, b) SELECT id, 'a', \"b\" FROM t;" SWAP,
	    "!drop-column t.a" },
	{ MAKE "INSERT INTO n (id, b) SELECT id, a FROM t;" SWAP,
	    "!drop-column t.b" },
	/* not every row, or nobody knows */
	{ MAKE "INSERT INTO n SELECT id, a, b FROM t;" SWAP, "!drop-table t" },
	{ MAKE "INSERT INTO n (id, a, b) SELECT id, a, b FROM t WHERE a;" SWAP,
	    "!drop-table t" },
	{ MAKE "INSERT INTO n (id, a, b) SELECT id, a, b FROM t LIMIT 1;" SWAP,
	    "!drop-table t" },
	{ MAKE "INSERT INTO n (id, a, b) SELECT DISTINCT id, a, b FROM t;" SWAP,
	    "!drop-table t" },
	{ MAKE "INSERT INTO n (id, a, b) SELECT max(id), a, b FROM t;" SWAP,
	    "!drop-table t" },
	{ MAKE "INSERT INTO n (id, a, b) SELECT id, a, b FROM t, u;" SWAP,
	    "!drop-table t" },
	{ MAKE "INSERT INTO n (id, a, b) SELECT id, a, b FROM u;" SWAP,
	    "!drop-table t" },
	{ MAKE "INSERT INTO n (id, a, b) SELECT id, a, b FROM t UNION SELECT "
	       "id, a, b FROM t;" SWAP,
	    "!drop-table t" },
	{ MAKE
	    "INSERT OR IGNORE INTO n (id, a, b) SELECT id, a, b FROM t;" SWAP,
	    "!drop-table t" },
	{ MAKE "INSERT INTO m (id, a, b) SELECT id, a, b FROM t;" SWAP,
	    "!drop-table t" },
	{ MAKE "INSERT INTO n (id, a, b) SELECT id, a, b FROM t ON CONFLICT "
	       "DO NOTHING;" SWAP,
	    "!drop-table t" },
	{ MAKE COPY "DELETE FROM n;" SWAP, "!delete , !drop-table t" },
	{ MAKE COPY "DROP TABLE t", "!drop-table t" },
	{ MAKE COPY "DROP TABLE t; ALTER TABLE n RENAME TO x",
	    "!drop-table t" },
	{ MAKE COPY "DROP TABLE u; ALTER TABLE n RENAME TO u",
	    "!drop-table u" },
	{ MAKE SWAP, "!drop-table t" },
	{ COPY SWAP, "!drop-table t, rename-table n" },
	{ "CREATE TABLE IF NOT EXISTS n (id, a, b);" COPY SWAP,
	    "create-table-if-not-exists n, !drop-table t, rename-table n" },
	{ "CREATE TABLE n (id, a UNIQUE ON CONFLICT IGNORE, b);" COPY SWAP,
	    "!drop-table t" },
	{ "CREATE TABLE n (id, a UNIQUE ON CONFLICT ABORT, b);" COPY SWAP, "" },
	{ MAKE "CREATE TRIGGER x BEFORE INSERT ON n BEGIN SELECT "
	       "RAISE(IGNORE); END;" COPY SWAP,
	    "!drop-table t" },
	{ MAKE COPY SWAP "DROP TABLE u", "!drop-table t, !drop-table u" },
	/* a conflict stops the copy, whatever the table says */
	{ "CREATE TABLE n (id, a UNIQUE ON CONFLICT IGNORE, b);"
	  "INSERT OR ABORT INTO n (id, a, b) SELECT id, a, b FROM t;" SWAP,
	    "" },
	{ "CREATE TABLE n (id, a UNIQUE ON CONFLICT REPLACE, b);"
	  "INSERT OR REPLACE INTO n (id, a, b) SELECT id, a, b FROM t;" SWAP,
	    "!replace n, !drop-table t" },
	/* the old way of renaming is known right around this rename only */
	{ MAKE COPY "DROP TABLE t;" OLD_WAY(
	      "ON") "ALTER TABLE n RENAME TO t;" OLD_WAY("OFF"),
	    "" },
	{ MAKE COPY "DROP TABLE t;" OLD_WAY("ON") "ALTER TABLE n RENAME TO t",
	    "!drop-table t" },
	{ MAKE COPY OLD_WAY("ON") SWAP OLD_WAY("OFF"),
	    "!pragma-write , !drop-table t, rename-table n, "
	    "!pragma-write " },
	{ MAKE COPY "DROP TABLE t;" OLD_WAY(
	      "ON") "DROP VIEW v; ALTER TABLE n RENAME TO t;" OLD_WAY("OFF"),
	    "!drop-table t, drop-view v" },
	{ MAKE COPY SWAP OLD_WAY("ON"), "!drop-table t, !pragma-write " },
};

static void
test_rebuild(void **state)
{
	static const char *names[] = { "id", "a", "b" };
	const struct names columns = { .v = names, .n = COUNT(names) };

	(void)state;
	for (size_t i = 0; i < COUNT(rebuilds); i++) {
		struct arena a = { 0 };
		struct findings found = { 0 };
		struct buf got = { 0 };
		enum verdict v = sentinel_judge_rebuild(
		    &a, LITE, rebuilds[i].text, "t", &columns, &found);

		for (size_t k = 0; k < found.n; k++)
			buf_fmt(&got, "%s%s%s %s", k ? ", " : "",
			    found.v[k].destructive ? "!" : "", found.v[k].rule,
			    found.v[k].object ? found.v[k].object : "");
		assert_int_equal(v, strchr(rebuilds[i].wanted, '!')
					? VERDICT_DESTRUCTIVE
					: VERDICT_SAFE);
		if (strcmp(buf_str(&got), rebuilds[i].wanted))
			fail_msg("%s: %s", rebuilds[i].text, buf_str(&got));
		buf_release(&got);
		arena_release(&a);
	}
}

/* Judged by its text alone, a rebuild is destructive. */
static void
test_rebuild_needs_columns(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rebuilds); i++)
		expect(LITE, rebuilds[i].text, VERDICT_DESTRUCTIVE);
}

/* The steps of a plan share what they made. */
static void
test_steps(void **state)
{
	struct arena a = { 0 };
	struct sentinel_context ctx = { 0 };
	struct findings found = { 0 };

	(void)state;
	assert_int_equal(sentinel_judge_step(
			     &a, &ctx, PG, "CREATE TABLE a (b int);", &found),
	    VERDICT_SAFE);
	assert_int_equal(sentinel_judge_step(&a, &ctx, PG,
			     "CREATE UNIQUE INDEX i ON a (b)", &found),
	    VERDICT_SAFE);
	assert_int_equal(found.n, 0);
	assert_int_equal(sentinel_judge_text(
			     &a, PG, "CREATE UNIQUE INDEX i ON a (b)", &found),
	    VERDICT_DESTRUCTIVE);
	arena_release(&a);
}

#define ADD "ALTER TABLE t ADD COLUMN c int;"

/* Who sees which rows of a table is no question while it holds none. */
static void
test_security_of_new_tables(void **state)
{
	(void)state;
	expect(PG,
	    "CREATE TABLE s.a (b int); ALTER TABLE s.a ENABLE ROW LEVEL "
	    "SECURITY; ALTER TABLE s.a FORCE ROW LEVEL SECURITY; CREATE POLICY "
	    "p ON s.a USING (b > 0); CREATE UNIQUE INDEX i ON s.a (b)",
	    VERDICT_SAFE);
	expect(PG,
	    "CREATE TABLE a (b int); CREATE FUNCTION f() RETURNS int LANGUAGE "
	    "sql AS 'SELECT 1'; CREATE POLICY p ON a USING (true); CREATE "
	    "MATERIALIZED VIEW m AS SELECT b FROM a; CREATE UNIQUE INDEX i ON "
	    "m (b)",
	    VERDICT_SAFE);
	expect(PG,
	    "CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT b FROM a; "
	    "CREATE UNIQUE INDEX i ON m (b)",
	    VERDICT_DESTRUCTIVE);
	expect(PG,
	    "CREATE TABLE a (b int); CREATE FUNCTION f() RETURNS int LANGUAGE "
	    "sql AS 'SELECT 1'; SELECT f(); CREATE POLICY p ON a USING (true)",
	    VERDICT_DESTRUCTIVE);
	expect(PG,
	    "CREATE TABLE a (b int); ALTER TABLE a DISABLE ROW LEVEL SECURITY",
	    VERDICT_DESTRUCTIVE);
	expect(PG,
	    "CREATE TABLE a (b int); ALTER TABLE a ENABLE ROW LEVEL SECURITY, "
	    "NO FORCE ROW LEVEL SECURITY",
	    VERDICT_DESTRUCTIVE);
	expect(PG, "CREATE TABLE a (b int); CREATE POLICY p ON c USING (true)",
	    VERDICT_DESTRUCTIVE);
	expect(PG, "CREATE TABLE a (b int); DROP POLICY p ON a",
	    VERDICT_DESTRUCTIVE);
	expect(PG,
	    "CREATE TABLE IF NOT EXISTS a (b int); CREATE POLICY p ON a USING "
	    "(true)",
	    VERDICT_DESTRUCTIVE);
	expect(PG,
	    "CREATE TABLE a (b int); SET search_path = s; CREATE POLICY p ON a "
	    "USING (true)",
	    VERDICT_DESTRUCTIVE);
	expect(PG,
	    "CREATE TABLE a (b int); ALTER TABLE a SET SCHEMA s; ALTER TABLE a "
	    "ENABLE ROW LEVEL SECURITY",
	    VERDICT_DESTRUCTIVE);
	expect(PG,
	    "CREATE TABLE a (b int); GRANT SELECT ON a TO PUBLIC; ALTER TABLE "
	    "a "
	    "ENABLE ROW LEVEL SECURITY",
	    VERDICT_DESTRUCTIVE);
}

/* A column that the text added may be filled where it is NULL. */
static void
test_fills(void **state)
{
	(void)state;
	expect(PG, ADD "UPDATE t SET c = 1 WHERE c IS NULL", VERDICT_SAFE);
	expect(PG,
	    "ALTER TABLE s.\"T\" ADD \"C\" int; SET CONSTRAINTS ALL IMMEDIATE",
	    VERDICT_SAFE);
	expect(PG,
	    "ALTER TABLE s.\"T\" ADD \"C\" int, ADD b text;"
	    "UPDATE s.\"T\" SET \"C\" = (SELECT lower(x) FROM u) || '-' || id"
	    " WHERE \"C\" IS NULL",
	    VERDICT_SAFE);
	expect(LITE, ADD "UPDATE t SET C = lower(d) WHERE c IS NULL",
	    VERDICT_SAFE);
	/* any other row, column or table */
	expect(PG, ADD "UPDATE t SET c = 1", VERDICT_DESTRUCTIVE);
	expect(PG, ADD "UPDATE t SET c = 1 WHERE c IS NOT NULL",
	    VERDICT_DESTRUCTIVE);
	expect(
	    PG, ADD "UPDATE t SET c = 1 WHERE d IS NULL", VERDICT_DESTRUCTIVE);
	expect(PG, ADD "UPDATE t SET c = 1 WHERE d OR c IS NULL",
	    VERDICT_DESTRUCTIVE);
	expect(PG, ADD "UPDATE t SET c = 1 WHERE \"C\" IS NULL",
	    VERDICT_DESTRUCTIVE);
	expect(
	    PG, ADD "UPDATE t SET d = 1 WHERE d IS NULL", VERDICT_DESTRUCTIVE);
	expect(PG, ADD "UPDATE t SET c = 1, d = 2 WHERE c IS NULL",
	    VERDICT_DESTRUCTIVE);
	expect(PG, ADD "UPDATE t SET c = d = 2 FROM u WHERE c IS NULL",
	    VERDICT_DESTRUCTIVE);
	expect(
	    PG, ADD "UPDATE u SET c = 1 WHERE c IS NULL", VERDICT_DESTRUCTIVE);
	expect(PG, ADD "UPDATE s.t SET c = 1 WHERE c IS NULL",
	    VERDICT_DESTRUCTIVE);
	expect(PG, "UPDATE t SET c = 1 WHERE c IS NULL", VERDICT_DESTRUCTIVE);
	/* it may have been there before, or is another by now */
	expect(PG,
	    "ALTER TABLE t ADD COLUMN IF NOT EXISTS c int;"
	    "UPDATE t SET c = 1 WHERE c IS NULL",
	    VERDICT_DESTRUCTIVE);
	expect(PG,
	    ADD "ALTER TABLE t RENAME c TO e; ALTER TABLE t RENAME d TO c;"
		"UPDATE t SET c = 1 WHERE c IS NULL",
	    VERDICT_DESTRUCTIVE);
	expect(PG,
	    ADD "SET search_path = s; UPDATE t SET c = 1 WHERE c IS NULL",
	    VERDICT_DESTRUCTIVE);
	/* what runs on the way is not hidden by it */
	expect(PG, ADD "UPDATE t SET c = f() WHERE c IS NULL",
	    VERDICT_DESTRUCTIVE);
	expect(PG, ADD "UPDATE t SET c = (SELECT f(1)) WHERE c IS NULL",
	    VERDICT_DESTRUCTIVE);
	expect(PG, ADD "UPDATE t SET c = 1 WHERE c IS NULL; UPDATE t SET d = 1",
	    VERDICT_DESTRUCTIVE);
}

/* Length alone makes nothing unknown, first interpreted and then as machine
 * code, and hides nothing. */
static void
test_long_statements(void **state)
{
	struct buf b = { 0 };

	(void)state;
	for (int words = 1000; words <= 30000; words *= 30) {
		buf_cut(&b, 0);
		buf_puts(&b, "CREATE VIEW v AS SELECT a");
		for (int i = 0; i < words; i++)
			buf_puts(&b, ", b");
		for (int i = 0; i < 20; i++)
			expect(PG, b.s, VERDICT_SAFE);
		buf_puts(&b, "; DROP TABLE t");
		expect(PG, b.s, VERDICT_DESTRUCTIVE);
	}
	buf_cut(&b, 0);
	buf_puts(&b, "INSERT INTO t VALUES (1)");
	for (int i = 0; i < 100000; i++)
		buf_puts(&b, ", (1)");
	expect(PG, b.s, VERDICT_SAFE);
	buf_puts(&b, ", (f())");
	expect(PG, b.s, VERDICT_DESTRUCTIVE);
	buf_release(&b);
}

/* A finding points at its words, in the text. */
static void
test_places(void **state)
{
	static const char text[] =
	    "SELECT 1;\n/* x */ ALTER TABLE s.\"T\" ADD a int,\n  DROP b ;";
	struct arena a = { 0 };
	struct findings found = { 0 };

	(void)state;
	sentinel_judge_text(&a, PG, text, &found);
	assert_int_equal(found.n, 1);
	assert_string_equal(found.v[0].rule, "drop-column");
	assert_string_equal(found.v[0].object, "s.T.b");
	assert_int_equal(found.v[0].rows, -1);
	assert_false(found.v[0].cleared);
	assert_int_equal(found.v[0].offset, strstr(text, "DROP") - text);
	assert_int_equal(found.v[0].length, 6);
	arena_release(&a);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_field),
		cmocka_unit_test(test_field_fine),
		cmocka_unit_test(test_style_is_asked_for),
		cmocka_unit_test(test_wrapped),
		cmocka_unit_test(test_notes_know_nothing),
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_evasions),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_cut_off),
		cmocka_unit_test(test_two_readings),
		cmocka_unit_test(test_data),
		cmocka_unit_test(test_lookalikes),
		cmocka_unit_test(test_rebuild),
		cmocka_unit_test(test_security_of_new_tables),
		cmocka_unit_test(test_fills),
		cmocka_unit_test(test_rebuild_needs_columns),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_long_statements),
	};

	cases_bless = argc > 1 && !strcmp(argv[1], "--bless");
	return cmocka_run_group_tests_name("sentinel", tests, NULL, NULL);
}
