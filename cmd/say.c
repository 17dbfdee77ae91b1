/* say - words for people, on standard error */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "cmd/cmd.h"

__attribute__((format(printf, 2, 0))) static void
say(const char *prefix, const char *fmt, va_list ap)
{
	struct buf raw = { 0 }, clean = { 0 };

	buf_vfmt(&raw, fmt, ap);
	text_clean(&clean, buf_str(&raw));
	fprintf(stderr, "%s%s\n", prefix, buf_str(&clean));
	buf_release(&raw);
	buf_release(&clean);
}

enum status
usage_error(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say("deesse: ", fmt, ap);
	va_end(ap);
	fprintf(stderr, "Try 'deesse --help'.\n");
	return STATUS_USAGE;
}

void
note(const char *fmt, ...)
{
	va_list ap;

	if (common.quiet)
		return;
	va_start(ap, fmt);
	say("", fmt, ap);
	va_end(ap);
}

/* "collections/posts.c:7: …" */
static bool
has_place(const char *s)
{
	const char *colon;

	s += strcspn(s, ": \n");
	colon = *s == ':' ? s : NULL;
	return colon && strspn(colon + 1, "0123456789") &&
	       colon[1 + strspn(colon + 1, "0123456789")] == ':';
}

enum status
report_error(const struct err *err)
{
	static const enum status statuses[] = {
		[ERR_NONE] = STATUS_OK,
		[ERR_FAILED] = STATUS_ERROR,
		[ERR_BUSY] = STATUS_ERROR,
		[ERR_UNFIT] = STATUS_ERROR,
		[ERR_DECISION] = STATUS_DECISION,
		[ERR_INTERRUPTED] = STATUS_INTERRUPTED,
		[ERR_USAGE] = STATUS_USAGE,
	};
	struct buf clean = { 0 };

	text_clean(&clean, err->text ? err->text : "");
	/* a message that begins with a place is for editors: it stays first */
	fprintf(stderr, "%s%s\n",
	    has_place(buf_str(&clean)) ? "" : "deesse: ", buf_str(&clean));
	buf_release(&clean);
	return statuses[err->kind];
}

bool
wants_json(void)
{
	return common.format && !strcmp(common.format, "json");
}
