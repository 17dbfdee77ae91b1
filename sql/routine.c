/* routine - the arguments of a function, and what else it says */
#include "sql/routine.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/vec.h"
#include "sql/key.h"
#include "sql/quote.h"
#include "sql/reading.h"

/* A run of tokens. */
struct run {
	const struct token *t;
	size_t n;
};
VEC(runs, struct run);

/* -- text ----------------------------------------------------------------- */

/* Adds what a string says; E'' with backslashes stays as it is. */
static void
add_string(struct buf *b, enum dialect d, const struct token *t)
{
	struct buf value = { 0 };
	const char *s = t->at;
	size_t skip = *s == '$' ? strcspn(s + 1, "$") + 2 : 1;

	if (*s == '\'') {
		buf_add(b, s, t->len);
	} else if (*s == '$' && 2 * skip <= t->len) {
		buf_add(&value, s + skip, t->len - 2 * skip);
		sql_literal(b, d, buf_str(&value));
	} else {
		buf_add(b, s, t->len);
	}
	buf_release(&value);
}

static void
add_token(struct arena *a, struct buf *b, enum dialect d, const struct token *t)
{
	if (t->kind == TOKEN_STRING)
		add_string(b, d, t);
	else
		buf_puts(b, sql_key(a, d, arena_strndup(a, t->at, t->len)));
}

/* What is in sight of every session of deesse, and need not be said. */
static bool
is_home(const struct token *t, size_t n)
{
	return n > 2 && (token_is(t, "public") || token_is(t, "pg_catalog")) &&
	       token_is(&t[1], ".") && token_names(&t[2]);
}

const char *
routine_text(struct arena *a, enum dialect d, const struct token *t, size_t n)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < n; i++) {
		bool point = i && token_is(&t[i - 1], ".");

		if (b.len && !point && !token_is(&t[i], "."))
			buf_putc(&b, ' ');
		if (!point && is_home(&t[i], n - i))
			i += 2;
		add_token(a, &b, d, &t[i]);
	}
	return buf_take(&b, a);
}

const char *
routine_key(struct arena *a, enum dialect d, const char *text)
{
	struct reading r;

	reading_init(&r, a, d, text, strlen(text));
	return routine_text(a, d, r.tokens.v, r.tokens.n);
}

/* -- types ---------------------------------------------------------------- */

static const char *const aliases[][2] = {
	{ "int", "integer" },
	{ "int4", "integer" },
	{ "int2", "smallint" },
	{ "int8", "bigint" },
	{ "float4", "real" },
	{ "float8", "double precision" },
	{ "float", "double precision" },
	{ "dec", "numeric" },
	{ "decimal", "numeric" },
	{ "bool", "boolean" },
	{ "char", "character" },
	{ "bpchar", "character" },
	{ "nchar", "character" },
	{ "national char", "character" },
	{ "national character", "character" },
	{ "varchar", "character varying" },
	{ "char varying", "character varying" },
	{ "nchar varying", "character varying" },
	{ "national char varying", "character varying" },
	{ "national character varying", "character varying" },
	{ "varbit", "bit varying" },
	{ "timestamp", "timestamp without time zone" },
	{ "timestamptz", "timestamp with time zone" },
	{ "time", "time without time zone" },
	{ "timetz", "time with time zone" },
};

/* float(24) is the short one. */
static bool
is_short_float(const char *base, const struct token *t, size_t n)
{
	return !strcmp(base, "float") && n > 2 && token_is(t, "(") &&
	       atoi(t[1].at) <= 24;
}

const char *
routine_type(struct arena *a, enum dialect d, const struct token *t, size_t n)
{
	struct buf b = { 0 };
	const char *base, *set = "", *array = "";
	bool is_real = false;

	if (n && token_is(t, "setof")) {
		set = "setof ";
		t++;
		n--;
	}
	for (size_t i = 0; i < n; i++) {
		if (token_is(&t[i], "[") || token_is(&t[i], "array")) {
			array = "[]";
			break;
		}
		if (token_is(&t[i], "(")) {
			is_real = is_short_float(buf_str(&b), &t[i], n - i);
			while (i < n && !token_is(&t[i], ")"))
				i++;
			continue;
		}
		if (b.len && !token_is(&t[i], ".") && !token_is(&t[i - 1], "."))
			buf_putc(&b, ' ');
		if (is_home(&t[i], n - i))
			i += 2;
		add_token(a, &b, d, &t[i]);
	}
	base = is_real ? "real" : buf_take(&b, a);
	buf_release(&b);
	/* the fields of an interval are its length, so to speak */
	if (text_starts(base, "interval "))
		base = "interval";
	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++)
		if (!strcmp(base, aliases[i][0]))
			base = aliases[i][1];
	return arena_fmt(a, "%s%s%s", set, base, array);
}

