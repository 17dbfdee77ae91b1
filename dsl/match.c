/* match - a regular expression as SQLite can check it
 *
 * SQLite has GLOB: classes of letters, ? and *, but no repetition. Where every
 * part of a regular expression is one letter or class, repeated, it can be
 * said exactly: what is repeated holds no letter outside of its class, and
 * ends where a letter stands that the class does not have. All else is
 * refused; a check that is nearly right would let wrong data in.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "dsl/lower.h"
#include "sql/quote.h"

#define FOREVER 1000000 /* the greatest count that can be written is less */
#define ATOMS 64
#define FIXED_MAX 256 /* letters of a fixed part, written out */

/* A set of letters: those of ASCII one by one, all others together. */
struct set {
	bool has[128];
	bool others;
};

struct atom {
	struct set set;
	int min, max;
};

struct regex {
	struct atom atoms[ATOMS];
	int n;
};

/* --------------------------------- parsing -------------------------------- */

static bool
add_range(struct set *set, unsigned char from, unsigned char to)
{
	if (from > to || to >= 128)
		return false;
	for (unsigned c = from; c <= to; c++)
		set->has[c] = true;
	return true;
}

static void
invert(struct set *set)
{
	for (int c = 1; c < 128; c++)
		set->has[c] = !set->has[c];
	set->others = !set->others;
}

/* Reads [a-z-], after the bracket; returns what follows it, or NULL. */
static const char *
parse_class(const char *s, struct set *set)
{
	bool negated = *s == '^', first = true;

	s += negated;
	for (; *s && (*s != ']' || first); first = false) {
		unsigned char from = (unsigned char)*s++, to = from;

		if (from == '[' || from == '\\')
			return NULL;
		if (s[0] == '-' && s[1] && s[1] != ']') {
			to = (unsigned char)s[1];
			s += 2;
			if (to == '[' || to == '\\')
				return NULL;
		}
		if (!add_range(set, from, to))
			return NULL;
	}
	if (negated)
		invert(set);
	return *s ? s + 1 : NULL;
}

/* Reads one letter or class. */
static const char *
parse_set(const char *s, struct set *set)
{
	unsigned char c = (unsigned char)*s;

	if (c == '[')
		return parse_class(s + 1, set);
	if (c == '.') {
		invert(set);
		return s + 1;
	}
	if (c == '\\' && s[1] == 'd') {
		add_range(set, '0', '9');
		return s + 2;
	}
	if (c == '\\') {
		c = (unsigned char)*++s;
		if (!ispunct(c))
			return NULL;
	} else if (c < 0x20 || strchr("^$*+?{}()|", c)) {
		return NULL;
	}
	return add_range(set, c, c) ? s + 1 : NULL;
}

static const char *
parse_count(const char *s, struct atom *a)
{
	char *end;

	a->min = a->max = 1;
	if (*s == '*' || *s == '+' || *s == '?') {
		a->min = *s == '+';
		a->max = *s == '?' ? 1 : FOREVER;
		s++;
	} else if (*s == '{') {
		if (!isdigit((unsigned char)s[1]))
			return NULL;
		a->min = a->max = (int)strtol(s + 1, &end, 10);
		if (*end == ',' && end[1] == '}') {
			a->max = FOREVER;
			end++;
		} else if (*end == ',' && isdigit((unsigned char)end[1])) {
			a->max = (int)strtol(end + 1, &end, 10);
		}
		if (*end != '}' || a->min > a->max || a->min > FIXED_MAX)
			return NULL;
		s = end + 1;
	}
	/* a second one asks for the shortest match, or for nothing */
	return *s && strchr("*+?{", *s) ? NULL : s;
}

static void
add_anything(struct regex *r)
{
	struct atom *a = &r->atoms[r->n++];

	*a = (struct atom){ .max = FOREVER };
	invert(&a->set);
}

