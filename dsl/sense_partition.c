/* sense_partition - parts that a divided table cannot have */
#include <string.h>

#include "base/text.h"
#include "dsl/sense.h"

/* Of what a part of a part is divided by, only its text is known. */
static const struct deesse_PARTITION_BY *
divided(const struct sensing *s)
{
	const struct deesse_PARTITION *p = (const void *)s->item;

	if (s->item->kind == DEESSE_KIND_PARTITION && p->of)
		return NULL;
	return sense_find(s, DEESSE_KIND_PARTITION_BY);
}

static bool
is_by(const struct deesse_PARTITION_BY *by, const char *method)
{
	return by && !strcmp(by->method, method);
}

static size_t
parts(const struct deesse_PARTITION_BY *by)
{
	size_t n = 0;

	while (n < DEESSE_PARTS && by->on[n])
		n++;
	return n;
}

/* Returns the field by which the table is divided, or NULL. */
static const struct field *
divided_by(const struct sensing *s, const struct deesse_PARTITION_BY *by)
{
	return by && parts(by) == 1 ? sense_field(s->c, by->on[0]) : NULL;
}

static const char *
one_field(const struct sensing *s)
{
	const struct deesse_PARTITION_BY *by = (const void *)s->item;

	return is_by(by, "LIST") && parts(by) > 1
		   ? "LIST divides by one field or expression; RANGE and HASH "
		     "take several"
		   : NULL;
}

/* The DESC, NULLS_FIRST and NULLS_LAST of deesse/dsl.h. */
static const char *
order(const struct sensing *s)
{
	const struct deesse_PARTITION_BY *by = (const void *)s->item;

	for (size_t i = 0; i < parts(by); i++)
		if (strspn(by->on[i],
			DESC("") NULLS_FIRST("") NULLS_LAST("")
			    EXPR("")) != strspn(by->on[i], EXPR("")))
			return "a table is divided by values and not in an "
			       "order: leave DESC and NULLS_… out";
	return NULL;
}

/* ------------------------------ one partition ----------------------------- */

static const char *
fits_method(const struct sensing *s)
{
	const struct deesse_PARTITION *p = (const void *)s->item;
	const struct deesse_PARTITION_BY *by = divided(s);
	const struct {
		const char *method, *says;
		bool said;
	} ways[] = {
		{ "RANGE", ".from and .to", p->from || p->to },
		{ "LIST", ".values", p->values != NULL },
		{ "HASH", ".modulus and .remainder",
		    p->modulus || p->remainder },
	};
	const char *wanted = NULL; /* the method is one */

	for (size_t i = 0; i < 3; i++)
		if (is_by(by, ways[i].method))
			wanted = ways[i].says;
	for (size_t i = 0; wanted && i < 3; i++)
		if (ways[i].said && !is_by(by, ways[i].method))
			return arena_fmt(s->a,
			    "%s is divided by %s, and a part of it says %s, "
			    "not %s",
			    s->c->slug, by->method, wanted, ways[i].says);
	if (p->rest && is_by(by, "HASH"))
		return "a table divided by HASH has no rest: its parts take "
		       "all there is";
	return NULL;
}

static const char *
hash(const struct sensing *s)
{
	const struct deesse_PARTITION *p = (const void *)s->item;

	if (p->modulus > 0 && (p->remainder < 0 || p->remainder >= p->modulus))
		return arena_fmt(s->a, ".remainder is %d; it is 0 to %d here",
		    p->remainder, p->modulus - 1);
	return NULL;
}

/* -1, 0, 1 as a is before, at or behind b; *known where that can be said. */
static int
compare(const struct field *f, const char *a, const char *b, bool *known)
{
	switch (f->kind) {
	case DEESSE_KIND_INTEGER:
	case DEESSE_KIND_REAL:
	case DEESSE_KIND_DECIMAL:
		*known = true;
		return number_compare(a, b, known);
	case DEESSE_KIND_DATE:
	case DEESSE_KIND_TIMESTAMP:
		/* days, without what a zone would make of them */
		*known = strlen(a) == 10 && strlen(b) == 10;
		return strcmp(a, b);
	default:
		*known = false;
		return 0;
	}
}

