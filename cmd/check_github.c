/* check_github - verdicts as the commands that a GitHub Action understands */
#include "base/text.h"
#include "cmd/check.h"
#include "cmd/cmd.h"
#include "cmd/report.h"

static void
begin(FILE *out)
{
	(void)out;
}

/* The runner reads lines; a comma or a colon would end a property. */
static void
put_escaped(FILE *out, const char *s, bool property)
{
	struct buf b = { 0 };

	text_clean(&b, s);
	for (const char *p = buf_str(&b); *p; p++) {
		if (*p == '%' || *p == '\r' || *p == '\n' ||
		    (property && (*p == ',' || *p == ':')))
			fprintf(out, "%%%02X", (unsigned char)*p);
		else
			fputc(*p, out);
	}
	buf_release(&b);
}

static void
put_finding(FILE *out, const struct checked *c, const struct finding *f)
{
	static const char *const levels[] = {
		[LEVEL_NOTE] = "notice",
		[LEVEL_WARNING] = "warning",
		[LEVEL_ERROR] = "error",
	};
	struct check_place p = check_place(c, f);

	fprintf(out, "::%s file=", levels[check_level(f)]);
	put_escaped(out, c->file, true);
	fprintf(out, ",line=%d,endLine=%d", p.line, p.end_line);
	if (p.line == p.end_line) /* the runner wants columns of one line */
		fprintf(out, ",col=%d,endColumn=%d", p.column, p.end_column);
	fputs(",title=", out);
	put_escaped(out, f->rule, true);
	fputs("::", out);
	put_escaped(out, f->message, false);
	if (f->hint) {
		fputc(' ', out);
		put_escaped(out, f->hint, false);
	}
	fputc('\n', out);
}

static void
statement(FILE *out, const struct checked *c)
{
	for (size_t i = 0; i < c->findings.n; i++) {
		const struct finding *f = &c->findings.v[i];

		if (!f->cleared &&
		    (!common.quiet || check_level(f) == LEVEL_ERROR))
			put_finding(out, c, f);
	}
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

const struct check_format check_github = { "github", false, NULL, begin,
	statement, end };
