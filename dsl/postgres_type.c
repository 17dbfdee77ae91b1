/* postgres_type - the many names of a type, and the one that is shown
 *
 * The catalog is compared with what stands in a schema, and it has one spelling
 * for each type.
 */
#include <ctype.h>
#include <string.h>

#include "dsl/postgres.h"

/* A modifier stands after the name, before " with time zone". */
static const struct {
	const char *alias, *name, *after;
} types[] = {
	{ "int", "integer", "" },
	{ "int4", "integer", "" },
	{ "int2", "smallint", "" },
	{ "int8", "bigint", "" },
	{ "float4", "real", "" },
	{ "float8", "double precision", "" },
	{ "float", "double precision", "" },
	{ "decimal", "numeric", "" },
	{ "bool", "boolean", "" },
	{ "char", "character", "" },
	{ "varchar", "character varying", "" },
	{ "char varying", "character varying", "" },
	{ "varbit", "bit varying", "" },
	{ "timestamp", "timestamp", " without time zone" },
	{ "timestamptz", "timestamp", " with time zone" },
	{ "time", "time", " without time zone" },
	{ "timetz", "time", " with time zone" },
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
static const char *
folded(struct arena *a, const char *type)
{
	char *s = arena_strdup(a, trimmed(a, type, strlen(type)));
	char *to = s;
	bool quoted = false;

	for (const char *p = s; *p; p++) {
		quoted = quoted != (*p == '"');
		if (!quoted && isspace((unsigned char)*p) &&
		    (isspace((unsigned char)p[1]) || strchr("(),[]", p[1]) ||
			(to > s && strchr("(,", to[-1]))))
			continue;
		*to++ = quoted ? *p : (char)tolower((unsigned char)*p);
	}
	*to = '\0';
	return s;
}

const char *
postgres_type_name(struct arena *a, const char *type)
{
	const char *s = folded(a, type);
	size_t name_n = strcspn(s, "([");
	const char *name = arena_strndup(a, s, name_n);
	const char *modifier = s + name_n;
	size_t modifier_n = 0;

	if (*modifier == '(' && strchr(modifier, ')'))
		modifier_n = (size_t)(strchr(modifier, ')') + 1 - modifier);
	if (!modifier_n &&
	    (!strcmp(name, "char") || !strcmp(name, "character")))
		return arena_fmt(a, "character(1)%s", modifier);
	/* "timestamp(3) with time zone" has its end already */
	if (modifier[modifier_n] && modifier[modifier_n] != '[')
		return s;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (!strcmp(types[i].alias, name))
			return arena_fmt(a, "%s%.*s%s%s", types[i].name,
			    (int)modifier_n, modifier, types[i].after,
			    modifier + modifier_n);
	return s;
}
