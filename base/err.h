/* err.h - why a call failed.
 *
 * A function that can fail returns false or NULL and takes struct err * last.
 * It is untouched on success, so that calls chain with ||. The text names the
 * thing, the place, what was expected and what to do next; it may have several
 * lines, and never ends in a newline. A zeroed struct means no error; release
 * it. The idea is git's error API.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>

/* What kind of failure: cmd/ makes the exit status of it. */
enum err_kind {
	ERR_NONE,
	ERR_FAILED,      /* 1: an error; what was begun was rolled back */
	ERR_BUSY,        /* 1: so, too; it may do as soon as others let go */
	ERR_UNFIT,       /* 1: so, too; no waiting helps, but another URL */
	ERR_DECISION,    /* 3: somebody must decide; nothing was applied */
	ERR_INTERRUPTED, /* 5: stopped after journalled steps */
	ERR_USAGE,       /* 64: the command line or the configuration is off */
};

struct err {
	enum err_kind kind;
	char *text;
};

/* Sets the error, replacing what stood there; returns false. */
bool err_set(struct err *err, enum err_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Sets an ERR_FAILED error; returns false. */
bool err_fail(struct err *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds one more line to an error, or begins one of ERR_FAILED; returns false.
 */
bool err_add(struct err *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Puts text and ": " before the first line; returns false. */
bool err_prefix(struct err *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Frees the text; the struct means no error again. */
void err_release(struct err *err);

#endif
