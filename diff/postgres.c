/* postgres - what a change of type does in PostgreSQL
 *
 * Each row was measured on PostgreSQL 15: ALTER COLUMN TYPE on a table with an
 * index and one row, watching the table's file, the index's file and the text
 * of the value. The server's documentation says little of it. What is not in
 * the tables is taken for the worst that can be tried: a cast that may fail.
 */
#include "diff/pass.h"

#include <stdlib.h>
#include <string.h>

/* A type as format_type spells it: base, modifiers, array. */
struct spelled {
	char base[64];
	int mods[2]; /* -1: not said */
	bool array;
};

/* Copies the words of a type without what stands in parentheses. */
static struct spelled
spell(const char *type)
{
	struct spelled s = { .mods = { -1, -1 } };
	const char *open = strchr(type, '(');
	size_t n = 0;

	for (const char *p = type; *p && n + 1 < sizeof(s.base); p++) {
		if (*p == '(' && strchr(p, ')')) {
			p = strchr(p, ')');
			continue;
		}
		if (*p == '[')
			break;
		s.base[n++] = *p;
	}
	while (n && s.base[n - 1] == ' ')
		n--;
	s.base[n] = '\0';
	s.array = strchr(type, '[') != NULL;
	if (open) {
		char *end;

		s.mods[0] = (int)strtol(open + 1, &end, 10);
		if (*end == ',')
			s.mods[1] = (int)strtol(end + 1, NULL, 10);
		else if (!strcmp(s.base, "numeric"))
			s.mods[1] = 0;
	}
	return s;
}

struct cast {
	const char *from, *to;
	struct retyping is;
};

#define BY_ITSELF(effect)                                                      \
	{                                                                      \
		RETYPE_##effect, CONVERT_BY_ITSELF                             \
	}
#define USING(effect)                                                          \
	{                                                                      \
		RETYPE_##effect, CONVERT_CAST                                  \
	}

