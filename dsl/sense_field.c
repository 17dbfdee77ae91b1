/* sense_field - options of fields that mean nothing together */
#include <ctype.h>
#include <string.h>

#include "dsl/sense.h"

static bool
is_numbered(const struct sensing *s)
{
	const struct deesse_INTEGER *n = (const void *)s->item;

	return n->item.kind == DEESSE_KIND_INTEGER &&
	       (n->autoincrement || n->identity);
}

static const char *
backfill(const struct sensing *s)
{
	if (!s->common->backfill)
		return NULL;
	if (s->common->generated)
		return arena_fmt(s->a,
		    "%s is generated in every row: .backfill has none to fill",
		    s->f->name);
	if (is_numbered(s))
		return arena_fmt(s->a,
		    "%s is numbered in every row: .backfill has none to fill",
		    s->f->name);
	return NULL;
}

static const char *using(const struct sensing *s)
{
	return s->common->using && *s->common->using && s->common->generated
		   ? arena_fmt(s->a,
			 "%s is generated, so it is computed anew and never "
			 "converted: leave .using out",
			 s->f->name)
		   : NULL;
}

static const char *
nullable(const struct sensing *s)
{
	return s->common->nullable && s->common->required
		   ? arena_fmt(s->a, "%s is .required and .nullable; keep one",
			 s->f->name)
		   : NULL;
}

static const char *
on_conflict(const struct sensing *s)
{
	return s->common->on_conflict && !s->f->column->not_null
		   ? arena_fmt(s->a,
			 ".on_conflict says what becomes of a row without %s, "
			 "which is not .required = true",
			 s->f->name)
		   : NULL;
}

static const char *
was(const struct sensing *s)
{
	struct names was = { 0 };

	take_was(s->a, &was, &s->common->was);
	for (size_t i = 0; i < was.n; i++)
		if (!strcmp(was.v[i], s->f->as))
			return arena_fmt(s->a,
			    "the column of %s is '%s' still; .was names what "
			    "it was before",
			    s->f->name, was.v[i]);
	return NULL;
}

/* --------------------------------- numbers -------------------------------- */

static const char *
autoincrement(const struct sensing *s)
{
	const struct deesse_INTEGER *n = (const void *)s->item;

	if (!n->autoincrement)
		return NULL;
	if (n->identity)
		return arena_fmt(s->a,
		    "%s is numbered twice, by .autoincrement and by .identity; "
		    "keep one",
		    s->f->name);
	if (n->default_value || n->default_sql || n->generated)
		return arena_fmt(s->a,
		    "%s is numbered, and has its value from elsewhere, too; "
		    "keep one",
		    s->f->name);
	return NULL;
}

static const char *
array_of_numbers(const struct sensing *s)
{
	return s->common->array && is_numbered(s)
		   ? "a database numbers one value, and this is an array"
		   : NULL;
}

static const char *
bound_wrong(const struct sensing *s, const char *option, const char *value)
{
	const char *wrong = value ? literal_too_large(s->f, value) : NULL;

	return wrong ? arena_fmt(s->a, ".%s of %s is \"%s\", which %s", option,
			   s->f->name, value, wrong)
		     : NULL;
}

static const char *
least_integer(const struct sensing *s)
{
	return bound_wrong(s, "min",
	    ((const struct deesse_INTEGER *)(const void *)s->item)->min);
}

static const char *
most_integer(const struct sensing *s)
{
	return bound_wrong(s, "max",
	    ((const struct deesse_INTEGER *)(const void *)s->item)->max);
}

static const char *
least_decimal(const struct sensing *s)
{
	return bound_wrong(s, "min",
	    ((const struct deesse_DECIMAL *)(const void *)s->item)->min);
}

static const char *
most_decimal(const struct sensing *s)
{
	return bound_wrong(s, "max",
	    ((const struct deesse_DECIMAL *)(const void *)s->item)->max);
}

/* ------------------------------- other types ------------------------------ */

static const char *
lowercase(const struct sensing *s)
{
	const struct deesse_TEXT *t = (const void *)s->item;

	for (const char *c = t->lowercase ? t->default_value : NULL; c && *c;
	     c++)
		if (isupper((unsigned char)*c))
			return arena_fmt(s->a,
			    "the default \"%s\" of %s is not in lower case, as "
			    ".lowercase asks",
			    t->default_value, s->f->name);
	return NULL;
}

/* "2026-01-31 12:00:00+01": what is behind the time. */
static const char *
zone(const struct sensing *s)
{
	const struct deesse_TIMESTAMP *t = (const void *)s->item;
	const char *value = t->local ? t->default_value : NULL;

	return value && strlen(value) > 10 && strpbrk(value + 10, "Z+-")
		   ? arena_fmt(s->a,
			 "the default \"%s\" of %s has a time zone, and a "
			 ".local time has none",
			 value, s->f->name)
		   : NULL;
}

static const char *
bytes_of_array(const struct sensing *s)
{
	const struct deesse_BLOB *b = (const void *)s->item;

	return b->array && b->max
		   ? arena_fmt(s->a,
			 "%s is an array, and .max is of one value; write "
			 ".check = \"…\"",
			 s->f->name)
		   : NULL;
}

/* ------------------------------- relations ------------------------------- */

static const char *
on_delete(const struct sensing *s)
{
	const struct deesse_RELATION *r = (const void *)s->item;

	/* that of .required is told where the relation is made */
	if (r->on_delete == DEESSE_SET_NULL && !r->required && !r->nullable &&
	    sense_in_key(s->c, s->f))
		return arena_fmt(s->a,
		    "RELATION(%s) is in the primary key, so a deleted row of "
		    "%s cannot leave NULL: use RESTRICT or CASCADE",
		    s->f->name, r->target);
	if (r->on_delete == DEESSE_SET_DEFAULT && s->f->column->not_null &&
	    !r->default_value && !r->default_sql)
		return arena_fmt(s->a,
		    "RELATION(%s) has no default that a deleted row of %s "
		    "could leave, and is not NULL",
		    s->f->name, r->target);
	return NULL;
}

static const char *
implicit(const struct sensing *s)
{
	const struct deesse_RELATION *r = (const void *)s->item;

	return r->implicit && r->references
		   ? "without columns a foreign key refers to the primary key: "
		     ".implicit and .references cannot both be"
		   : NULL;
}

const struct sense field_senses[] = {
	{ 0, "backfill", backfill },
	{ 0, "using", using },
	{ 0, "nullable", nullable },
	{ 0, "on_conflict", on_conflict },
	{ 0, "was", was },
	{ DEESSE_KIND_INTEGER, "autoincrement", autoincrement },
	{ DEESSE_KIND_INTEGER, "array", array_of_numbers },
	{ DEESSE_KIND_INTEGER, "min", least_integer },
	{ DEESSE_KIND_INTEGER, "max", most_integer },
	{ DEESSE_KIND_DECIMAL, "min", least_decimal },
	{ DEESSE_KIND_DECIMAL, "max", most_decimal },
	{ DEESSE_KIND_TEXT, "default_value", lowercase },
	{ DEESSE_KIND_TIMESTAMP, "default_value", zone },
	{ DEESSE_KIND_BLOB, "max", bytes_of_array },
	{ DEESSE_KIND_RELATION, "on_delete", on_delete },
	{ DEESSE_KIND_RELATION, "implicit", implicit },
	{ 0, NULL, NULL },
};
