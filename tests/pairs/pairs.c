/* pairs - from one SQLite schema to another, with rows, on a real file
 *
 * A case is tests/pairs/NAME.sql: the schema to begin with, and then sections:
 *
 *	-- rows --    what stands in it
 *	-- to --      the schema to end in; wishes as in tests/unit/plans.h
 *	-- wants --   a line a destructive finding: RULE OBJECT ROWS, and
 *	              "error: TEXT" where the push must fail, saying this
 *
 * Beyond what a case wants, each must show: where no finding is left that rows
 * can break, the push goes through and not one value changes; where one is
 * left, it fails and changes nothing; types report as many rows as really
 * change; the file is what SQLite itself makes of the schema, by every pragma;
 * a second push finds nothing to do, and there is a way back. An error that
 *nothing foretold is written by hand, once. --bless writes the wanted lines
 *anew.
 */
#include "tests/unit/plans.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "shadow/shadow.h"
#include "sql/lang.h"
#include "sync/judge.h"

static const char *const titles[] = { "rows", "to", "wants" };

struct pair {
	struct arena arena;
	const char *path;
	const char *from, *sections[3];
	const char *dir, *file, *old; /* the database, and a copy of before */
	struct schema *before, *after;
	struct sync sync;
	struct project project;
	struct buf got;
	bool failed;
};

static void
must(bool ok, const struct err *err, const char *what)
{
	if (!ok)
		fail_msg("%s: %s", what, err->text ? err->text : "?");
}

/* ---- SQLite itself, without deesse ---- */

static int
add_line(void *out, int n, char **values, char **names)
{
	(void)names;
	for (int i = 0; i < n; i++)
		buf_fmt(
		    out, "%s%s", i ? "|" : "", values[i] ? values[i] : "NULL");
	buf_putc(out, '\n');
	return 0;
}

static void
shell(const char *file, const char *sql, struct buf *out)
{
	sqlite3 *db = NULL;
	char *why = NULL;

	assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, out ? add_line : NULL, out, &why))
		fail_msg("%s, in: %s", why, sql);
	sqlite3_close(db);
}

static int64_t
number(const char *file, const char *sql)
{
	struct buf out = { 0 };
	int64_t n;

	shell(file, sql, &out);
	n = strtoll(buf_str(&out), NULL, 10);
	buf_release(&out);
	return n;
}

/* All that pragmas say, so that the order of columns, constraints and
 * automatic names does not count. */
static const char pragmas[] =
    "WITH t AS (SELECT * FROM pragma_table_list WHERE schema = 'main' AND"
    " lower(name) NOT GLOB 'sqlite_*' AND name NOT GLOB '_deesse_*')"
    " SELECT 'table', lower(t.name), t.type, t.ncol, t.wr, t.strict, 0 FROM t"
    " UNION ALL SELECT 'column', lower(t.name), lower(x.name),"
    " lower(replace(x.type, ' ', '')), x.\"notnull\", x.pk, x.hidden"
    " || (x.dflt_value IS NULL)"
    " FROM t, pragma_table_xinfo(t.name) x WHERE t.type <> 'view'"
    " UNION ALL SELECT 'foreign', lower(name), parts, on_update, on_delete,"
    " match, 0 FROM (SELECT t.name, x.id, on_update, on_delete, match,"
    " lower(x.\"table\") || group_concat(lower(x.\"from\") || '>' ||"
    " coalesce(lower(x.\"to\"), (SELECT lower(k.name) FROM"
    " pragma_table_xinfo(x.\"table\") k WHERE k.pk = x.seq + 1), '')) AS parts "
    "FROM t,"
    " pragma_foreign_key_list(t.name) x GROUP BY t.name, x.id)"
    " UNION ALL SELECT 'index', lower(t.name),"
    " iif(x.origin = 'c', lower(x.name), x.origin), x.\"unique\", x.partial,"
    " (SELECT group_concat(i) FROM (SELECT coalesce(lower(i.name), '#' ||"
    " (i.cid = -1)) || i.\"desc\" || lower(i.coll) || i.key AS i"
    " FROM pragma_index_xinfo(x.name) i WHERE i.key ORDER BY i.seqno)), 0"
    " FROM t, pragma_index_list(t.name) x"
    " UNION ALL SELECT type, lower(name), lower(tbl_name), 0, 0, 0, 0"
    " FROM sqlite_schema WHERE type IN ('view', 'trigger')"
    " ORDER BY 1, 2, 3, 4, 5, 6, 7";

