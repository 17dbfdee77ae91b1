/* collections_text - items as C, in lines of 80 columns */
#include "transpile/collections_words.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#define WIDTH 80
#define TAB 8

void
item_arg(struct arena *a, struct item *i, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vec_push(a, &i->args, arena_vfmt(a, fmt, ap));
	va_end(ap);
}

void
item_text(
    struct arena *a, struct item *i, const char *option, const char *value)
{
	if (value)
		item_arg(a, i, ".%s = %s", option, c_literal(a, value));
}

void
item_flag(struct arena *a, struct item *i, const char *option, bool value)
{
	if (value)
		item_arg(a, i, ".%s = true", option);
}

/* Returns how many bytes at s are one character of UTF-8, or 0. */
static size_t
utf8(const char *s)
{
	unsigned char c = (unsigned char)*s;
	size_t n = c < 0x80                ? 1
		   : c >= 0xc2 && c < 0xe0 ? 2
		   : c >= 0xe0 && c < 0xf0 ? 3
		   : c >= 0xf0 && c < 0xf5 ? 4
					   : 0;

	for (size_t i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

/* Three digits always, so that a digit after them is one of the text; ?? may
 * begin a trigraph. */
static size_t
add_escaped(struct buf *b, const char *s)
{
	static const char named[] = "\nn\tt\"\"\\\\";
	size_t n = utf8(s);

	for (const char *p = named; *p; p += 2)
		if (*p == *s) {
			buf_fmt(b, "\\%c", p[1]);
			return 1;
		}
	if (s[0] == '?' && s[1] == '?') {
		buf_puts(b, "?\\");
		return 1;
	}
	if (!n || (n == 1 && ((unsigned char)*s < 0x20 || *s == 0x7f))) {
		buf_fmt(b, "\\%03o", (unsigned)(unsigned char)*s);
		return 1;
	}
	buf_add(b, s, n);
	return n;
}

const char *
c_literal(struct arena *a, const char *s)
{
	struct buf b = { 0 };
	const char *text;

	buf_putc(&b, '"');
	while (*s)
		s += add_escaped(&b, s);
	buf_putc(&b, '"');
	text = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return text;
}

const char *
c_list(struct arena *a, const char *before, const struct names *words,
    const char *after)
{
	struct buf b = { 0 };
	const char *text;

	buf_puts(&b, before);
	for (size_t i = 0; i < words->n; i++)
		buf_fmt(&b, "%s%s", i ? ", " : "", words->v[i]);
	buf_puts(&b, after);
	text = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return text;
}

static size_t
columns_of(const char *s, size_t n)
{
	size_t columns = 0;

	for (size_t i = 0; i < n; i++)
		columns += ((unsigned char)s[i] & 0xc0) != 0x80;
	return columns;
}

struct lines {
	struct buf *out;
	const char *indent; /* of what does not fit on the first line */
	size_t column;
};

static size_t
indent_of(const struct lines *l)
{
	return strlen(l->indent) + (*l->indent == '\t' ? TAB - 1 : 0);
}

static void
add(struct lines *l, const char *s, size_t n)
{
	buf_add(l->out, s, n);
	l->column += columns_of(s, n);
}

static void
new_line(struct lines *l)
{
	while (l->out->s[l->out->len - 1] == ' ')
		buf_cut(l->out, l->out->len - 1);
	buf_putc(l->out, '\n');
	buf_puts(l->out, l->indent);
	l->column = indent_of(l);
}

/* How much of s stays on one line: a word with the space after it. */
static size_t
word(const char *s, bool literal)
{
	size_t n = 0;

	while (s[n] && s[n] != ' ' && s[n] != '"') {
		if (literal && s[n] == '\\' && s[n + 1] == 'n')
			return n + 2;
		n += literal && s[n] == '\\' ? 2 : 1;
	}
	return n + (s[n] == ' ');
}

/* Adds what is longer than a line: a literal may stand in pieces, and does
 * where its own text has lines. */
static void
add_long(struct lines *l, const char *s)
{
	bool literal = false, begun = true;

	while (*s) {
		bool quote = *s == '"';
		size_t n = quote ? 1 : word(s, literal);
		size_t width = columns_of(s, n) + (literal ? 3 : 1);
		bool after = !begun && literal && !quote && s[-1] == 'n' &&
			     s[-2] == '\\';

		if (quote && !literal)
			width += columns_of(s + 1, word(s + 1, true)) + 1;
		if (!begun && !(quote && literal) &&
		    (after || l->column + width > WIDTH)) {
			if (literal)
				buf_putc(l->out, '"');
			new_line(l);
			if (literal)
				add(l, "\"", 1);
		}
		add(l, s, n);
		begun = quote && !literal;
		literal = literal != quote;
		s += n;
	}
}

static bool
has_lines(const char *s)
{
	for (; *s; s++) {
		if (s[0] == '\\' && s[1] == 'n' && s[2] != '"')
			return true;
		s += *s == '\\' && s[1];
	}
	return false;
}

static void
add_args(struct lines *l, const struct item *i, size_t end)
{
	for (size_t k = 0; k < i->args.n; k++) {
		const char *s = i->args.v[k];
		size_t n = columns_of(s, strlen(s));
		size_t after = k + 1 < i->args.n ? 1 : end;

		if (k && (l->column + 1 + n + after > WIDTH || has_lines(s)))
			new_line(l);
		else if (k)
			add(l, " ", 1);
		if (indent_of(l) + n + after > WIDTH || has_lines(s))
			add_long(l, s);
		else
			add(l, s, strlen(s));
		if (k + 1 < i->args.n)
			add(l, ",", 1);
	}
}

/* Does the next line go on with the sentence of this one, so that what was too
 * long for this may stand there, too? */
static bool
goes_on(const char *next)
{
	return islower((unsigned char)*next) || *next == '`' || *next == '(';
}

/* Adds a comment in its own lines; where one is too long, what follows moves
 * up behind the rest of it. */
static void
add_comment(struct buf *out, const char *indent, const char *s)
{
	struct lines l = { out, indent, 0 };
	bool begins = false;  /* a line of its own */
	bool flowing = false; /* the line was too long */

	if (!s)
		return;
	buf_puts(out, indent);
	l.column = indent_of(&l);
	add(&l, "/*", 2);
	while (*s) {
		size_t n = strcspn(s, " \n");
		size_t width = 1 + columns_of(s, n) + (s[n] ? 0 : 3);
		bool full = !begins && l.column + width > WIDTH;

		flowing = full || (flowing && !begins);
		if (begins || full) {
			new_line(&l);
			add(&l, " *", 2);
		}
		add(&l, " ", 1);
		add(&l, s, n);
		begins = s[n] == '\n' && !(flowing && goes_on(s + n + 1));
		s += n + (s[n] != '\0');
	}
	buf_puts(out, " */\n");
}

static void
add_item(struct buf *out, const struct item *i)
{
	struct lines l = { out, "\t    ", TAB };

	add_comment(out, "\t", i->comment);
	buf_putc(out, '\t');
	add(&l, i->macro, strlen(i->macro));
	add(&l, "(", 1);
	add_args(&l, i, 2);
	buf_puts(out, "),\n");
}

const char *
item_file(struct arena *a, const struct item *i)
{
	struct buf b = { 0 };
	struct lines l = { &b, "    ", 0 };
	const char *text;

	buf_puts(&b, "#include <deesse/dsl.h>\n\n");
	add_comment(&b, "", i->comment);
	add(&l, i->macro, strlen(i->macro));
	add(&l, "(", 1);
	add_args(&l, i, 2);
	buf_puts(&b, ");\n");
	text = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return text;
}

static void
add_head(struct buf *out, struct telling *t)
{
	struct arena *a = t->teller->a;
	struct item head = { .macro = "COLLECTION" };
	struct lines l = { out, "    ", 0 };
	const struct table *table = t->table;

	item_arg(a, &head, "%s", t->slug);
	if (strcmp(t->slug, table->name))
		item_text(a, &head, "table", table->name);
	if (t->id && *t->id)
		item_arg(a, &head, ".id = %s", t->id);
	item_flag(a, &head, "id_required", t->id_required);
	if (t->key) {
		telling_say_name(t, &head, "constraint", t->key->name,
		    telling_own_name(t, NULL, "pkey"));
		item_text(a, &head, "on_conflict",
		    constraint_more(t->key)->on_conflict);
	}
	item_flag(a, &head, "no_timestamps", !t->timestamps);
	t->teller->ops->head(t, &head);
	add(&l, "COLLECTION(", 11);
	add_args(&l, &head, 5);
	buf_puts(out, ") = {\n");
}

const char *
telling_text(struct telling *t)
{
	struct buf b = { 0 };
	const char *text;
	bool any = false;

	buf_puts(&b, "#include <deesse/dsl.h>\n\n");
	add_comment(&b, "", t->comment);
	add_head(&b, t);
	for (enum group g = 0; g < GROUP_COUNT; g++) {
		if (any && t->groups[g].n)
			buf_putc(&b, '\n');
		any = any || t->groups[g].n;
		for (size_t i = 0; i < t->groups[g].n; i++)
			add_item(&b, &t->groups[g].v[i]);
	}
	/* C has no empty list */
	if (!any)
		buf_puts(&b, "\tNULL,\n");
	buf_puts(&b, "};\n");
	text = arena_strndup(t->teller->a, buf_str(&b), b.len);
	buf_release(&b);
	return text;
}

const char *
collections_config(
    struct arena *a, const char *url, const struct names *schemas)
{
	struct names words = { 0 };

	for (size_t i = 0; schemas && i < schemas->n; i++)
		vec_push(a, &words, c_literal(a, schemas->v[i]));
	return arena_fmt(a, "#include <deesse/dsl.h>\n\n%sCONFIG(%s = %s%s);\n",
	    schemas && schemas->n == 1 && !strcmp(schemas->v[0], "*")
		? "/* The whole database was pulled: push --prune sees all of "
		  "its schemas, and\n * takes away what is in one of them and "
		  "not here. To leave others alone,\n * name those that are "
		  "meant: .schemas = VALUES(\"public\") */\n"
		: "",
	    url ? ".database" : ".database_env",
	    url ? c_literal(a, url) : "\"DATABASE_URL\"",
	    words.n ? c_list(a, ",\n    .schemas = VALUES(", &words, ")") : "");
}
