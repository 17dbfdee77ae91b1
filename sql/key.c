/* key - two texts that mean the same have one key
 *
 * A quoted name loses its quotes where the bare word could be nothing else,
 * so that "status" and status are one and "order" and ORDER are not.
 */
#include "sql/key.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/vec.h"
#include "sql/lang.h"
#include "sql/quote.h"

VEC(tokens, struct token);

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static void
add_lower(struct buf *b, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_putc(b, lower(s[i]));
}

static int
hex(const char *s, int n, unsigned *value)
{
	static const char digits[] = "0123456789abcdef";

	*value = 0;
	for (int i = 0; i < n; i++) {
		const char *at = s[i] ? strchr(digits, lower(s[i])) : NULL;

		if (!at)
			return 0;
		*value = *value << 4 | (unsigned)(at - digits);
	}
	return n;
}

static void
add_utf8(struct buf *b, unsigned cp)
{
	if (cp < 0x80) {
		buf_putc(b, (char)cp);
		return;
	}
	if (cp >= 0x10000) {
		buf_putc(b, (char)(0xf0 | (cp >> 18 & 7)));
		buf_putc(b, (char)(0x80 | (cp >> 12 & 0x3f)));
	} else if (cp >= 0x800) {
		buf_putc(b, (char)(0xe0 | cp >> 12));
	}
	if (cp >= 0x800)
		buf_putc(b, (char)(0x80 | (cp >> 6 & 0x3f)));
	else
		buf_putc(b, (char)(0xc0 | cp >> 6));
	buf_putc(b, (char)(0x80 | (cp & 0x3f)));
}

/* U&"d\0061t": \XXXX and \+XXXXXX are characters, \\ is a backslash. */
static void
add_unicode(struct buf *b, const char *s)
{
	while (*s) {
		unsigned cp = 0, low = 0;
		int n = 0;

		if (*s != '\\') {
			buf_putc(b, *s++);
			continue;
		}
		if (s[1] == '+' && hex(s + 2, 6, &cp))
			n = 8;
		else if (hex(s + 1, 4, &cp))
			n = 5;
		if (n == 5 && cp >> 10 == 0x36 && s[5] == '\\' &&
		    hex(s + 6, 4, &low) && low >> 10 == 0x37) {
			cp = 0x10000 + ((cp & 0x3ff) << 10) + (low & 0x3ff);
			n = 10;
		}
		if (n && cp)
			add_utf8(b, cp);
		else
			buf_putc(b, '\\');
		s += n ? n : s[1] == '\\' ? 2 : 1;
	}
}

/* Adds what stands between quotes, a doubled one once. */
static void
add_inner(struct buf *b, const char *s, size_t n, char quote)
{
	for (size_t i = 0; i < n; i++) {
		buf_putc(b, s[i]);
		if (s[i] == quote && i + 1 < n && s[i + 1] == quote)
			i++;
	}
}

static void
unquote(struct buf *b, const struct lang *lang, const char *s, size_t n)
{
	bool unicode = n > 3 && lower(*s) == 'u' && s[1] == '&';
	struct buf inner = { 0 };

	if (unicode) {
		add_inner(&inner, s + 3, n - 4, s[2]);
		add_unicode(b, buf_str(&inner));
	} else if (n > 1 && strchr("\"'`", *s)) {
		add_inner(b, s + 1, n - 2, *s);
	} else if (n > 1 && *s == '[') {
		buf_add(b, s + 1, n - 2);
	} else if (lang->folds) {
		add_lower(b, s, n);
	} else {
		buf_add(b, s, n);
	}
	buf_release(&inner);
}

const char *
sql_unquote(struct arena *a, enum dialect d, const char *text, size_t len)
{
	struct buf b = { 0 };
	const char *name;

	unquote(&b, sql_lang(d), text, len);
	name = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	return name;
}

/* Is the bare name, in the form that compares, nothing but this name? */
static bool
is_plain(const struct lang *lang, const struct buf *name)
{
	const struct keyword *k = lang_keyword(lang, buf_str(name), name->len);

	for (size_t i = 0; i < name->len; i++)
		if (name->s[i] != lower(name->s[i]))
			return false;
	return lang_plain(buf_str(name), name->len) &&
	       !(k && (k->reserved || !lang->loose_words));
}

/* A name goes bare into the key unless the bare word means something else. */
static void
add_name(struct buf *b, const struct lang *lang, const struct token *t)
{
	struct buf name = { 0 };

	unquote(&name, lang, t->at, t->len);
	for (size_t i = 0; lang->nocase && i < name.len; i++)
		name.s[i] = lower(name.s[i]);
	if (is_plain(lang, &name))
		buf_add(b, name.s, name.len);
	else
		lang_enclose(b, buf_str(&name), '"');
	buf_release(&name);
}

static void
read_tokens(
    struct arena *a, struct tokens *out, enum dialect d, const char *text)
{
	struct lexer l;
	struct token t;

	lex_init(&l, d, text, strlen(text));
	while (lex_next(&l, &t))
		vec_push(a, out, t);
	lex_release(&l);
}

/* Do the first and the last of n tokens enclose all others? */
static bool
enclosed(const struct token *t, size_t n)
{
	size_t open = 0;

	if (n < 3 || !token_is(&t[0], "("))
		return false;
	for (size_t i = 0; i < n; i++) {
		open += token_is(&t[i], "(");
		open -= token_is(&t[i], ")");
		if (!open)
			return i == n - 1;
	}
	return false;
}

