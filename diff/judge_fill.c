/* judge_fill - what it means that rows get a value that they did not have */
#include "diff/judge.h"

#include <string.h>

#include "base/text.h"
#include "sql/lex.h"

/* One value for all rows that is not NULL: nothing about it can fail. */
static bool
is_value(enum dialect d, const struct expr *e)
{
	static const char *const never_null[] = { "true", "false",
		"current_timestamp", "current_date", "now()" };
	struct lexer l;
	struct token t;
	bool value;

	for (size_t i = 0; i < sizeof(never_null) / sizeof(*never_null); i++)
		if (text_same_nocase(e->text, never_null[i]))
			return true;
	lex_init(&l, d, e->text, strlen(e->text));
	lex_next(&l, &t);
	if (token_is(&t, "-") || token_is(&t, "+"))
		lex_next(&l, &t);
	value = (t.kind == TOKEN_STRING || t.kind == TOKEN_NUMBER) &&
		!lex_next(&l, &t);
	lex_release(&l);
	return value;
}

void
judge_fill(struct pass *p, struct change *c, const char *object,
    enum judgement value, enum judgement expression)
{
	const struct expr *with = &column_more(c->new_column)->backfill;
	bool proven = is_value(p->dialect, with);
	/* the server notes such a value of a new column, and writes no row */
	bool noted = proven && c->kind == CHANGE_ADD_COLUMN &&
		     !text_same_nocase(with->text, "now()");

	if (!proven)
		c->phase = PHASE_TIGHTEN;
	judge_note(p, c, proven ? value : expression, object, NULL, with->text);
	if (p->ops->locks && !noted)
		judge_note(p, c, JUDGE_FILL_WAITS, object, NULL, NULL);
}