static const struct cast casts[] = {
	{ "character varying", "text", BY_ITSELF(FREE) },
	{ "text", "character varying", BY_ITSELF(CHECKED) },
	{ "character", "character varying", BY_ITSELF(CHECKED) },
	{ "character", "text", BY_ITSELF(REWRITE) },
	{ "text", "character", BY_ITSELF(CHECKED) },
	{ "character varying", "character", BY_ITSELF(CHECKED) },
	{ "text", "citext", BY_ITSELF(REINDEX) },
	{ "citext", "text", BY_ITSELF(REINDEX) },
	{ "character varying", "citext", BY_ITSELF(REINDEX) },
	{ "smallint", "integer", BY_ITSELF(REWRITE) },
	{ "smallint", "bigint", BY_ITSELF(REWRITE) },
	{ "integer", "bigint", BY_ITSELF(REWRITE) },
	{ "bigint", "integer", BY_ITSELF(CHECKED) },
	{ "bigint", "smallint", BY_ITSELF(CHECKED) },
	{ "integer", "smallint", BY_ITSELF(CHECKED) },
	{ "smallint", "numeric", BY_ITSELF(REWRITE) },
	{ "integer", "numeric", BY_ITSELF(REWRITE) },
	{ "bigint", "numeric", BY_ITSELF(REWRITE) },
	{ "smallint", "real", BY_ITSELF(REWRITE) },
	{ "smallint", "double precision", BY_ITSELF(REWRITE) },
	{ "integer", "real", BY_ITSELF(CHANGES) },
	{ "integer", "double precision", BY_ITSELF(REWRITE) },
	{ "bigint", "real", BY_ITSELF(CHANGES) },
	{ "bigint", "double precision", BY_ITSELF(CHANGES) },
	{ "numeric", "smallint", BY_ITSELF(CHANGES) },
	{ "numeric", "integer", BY_ITSELF(CHANGES) },
	{ "numeric", "bigint", BY_ITSELF(CHANGES) },
	{ "numeric", "real", BY_ITSELF(CHANGES) },
	{ "numeric", "double precision", BY_ITSELF(CHANGES) },
	{ "real", "double precision", BY_ITSELF(REWRITE) },
	{ "double precision", "real", BY_ITSELF(CHANGES) },
	{ "real", "smallint", BY_ITSELF(CHANGES) },
	{ "real", "integer", BY_ITSELF(CHANGES) },
	{ "real", "bigint", BY_ITSELF(CHANGES) },
	{ "real", "numeric", BY_ITSELF(CHANGES) },
	{ "double precision", "smallint", BY_ITSELF(CHANGES) },
	{ "double precision", "integer", BY_ITSELF(CHANGES) },
	{ "double precision", "bigint", BY_ITSELF(CHANGES) },
	{ "double precision", "numeric", BY_ITSELF(CHANGES) },
	{ "integer", "oid", BY_ITSELF(REINDEX) },
	{ "oid", "integer", BY_ITSELF(REINDEX) },
	{ "boolean", "integer", USING(REWRITE) },
	{ "integer", "boolean", USING(CHANGES) },
	{ "timestamp without time zone", "timestamp with time zone",
	    BY_ITSELF(MEANING) },
	{ "timestamp with time zone", "timestamp without time zone",
	    BY_ITSELF(MEANING) },
	{ "timestamp without time zone", "date", BY_ITSELF(CHANGES) },
	{ "timestamp with time zone", "date", BY_ITSELF(CHANGES) },
	{ "timestamp without time zone", "time without time zone",
	    BY_ITSELF(CHANGES) },
	{ "timestamp with time zone", "time without time zone",
	    BY_ITSELF(CHANGES) },
	{ "date", "timestamp without time zone", BY_ITSELF(REWRITE) },
	{ "date", "timestamp with time zone", BY_ITSELF(REWRITE) },
	{ "json", "jsonb", BY_ITSELF(CHANGES) },
	{ "jsonb", "json", BY_ITSELF(REWRITE) },
	{ "xml", "text", BY_ITSELF(FREE) },
	{ "cidr", "inet", BY_ITSELF(FREE) },
	{ "inet", "cidr", BY_ITSELF(CHANGES) },
	{ "money", "numeric", BY_ITSELF(REWRITE) },
	{ "bit varying", "bit", { RETYPE_CHECKED, CONVERT_CAST } },
	{ "text", "bytea", USING(CAST) },
	{ "text", "uuid", USING(CAST) },
	{ "text", "json", USING(CAST) },
	{ "text", "jsonb", USING(CAST) },
	{ "text", "integer", USING(CAST) },
	{ "hstore", "jsonb", USING(CHANGES) },
	{ "json", "hstore", { RETYPE_CAST, CONVERT_BY_TEXT } },
	{ "jsonb", "hstore", { RETYPE_CAST, CONVERT_BY_TEXT } },
	/* everything can be written as text */
	{ NULL, "text", BY_ITSELF(REWRITE) },
	{ NULL, "character varying", BY_ITSELF(CHECKED) },
};

