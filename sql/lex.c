/* lex - SQL as tokens, in either dialect
 *
 * A pattern a dialect, anchored at the lexer's place, tells the kind of what
 * it matched by its mark. lex_next has a pattern of its own that skips white
 * space and comments in the same call, which halves the number of calls. What
 * does not match, and every error of the matcher (a limit, a full stack), is
 * TOKEN_BAD. The server refuses text that is not UTF-8 or has a NUL, and
 * SQLite stops reading at one, so no token may reach such a byte.
 */
#include "sql/lex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "sql/lang.h"

struct pattern {
	pcre2_code *code;
	bool jit;
};

static struct {
	struct pattern next, raw;
	pthread_once_t once;
} compiled[DIALECT_COUNT] = {
	[DIALECT_SQLITE] = { .once = PTHREAD_ONCE_INIT },
	[DIALECT_POSTGRES] = { .once = PTHREAD_ONCE_INIT },
};

static const struct lang *const langs[DIALECT_COUNT] = {
	[DIALECT_SQLITE] = &sqlite_lang,
	[DIALECT_POSTGRES] = &postgres_lang,
};

const struct lang *
sql_lang(enum dialect d)
{
	return langs[d];
}

static void
compile(struct pattern *p, const char *fmt, const struct lang *lang)
{
	struct buf b = { 0 };
	PCRE2_SIZE at;
	int code;

	for (; *fmt; fmt++) {
		if (*fmt == 'S')
			buf_puts(&b, lang->space);
		else if (*fmt == 'C')
			buf_puts(&b, lang->comment);
		else if (*fmt == 'T')
			buf_puts(&b, lang->tokens);
		else
			buf_putc(&b, *fmt);
	}
	p->code = pcre2_compile((PCRE2_SPTR)buf_str(&b), b.len,
	    PCRE2_ANCHORED | PCRE2_DOLLAR_ENDONLY, &code, &at, NULL);
	if (p->code)
		p->jit = !pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE);
	buf_release(&b);
}

/* The patterns are constants: one that does not compile is caught by every
 * test, and here leaves only TOKEN_BAD. */
static void
compile_both(enum dialect d)
{
	compile(&compiled[d].next, "(?:S|C)*+\\K(?:T|\\z(*:e))", langs[d]);
	compile(
	    &compiled[d].raw, "(?:(?:S)(*:s)|(?:C)(*:c)|T|\\z(*:e))", langs[d]);
}

static void
compile_sqlite(void)
{
	compile_both(DIALECT_SQLITE);
}

static void
compile_postgres(void)
{
	compile_both(DIALECT_POSTGRES);
}

static void (*const compilers[DIALECT_COUNT])(void) = {
	[DIALECT_SQLITE] = compile_sqlite,
	[DIALECT_POSTGRES] = compile_postgres,
};

/* Returns the length of the UTF-8 sequence at s, of which n bytes are there,
 * or 0: RFC 3629, table 3-7 of the Unicode standard. */
