/* list - lists that PostgreSQL spells in a way that it reads as another
 *
 * state IN ('a', 'b') of a varchar comes out of the catalog as (state)::text =
 * ANY ((ARRAY['a'::character varying, …])::text[]), and that, read again, as
 * ARRAY[('a'::character varying)::text, …]: so a dump that was loaded dumps
 * differently. IN itself always comes out the same.
 */
#include "sql/list.h"

#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "sql/lex.h"

VEC(tokens, struct token);

/* Where in the tokens of a text a list is matched. */
struct matching {
	const struct tokens *all;
	size_t i;
};

static bool
take(struct matching *m, const char *word)
{
	if (m->i >= m->all->n || !token_is(&m->all->v[m->i], word))
		return false;
	m->i++;
	return true;
}

static bool
take_all(struct matching *m, const char *const *words)
{
	while (*words)
		if (!take(m, *words++))
			return false;
	return true;
}

static bool
take_name(struct matching *m)
{
	if (m->i >= m->all->n || !token_names(&m->all->v[m->i]))
		return false;
	m->i++;
	return true;
}

/* Adds the text from one token to before another. */
static void
add_span(struct buf *b, const struct tokens *all, size_t from, size_t to)
{
	const struct token *first = &all->v[from], *last = &all->v[to - 1];

	buf_add(b, first->at, (size_t)(last->at - first->at) + last->len);
}

/* How the items of a list are cast, and the list, and what is compared. */
struct form {
	const char *item[4], *list[5], *subject[3];
};

static const struct form forms[] = {
	{ { "::", "character", "varying" }, { "::", "text", "[", "]" },
	    { "::", "text" } },
	{ .item = { "::", "text" } },
	{ .item = { "::", "bpchar" } },
	{ .item = { "::", "name" } },
};

/* Does what stands before the token leave it to begin an operand? */
static bool
begins_operand(const struct matching *m)
{
	static const char *const before[] = { "(", ",", "and", "or", "not",
		"check", "when", "where" };

	for (size_t k = 0; m->i && k < sizeof(before) / sizeof(*before); k++)
		if (token_is(&m->all->v[m->i - 1], before[k]))
			return true;
	return !m->i;
}

/* a.b or (a.b), and what it is cast to */
static bool
take_subject(struct matching *m, const struct form *form, struct buf *b)
{
	bool fits = begins_operand(m), inside = take(m, "(");
	size_t from = m->i;

	do {
		if (!take_name(m))
			return false;
	} while (take(m, "."));
	add_span(b, m->all, from, m->i);
	return fits && inside <= (form->subject[0] != NULL) &&
	       (!inside || take(m, ")")) && take_all(m, form->subject);
}

static bool
take_items(struct matching *m, const struct form *form, struct buf *b)
{
	size_t n = 0;

	do {
		if (m->i >= m->all->n || m->all->v[m->i].kind != TOKEN_STRING)
			return false;
		buf_puts(b, n++ ? ", " : "");
		add_span(b, m->all, m->i, m->i + 1);
		m->i++;
		if (!take_all(m, form->item))
			return false;
	} while (take(m, ","));
	return n > 1;
}

static bool
take_list(struct matching *m, const struct form *form, struct buf *b)
{
	static const char *const begin[] = { "array", "[", NULL };
	bool none, inside;

	if (!take_subject(m, form, b))
		return false;
	none = take(m, "<>");
	if (!none && !take(m, "="))
		return false;
	if (!take(m, none ? "all" : "any") || !take(m, "("))
		return false;
	buf_puts(b, none ? " NOT IN (" : " IN (");
	inside = take(m, "(");
	if (!take_all(m, begin) || !take_items(m, form, b) || !take(m, "]") ||
	    (inside && !take(m, ")")) || !take_all(m, form->list) ||
	    !take(m, ")"))
		return false;
	buf_putc(b, ')');
	return true;
}

/* Moves behind a list that begins at the token, and writes how it was. */
static bool
match(struct matching *m, struct buf *b)
{
	size_t at = m->i;

	for (size_t k = 0; k < sizeof(forms) / sizeof(*forms); k++) {
		m->i = at;
		buf_cut(b, 0);
		if (take_list(m, &forms[k], b))
			return true;
	}
	return false;
}

static void
read_tokens(struct arena *a, struct tokens *all, const char *text)
{
	struct token t;
	struct lexer l;

	lex_init(&l, DIALECT_POSTGRES, text, strlen(text));
	while (lex_next(&l, &t))
		vec_push(a, all, t);
	lex_release(&l);
}

const char *
sql_in_lists(struct arena *a, const char *text)
{
	struct buf out = { 0 }, one = { 0 };
	struct tokens all = { 0 };
	const char *done = text;

	if (!strstr(text, " ANY (") && !strstr(text, " ALL ("))
		return text;
	read_tokens(a, &all, text);
	for (size_t i = 0; i < all.n;) {
		struct matching m = { &all, i };

		if (!match(&m, &one)) {
			i++;
			continue;
		}
		buf_add(&out, done, (size_t)(all.v[i].at - done));
		buf_puts(&out, buf_str(&one));
		done = all.v[m.i - 1].at + all.v[m.i - 1].len;
		i = m.i;
	}
	if (out.len) {
		buf_puts(&out, done);
		text = arena_strdup(a, buf_str(&out));
	}
	buf_release(&out);
	buf_release(&one);
	return text;
}
