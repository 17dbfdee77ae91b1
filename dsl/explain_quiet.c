/* explain_quiet - what compiles, and means something else */
#include <string.h>

#include "base/text.h"
#include "dsl/deesse/dsl.h"
#include "dsl/explain_item.h"

/* --------------------------------- numbers -------------------------------- */

/* Does an option stand before the equals sign? */
static bool
after_option(const char *text_, const char *equals)
{
	while (equals > text_ && (equals[-1] == ' ' || equals[-1] == '\t'))
		equals--;
	while (equals > text_ &&
	       (equals[-1] == '_' || (equals[-1] >= 'a' && equals[-1] <= 'z')))
		equals--;
	return equals > text_ && equals[-1] == '.';
}

/* Is there an option with a number that could mean something else? It saves a
 * scan of nearly every file. */
static bool
suspicious(const char *text_)
{
	for (const char *s = text_; (s = strchr(s, '=')); s++) {
		const char *digits = s + 1 + strspn(s + 1, " \t-");
		size_t n = strspn(digits, "0123456789");

		if (n &&
		    (digits[n] == '.' || n > DIGITS_MAX ||
			(n == 1 && *digits == '0')) &&
		    after_option(text_, s))
			return true;
	}
	/* a zero without a name is a null pointer, too */
	for (const char *s = text_; (s = strchr(s, ',')); s++) {
		const char *zero = s + 1 + strspn(s + 1, " \t\n");

		if (*zero == '0' && strchr(",) ", zero[1]))
			return true;
	}
	return false;
}

static void
check_numbers(struct arena *a, struct quiet_list *out, const struct scan *scan,
    const struct c_item *item)
{
	struct arguments args = { 0 };

	explain_split(a, &args, scan, item);
	for (size_t k = 0; k < args.n; k++) {
		const struct c_token *t = &scan->tokens.v[args.v[k].from];
		struct quiet q = { .item = item, .at = t };

		if (args.v[k].to - args.v[k].from == 1 &&
		    k >= (size_t)item->kind->arguments && t->kind == C_NUMBER) {
			q.text = arena_fmt(a,
			    "%s takes its options by name: write %s",
			    item->kind->name,
			    explain_by_name(a, item->kind, c_text(a, t)));
			vec_push(a, out, q);
			continue;
		}
		if (args.v[k].to - args.v[k].from != 4 || !c_is(t, ".") ||
		    t[3].kind != C_NUMBER)
			continue;
		q.option = kind_option(item->kind, t[1].at, t[1].len);
		q.at = &t[3];
		if (!q.option)
			continue;
		if (q.option->type == OPTION_TEXT)
			q.text = arena_fmt(a,
			    ".%s takes text; write .%s = \"%s\"",
			    q.option->name, q.option->name, c_text(a, q.at));
		else if (memchr(q.at->at, '.', q.at->len) &&
			 (q.option->type == OPTION_INT ||
			     q.option->type == OPTION_INT64))
			q.text =
			    arena_fmt(a, ".%s takes a whole number, not %s",
				q.option->name, c_text(a, q.at));
		else if (q.at->len > DIGITS_MAX)
			q.text = arena_fmt(a, "%s is more than .%s can be",
			    c_text(a, q.at), q.option->name);
		if (q.text)
			vec_push(a, out, q);
	}
}

/* ---------------------------------- texts --------------------------------- */

/* Does a zero byte stand in the literal of n bytes? */
static bool
holds_zero(const char *s, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++) {
		const char *digits = "01234567";
		size_t first, len, zeros;

		if (s[i] != '\\')
			continue;
		first = ++i;
		if (s[i] == 'x') {
			digits = "0123456789abcdefABCDEF";
			first++;
		}
		len = strspn(s + first, digits);
		if (s[i] != 'x' && len > 3)
			len = 3;
		zeros = strspn(s + first, "0");
		if (len && zeros >= len)
			return true;
	}
	return false;
}

/* A literal as it stands in the text, in directives too. */
struct literal {
	const char *at;
	size_t len;
	bool directive;
};

/* Finds the next literal from *s on, and goes behind it. */
static bool
next_literal(const char **s, struct literal *out)
{
	bool fresh = true;

	for (const char *p = *s; *p; p++) {
		const char *end = NULL;

		if (*p == '\n') {
			out->directive = out->directive && p[-1] == '\\';
			fresh = true;
			continue;
		}
		if (*p == '#' && fresh)
			out->directive = true;
		fresh = fresh && (*p == ' ' || *p == '\t');
		if (p[0] == '/' && p[1] == '*') {
			end = strstr(p + 2, "*/");
			p = end ? end + 1 : p + strlen(p) - 1;
		} else if (p[0] == '/' && p[1] == '/') {
			p += strcspn(p, "\n") - 1;
		} else if (*p == '"' || *p == '\'') {
			for (end = p + 1; *end && *end != '\n' && *end != *p;)
				end += *end == '\\' && end[1] ? 2 : 1;
			if (!*end)
				return false;
			out->at = p;
			out->len = (size_t)(end - p) + 1;
			*s = end + (*end == *p);
			if (*p == '"')
				return true;
			p = *s - 1;
		}
	}
	return false;
}

