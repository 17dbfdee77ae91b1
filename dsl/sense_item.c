/* sense_item - triggers, hooks, relations, enums that mean nothing */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "dsl/options.h"
#include "dsl/sense.h"

/* -------------------------------- triggers -------------------------------- */

static const char *
trigger_sql(const struct sensing *s)
{
	const struct deesse_TRIGGER *t = (const void *)s->item;

	return t->sql && t->only == DEESSE_ONLY_POSTGRES
		   ? ".sql is what a trigger does on SQLite, and this one is "
		     ".only = POSTGRES; say .execute = \"function()\""
		   : NULL;
}

static const char *
trigger_execute(const struct sensing *s)
{
	const struct deesse_TRIGGER *t = (const void *)s->item;

	return t->execute && t->only == DEESSE_ONLY_SQLITE
		   ? ".execute is a function of PostgreSQL, and this one is "
		     ".only = SQLITE; say .sql = \"…\""
		   : NULL;
}

/* "after update of title": when, and what. */
static const char *
trigger_event(const struct sensing *s)
{
	static const char *const whens[] = { "before", "after", NULL };
	static const char *const events[] = { "insert", "update", "delete",
		"truncate", NULL };
	const struct deesse_TRIGGER *t = (const void *)s->item;
	const char *const *lists[] = { whens, events };
	const char *at = t->event;

	for (size_t i = 0; at && i < 2; i++) {
		const char *const *w = lists[i];
		size_t n;

		at += strspn(at, " \t\n");
		n = strcspn(at, " \t\n");
		while (*w && !text_same_nocase(*w, arena_strndup(s->a, at, n)))
			w++;
		if (!*w)
			return arena_fmt(s->a,
			    ".event is \"%s\"; write \"after insert\", "
			    "\"before update of title\", \"after delete\"",
			    t->event);
		at += n;
	}
	return NULL;
}

/* ------------------------------ the other ends ---------------------------- */

static const char *
other_end(const struct sensing *s)
{
	const struct field *f = field_named(s->c, s->item->name);

	if (f && f->item)
		return arena_fmt(s->a,
		    "%s has a field '%s', too (%s:%d); a client would not know "
		    "which is meant",
		    s->c->slug, f->name, shown_path(f->item->file),
		    f->item->line);
	if (f)
		return arena_fmt(s->a,
		    "%s has a field '%s' by itself; a client would not know "
		    "which is meant",
		    s->c->slug, f->name);
	for (size_t i = 0; i < s->c->from->n; i++) {
		const struct deesse_item *other = s->c->from->items[i];

		/* two of one kind are told where they are lowered */
		if (s->item->kind == DEESSE_KIND_HAS_ONE &&
		    other->kind == DEESSE_KIND_HAS_MANY &&
		    !strcmp(other->name, s->item->name))
			return arena_fmt(s->a,
			    "%s has HAS_MANY(%s), too, at %s:%d", s->c->slug,
			    other->name, shown_path(other->file), other->line);
	}
	return NULL;
}

/* ---------------------------------- hooks --------------------------------- */

static bool
is_function(const char *name)
{
	if (!isalpha((unsigned char)*name) && *name != '_')
		return false;
	while (isalnum((unsigned char)*name) || *name == '_')
		name++;
	return !*name;
}

static const char *
hooks(const struct sensing *s)
{
	const struct kind *k = kind_of(s->item->kind);

	for (size_t i = 0; i < k->n; i++) {
		const char *name;

		memcpy(&name, (const char *)s->item + k->options[i].offset,
		    sizeof(name));
		if (name && !is_function(name))
			return arena_fmt(s->a,
			    ".%s is \"%s\", which is no name of a function in "
			    "C",
			    k->options[i].name, name);
	}
	return NULL;
}

/* ---------------------------------- enums --------------------------------- */

static bool
has_value(const char *const *values, const char *value)
{
	while (values && *values && strcmp(*values, value) != 0)
		values++;
	return values && *values;
}

/* Pairs: what was the first is the second now. */
static const char *
former_values(const struct sensing *s, const struct deesse_was *w,
    const char *const *values)
{
	struct names was = { 0 };

	take_was(s->a, &was, w);
	for (size_t i = 0; i + 1 < was.n; i += 2) {
		if (has_value(values, was.v[i]))
			return arena_fmt(s->a,
			    ".values_was: \"%s\" is a value still, so nothing "
			    "was made of it; name it as it was",
			    was.v[i]);
		for (size_t k = 0; k < i; k += 2)
			if (!strcmp(was.v[i], was.v[k]))
				return arena_fmt(s->a,
				    ".values_was: \"%s\" became two values, "
				    "\"%s\" and \"%s\"",
				    was.v[i], was.v[k + 1], was.v[i + 1]);
	}
	return NULL;
}

static const char *
enum_values(const struct sensing *s)
{
	const struct deesse_ENUM *e = (const void *)s->item;

	return e->type ? NULL : former_values(s, &e->values_was, e->values);
}

static const char *
shared_values(const struct sensing *s)
{
	const struct deesse_ENUM_TYPE *e = (const void *)s->item;

	return former_values(s, &e->values_was, e->values);
}

static const char *
shared_was(const struct sensing *s)
{
	const struct deesse_ENUM_TYPE *e = (const void *)s->item;
	const char *name = e->name ? e->name : e->item.name;
	struct names was = { 0 };

	take_was(s->a, &was, &e->was);
	for (size_t i = 0; i < was.n; i++)
		if (!*was.v[i])
			return ".was is empty";
		else if (!strcmp(was.v[i], name))
			return arena_fmt(s->a,
			    "the type is called '%s' still; .was names what it "
			    "was before",
			    name);
	return NULL;
}

/* What a view shows is a query. */
static const char *
view_query(const struct sensing *s)
{
	const struct deesse_VIEW *v = (const void *)s->item;
	const char *first = v->sql ? v->sql + strspn(v->sql, " \t\r\n") : "";
	size_t n = strspn(first, "abcdefghijklmnopqrstuvwxyz"
				 "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	const char *word = arena_strndup(s->a, first, n);
	static const char *const words[] = { "SELECT", "WITH", "VALUES",
		"TABLE" };

	for (size_t i = 0; i < 4; i++)
		if (!n || text_same_nocase(word, words[i]))
			return NULL;
	return arena_fmt(s->a,
	    "a view shows a query, which begins with SELECT, WITH or VALUES, "
	    "not with %s",
	    word);
}

const struct sense item_senses[] = {
	{ DEESSE_KIND_VIEW, "sql", view_query },
	{ DEESSE_KIND_TRIGGER, "sql", trigger_sql },
	{ DEESSE_KIND_TRIGGER, "execute", trigger_execute },
	{ DEESSE_KIND_TRIGGER, "event", trigger_event },
	{ DEESSE_KIND_HAS_MANY, NULL, other_end },
	{ DEESSE_KIND_HAS_ONE, NULL, other_end },
	{ DEESSE_KIND_HOOKS, NULL, hooks },
	{ DEESSE_KIND_ENUM, "values_was", enum_values },
	{ DEESSE_KIND_ENUM_TYPE, "values_was", shared_values },
	{ DEESSE_KIND_ENUM_TYPE, "was", shared_was },
	{ 0, NULL, NULL },
};
