/* literal - does a value written as text fit its field?
 *
 * Numbers are compared as text, digit by digit: a DECIMAL or a bound of 64
 * bits does not survive a double.
 */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "dsl/lower.h"

bool
is_integer(const char *s)
{
	s += *s == '-' || *s == '+';
	if (!isdigit((unsigned char)*s))
		return false;
	while (isdigit((unsigned char)*s))
		s++;
	return !*s;
}

static const char *
digits(const char *s)
{
	while (isdigit((unsigned char)*s))
		s++;
	return s;
}

static bool
is_decimal(const char *s)
{
	const char *begin, *end;
	bool any;

	s += *s == '-' || *s == '+';
	begin = s;
	end = digits(s);
	any = end > begin;
	if (*end == '.') {
		begin = end + 1;
		end = digits(begin);
		any = any || end > begin;
	}
	return any && !*end;
}

bool
is_number(const char *s)
{
	const char *e = s + strcspn(s, "eE");
	char mantissa[64];

	if (!*e)
		return is_decimal(s);
	if ((size_t)(e - s) >= sizeof(mantissa))
		return false;
	memcpy(mantissa, s, (size_t)(e - s));
	mantissa[e - s] = '\0';
	return is_decimal(mantissa) && is_integer(e + 1);
}

/* The parts of a decimal number, without zeros that mean nothing. */
struct decimal {
	bool negative;
	const char *whole, *fraction;
	size_t whole_n, fraction_n;
};

static struct decimal
decimal(const char *s)
{
	struct decimal d = { .negative = *s == '-' };

	s += *s == '-' || *s == '+';
	while (*s == '0')
		s++;
	d.whole = s;
	d.whole_n = (size_t)(digits(s) - s);
	s += d.whole_n;
	d.fraction = s + (*s == '.');
	d.fraction_n = (size_t)(digits(d.fraction) - d.fraction);
	while (d.fraction_n && d.fraction[d.fraction_n - 1] == '0')
		d.fraction_n--;
	if (!d.whole_n && !d.fraction_n)
		d.negative = false;
	return d;
}

static int
compare_size(const struct decimal *a, const struct decimal *b)
{
	size_t n =
	    a->fraction_n < b->fraction_n ? a->fraction_n : b->fraction_n;
	int c;

	if (a->whole_n != b->whole_n)
		return a->whole_n < b->whole_n ? -1 : 1;
	c = strncmp(a->whole, b->whole, a->whole_n);
	if (!c)
		c = strncmp(a->fraction, b->fraction, n);
	if (!c && a->fraction_n != b->fraction_n)
		c = a->fraction_n < b->fraction_n ? -1 : 1;
	return c;
}

int
number_compare(const char *a, const char *b, bool *ok)
{
	struct decimal x, y;
	double p, q;

	if (!is_number(a) || !is_number(b)) {
		*ok = false;
		return 0;
	}
	if (!is_decimal(a) || !is_decimal(b)) {
		p = strtod(a, NULL);
		q = strtod(b, NULL);
		return p < q ? -1 : p > q;
	}
	x = decimal(a);
	y = decimal(b);
	if (x.negative != y.negative)
		return x.negative ? -1 : 1;
	return x.negative ? compare_size(&y, &x) : compare_size(&x, &y);
}

/* Does s have the shape: 0 a digit, all else itself? */
static bool
shaped(const char *s, const char *shape, size_t *n)
{
	size_t i;

	for (i = 0; shape[i]; i++)
		if (shape[i] == '0' ? !isdigit((unsigned char)s[i])
				    : s[i] != shape[i])
			return false;
	*n = i;
	return true;
}

static bool
is_date(const char *s, size_t *n)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	int year, month, day;

	if (!shaped(s, "0000-00-00", n))
		return false;
	year = atoi(s);
	month = atoi(s + 5);
	day = atoi(s + 8);
	return month >= 1 && month <= 12 && day >= 1 &&
	       day <= days[month - 1] &&
	       (month != 2 || day < 29 ||
		   (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)));
}

static bool
is_zone(const char *s)
{
	size_t n;

	if (!*s || !strcmp(s, "Z"))
		return true;
	if (*s != '+' && *s != '-')
		return false;
	s++;
	return (shaped(s, "00:00", &n) || shaped(s, "0000", &n) ||
		   shaped(s, "00", &n)) &&
	       !s[n];
}