/* ---- a case ---- */

static void
split(struct pair *p, char *text)
{
	char *at[4] = { text };

	for (size_t i = 0; i < 3; i++) {
		const char *mark =
		    arena_fmt(&p->arena, "-- %s --\n", titles[i]);
		char *found = strstr(at[i], mark);

		if (!found)
			fail_msg("%s: no section %s", p->path, titles[i]);
		*found = '\0';
		p->sections[i] = at[i + 1] = found + strlen(mark);
	}
	p->from = text;
}

static void
copy_file(const char *from, const char *to)
{
	struct buf bytes = { 0 };
	struct err err = { 0 };

	must(file_read(&bytes, from, &err), &err, from);
	must(file_write(to, bytes.s, bytes.len, 0644, &err), &err, to);
	buf_release(&bytes);
}

/* A look at the database, as sync_plan takes it, but for the collections. */
static bool
look(struct pair *p, bool accept, struct err *why)
{
	struct sync_options o = { .command = "push", .version = "test" };
	struct err err = { 0 };
	struct arena *a = &p->arena;
	struct sync *s = &p->sync;
	struct diff *d;
	bool fails;

	o.accept_data_loss = accept;
	for (int c = 0; accept && c < CLASS_COUNT; c++)
		vec_push(a, &o.allow, class_name((enum finding_class)c));
	sync_init(s, a, &p->project, &o);
	must(db_open(&s->db, &p->project.url, DB_WRITE, &err) &&
		 introspect_fingerprint(s->db, s->fingerprint, &err) &&
		 (s->current = introspect(a, s->db, &err)) &&
		 shadow_load_sql(
		     a, DIALECT_SQLITE, p->sections[1], &s->declared, &err),
	    &err, "look");
	plans_wishes(a, s->declared, p->sections[1], &fails);
	s->target = s->declared;
	d = diff_schemas(a, s->current, s->target);
	return (!transpile_asks_usable(d) ||
		   shadow_unusable(a, s->db, s->current, why)) &&
	       (s->plan = transpile_plan(a, d, why)) && judge(s, why);
}

static const char *
quoted(struct pair *p, const char *name)
{
	struct buf b = { 0 };
	const char *text;

	lang_enclose(&b, name, '"');
	text = arena_strndup(&p->arena, b.s, b.len);
	buf_release(&b);
	return text;
}

/* The table and the column as they were called before. */
static const struct table *
old_table(const struct pair *p, const struct table *t)
{
	const struct table *old = schema_table(p->before, NULL, t->name);

	for (size_t i = 0; !old && i < t->was.n; i++)
		old = schema_table(p->before, NULL, t->was.v[i]);
	return old;
}

static const struct column *
old_column(
    const struct pair *p, const struct table *old, const struct column *c)
{
	const struct column *was = table_column(p->before, old, c->name);

	for (size_t i = 0; !was && i < column_more(c)->was.n; i++)
		was = table_column(p->before, old, column_more(c)->was.v[i]);
	return was;
}

/* Is the key, which one column is, the number of the row? */
static bool
is_rowid(const struct table *t, const struct constraint *key)
{
	const struct schema like = { .dialect = DIALECT_SQLITE };
	const struct column *c = table_column(&like, t, key->parts.v[0].column);

	return key->parts.n == 1 && c && text_same_nocase(c->type, "INTEGER");
}

/* Rows are found again by their number, or else by the new key; NULL where
 * nothing tells. */
