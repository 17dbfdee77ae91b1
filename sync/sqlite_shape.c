/* sqlite_shape - rows as another table would hold them, as a query
 *
 * What a column does to a value is asked of the engine itself: a comparison
 * with a CAST applies numeric affinity to a text, so that
 * CAST(x AS NUMERIC) = x holds for just the texts that a numeric column would
 * turn into numbers.
 */
#include "sync/sqlite.h"

#include <string.h>

#include "base/text.h"
#include "sql/quote.h"
#include "sync/shape.h"

#define D DIALECT_SQLITE

enum affinity { NONE, TEXT, INTEGER, REAL, NUMERIC };

/* "Determination Of Column Affinity", in its order; ANY takes all as it is, but
 * only in a STRICT table. */
static enum affinity
affinity_of(const char *type, bool strict)
{
	static const struct {
		const char *word;
		enum affinity affinity;
	} rules[] = {
		{ "INT", INTEGER },
		{ "CHAR", TEXT },
		{ "CLOB", TEXT },
		{ "TEXT", TEXT },
		{ "BLOB", NONE },
		{ "REAL", REAL },
		{ "FLOA", REAL },
		{ "DOUB", REAL },
	};

	if (!type || !*type || (strict && text_same_nocase(type, "ANY")))
		return NONE;
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (strcasestr(type, rules[i].word))
			return rules[i].affinity;
	return NUMERIC;
}

/* Adds the pattern, the value in the place of every %. */
static void
add_with(struct buf *b, const char *pattern, const char *value)
{
	for (; *pattern; pattern++) {
		if (*pattern == '%')
			buf_puts(b, value);
		else
			buf_putc(b, *pattern);
	}
}

/* A cast leaves a whole REAL alone; a numeric column makes it an integer. */
#define AS_NUMERIC                                                             \
	"CASE WHEN typeof(%) = 'real' AND CAST(% AS INTEGER) = +%"             \
	" THEN CAST(% AS INTEGER) WHEN " IS_NUMBER                             \
	" THEN CAST(% AS NUMERIC) ELSE % END"

#define IS_NUMBER "(typeof(%) = 'text' AND CAST(% AS NUMERIC) = +%)"

void
sqlite_stored(struct buf *b, const char *value, const char *type, bool strict)
{
	static const char *const patterns[] = {
		[NONE] = "%",
		[TEXT] = "CASE WHEN typeof(%) IN ('integer', 'real')"
			 " THEN CAST(% AS TEXT) ELSE % END",
		[INTEGER] = AS_NUMERIC,
		[REAL] = "CASE WHEN typeof(%) = 'integer' OR " IS_NUMBER
			 " THEN CAST(% AS REAL) ELSE % END",
		[NUMERIC] = AS_NUMERIC,
	};

	add_with(b, patterns[affinity_of(type, strict)], value);
}

bool
sqlite_changes(struct buf *b, const char *value, const char *type, bool strict)
{
	static const char as_number[] =
	    IS_NUMBER " AND CAST(CAST(% AS NUMERIC) AS TEXT) <> +%";
	static const char *const patterns[] = {
		[NONE] = NULL,
		[TEXT] = "typeof(%) = 'real'"
			 " AND CAST(CAST(% AS TEXT) AS REAL) <> +%",
		[INTEGER] = as_number,
		[REAL] = "(typeof(%) = 'integer' AND CAST(% AS REAL) <> +%)"
			 " OR (" IS_NUMBER
			 " AND CAST(CAST(% AS REAL) AS TEXT) <> +%)",
		[NUMERIC] = as_number,
	};
	const char *pattern = patterns[affinity_of(type, strict)];

	if (pattern)
		add_with(b, pattern, value);
	return pattern != NULL;
}

bool
sqlite_misfits(struct buf *b, const char *value, const char *type)
{
	static const struct {
		const char *type, *pattern;
	} rows[] = {
		{ "INT", "typeof(%) <> 'integer'" },
		{ "INTEGER", "typeof(%) <> 'integer'" },
		{ "REAL", "typeof(%) <> 'real'" },
		{ "TEXT", "typeof(%) <> 'text'" },
		{ "BLOB", "typeof(%) <> 'blob'" },
	};
	struct buf stored = { 0 };
	const char *pattern = NULL;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (type && text_same_nocase(type, rows[i].type))
			pattern = rows[i].pattern;
	if (pattern) {
		buf_putc(&stored, '(');
		sqlite_stored(&stored, value, type, true);
		buf_putc(&stored, ')');
		add_with(b, pattern, buf_str(&stored));
	}
	buf_release(&stored);
	return pattern != NULL;
}

static bool
is_same_type(const struct table *old, const struct table *new,
    const struct column *was, const struct column *is)
{
	return affinity_of(was->type, old->strict) ==
	       affinity_of(is->type, new->strict);
}

