/* json_read - structs from JSON, by tables of their members */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "schema/json_member.h"
#include "schema/schema.h"

struct reading {
	struct arena *arena;
	const char *where;
	struct err *err;
};

static bool
wrong(const struct reading *r, const struct member *m, const char *wanted)
{
	return err_fail(r->err, "%s.%s is not %s", r->where, m->name, wanted);
}

/* A text that a database could not hold is none. */
static const char *
read_text(const struct reading *r, const json_t *value)
{
	const char *s = json_string_value(value);

	if (!s || strlen(s) != json_string_length(value))
		return NULL;
	return arena_strdup(r->arena, s);
}

static bool
read_names(const struct reading *r, const struct member *m, const json_t *value,
    struct names *out)
{
	if (!json_is_array(value))
		return wrong(r, m, "a list of texts");
	for (size_t i = 0; i < json_array_size(value); i++) {
		const char *s = read_text(r, json_array_get(value, i));

		if (!s)
			return wrong(r, m, "a list of texts");
		vec_push(r->arena, out, s);
	}
	return true;
}

static bool
read_expr(const struct reading *r, const struct member *m, const json_t *value,
    struct expr *e)
{
	const json_t *key = json_object_get(value, "key");

	e->text = read_text(r, json_object_get(value, "sql"));
	e->key = key ? read_text(r, key) : NULL;
	if (!e->text || (key && !e->key) ||
	    json_object_size(value) != (key ? 2 : 1))
		return wrong(r, m, "an expression with its sql and its key");
	return true;
}

static bool
read_source(const struct reading *r, const struct member *m,
    const json_t *value, struct source *s)
{
	const char *text = read_text(r, value);
	const char *colon = text ? strrchr(text, ':') : NULL;
	char *end;
	long line;

	if (!colon)
		return wrong(r, m, "a file and a line");
	line = strtol(colon + 1, &end, 10);
	if (*end || end == colon + 1 || line < 0 || line > INT_MAX)
		return wrong(r, m, "a file and a line");
	s->file = arena_strndup(r->arena, text, (size_t)(colon - text));
	s->line = (int)line;
	return true;
}

static bool
read_word(const struct reading *r, const struct member *m, const json_t *value,
    unsigned char *at)
{
	const char *s = read_text(r, value);

	for (unsigned i = 0; s && i < m->words_n; i++)
		if (m->words[i] && !strcmp(m->words[i], s)) {
			*at = (unsigned char)i;
			return true;
		}
	return wrong(r, m, "a word that is known here");
}

static bool
read_object_kind(const struct reading *r, const struct member *m,
    const json_t *value, enum object_kind *at)
{
	const char *s = read_text(r, value);

	for (*at = 0; s && *at < OBJECT_KIND_COUNT; (*at)++)
		if (!strcmp(object_traits(*at)->label, s))
			return true;
	*at = 0;
	return wrong(r, m, "a kind that is known here");
}

static bool
read_list(const struct reading *r, const struct member *m, const json_t *value,
    void *at)
{
	size_t n = json_array_size(value);
	struct any_vec list = { .n = vec_size(n), .cap = vec_size(n) };
	char *things;
	void **pointers;

	if (!json_is_array(value))
		return wrong(r, m, "a list");
	things = n ? arena_alloc(r->arena, n * m->of->size) : NULL;
	pointers =
	    m->kind == MEMBER_LIST ? arena_array(r->arena, void *, n) : NULL;
	for (size_t i = 0; i < n; i++) {
		void *thing = things + i * m->of->size;

		memset(thing, 0, m->of->size);
		if (pointers)
			pointers[i] = thing;
		if (!members_read(r->arena, m->of, json_array_get(value, i),
			arena_fmt(r->arena, "%s.%s[%zu]", r->where, m->name, i),
			thing, r->err))
			return false;
	}
	list.v = pointers ? (void *)pointers : things;
	memcpy(at, &list, sizeof(list));
	return true;
}

static bool
read_member(const struct reading *r, const struct member *m,
    const json_t *value, void *at)
{
	const char *s;

	switch (m->kind) {
	case MEMBER_TEXT:
		s = read_text(r, value);
		memcpy(at, &s, sizeof(s));
		return s || wrong(r, m, "a text");
	case MEMBER_EXPR:
		return read_expr(r, m, value, at);
	case MEMBER_BOOL:
		*(bool *)at = json_is_true(value);
		return json_is_boolean(value) || wrong(r, m, "true or false");
	case MEMBER_INT:
		*(int *)at = (int)json_integer_value(value);
		return (json_is_integer(value) &&
			   *(int *)at == json_integer_value(value)) ||
		       wrong(r, m, "a number");
	case MEMBER_SOURCE:
		return read_source(r, m, value, at);
	case MEMBER_WORD:
		return read_word(r, m, value, at);
	case MEMBER_DIALECT:
		s = read_text(r, value);
		return (s && dialect_parse(at, s)) ||
		       wrong(r, m, "a dialect that is known here");
	case MEMBER_OBJECT:
		return read_object_kind(r, m, value, at);
	case MEMBER_NAMES:
		return read_names(r, m, value, at);
	default:
		return read_list(r, m, value, at);
	}
}

static const struct member *
find_member(const struct members *m, const char *name)
{
	for (size_t i = 0; i < m->n; i++)
		if (!strcmp(m->v[i].name, name))
			return &m->v[i];
	return NULL;
}

/* What is always written must be there. */
static bool
is_needed(const struct member *m)
{
	return m->needed || m->kind == MEMBER_DIALECT ||
	       m->kind == MEMBER_OBJECT ||
	       (m->kind == MEMBER_WORD && m->words[0]);
}

bool
members_read(struct arena *a, const struct members *m, const json_t *object,
    const char *where, void *thing, struct err *err)
{
	struct reading r = { a, where, err };
	const char *name;
	json_t *value;

	if (!json_is_object(object))
		return err_fail(err, "%s is no object", where);
	for (size_t i = 0; i < m->n; i++)
		if (is_needed(&m->v[i]) &&
		    !json_object_get(object, m->v[i].name))
			return err_fail(
			    err, "%s has no %s", where, m->v[i].name);
	json_object_foreach((json_t *)object, name, value)
	{
		const struct member *found = find_member(m, name);

		if (!found)
			return err_fail(err,
			    "%s has '%s', which is not known here", where,
			    name);
		if (!read_member(
			&r, found, value, member_made(a, found, thing)))
			return false;
	}
	return true;
}