static const char *
row_condition(struct pair *p, const struct table *old, const struct table *new)
{
	const struct constraint *was = table_primary_key(old);
	const struct constraint *key = table_primary_key(new);
	struct buf b = { 0 };
	const char *text;

	if (!old->without_rowid && !new->without_rowid &&
	    (!key || !was ||
		(constraint_equal(DIALECT_SQLITE, was, key) &&
		    is_rowid(old, was) == is_rowid(new, key))))
		return "n._rowid_ = o._rowid_";
	for (size_t i = 0; key && i < key->parts.n; i++) {
		const struct column *c =
		    table_column(p->after, new, key->parts.v[i].column);
		const struct column *c_was = old_column(p, old, c);
		const char *n = quoted(p, c->name), *o;

		if (!c_was)
			return NULL;
		o = quoted(p, c_was->name);
		buf_fmt(&b,
		    "%s(+n.%s IS +o.%s OR CAST(n.%s AS TEXT) IS "
		    "CAST(o.%s AS TEXT))",
		    i ? " AND " : "", n, o, n, o);
	}
	if (!b.len)
		return NULL;
	text = arena_strndup(&p->arena, buf_str(&b), b.len);
	buf_release(&b);
	return text;
}

/* Rows that the findings said would change, of one column. */
static int64_t
told_rows(struct pair *p, const struct table *t, const struct column *c)
{
	const char *name = arena_fmt(&p->arena, "%s.%s", t->name, c->name);

	for (size_t i = 0; !p->failed && i < p->sync.steps.n; i++)
		for (size_t k = 0; k < p->sync.steps.v[i].findings.n; k++) {
			const struct finding *f =
			    &p->sync.steps.v[i].findings.v[k];

			if (f->destructive && f->object &&
			    !strcmp(f->object, name) &&
			    (!strcmp(f->rule, "type-affinity") ||
				!strcmp(f->rule, "type-using")))
				return f->rows;
		}
	return 0;
}

/* How many rows of a column mean another value now? Numbers compare as such;
 * where one side is a text, its text counts. */
static int64_t
changed_rows(struct pair *p, const struct table *old, const struct table *new,
    const struct column *was, const struct column *is)
{
	const char *o = arena_fmt(&p->arena, "+o.%s", quoted(p, was->name));
	const char *n = arena_fmt(&p->arena, "+n.%s", quoted(p, is->name));
	const char *same = row_condition(p, old, new);

	if (!same)
		return told_rows(p, new, is);

	return number(p->file,
	    arena_fmt(&p->arena,
		"ATTACH '%s' AS old;"
		"SELECT count(*) FROM old.%s o LEFT JOIN main.%s n ON "
		"%s"
		" WHERE CASE"
		" WHEN typeof(%s) = typeof(%s) THEN quote(%s) <> quote(%s)"
		" WHEN typeof(%s) IN ('integer', 'real') AND"
		" typeof(%s) IN ('integer', 'real') THEN %s <> %s"
		" WHEN typeof(%s) = 'integer' AND typeof(%s) = 'text'"
		" THEN CAST(%s AS INTEGER) <> %s"
		" WHEN typeof(%s) = 'real' AND typeof(%s) = 'text'"
		" THEN CAST(%s AS REAL) <> %s"
		" WHEN typeof(%s) = 'text' THEN CAST(%s AS TEXT) <> %s"
		" ELSE 1 END AND (%s OR o.%s IS NOT NULL)",
		p->old, quoted(p, old->name), quoted(p, new->name), same, o, n,
		o, n, o, n, o, n, o, n, n, o, o, n, n, o, o, n, o,
		/* what was NULL may be filled */
		column_more(is)->backfill.text ? "0" : "1",
		quoted(p, was->name)));
}