/* Has it the shape of the field's values? Bounds do not count, and what only
 * the server knows (infinity, years before Christ) is its own. */
static bool
is_value(const struct sensing *s, const struct field *f, const char *value)
{
	bool plain = !value[strspn(value, "+-.0123456789eE")];
	bool day = plain && strlen(value) == 10;

	switch (f->kind) {
	case DEESSE_KIND_INTEGER:
		return is_integer(value);
	case DEESSE_KIND_REAL:
	case DEESSE_KIND_DECIMAL:
		return !plain || is_number(value);
	case DEESSE_KIND_DATE:
	case DEESSE_KIND_TIMESTAMP:
		return !day || !literal_wrong(s->a, f, value);
	default:
		return true;
	}
}

static const char *
range(const struct sensing *s)
{
	const struct deesse_PARTITION *p = (const void *)s->item;
	const struct deesse_PARTITION_BY *by = divided(s);
	const struct field *f = divided_by(s, by);
	const char *ends[] = { p->from, p->to };
	bool known = false;

	if (!is_by(by, "RANGE") || (!p->from && !p->to))
		return NULL;
	if (parts(by) > 1)
		return arena_fmt(s->a,
		    "%s is divided by %zu fields, and .from and .to are of "
		    "one; write .bound = \"FROM (…, …) TO (…, …)\"",
		    s->c->slug, parts(by));
	for (size_t i = 0; f && i < 2; i++)
		if (ends[i] && !is_value(s, f, ends[i]))
			return arena_fmt(s->a,
			    "the end \"%s\" of %s is no value of '%s'", ends[i],
			    s->item->name, f->name);
	if (f && p->from && p->to && compare(f, p->from, p->to, &known) >= 0 &&
	    known)
		return arena_fmt(s->a,
		    "PARTITION(%s) is empty: .from \"%s\" is not before .to "
		    "\"%s\", which is not in it",
		    s->item->name, p->from, p->to);
	return NULL;
}

/* --------------------------- one beside another --------------------------- */

static bool
share_value(const char *const *a, const char *const *b)
{
	for (; a && *a; a++)
		for (const char *const *v = b; v && *v; v++)
			if (!strcmp(*a, *v))
				return true;
	return false;
}

static bool
share_hash(const struct deesse_PARTITION *a, const struct deesse_PARTITION *b)
{
	int least = a->modulus < b->modulus ? a->modulus : b->modulus;

	return least > 0 && a->remainder % least == b->remainder % least;
}

/* Is a before the end of b? An end that is not said is beyond all. */
static bool
before(const struct field *f, const char *a, const char *b)
{
	bool known = false;
	int order = a && b ? compare(f, a, b, &known) : 0;

	return !a || !b || (known && order < 0);
}

static bool
share_range(const struct field *f, const struct deesse_PARTITION *a,
    const struct deesse_PARTITION *b)
{
	return f && (a->from || a->to) && (b->from || b->to) &&
	       before(f, a->from, b->to) && before(f, b->from, a->to);
}

static bool
same_whole(const struct deesse_PARTITION *a, const struct deesse_PARTITION *b)
{
	return a->of && b->of ? !strcmp(a->of, b->of) : a->of == b->of;
}

static const char *
overlap(const struct sensing *s)
{
	const struct deesse_PARTITION *p = (const void *)s->item;
	const struct field *f = divided_by(s, divided(s));

	for (size_t i = 0; s->c->from->items[i] != s->item; i++) {
		const struct deesse_PARTITION *q =
		    (const void *)s->c->from->items[i];

		if (q->item.kind != DEESSE_KIND_PARTITION || !same_whole(p, q))
			continue;
		if ((p->rest && q->rest) || share_value(p->values, q->values) ||
		    share_hash(p, q) || share_range(f, p, q))
			return arena_fmt(s->a,
			    "PARTITION(%s) would take rows of PARTITION(%s) at "
			    "%s:%d",
			    p->item.name, q->item.name,
			    shown_path(q->item.file), q->item.line);
	}
	return NULL;
}

