/* report - a plan or an answer, for people */
#include "cmd/report.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "sync/judge.h"

static bool
wants_colour(FILE *out)
{
	const char *choice = common.color ? common.color : "auto";
	const char *off = getenv("NO_COLOR"), *term = getenv("TERM");

	if (!strcmp(choice, "always"))
		return true;
	if (!strcmp(choice, "never") || (off && *off))
		return false;
	return isatty(fileno(out)) && term && strcmp(term, "dumb");
}

/* Asked once: a file of thousands of findings paints each. */
static bool
has_colour(FILE *out)
{
	static enum { UNKNOWN, PLAIN, COLOURED } known[STDERR_FILENO + 1];
	int fd = fileno(out);

	if (fd < 0 || fd > STDERR_FILENO)
		return wants_colour(out);
	if (known[fd] == UNKNOWN)
		known[fd] = wants_colour(out) ? COLOURED : PLAIN;
	return known[fd] == COLOURED;
}

void
want_locale(void)
{
	static bool taken;

	if (!taken)
		setlocale(LC_CTYPE, "");
	taken = true;
}

const char *
paint(FILE *out, enum paint p)
{
	static const char *const codes[] = {
		[PAINT_NONE] = "\033[0m",
		[PAINT_BOLD] = "\033[1m",
		[PAINT_DIM] = "\033[2m",
		[PAINT_RED] = "\033[31m",
		[PAINT_GREEN] = "\033[32m",
		[PAINT_YELLOW] = "\033[33m",
		[PAINT_CYAN] = "\033[36m",
	};

	return has_colour(out) ? codes[p] : "";
}

void
put_clean(FILE *out, const char *text)
{
	struct buf b = { 0 };

	text_clean(&b, text);
	fputs(buf_str(&b), out);
	buf_release(&b);
}

const char *
count_text(struct arena *a, size_t n, const char *one, const char *many)
{
	return arena_fmt(a, "%zu %s", n, n == 1 ? one : many);
}

/* Prints every line of text after a margin. */
static void
put_indented(FILE *out, const char *margin, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");

		fprintf(out, "%s%.*s\n", margin, (int)n, text);
		text += n + (text[n] == '\n');
	}
}

static void
put_finding(FILE *out, const struct finding *f)
{
	struct buf b = { 0 };

	text_clean(&b, f->message);
	fprintf(out, "      %s%s%s %s[%s]%s\n",
	    paint(out, f->destructive ? PAINT_RED : PAINT_YELLOW), buf_str(&b),
	    paint(out, PAINT_NONE), paint(out, PAINT_DIM), f->rule,
	    paint(out, PAINT_NONE));
	buf_cut(&b, 0);
	if (f->hint) {
		text_clean(&b, f->hint);
		fprintf(out, "      %s\n", buf_str(&b));
	}
	buf_release(&b);
}

/* What is only noted is said where it is why nothing is done, or has a number.
 */
static bool
is_said(const struct sync *s, const struct judged *j, const struct finding *f)
{
	return !f->cleared &&
	       (f->destructive || f->heavy || f->rows > 0 || common.verbose ||
		   (j->refused && !finding_passes(&s->options, f)));
}

static void
put_step(FILE *out, const struct sync *s, const struct judged *j, bool sql)
{
	struct arena a = { 0 };
	bool bad = j->verdict == VERDICT_DESTRUCTIVE;
	const struct source *from = &j->step->source;

	for (size_t i = 0; i < j->step->changes.n; i++) {
		const char *text =
		    text_cleaned(&a, change_text(&a, j->step->changes.v[i]));

		fprintf(out, "  %s%s%s %s",
		    paint(out, bad ? PAINT_RED : PAINT_GREEN), bad ? "!" : "+",
		    paint(out, PAINT_NONE), text);
		if (from->file && !i)
			fprintf(out, "  %s%s:%d%s", paint(out, PAINT_DIM),
			    text_cleaned(&a, from->file), from->line,
			    paint(out, PAINT_NONE));
		fputc('\n', out);
	}
	for (size_t i = 0; i < j->findings.n; i++)
		if (is_said(s, j, &j->findings.v[i]))
			put_finding(out, &j->findings.v[i]);
	if (sql) {
		fputs(paint(out, PAINT_DIM), out);
		if (j->online)
			put_indented(
			    out, "      ", text_cleaned(&a, j->online));
		put_indented(out, "      ", text_cleaned(&a, j->sql));
		fputs(paint(out, PAINT_NONE), out);
	}
	arena_release(&a);
}

void
report_steps(FILE *out, const struct sync *s, bool sql)
{
	for (size_t i = 0; i < s->steps.n; i++)
		put_step(out, s, &s->steps.v[i], sql || s->steps.v[i].refused);
}

void
report_unresolved(FILE *out, const struct sync *s)
{
	struct arena a = { 0 };

	for (size_t i = 0; i < s->unresolved.n; i++) {
		const struct unresolved *u = &s->unresolved.v[i];
		const char *to = u->to.v[0];
		const char *dot = strrchr(u->from, '.');

		fprintf(out,
		    "  %s?%s was %s renamed to %s? Then say .was = \"%s\" on "
		    "it; else it is dropped with its values\n",
		    paint(out, PAINT_YELLOW), paint(out, PAINT_NONE),
		    text_cleaned(&a, u->from), text_cleaned(&a, to),
		    text_cleaned(&a, dot ? dot + 1 : u->from));
	}
	arena_release(&a);
}
