/* sqlite_called - a table's expressions where the table has another name
 *
 * A check may say posts.views for views. Under another name the table does not
 * know itself by that, and cannot be made.
 */
#include "transpile/sqlite.h"

#include "sql/key.h"
#include "sql/lex.h"
#include "sql/quote.h"

#define D DIALECT_SQLITE

/* Adds the text with the table's name exchanged wherever a dot follows it;
 * returns how often it did. */
static size_t
exchange(struct arena *a, struct buf *out, const char *text, const char *from,
    const char *to)
{
	struct lexer l;
	struct token t, next;
	const char *done = text;
	size_t n = 0;

	lex_init(&l, D, text, strlen(text));
	for (lex_next(&l, &t); t.kind != TOKEN_END; t = next) {
		lex_next(&l, &next);
		if (!token_is(&next, ".") || !token_names(&t) ||
		    !schema_same_name(D, sql_unquote(a, D, t.at, t.len), from))
			continue;
		buf_add(out, done, (size_t)(t.at - done));
		sql_ident(out, D, to);
		done = t.at + t.len;
		n++;
	}
	lex_release(&l);
	buf_puts(out, done);
	return n;
}

static size_t
call(struct arena *a, struct expr *e, const char *from, const char *to)
{
	struct buf b = { 0 };
	size_t n = e->text ? exchange(a, &b, e->text, from, to) : 0;

	if (n) {
		e->text = arena_strndup(a, buf_str(&b), b.len);
		e->key = sql_key(a, D, e->text);
	}
	buf_release(&b);
	return n;
}

static size_t
call_all(struct arena *a, struct table *t, const char *to)
{
	size_t n = 0;

	for (size_t i = 0; i < t->columns.n; i++)
		n += call(a, &t->columns.v[i]->generated, t->name, to);
	for (size_t i = 0; i < t->constraints.n; i++)
		n += call(a, &t->constraints.v[i]->check, t->name, to);
	return n;
}

const struct table *
sqlite_called(struct arena *a, const struct table *t, const char *name)
{
	struct table *copy = table_copy(a, t);

	return call_all(a, copy, name) ? copy : t;
}

bool
sqlite_names_itself(const struct table *t)
{
	struct arena a = { 0 };
	bool yes = sqlite_called(&a, t, t->name) != t;

	arena_release(&a);
	return yes;
}