/* The casts that the server has between types of its own. */
static const struct {
	const char *from, *to;
} own_casts[] = {
	{ "smallint", "|bigint|integer|oid|real|double precision|numeric|" },
	{ "integer", "|boolean|bigint|smallint|oid|real|double "
		     "precision|money|bit|numeric|" },
	{ "bigint",
	    "|smallint|integer|oid|real|double precision|money|bit|numeric|" },
	{ "numeric", "|bigint|smallint|integer|real|double precision|money|" },
	{ "real", "|bigint|smallint|integer|double precision|numeric|" },
	{ "double precision", "|bigint|smallint|integer|real|numeric|" },
	{ "money", "|numeric|" },
	{ "boolean", "|integer|" },
	{ "date", "|timestamp without time zone|timestamp with time zone|" },
	{ "timestamp without time zone",
	    "|date|time without time zone|timestamp with time zone|" },
	{ "timestamp with time zone",
	    "|date|time without time zone|timestamp without time zone|time "
	    "with time zone|" },
	{ "time without time zone", "|interval|time with time zone|" },
	{ "time with time zone", "|time without time zone|" },
	{ "interval", "|time without time zone|" },
	{ "uuid", "|" },
	{ "json", "|jsonb|" },
	{ "jsonb", "|boolean|bigint|smallint|integer|json|real|double "
		   "precision|numeric|" },
	{ "bytea", "|" },
	{ "inet", "|cidr|" },
	{ "cidr", "|inet|" },
	{ "macaddr", "|macaddr8|" },
	{ "macaddr8", "|macaddr|" },
	{ "bit", "|bigint|integer|bit varying|" },
	{ "bit varying", "|bit|" },
	{ "xml", "|" },
	{ "oid", "|bigint|integer|" },
	{ "point", "|box|" },
	{ "box", "|point|lseg|polygon|circle|" },
	{ "circle", "|point|box|polygon|" },
	{ "polygon", "|point|path|box|circle|" },
	{ "lseg", "|point|" },
	{ "path", "|polygon|" },
	{ "line", "|" },
	{ "tsvector", "|" },
	{ "tsquery", "|" },
	{ "int4range", "|int4multirange|" },
	{ "int8range", "|int8multirange|" },
	{ "numrange", "|nummultirange|" },
	{ "daterange", "|datemultirange|" },
	{ "tsrange", "|tsmultirange|" },
	{ "tstzrange", "|tstzmultirange|" },
	{ "int4multirange", "|" },
	{ "int8multirange", "|" },
	{ "nummultirange", "|" },
	{ "datemultirange", "|" },
	{ "tsmultirange", "|" },
	{ "tstzmultirange", "|" },
};

static bool
is_own(const char *base)
{
	for (size_t i = 0; i < sizeof(own_casts) / sizeof(*own_casts); i++)
		if (!strcmp(own_casts[i].from, base))
			return true;
	return false;
}

/* Does the server say itself that there is no way? Then both are read as text.
 */
static bool
lacks_cast(const char *from, const char *to)
{
	const char *at;
	size_t n = strlen(to);

	for (size_t i = 0; i < sizeof(own_casts) / sizeof(*own_casts); i++) {
		if (strcmp(own_casts[i].from, from) != 0)
			continue;
		for (at = own_casts[i].to; (at = strstr(at, to)); at++)
			if (at[-1] == '|' && at[n] == '|')
				return false;
		return is_own(to);
	}
	return false;
}

/* Is the modifier no tighter? None is none at all. */
static bool
fits(int from, int to)
{
	return to < 0 || (from >= 0 && to >= from);
}

static enum retype
longer(const struct spelled *from, const struct spelled *to)
{
	return fits(from->mods[0], to->mods[0]) ? RETYPE_FREE : RETYPE_CHECKED;
}

static enum retype
padded(const struct spelled *from, const struct spelled *to)
{
	return fits(from->mods[0], to->mods[0]) ? RETYPE_REWRITE
						: RETYPE_CHECKED;
}

static enum retype
same_length(const struct spelled *from, const struct spelled *to)
{
	return from->mods[0] == to->mods[0] ? RETYPE_FREE : RETYPE_CHECKED;
}

static enum retype
more_digits(const struct spelled *from, const struct spelled *to)
{
	return fits(from->mods[0], to->mods[0]) ? RETYPE_FREE : RETYPE_CHANGES;
}

/* Digits before the point and behind it count by themselves. */
static enum retype
decimal(const struct spelled *from, const struct spelled *to)
{
	int before, behind;

	if (to->mods[0] < 0)
		return RETYPE_FREE;
	if (from->mods[0] < 0)
		return RETYPE_CHANGES;
	behind = to->mods[1] - from->mods[1];
	before = to->mods[0] - to->mods[1] - (from->mods[0] - from->mods[1]);
	if (behind < 0)
		return RETYPE_CHANGES;
	if (before < 0)
		return RETYPE_CHECKED;
	return behind ? RETYPE_REWRITE : RETYPE_FREE;
}

/* One type with other modifiers. */
static const struct {
	const char *base;
	enum retype (*effect)(const struct spelled *, const struct spelled *);
} modified[] = {
	{ "character varying", longer },
	{ "character", padded },
	{ "bit", same_length },
	{ "bit varying", longer },
	{ "numeric", decimal },
	{ "timestamp without time zone", more_digits },
	{ "timestamp with time zone", more_digits },
	{ "time without time zone", more_digits },
	{ "time with time zone", more_digits },
	{ "interval", more_digits },
};

