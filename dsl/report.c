/* report - the mistakes found so far */
#include "dsl/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

#define SHOWN 50

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

bool
report_end(struct report *r, struct err *err)
{
	struct mistakes *all = &r->mistakes;
	struct buf b = { 0 };
	size_t shown = 0;

	if (!all->n)
		return true;
	qsort(all->v, all->n, sizeof(*all->v), by_place);
	for (size_t i = 0; i < all->n; i++) {
		const struct mistake *m = &all->v[i];

		if (i && same(m, m - 1))
			continue;
		if (++shown > SHOWN)
			continue;
		if (b.len)
			buf_putc(&b, '\n');
		if (m->file)
			buf_fmt(&b, "%s:%d:%d: ", m->file, m->line, m->column);
		text_clean(&b, m->text);
	}
	if (shown > SHOWN)
		buf_fmt(&b, "\n… and %zu more", shown - SHOWN);
	err_fail(err, "%s", buf_str(&b));
	buf_release(&b);
	return false;
}