/* Returns the end of a time of the day, or NULL where it is none. */
static const char *
time_end(const char *s)
{
	size_t n;

	if (!shaped(s, "00:00", &n) || atoi(s) > 23 || atoi(s + 3) > 59)
		return NULL;
	s += n;
	if (shaped(s, ":00", &n) && atoi(s + 1) < 60) {
		s += n;
		if (*s == '.' && isdigit((unsigned char)s[1]))
			s = digits(s + 1);
	}
	return s;
}

static bool
is_time(const char *s)
{
	s = time_end(s);
	return s && !*s;
}

static bool
is_timestamp(const char *s)
{
	size_t n;

	if (!is_date(s, &n))
		return false;
	s += n;
	if (!*s)
		return true;
	if (*s != ' ' && *s != 'T')
		return false;
	s = time_end(s + 1);
	return s && is_zone(s);
}

static bool
is_uuid(const char *s)
{
	static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

	for (size_t i = 0; i < sizeof(shape); i++)
		if (shape[i] == 'x' ? !isxdigit((unsigned char)s[i])
				    : s[i] != shape[i])
			return false;
	return true;
}

static bool
is_hex(const char *s)
{
	size_t n = strspn(s, "0123456789abcdefABCDEF");

	return !s[n] && n % 2 == 0;
}

static size_t
letters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += (*s & 0xc0) != 0x80;
	return n;
}

static const char *
text_wrong(struct arena *a, const struct field *f, const char *value)
{
	const struct deesse_TEXT *t = (const void *)f->item;
	size_t n = letters(value);

	if (t->max && (int64_t)n > t->max)
		return arena_fmt(a, "has %zu letters, more than .max", n);
	if ((int64_t)n < t->min)
		return arena_fmt(a, "has %zu letters, less than .min", n);
	return NULL;
}

static const char *
bounds_wrong(const char *min, const char *max, const char *value)
{
	bool ok = true;

	if (min && number_compare(value, min, &ok) < 0 && ok)
		return "is less than .min";
	if (max && number_compare(value, max, &ok) > 0 && ok)
		return "is more than .max";
	return NULL;
}

static bool
fits_bits(int bits, const char *value)
{
	int64_t n;

	errno = 0;
	n = strtoll(value, NULL, 10);
	return !errno && (bits != 32 || (n <= INT32_MAX && n >= INT32_MIN)) &&
	       (bits != 16 || (n <= INT16_MAX && n >= INT16_MIN));
}

static const char *
integer_wrong(const struct field *f, const char *value)
{
	const struct deesse_INTEGER *i =
	    f->item->kind == DEESSE_KIND_INTEGER ? (const void *)f->item : NULL;

	if (!is_integer(value))
		return "is no whole number";
	if (!fits_bits(i && i->bits ? i->bits : 64, value))
		return "does not fit into the bits of this INTEGER";
	return i ? bounds_wrong(i->min, i->max, value) : NULL;
}

const char *
literal_too_large(const struct field *f, const char *value)
{
	const struct deesse_DECIMAL *d = (const void *)f->item;
	const struct deesse_INTEGER *i = (const void *)f->item;
	int whole;

	if (f->item->kind == DEESSE_KIND_INTEGER)
		return is_integer(value) &&
			       !fits_bits(i->bits ? i->bits : 64, value)
			   ? "does not fit into the bits of this INTEGER"
			   : NULL;
	if (!d->precision || !is_decimal(value))
		return NULL;
	whole = (int)decimal(value).whole_n;
	return whole > d->precision - d->scale
		   ? "has more digits than .precision leaves before the point"
		   : NULL;
}

static const char *
decimal_wrong(const struct field *f, const char *value)
{
	const struct deesse_DECIMAL *d = (const void *)f->item;
	struct decimal n;

	if (!is_decimal(value))
		return "is no decimal number";
	n = decimal(value);
	if (d->precision && (int)n.fraction_n > d->scale)
		return "has more digits after the point than .scale";
	if (d->precision && (int)n.whole_n > d->precision - d->scale)
		return "has more digits than .precision leaves before the "
		       "point";
	return bounds_wrong(d->min, d->max, value);
}

static const char *
enum_wrong(struct arena *a, const struct field *f, const char *value)
{
	const struct names *labels = &column_more(f->column)->labels;
	const char *meant;

	for (size_t i = 0; i < labels->n; i++)
		if (!strcmp(labels->v[i], value))
			return NULL;
	meant = text_nearest(value, labels->v, labels->n);
	return meant ? arena_fmt(a,
			   "is none of its values; did you mean \"%s\"?", meant)
		     : "is none of its values";
}

/* ---------------------------------- JSON --------------------------------- */

#define DEPTH_MAX 64

