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
}

static void
test_page(void **state)
{
	struct arena a = { 0 };
	struct buf page = { 0 };

	(void)state;
	buf_puts(&page, rules_page(&a));
	cases_compare(cases_path(&a, "../docs/rules.md"), &page);
	buf_release(&page);
	arena_release(&a);
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

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_page),
		cmocka_unit_test(test_cases),
	};

	cases_bless = argc > 1 && !strcmp(argv[1], "--bless");
	return cmocka_run_group_tests_name("sentinel", tests, NULL, NULL);
}
