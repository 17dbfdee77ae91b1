/* check_picture - a statement with the guilty words underlined
 *
 * A terminal is about eighty columns wide and a statement may be a megabyte in
 * one line, so what stands around the words is cut, and the words too.
 */
#define _XOPEN_SOURCE 700
#include <string.h>
#include <wchar.h>

#include "base/text.h"
#include "cmd/check.h"
#include "cmd/report.h"

#define BEFORE 30 /* columns shown of what stands around */
#define GUILTY 60
#define AFTER 20
#define LINES 3 /* of guilty words */

/* Returns the columns that len bytes of UTF-8 take. */
static int
width(const char *s, size_t len)
{
	int n = 0;

	for (size_t i = 0; i < len;) {
		unsigned char c = (unsigned char)s[i++];
		wchar_t w = c;
		int cells;

		if (c >= 0xc0)
			w = c & (c >= 0xf0 ? 0x07 : c >= 0xe0 ? 0x0f : 0x1f);
		while (c >= 0xc0 && i < len &&
		       ((unsigned char)s[i] & 0xc0) == 0x80)
			w = (w << 6) | ((unsigned char)s[i++] & 0x3f);
		cells = wcwidth(w);
		n += cells < 0 ? 1 : cells;
	}
	return n;
}

static size_t
back_one(const char *s, size_t i)
{
	do
		i--;
	while (i && ((unsigned char)s[i] & 0xc0) == 0x80);
	return i;
}

/* Shortens the text to its last columns, or to its first ones. */
static const char *
shorten(struct arena *a, const char *s, int columns, bool keep_end)
{
	size_t len = strlen(s), i = keep_end ? len : 0;

	if (width(s, len) <= columns)
		return s;
	if (keep_end) {
		while (i && width(s + i, len - i) < columns - 1)
			i = back_one(s, i);
		return arena_fmt(a, "…%s", s + i);
	}
	while (i < len && width(s, i) < columns - 1)
		do
			i++;
		while (i < len && ((unsigned char)s[i] & 0xc0) == 0x80);
	return arena_fmt(a, "%.*s…", (int)i, s);
}

/* A piece of a line, as a terminal can show it. */
static const char *
shown(struct arena *a, const char *from, const char *to, size_t limit)
{
	size_t n = (size_t)(to - from);
	char *s;

	/* far more than is shown need not be cleaned */
	if (n > 8 * limit)
		n = 8 * limit;
	s = arena_strndup(a, from, n);
	for (char *p = s; *p; p++)
		if (*p == '\t' || *p == '\r')
			*p = ' ';
	return text_cleaned(a, s);
}

static void
repeat(FILE *out, const char *s, int n)
{
	while (n-- > 0)
		fputs(s, out);
}

struct picture {
	FILE *out;
	struct arena *arena;
	const char *colour;
	int margin; /* columns of the line number */
};

/* One line, of which the bytes from `from` to before `to` are guilty. */
static void
draw_line(const struct picture *p, int number, const char *line,
    const char *from, const char *to, const char *end)
{
	const char *start = from - line > 8 * BEFORE ? from - 8 * BEFORE : line;
	const char *before, *guilty, *after;

	while (start < from && ((unsigned char)*start & 0xc0) == 0x80)
		start++;
	before = shorten(p->arena,
	    shown(p->arena, start, from, (size_t)(from - start) + 1), BEFORE,
	    true);
	guilty =
	    shorten(p->arena, shown(p->arena, from, to, GUILTY), GUILTY, false);
	after =
	    shorten(p->arena, shown(p->arena, to, end, AFTER), AFTER, false);
	fprintf(p->out, "%s%*d |%s %s%s%s%s%s\n", paint(p->out, PAINT_DIM),
	    p->margin, number, paint(p->out, PAINT_NONE), before, p->colour,
	    guilty, paint(p->out, PAINT_NONE), after);
	fprintf(p->out, "%s%*s |%s ", paint(p->out, PAINT_DIM), p->margin, "",
	    paint(p->out, PAINT_NONE));
	repeat(p->out, " ", width(before, strlen(before)));
	fputs(p->colour, p->out);
	repeat(p->out, "^", width(guilty, strlen(guilty)));
	fprintf(p->out, "%s\n", paint(p->out, PAINT_NONE));
}

static const char *
line_end(const char *p, const char *end)
{
	const char *newline = memchr(p, '\n', (size_t)(end - p));

	return newline ? newline : end;
}

static int
digits(int n)
{
	int d = 1;

	while (n /= 10)
		d++;
	return d;
}

void
check_picture(FILE *out, const struct checked *c, const struct finding *f,
    const char *below)
{
	static const enum paint colours[] = {
		[LEVEL_NOTE] = PAINT_CYAN,
		[LEVEL_WARNING] = PAINT_YELLOW,
		[LEVEL_ERROR] = PAINT_RED,
	};
	struct arena a = { 0 };
	struct check_place place = check_place(c, f);
	struct picture p = { .out = out,
		.arena = &a,
		.colour = paint(out, colours[check_level(f)]),
		.margin = 4 + digits(place.line + LINES) };
	const char *text = c->statement.text, *end = text + c->statement.len;
	const char *from = text + f->offset, *to = from + f->length;
	const char *line = from;

	want_locale();
	while (line > text && line[-1] != '\n')
		line--;
	for (int i = 0; i < LINES && from < to; i++) {
		const char *stop = line_end(line, end);

		draw_line(&p, place.line + i, line, from, to < stop ? to : stop,
		    stop);
		line = stop < end ? stop + 1 : end;
		from = line;
		while (from < to && strchr(" \t\r\n", *from) && *from != '\n')
			from++;
	}
	if (from < to)
		fprintf(out, "%*s | …\n", p.margin, "");
	if (below)
		fprintf(
		    out, "%*s = %s\n", p.margin, "", text_cleaned(&a, below));
	arena_release(&a);
}
