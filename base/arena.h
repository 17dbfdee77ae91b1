/* arena.h - memory with one lifetime.
 *
 * A pass over the data (one command, one save of a file) allocates from one
 * arena and releases it once; nothing in between is freed. A zeroed struct is
 * a valid empty arena. Running out of memory ends the program with a message:
 * a transaction that stands open is rolled back by the database. Arenas are
 * not shared between threads. The idea is git's mem-pool.h and qbe's freeall.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *head;
};

/* Returns n zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *a, size_t n);

/* Makes the old bytes at p, which the arena gave, n bytes, the new ones zeroed;
 * n is not less. False where they are not the last, or no room follows. */
bool arena_extend(struct arena *a, const void *p, size_t old, size_t n);

/* Returns a copy of the string s, or NULL where s is NULL. Texts are packed:
 * only arena_alloc aligns. */
char *arena_strdup(struct arena *a, const char *s);

/* Returns a terminated copy of n bytes at s. */
char *arena_strndup(struct arena *a, const char *s, size_t n);

/* Returns the formatted text. */
char *arena_fmt(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vfmt(struct arena *a, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

/* Returns the bytes allocated so far, for measurements. */
size_t arena_used(const struct arena *a);

/* Frees all that was allocated; the arena is empty and can be used again. */
void arena_release(struct arena *a);

#define arena_new(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, n)                                                \
	((type *)arena_alloc((a), sizeof(type) * (size_t)(n)))

/* Ends the program with a message. */
_Noreturn void out_of_memory(void);

/* As malloc and realloc, but never NULL: for what outlives every arena. */
void *xmalloc(size_t n);
void *xrealloc(void *p, size_t n);

#endif
