/* collections_sqlite_field - which fields SQLite's columns were
 *
 * The inverse of dsl/sqlite.c. A default is a literal where the language takes
 * it for one of the type, within its bounds; else it is SQL.
 */
#include "transpile/collections_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sql/key.h"
#include "sql/quote.h"

#define D DIALECT_SQLITE

static void
say_default(struct telling *t, const struct column *c, struct item *i)
{
	const struct expr *e = &c->default_value;
	const char *word = sqlite_portable(e);

	if (e->text)
		i->initially = arena_fmt(t->teller->a, ".default_sql = %s",
		    word ? word : c_literal(t->teller->a, e->text));
}

/* Returns what a plain string literal says, or NULL. */
static const char *
string_value(struct arena *a, const char *text)
{
	struct buf b = { 0 };
	const char *value;
	bool same;

	if (!text || *text != '\'')
		return NULL;
	value = sql_unquote(a, D, text, strlen(text));
	sql_literal(&b, D, value);
	same = !strcmp(buf_str(&b), text);
	buf_release(&b);
	return same ? value : NULL;
}

static void
say_default_value(struct telling *t, const struct column *c, struct item *i,
    const char *value)
{
	if (value)
		i->initially = arena_fmt(t->teller->a, ".default_value = %s",
		    c_literal(t->teller->a, value));
	else
		say_default(t, c, i);
}

static size_t
characters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static bool
text(struct telling *t, const struct field *f, struct item *i)
{
	struct arena *a = t->teller->a;
	const char *column = sqlite_name(t, f->column), *value;
	struct bound min = sqlite_find_length(t, column, ">=");
	struct bound max = sqlite_find_length(t, column, "<=");
	long long letters;

	i->macro = "TEXT";
	if (min.check && max.check && sqlite_length(&min) > sqlite_length(&max))
		min = max = (struct bound){ 0 };
	sqlite_say_length(t, i, "min", &min);
	sqlite_say_length(t, i, "max", &max);
	item_flag(a, i, "lowercase",
	    sqlite_take_check(
		t, arena_fmt(a, "%s = lower(%s)", column, column)));
	value = string_value(a, f->column->default_value.text);
	letters = value ? (long long)characters(value) : 0;
	if (letters < sqlite_length(&min) ||
	    (max.check && letters > sqlite_length(&max)))
		value = NULL;
	say_default_value(t, f->column, i, value);
	return true;
}

static const char *
labels_check(struct arena *a, const char *column, const struct names *labels)
{
	struct names literals = { 0 };

	for (size_t i = 0; i < labels->n; i++) {
		struct buf b = { 0 };

		sql_literal(&b, D, labels->v[i]);
		vec_push(a, &literals, arena_strdup(a, buf_str(&b)));
		buf_release(&b);
	}
	return c_list(a, arena_fmt(a, "%s IN (", column), &literals, ")");
}

static bool
is_label(const struct names *labels, const char *value)
{
	for (size_t i = 0; value && i < labels->n; i++)
		if (!strcmp(labels->v[i], value))
			return true;
	return false;
}

static bool
enumeration(struct telling *t, const struct field *f, struct item *i)
{
	struct arena *a = t->teller->a;
	const char *column = sqlite_name(t, f->column), *value;
	const char *in = arena_fmt(a, "%s IN (", column);
	const struct constraint *c = sqlite_find_check(t, in, false);
	struct names labels = { 0 }, words = { 0 };

	if (!c ||
	    !sqlite_read_labels(
		a, c->check.key + strlen(sql_key(a, D, in)), &labels) ||
	    !sqlite_take_check(t, labels_check(a, column, &labels)))
		return false;
	for (size_t k = 0; k < labels.n; k++)
		vec_push(a, &words, c_literal(a, labels.v[k]));
	i->macro = "ENUM";
	item_arg(a, i, "%s", c_list(a, ".values = VALUES(", &words, ")"));
	value = string_value(a, f->column->default_value.text);
	say_default_value(
	    t, f->column, i, is_label(&labels, value) ? value : NULL);
	return true;
}

