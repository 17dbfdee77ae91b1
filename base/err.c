/* err - why a call failed */
#include "base/err.h"

#include <stdlib.h>

#include "base/buf.h"

/* Puts before + formatted + after in place of the error's text. */
__attribute__((format(printf, 3, 0))) static void
rewrite(struct err *err, const char *before, const char *fmt, va_list ap,
    const char *after)
{
	struct buf b = { 0 };

	buf_puts(&b, before);
	buf_vfmt(&b, fmt, ap);
	buf_puts(&b, after);
	free(err->text);
	err->text = b.s;
}

bool
err_set(struct err *err, enum err_kind kind, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	rewrite(err, "", fmt, ap, "");
	va_end(ap);
	err->kind = kind;
	return false;
}

bool
err_fail(struct err *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	rewrite(err, "", fmt, ap, "");
	va_end(ap);
	err->kind = ERR_FAILED;
	return false;
}

bool
err_add(struct err *err, const char *fmt, ...)
{
	struct buf before = { 0 };
	va_list ap;

	if (err->kind)
		buf_fmt(&before, "%s\n", err->text);
	else
		err->kind = ERR_FAILED;
	va_start(ap, fmt);
	rewrite(err, buf_str(&before), fmt, ap, "");
	va_end(ap);
	buf_release(&before);
	return false;
}

bool
err_prefix(struct err *err, const char *fmt, ...)
{
	struct buf after = { 0 };
	va_list ap;

	buf_fmt(&after, ": %s", err->text ? err->text : "");
	va_start(ap, fmt);
	rewrite(err, "", fmt, ap, buf_str(&after));
	va_end(ap);
	buf_release(&after);
	return false;
}

void
err_release(struct err *err)
{
	free(err->text);
	*err = (struct err){ 0 };
}