/* ------------------------- keys of a divided table ------------------------ */

/* Returns a field by which the table is divided and that is not in the key; a
 * unique key must have all of them. */
static const char *
missing(const struct deesse_PARTITION_BY *by, const struct lowered *c,
    const struct parts *key)
{
	for (size_t i = 0; by && i < parts(by); i++) {
		const struct field *f = sense_field(c, by->on[i]);
		bool found = false;

		for (size_t k = 0; f && k < key->n; k++)
			found = found || (key->v[k].column &&
					     !strcmp(key->v[k].column, f->as));
		if (f && !found)
			return f->name;
	}
	return NULL;
}

static const char *
keys(const struct sensing *s)
{
	const struct deesse_PARTITION_BY *by = (const void *)s->item;
	const struct table *t = s->c->table;
	const char *what = NULL, *name = NULL;

	for (size_t i = 0; i < t->constraints.n && !what; i++) {
		const struct constraint *k = t->constraints.v[i];

		if (k->kind != CONSTRAINT_PRIMARY_KEY &&
		    k->kind != CONSTRAINT_UNIQUE)
			continue;
		what = missing(by, s->c, &k->parts);
		name = k->name;
	}
	for (size_t i = 0; i < t->indexes.n && !what; i++) {
		const struct index *x = t->indexes.v[i];

		what = x->unique ? missing(by, s->c, &x->parts) : NULL;
		name = x->name;
	}
	return what ? arena_fmt(s->a,
			  "'%s' is unique in %s, and a key of a divided table "
			  "must have '%s', by which it is divided",
			  name, s->c->slug, what)
		    : NULL;
}

static const char *
exclude(const struct sensing *s)
{
	return divided(s) ? "PostgreSQL has no exclusion constraint on a "
			    "divided table"
			  : NULL;
}

static bool
is_divided(const struct lowered *c)
{
	return c->table->partition_by.text != NULL;
}

static const char *
inherits(const struct sensing *s)
{
	for (size_t i = 0; i < s->c->parents.n; i++)
		if (is_divided(s->c) || is_divided(s->c->parents.v[i]))
			return arena_fmt(s->a,
			    "%s is divided: such a table inherits nothing, and "
			    "nothing inherits from it",
			    is_divided(s->c) ? s->c->slug
					     : s->c->parents.v[i]->slug);
	return NULL;
}

static const char *
no_inherit(const struct sensing *s)
{
	const struct deesse_CHECK *k = (const void *)s->item;

	return k->no_inherit && divided(s)
		   ? "a check of a divided table is of its parts: leave "
		     ".no_inherit out"
		   : NULL;
}

static const char *
not_valid(const struct sensing *s)
{
	const struct deesse_FOREIGN_KEY *k = (const void *)s->item;

	return k->not_valid && divided(s)
		   ? "a foreign key of a divided table is checked at once: "
		     "leave .not_valid out"
		   : NULL;
}

const struct sense partition_senses[] = {
	{ DEESSE_KIND_PARTITION_BY, "on", one_field },
	{ DEESSE_KIND_PARTITION_BY, "on", order },
	{ DEESSE_KIND_PARTITION_BY, NULL, keys },
	{ DEESSE_KIND_PARTITION, NULL, fits_method },
	{ DEESSE_KIND_PARTITION, "remainder", hash },
	{ DEESSE_KIND_PARTITION, NULL, range },
	{ DEESSE_KIND_PARTITION, NULL, overlap },
	{ DEESSE_KIND_EXCLUDE, NULL, exclude },
	{ DEESSE_KIND_COLLECTION, "inherits", inherits },
	{ DEESSE_KIND_CHECK, "no_inherit", no_inherit },
	{ DEESSE_KIND_FOREIGN_KEY, "not_valid", not_valid },
	{ 0, NULL, NULL },
};
