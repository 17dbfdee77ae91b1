/* collections_postgres_field - which fields PostgreSQL's columns were
 *
 * The inverse of dsl/postgres.c. A type with a modifier that no item has is a
 * COLUMN, as the server spells it.
 */
#include "transpile/collections_words.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "sql/quote.h"

struct saying {
	struct telling *t;
	const struct column *c;
	struct item *i;
	const char *type; /* of one element */
	bool array;
	const char *value; /* its default as it was said, or NULL */
};

static void
say_sql(struct saying *s)
{
	const struct expr *e = &s->c->default_value;
	const char *word = s->array ? NULL : postgres_portable(e);

	if (e->text)
		s->i->initially =
		    arena_fmt(s->t->teller->a, ".default_sql = %s",
			word ? word : c_literal(s->t->teller->a, e->text));
}

static void
say_value(struct saying *s, const char *value)
{
	s->value = s->array ? NULL : value;
	if (s->value)
		s->i->initially = arena_fmt(s->t->teller->a,
		    ".default_value = %s", c_literal(s->t->teller->a, value));
	else
		say_sql(s);
}

/* ---------------------------------- types --------------------------------- */

static bool
plain(struct saying *s)
{
	say_sql(s);
	return true;
}

static bool
text(struct saying *s)
{
	say_value(s, postgres_literal(s->t->teller->a, s->c));
	return true;
}

/* "character varying(100)"; nothing else may follow. */
static bool
read_modifier(const char *type, const char *name, int *n)
{
	int end = 0;

	if (!text_starts(type, name))
		return false;
	return sscanf(type + strlen(name), "(%8d)%n", n, &end) == 1 && end &&
	       !type[strlen(name) + (size_t)end];
}

static bool
varchar(struct saying *s)
{
	int n;

	if (!read_modifier(s->type, "character varying", &n))
		return false;
	item_arg(s->t->teller->a, s->i, ".max = %d", n);
	text(s);
	if (s->value && strlen(s->value) > (size_t)n)
		say_sql(s);
	return true;
}

static bool
is_whole(const char *s)
{
	s += *s == '-';
	return *s && !s[strspn(s, "0123456789")] && strlen(s) <= 18;
}

static bool
integer(struct saying *s)
{
	static const struct {
		const char *type;
		int bits;
	} widths[] = { { "bigint", 64 }, { "integer", 32 },
		{ "smallint", 16 } };
	static const char *const identities[] = {
		[IDENTITY_ALWAYS] = "always",
		[IDENTITY_BY_DEFAULT] = "by default",
		[IDENTITY_AUTOINCREMENT] = "by default",
	};
	const char *value = s->c->default_value.text;

	for (size_t i = 0; i < sizeof(widths) / sizeof(*widths); i++)
		if (!strcmp(widths[i].type, s->type) && widths[i].bits != 64)
			item_arg(s->t->teller->a, s->i, ".bits = %d",
			    widths[i].bits);
	if (s->c->identity)
		item_text(s->t->teller->a, s->i, "identity",
		    column_more(s->c)->identity_options
			? arena_fmt(s->t->teller->a, "%s (%s)",
			      identities[s->c->identity],
			      column_more(s->c)->identity_options)
			: identities[s->c->identity]);
	say_value(s, value && is_whole(value) ? value : NULL);
	return true;
}

/* A number as the server writes one. */
static bool
is_number(const char *s)
{
	s += *s == '-';
	s += strspn(s, "0123456789");
	return !*s ||
	       (*s == '.' && s[1] && !s[1 + strspn(s + 1, "0123456789")]);
}

static bool
real(struct saying *s)
{
	const char *value = s->c->default_value.text;

	say_value(s, value && is_number(value) ? value : NULL);
	return true;
}

/* Has the number no more digits than the type takes? */
static bool
fits(const char *value, int precision, int scale)
{
	const char *point;

	value += *value == '-';
	point = value + strcspn(value, ".");
	return !precision || ((int)(point - value) <= precision - scale &&
				 (!*point || (int)strlen(point + 1) <= scale));
}

static bool
decimal(struct saying *s)
{
	struct arena *a = s->t->teller->a;
	const char *value = s->c->default_value.text;
	int precision = 0, scale = 0, end = 0;

	if (strcmp(s->type, "numeric") != 0 &&
	    (sscanf(s->type, "numeric(%5d,%5d)%n", &precision, &scale, &end) !=
		    2 ||
		!end || s->type[end] || scale < 0 || scale > precision))
		return false;
	if (precision)
		item_arg(a, s->i, ".precision = %d", precision);
	if (scale)
		item_arg(a, s->i, ".scale = %d", scale);
	if (value && (!is_number(value) || !fits(value, precision, scale)))
		value = NULL;
	say_value(s, value);
	return true;
}

