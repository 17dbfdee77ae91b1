/* collections_sqlite - which fields SQLite's columns and checks were
 *
 * The inverse of dsl/sqlite.c: a check is an option if the option makes this
 * very check again, which is tried. A check that has a name keeps it, and so
 * is no option.
 */
#include "transpile/collections_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sql/key.h"
#include "sql/lex.h"
#include "sql/quote.h"

#define D DIALECT_SQLITE

/* What the language's NOW, TODAY and NEW_UUID are here. */
static const struct {
	const char *word, *sql;
} portable[] = {
	{ "NOW", "CURRENT_TIMESTAMP" },
	{ "TODAY", "CURRENT_DATE" },
	{ "NEW_UUID",
	    "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || "
	    "substr(hex(randomblob(2)), 2) || '-' || "
	    "substr('89AB', 1 + (random() & 3), 1) || "
	    "substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))" },
};

static const char *
portable_word(struct arena *a, const struct expr *e)
{
	for (size_t i = 0; i < sizeof(portable) / sizeof(*portable); i++)
		if (e->key && !strcmp(e->key, sql_key(a, D, portable[i].sql)))
			return portable[i].word;
	return NULL;
}

/* ---------------------------------- types --------------------------------- */

/* SQLite spells these itself, however they were written; all other types stay
 * as they are, to the letter. */
static bool
is_type(const char *type, const char *wanted)
{
	static const char *const standard[] = { "ANY", "BLOB", "INT", "INTEGER",
		"REAL", "TEXT" };

	for (size_t i = 0; i < sizeof(standard) / sizeof(*standard); i++)
		if (!strcmp(standard[i], wanted))
			return text_same_nocase(type, wanted);
	return !strcmp(type, wanted);
}

static bool
same_type(const struct column *c, const struct column *target)
{
	return c->type && target->type &&
	       (is_type(c->type, target->type) ||
		   is_type(target->type, c->type));
}

/* The type of a moment in this table. */
static const char *
moment(const struct telling *t)
{
	return t->table->strict ? "TEXT" : "TIMESTAMP";
}

/* --------------------------------- checks --------------------------------- */

/* What begins as this and is no field's yet; whole: and ends so. */
static const struct constraint *
find_check(const struct telling *t, const char *text, bool whole)
{
	const char *key = sql_key(t->teller->a, D, text);

	for (size_t i = 0; i < t->table->constraints.n; i++) {
		const struct constraint *c = t->table->constraints.v[i];

		if (c->kind != CONSTRAINT_CHECK || c->name || t->said[i])
			continue;
		if (whole ? !strcmp(c->check.key, key)
			  : text_starts(c->check.key, key))
			return c;
	}
	return NULL;
}

static bool
take_check(struct telling *t, const char *text)
{
	const struct constraint *c = find_check(t, text, true);

	if (c)
		telling_say(t, c);
	return c != NULL;
}

static const char *
name_of(const struct telling *t, const struct column *c)
{
	struct buf b = { 0 };
	const char *s;

	sql_ident(&b, D, c->name);
	s = arena_strdup(t->teller->a, buf_str(&b));
	buf_release(&b);
	return s;
}

static bool
is_number(const char *s, bool whole)
{
	char *end;

	s += *s == '-';
	if (!isdigit((unsigned char)*s))
		return false;
	if (s[strspn(s, whole ? "0123456789" : "0123456789.eE+-")])
		return false;
	strtod(s, &end);
	return !*end && strlen(s) <= 18;
}

/* A check that compares this with a number, and the number; a sign stands
 * apart in a key. */
struct bound {
	const struct constraint *check;
	const char *number;
};

static struct bound
find_bound(const struct telling *t, const char *compare, bool whole)
{
	struct arena *a = t->teller->a;
	struct bound b = { find_check(t, compare, false), NULL };
	const char *s;

	if (!b.check)
		return b;
	s = b.check->check.key + strlen(sql_key(a, D, compare));
	s += *s == ' ';
	b.number = text_starts(s, "- ") ? arena_fmt(a, "-%s", s + 2) : s;
	if (!is_number(b.number, whole))
		b = (struct bound){ 0 };
	return b;
}

static void
say_bound(
    struct telling *t, struct item *i, const char *option, struct bound *b)
{
	if (!b->check)
		return;
	telling_say(t, b->check);
	item_arg(t->teller->a, i, ".%s = \"%s\"", option, b->number);
}

/* A default outside of its bounds is refused as a literal. */
static bool
is_within(const struct bound *min, const struct bound *max, const char *number)
{
	double n = strtod(number, NULL);

	return (!min->check || strtod(min->number, NULL) <= n) &&
	       (!max->check || strtod(max->number, NULL) >= n);
}

/* -------------------------------- defaults -------------------------------- */