/* -- arguments ------------------------------------------------------------ */

struct argument {
	const char *mode; /* "", "out", "inout", "variadic" */
	const char *name; /* its key, or NULL */
	const char *type;
	const char *value; /* the key of its default, or NULL */
};
VEC(arguments, struct argument);

static size_t
find(const struct run *r, size_t from, const char *word)
{
	int depth = 0;

	for (; from < r->n; from++) {
		if (!depth && token_is(&r->t[from], word))
			return from;
		depth +=
		    token_is(&r->t[from], "(") - token_is(&r->t[from], ")");
		depth +=
		    token_is(&r->t[from], "[") - token_is(&r->t[from], "]");
	}
	return from;
}

static struct run
part(const struct run *r, size_t from, size_t to)
{
	if (to > r->n)
		to = r->n;
	return (struct run){ r->t + from, to > from ? to - from : 0 };
}

/* Splits at commas; nothing has no parts. */
static struct runs
split(struct arena *a, const struct run *r)
{
	struct runs all = { 0 };
	size_t from = 0, to;

	while (from < r->n) {
		to = find(r, from, ",");
		vec_push(a, &all, part(r, from, to));
		from = to + 1;
	}
	return all;
}

/* Do the two words begin the name of a type, so that the first is no name of an
 * argument? */
static bool
begins_type(const struct token *t)
{
	static const char *const pairs[][2] = {
		{ "double", "precision" },
		{ "character", "varying" },
		{ "char", "varying" },
		{ "nchar", "varying" },
		{ "bit", "varying" },
		{ "national", "character" },
		{ "national", "char" },
		{ "timestamp", "with" },
		{ "timestamp", "without" },
		{ "time", "with" },
		{ "time", "without" },
		{ "interval", "year" },
		{ "interval", "month" },
		{ "interval", "day" },
		{ "interval", "hour" },
		{ "interval", "minute" },
		{ "interval", "second" },
	};

	if (token_is(t, "setof") || token_is(&t[1], "array"))
		return true;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (token_is(t, pairs[i][0]) && token_is(&t[1], pairs[i][1]))
			return true;
	return false;
}

static const char *
read_mode(struct run *r)
{
	static const char *const modes[] = { "inout", "out", "variadic", "in" };

	if (r->n > 2 && token_is(r->t, "in") && token_is(&r->t[1], "out")) {
		*r = part(r, 2, r->n);
		return "inout";
	}
	for (size_t i = 0; i < 4; i++)
		if (r->n > 1 && token_is(r->t, modes[i])) {
			*r = part(r, 1, r->n);
			return i == 3 ? "" : modes[i];
		}
	return "";
}

static struct argument
read_argument(struct arena *a, enum dialect d, struct run r)
{
	struct argument one = { .mode = read_mode(&r) };
	size_t end = r.n, at;
	static const char *const marks[] = { "=", ":=", "default" };

	for (size_t i = 0; i < 3; i++) {
		at = find(&r, 0, marks[i]);
		end = at < end ? at : end;
	}
	if (end < r.n)
		one.value = routine_text(a, d, r.t + end + 1, r.n - end - 1);
	r = part(&r, 0, end);
	if (r.n > 1 && token_names(r.t) && token_names(&r.t[1]) &&
	    !begins_type(r.t)) {
		one.name = routine_text(a, d, r.t, 1);
		r = part(&r, 1, r.n);
		if (!*one.mode)
			one.mode = read_mode(&r);
	}
	one.type = routine_type(a, d, r.t, r.n);
	return one;
}