static const char *
json_space(const char *s)
{
	return s + strspn(s, " \t\r\n");
}

static const char *
json_string(const char *s)
{
	if (*s++ != '"')
		return NULL;
	while (*s != '"') {
		if ((unsigned char)*s < 0x20)
			return NULL;
		if (*s == '\\') {
			s++;
			if (!*s || !strchr("\"\\/bfnrtu", *s))
				return NULL;
			for (int i = 0; *s == 'u' && i < 4; i++)
				if (!isxdigit((unsigned char)s[1 + i]))
					return NULL;
			s += *s == 'u' ? 4 : 0;
		}
		s++;
	}
	return s + 1;
}

static const char *
json_number(const char *s)
{
	const char *begin;

	s += *s == '-';
	begin = s;
	s = digits(s);
	if (s == begin || (*begin == '0' && s > begin + 1))
		return NULL;
	if (*s == '.') {
		begin = ++s;
		s = digits(s);
		if (s == begin)
			return NULL;
	}
	if (*s == 'e' || *s == 'E') {
		s++;
		s += *s == '+' || *s == '-';
		begin = s;
		s = digits(s);
		if (s == begin)
			return NULL;
	}
	return s;
}

/* Returns the end of the value, or NULL where it is none. */
static const char *
json_value(const char *s, int depth)
{
	static const char *const words[] = { "true", "false", "null" };
	char close;

	s = json_space(s);
	if (*s == '"')
		return json_string(s);
	for (int i = 0; i < 3; i++)
		if (text_starts(s, words[i]))
			return s + strlen(words[i]);
	if (*s != '{' && *s != '[')
		return json_number(s);
	if (depth == DEPTH_MAX)
		return NULL;
	close = *s == '{' ? '}' : ']';
	s = json_space(s + 1);
	if (*s == close)
		return s + 1;
	for (;;) {
		if (close == '}') {
			s = json_string(json_space(s));
			if (!s || *(s = json_space(s)) != ':')
				return NULL;
			s++;
		}
		s = json_value(s, depth + 1);
		if (!s)
			return NULL;
		s = json_space(s);
		if (*s == close)
			return s + 1;
		if (*s++ != ',')
			return NULL;
	}
}

static bool
is_json(const char *s)
{
	s = json_value(s, 0);
	return s && !*json_space(s);
}

const char *
literal_wrong(struct arena *a, const struct field *f, const char *value)
{
	bool own = f->item && f->item->kind == f->kind;
	size_t n;

	switch (f->kind) {
	case DEESSE_KIND_TEXT:
		return own ? text_wrong(a, f, value) : NULL;
	case DEESSE_KIND_INTEGER:
		return integer_wrong(f, value);
	case DEESSE_KIND_REAL:
		if (!is_number(value))
			return "is no number";
		return own ? bounds_wrong(
				 ((const struct deesse_REAL *)(const void *)
					 f->item)
				     ->min,
				 ((const struct deesse_REAL *)(const void *)
					 f->item)
				     ->max,
				 value)
			   : NULL;
	case DEESSE_KIND_DECIMAL:
		if (own)
			return decimal_wrong(f, value);
		return is_decimal(value) ? NULL : "is no decimal number";
	case DEESSE_KIND_BOOLEAN:
		return !strcmp(value, "true") || !strcmp(value, "false")
			   ? NULL
			   : "is neither \"true\" nor \"false\"";
	case DEESSE_KIND_TIMESTAMP:
		return is_timestamp(value)
			   ? NULL
			   : "is no time as \"2026-01-31 12:00:00Z\" is; for "
			     "the current one, write .default_sql = NOW";
	case DEESSE_KIND_DATE:
		return is_date(value, &n) && !value[n]
			   ? NULL
			   : "is no day as \"2026-01-31\" is; for the current "
			     "one, write .default_sql = TODAY";
	case DEESSE_KIND_TIME:
		return is_time(value) ? NULL
				      : "is no time of the day as \"12:30:00\" "
					"is";
	case DEESSE_KIND_UUID:
		return is_uuid(value) ? NULL
				      : "is no UUID; for a new one, write "
					".default_sql = NEW_UUID";
	case DEESSE_KIND_JSON:
		return is_json(value) ? NULL : "is no JSON";
	case DEESSE_KIND_BLOB:
		return is_hex(value) ? NULL
				     : "is not hexadecimal, two digits a byte";
	case DEESSE_KIND_ENUM:
		return own ? enum_wrong(a, f, value) : NULL;
	default:
		return NULL;
	}
}