static void
check_values(struct pair *p)
{
	for (size_t i = 0; i < p->after->tables.n; i++) {
		const struct table *t = p->after->tables.v[i];
		const struct table *old = old_table(p, t);

		if (!old)
			continue;
		assert_int_equal(
		    number(
			p->file, arena_fmt(&p->arena,
				     "SELECT count(*) FROM \"%s\"", t->name)),
		    number(
			p->old, arena_fmt(&p->arena,
				    "SELECT count(*) FROM \"%s\"", old->name)));
		for (size_t k = 0; k < t->columns.n; k++) {
			const struct column *c = t->columns.v[k];
			const struct column *was = old_column(p, old, c);

			if (was && !c->generated.text &&
			    !column_more(c)->labels_was.n &&
			    changed_rows(p, old, t, was, c) !=
				told_rows(p, t, c))
				fail_msg("%s.%s: %lld values changed, not %lld",
				    t->name, c->name,
				    (long long)changed_rows(p, old, t, was, c),
				    (long long)told_rows(p, t, c));
		}
	}
}

static void
check_like_new(struct pair *p, const char *name)
{
	const char *fresh = file_join(&p->arena, p->dir, name);
	struct buf got = { 0 }, wanted = { 0 };

	shell(fresh, p->sections[1], NULL);
	shell(p->file, pragmas, &got);
	shell(fresh, pragmas, &wanted);
	assert_string_equal(buf_str(&got), buf_str(&wanted));
	buf_release(&got);
	buf_release(&wanted);
	buf_cut(&got, 0);
	shell(p->file, "PRAGMA integrity_check", &got);
	/* 3.40 imagines NULLs in tables WITHOUT ROWID */
	if (!strstr(p->sections[1], "WITHOUT ROWID") ||
	    strncmp(buf_str(&got), "NULL value in ", 14))
		assert_string_equal(buf_str(&got), "ok\n");
	buf_release(&got);
}

static bool
is_violated(const struct finding *f)
{
	static const char *const may_fail[] = { "add-required-column",
		"backfill-column", "set-not-null", "add-primary-key",
		"add-unique", "add-check", "add-foreign-key", "set-strict",
		"set-without-rowid", "drop-enum-value", "change-collation" };

	for (size_t i = 0; i < sizeof(may_fail) / sizeof(*may_fail); i++)
		if (!strcmp(f->rule, may_fail[i]))
			return f->destructive && !f->cleared;
	return false;
}

/* Writes what was found; returns whether rows stand in the way. */
static bool
see_findings(struct pair *p)
{
	bool violated = false;

	for (size_t i = 0; i < p->sync.steps.n; i++)
		for (size_t k = 0; k < p->sync.steps.v[i].findings.n; k++) {
			const struct finding *f =
			    &p->sync.steps.v[i].findings.v[k];

			violated |= is_violated(f);
			if (f->destructive)
				buf_fmt(&p->got, "%s %s %lld\n", f->rule,
				    f->object ? f->object : "-",
				    (long long)f->rows);
		}
	return violated;
}

static void
check_second_push(struct pair *p)
{
	struct names kept = p->sync.kept;
	struct err err = { 0 };

	p->sync.db = NULL;
	must(look(p, false, &err), &err, "look again");
	assert_int_equal(p->sync.steps.n, 0);
	p->sync.kept = kept;
	sync_release(&p->sync);
}

static void
push(struct pair *p)
{
	struct err err = { 0 };
	bool moved = false, planned, violated, ok;

	planned = look(p, true, &err);
	p->before = p->sync.current;
	p->after = p->sync.declared;
	violated = planned && see_findings(p);
	ok = planned && sync_apply(&p->sync, &moved, &err);
	assert_false(moved);
	sync_release(&p->sync);
	if (ok ? violated : !violated && !strstr(p->sections[2], "error: "))
		fail_msg("%s: %s\n%s", p->path,
		    ok ? "it went through, although rows were in the way"
		       : err.text,
		    p->got.s ? p->got.s : "");
	if (!ok) {
		const char *line =
		    arena_strndup(&p->arena, err.text, strcspn(err.text, "\n"));
		const char *say = strstr(line, ".db: ");

		buf_fmt(&p->got, "error: %s\n", say ? say + 5 : line);
		p->after = p->before;
		p->failed = true;
	}
	check_values(p);
	if (ok) {
		check_like_new(p, "fresh.db");
		check_second_push(p);
	}
	err_release(&err);
}

