/* json_member - structs as JSON, by tables of their members */
#include "schema/json_member.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "schema/schema.h"

/* --------------------------------- writing -------------------------------- */

static json_t *
text_json(const char *s, const char *name, struct err *err)
{
	json_t *j = json_string(s);

	if (!j)
		err_set(err, ERR_FAILED,
		    "the %s '%s' is not UTF-8, and JSON holds nothing else",
		    name, s);
	return j;
}

static json_t *
names_json(const struct names *names, const char *name, struct err *err)
{
	json_t *list = json_array();

	for (size_t i = 0; i < names->n; i++) {
		json_t *s = text_json(names->v[i], name, err);

		if (!s) {
			json_decref(list);
			return NULL;
		}
		json_array_append_new(list, s);
	}
	return list;
}

static json_t *
expr_json(const struct expr *e, const char *name, struct err *err)
{
	json_t *o = json_object(), *sql = text_json(e->text, name, err);
	json_t *key = e->key && sql ? text_json(e->key, name, err) : NULL;

	if (!sql || (e->key && !key)) {
		json_decref(sql);
		json_decref(o);
		return NULL;
	}
	json_object_set_new(o, "sql", sql);
	if (key)
		json_object_set_new(o, "key", key);
	return o;
}

static json_t *
source_json(const struct source *s, struct err *err)
{
	struct buf b = { 0 };
	json_t *j;

	buf_fmt(&b, "%s:%d", s->file, s->line);
	j = text_json(buf_str(&b), "source", err);
	buf_release(&b);
	return j;
}

static json_t *
list_json(const struct member *m, const struct any_vec *list, struct err *err)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->n; i++) {
		const void *thing =
		    m->kind == MEMBER_LIST
			? ((void *const *)list->v)[i]
			: (const char *)list->v + i * m->of->size;
		json_t *o = members_write(m->of, thing, err);

		if (!o) {
			json_decref(array);
			return NULL;
		}
		json_array_append_new(array, o);
	}
	return array;
}

/* Does the member say nothing? */
static bool
is_unsaid(const struct member *m, const void *at)
{
	struct any_vec list;
	unsigned word;

	switch (m->kind) {
	case MEMBER_TEXT:
		return !*(const char *const *)at;
	case MEMBER_EXPR:
		return !((const struct expr *)at)->text;
	case MEMBER_BOOL:
		return !*(const bool *)at;
	case MEMBER_INT:
		return !*(const int *)at;
	case MEMBER_SOURCE:
		return !((const struct source *)at)->file;
	case MEMBER_WORD:
		memcpy(&word, at, sizeof(word));
		return !m->words[word];
	case MEMBER_NAMES:
	case MEMBER_LIST:
	case MEMBER_VALUES:
		memcpy(&list, at, sizeof(list));
		return !list.n;
	default:
		return false;
	}
}

static json_t *
member_json(const struct member *m, const void *at, struct err *err)
{
	struct any_vec list;
	unsigned word;

	switch (m->kind) {
	case MEMBER_TEXT:
		return text_json(*(const char *const *)at, m->name, err);
	case MEMBER_EXPR:
		return expr_json(at, m->name, err);
	case MEMBER_BOOL:
		return json_true();
	case MEMBER_INT:
		return json_integer(*(const int *)at);
	case MEMBER_SOURCE:
		return source_json(at, err);
	case MEMBER_WORD:
		memcpy(&word, at, sizeof(word));
		return json_string(m->words[word]);
	case MEMBER_DIALECT:
		return json_string(dialect_name(*(const enum dialect *)at));
	case MEMBER_OBJECT:
		return json_string(
		    object_traits(*(const enum object_kind *)at)->label);
	case MEMBER_NAMES:
		return names_json(at, m->name, err);
	default:
		memcpy(&list, at, sizeof(list));
		return list_json(m, &list, err);
	}
}

json_t *
members_write(const struct members *m, const void *thing, struct err *err)
{
	json_t *o = json_object();

	for (size_t i = 0; i < m->n; i++) {
		const void *at = (const char *)thing + m->v[i].offset;
		json_t *value;

		if (is_unsaid(&m->v[i], at))
			continue;
		value = member_json(&m->v[i], at, err);
		if (!value) {
			json_decref(o);
			return NULL;
		}
		json_object_set_new(o, m->v[i].name, value);
	}
	return o;
}

/* --------------------------------- reading -------------------------------- */

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
    void *at)
{
	const char *s = read_text(r, value);

	for (unsigned i = 0; s && i < m->words_n; i++)
		if (m->words[i] && !strcmp(m->words[i], s)) {
			memcpy(at, &i, sizeof(i));
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
	struct any_vec list = { .n = n, .cap = n };
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
			&r, found, value, (char *)thing + found->offset))
			return false;
	}
	return true;
}