static struct arguments
read_arguments(struct arena *a, enum dialect d, const struct run *r)
{
	struct runs parts = split(a, r);
	struct arguments all = { 0 };

	for (size_t i = 0; i < parts.n; i++)
		vec_push(a, &all, read_argument(a, d, parts.v[i]));
	return all;
}

static bool
comes_out(const struct argument *x)
{
	return !strcmp(x->mode, "out");
}

static void
add_argument(struct buf *b, const struct argument *x, bool values)
{
	buf_puts(b, x->mode);
	if (*x->mode)
		buf_putc(b, ' ');
	if (x->name)
		buf_fmt(b, "%s ", x->name);
	buf_puts(b, x->type);
	if (x->value)
		buf_puts(b, " default");
	if (x->value && values)
		buf_fmt(b, " %s", x->value);
}

/* Takes any number of arguments of any types. */
static bool
is_open(const struct argument *x)
{
	return !strcmp(x->mode, "variadic") && !strcmp(x->type, "\"any\"");
}

static const char *
types_of(struct arena *a, const struct arguments *all, bool open)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < all->n; i++)
		if (!comes_out(&all->v[i]))
			buf_fmt(&b, "%s%s%s", b.len ? ", " : "",
			    open && is_open(&all->v[i]) ? "variadic " : "",
			    all->v[i].type);
	return buf_take(&b, a);
}

static const char *
list_of(struct arena *a, const struct arguments *all, bool values)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < all->n; i++) {
		buf_puts(&b, i ? ", " : "");
		add_argument(&b, &all->v[i], values);
	}
	return buf_take(&b, a);
}

/* -- what follows the arguments ------------------------------------------- */

/* Words that begin a clause of their own. */
static bool
begins_clause(const struct run *r, size_t i)
{
	static const char *const words[] = { "language", "as", "immutable",
		"stable", "volatile", "strict", "called", "security",
		"leakproof", "not", "cost", "rows", "parallel", "set", "window",
		"transform", "support", "external", "begin", "return",
		"returns" };

	if (token_is(&r->t[i], "security") && i &&
	    token_is(&r->t[i - 1], "external"))
		return false;
	if (token_is(&r->t[i], "leakproof") && i &&
	    token_is(&r->t[i - 1], "not"))
		return false;
	for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
		if (token_is(&r->t[i], words[k]))
			return true;
	return false;
}

/* Returns where the clause ends that begins at `from`. */
static size_t
clause_end(const struct run *r, size_t from)
{
	int depth = token_is(&r->t[from], "(");
	size_t i = from + 1;

	/* the body is the rest, and `returns null on null input` one clause;
	 * what SET gives may be any word */
	if (token_is(&r->t[from], "begin") || token_is(&r->t[from], "return"))
		return r->n;
	i += token_is(&r->t[from], "set") ? 2 : 0;
	for (; i < r->n; i++) {
		if (!depth && begins_clause(r, i))
			break;
		depth += token_is(&r->t[i], "(") - token_is(&r->t[i], ")");
	}
	return i < r->n ? i : r->n;
}

/* How to say a clause, where there are several ways; NULL: as if not said. */
static const struct {
	const char *said, *instead;
} clauses[] = {
	{ "volatile", NULL },
	{ "called on null input", NULL },
	{ "returns null on null input", "strict" },
	{ "security invoker", NULL },
	{ "external security invoker", NULL },
	{ "external security definer", "security definer" },
	{ "not leakproof", NULL },
	{ "parallel unsafe", NULL },
	{ "cost 100", NULL },
	{ "rows 1000", NULL },
};

/* SET a = b, SET a TO 'b', LANGUAGE 'b': what is a name may be a string. */
static const char *
unquoted(struct arena *a, enum dialect d, const struct run *r)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < r->n; i++) {
		const struct token *t = &r->t[i];

		if (i)
			buf_putc(&b, ' ');
		if (token_is(t, "="))
			buf_puts(&b, "to");
		else if (t->kind == TOKEN_STRING && t->at[0] == '\'')
			buf_add(&b, t->at + 1, t->len - 2);
		else if (t->kind == TOKEN_NAME)
			buf_puts(&b, sql_unquote(a, d, t->at, t->len));
		else
			add_token(a, &b, d, t);
	}
	return buf_take(&b, a);
}

