/* text - small questions about text */
#include "base/text.h"

#include <limits.h>
#include <string.h>
#include <strings.h>

/* Returns the length of the UTF-8 sequence at s and sets *cp, or 0. */
static size_t
decode(const unsigned char *s, unsigned *cp)
{
	static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = *s < 0x80 ? 1 : *s >= 0xf0 ? 4 : *s >= 0xe0 ? 3 : 2;

	if (n == 1) {
		*cp = *s;
		return 1;
	}
	if (*s < 0xc2 || *s > 0xf4)
		return 0;
	*cp = *s & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*cp = *cp << 6 | (s[i] & 0x3f);
	}
	if (*cp < least[n] || *cp > 0x10ffff || (*cp >> 11) == 0x1b)
		return 0;
	return n;
}

static bool
shown(unsigned cp)
{
	if (cp == '\n' || cp == '\t')
		return true;
	if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
		return false;
	/* what turns the direction of text, or has no width, can hide words */
	return !(cp >= 0x200b && cp <= 0x200f) &&
	       !(cp >= 0x2028 && cp <= 0x202e) &&
	       !(cp >= 0x2060 && cp <= 0x2069) && cp != 0xfeff;
}

/* Printable ASCII, which is nearly all there is. */
static size_t
plain(const unsigned char *s)
{
	size_t n = 0;

	while ((s[n] >= 0x20 && s[n] < 0x7f) || s[n] == '\n')
		n++;
	return n;
}

void
text_clean(struct buf *out, const char *s)
{
	const unsigned char *p = (const void *)s;

	while (*p) {
		unsigned cp = 0;
		size_t n = plain(p);

		if (n) {
			buf_add(out, p, n);
			p += n;
			continue;
		}
		n = decode(p, &cp);

		if (n && shown(cp))
			buf_add(out, p, n);
		else if (n > 1)
			buf_fmt(out, "\\u{%x}", cp);
		else
			buf_fmt(out, "\\x%02x", *p);
		p += n ? n : 1;
	}
}

/* JSON is UTF-8, and what is hidden there is in the first plane. */
void
text_clean_json(struct buf *out, const char *json)
{
	const unsigned char *p = (const void *)json;

	while (*p) {
		unsigned cp = 0;
		size_t n = plain(p);

		if (!n) {
			n = decode(p, &cp);
			n = n ? n : 1;
		}
		if (!cp || shown(cp))
			buf_add(out, p, n);
		else
			buf_fmt(out, "\\u%04x", cp);
		p += n;
	}
}

const char *
text_cleaned(struct arena *a, const char *s)
{
	struct buf b = { 0 };
	const char *copy;

	text_clean(&b, s);
	copy = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return copy;
}

#define LONGEST 64

static unsigned
distance(const char *a, const char *b)
{
	unsigned char d[LONGEST + 1][LONGEST + 1];
	size_t n = strlen(a), m = strlen(b);

	if (n > LONGEST || m > LONGEST)
		return UINT_MAX;
	for (size_t i = 0; i <= n; i++)
		d[i][0] = (unsigned char)i;
	for (size_t j = 0; j <= m; j++)
		d[0][j] = (unsigned char)j;
	for (size_t i = 1; i <= n; i++) {
		for (size_t j = 1; j <= m; j++) {
			unsigned best =
			    d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

			if (d[i - 1][j] + 1u < best)
				best = d[i - 1][j] + 1u;
			if (d[i][j - 1] + 1u < best)
				best = d[i][j - 1] + 1u;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && d[i - 2][j - 2] + 1u < best)
				best = d[i - 2][j - 2] + 1u;
			d[i][j] = (unsigned char)best;
		}
	}
	return d[n][m];
}

const char *
text_nearest(const char *s, const char *const *candidates, size_t n)
{
	const char *nearest = NULL;
	unsigned best = (unsigned)strlen(s) / 3 + 1;

	for (size_t i = 0; i < n; i++) {
		unsigned d = text_same_nocase(s, candidates[i])
				 ? 0
				 : distance(s, candidates[i]);

		if (d > best || (nearest && d == best))
			continue;
		best = d;
		nearest = candidates[i];
	}
	return nearest;
}

bool
text_same_nocase(const char *a, const char *b)
{
	return !strcasecmp(a, b);
}

bool
text_starts(const char *s, const char *prefix)
{
	while (*prefix && *s == *prefix) {
		s++;
		prefix++;
	}
	return !*prefix;
}

bool
text_ends(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);

	return n >= m && !strcmp(s + n - m, suffix);
}

int
text_line(const char *s, size_t offset)
{
	int line = 1;

	for (size_t i = 0; i < offset; i++)
		line += s[i] == '\n';
	return line;
}