static size_t
utf8(const unsigned char *s, size_t n)
{
	size_t want = *s >= 0xf0 ? 4 : *s >= 0xe0 ? 3 : 2;

	if (*s < 0xc2 || *s > 0xf4 || n < want)
		return 0;
	if ((*s == 0xe0 && s[1] < 0xa0) || (*s == 0xed && s[1] > 0x9f) ||
	    (*s == 0xf0 && s[1] < 0x90) || (*s == 0xf4 && s[1] > 0x8f))
		return 0;
	for (size_t i = 1; i < want; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return want;
}

/* Returns how many bytes of the text are UTF-8 without a NUL. */
static size_t
readable(const char *text, size_t len)
{
	const unsigned char *s = (const void *)text;
	size_t i = 0;

	while (i < len) {
		uint64_t eight;
		size_t n = 1;

		/* eight bytes of 1 to 127 at once: no borrow, no high bit */
		if (len - i >= sizeof(eight)) {
			memcpy(&eight, s + i, sizeof(eight));
			if (!((eight | (eight - 0x0101010101010101u)) &
				0x8080808080808080u)) {
				i += sizeof(eight);
				continue;
			}
		}
		if (!s[i] || (s[i] >= 0x80 && !(n = utf8(s + i, len - i))))
			break;
		i += n;
	}
	return i;
}

void
lex_init(struct lexer *l, enum dialect d, const char *text, size_t len)
{
	*l = (struct lexer){
		.text = text,
		.len = len,
		.readable = readable(text, len),
		.dialect = d,
	};
	pthread_once(&compiled[d].once, compilers[d]);
}

static const enum token_kind kinds[] = {
	['b' - 'a'] = TOKEN_BAD,
	['c' - 'a'] = TOKEN_COMMENT,
	['e' - 'a'] = TOKEN_END,
	['i' - 'a'] = TOKEN_NAME,
	['m' - 'a'] = TOKEN_META,
	['n' - 'a'] = TOKEN_NUMBER,
	['o' - 'a'] = TOKEN_OP,
	['p' - 'a'] = TOKEN_PARAM,
	['q' - 'a'] = TOKEN_STRING,
	['s' - 'a'] = TOKEN_SPACE,
	['w' - 'a'] = TOKEN_WORD,
};

/* Takes everything from the lexer's place on as one bad token; true, but at
 * the end of the text. */
static bool
bad(struct lexer *l, struct token *t)
{
	t->at = l->text + l->pos;
	t->len = l->len - l->pos;
	t->kind = t->len ? TOKEN_BAD : TOKEN_END;
	l->pos = l->len;
	return t->len > 0;
}

static int
match(struct lexer *l, const struct pattern *p)
{
	PCRE2_SPTR s = (PCRE2_SPTR)l->text;

	if (!p->code)
		return PCRE2_ERROR_NULL;
	if (!l->match)
		l->match = pcre2_match_data_create(1, NULL);
	if (!l->match)
		return PCRE2_ERROR_NOMEMORY;
	if (p->jit && !l->interpret)
		return pcre2_jit_match(
		    p->code, s, l->len, l->pos, 0, l->match, NULL);
	return pcre2_match(
	    p->code, s, l->len, l->pos, PCRE2_NO_JIT, l->match, NULL);
}

/* Reads what the pattern finds at the lexer's place; false, without moving,
 * where it finds nothing that can be read. */
static bool
step(struct lexer *l, const struct pattern *p, struct token *t)
{
	const PCRE2_SIZE *span;

	if (match(l, p) < 0)
		return false;
	span = pcre2_get_ovector_pointer(l->match);
	*t = (struct token){
		.kind = kinds[*pcre2_get_mark(l->match) - 'a'],
		.at = l->text + span[0],
		.len = span[1] - span[0],
	};
	if (span[1] > l->readable || t->kind == TOKEN_BAD)
		return false;
	l->pos = span[1];
	return true;
}

bool
lex_raw(struct lexer *l, struct token *t)
{
	if (!step(l, &compiled[l->dialect].raw, t))
		return bad(l, t);
	return t->kind != TOKEN_END;
}

static bool
is_letter(char c)
{
	return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
}

/* Can what follows a plain word belong to it, or make it the prefix of a
 * string? */
static bool
goes_on(char c)
{
	return c == '\'' || c == '"' || c == '&' || c == '$' ||
	       (unsigned char)c >= 0x80;
}

/* Skips white space and comments of one line that every dialect reads so. A \r
 * may end one, or not. */
static const char *
skip_gap(const char *p, const char *end)
{
	for (;;) {
		const char *line;

		while (p < end && (*p == ' ' || *p == '\n' || *p == '\t'))
			p++;
		if (end - p < 2 || p[0] != '-' || p[1] != '-')
			return p;
		line = memchr(p, '\n', (size_t)(end - p));
		if (!line || memchr(p, '\r', (size_t)(line - p)))
			return p;
		p = line;
	}
}

/* What an operator can go on with, in either dialect. */
static bool
is_operator(char c)
{
	return c && strchr("~!@#%^&|`?+-*/<>=", c);
}

/* Returns the end of a plain word, or NULL where more may belong to it. */
static const char *
plain_word(const char *p, const char *end)
{
	while (p < end && (is_letter(*p) || (*p >= '0' && *p <= '9')))
		p++;
	return p == end || goes_on(*p) ? NULL : p;
}

/* The same of a whole number. */
static const char *
plain_number(const char *p, const char *end)
{
	while (p < end && *p >= '0' && *p <= '9')
		p++;
	return p == end || *p == '.' || is_letter(*p) || goes_on(*p) ? NULL : p;
}

/* The same of what stands between quotes; `p` is behind the first. A string may
 * go on in the next line, but not behind a comma or the like. */
static const char *
plain_quoted(const char *p, const char *end, char quote)
{
	const char *close = memchr(p, quote, (size_t)(end - p));

	if (!close || close + 1 >= end || close[1] == quote ||
	    (quote == '\'' && (!strchr(",);", close[1]) || !close[1] ||
				  memchr(p, '\\', (size_t)(close - p)))))
		return NULL;
	return close + 1;
}

/* Most tokens are plain words, numbers and texts, and signs that stand for
 * themselves, read alike in both dialects; a call of the matcher costs more
 * than reading them. Returns false, without moving, where the pattern must
 * look. */
static bool
shortcut(struct lexer *l, struct token *t)
{
	const char *s = l->text, *p = s + l->pos, *end = s + l->readable;
	const char *from;

	from = skip_gap(p, end);
	if (from >= end) /* behind it, after what cannot be read */
		return false;
	p = from + 1;
	if (is_letter(*from)) {
		t->kind = TOKEN_WORD;
		p = plain_word(p, end);
	} else if (*from == ',' || *from == '(' || *from == ')' ||
		   *from == ';') {
		t->kind = TOKEN_OP;
	} else if (*from == '=' || *from == '*' || *from == '<' ||
		   *from == '>') {
		t->kind = TOKEN_OP;
		p = p == end || is_operator(*p) ? NULL : p;
	} else if (*from == '.') {
		t->kind = TOKEN_OP;
		p = p == end || *p == '.' || (*p >= '0' && *p <= '9') ? NULL
								      : p;
	} else if (*from >= '0' && *from <= '9') {
		t->kind = TOKEN_NUMBER;
		p = plain_number(p, end);
	} else if (*from == '\'' || *from == '"') {
		t->kind = *from == '"' ? TOKEN_NAME : TOKEN_STRING;
		p = plain_quoted(p, end, *from);
	} else {
		return false;
	}
	if (!p)
		return false;
	t->at = from;
	t->len = (size_t)(p - from);
	l->pos = (size_t)(p - s);
	return true;
}

/* Where nothing can be read, the raw tokens say from where on. */
bool
lex_next(struct lexer *l, struct token *t)
{
	bool more;

	if (!l->interpret && shortcut(l, t))
		return true;
	if (step(l, &compiled[l->dialect].next, t))
		return t->kind != TOKEN_END;
	do
		more = lex_raw(l, t);
	while (t->kind == TOKEN_SPACE || t->kind == TOKEN_COMMENT);
	return more;
}

void
lex_release(struct lexer *l)
{
	pcre2_match_data_free(l->match);
	l->match = NULL;
}

bool
token_spells(const struct token *t, const char *word)
{
	for (size_t i = 0; i < t->len; i++) {
		unsigned char c = (unsigned char)t->at[i];
		unsigned char w = (unsigned char)word[i];

		if (c != w &&
		    ((c ^ w) != 0x20 || (w | 0x20) < 'a' || (w | 0x20) > 'z'))
			return false;
	}
	return true;
}

bool
token_names(const struct token *t)
{
	return t->kind == TOKEN_NAME || t->kind == TOKEN_WORD;
}