static struct retyping
remodify(const struct spelled *from, const struct spelled *to)
{
	/* by itself it fails; a cast fills it up, or cuts it off */
	if (!strcmp(from->base, "bit") && from->mods[0] != to->mods[0])
		return (struct retyping){ RETYPE_CHECKED, CONVERT_CAST };
	for (size_t i = 0; i < sizeof(modified) / sizeof(*modified); i++)
		if (!strcmp(modified[i].base, from->base))
			return (struct retyping){ modified[i].effect(from, to),
				CONVERT_BY_ITSELF };
	return (struct retyping){ RETYPE_CHECKED, CONVERT_BY_ITSELF };
}

/* What a cast does, before the modifiers of the new type are looked at. */
static struct retyping
cast(const struct spelled *from, const struct spelled *to)
{
	for (size_t i = 0; i < sizeof(casts) / sizeof(*casts); i++) {
		const struct cast *c = &casts[i];

		if ((c->from && strcmp(c->from, from->base)) ||
		    strcmp(c->to, to->base))
			continue;
		/* text without a limit takes every text, as it is */
		if (c->is.effect == RETYPE_CHECKED && to->mods[0] < 0 &&
		    !strcmp(to->base, "character varying"))
			return (struct retyping){ strcmp(from->base, "text")
						      ? RETYPE_REWRITE
						      : RETYPE_FREE,
				CONVERT_BY_ITSELF };
		return c->is;
	}
	return (struct retyping){ RETYPE_CAST, lacks_cast(from->base, to->base)
						   ? CONVERT_BY_TEXT
						   : CONVERT_CAST };
}

/* A number that fits the base type must still fit precision and scale. */
static enum retype
limited(const struct spelled *to, enum retype effect)
{
	bool checks = !strcmp(to->base, "numeric") ||
		      !strncmp(to->base, "character", 9) ||
		      !strcmp(to->base, "bit");

	if (to->mods[0] >= 0 && effect <= RETYPE_REWRITE && checks)
		return RETYPE_CHECKED;
	if (to->mods[0] >= 0 && effect <= RETYPE_REWRITE)
		return RETYPE_CHANGES;
	return effect;
}

/* "{1}" is no number: only a list that is not there becomes one. */
static struct retyping
unlist(const struct spelled *to)
{
	if (!strcmp(to->base, "text") || !strcmp(to->base, "character varying"))
		return (struct retyping){ limited(to, RETYPE_REWRITE),
			CONVERT_BY_ITSELF };
	return (struct retyping){ RETYPE_CAST, CONVERT_BY_TEXT };
}

static struct retyping
retype(const char *from, const char *to)
{
	struct spelled was = spell(from), is = spell(to);
	struct retyping r;

	if (!was.array && is.array)
		return (struct retyping){ RETYPE_CHANGES,
			strcmp(was.base, is.base) ? CONVERT_TO_ARRAY_BY_TEXT
						  : CONVERT_TO_ARRAY };
	if (was.array && !is.array)
		return unlist(&is);
	if (!strcmp(was.base, is.base)) {
		r = remodify(&was, &is);
	} else {
		r = cast(&was, &is);
		r.effect = limited(&is, r.effect);
	}
	/* every change of an array writes it anew */
	if (was.array && r.effect < RETYPE_REWRITE)
		r.effect = RETYPE_REWRITE;
	return r;
}

static bool
lists_casts(const char *type)
{
	return is_own(spell(type).base);
}

/* Those that hold text have casts to all others. */
static bool
knows(const char *type)
{
	static const char *const texts[] = { "text", "character varying",
		"character" };
	struct spelled s = spell(type);
	bool known = is_own(s.base);

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		known |= !strcmp(s.base, texts[i]);
	return known;
}

const struct diff_dialect postgres_diff = {
	.constraint_names = true,
	.names_sequences = true,
	.keys_pin_types = true,
	.views_pin_columns = true,
	.locks = true,
	.retype = retype,
	.lists_casts = lists_casts,
	.knows = knows,
};
