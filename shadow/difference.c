/* difference - two schemas, told apart for people
 *
 * The texts are equal if and only if the schemas are, so their lines are all
 * there is to tell. They are sorted below their table, so one walk over both
 * finds what only one of them has.
 */
#include <string.h>

#include "base/buf.h"
#include "shadow/shadow.h"

#define SHOWN 10

/* A text, line by line, and the table that the line belongs to. */
struct lines {
	const char *at, *head;
	size_t len, head_len;
};

static bool
is_head(const struct lines *l)
{
	return l->len && *l->at != ' ';
}

static void
look(struct lines *l)
{
	l->len = strcspn(l->at, "\n");
	if (is_head(l)) {
		l->head = l->at;
		l->head_len = l->len;
	}
}

static void
next(struct lines *l)
{
	l->at += l->len + (l->at[l->len] == '\n');
	look(l);
}

static int
compare(const char *a, size_t n, const char *b, size_t m)
{
	int c = memcmp(a, b, n < m ? n : m);

	return c ? c : (n > m) - (n < m);
}

/* Which text's line comes first: below 0 the first's, 0 both. */
static int
order(const struct lines *a, const struct lines *b)
{
	int c;

	if (!*a->at || !*b->at)
		return !*a->at - !*b->at;
	c = compare(a->head, a->head_len, b->head, b->head_len);
	if (c)
		return c;
	if (is_head(a) || is_head(b))
		return is_head(b) - is_head(a);
	return compare(a->at, a->len, b->at, b->len);
}

struct report {
	struct buf text;
	const char *head; /* said last */
	size_t n;
};

static void
say(struct report *r, const char *word, const struct lines *l)
{
	size_t indent = strspn(l->at, " ");

	if (r->n++ >= SHOWN)
		return;
	if (r->text.len)
		buf_putc(&r->text, '\n');
	if (is_head(l)) {
		buf_fmt(&r->text, "%s: %.*s", word, (int)l->len, l->at);
		return;
	}
	buf_fmt(&r->text, "%s: %.*s: %.*s", word, (int)l->head_len, l->head,
	    (int)(l->len - indent), l->at + indent);
}

const char *
shadow_difference(
    struct arena *a, const struct schema *got, const struct schema *wanted)
{
	struct arena mem = { 0 };
	struct lines g = { .at = schema_text(&mem, got) };
	struct lines w = { .at = schema_text(&mem, wanted) };
	struct report r = { 0 };
	const char *text;

	look(&g);
	look(&w);
	while (*g.at || *w.at) {
		int c = order(&g, &w);

		if (c < 0)
			say(&r, "not wanted", &g);
		if (c > 0)
			say(&r, "missing", &w);
		if (c <= 0)
			next(&g);
		if (c >= 0)
			next(&w);
	}
	if (r.n > SHOWN)
		buf_fmt(&r.text, "\nand %zu more", r.n - SHOWN);
	text = arena_strndup(a, buf_str(&r.text), r.text.len);
	buf_release(&r.text);
	arena_release(&mem);
	return text;
}