static bool
parse(struct regex *r, const char *s)
{
	if (*s == '^')
		s++;
	else
		add_anything(r);
	while (*s && !(s[0] == '$' && !s[1])) {
		struct atom *a = &r->atoms[r->n];

		if (r->n >= ATOMS - 2)
			return false;
		*a = (struct atom){ 0 };
		s = parse_set(s, &a->set);
		s = s ? parse_count(s, a) : NULL;
		if (!s)
			return false;
		r->n++;
	}
	if (!*s)
		add_anything(r);
	return true;
}

/* --------------------------------- writing -------------------------------- */

static int
size(const struct set *set, int *only)
{
	int n = set->others ? 2 : 0;

	for (int c = 1; c < 128; c++) {
		if (!set->has[c])
			continue;
		n++;
		*only = c;
	}
	return n;
}

static bool
is_any(const struct set *set)
{
	int only, n = size(set, &only);

	return set->others && n == 2 + 127;
}

static void
glob_letter(struct buf *b, int c)
{
	if (strchr("*?[", c))
		buf_fmt(b, "[%c]", c);
	else
		buf_putc(b, (char)c);
}

/* GLOB reads ] first in a class, - after nothing, and ^ not first as they
 * are. */
static void
glob_letters(struct buf *b, const bool *has)
{
	if (has[']'])
		buf_putc(b, ']');
	if (has['-'])
		buf_putc(b, '-');
	for (int c = 1; c < 128; c++) {
		int last = c;

		if (!has[c] || c == ']' || c == '-' || c == '^')
			continue;
		while (last < 127 && has[last + 1] && !strchr("]-^", last + 1))
			last++;
		buf_putc(b, (char)c);
		if (last > c + 1)
			buf_putc(b, '-');
		if (last > c)
			buf_putc(b, (char)last);
		c = last;
	}
	if (has['^'])
		buf_putc(b, '^');
}

static void
glob_set(struct buf *b, const struct set *set)
{
	struct set other = *set;
	int only = 0;

	if (is_any(set)) {
		buf_putc(b, '?');
	} else if (set->others) {
		invert(&other);
		buf_puts(b, "[^");
		glob_letters(b, other.has);
		buf_putc(b, ']');
	} else if (size(set, &only) == 1) {
		glob_letter(b, only);
	} else {
		buf_putc(b, '[');
		glob_letters(b, set->has);
		buf_putc(b, ']');
	}
}

static bool
fixed(const struct atom *a)
{
	return a->min == a->max;
}

static int
fixed_length(const struct atom *a, int n)
{
	int sum = 0;

	for (int i = 0; i < n; i++)
		sum += a[i].min;
	return sum;
}

static void
glob_fixed(struct buf *b, const struct atom *a, int n)
{
	for (int i = 0; i < n; i++)
		for (int k = 0; k < a[i].min; k++)
			glob_set(b, &a[i].set);
}

struct writing {
	struct arena *arena;
	struct buf *out;
	bool any; /* something was written */
};

static void and (struct writing * w)
{
	if (w->any)
		buf_puts(w->out, " AND ");
	w->any = true;
}

static void
condition(
    struct writing *w, const char *text, const char *op, const struct buf *glob)
{
	and(w);
	buf_fmt(w->out, "%s %s ", text, op);
	sql_literal(w->out, DIALECT_SQLITE, buf_str(glob));
}

/* Text holds only letters of the set. */
static void
only_of(struct writing *w, const char *text, const struct set *set)
{
	struct set other = *set;
	struct buf glob = { 0 };

	if (is_any(set))
		return;
	invert(&other);
	buf_putc(&glob, '*');
	glob_set(&glob, &other);
	buf_putc(&glob, '*');
	condition(w, text, "NOT GLOB", &glob);
	buf_release(&glob);
}

static void
count(struct writing *w, const char *number, const struct atom *a, int more)
{
	bool below = a->max < FOREVER;

	if (a->min + more > 0) {
		and(w);
		buf_fmt(w->out, "%s >= %d", number, a->min + more);
	}
	if (below) {
		and(w);
		buf_fmt(w->out, "%s <= %d", number, a->max + more);
	}
}

