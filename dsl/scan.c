/* scan - a collection file as its author sees it */
#include "dsl/scan.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

struct cursor {
	struct arena *arena;
	const char *at, *line_start;
	int line;
	bool fresh; /* nothing but space stood on this line */
	struct names *defines;
	bool includes;
};

static bool
letter(char c)
{
	return isalnum((unsigned char)c) || c == '_' ||
	       (unsigned char)c >= 0x80;
}

static void
newline(struct cursor *c)
{
	c->line++;
	c->line_start = c->at;
	c->fresh = true;
}

/* Skips n bytes, counting the lines among them. */
static void
skip(struct cursor *c, size_t n)
{
	while (n--) {
		bool ends = *c->at++ == '\n';
		bool fresh = c->fresh;

		if (ends) {
			newline(c);
			c->fresh = fresh;
		}
	}
}

static size_t
comment(const char *s)
{
	const char *end;

	if (s[0] != '/' || (s[1] != '/' && s[1] != '*'))
		return 0;
	if (s[1] == '*') {
		end = strstr(s + 2, "*/");
		return end ? (size_t)(end - s) + 2 : strlen(s);
	}
	for (end = s; *end && *end != '\n'; end++)
		if (end[0] == '\\' && end[1] == '\n')
			end++;
	return (size_t)(end - s);
}

/* The length of a string or character, as far as it goes on its line. */
static size_t
quoted(const char *s)
{
	size_t n = 1;

	while (s[n] && s[n] != '\n' && s[n] != *s)
		n += s[n] == '\\' && s[n + 1] ? 2 : 1;
	return n + (s[n] == *s);
}

static void
note_directive(struct cursor *c)
{
	const char *s = c->at + 1;
	size_t n = 0;

	s += strspn(s, " \t");
	c->includes |= !strncmp(s, "include", 7);
	if (strncmp(s, "define", 6) || (s[6] != ' ' && s[6] != '\t'))
		return;
	s += 6;
	s += strspn(s, " \t");
	while (letter(s[n]))
		n++;
	if (n)
		vec_push(c->arena, c->defines, arena_strndup(c->arena, s, n));
}

static void
skip_directive(struct cursor *c)
{
	note_directive(c);
	while (*c->at && *c->at != '\n') {
		size_t n = comment(c->at);

		if (!n && (*c->at == '"' || *c->at == '\''))
			n = quoted(c->at);
		if (!n && c->at[0] == '\\' && c->at[1] == '\n')
			n = 2;
		skip(c, n ? n : 1);
	}
}

/* Skips what means nothing. */
static void
skip_space(struct cursor *c)
{
	for (;;) {
		size_t n = comment(c->at);

		if (*c->at == '\n') {
			c->at++;
			newline(c);
		} else if (n) {
			skip(c, n);
		} else if (c->at[0] == '\\' && c->at[1] == '\n') {
			skip(c, 2);
		} else if (*c->at && strchr(" \t\r\f\v", *c->at)) {
			c->at++;
		} else if (*c->at == '#' && c->fresh) {
			skip_directive(c);
		} else {
			return;
		}
	}
}

static struct c_token
next(struct cursor *c)
{
	struct c_token t = { .kind = C_OP, .len = 1 };

	skip_space(c);
	t.at = c->at;
	t.line = c->line;
	t.column = (int)(c->at - c->line_start) + 1;
	if (!*t.at) {
		t.kind = C_END;
		t.len = 0;
	} else if (*t.at == '"' || *t.at == '\'') {
		t.kind = *t.at == '"' ? C_STRING : C_CHAR;
		t.len = quoted(t.at);
	} else if (isdigit((unsigned char)*t.at) ||
		   (*t.at == '.' && isdigit((unsigned char)t.at[1]))) {
		t.kind = C_NUMBER;
		while (letter(t.at[t.len]) || t.at[t.len] == '.')
			t.len++;
	} else if (letter(*t.at)) {
		t.kind = C_WORD;
		while (letter(t.at[t.len]))
			t.len++;
	}
	skip(c, t.len);
	c->fresh = false;
	return t;
}

