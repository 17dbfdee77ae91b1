/* check_text - verdicts for people */
#include "base/text.h"
#include "cmd/check.h"
#include "cmd/cmd.h"
#include "cmd/report.h"

static const struct {
	const char *name;
	enum paint paint;
} levels[] = {
	[LEVEL_NOTE] = { "note", PAINT_CYAN },
	[LEVEL_WARNING] = { "warning", PAINT_YELLOW },
	[LEVEL_ERROR] = { "destructive", PAINT_RED },
};

static void
begin(FILE *out)
{
	(void)out;
}

static void
put_place(FILE *out, struct arena *a, const char *file, int line, int column)
{
	fprintf(out, "%s%s:%d:%d:%s ", paint(out, PAINT_BOLD),
	    text_cleaned(a, file), line, column, paint(out, PAINT_NONE));
}

/* --deny refuses what is not destructive, --allow lets pass what is. */
static const char *
level_name(const struct finding *f)
{
	enum check_level level = check_level(f);

	if (f->cleared || (f->destructive && level != LEVEL_ERROR))
		return "allowed";
	return level == LEVEL_ERROR && !f->destructive ? "denied"
						       : levels[level].name;
}

static void
put_finding(FILE *out, struct arena *a, const struct checked *c, size_t i)
{
	const struct finding *f = &c->findings.v[i];
	struct check_place p = check_place(c, f);

	put_place(out, a, c->file, p.line, p.column);
	fprintf(out, "%s%s%s: %s %s[%s, %s]%s\n",
	    paint(out, levels[check_level(f)].paint), level_name(f),
	    paint(out, PAINT_NONE), text_cleaned(a, f->message),
	    paint(out, PAINT_DIM), f->rule, class_name(f->class),
	    paint(out, PAINT_NONE));
	check_picture(out, c, f,
	    c->reasons.v[i] ? arena_fmt(a, "because: %s", c->reasons.v[i])
			    : f->hint);
	fputc('\n', out);
}

static void
statement(FILE *out, const struct checked *c)
{
	struct arena a = { 0 };
	const struct statement *s = &c->statement;

	for (size_t i = 0; i < c->findings.n; i++) {
		const struct finding *f = &c->findings.v[i];

		if ((f->cleared && !common.verbose) ||
		    (common.quiet && check_level(f) != LEVEL_ERROR))
			continue;
		put_finding(out, &a, c, i);
	}
	if (!c->findings.n && common.verbose) {
		const char *end = memchr(s->text, '\n', s->len);

		put_place(out, &a, c->file, s->line, s->column);
		fprintf(out, "%s%s%s: %s\n", paint(out, PAINT_GREEN),
		    verdict_name(c->verdict), paint(out, PAINT_NONE),
		    text_cleaned(
			&a, arena_strndup(&a, s->text,
				end ? (size_t)(end - s->text) : s->len)));
	}
	arena_release(&a);
}

static void
end(FILE *out, const struct check_totals *t)
{
	if (!common.quiet)
		fprintf(out, "%s: %zu safe, %zu destructive\n",
		    count_text(
			&cmd_arena, t->statements, "statement", "statements"),
		    t->statements - t->destructive, t->destructive);
}

const struct check_format check_text = { "text", false, NULL, begin, statement,
	end };