/* Everything is of a fixed length or anything at all: one GLOB says it. */
static bool
write_glob(struct writing *w, const char *text, const struct atom *a, int n)
{
	struct buf glob = { 0 };

	for (int i = 0; i < n; i++) {
		if (!fixed(&a[i]) &&
		    (!is_any(&a[i].set) || a[i].max < FOREVER)) {
			buf_release(&glob);
			return false;
		}
		glob_fixed(&glob, &a[i], 1);
		if (!fixed(&a[i]))
			buf_putc(&glob, '*');
	}
	if (strspn(buf_str(&glob), "*") < glob.len || !glob.len)
		condition(w, text, "GLOB", &glob);
	buf_release(&glob);
	return true;
}

/* What is repeated, and then only parts of a fixed length. */
static void
write_last(struct writing *w, const char *text, const struct atom *a, int n)
{
	int tail = fixed_length(a + 1, n - 1);
	struct buf glob = { 0 };

	count(w, arena_fmt(w->arena, "length(%s)", text), a, tail);
	if (tail) {
		buf_putc(&glob, '*');
		glob_fixed(&glob, a + 1, n - 1);
		condition(w, text, "GLOB", &glob);
		text = arena_fmt(w->arena, "substr(%s, 1, length(%s) - %d)",
		    text, text, tail);
	}
	only_of(w, text, &a->set);
	buf_release(&glob);
}

static bool
only_lacks(const struct set *set, int c)
{
	struct set with = *set;

	with.has[c] = true;
	return is_any(&with);
}

static bool write_rest(
    struct writing *w, const char *text, const struct atom *a, int n);

/* What is repeated, up to the first letter that it does not have. */
static bool
write_until(struct writing *w, const char *text, const struct atom *a, int n)
{
	struct atom rest[ATOMS];
	struct buf at = { 0 };
	const char *place;
	int letter = 0, used = 0;

	if (!fixed(&a[1]) || !a[1].min || size(&a[1].set, &letter) != 1 ||
	    a->set.has[letter])
		return false;
	buf_fmt(&at, "instr(%s, ", text);
	sql_literal(&at, DIALECT_SQLITE, (char[]){ (char)letter, 0 });
	buf_putc(&at, ')');
	place = arena_strdup(w->arena, buf_str(&at));
	buf_release(&at);
	count(w, place, a, 1);
	if (!only_lacks(&a->set, letter))
		only_of(w,
		    arena_fmt(w->arena, "substr(%s, 1, %s - 1)", text, place),
		    &a->set);
	for (int i = 1; i < n; i++) {
		rest[used] = a[i];
		if (i == 1)
			rest[used].min = rest[used].max = a[1].min - 1;
		used += rest[used].max > 0;
	}
	return write_rest(w,
	    arena_fmt(w->arena, "substr(%s, %s + 1)", text, place), rest, used);
}

static bool
write_rest(struct writing *w, const char *text, const struct atom *a, int n)
{
	struct buf glob = { 0 };
	int first = 0, last;

	if (write_glob(w, text, a, n))
		return true;
	while (first < n && fixed(&a[first]))
		first++;
	if (first) {
		glob_fixed(&glob, a, first);
		buf_putc(&glob, '*');
		condition(w, text, "GLOB", &glob);
		buf_release(&glob);
		text = arena_fmt(w->arena, "substr(%s, %d)", text,
		    fixed_length(a, first) + 1);
	}
	for (last = n; last > first + 1 && fixed(&a[last - 1]);)
		last--;
	if (last == first + 1) {
		write_last(w, text, a + first, n - first);
		return true;
	}
	return write_until(w, text, a + first, n - first);
}

bool
match_glob(
    struct arena *a, struct buf *out, const char *column, const char *regex)
{
	struct regex *r = arena_new(a, struct regex);
	struct writing w = { .arena = a, .out = out };

	return parse(r, regex) && fixed_length(r->atoms, r->n) <= FIXED_MAX &&
	       write_rest(&w, column, r->atoms, r->n) && w.any;
}
