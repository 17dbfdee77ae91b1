/* report - the mistakes found so far */
#include "dsl/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/text.h"

#define SHOWN 50

/* Of a line that is shown, in columns. */
#define WIDTH 120
#define TAB 8

const char *
shown_path(const char *path)
{
	while (path && path[0] == '.' && path[1] == '/')
		for (path += 2; *path == '/'; path++)
			;
	return path;
}

void
report_add(struct report *r, const char *file, int line, int column,
    const char *fmt, ...)
{
	struct mistake m = {
		.file = shown_path(file),
		.line = line,
		.column = column > 0 ? column : 1,
		.order = r->mistakes.n,
	};
	va_list ap;

	va_start(ap, fmt);
	m.text = arena_vfmt(r->arena, fmt, ap);
	va_end(ap);
	vec_push(r->arena, &r->mistakes, m);
}

static int
by_place(const void *a, const void *b)
{
	const struct mistake *p = a, *q = b;
	int files = strcmp(p->file ? p->file : "", q->file ? q->file : "");

	if (files)
		return files;
	if (p->line != q->line)
		return p->line < q->line ? -1 : 1;
	if (p->column != q->column)
		return p->column < q->column ? -1 : 1;
	return p->order < q->order ? -1 : 1;
}

static bool
same(const struct mistake *p, const struct mistake *q)
{
	return p->line == q->line && !strcmp(p->text, q->text) &&
	       !strcmp(p->file ? p->file : "", q->file ? q->file : "");
}

/* The file whose lines were shown last. */
struct shown_file {
	const char *path;
	struct buf text;
};

/* Returns the line, and its length in *n, or NULL. */
static const char *
find_line(struct shown_file *f, const char *path, int line, size_t *n)
{
	struct err ignored = { 0 };
	const char *s;

	if (!f->path || strcmp(f->path, path) != 0) {
		buf_cut(&f->text, 0);
		if (!file_read(&f->text, path, &ignored))
			buf_cut(&f->text, 0);
		err_release(&ignored);
		f->path = path;
	}
	s = buf_str(&f->text);
	while (--line > 0 && s)
		if ((s = strchr(s, '\n')))
			s++;
	*n = s ? strcspn(s, "\r\n") : 0;
	return *n ? s : NULL;
}

/* Adds the line, its tabs as spaces, and below it a caret. A column counts
 * bytes; what is shown is letters. */
static void
add_line(struct report *r, struct buf *out, const char *line, size_t n,
    size_t column)
{
	struct buf shown = { 0 };
	size_t width = 0, caret = 0;

	for (size_t i = 0; i < n && width < WIDTH; i++) {
		if (i < column)
			caret = width;
		if (line[i] == '\t') {
			do
				buf_putc(&shown, ' ');
			while (++width % TAB);
			continue;
		}
		buf_putc(&shown, line[i]);
		width += (i + 1 == n || (line[i + 1] & 0xc0) != 0x80);
	}
	if (column > n)
		caret = width;
	if (column <= n || column == n + 1) {
		buf_puts(out, "\n  ");
		text_clean(
		    out, arena_strndup(r->arena, buf_str(&shown), shown.len));
		buf_fmt(out, "\n  %*s^", (int)caret, "");
	}
	buf_release(&shown);
}

bool
report_end(struct report *r, struct err *err)
{
	struct shown_file file = { 0 };
	struct mistakes *all = &r->mistakes;
	struct buf b = { 0 };
	size_t shown = 0;

	if (!all->n)
		return true;
	qsort(all->v, all->n, sizeof(*all->v), by_place);
	for (size_t i = 0; i < all->n; i++) {
		const struct mistake *m = &all->v[i];
		const char *line = NULL;
		size_t n = 0;

		if (i && same(m, m - 1))
			continue;
		if (++shown > SHOWN)
			continue;
		if (b.len)
			buf_putc(&b, '\n');
		if (m->file)
			buf_fmt(&b, "%s:%d:%d: ", m->file, m->line, m->column);
		text_clean(&b, m->text);
		if (m->file)
			line = find_line(&file, m->file, m->line, &n);
		if (m->file && line)
			add_line(r, &b, line, n, (size_t)m->column);
	}
	if (shown > SHOWN)
		buf_fmt(&b, "\n… and %zu more", shown - SHOWN);
	err_fail(err, "%s", buf_str(&b));
	buf_release(&b);
	buf_release(&file.text);
	return false;
}