/* The way back, without rows: what comes must also be able to go. */
static void
push_back(struct pair *p)
{
	const char *to = p->sections[1];
	struct err err = { 0 };
	bool moved = false, ok;

	if (strstr(to, "-- was "))
		return;
	p->file = file_join(&p->arena, p->dir, "back.db");
	p->sections[1] = p->from + strcspn(p->from, "\n");
	shell(p->file, to, NULL);
	must(db_url_parse(&p->arena, &p->project.url,
		 arena_fmt(&p->arena, "sqlite:%s", p->file), &err),
	    &err, p->file);
	ok = look(p, true, &err) && sync_apply(&p->sync, &moved, &err);
	sync_release(&p->sync);
	if (ok) {
		check_like_new(p, "fresh-back.db");
		check_second_push(p);
	} else if (!strstr(p->sections[2], "error: ")) {
		fail_msg("%s: the way back: %s", p->path, err.text);
	}
	err_release(&err);
}

/* Puts the wanted lines at the end of the case. */
static void
bless(struct pair *p, const char *text)
{
	const char *mark = strstr(text, "-- wants --\n") + 12;
	struct buf b = { 0 };
	struct err err = { 0 };

	buf_add(&b, text, (size_t)(mark - text));
	buf_puts(&b, buf_str(&p->got));
	must(file_update(p->path, b.s, b.len, &err), &err, p->path);
	buf_release(&b);
}

static void
clean(struct pair *p)
{
	struct names files = { 0 };
	struct err err = { 0 };

	file_find(&p->arena, &files, p->dir, "", &err);
	for (size_t i = 0; i < files.n; i++)
		unlink(files.v[i]);
	rmdir(p->dir);
	err_release(&err);
}

static void
test_pair(void **state)
{
	struct pair p = { .path = *state };
	struct err err = { 0 };
	struct buf text = { 0 };
	char dir[] = "/tmp/deesse-pairs-XXXXXX";

	assert_non_null(mkdtemp(dir));
	must(file_read(&text, p.path, &err), &err, p.path);
	split(&p, arena_strndup(&p.arena, text.s, text.len));
	p.dir = dir;
	p.file = file_join(&p.arena, dir, "app.db");
	p.old = file_join(&p.arena, dir, "old.db");
	shell(p.file, p.from, NULL);
	shell(p.file, p.sections[0], NULL);
	copy_file(p.file, p.old);
	must(db_url_parse(&p.arena, &p.project.url,
		 arena_fmt(&p.arena, "sqlite:%s", p.file), &err),
	    &err, p.file);
	push(&p);
	if (cases_bless)
		bless(&p, text.s);
	else
		assert_string_equal(buf_str(&p.got), p.sections[2]);
	push_back(&p);
	clean(&p);
	buf_release(&text);
	buf_release(&p.got);
	arena_release(&p.arena);
}

int
main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct names found = { 0 };
	struct err err = { 0 };
	struct CMUnitTest *tests;
	int failed;

	cases_bless = argc > 1 && !strcmp(argv[1], "--bless");
	if (!file_find(&a, &found, cases_path(&a, "pairs"), ".sql", &err) ||
	    !found.n) {
		print_error("no cases: %s\n", err.text ? err.text : "");
		return 1;
	}
	tests = arena_array(&a, struct CMUnitTest, found.n);
	for (size_t i = 0; i < found.n; i++)
		tests[i] = (struct CMUnitTest){ .name = found.v[i],
			.test_func = test_pair,
			.initial_state = (void *)(size_t)found.v[i] };
	if (argc > 1 && !cases_bless)
		cmocka_set_test_filter(argv[1]);
	failed = _cmocka_run_group_tests("pairs", tests, found.n, NULL, NULL);
	arena_release(&a);
	return failed;
}