/* Is the text one bare word that compares as it is written? */
static bool
is_own_key(const char *s)
{
	if (*s != '_' && (*s < 'a' || *s > 'z'))
		return false;
	while (
	    *s == '_' || (*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9'))
		s++;
	return !*s;
}

const char *
sql_key(struct arena *a, enum dialect d, const char *text)
{
	struct arena scratch = { 0 };
	struct tokens all = { 0 };
	struct buf b = { 0 };
	const struct token *t;
	const char *key;
	size_t n;

	if (!text)
		return NULL;
	if (is_own_key(text))
		return arena_strdup(a, text);
	read_tokens(&scratch, &all, d, text);
	for (t = all.v, n = all.n; n && enclosed(t, n); n -= 2)
		t++;
	for (size_t i = 0; i < n; i++, t++) {
		/* a line of psql's own ends with its line */
		if (i)
			buf_putc(&b, t[-1].kind == TOKEN_META ? '\n' : ' ');
		if (t->kind == TOKEN_NAME)
			add_name(&b, sql_lang(d), t);
		else if (t->kind == TOKEN_WORD)
			add_lower(&b, t->at, t->len);
		else
			buf_add(&b, t->at, t->len);
	}
	key = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	arena_release(&scratch);
	return key;
}

/* Is it a word that is a value itself? */
static bool
is_value(const struct token *t)
{
	static const char *const words[] = { "null", "true", "false",
		"current_date", "current_time", "current_timestamp" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (token_is(t, words[i]))
			return true;
	return false;
}

const char *
sql_name_as_string(struct arena *a, enum dialect d, const char *text)
{
	struct buf b = { 0 };
	struct lexer l;
	struct token t, more;
	const char *literal = NULL;

	lex_init(&l, d, text, strlen(text));
	if (lex_next(&l, &t) && token_names(&t) && !is_value(&t) &&
	    !lex_next(&l, &more)) {
		sql_literal(&b, d, sql_unquote(a, d, t.at, t.len));
		literal = arena_strndup(a, buf_str(&b), b.len);
	}
	lex_release(&l);
	buf_release(&b);
	return literal;
}

/* Can token i be the column: not what is called, qualifies, collates, is a
 * type or an alias, and not a keyword? */
static bool
may_be_column(const struct lang *lang, const struct tokens *all, size_t i)
{
	static const char *const before[] = { "as", "collate", "::" };
	const struct token *t = &all->v[i];
	const struct keyword *k;

	if (!token_names(t))
		return false;
	if (t->kind == TOKEN_WORD) {
		k = lang_keyword(lang, t->at, t->len);
		if (k && k->reserved)
			return false;
	}
	if (i + 1 < all->n && (token_is(t + 1, "(") || token_is(t + 1, ".")))
		return false;
	for (size_t j = 0; i && j < sizeof(before) / sizeof(*before); j++)
		if (token_is(t - 1, before[j]))
			return false;
	return true;
}

/* Does the token name it? */
static bool
is_called(const struct lang *lang, const struct token *t, const char *name)
{
	struct buf b = { 0 };
	bool same;

	unquote(&b, lang, t->at, t->len);
	same = lang->nocase ? !strcasecmp(buf_str(&b), name)
			    : !strcmp(buf_str(&b), name);
	buf_release(&b);
	return same;
}

static bool
is_column(const struct lang *lang, const struct tokens *all, size_t i,
    const char *column)
{
	return may_be_column(lang, all, i) &&
	       is_called(lang, &all->v[i], column);
}

bool
sql_may_name(enum dialect d, const struct token *t)
{
	return token_names(t) || (sql_lang(d)->string_names &&
				     t->kind == TOKEN_STRING && *t->at == '\'');
}

bool
sql_says(enum dialect d, const char *text, const char *name)
{
	const struct lang *lang = sql_lang(d);
	struct lexer l;
	struct token t;
	bool found = false;

	lex_init(&l, d, text, strlen(text));
	while (!found && lex_next(&l, &t))
		found = sql_may_name(d, &t) && is_called(lang, &t, name);
	lex_release(&l);
	return found;
}

bool
sql_mentions(enum dialect d, const char *expr, const char *column)
{
	struct arena scratch = { 0 };
	struct tokens all = { 0 };
	bool found = false;

	read_tokens(&scratch, &all, d, expr);
	for (size_t i = 0; i < all.n && !found; i++)
		found = is_column(sql_lang(d), &all, i, column);
	arena_release(&scratch);
	return found;
}

const char *
sql_rename(struct arena *a, enum dialect d, const char *expr, const char *from,
    const char *to)
{
	struct arena scratch = { 0 };
	struct tokens all = { 0 };
	struct buf b = { 0 };
	const char *kept = expr, *renamed;

	read_tokens(&scratch, &all, d, expr);
	for (size_t i = 0; i < all.n; i++) {
		const struct token *t = &all.v[i];

		if (!is_column(sql_lang(d), &all, i, from))
			continue;
		buf_add(&b, kept, (size_t)(t->at - kept));
		sql_ident(&b, d, to);
		kept = t->at + t->len;
	}
	buf_puts(&b, kept);
	renamed = arena_strndup(a, buf_str(&b), b.len);
	buf_release(&b);
	arena_release(&scratch);
	return renamed;
}
