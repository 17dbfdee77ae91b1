/* options - storage parameters, one way */
#include "sql/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "sql/key.h"
#include "sql/lex.h"
#include "sql/name.h"
#include "sql/quote.h"

VEC(tokens, struct token);

/* "toast.autovacuum_enabled" is a name, too. */
static size_t
read_name(struct arena *a, enum dialect d, struct buf *out,
    const struct token *t, size_t n)
{
	size_t i = 0;

	while (i < n && token_names(&t[i])) {
		buf_puts(out, sql_unquote(a, d, t[i].at, t[i].len));
		i++;
		if (i + 1 >= n || !token_is(&t[i], "."))
			break;
		buf_putc(out, '.');
		i++;
	}
	return i;
}

static void
add_value(struct arena *a, enum dialect d, struct buf *out,
    const struct token *t, size_t n)
{
	struct buf value = { 0 };
	const char *s;

	for (size_t i = 0; i < n; i++)
		if (t[i].kind == TOKEN_NUMBER || token_is(&t[i], "-") ||
		    token_is(&t[i], "+"))
			buf_add(&value, t[i].at, t[i].len);
		else
			buf_puts(&value, sql_unquote(a, d, t[i].at, t[i].len));
	s = buf_str(&value);
	if (*s &&
	    s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_.+-")] == '\0')
		buf_puts(out, s);
	else
		sql_literal(out, d, s);
	buf_release(&value);
}

/* Returns "name = value", or NULL where it is not that. */
static const char *
option(struct arena *a, enum dialect d, const struct token *t, size_t n)
{
	struct buf b = { 0 };
	size_t name = read_name(a, d, &b, t, n);
	const char *text = NULL;

	if (name && (name == n || (token_is(&t[name], "=") && name + 1 < n))) {
		buf_puts(&b, " = ");
		if (name == n)
			buf_puts(&b, "true");
		else
			add_value(a, d, &b, &t[name + 1], n - name - 1);
		text = arena_strdup(a, buf_str(&b));
	}
	buf_release(&b);
	return text;
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *
join(struct arena *a, const struct names *options, bool sorted)
{
	const char *text = "";

	if (sorted && options->n)
		qsort(options->v, options->n, sizeof(*options->v), by_text);
	for (size_t i = 0; i < options->n; i++)
		text =
		    arena_fmt(a, "%s%s%s", text, i ? ", " : "", options->v[i]);
	return text;
}

static struct tokens
read_tokens(struct arena *a, enum dialect d, const char *text)
{
	struct tokens all = { 0 };
	struct lexer l;
	struct token t;

	lex_init(&l, d, text, strlen(text));
	while (lex_next(&l, &t))
		vec_push(a, &all, t);
	lex_release(&l);
	return all;
}

static const char *
spelt(struct arena *a, enum dialect d, const char *text, bool sorted)
{
	struct names options = { 0 };
	struct tokens all;
	size_t from = 0;

	if (!text)
		return NULL;
	all = read_tokens(a, d, text);
	for (size_t i = 0; i <= all.n; i++) {
		const char *one;

		if (i < all.n && !token_is(&all.v[i], ","))
			continue;
		one = option(a, d, &all.v[from], i - from);
		if (!one)
			return text;
		vec_push(a, &options, one);
		from = i + 1;
	}
	return join(a, &options, sorted);
}

const char *
sql_options(struct arena *a, enum dialect d, const char *text)
{
	return spelt(a, d, text, false);
}

const char *
sql_opclass(struct arena *a, enum dialect d, const char *text)
{
	size_t name = text ? strcspn(text, " (") : 0;
	size_t open = text ? strcspn(text, "(") : 0, n;

	if (!text || !text[open] || *text == '"')
		return text;
	n = strlen(text);
	if (text[n - 1] != ')' || open + 2 > n)
		return text;
	return arena_fmt(a, "%.*s (%s)", (int)name, text,
	    spelt(a, d, arena_strndup(a, text + open + 1, n - open - 2), true));
}

/* -- sequences ------------------------------------------------------------ */

/* The words before the number; NO before them, or a usual number, is as if
 * nothing were said. */
static const struct {
	const char *word, *filler, *usual, *none;
} sequence_words[] = {
	[SEQUENCE_NAME] = { "sequence", "name", NULL, NULL },
	[SEQUENCE_INCREMENT] = { "increment", "by", "1", "INCREMENT BY 1" },
	[SEQUENCE_MIN] = { "minvalue", NULL, NULL, "NO MINVALUE" },
	[SEQUENCE_MAX] = { "maxvalue", NULL, NULL, "NO MAXVALUE" },
	[SEQUENCE_START] = { "start", "with", NULL, NULL },
	[SEQUENCE_CACHE] = { "cache", NULL, "1", "CACHE 1" },
	[SEQUENCE_CYCLE] = { "cycle", NULL, NULL, "NO CYCLE" },
};

static int
sequence_option(const struct token *t)
{
	int k = 0;

	while (k < SEQUENCE_OPTIONS && !token_is(t, sequence_words[k].word))
		k++;
	return k;
}

/* Reads a number with its sign at i, and steps behind it. */
static const char *
sequence_number(struct arena *a, const struct tokens *all, size_t *i)
{
	bool minus = *i < all->n && token_is(&all->v[*i], "-");
	const struct token *t;

	*i += minus || (*i < all->n && token_is(&all->v[*i], "+"));
	if (*i >= all->n || all->v[*i].kind != TOKEN_NUMBER)
		return NULL;
	t = &all->v[(*i)++];
	return arena_fmt(a, "%s%.*s", minus ? "-" : "", (int)t->len, t->at);
}

/* Reads a name, which may stand behind that of its schema. */
static const char *
sequence_name(
    struct arena *a, enum dialect d, const struct tokens *all, size_t *i)
{
	struct buf b = { 0 };
	const struct token *t;
	const char *name;

	if (*i + 1 < all->n && token_is(&all->v[*i + 1], "."))
		*i += 2;
	if (*i >= all->n || !token_names(&all->v[*i]))
		return NULL;
	t = &all->v[(*i)++];
	sql_ident(&b, d, sql_unquote(a, d, t->at, t->len));
	name = arena_strdup(a, buf_str(&b));
	buf_release(&b);
	return name;
}

/* Reads the option that begins at i, and steps behind it. */
static bool
read_option(struct arena *a, enum dialect d, const struct tokens *all,
    size_t *i, const char *values[SEQUENCE_OPTIONS])
{
	bool no = token_is(&all->v[*i], "no");
	int k;

	*i += no;
	k = *i < all->n ? sequence_option(&all->v[*i]) : SEQUENCE_OPTIONS;
	if (k == SEQUENCE_OPTIONS || (no && k == SEQUENCE_NAME))
		return false;
	(*i)++;
	values[k] = NULL;
	if (no)
		return true;
	if (k == SEQUENCE_CYCLE) {
		values[k] = "";
		return true;
	}
	*i += sequence_words[k].filler && *i < all->n &&
	      token_is(&all->v[*i], sequence_words[k].filler);
	values[k] = k == SEQUENCE_NAME ? sequence_name(a, d, all, i)
				       : sequence_number(a, all, i);
	return values[k] != NULL;
}

bool
sql_sequence_read(struct arena *a, enum dialect d, const char *text,
    const char *values[SEQUENCE_OPTIONS])
{
	struct tokens all;
	size_t i = 0;

	for (int k = 0; k < SEQUENCE_OPTIONS; k++)
		values[k] = NULL;
	if (!text)
		return true;
	all = read_tokens(a, d, text);
	while (i < all.n)
		if (!read_option(a, d, &all, &i, values))
			return false;
	return true;
}

static bool
same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

/* A sequence starts at its end: the least, or the greatest where it counts
 * down. */
static const char *
usual_start(const char *const values[SEQUENCE_OPTIONS])
{
	const char *by = values[SEQUENCE_INCREMENT];

	if (by && *by == '-')
		return values[SEQUENCE_MAX] ? values[SEQUENCE_MAX] : "-1";
	return values[SEQUENCE_MIN] ? values[SEQUENCE_MIN] : "1";
}

static void
put_upper(struct buf *out, const char *word)
{
	for (; *word; word++)
		buf_putc(out, (char)(*word - 'a' + 'A'));
}

void
sql_sequence_option(struct buf *out, enum sequence_option k,
    const char *const values[SEQUENCE_OPTIONS])
{
	const char *value = values[k];

	if (k == SEQUENCE_START && !value)
		value = usual_start(values);
	if (!value) {
		buf_puts(
		    out, sequence_words[k].none ? sequence_words[k].none : "");
		return;
	}
	put_upper(out, sequence_words[k].word);
	if (sequence_words[k].filler) {
		buf_putc(out, ' ');
		put_upper(out, sequence_words[k].filler);
	}
	buf_fmt(out, "%s%s", *value ? " " : "", value);
}

static bool
goes_without_saying(int option, const char *const values[SEQUENCE_OPTIONS])
{
	return same(values[option], option == SEQUENCE_START
					? usual_start(values)
					: sequence_words[option].usual);
}

const char *
sql_sequence_write(struct arena *a, const char *const values[SEQUENCE_OPTIONS])
{
	struct buf b = { 0 };
	const char *text;

	for (int k = 0; k < SEQUENCE_OPTIONS; k++) {
		if (!values[k] || goes_without_saying(k, values))
			continue;
		buf_puts(&b, b.len ? " " : "");
		sql_sequence_option(&b, k, values);
	}
	text = b.len ? arena_strdup(a, b.s) : NULL;
	buf_release(&b);
	return text;
}

const char *
sql_sequence_options(struct arena *a, enum dialect d, const char *text)
{
	const char *values[SEQUENCE_OPTIONS];

	return text && sql_sequence_read(a, d, text, values)
		   ? sql_sequence_write(a, values)
		   : text;
}

const char *
sql_sequence_made(
    struct arena *a, enum dialect d, const char *table, const char *column)
{
	struct buf b = { 0 };
	const char *name;

	sql_ident(&b, d,
	    sql_made_name(a, SQL_POSTGRES_NAME_MAX, table, column, "seq"));
	name = arena_strdup(a, b.s);
	buf_release(&b);
	return name;
}

const char *
sql_sequence_named(struct arena *a, enum dialect d, const char *table,
    const char *column, const char *options)
{
	const char *said[SEQUENCE_OPTIONS], *name;

	if (!options || !sql_sequence_read(a, d, options, said) ||
	    !said[SEQUENCE_NAME])
		return sql_made_name(
		    a, SQL_POSTGRES_NAME_MAX, table, column, "seq");
	name = said[SEQUENCE_NAME];
	return sql_unquote(a, d, name, strlen(name));
}
