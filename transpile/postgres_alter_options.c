/* postgres_alter_options - servers and dictionaries, which are lists of options
 */
#include "transpile/altering.h"

#include <string.h>

#include "sql/key.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

const char *const altering_server_words[] = { "type", "version",
	"foreign data wrapper", "options", NULL };

/* Reads ( a 'b', "c" = d ): a clause each, whose word is the name. */
static struct clauses
read_parameters(struct altering *x, const char *list)
{
	struct clauses out = { 0 };
	struct tokens t = { 0 };
	struct lexer l;
	struct token one;
	size_t from = 1;

	lex_init(&l, D, list, strlen(list));
	while (lex_next(&l, &one))
		vec_push(x->a, &t, one);
	lex_release(&l);
	for (size_t i = 1; i < t.n; i++) {
		size_t value = from + 1;

		if (!token_is(&t.v[i], ",") && i + 1 < t.n)
			continue;
		value += value < i && token_is(&t.v[value], "=");
		if (i > from)
			altering_add(x, &out,
			    sql_unquote(x->a, D, t.v[from].at, t.v[from].len),
			    &t.v[value], &t.v[i]);
		from = i + 1;
	}
	return out;
}

static void
alter_option(struct altering *x, const char *verb, const struct clause *c,
    const char *value)
{
	buf_fmt(&x->b, "%s%s ",
	    x->b.len && x->b.s[x->b.len - 1] != '(' ? ", " : "", verb);
	sql_ident(&x->b, D, c->word);
	buf_fmt(&x->b, "%s%s", *value ? " " : "", value);
}

bool
altering_server(struct altering *x)
{
	const struct clause *was = clauses_find(&x->was, "options"),
			    *is = clauses_find(&x->is, "options");
	const struct clause *version = clauses_find(&x->is, "version");
	bool versions = altering_differs(x, "version");

	if (altering_differs(x, "") || altering_differs(x, "type") ||
	    altering_differs(x, "foreign data wrapper") ||
	    (versions && !version))
		return false;
	altering_begin(x);
	if (versions)
		buf_fmt(&x->b, " VERSION %s", version->value);
	if (altering_differs(x, "options")) {
		x->was = read_parameters(x, was ? was->value : "()");
		x->is = read_parameters(x, is ? is->value : "()");
		buf_puts(&x->b, " OPTIONS (");
		for (size_t i = 0; i < x->was.n; i++)
			if (!clauses_find(&x->is, x->was.v[i].word))
				alter_option(x, "DROP", &x->was.v[i], "");
		for (size_t i = 0; i < x->is.n; i++) {
			const struct clause *c = &x->is.v[i];

			if (!clauses_find(&x->was, c->word))
				alter_option(x, "ADD", c, c->value);
			else if (altering_differs(x, c->word))
				alter_option(x, "SET", c, c->value);
		}
		buf_putc(&x->b, ')');
	}
	altering_end(x);
	return true;
}

/* What it is made of is one of its parameters, and stays; one that is no longer
 * said is taken back by its name alone. */
bool
altering_dictionary(struct altering *x)
{
	x->was = read_parameters(x, clauses_find(&x->was, "")->value);
	x->is = read_parameters(x, clauses_find(&x->is, "")->value);
	if (altering_differs(x, "template"))
		return false;
	altering_begin(x);
	buf_puts(&x->b, " (");
	for (size_t i = 0; i < x->was.n; i++)
		if (!clauses_find(&x->is, x->was.v[i].word))
			alter_option(x, "", &x->was.v[i], "");
	for (size_t i = 0; i < x->is.n; i++)
		if (altering_differs(x, x->is.v[i].word))
			alter_option(x, "", &x->is.v[i],
			    arena_fmt(x->a, "= %s", x->is.v[i].value));
	buf_putc(&x->b, ')');
	altering_end(x);
	return true;
}