static void
say_default(struct telling *t, const struct column *c, struct item *i)
{
	const struct expr *e = &c->default_value;
	const char *word = portable_word(t->teller->a, e);

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

/* ---------------------------------- kinds --------------------------------- */

static size_t
characters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static long long
length_of(const struct bound *b)
{
	return b->check ? strtoll(b->number, NULL, 10) : 0;
}

/* A length of 0 is no option, nor is one that is written in an odd way. */
static struct bound
find_length(const struct telling *t, const char *column, const char *op)
{
	struct bound b = find_bound(
	    t, arena_fmt(t->teller->a, "length(%s) %s", column, op), true);

	if (b.check && (*b.number < '1' || *b.number > '9'))
		b = (struct bound){ 0 };
	return b;
}

static void
say_length(
    struct telling *t, struct item *i, const char *option, struct bound *b)
{
	if (!b->check)
		return;
	telling_say(t, b->check);
	item_arg(t->teller->a, i, ".%s = %s", option, b->number);
}

static void
text(struct telling *t, const struct field *f, struct item *i)
{
	struct arena *a = t->teller->a;
	const char *column = name_of(t, f->column), *value;
	struct bound min = find_length(t, column, ">=");
	struct bound max = find_length(t, column, "<=");
	long long letters;

	i->macro = "TEXT";
	if (min.check && max.check && length_of(&min) > length_of(&max))
		min = max = (struct bound){ 0 };
	say_length(t, i, "min", &min);
	say_length(t, i, "max", &max);
	item_flag(a, i, "lowercase",
	    take_check(t, arena_fmt(a, "%s = lower(%s)", column, column)));
	value = string_value(a, f->column->default_value.text);
	letters = value ? (long long)characters(value) : 0;
	if (letters < length_of(&min) ||
	    (max.check && letters > length_of(&max)))
		value = NULL;
	say_default_value(t, f->column, i, value);
}

/* Adds the strings of a list, as the key has it after "in (". */
static bool
read_labels(struct arena *a, const char *list, struct names *labels)
{
	struct lexer l;
	struct token t;
	bool ok = true;

	lex_init(&l, D, list, strlen(list));
	while (ok && lex_next(&l, &t)) {
		if (t.kind == TOKEN_STRING && *t.at == '\'')
			vec_push(a, labels, sql_unquote(a, D, t.at, t.len));
		else
			ok = token_is(&t, ",") || token_is(&t, ")");
	}
	lex_release(&l);
	for (size_t i = 0; i < labels->n; i++)
		for (size_t k = 0; k < i; k++)
			ok = ok && strcmp(labels->v[i], labels->v[k]) != 0;
	return ok && labels->n;
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
	const char *column = name_of(t, f->column), *value;
	const char *in = arena_fmt(a, "%s IN (", column);
	const struct constraint *c = find_check(t, in, false);
	struct names labels = { 0 }, words = { 0 };

	if (!c ||
	    !read_labels(
		a, c->check.key + strlen(sql_key(a, D, in)), &labels) ||
	    !take_check(t, labels_check(a, column, &labels)))
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

static void
text_or_kin(struct telling *t, const struct field *f, struct item *i)
{
	struct arena *a = t->teller->a;
	const char *column = name_of(t, f->column);
	const char *value = string_value(a, f->column->default_value.text);

	if (enumeration(t, f, i))
		return;
	if (take_check(t, arena_fmt(a, "length(%s) = 36", column))) {
		i->macro = "UUID";
		say_default(t, f->column, i);
	} else if (take_check(t, arena_fmt(a, "%s IS NULL OR json_valid(%s)",
				     column, column))) {
		i->macro = "JSON";
		if (value && strcmp(value, "{}") && strcmp(value, "[]"))
			value = NULL;
		say_default_value(t, f->column, i, value);
	} else {
		text(t, f, i);
	}
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

		if (!take_check(
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
	const char *column = name_of(t, f->column);
	const char *value = f->column->default_value.text;
	struct bound min = find_bound(t, arena_fmt(a, "%s >=", column), whole);
	struct bound max = find_bound(t, arena_fmt(a, "%s <=", column), whole);

	if (min.check && max.check &&
	    strtod(min.number, NULL) > strtod(max.number, NULL))
		min = max = (struct bound){ 0 };
	if (value && (!literal || !is_number(value, whole) ||
			 !is_within(&min, &max, value)))
		value = NULL;
	if (whole && !say_bits(t, column, i, value))
		value = NULL;
	say_bound(t, i, "min", &min);
	say_bound(t, i, "max", &max);
	say_default_value(t, f->column, i, value);
}

static void
integer(struct telling *t, const struct field *f, struct item *i)
{
	i->macro = "INTEGER";
	number(t, f, i, true, true);
}

static void
integer_or_boolean(struct telling *t, const struct field *f, struct item *i)
{
	struct arena *a = t->teller->a;
	const char *value = f->column->default_value.text;

	if (!take_check(
		t, arena_fmt(a, "%s IN (0, 1)", name_of(t, f->column)))) {
		integer(t, f, i);
		return;
	}
	i->macro = "BOOLEAN";
	if (value && (!strcmp(value, "1") || !strcmp(value, "0")))
		value = *value == '1' ? "true" : "false";
	else
		value = NULL;
	say_default_value(t, f->column, i, value);
}

static void
real(struct telling *t, const struct field *f, struct item *i)
{
	i->macro = "REAL";
	number(t, f, i, false, true);
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

static bool
boolean(struct telling *t, const struct field *f, struct item *i)
{
	const char *check =
	    arena_fmt(t->teller->a, "%s IN (0, 1)", name_of(t, f->column));

	if (!find_check(t, check, true))
		return false;
	integer_or_boolean(t, f, i);
	return true;
}

/* What the language has no word for. */
static void
other(struct telling *t, const struct field *f, struct item *i)
{
	const char *type = f->column->type ? f->column->type : "";

	i->macro = "COLUMN";
	item_text(t->teller->a, i, "type", type);
	say_default(t, f->column, i);
}

static void
blob(struct telling *t, const struct field *f, struct item *i)
{
	const char *value = f->column->default_value.text;
	size_t n = value ? strlen(value) : 0;
	struct bound max = find_length(t, name_of(t, f->column), "<=");
	const char *hex = NULL;

	i->macro = "BLOB";
	say_length(t, i, "max", &max);
	if (n >= 3 && value[0] == 'x' && value[1] == '\'' && n % 2 &&
	    strspn(value + 2, "0123456789abcdefABCDEF") == n - 3)
		hex = arena_strndup(t->teller->a, value + 2, n - 3);
	say_default_value(t, f->column, i, hex);
}

static void
field(struct telling *t, const struct field *f, struct item *i)
{
	static const struct {
		const char *type;
		void (*loose)(
		    struct telling *, const struct field *, struct item *);
		void (*strict)(
		    struct telling *, const struct field *, struct item *);
	} types[] = {
		{ "TEXT", text_or_kin, text_or_kin },
		{ "INTEGER", integer, integer_or_boolean },
		{ "REAL", real, real },
		{ "BLOB", blob, blob },
	};
	const char *type = f->column->type ? f->column->type : "";

	for (size_t k = 0; k < sizeof(types) / sizeof(*types); k++) {
		if (!is_type(type, types[k].type))
			continue;
		(t->table->strict ? types[k].strict : types[k].loose)(t, f, i);
		return;
	}
	if (!t->table->strict) {
		if (is_type(type, "TIMESTAMP") || is_type(type, "DATE")) {
			i->macro = is_type(type, "DATE") ? "DATE" : "TIMESTAMP";
			say_default(t, f->column, i);
			return;
		}
		if (is_type(type, "BOOLEAN") && boolean(t, f, i))
			return;
		if (text_starts(type, "DECIMAL") && decimal(t, f, i))
			return;
	}
	other(t, f, i);
}

/* ------------------------------ by themselves ----------------------------- */

static bool
is_bare(const struct column *c)
{
	return !c->generated.text && !c->collation && !c->on_conflict;
}

static const char *
id(struct telling *t, const struct column *c)
{
	const char *type = c->type ? c->type : "";
	const char *word = portable_word(t->teller->a, &c->default_value);

	if (!is_bare(c))
		return NULL;
	if (is_type(type, "INTEGER") && !c->not_null && !c->default_value.text)
		return t->table->without_rowid ? NULL : "";
	if (!is_type(type, "TEXT") || !c->not_null || !word ||
	    strcmp(word, "NEW_UUID") != 0 || !take_check(t, "length(id) = 36"))
		return NULL;
	return "ID_UUID";
}

static bool
timestamp(struct telling *t, const struct column *c)
{
	const char *word = portable_word(t->teller->a, &c->default_value);

	return is_bare(c) && c->not_null && c->type &&
	       is_type(c->type, moment(t)) && word && !strcmp(word, "NOW");
}

/* Alone and an INTEGER, it is the rowid. */
static bool
is_rowid(const struct telling *t, const struct constraint *key)
{
	const struct field *f =
	    key && key->parts.n == 1 && !key->parts.v[0].desc
		? telling_field(t, key->parts.v[0].column)
		: NULL;

	return f && !t->table->without_rowid && f->column->type &&
	       is_type(f->column->type, "INTEGER");
}

static bool
null_key(const struct telling *t, const struct column *c)
{
	(void)c;
	return is_rowid(t, t->key);
}

static bool
makes_index(const struct telling *t, const struct constraint *c)
{
	return c->kind == CONSTRAINT_UNIQUE ||
	       (c->kind == CONSTRAINT_PRIMARY_KEY && !is_rowid(t, c));
}

const struct collections_dialect collections_sqlite = {
	.suffix = "sqlite.sql",
	.id = id,
	.timestamp = timestamp,
	.same_type = same_type,
	.null_key = null_key,
	.makes_index = makes_index,
	.field = field,
};