static const char *
clause_key(struct arena *a, enum dialect d, const struct run *r)
{
	const char *key;

	if (token_is(r->t, "set") || token_is(r->t, "language"))
		return unquoted(a, d, r);
	key = routine_text(a, d, r->t, r->n);
	for (size_t i = 0; i < sizeof(clauses) / sizeof(*clauses); i++)
		if (!strcmp(key, clauses[i].said))
			return clauses[i].instead;
	return key;
}

/* Reads "returns …" as a type, or a table; "" where what comes out is said by
 * the arguments anyway. */
static const char *
read_result(struct arena *a, enum dialect d, const struct run *r,
    const struct arguments *in)
{
	struct run rest = part(r, 1, r->n);
	struct arguments columns;
	bool out = false;
	const char *type;

	for (size_t i = 0; i < in->n; i++)
		out |= comes_out(&in->v[i]) || !strcmp(in->v[i].mode, "inout");
	if (rest.n > 2 && token_is(rest.t, "table")) {
		rest = part(&rest, 2, rest.n - 1);
		columns = read_arguments(a, d, &rest);
		return arena_fmt(
		    a, " returns table(%s)", list_of(a, &columns, true));
	}
	type = routine_type(a, d, rest.t, rest.n);
	return out && !text_starts(type, "setof ")
		   ? ""
		   : arena_fmt(a, " returns %s", type);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Reads the clauses; what comes out is *result. */
static const char *
read_clauses(struct arena *a, enum dialect d, const struct run *r,
    const struct arguments *in, const char **result)
{
	struct names keys = { 0 };
	struct buf b = { 0 };
	size_t from = 0, end;

	while (from < r->n) {
		struct run one;
		const char *key;

		end = clause_end(r, from);
		one = part(r, from, end);
		from = end;
		if (token_is(one.t, "returns") &&
		    !(one.n > 1 && token_is(&one.t[1], "null"))) {
			*result = read_result(a, d, &one, in);
			continue;
		}
		key = clause_key(a, d, &one);
		if (key)
			vec_push(a, &keys, key);
	}
	if (keys.n)
		qsort(keys.v, keys.n, sizeof(*keys.v), by_text);
	for (size_t i = 0; i < keys.n; i++)
		buf_fmt(&b, " %s", keys.v[i]);
	return buf_take(&b, a);
}

bool
routine_read(struct arena *a, enum dialect d, const struct token *t, size_t n,
    struct routine *out, const char **why)
{
	struct run all = { t, n }, list, rest, direct, ordered;
	size_t close, order;
	struct arguments in, by = { 0 };
	const char *result = "", *clauses_key, *with, *of;

	if (!n || !token_is(t, "(")) {
		*why = "the arguments are missing: ()";
		return false;
	}
	list = part(&all, 1, n);
	close = find(&list, 0, ")");
	/* find() sees the closing one at depth 0 */
	rest = part(&list, close + 1, list.n);
	list = part(&list, 0, close);
	order = find(&list, 0, "order");
	direct = part(&list, 0, order);
	ordered = order + 2 < list.n ? part(&list, order + 2, list.n)
				     : (struct run){ 0 };
	in = read_arguments(a, d, &direct);
	if (ordered.n)
		by = read_arguments(a, d, &ordered);
	clauses_key = read_clauses(a, d, &rest, &in, &result);
	with =
	    ordered.n ? arena_fmt(a, "%sorder by ", direct.n ? " " : "") : "";
	/* both lists of an ordered-set aggregate may end so; it is one then */
	out->signature = arena_fmt(a, "%s%s%s", types_of(a, &in, ordered.n > 0),
	    with, types_of(a, &by, true));
	of = arena_fmt(
	    a, "%s%s%s", list_of(a, &in, false), with, list_of(a, &by, false));
	out->header = arena_fmt(a, "(%s)%s", of, result);
	of = arena_fmt(
	    a, "%s%s%s", list_of(a, &in, true), with, list_of(a, &by, true));
	out->key = arena_fmt(a, "(%s)%s%s", of, result, clauses_key);
	return true;
}