bool
c_is(const struct c_token *t, const char *word)
{
	return (t->kind == C_WORD || t->kind == C_OP) &&
	       t->len == strlen(word) && !strncmp(t->at, word, t->len);
}

const char *
c_text(struct arena *a, const struct c_token *t)
{
	return arena_strndup(a, t->at, t->len);
}

/* Does a new item begin at token i? Then a parenthesis before it was
 * forgotten. */
static bool
begins_item(const struct scan *s, size_t i)
{
	const struct c_token *t = &s->tokens.v[i];
	const struct kind *k;

	if (!i || t->kind != C_WORD || !c_is(t + 1, "(") ||
	    !(c_is(t - 1, ",") || c_is(t - 1, ")")))
		return false;
	if (t[-1].line == t->line)
		return false;
	k = kind_named(t->at, t->len);
	return k != NULL;
}

/* Returns the token that closes the parenthesis at open, or the C_END. */
static size_t
closing(const struct scan *s, size_t open)
{
	const struct c_token *word = &s->tokens.v[open - 1];
	bool ours = kind_named(word->at, word->len) != NULL;
	size_t last = s->tokens.n - 1;
	int depth = 0, braces = 0;

	for (size_t i = open; i < last; i++) {
		const struct c_token *t = &s->tokens.v[i];

		braces += c_is(t, "{") ? 1 : c_is(t, "}") ? -1 : 0;
		if (c_is(t, "("))
			depth++;
		else if (c_is(t, ")") && !--depth)
			return i;
		else if ((c_is(t, ";") && braces <= 0) ||
			 (ours && begins_item(s, i)))
			return last;
	}
	return last;
}

static void
find_items(struct arena *a, struct scan *s)
{
	for (size_t i = 0; i + 1 < s->tokens.n; i++) {
		const struct c_token *t = &s->tokens.v[i];
		struct c_item item = { .word = i, .open = i + 1 };

		if (t->kind != C_WORD || !c_is(t + 1, "("))
			continue;
		item.kind = kind_named(t->at, t->len);
		item.close = closing(s, i + 1);
		item.line = t->line;
		item.end_line = s->tokens.v[item.close].line;
		if (item.close == s->tokens.n - 1)
			item.end_line = t[1].line;
		vec_push(a, &s->items, item);
		/* what stands inside is its own, unless it never closes */
		if (item.close < s->tokens.n - 1)
			i = item.close;
	}
}

/* A byte order mark is nothing, to compilers too. */
static const char *
after_mark(const char *text)
{
	return text_starts(text, "\xef\xbb\xbf") ? text + 3 : text;
}

void
scan_text(struct arena *a, struct scan *s, const char *text)
{
	struct cursor c = {
		.arena = a,
		.at = after_mark(text),
		.line_start = text,
		.line = 1,
		.fresh = true,
		.defines = &s->defines,
	};
	struct c_token t;

	s->text = text;
	do {
		t = next(&c);
		vec_push(a, &s->tokens, t);
	} while (t.kind != C_END);
	s->includes = c.includes;
	find_items(a, s);
}

void
scan_defines(struct arena *a, struct names *out, const char *text)
{
	struct cursor c = {
		.arena = a,
		.at = after_mark(text),
		.line_start = text,
		.line = 1,
		.fresh = true,
		.defines = out,
	};

	if (!strstr(text, "define"))
		return;
	while (next(&c).kind != C_END)
		;
}

const struct c_item *
scan_find(
    const struct scan *s, const struct kind *k, const char *name, int line)
{
	for (size_t i = 0; i < s->items.n; i++) {
		const struct c_item *item = &s->items.v[i];
		const struct c_token *t = &s->tokens.v[item->open + 1];

		if (item->kind != k || line < item->line ||
		    line > item->end_line)
			continue;
		if (k->arguments == 0 ||
		    (strlen(name) == t->len && !strncmp(name, t->at, t->len)))
			return item;
	}
	return NULL;
}