static bool
boolean(struct saying *s)
{
	const char *value = s->c->default_value.text;

	say_value(
	    s, value && (!strcmp(value, "true") || !strcmp(value, "false"))
		   ? value
		   : NULL);
	return true;
}

static bool
local(struct saying *s)
{
	item_flag(s->t->teller->a, s->i, "local", true);
	return plain(s);
}

static bool
json(struct saying *s)
{
	item_flag(s->t->teller->a, s->i, "plain", true);
	return plain(s);
}

static bool
vector(struct saying *s)
{
	int n;

	if (!read_modifier(s->type, "vector", &n))
		return false;
	item_arg(s->t->teller->a, s->i, ".dimensions = %d", n);
	return plain(s);
}

static const struct {
	const char *type, *macro;
	bool goes_on; /* with a modifier */
	bool (*say)(struct saying *s);
} types[] = {
	{ "text", "TEXT", false, text },
	{ "character varying", "TEXT", true, varchar },
	{ "bigint", "INTEGER", false, integer },
	{ "integer", "INTEGER", false, integer },
	{ "smallint", "INTEGER", false, integer },
	{ "double precision", "REAL", false, real },
	{ "numeric", "DECIMAL", true, decimal },
	{ "boolean", "BOOLEAN", false, boolean },
	{ "timestamp with time zone", "TIMESTAMP", false, plain },
	{ "timestamp without time zone", "TIMESTAMP", false, local },
	{ "date", "DATE", false, plain },
	{ "time without time zone", "TIME", false, plain },
	{ "interval", "INTERVAL", false, plain },
	{ "uuid", "UUID", false, plain },
	{ "jsonb", "JSON", false, plain },
	{ "json", "JSON", false, json },
	{ "bytea", "BLOB", false, plain },
	{ "vector", "VECTOR", true, vector },
};

static bool
known(struct saying *s)
{
	for (size_t k = 0; k < sizeof(types) / sizeof(*types); k++) {
		if (types[k].goes_on ? !text_starts(s->type, types[k].type)
				     : strcmp(s->type, types[k].type) != 0)
			continue;
		s->i->macro = types[k].macro;
		if (!types[k].say(s))
			continue;
		item_flag(s->t->teller->a, s->i, "array", s->array);
		return true;
	}
	return false;
}

/* .min goes before .max. */
static void
say_check_first(struct saying *s, const struct field *f, size_t at)
{
	struct item own = { 0 };
	struct arena *a = s->t->teller->a;

	if (!postgres_say_check(s->t, f, &own, s->value))
		say_sql(s);
	for (size_t i = at; i < s->i->args.n; i++)
		vec_push(a, &own.args, s->i->args.v[i]);
	s->i->args.n = at;
	for (size_t i = 0; i < own.args.n; i++)
		vec_push(a, &s->i->args, own.args.v[i]);
}

static bool
enumeration(struct saying *s)
{
	struct arena *a = s->t->teller->a;
	const struct enum_telling *e = teller_enum(s->t->teller, s->c->type);

	if (!e || (!e->own && !e->slug))
		return false;
	s->i->macro = "ENUM";
	if (e->own)
		item_arg(a, s->i, ".values = %s", enum_values(a, e->type));
	else
		item_text(a, s->i, "type", e->slug);
	item_flag(a, s->i, "array", s->array);
	say_value(s, postgres_literal(a, s->c));
	return true;
}

void
postgres_say_field(struct telling *t, const struct field *f, struct item *i)
{
	struct arena *a = t->teller->a;
	const struct column *c = f->column;
	bool array = text_ends(c->type, "[]");
	struct saying s = { .t = t,
		.c = c,
		.i = i,
		.type = array ? arena_strndup(a, c->type, strlen(c->type) - 2)
			      : c->type,
		.array = array };

	size_t said = i->args.n;

	if (enumeration(&s))
		return;
	if (known(&s)) {
		if (!array)
			say_check_first(&s, f, said);
		return;
	}
	i->macro = "COLUMN";
	item_text(a, i, "type", c->type);
	s.array = true; /* nothing is known of its values */
	say_sql(&s);
}
