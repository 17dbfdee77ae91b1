/* rules - docs/rules.md explains every rule that a finding can name
 *
 * The page is written by `test-rules --bless` from the two tables that speak:
 * the sentinel's, and diff's.
 */
#include <stdio.h>

#include "tests/unit/cases.h"

#include "diff/judge.h"
#include "sentinel/rule.h"

static bool
sentinel_knows(const char *name)
{
	for (size_t i = 0; i < sentinel_rules_n; i++)
		if (!strcmp(sentinel_rules[i].name, name))
			return true;
	return false;
}

/* What diff says, with X for the object, A for what was, B for what will be. */
static struct finding
said(struct arena *a, int j)
{
	return judgement_finding(a, (enum judgement)j, "X", "A", "B");
}

static bool
is_first(struct arena *a, int j, const char *rule)
{
	for (int i = JUDGE_NOTHING + 1; i < j; i++) {
		const char *other = said(a, i).rule;

		if (other && !strcmp(other, rule))
			return false;
	}
	return true;
}

static void
add_section(struct buf *page, struct arena *a, int first, const char *rule)
{
	buf_fmt(page, "\n## %s\n", rule);
	for (int j = first; j < JUDGE_COUNT; j++) {
		struct finding f = said(a, j);

		if (!f.rule || strcmp(f.rule, rule))
			continue;
		buf_fmt(page, "%s%s · %s\n",
		    f.destructive ? "destructive, " : "safe, noted as ",
		    class_name(f.class), f.message);
		if (f.hint)
			buf_fmt(page, "\nInstead: %s\n", f.hint);
		buf_putc(page, '\n');
	}
	buf_cut(page, page->len - 1);
}

static void
add_diff(struct buf *page, struct arena *a)
{
	buf_puts(page,
	    "\n# What only the comparison sees\n"
	    "\n"
	    "`push`, `dev` and `diff` also know what was and what will be. "
	    "Their findings\n"
	    "have names from above where a statement shows as much, and these "
	    "where it\n"
	    "does not; X is what changes, A what it was, B what it will be.\n");
	for (int j = JUDGE_NOTHING + 1; j < JUDGE_COUNT; j++) {
		const char *rule = said(a, j).rule;

		if (rule && !sentinel_knows(rule) && is_first(a, j, rule))
			add_section(page, a, j, rule);
	}
}

static void
test_page(void **state)
{
	struct arena a = { 0 };
	struct buf page = { 0 };

	(void)state;
	buf_puts(&page, rules_page(&a));
	add_diff(&page, &a);
	cases_compare(cases_path(&a, "../docs/rules.md"), &page);
	buf_release(&page);
	arena_release(&a);
}

/* Every name that diff can say has a section. */
static void
test_diff_is_explained(void **state)
{
	struct arena a = { 0 };
	struct buf page = { 0 };
	struct err err = { 0 };
	int named = 0;

	(void)state;
	assert_true(file_read(&page, cases_path(&a, "../docs/rules.md"), &err));
	for (int j = JUDGE_NOTHING + 1; j < JUDGE_COUNT; j++) {
		const char *rule = said(&a, j).rule;

		if (!rule)
			continue;
		named++;
		if (!strstr(page.s, arena_fmt(&a, "\n## %s\n", rule)))
			fail_msg("docs/rules.md has no section %s", rule);
	}
	assert_true(named >= 20);
	buf_release(&page);
	arena_release(&a);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page),
		cmocka_unit_test(test_diff_is_explained),
	};

	cases_bless = argc > 1 && !strcmp(argv[1], "--bless");
	return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
