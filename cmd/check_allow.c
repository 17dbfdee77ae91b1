/* check_allow - comments that allow what would be refused
 *
 * A reader must find the reason beside the statement, and a comment that
 * allows nothing any more must go: it would allow the next mistake.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cmd/check.h"
#include "cmd/cmd.h"
#include "sentinel/rule.h"
#include "sql/lex.h"

#define WORD "deesse:allow"
#define BLANKS " \t\r"

struct reader {
	struct arena *arena;
	struct allows *out;
	const char *file;
	int line, column; /* of the comment */
	size_t mistakes;
};

__attribute__((format(printf, 4, 5))) static void
mistake(const char *file, int line, int column, const char *fmt, ...)
{
	struct err err = { 0 };
	va_list ap;
	struct buf b = { 0 };

	va_start(ap, fmt);
	buf_vfmt(&b, fmt, ap);
	va_end(ap);
	err_fail(&err, "%s:%d:%d: %s", file, line, column, buf_str(&b));
	report_error(&err);
	err_release(&err);
	buf_release(&b);
}

#define MISTAKE(r, ...)                                                        \
	(mistake((r)->file, (r)->line, (r)->column, __VA_ARGS__),              \
	    (void)(r)->mistakes++)

bool
allow_mentioned(const char *text, size_t len)
{
	return memmem(text, len, WORD, strlen(WORD)) != NULL;
}

static const struct rule *
find_rule(const char *name)
{
	for (size_t i = 0; i < sentinel_rules_n; i++)
		if (!strcmp(sentinel_rules[i].name, name))
			return &sentinel_rules[i];
	return NULL;
}

static void
unknown_rule(struct reader *r, const char *name)
{
	const char **names =
	    arena_array(r->arena, const char *, sentinel_rules_n);
	const char *near;

	for (size_t i = 0; i < sentinel_rules_n; i++)
		names[i] = sentinel_rules[i].name;
	near = text_nearest(name, names, sentinel_rules_n);
	if (near)
		MISTAKE(r,
		    WORD " does not know the rule '%s'; did you mean '%s'?",
		    name, near);
	else
		MISTAKE(r, WORD " does not know the rule '%s'", name);
}

bool
allow_never(const char *rule)
{
	return !strcmp(rule, "unreadable") ||
	       !strcmp(rule, "uneven-parentheses");
}

static void
allow_rule(struct reader *r, const char *name, const char *reason)
{
	if (!find_rule(name))
		unknown_rule(r, name);
	else if (allow_never(name))
		MISTAKE(r, "'%s' cannot be allowed: nobody knows what it hides",
		    name);
	else
		vec_push(r->arena, r->out,
		    (struct allow){ .rule = name,
			.reason = reason,
			.line = r->line,
			.column = r->column });
}

/* "drop-column, drop-index: reason", up to the end of the line. */
static void
read_rules(struct reader *r, char *text)
{
	char *reason = strchr(text, ':'), *name, *rest = text;

	if (!reason || !reason[1 + strspn(reason + 1, BLANKS)]) {
		MISTAKE(r, WORD " needs a reason: -- " WORD " %.*s: why",
		    (int)strcspn(text, ":"), *text ? text : "drop-column");
		return;
	}
	*reason++ = '\0';
	reason += strspn(reason, BLANKS);
	while ((name = strsep(&rest, ","))) {
		name += strspn(name, BLANKS);
		name[strcspn(name, BLANKS)] = '\0';
		if (*name)
			allow_rule(r, name, reason);
		else
			MISTAKE(r, WORD " needs the name of a rule");
	}
}

/* Returns the rest of the comment's first line after the word, or NULL. */
static char *
allow_of(struct arena *a, const struct token *t)
{
	const char *p = t->at + 2, *end = t->at + t->len;
	const char *stop;

	while (p < end && strchr(BLANKS, *p))
		p++;
	if ((size_t)(end - p) < strlen(WORD) || strncmp(p, WORD, strlen(WORD)))
		return NULL;
	p += strlen(WORD);
	if (p < end && !strchr(BLANKS ":\n*", *p))
		return NULL;
	if (end - p >= 2 && !memcmp(t->at, "/*", 2) &&
	    !memcmp(end - 2, "*/", 2))
		end -= 2;
	stop = memchr(p, '\n', (size_t)(end - p));
	end = stop ? stop : end;
	while (p < end && strchr(BLANKS, *p))
		p++;
	while (p < end && strchr(BLANKS, end[-1]))
		end--;
	return arena_strndup(a, p, (size_t)(end - p));
}

static void
advance(struct reader *r, const struct token *t)
{
	for (size_t i = 0; i < t->len; i++) {
		r->column += ((unsigned char)t->at[i] & 0xc0) != 0x80;
		if (t->at[i] == '\n') {
			r->line++;
			r->column = 1;
		}
	}
}

size_t
allow_read(struct arena *a, struct allows *out, enum dialect d,
    const char *file, const char *text, size_t len, int line, int column)
{
	struct reader r = { .arena = a,
		.out = out,
		.file = file,
		.line = line,
		.column = column };
	struct lexer l;
	struct token t;
	char *rest;

	if (!allow_mentioned(text, len))
		return 0;
	lex_init(&l, d, text, len);
	while (lex_raw(&l, &t)) {
		if (t.kind == TOKEN_COMMENT && (rest = allow_of(a, &t)))
			read_rules(&r, rest);
		advance(&r, &t);
	}
	lex_release(&l);
	return r.mistakes;
}

void
allow_apply(struct arena *a, struct allows *all, struct checked *c)
{
	for (size_t i = 0; i < c->findings.n; i++) {
		struct finding *f = &c->findings.v[i];
		const char *reason = NULL;

		for (size_t k = 0; k < all->n; k++) {
			if (strcmp(all->v[k].rule, f->rule))
				continue;
			all->v[k].used = true;
			reason = all->v[k].reason;
		}
		f->cleared |= reason != NULL;
		vec_push(a, &c->reasons, reason);
	}
}

void
allow_feed(struct arena *a, struct allows *data, struct allows *copy)
{
	for (size_t i = 0; i < copy->n; i++) {
		struct allow x = copy->v[i];
		bool whole =
		    !strcmp(x.rule, "copy") || !strcmp(x.rule, "psql-command");

		x.rule = arena_strdup(a, x.rule);
		x.reason = arena_strdup(a, x.reason);
		vec_push(a, data, x);
		x.rule = "copy-data";
		x.used = true; /* nobody asked for it by name */
		if (whole)
			vec_push(a, data, x);
	}
	*copy = (struct allows){ 0 };
}

size_t
allow_unused(const struct allows *all, const char *file)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct allow *x = &all->v[i];

		if (x->used)
			continue;
		mistake(file, x->line, x->column,
		    WORD " %s allows nothing: the next statement has no such "
			 "finding",
		    x->rule);
		n++;
	}
	return n;
}
