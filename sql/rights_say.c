/* rights_say - rights as the statements that give them, one way */
#include "sql/righting.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "sql/quote.h"
#include "sql/routine.h"

static int
by_column(const void *a, const void *b)
{
	const struct column_right *x = a, *y = b;

	if (x->privilege != y->privilege)
		return x->privilege < y->privilege ? -1 : 1;
	return strcmp(x->column, y->column);
}

/* Adds the privileges, and those on columns that have the option or not. */
static void
add_privileges(struct buf *b, enum dialect d, const struct right *x,
    unsigned what, bool columns, bool option)
{
	const char *comma = "";
	unsigned last = 0;

	if (what == x->thing->all && what & (what - 1)) {
		buf_puts(b, "ALL");
		comma = ", ";
	} else {
		for (size_t i = 0; i < PRIVILEGES; i++)
			if (what >> i & 1) {
				buf_fmt(b, "%s%s", comma, rights_privileges[i]);
				comma = ", ";
			}
	}
	for (size_t i = 0; columns && i < x->columns.n; i++) {
		const struct column_right *c = &x->columns.v[i];

		if (c->option != option)
			continue;
		if (c->privilege == last) {
			buf_puts(b, ", ");
		} else {
			size_t k = 0;

			while (c->privilege >> k != 1)
				k++;
			buf_fmt(b, "%s%s%s (", last ? ")" : "", comma,
			    rights_privileges[k]);
		}
		comma = ", ";
		last = c->privilege;
		sql_ident(b, d, c->column);
	}
	if (last)
		buf_putc(b, ')');
}

static const char *
statement(const struct rights *r, const struct right *x, bool gives,
    unsigned what, bool columns, bool option)
{
	struct buf b = { 0 };

	buf_fmt(&b, "%s%s ", x->before, gives ? "GRANT" : "REVOKE");
	add_privileges(&b, r->d, x, what, columns, option);
	buf_fmt(&b, " ON %s %s %s%s", x->on, gives ? "TO" : "FROM", x->role,
	    gives && option ? " WITH GRANT OPTION" : "");
	return buf_take(&b, r->a);
}

static const char *
name_of(const struct rights *r, const struct right *x, bool gives, bool option)
{
	return routine_key(r->a, r->d,
	    arena_fmt(r->a, "%s%s ON %s %s %s%s", x->before,
		gives ? "GRANT" : "REVOKE", x->on, gives ? "TO" : "FROM",
		x->role, option ? " WITH GRANT OPTION" : ""));
}

static void
say_one(const struct rights *r, const struct right *x, bool gives,
    unsigned what, bool columns, bool option, struct rights_sayings *out)
{
	struct rights_saying s = { .schema = x->schema,
		.about = x->about,
		.source = x->source,
		.defaults = *x->before != '\0' };

	s.text = statement(r, x, gives, what, columns, option);
	s.key = routine_key(r->a, r->d, s.text);
	s.drop = statement(r, x, !gives, what, columns, option);
	s.name = name_of(r, x, gives, option);
	vec_push(r->a, out, s);
}

/* As they were given, which is how the server keeps them. */
static int
by_place(const void *a, const void *b)
{
	const struct right *x = *(struct right *const *)a;
	const struct right *y = *(struct right *const *)b;

	return x->place < y->place ? -1 : x->place > y->place;
}

static bool
has_columns(const struct right *x, bool option)
{
	for (size_t i = 0; i < x->columns.n; i++)
		if (x->columns.v[i].option == option)
			return true;
	return false;
}

void
rights_say(const struct rights *r, struct rights_sayings *out)
{
	struct right_list all = { 0 };

	for (size_t i = 0; i < r->all.n; i++)
		vec_push(r->a, &all, r->all.v[i]);
	if (all.n)
		qsort(all.v, all.n, sizeof(*all.v), by_place);
	for (size_t i = 0; i < all.n; i++) {
		const struct right *x = all.v[i];
		unsigned given = x->has & ~x->anybody & ~x->option;
		unsigned lost = x->anybody & ~x->has;

		if (x->columns.n)
			qsort(x->columns.v, x->columns.n, sizeof(*x->columns.v),
			    by_column);
		if (lost)
			say_one(r, x, false, lost, false, false, out);
		if (given || has_columns(x, false))
			say_one(r, x, true, given, true, false, out);
		if (x->option || has_columns(x, true))
			say_one(r, x, true, x->option, true, true, out);
	}
}

void
rights_shut(const struct rights *r, struct names *out)
{
	for (size_t i = 0; i < r->all.n; i++) {
		const struct right *x = r->all.v[i];

		if (x->shut && !*x->before && !x->has && !x->columns.n)
			vec_push(r->a, out, name_of(r, x, true, false));
	}
}

bool
rights_same(const char *a, const char *b)
{
	static const char option[] = " with grant option", revoke[] = "revoke ";
	const char *x = strstr(a, option), *y = strstr(b, option);
	size_t n = x ? (size_t)(x - a) : strlen(a);

	return text_starts(a, revoke) == text_starts(b, revoke) &&
	       n == (y ? (size_t)(y - b) : strlen(b)) && !strncmp(a, b, n);
}

/* What x has beyond y. */
static struct right
beyond(struct arena *a, const struct right *x, const struct right *y)
{
	struct right rest = *x;

	rest.has &= ~y->has;
	rest.option &= ~y->option;
	rest.columns = (struct column_rights){ 0 };
	for (size_t i = 0; i < x->columns.n; i++) {
		const struct column_right *c = &x->columns.v[i];
		bool has = false;

		for (size_t k = 0; k < y->columns.n; k++)
			has |= y->columns.v[k].privilege == c->privilege &&
			       y->columns.v[k].option == c->option &&
			       !strcmp(y->columns.v[k].column, c->column);
		if (!has)
			vec_push(a, &rest.columns, *c);
	}
	if (rest.columns.n)
		qsort(rest.columns.v, rest.columns.n, sizeof(*rest.columns.v),
		    by_column);
	return rest;
}

static void
add_change(const struct rights *r, const struct right *x, bool gives,
    struct names *out)
{
	bool option = x->option || has_columns(x, true);

	if (x->has || x->columns.n)
		vec_push(
		    r->a, out, statement(r, x, gives, x->has, true, option));
}

/* What is said to be lost, was there. */
static bool
lost(void *arg, const char *on, const char *role)
{
	(void)arg;
	(void)on;
	(void)role;
	return true;
}

void
rights_change(struct arena *a, enum dialect d, struct names *out,
    const char *from, const char *to)
{
	bool revokes = text_starts(from, "REVOKE ");
	struct rights was = { .a = a, .d = d, .owns = revokes ? lost : NULL };
	struct rights is = was;
	struct statement x = { .text = from, .len = strlen(from) };
	struct statement y = { .text = to, .len = strlen(to) };
	struct right less, more;
	const char *why;

	if (!rights_add(&was, &x, NULL, NULL, &why) ||
	    !rights_add(&is, &y, NULL, NULL, &why))
		return;
	less = beyond(a, was.all.v[0], is.all.v[0]);
	/* what is taken of a table is taken of its columns, too */
	right_take_columns(was.all.v[0], less.has);
	more = beyond(a, is.all.v[0], was.all.v[0]);
	add_change(&was, &less, false, out);
	add_change(&is, &more, true, out);
}
