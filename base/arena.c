/* arena - memory with one lifetime */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_MIN 4096
#define BLOCK_MAX (256 * 1024)
#define ALIGN _Alignof(max_align_t)

/* Structs fill a block from its start and texts from its end: a schema is
 * mostly short texts, which need not be aligned. */
struct arena_block {
	struct arena_block *next;
	size_t size, used, text;
	_Alignas(max_align_t) char data[];
};

void
out_of_memory(void)
{
	fputs("deesse: out of memory\n", stderr);
	_Exit(1);
}

void *
xmalloc(size_t n)
{
	void *p = malloc(n ? n : 1);

	if (!p)
		out_of_memory();
	return p;
}

void *
xrealloc(void *p, size_t n)
{
	p = realloc(p, n ? n : 1);
	if (!p)
		out_of_memory();
	return p;
}

static struct arena_block *
new_block(size_t size)
{
	struct arena_block *b = xmalloc(sizeof(*b) + size);

	*b = (struct arena_block){ .size = size };
	return b;
}

/* Returns a block that has room for n more bytes. What is large gets one of
 * its own behind the first, whose room others can still use. */
static struct arena_block *
room_for(struct arena *a, size_t n)
{
	struct arena_block *b = a->head;
	size_t size = BLOCK_MIN;

	if (n > SIZE_MAX / 2)
		out_of_memory();
	if (b && b->size - b->used - b->text >= n)
		return b;
	if (b && n > BLOCK_MAX / 4) {
		b = new_block(n);
		b->next = a->head->next;
		return a->head->next = b;
	}
	/* blocks double, so that small passes stay small */
	if (b)
		size = b->size < BLOCK_MAX / 2 ? b->size * 2 : BLOCK_MAX;
	b = new_block(size < n ? n : size);
	b->next = a->head;
	return a->head = b;
}

static size_t
aligned(size_t n)
{
	return n <= SIZE_MAX / 2 ? (n + ALIGN - 1) & ~(ALIGN - 1) : n;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	struct arena_block *b;
	char *p;

	n = aligned(n);
	b = room_for(a, n);
	p = b->data + b->used;
	b->used += n;
	return memset(p, 0, n);
}

bool
arena_extend(struct arena *a, const void *p, size_t old, size_t n)
{
	struct arena_block *b = a->head;
	size_t more = aligned(n) - aligned(old);
	char *end;

	if (!b || n > SIZE_MAX / 2)
		return false;
	end = b->data + b->used;
	if ((const char *)p + aligned(old) != end ||
	    b->size - b->used - b->text < more)
		return false;
	memset(end, 0, more);
	b->used += more;
	return true;
}

/* Returns room for n bytes of text; not zeroed. */
static char *
text_room(struct arena *a, size_t n)
{
	struct arena_block *b = room_for(a, n);

	b->text += n;
	return b->data + b->size - b->text;
}

char *
arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p = text_room(a, n + 1);

	if (n)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *
arena_vfmt(struct arena *a, const char *fmt, va_list ap)
{
	char small[256], *p;
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(small, sizeof(small), fmt, again);
	va_end(again);
	if (n < 0)
		n = 0;
	if ((size_t)n < sizeof(small))
		return arena_strndup(a, small, (size_t)n);
	p = text_room(a, (size_t)n + 1);
	p[0] = '\0';
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	return p;
}

char *
arena_fmt(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *p;

	va_start(ap, fmt);
	p = arena_vfmt(a, fmt, ap);
	va_end(ap);
	return p;
}

size_t
arena_used(const struct arena *a)
{
	size_t n = 0;

	for (const struct arena_block *b = a->head; b; b = b->next)
		n += b->used + b->text;
	return n;
}

void
arena_release(struct arena *a)
{
	while (a->head) {
		struct arena_block *next = a->head->next;

		free(a->head);
		a->head = next;
	}
}
