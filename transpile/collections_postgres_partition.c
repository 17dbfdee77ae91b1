/* collections_postgres_partition - PARTITION_BY and PARTITION
 *
 * The inverse of dsl/lower_partition.c. The key of a partitioned table is kept
 * as the server spells it, and read here into its parts.
 */
#include "transpile/collections_words.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "sql/key.h"
#include "sql/lex.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

struct key_reader {
	struct arena *a;
	const char *text;
	struct lexer l;
	struct token t; /* the next one */
};

static bool
next(struct key_reader *r)
{
	return lex_next(&r->l, &r->t);
}

/* Passes over what is in parentheses; returns its end. */
static const char *
skip_parentheses(struct key_reader *r)
{
	const char *end;
	int depth = 0;

	do {
		depth += token_is(&r->t, "(") - token_is(&r->t, ")");
		end = r->t.at + r->t.len;
	} while (next(r) && depth);
	return end;
}

/* Reads a name, which may have a schema; returns it as it is written. */
static const char *
read_name(struct key_reader *r)
{
	const char *from = r->t.at, *end = from;

	while (token_names(&r->t)) {
		end = r->t.at + r->t.len;
		if (!next(r) || !token_is(&r->t, "."))
			break;
		next(r);
	}
	return arena_strndup(r->a, from, (size_t)(end - from));
}

static void
read_part(struct key_reader *r, struct part *p)
{
	const char *from = r->t.at, *end, *name;

	*p = (struct part){ 0 };
	if (token_is(&r->t, "(")) {
		end = skip_parentheses(r);
		p->expr.text =
		    arena_strndup(r->a, from + 1, (size_t)(end - from) - 2);
	} else {
		name = read_name(r);
		end = token_is(&r->t, "(") ? skip_parentheses(r) : NULL;
		if (end)
			p->expr.text =
			    arena_strndup(r->a, from, (size_t)(end - from));
		else
			p->column = sql_unquote(r->a, D, name, strlen(name));
	}
	if (token_is(&r->t, "collate")) {
		next(r);
		p->collation = read_name(r);
		if (!strchr(p->collation, '.'))
			p->collation = sql_unquote(
			    r->a, D, p->collation, strlen(p->collation));
	}
	if (token_names(&r->t))
		p->opclass = read_name(r);
}

/* Reads "RANGE (at, lower(name))". */
static const char *
read_key(struct arena *a, const char *text, struct parts *parts)
{
	struct key_reader r = { .a = a, .text = text };
	const char *method;

	lex_init(&r.l, D, text, strlen(text));
	next(&r);
	method = arena_strndup(a, r.t.at, r.t.len);
	for (next(&r); next(&r) && r.t.kind != TOKEN_END;) {
		struct part p;

		read_part(&r, &p);
		vec_push(a, parts, p);
		if (!token_is(&r.t, ","))
			break;
	}
	lex_release(&r.l);
	return method;
}

/* ---------------------------------- bounds -------------------------------- */

/* Reads strings in parentheses: ('a', 'b'); false where it is something else.
 * Returns what follows. */
static const char *
read_strings(struct arena *a, const char *s, struct names *out)
{
	struct lexer l;
	struct token t;
	bool ok, last = false;

	lex_init(&l, D, s, strlen(s));
	ok = lex_next(&l, &t) && token_is(&t, "(");
	while (ok && !last && lex_next(&l, &t)) {
		ok = t.kind == TOKEN_STRING && *t.at == '\'';
		if (!ok)
			break;
		vec_push(a, out, sql_unquote(a, D, t.at, t.len));
		ok = lex_next(&l, &t) &&
		     (token_is(&t, ",") || token_is(&t, ")"));
		last = ok && token_is(&t, ")");
	}
	lex_release(&l);
	return ok && last ? t.at + 1 : NULL;
}

