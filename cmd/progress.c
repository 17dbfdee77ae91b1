/* progress - a line that says what takes so long, on a terminal only */
#include "cmd/progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"
#include "cmd/cmd.h"

/* In milliseconds. */
#define PATIENCE 500
#define PERIOD 100

static struct {
	int64_t begun, shown; /* 0: not yet */
} now;

bool
progress_wanted(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") &&
	       !common.quiet;
}

/* 1 000 000 */
static void
add_number(struct buf *b, int64_t n)
{
	char digits[32];
	int len = snprintf(digits, sizeof(digits), "%lld", (long long)n);

	for (int i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			buf_putc(b, ' ');
		buf_putc(b, digits[i]);
	}
}

/* A line that wraps could not be taken back. */
static void
fit(struct buf *b)
{
	struct winsize w;
	size_t at = 0, columns = 0;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &w) || !w.ws_col)
		return;
	for (; at < b->len; at++)
		if (((unsigned char)b->s[at] & 0xc0) != 0x80 &&
		    ++columns == w.ws_col)
			break;
	buf_cut(b, at);
}

void
progress_show(const char *doing, int64_t rows)
{
	int64_t t = clock_ms();
	struct buf b = { 0 };

	if (!now.begun)
		now.begun = t;
	if (t - now.begun < PATIENCE || t - now.shown < PERIOD)
		return;
	now.shown = t;
	text_clean(&b, doing);
	if (rows >= 0) {
		buf_puts(&b, ", ");
		add_number(&b, rows);
		buf_puts(&b, rows == 1 ? " row" : " rows");
	}
	buf_fmt(&b, ", %.1f s", (double)(t - now.begun) / 1000);
	fit(&b);
	fprintf(stderr, "\r\033[K%s", buf_str(&b));
	fflush(stderr);
	buf_release(&b);
}

void
progress_end(void)
{
	if (now.shown)
		fprintf(stderr, "\r\033[K");
	now.begun = now.shown = 0;
}
