/* postgres_type - the many names of a type, and the one that is shown
 *
 * The catalog is compared with what stands in a schema, and it has one spelling
 * for each type.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dsl/postgres.h"
#include "sql/key.h"
#include "sql/quote.h"

#define D DIALECT_POSTGRES

/* A modifier stands after the name, before " with time zone". */
struct type {
	const char *alias, *name, *after;
	bool catalog; /* pg_type has it by this name: pg_catalog.int4, _int4 */
};

static const struct type types[] = {
	{ "int", "integer", "", false },
	{ "int4", "integer", "", true },
	{ "int2", "smallint", "", true },
	{ "int8", "bigint", "", true },
	{ "float4", "real", "", true },
	{ "float8", "double precision", "", true },
	{ "float", "double precision", "", false },
	{ "decimal", "numeric", "", false },
	{ "dec", "numeric", "", false },
	{ "numeric", "numeric", "", true },
	{ "bool", "boolean", "", true },
	{ "char", "character", "", false },
	{ "nchar", "character", "", false },
	{ "national char", "character", "", false },
	{ "national character", "character", "", false },
	{ "varchar", "character varying", "", true },
	{ "char varying", "character varying", "", false },
	{ "nchar varying", "character varying", "", false },
	{ "national char varying", "character varying", "", false },
	{ "national character varying", "character varying", "", false },
	{ "varbit", "bit varying", "", true },
	{ "timestamp", "timestamp", " without time zone", true },
	{ "timestamptz", "timestamp", " with time zone", true },
	{ "time", "time", " without time zone", true },
	{ "timetz", "time", " with time zone", true },
};

static const char *
trimmed(struct arena *a, const char *s, size_t n)
{
	while (n && isspace((unsigned char)*s)) {
		s++;
		n--;
	}
	while (n && isspace((unsigned char)s[n - 1]))
		n--;
	return arena_strndup(a, s, n);
}

/* In lower case, one space between words; a quoted name stays as it is. */
static char *
folded(struct arena *a, const char *type)
{
	char *s = arena_strdup(a, trimmed(a, type, strlen(type)));
	char *to = s;
	bool quoted = false;

	for (const char *p = s; *p; p++) {
		quoted = quoted != (*p == '"');
		if (!quoted && isspace((unsigned char)*p) &&
		    (isspace((unsigned char)p[1]) || strchr("(),[].", p[1]) ||
			(to > s && strchr("(,[.", to[-1]))))
			continue;
		*to++ = quoted ? *p : (char)tolower((unsigned char)*p);
	}
	*to = '\0';
	return s;
}

/* Cuts "[]", "[3]", " array" and " array[3]" off the end: all of them are one
 * array to the server. */
static bool
cut_array(char *s)
{
	static const char word[] = " array";
	bool cut = false;

	for (;;) {
		size_t n = strlen(s), k = n;

		if (n && s[n - 1] == ']') {
			for (k--; k && s[k] != '[';)
				k--;
		} else if (n > sizeof(word) &&
			   !strcmp(s + n - sizeof(word) + 1, word)) {
			k = n - sizeof(word) + 1;
		}
		if (!k || k == n)
			return cut;
		s[k] = '\0';
		cut = true;
	}
}

static const struct type *
type_of(const char *name, bool catalog)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (!strcmp(types[i].alias, name) &&
		    (types[i].catalog || !catalog))
			return &types[i];
	return NULL;
}

/* Takes off quotes that a name does not need. */
static const char *
bare_quotes(struct arena *a, const char *s)
{
	struct buf b = { 0 };
	const char *text;

	while (*s) {
		size_t n = strcspn(s, ".");
		const char *name;

		if (*s == '"') {
			for (n = 1; s[n] && (s[n] != '"' || s[n + 1] == '"');)
				n += 1 + (s[n] == '"');
			n += s[n] == '"';
		}
		name = *s == '"' ? sql_unquote(a, D, s, n) : NULL;
		if (name && !sql_keyword(D, name, strlen(name)) &&
		    !type_of(name, false))
			sql_ident(&b, D, name);
		else
			buf_add(&b, s, n);
		s += n;
		if (*s)
			buf_putc(&b, *s++);
	}
	text = arena_strdup(a, buf_str(&b));
	buf_release(&b);
	return text;
}

/* The name and the modifier of a type that is no array. */
static const char *
one_name(struct arena *a, const char *s, bool catalog)
{
	size_t name_n = strcspn(s, "(\"."), modifier_n = 0;
	const char *name = arena_strndup(a, s, name_n);
	const char *modifier = s + name_n;
	const struct type *t = type_of(name, catalog);

	if (*modifier == '"' || *modifier == '.')
		return bare_quotes(a, s);
	if (*modifier && strchr(modifier, ')'))
		modifier_n = (size_t)(strchr(modifier, ')') + 1 - modifier);
	/* "timestamp(3) with time zone" has its end already */
	if (modifier[modifier_n])
		return s;
	if (!modifier_n && !catalog && !strcmp(name, "bit"))
		return "bit(1)";
	if (!strcmp(name, "float") && modifier_n)
		return atoi(modifier + 1) <= 24 ? "real" : "double precision";
	if (t)
		name = t->name;
	if (!modifier_n && !strcmp(name, "character"))
		return "character(1)";
	if (modifier_n && !strcmp(name, "numeric") && !strchr(modifier, ','))
		return arena_fmt(a, "numeric(%d,0)", atoi(modifier + 1));
	return arena_fmt(a, "%s%s%s", name, modifier, t ? t->after : "");
}

const char *
postgres_type_name(struct arena *a, const char *type)
{
	static const char schema[] = "pg_catalog.";
	char *text = folded(a, type);
	bool array = cut_array(text), catalog = false;
	const char *s = text;

	if (!strncmp(s, schema, sizeof(schema) - 1)) {
		s += sizeof(schema) - 1;
		catalog = true;
		if (!strcmp(s, "char"))
			s = "\"char\"";
	}
	if (*s == '_' && type_of(s + 1, true)) {
		s++;
		array = true;
	}
	return arena_fmt(a, "%s%s", one_name(a, s, catalog), array ? "[]" : "");
}