static bool
say_range(struct arena *a, struct item *i, const char *bound)
{
	static const char from_word[] = "FROM ", to_word[] = " TO ";
	struct names from = { 0 }, to = { 0 };
	const char *s =
	    text_starts(bound, from_word) ? bound + strlen(from_word) : NULL;

	if (s && text_starts(s, "(MINVALUE)"))
		s += strlen("(MINVALUE)");
	else if (s)
		s = read_strings(a, s, &from);
	s = s && text_starts(s, to_word) ? s + strlen(to_word) : NULL;
	if (s && text_starts(s, "(MAXVALUE)"))
		s += strlen("(MAXVALUE)");
	else if (s)
		s = read_strings(a, s, &to);
	if (!s || *s || from.n > 1 || to.n > 1 || from.n + to.n == 0)
		return false;
	if (from.n)
		item_text(a, i, "from", from.v[0]);
	if (to.n)
		item_text(a, i, "to", to.v[0]);
	return true;
}

static bool
say_list(struct arena *a, struct item *i, const char *bound)
{
	struct names values = { 0 }, words = { 0 };
	const char *s = text_starts(bound, "IN ")
			    ? read_strings(a, bound + strlen("IN "), &values)
			    : NULL;

	if (!s || *s)
		return false;
	for (size_t k = 0; k < values.n; k++)
		vec_push(a, &words, c_literal(a, values.v[k]));
	item_arg(a, i, "%s", c_list(a, ".values = VALUES(", &words, ")"));
	return true;
}

static bool
say_hash(struct arena *a, struct item *i, const char *bound)
{
	int modulus, remainder, end = 0;

	if (sscanf(bound, "WITH (modulus %9d, remainder %9d)%n", &modulus,
		&remainder, &end) != 2 &&
	    sscanf(bound, "WITH (MODULUS %9d, REMAINDER %9d)%n", &modulus,
		&remainder, &end) != 2)
		return false;
	if (!end || bound[end] || modulus < 1)
		return false;
	item_arg(a, i, ".modulus = %d", modulus);
	if (remainder)
		item_arg(a, i, ".remainder = %d", remainder);
	return true;
}

static bool
say_rest(struct arena *a, struct item *i, const char *bound)
{
	if (!text_same_nocase(bound, "DEFAULT"))
		return false;
	item_flag(a, i, "rest", true);
	return true;
}

static void
say_partition(struct telling *t, const struct partition *p, struct map *taken,
    struct map *local)
{
	static bool (*const ways[])(struct arena *, struct item *,
	    const char *) = { say_range, say_list, say_hash, say_rest };
	struct arena *a = t->teller->a;
	struct item i = { .macro = "PARTITION" };
	const char *physical;
	bool said = false;

	item_arg(a, &i, "%s", name_local(t, taken, p->name, "part", &physical));
	item_text(a, &i, "name", physical);
	map_put(a, local, p->name, (void *)i.args.v[0]);
	if (p->of)
		item_text(a, &i, "of", map_get(local, p->of));
	for (size_t k = 0; !said && k < sizeof(ways) / sizeof(*ways); k++)
		said = ways[k](a, &i, p->bound.text);
	if (!said)
		item_text(a, &i, "bound", p->bound.text);
	item_text(a, &i, "partition_by", p->partition_by.text);
	item_text(a, &i, "schema", p->schema);
	vec_push(a, &t->groups[GROUP_PARTITIONS], i);
}

/* What has parts stands before them. */
static void
say_parts_of(
    struct telling *t, const char *whole, struct map *taken, struct map *local)
{
	const struct partitions *all = &t->table->partitions;

	for (size_t i = 0; i < all->n; i++) {
		const struct partition *p = &all->v[i];

		if (whole ? !p->of || strcmp(p->of, whole) != 0 : p->of != NULL)
			continue;
		say_partition(t, p, taken, local);
		if (p->partition_by.text)
			say_parts_of(t, p->name, taken, local);
	}
}

void
postgres_say_partitions(struct telling *t)
{
	struct arena *a = t->teller->a;
	struct item i = { .macro = "PARTITION_BY" };
	struct map taken = { 0 }, local = { 0 };
	struct parts parts = { 0 };

	if (!t->table->partition_by.text)
		return;
	item_arg(a, &i, "%s", read_key(a, t->table->partition_by.text, &parts));
	telling_add_parts(t, &i, &parts);
	vec_push(a, &t->groups[GROUP_PARTITIONS], i);
	say_parts_of(t, NULL, &taken, &local);
}
