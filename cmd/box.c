/* box - the question of `deesse dev`, drawn on the terminal
 *
 * A box as wide as the terminal, at most 76 columns: unicode lines where the
 * locale has them, else ASCII. Text is folded by the columns it takes, not by
 * its bytes.
 */
#include "cmd/box.h"

#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "base/text.h"
#include "cmd/cmd.h"
#include "cmd/report.h"

#define WIDEST 76
#define NARROWEST 24

static const struct lines {
	const char *top_left, *top_right, *bottom_left, *bottom_right;
	const char *across, *down;
} unicode = { "┌", "┐", "└", "┘", "─", "│" },
  ascii = { "+", "+", "+", "+", "-", "|" };

struct box {
	const struct lines *lines; /* NULL: plain */
	int width;
};

static struct box
measure(void)
{
	struct winsize w;
	struct box b = { .width = WIDEST };

	want_locale();
	b.lines = !strcmp(nl_langinfo(CODESET), "UTF-8") ? &unicode : &ascii;
	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) && w.ws_col &&
	    w.ws_col < b.width)
		b.width = w.ws_col;
	if (b.width < NARROWEST)
		b.width = NARROWEST;
	return b;
}

static void
edge(
    const struct box *b, const char *left, const char *right, const char *title)
{
	int at = 1;

	if (!b->lines) {
		if (*title)
			printf("%s:\n", title);
		return;
	}
	printf("%s%s", paint(stdout, PAINT_YELLOW), left);
	if (*title) {
		printf("%s %s ", b->lines->across, title);
		at += 3 + (int)strlen(title);
	}
	for (; at < b->width - 1; at++)
		fputs(b->lines->across, stdout);
	printf("%s%s\n", right, paint(stdout, PAINT_NONE));
}

/* How many bytes of s fit into so many columns; *took says how many columns
 * they take. Breaks after a space where there is one. */
static size_t
fitting(const char *s, int columns, int *took)
{
	mbstate_t state = { 0 };
	size_t at = 0, space = 0;
	int used = 0, used_at_space = 0;

	while (s[at] && s[at] != '\n') {
		wchar_t c;
		size_t n = mbrtowc(&c, s + at, MB_CUR_MAX, &state);
		int width =
		    n == (size_t)-1 || n == (size_t)-2 ? -1 : wcwidth(c);

		if (width < 0) {
			n = 1;
			width = 1;
			state = (mbstate_t){ 0 };
		}
		if (used + width > columns) {
			*took = space ? used_at_space : used;
			return space ? space : at;
		}
		used += width;
		at += n;
		if (c == L' ') {
			space = at;
			used_at_space = used;
		}
	}
	*took = used;
	return at;
}

static void
row(const struct box *b, enum paint colour, int indent, const char *text)
{
	if (!b->lines) {
		printf("%*s%s%s%s\n", indent, "", paint(stdout, colour), text,
		    paint(stdout, PAINT_NONE));
		return;
	}
	do {
		int room = b->width - 4 - indent, took = 0;
		size_t n = fitting(text, room, &took);

		printf("%s%s%s %*s%s%.*s%s%*s %s%s%s\n",
		    paint(stdout, PAINT_YELLOW), b->lines->down,
		    paint(stdout, PAINT_NONE), indent, "",
		    paint(stdout, colour), (int)n, text,
		    paint(stdout, PAINT_NONE), room - took, "",
		    paint(stdout, PAINT_YELLOW), b->lines->down,
		    paint(stdout, PAINT_NONE));
		text += n;
		if (*text == '\n')
			text++;
	} while (*text);
}

static void
draw_step(const struct box *b, struct arena *a, const struct judged *j)
{
	for (size_t i = 0; i < j->step->changes.n; i++)
		row(b, PAINT_BOLD, 0,
		    text_cleaned(a, change_text(a, j->step->changes.v[i])));
	for (size_t i = 0; i < j->findings.n; i++) {
		const struct finding *f = &j->findings.v[i];

		if (f->cleared || !f->destructive)
			continue;
		row(b, PAINT_RED, 2, text_cleaned(a, f->message));
		if (f->hint)
			row(b, PAINT_NONE, 2, text_cleaned(a, f->hint));
	}
	row(b, PAINT_CYAN, 2, text_cleaned(a, j->sql));
}

/* As long as the terminal is wide, for a prompt that wraps is hard to read. */
static void
put_choices(const char *question, const char *const forms[3])
{
	int width = measure().width - (int)strlen(question) - 2;
	size_t i = 0;

	while (i < 2 && (int)strlen(forms[i]) >= width)
		i++;
	printf("%s%s%s  %s", paint(stdout, PAINT_BOLD), question,
	    paint(stdout, PAINT_NONE), forms[i]);
}

void
box_choices(void)
{
	static const char *const forms[] = {
		"y apply   N keep (default)   r renamed   d show all   s skip ",
		"y apply, N keep, r was, d all, s skip ",
		"y N r d s ",
	};

	put_choices("Apply?", forms);
}

static const char *
back_text(struct arena *a, const struct drift_back *b)
{
	return b->file ? arena_fmt(a, "%s would have it again as %s:%d says",
			     b->what, b->file, b->line)
		       : arena_fmt(a,
			     "%s would have it again as the collections say",
			     b->what);
}

void
box_drift(const struct drift *x, bool plain)
{
	static const char *const forms[] = {
		"a adopt   r revert   I ignore (default) ",
		"a adopt, r revert, I ignore ",
		"a r I ",
	};
	struct arena a = { 0 };
	struct box b = measure();
	const struct lines *l = b.lines;

	if (plain)
		b.lines = NULL;
	edge(&b, l->top_left, l->top_right, "deesse asks");
	row(&b, PAINT_YELLOW, 0, "something else changed the database");
	for (size_t i = 0; i < x->added.n; i++)
		row(&b, PAINT_NONE, 2,
		    text_cleaned(&a, arena_fmt(&a, "%s: no collection says it",
					 x->added.v[i])));
	for (size_t i = 0; i < x->back.n; i++)
		row(&b, PAINT_NONE, 2,
		    text_cleaned(&a, back_text(&a, &x->back.v[i])));
	edge(&b, l->bottom_left, l->bottom_right, "");
	put_choices("Which is right?", forms);
	arena_release(&a);
}

void
box_question(const struct sync *s, bool plain)
{
	struct arena a = { 0 };
	struct box b = measure();
	const struct lines *l = b.lines;

	if (plain)
		b.lines = NULL;
	edge(&b, l->top_left, l->top_right, "deesse asks");
	for (size_t i = 0; i < s->steps.n; i++)
		if (s->steps.v[i].refused)
			draw_step(&b, &a, &s->steps.v[i]);
	for (size_t i = 0; i < s->unresolved.n; i++) {
		const struct unresolved *u = &s->unresolved.v[i];
		const char *dot = strrchr(u->from, '.');

		row(&b, PAINT_YELLOW, 0,
		    text_cleaned(
			&a, arena_fmt(&a,
				"Was %s renamed to %s? Then keep it, and write "
				".was = \"%s\" on the new one.",
				u->from, u->to.v[0], dot ? dot + 1 : u->from)));
	}
	edge(&b, l->bottom_left, l->bottom_right, "");
	box_choices();
	arena_release(&a);
}
