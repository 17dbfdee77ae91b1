/* json_write - structs as JSON, by tables of their members
 *
 * Text is written as it comes: a tree of a large schema takes many times the
 * memory of the schema, and longer than compiling it.
 */
#include <string.h>

#include "schema/json_member.h"
#include "schema/schema.h"

#define MUCH ((size_t)64 << 10)

struct writing {
	struct buf *out;
	int indent; /* spaces a level; 0: all in one line */
	int depth;
	const struct spill *spill; /* or NULL */
	struct err *err;
};

static void
new_line(const struct writing *w)
{
	if (!w->indent)
		return;
	buf_putc(w->out, '\n');
	for (int i = 0; i < w->depth * w->indent; i++)
		buf_putc(w->out, ' ');
}

/* Opens a list or an object, or goes on with it. */
static void
next(struct writing *w, bool first, char open)
{
	buf_putc(w->out, first ? open : ',');
	w->depth += first;
	new_line(w);
}

static void
shut(struct writing *w, bool empty, const char *both)
{
	if (empty) {
		buf_puts(w->out, both);
		return;
	}
	w->depth--;
	new_line(w);
	buf_putc(w->out, both[1]);
}

static void
write_key(const struct writing *w, const char *name)
{
	buf_fmt(w->out, w->indent ? "\"%s\": " : "\"%s\":", name);
}

/* What is not ASCII is for the library to judge. */
static bool
is_utf8(const char *s)
{
	json_t *j;

	while (*s && (unsigned char)*s < 0x80)
		s++;
	j = *s ? json_string(s) : NULL;
	json_decref(j);
	return !*s || j;
}

static bool
write_text(const struct writing *w, const char *s, const char *name)
{
	static const char special[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";

	if (!is_utf8(s)) {
		err_set(w->err, ERR_FAILED,
		    "the %s '%s' is not UTF-8, and JSON holds nothing else",
		    name, s);
		return false;
	}
	buf_putc(w->out, '"');
	for (;; s++) {
		size_t plain = 0;
		const char *at;

		while ((unsigned char)s[plain] >= ' ' && s[plain] != '"' &&
		       s[plain] != '\\')
			plain++;
		buf_add(w->out, s, plain);
		s += plain;
		if (!*s)
			break;
		at = strchr(special, *s);
		if (at)
			buf_fmt(w->out, "\\%c", letters[at - special]);
		else
			buf_fmt(w->out, "\\u%04X", (unsigned)*s);
	}
	buf_putc(w->out, '"');
	return true;
}

static bool
write_names(struct writing *w, const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->n; i++) {
		next(w, i == 0, '[');
		if (!write_text(w, names->v[i], name))
			return false;
	}
	shut(w, !names->n, "[]");
	return true;
}

static bool
write_expr(struct writing *w, const struct expr *e, const char *name)
{
	next(w, true, '{');
	write_key(w, "sql");
	if (!write_text(w, e->text, name))
		return false;
	if (e->key) {
		next(w, false, '{');
		write_key(w, "key");
		if (!write_text(w, e->key, name))
			return false;
	}
	shut(w, false, "{}");
	return true;
}

static bool
write_source(struct writing *w, const struct source *s)
{
	if (!write_text(w, s->file, "source"))
		return false;
	buf_cut(w->out, w->out->len - 1);
	buf_fmt(w->out, ":%d\"", s->line);
	return true;
}

static bool write_struct(
    struct writing *w, const struct members *m, const void *thing);

static bool
pass_on(const struct writing *w)
{
	bool ok = true;

	if (!w->spill || w->out->len < MUCH)
		return true;
	ok = w->spill->take(w->out, w->spill->to, w->err);
	buf_cut(w->out, 0);
	return ok;
}

static bool
write_list(
    struct writing *w, const struct member *m, const struct any_vec *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const void *thing =
		    m->kind == MEMBER_LIST
			? ((void *const *)list->v)[i]
			: (const char *)list->v + i * m->of->size;

		next(w, i == 0, '[');
		if (!write_struct(w, m->of, thing) || !pass_on(w))
			return false;
	}
	shut(w, !list->n, "[]");
	return true;
}

/* Does the member say nothing? */
static bool
is_unsaid(const struct member *m, const void *at)
{
	struct any_vec list;

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
		return !m->words[*(const unsigned char *)at];
	case MEMBER_NAMES:
	case MEMBER_LIST:
	case MEMBER_VALUES:
		memcpy(&list, at, sizeof(list));
		return !list.n;
	default:
		return false;
	}
}

static bool
write_member(struct writing *w, const struct member *m, const void *at)
{
	struct any_vec list;

	switch (m->kind) {
	case MEMBER_TEXT:
		return write_text(w, *(const char *const *)at, m->name);
	case MEMBER_EXPR:
		return write_expr(w, at, m->name);
	case MEMBER_BOOL:
		buf_puts(w->out, "true");
		return true;
	case MEMBER_INT:
		buf_fmt(w->out, "%d", *(const int *)at);
		return true;
	case MEMBER_SOURCE:
		return write_source(w, at);
	case MEMBER_WORD:
		return write_text(
		    w, m->words[*(const unsigned char *)at], m->name);
	case MEMBER_DIALECT:
		return write_text(
		    w, dialect_name(*(const enum dialect *)at), m->name);
	case MEMBER_OBJECT:
		return write_text(w,
		    object_traits(*(const enum object_kind *)at)->label,
		    m->name);
	case MEMBER_NAMES:
		return write_names(w, at, m->name);
	default:
		memcpy(&list, at, sizeof(list));
		return write_list(w, m, &list);
	}
}

static bool
write_struct(struct writing *w, const struct members *m, const void *thing)
{
	bool first = true;

	for (size_t i = 0; i < m->n; i++) {
		const void *at = member_at(&m->v[i], thing);

		if (is_unsaid(&m->v[i], at))
			continue;
		next(w, first, '{');
		first = false;
		write_key(w, m->v[i].name);
		if (!write_member(w, &m->v[i], at))
			return false;
	}
	shut(w, first, "{}");
	return true;
}

bool
members_write(struct buf *out, const struct members *m, const void *thing,
    int indent, int depth, struct err *err)
{
	return members_spill(out, m, thing, indent, depth, NULL, err);
}

bool
members_spill(struct buf *out, const struct members *m, const void *thing,
    int indent, int depth, const struct spill *spill, struct err *err)
{
	struct writing w = { out, indent, depth, spill, err };

	return write_struct(&w, m, thing);
}