/* Does the column say how its values become those of another type? */
static bool
is_converted(const struct column *was, const struct column *is)
{
	return column_more(is)->conversion.text &&
	       !column_equal(D,
		   &(struct column){ .name = "", .type = was->type },
		   &(struct column){ .name = "", .type = is->type });
}

/* Are expressions of the collection asked of the old rows? They call columns
 * what those are called once all is renamed. */
static bool
is_told(const struct table *old, const struct table *new)
{
	for (size_t i = 0; i < new->columns.n; i++) {
		const struct column *c = new->columns.v[i];
		const struct column *was = shape_old_column(D, old, c);

		if (column_fills(was, c) || (was && is_converted(was, c)))
			return true;
	}
	return false;
}

/* Adds the column's value as an expression on the old rows; false where it has
 * none. *plain is set where that is the bare column. */
static bool
add_source(struct buf *b, const struct table *old, const struct column *c,
    bool told, bool *plain)
{
	const struct column *was = shape_old_column(D, old, c);
	bool fills = column_fills(was, c);

	*plain = was && !fills && !is_converted(was, c);
	if (!was && !fills && !c->default_value.text)
		return false;
	buf_puts(b, was && fills ? "coalesce(" : "");
	if (was && is_converted(was, c))
		buf_fmt(b, "(%s)", column_more(c)->conversion.text);
	else if (was)
		sql_ident(b, D, told ? c->name : was->name);
	if (was && fills)
		buf_fmt(b, ", %s)", column_more(c)->backfill.text);
	else if (!was)
		buf_fmt(b, "(%s)",
		    fills ? column_more(c)->backfill.text
			  : c->default_value.key);
	return true;
}

/* Adds what the new column holds before anything is computed. */
static void
add_value(struct buf *b, const struct table *old, const struct table *new,
    const struct column *c, bool told)
{
	const struct column *was = shape_old_column(D, old, c);
	struct buf value = { 0 };
	bool plain;

	if (!add_source(&value, old, c, told, &plain))
		buf_puts(b, "NULL");
	/* a bare column keeps its affinity for comparisons */
	else if (plain && is_same_type(old, new, was, c))
		buf_puts(b, buf_str(&value));
	else
		sqlite_stored(b, buf_str(&value), c->type, new->strict);
	if (c->collation) {
		buf_puts(b, " COLLATE ");
		sql_ident(b, D, c->collation);
	}
	buf_puts(b, " AS ");
	sql_ident(b, D, c->name);
	buf_release(&value);
}

void
sqlite_renamed(struct buf *b, const struct table *old, const struct table *new)
{
	size_t n = 0;

	buf_puts(b, "(SELECT ");
	for (size_t i = 0; i < old->columns.n; i++) {
		const struct column *was = old->columns.v[i];
		const struct column *is = shape_becomes(D, old, new, was);

		/* what goes has given its name away before */
		if (!is && shape_has_column(D, new, was->name))
			continue;
		buf_puts(b, n++ ? ", " : "");
		sql_ident(b, D, was->name);
		buf_puts(b, " AS ");
		sql_ident(b, D, is ? is->name : was->name);
	}
	buf_puts(b, " FROM ");
	sql_ident(b, D, old->name);
	buf_puts(b, ") AS ");
	sql_ident(b, D, new->name);
}

static void
add_plain(struct buf *b, const struct table *old, const struct table *new)
{
	bool told = is_told(old, new);
	size_t n = 0;

	buf_puts(b, "(SELECT ");
	for (size_t i = 0; i < new->columns.n; i++) {
		if (shape_is_computed(D, old, new->columns.v[i]))
			continue;
		buf_puts(b, n++ ? ", " : "");
		add_value(b, old, new, new->columns.v[i], told);
	}
	buf_puts(b, n ? " FROM " : "1 FROM ");
	if (told)
		sqlite_renamed(b, old, new);
	else
		sql_ident(b, D, old->name);
	buf_puts(b, ") AS ");
	sql_ident(b, D, new->name);
}

void
sqlite_shape(struct arena *a, struct buf *b, const struct table *old,
    const struct table *new)
{
	struct buf inner = { 0 };

	add_plain(&inner, old, new);
	/* one may be computed of another, which stands before or behind it: so
	 * each has a query of its own, in the order in which they are given */
	for (size_t i = 0; i < new->columns.n; i++) {
		const struct column *c = new->columns.v[i];
		const char *below;

		if (!shape_is_computed(D, old, c))
			continue;
		below = arena_strndup(a, buf_str(&inner), inner.len);
		buf_cut(&inner, 0);
		buf_fmt(&inner, "(SELECT *, (%s) AS ", c->generated.text);
		sql_ident(&inner, D, c->name);
		buf_fmt(&inner, " FROM %s) AS ", below);
		sql_ident(&inner, D, new->name);
	}
	buf_puts(b, buf_str(&inner));
	buf_release(&inner);
}
