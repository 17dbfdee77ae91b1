/* buf.h - text that grows.
 *
 * A zeroed struct is an empty buffer. buf.s is always terminated once
 * something was added, and never NULL through buf_str. A buffer owns its
 * memory: release it. The idea is git's strbuf.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

#include "base/arena.h"

struct buf {
	char *s;
	size_t len, cap;
};

/* Adds n bytes at p. */
void buf_add(struct buf *b, const void *p, size_t n);

/* Adds the string s. */
void buf_puts(struct buf *b, const char *s);

/* Adds one byte. */
void buf_putc(struct buf *b, char c);

/* Adds formatted text. */
void buf_fmt(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void buf_vfmt(struct buf *b, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

/* Makes room for n more bytes, and the terminator. */
void buf_reserve(struct buf *b, size_t n);

/* Cuts the text to len bytes, which is at most its length. */
void buf_cut(struct buf *b, size_t len);

/* Returns the text, "" where nothing was added. */
const char *buf_str(const struct buf *b);

/* Returns the text as a copy in the arena, and releases the buffer. */
char *buf_take(struct buf *b, struct arena *a);

/* Frees the memory; the buffer is empty and can be used again. */
void buf_release(struct buf *b);

#endif
