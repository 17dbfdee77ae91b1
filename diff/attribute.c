/* attribute - what a composite type is made of
 *
 * Its values wait as text while it goes and comes again, and that text has no
 * names: where the attributes are others then, or stand in another order, it is
 * written as the new type reads it.
 */
#include "diff/pass.h"

#include <string.h>

#include "sql/key.h"
#include "sql/lex.h"
#include "sql/quote.h"

bool
type_is_composite(const struct object *o)
{
	return o->kind == OBJECT_TYPE && strstr(o->sql.key, " as (");
}

bool
type_is_range(const struct object *o)
{
	return o->kind == OBJECT_TYPE && strstr(o->sql.key, " as range (");
}

struct attributes {
	struct names names, types;
};

/* Reads AS (name type, …). */
static struct attributes
read_attributes(const struct pass *p, struct arena *a, const struct object *o)
{
	struct attributes all = { { 0 }, { 0 } };
	const char *from = NULL;
	int depth = 0;
	struct lexer l;
	struct token t;

	lex_init(&l, p->dialect, o->sql.text, strlen(o->sql.text));
	while (lex_next(&l, &t)) {
		bool ends =
		    depth == 1 && (token_is(&t, ",") || token_is(&t, ")"));

		if (ends && from)
			vec_push(a, &all.types,
			    sql_key(a, p->dialect,
				arena_strndup(a, from, (size_t)(t.at - from))));
		if (ends)
			from = NULL;
		else if (depth == 1 && !from) {
			vec_push(a, &all.names,
			    sql_unquote(a, p->dialect, t.at, t.len));
			from = t.at + t.len;
		}
		depth += token_is(&t, "(") - token_is(&t, ")");
	}
	lex_release(&l);
	return all;
}

/* Is an attribute that stays of another type, or in another place? */
bool
attributes_differ(
    const struct pass *p, const struct object *now, const struct object *new)
{
	struct arena mem = { 0 };
	struct attributes was = read_attributes(p, &mem, now),
			  is = read_attributes(p, &mem, new);
	bool differ = false;
	size_t at = 0;

	for (size_t i = 0; !differ && i < was.types.n; i++) {
		size_t k = 0;

		while (k < is.types.n &&
		       strcmp(was.names.v[i], is.names.v[k]) != 0)
			k++;
		if (k == is.types.n)
			continue;
		differ = k < at || strcmp(was.types.v[i], is.types.v[k]) != 0;
		at = k;
	}
	arena_release(&mem);
	return differ;
}

/* Returns the type that moves and is spelt so, by its key. */
static const struct object *
moving_type(struct pass *p, const char *type)
{
	for (size_t i = 0; i < p->moving.n; i++) {
		const struct object *o = p->moving.v[i];
		struct buf name = { 0 };
		const char *key;

		sql_qualified(&name, p->dialect, o->schema, o->name);
		key = sql_key(p->a, p->dialect, buf_str(&name));
		buf_release(&name);
		if (!strcmp(key, type))
			return o;
	}
	return NULL;
}

static bool
names_equal(const struct names *a, const struct names *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = !strcmp(a->v[i], b->v[i]);
	return same;
}

static void say_as_text(struct pass *p, struct buf *b, const char *value,
    const char *type, bool *other);

/* As the new one has its attributes; a row of NULLs is no NULL. */
static void
say_row(struct pass *p, struct buf *b, const char *value,
    const struct object *now, const struct object *new, bool *other)
{
	struct attributes was = read_attributes(p, p->a, now),
			  is = read_attributes(p, p->a, new);

	*other |= !names_equal(&was.names, &is.names);
	buf_fmt(b, "CASE WHEN %s::text IS NOT NULL THEN ROW(", value);
	for (size_t i = 0; i < is.names.n; i++) {
		struct buf part = { 0 };
		size_t k = 0;

		buf_puts(b, i ? ", " : "");
		while (k < was.names.n && strcmp(was.names.v[k], is.names.v[i]))
			k++;
		if (k < was.names.n) {
			buf_fmt(&part, "(%s).", value);
			sql_ident(&part, p->dialect, was.names.v[k]);
			say_as_text(
			    p, b, buf_str(&part), was.types.v[k], other);
		} else {
			buf_puts(b, "NULL");
		}
		buf_release(&part);
	}
	buf_puts(b, ")::text END");
}

static void
say_as_text(struct pass *p, struct buf *b, const char *value, const char *type,
    bool *other)
{
	const struct object *now = moving_type(p, type),
			    *new = now ? schema_object_like(p->to, now) : NULL;

	if (!new)
		buf_puts(b, value);
	else if (type_is_composite(now))
		say_row(p, b, value, now, new, other);
	else /* a domain has the attributes of what it is of */
		say_as_text(p, b, value,
		    sql_key(p->a, p->dialect,
			domain_base(p->a, p->dialect, now, false)),
		    other);
}

void
attributes_convert(
    struct pass *p, struct column *between, const struct column *c)
{
	struct buf name = { 0 }, b = { 0 };
	bool other = false;

	sql_ident(&name, p->dialect, c->name);
	say_as_text(
	    p, &b, buf_str(&name), sql_key(p->a, p->dialect, c->type), &other);
	if (other)
		column_say(p->a, between)->conversion.text = buf_take(&b, p->a);
	buf_release(&name);
	buf_release(&b);
}