static bool
in_item(const struct scan *s, const char *at)
{
	for (size_t i = 0; i < s->items.n; i++)
		if (at > s->tokens.v[s->items.v[i].open].at &&
		    at < s->tokens.v[s->items.v[i].close].at)
			return true;
	return false;
}

/* Places a text that begins at `at`. */
static struct c_token *
place(struct arena *a, const char *text, const struct literal *found)
{
	struct c_token *t = arena_new(a, struct c_token);

	*t = (struct c_token){ C_STRING, found->at, found->len, 1, 1 };
	for (const char *p = text; p < found->at; p++) {
		t->column = *p == '\n' ? 1 : t->column + 1;
		t->line += *p == '\n';
	}
	return t;
}

/* Compilers end a text at its first zero, and say nothing. Without a scan, only
 * macros are looked at. */
static void
check_zeros(struct arena *a, struct quiet_list *out, const struct scan *scan,
    const char *text)
{
	struct literal found = { 0 };
	const char *s = text;

	while (next_literal(&s, &found))
		if (holds_zero(found.at, found.len) &&
		    (found.directive || (scan && in_item(scan, found.at))))
			vec_push(a, out,
			    (struct quiet){ .at = place(a, text, &found),
				.text = "a text ends where it holds a zero "
					"byte, \\0; no database takes the "
					"rest" });
}

/* A list ends at a NULL in it. */
static void
check_nulls(struct arena *a, struct quiet_list *out, const struct scan *scan)
{
	for (size_t i = 0; i + 1 < scan->tokens.n; i++) {
		const struct c_token *t = &scan->tokens.v[i];
		size_t k = i + 2;

		if ((!c_is(t, "VALUES") && !c_is(t, "WAS")) ||
		    !c_is(t + 1, "("))
			continue;
		for (; k < scan->tokens.n; k++) {
			const struct c_token *x = &scan->tokens.v[k];

			if (c_is(x, ")") || c_is(x, "NULL"))
				break;
		}
		if (k < scan->tokens.n && c_is(&scan->tokens.v[k], "NULL"))
			vec_push(a, out,
			    (struct quiet){ .at = &scan->tokens.v[k],
				.text = arena_fmt(a,
				    "%s(…) would end at this NULL; leave it "
				    "out",
				    c_text(a, t)) });
	}
}

/* ------------------------------ static objects ---------------------------- */

/* What is static and unused, some compilers leave out. */
static void
check_static(struct arena *a, struct quiet_list *out, const struct scan *scan)
{
	for (size_t i = 0; i < scan->items.n; i++) {
		const struct c_item *item = &scan->items.v[i];
		const struct c_token *t = &scan->tokens.v[item->word];

		if (!item->word || !explain_stands_beside(item) ||
		    !c_is(t - 1, "static"))
			continue;
		vec_push(a, out,
		    (struct quiet){ .at = t - 1,
			.text = arena_fmt(a,
			    "%s is never static: not every compiler would keep "
			    "it; leave the word out",
			    item->kind->name) });
	}
}

void
explain_quiet(struct arena *a, struct quiet_list *out,
    struct source_files *files, const struct source_file *file)
{
	const char *text = file->text;
	bool numbers = suspicious(text), is_static = strstr(text, "static");
	bool zeros = strstr(text, "\\0") || strstr(text, "\\x0");
	bool nulls = strstr(text, "NULL,");
	const struct scan *scan;

	if (!numbers && !is_static && !zeros && !nulls)
		return;
	scan = sources_scan(a, files, file->path);
	for (size_t i = 0; numbers && i < scan->items.n; i++)
		if (scan->items.v[i].kind)
			check_numbers(a, out, scan, &scan->items.v[i]);
	if (nulls)
		check_nulls(a, out, scan);
	if (is_static)
		check_static(a, out, scan);
	if (zeros)
		check_zeros(a, out, scan, text);
}

void
explain_quiet_header(struct arena *a, struct quiet_list *out, const char *text)
{
	if (strstr(text, "\\0") || strstr(text, "\\x0"))
		check_zeros(a, out, NULL, text);
}
