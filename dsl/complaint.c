/* complaint - the errors in what a compiler said
 *
 * gcc and clang agree on `file:line:column: error: text`, after lines that say
 * which files led there.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "dsl/explain.h"

/* clang only warns where a fraction becomes a whole number. */
static const char *const marks[] = { ": error: ", ": fatal error: " };
static const char literal_conversion[] = "[-Wliteral-conversion]";

/* Returns the path in "path:12:3", and the numbers after it. */
static const char *
place(struct arena *a, const char *s, size_t n, int *line, int *column)
{
	long numbers[2] = { 0 };
	int found = 0;

	while (found < 2) {
		size_t i = n;

		while (i && isdigit((unsigned char)s[i - 1]))
			i--;
		if (i == n || !i || s[i - 1] != ':')
			break;
		numbers[found++] = strtol(s + i, NULL, 10);
		n = i - 1;
	}
	*line = (int)numbers[found == 2];
	*column = (int)(found == 2 ? numbers[0] : 1);
	return found ? arena_strndup(a, s, n) : NULL;
}

/* "In file included from a.c:1:" or "   from <stdin>:3:" */
static bool
take_includer(struct arena *a, struct names *from, const char *s)
{
	const char *at = s + strspn(s, " ");
	int line, column;
	const char *path;

	if (text_starts(s, "In file included from ")) {
		*from = (struct names){ 0 };
		at = s + strlen("In file included from ");
	} else if (at > s && text_starts(at, "from ")) {
		at += strlen("from ");
	} else {
		return false;
	}
	path =
	    place(a, at, strcspn(at, ",") - text_ends(at, ":"), &line, &column);
	if (path)
		vec_push(a, from, path);
	return true;
}

static void
take_error(struct arena *a, struct complaints *out, const struct names *from,
    const char *s)
{
	struct complaint c = { .from = *from };
	const char *mark = NULL;
	size_t skip = 0;

	for (size_t i = 0; i < 2 && !mark; i++) {
		mark = strstr(s, marks[i]);
		skip = strlen(marks[i]);
	}
	if (!mark && text_ends(s, literal_conversion)) {
		mark = strstr(s, ": warning: ");
		skip = strlen(": warning: ");
	}
	if (!mark)
		return;
	c.file = place(a, s, (size_t)(mark - s), &c.line, &c.column);
	c.text = mark + skip;
	vec_push(a, out, c);
}

/* clang shows where a macro is used, and in notes what it expands to; the first
 * note that is not about our own macros, or C's (true), says where the words
 * stand. */
static void
take_note(struct arena *a, struct complaints *out, const char *s)
{
	struct complaint *c = out->n ? &out->v[out->n - 1] : NULL;
	const char *mark = strstr(s, ": note: expanded from macro ");
	int line, column;
	const char *file;

	if (!c || !mark || c->placed)
		return;
	c->placed = true;
	file = place(a, s, (size_t)(mark - s), &line, &column);
	if (!file || *file == '<' || text_ends(file, "deesse/dsl.h") ||
	    text_ends(file, "/stdbool.h") || text_ends(file, "/stddef.h"))
		return;
	c->file = file;
	c->line = line;
	c->column = column;
}

void
complaints_parse(struct arena *a, struct complaints *out, const char *text)
{
	struct names from = { 0 };

	while (*text) {
		size_t n = strcspn(text, "\n");
		const char *line = arena_strndup(a, text, n);

		if (!take_includer(a, &from, line)) {
			take_note(a, out, line);
			take_error(a, out, &from, line);
		}
		text += n + (text[n] == '\n');
	}
}