static bool
uuid(struct telling *t, const struct field *f, struct item *i)
{
	if (!sqlite_take_check(t, arena_fmt(t->teller->a, "length(%s) = 36",
				      sqlite_name(t, f->column))))
		return false;
	i->macro = "UUID";
	say_default(t, f->column, i);
	return true;
}

/* The two values that JSON begins with are literals; whether others are JSON
 * is not asked here. */
static bool
json(struct telling *t, const struct field *f, struct item *i)
{
	struct arena *a = t->teller->a;
	const char *column = sqlite_name(t, f->column);
	const char *value = string_value(a, f->column->default_value.text);

	if (!sqlite_take_check(t,
		arena_fmt(a, "%s IS NULL OR json_valid(%s)", column, column)))
		return false;
	i->macro = "JSON";
	if (value && strcmp(value, "{}") != 0 && strcmp(value, "[]") != 0)
		value = NULL;
	say_default_value(t, f->column, i, value);
	return true;
}

static const struct {
	const char *range;
	int bits;
	double min, max;
} ranges[] = {
	{ "BETWEEN -32768 AND 32767", 16, -32768, 32767 },
	{ "BETWEEN -2147483648 AND 2147483647", 32, -2147483648.0,
	    2147483647.0 },
};

static bool
say_bits(struct telling *t, const char *column, struct item *i, const char *n)
{
	struct arena *a = t->teller->a;

	for (size_t k = 0; k < 2; k++) {
		double value = n ? strtod(n, NULL) : 0;

		if (!sqlite_take_check(
			t, arena_fmt(a, "%s %s", column, ranges[k].range)))
			continue;
		item_arg(a, i, ".bits = %d", ranges[k].bits);
		return value >= ranges[k].min && value <= ranges[k].max;
	}
	return true;
}

static void
number(struct telling *t, const struct field *f, struct item *i, bool whole,
    bool literal)
{
	struct arena *a = t->teller->a;
	const char *column = sqlite_name(t, f->column);
	const char *value = f->column->default_value.text;
	struct bound min =
	    sqlite_find_bound(t, arena_fmt(a, "%s >=", column), whole);
	struct bound max =
	    sqlite_find_bound(t, arena_fmt(a, "%s <=", column), whole);

	if (min.check && max.check &&
	    strtod(min.number, NULL) > strtod(max.number, NULL))
		min = max = (struct bound){ 0 };
	if (value && (!literal || !sqlite_is_number(value, whole) ||
			 !sqlite_is_within(&min, &max, value)))
		value = NULL;
	if (whole && !say_bits(t, column, i, value))
		value = NULL;
	sqlite_say_bound(t, i, "min", &min);
	sqlite_say_bound(t, i, "max", &max);
	say_default_value(t, f->column, i, value);
}

static bool
integer(struct telling *t, const struct field *f, struct item *i)
{
	i->macro = "INTEGER";
	number(t, f, i, true, true);
	return true;
}

static bool
boolean(struct telling *t, const struct field *f, struct item *i)
{
	const char *value = f->column->default_value.text;

	if (!sqlite_take_check(t, arena_fmt(t->teller->a, "%s IN (0, 1)",
				      sqlite_name(t, f->column))))
		return false;
	i->macro = "BOOLEAN";
	if (value && (!strcmp(value, "1") || !strcmp(value, "0")))
		value = *value == '1' ? "true" : "false";
	else
		value = NULL;
	say_default_value(t, f->column, i, value);
	return true;
}

static bool
real(struct telling *t, const struct field *f, struct item *i)
{
	i->macro = "REAL";
	number(t, f, i, false, true);
	return true;
}

/* How many digits are refused depends on precision and scale. */
static bool
fits(const char *value, int precision, int scale)
{
	const char *point;

	if (!value || value[strspn(value, "-0123456789.")])
		return false;
	value += *value == '-';
	point = value + strcspn(value, ".");
	return !precision || ((int)(point - value) <= precision - scale &&
				 (!*point || (int)strlen(point + 1) <= scale));
}

