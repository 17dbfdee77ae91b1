/* buf - text that grows */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

void
buf_reserve(struct buf *b, size_t n)
{
	if (b->cap - b->len > n)
		return;
	b->cap = (b->len + n) + (b->len + n) / 2 + 32;
	b->s = xrealloc(b->s, b->cap);
}

void
buf_add(struct buf *b, const void *p, size_t n)
{
	buf_reserve(b, n);
	if (n)
		memcpy(b->s + b->len, p, n);
	b->len += n;
	b->s[b->len] = '\0';
}

void
buf_puts(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_putc(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void
buf_vfmt(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	size_t room;
	int n;

	/* mostly it fits into what is there */
	buf_reserve(b, 64);
	room = b->cap - b->len;
	va_copy(again, ap);
	n = vsnprintf(b->s + b->len, room, fmt, again);
	va_end(again);
	if (n < 0) {
		b->s[b->len] = '\0';
		return;
	}
	if ((size_t)n >= room) {
		buf_reserve(b, (size_t)n + 1);
		vsnprintf(b->s + b->len, (size_t)n + 1, fmt, ap);
	}
	b->len += (size_t)n;
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vfmt(b, fmt, ap);
	va_end(ap);
}

void
buf_cut(struct buf *b, size_t len)
{
	if (len < b->len) {
		b->len = len;
		b->s[len] = '\0';
	}
}

const char *
buf_str(const struct buf *b)
{
	return b->s ? b->s : "";
}

char *
buf_take(struct buf *b, struct arena *a)
{
	char *text = arena_strndup(a, buf_str(b), b->len);

	buf_release(b);
	return text;
}

void
buf_release(struct buf *b)
{
	free(b->s);
	*b = (struct buf){ 0 };
}
