/* quote - the only place where names and values become SQL
 *
 * Every word that the grammar knows is quoted, reserved or not, for what is
 * free today may be reserved by the next server. A backslash needs no care:
 * deesse refuses a server with standard_conforming_strings off, and SQLite
 * has no escapes.
 */
#include "sql/quote.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sql/lang.h"

struct wanted {
	const char *word;
	size_t len;
};

static int
compare(const void *key, const void *item)
{
	const struct wanted *w = key;
	const struct keyword *k = item;
	int order = strncasecmp(w->word, k->word, w->len);

	return order ? order : -(k->word[w->len] != '\0');
}

const struct keyword *
lang_keyword(const struct lang *lang, const char *word, size_t len)
{
	struct wanted w = { word, len };

	return bsearch(&w, lang->keywords, lang->n_keywords,
	    sizeof(*lang->keywords), compare);
}

bool
lang_plain(const char *s, size_t n)
{
	/* an editor's mark is white space to SQLite where a word begins */
	if (n >= 3 && !memcmp(s, "\xef\xbb\xbf", 3))
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		bool tail = (c >= '0' && c <= '9') || c == '$';

		if (!letter && c != '_' && c < 0x80 && !(tail && i > 0))
			return false;
	}
	return n > 0;
}

void
lang_enclose(struct buf *out, const char *s, char quote)
{
	buf_putc(out, quote);
	for (; *s; s++) {
		if (*s == quote)
			buf_putc(out, quote);
		buf_putc(out, *s);
	}
	buf_putc(out, quote);
}

bool
sql_reserved(enum dialect d, const char *word)
{
	const struct keyword *k = lang_keyword(sql_lang(d), word, strlen(word));

	return k && k->reserved;
}

bool
sql_keyword(enum dialect d, const char *word, size_t len)
{
	return lang_keyword(sql_lang(d), word, len) != NULL;
}

bool
sql_needs_quotes(enum dialect d, const char *name)
{
	const struct lang *lang = sql_lang(d);
	size_t n = strlen(name);

	for (const char *p = name; *p; p++)
		if ((*p >= 'A' && *p <= 'Z' && !lang->capitals) || *p == '$' ||
		    (unsigned char)*p >= 0x80)
			return true;
	return !lang_plain(name, n) || lang_keyword(lang, name, n);
}

void
sql_ident(struct buf *out, enum dialect d, const char *name)
{
	if (sql_needs_quotes(d, name))
		lang_enclose(out, name, '"');
	else
		buf_puts(out, name);
}

void
sql_qualified(
    struct buf *out, enum dialect d, const char *schema, const char *name)
{
	if (schema) {
		sql_ident(out, d, schema);
		buf_putc(out, '.');
	}
	sql_ident(out, d, name);
}

void
sql_literal(struct buf *out, enum dialect d, const char *text)
{
	(void)d;
	lang_enclose(out, text, '\'');
}