static bool
decimal(struct telling *t, const struct field *f, struct item *i)
{
	struct arena *a = t->teller->a;
	const char *value = f->column->default_value.text;
	int precision = 0, scale = 0, end = 0;

	if (strcmp(f->column->type, "DECIMAL") &&
	    (sscanf(f->column->type, "DECIMAL(%4d,%4d)%n", &precision, &scale,
		 &end) != 2 ||
		precision < 1 || precision > 1000 || scale < 0 ||
		scale > precision ||
		strcmp(f->column->type,
		    arena_fmt(a, "DECIMAL(%d,%d)", precision, scale))))
		return false;
	i->macro = "DECIMAL";
	if (precision)
		item_arg(a, i, ".precision = %d", precision);
	if (scale)
		item_arg(a, i, ".scale = %d", scale);
	number(t, f, i, false, fits(value, precision, scale));
	return true;
}

/* What the language has no word for. */
static bool
other(struct telling *t, const struct field *f, struct item *i)
{
	const char *type = f->column->type ? f->column->type : "";

	i->macro = "COLUMN";
	item_text(t->teller->a, i, "type", type);
	say_default(t, f->column, i);
	return true;
}

static bool
blob(struct telling *t, const struct field *f, struct item *i)
{
	const char *value = f->column->default_value.text;
	size_t n = value ? strlen(value) : 0;
	struct bound max =
	    sqlite_find_length(t, sqlite_name(t, f->column), "<=");
	const char *hex = NULL;

	i->macro = "BLOB";
	sqlite_say_length(t, i, "max", &max);
	if (n >= 3 && value[0] == 'x' && value[1] == '\'' && n % 2 &&
	    strspn(value + 2, "0123456789abcdefABCDEF") == n - 3)
		hex = arena_strndup(t->teller->a, value + 2, n - 3);
	say_default_value(t, f->column, i, hex);
	return true;
}

static bool
timestamp(struct telling *t, const struct field *f, struct item *i)
{
	i->macro = "TIMESTAMP";
	say_default(t, f->column, i);
	return true;
}

static bool
date(struct telling *t, const struct field *f, struct item *i)
{
	i->macro = "DATE";
	say_default(t, f->column, i);
	return true;
}

static bool
time_of_day(struct telling *t, const struct field *f, struct item *i)
{
	i->macro = "TIME";
	say_default(t, f->column, i);
	return true;
}

/* DEFAULT draft, without quotes: in a field that holds no text the language
 * takes it for a mistake. */
static bool
has_word(struct telling *t, const struct column *c)
{
	const char *text = c->default_value.text;

	return text && !strchr("\"`[", *text) &&
	       sql_name_as_string(t->teller->a, D, text);
}

/* The first that says yes. A type may go on: DECIMAL(12,2). */
void
sqlite_say_field(struct telling *t, const struct field *f, struct item *i)
{
	static const struct {
		const char *type;
		bool goes_on, loose, strict, words;
		bool (*say)(
		    struct telling *, const struct field *, struct item *);
	} types[] = {
		{ "TEXT", false, true, true, true, enumeration },
		{ "TEXT", false, true, true, false, uuid },
		{ "TEXT", false, true, true, false, json },
		{ "TEXT", false, true, true, true, text },
		{ "INTEGER", false, false, true, false, boolean },
		{ "INTEGER", false, true, true, false, integer },
		{ "REAL", false, true, true, false, real },
		{ "BLOB", false, true, true, false, blob },
		{ "BOOLEAN", false, true, false, false, boolean },
		{ "TIMESTAMP", false, true, false, false, timestamp },
		{ "DATE", false, true, false, false, date },
		{ "TIME", false, true, false, false, time_of_day },
		{ "DECIMAL", true, true, false, false, decimal },
		{ "", true, true, true, true, other },
	};
	const char *type = f->column->type ? f->column->type : "";
	bool word = has_word(t, f->column);

	for (size_t k = 0; k < sizeof(types) / sizeof(*types); k++)
		if ((!word || types[k].words) &&
		    (t->table->strict ? types[k].strict : types[k].loose) &&
		    (types[k].goes_on ? text_starts(type, types[k].type)
				      : sqlite_is_type(type, types[k].type)) &&
		    types[k].say(t, f, i))
			return;
}
