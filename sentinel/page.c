/* page - the manual page of the rules, from their table */
#include "base/buf.h"
#include "sentinel/rule.h"

static const char head[] =
    "# The rules\n"
    "\n"
    "Every statement is judged by its text. A statement is **safe** only\n"
    "if a rule here knows it and none that matches is destructive; what no\n"
    "rule knows is destructive (`unknown-statement`). `deesse check FILE.sql`\n"
    "asks the same rules.\n"
    "\n"
    "`--accept-data-loss` accepts findings of class data-loss and\n"
    "data-dependent; the other destructive ones need `--allow CLASS`, and\n"
    "`--deny CLASS` refuses what is only noted. deesse counts the rows that a\n"
    "data-dependent change concerns, and clears the finding where there are\n"
    "none. A table that the same text has made is empty, and can be changed\n"
    "and dropped.\n"
    "\n"
    "Rules of class style are never destructive, and silent unless\n"
    "`deesse check --style` asks for them. In a file, a comment before a\n"
    "statement accepts a finding of it, with a reason:\n"
    "`-- deesse:allow drop-column: nobody reads it since 2.0`. A comment\n"
    "that accepts nothing, or gives no reason, is an error.\n"
    "\n"
    "This page is written from the tables in sentinel/rules.c and\n"
    "diff/finding.c by `test-rules --bless`.\n";

static const char *const dialects[] = {
	[FOR_SQLITE] = "SQLite",
	[FOR_POSTGRES] = "PostgreSQL",
	[FOR_BOTH] = "SQLite, PostgreSQL",
};

static const char *const effects[] = {
	[EFFECT_SAFE] = "safe",
	[EFFECT_NOTE] = "safe, noted as",
	[EFFECT_DESTRUCTIVE] = "destructive,",
};

const char *
rules_page(struct arena *a)
{
	struct buf b = { 0 };
	const char *page;

	buf_puts(&b, head);
	for (size_t i = 0; i < sentinel_rules_n; i++) {
		const struct rule *r = &sentinel_rules[i];

		buf_fmt(&b, "\n## %s\n%s%s%s · %s\n\n%s\n", r->name,
		    effects[r->effect], r->effect ? " " : "",
		    r->effect ? class_name(r->class) : "",
		    dialects[r->dialects], r->message);
		if (r->hint)
			buf_fmt(&b, "\nInstead: %s\n", r->hint);
	}
	page = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return page;
}
