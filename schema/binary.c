/* binary - a schema as bytes, and back
 *
 * The tables of members by which a schema is written as JSON say what there is.
 * First stand the texts, each once, then the things: of each the members that
 * say something, by their number. Numbers are written seven bits a byte.
 */
#include "schema/binary.h"

#include <string.h>

#include "base/err.h"
#include "schema/json.h"
#include "schema/json_member.h"

/* -- out ------------------------------------------------------------------ */

struct writing {
	struct buf *body;
	struct buf texts;
	size_t n;
	struct arena arena;
	struct map known; /* texts, to their number */
};

static void
put(struct buf *b, uint64_t n)
{
	for (; n > 127; n >>= 7)
		buf_putc(b, (char)(n | 128));
	buf_putc(b, (char)n);
}

/* 0 is none. */
static void
put_text(struct writing *w, const char *s)
{
	size_t *known = s ? map_get(&w->known, s) : NULL;

	if (s && !known) {
		known = arena_new(&w->arena, size_t);
		*known = ++w->n;
		map_put(&w->arena, &w->known, s, known);
		buf_add(&w->texts, s, strlen(s) + 1);
	}
	put(w->body, known ? *known : 0);
}

static void put_thing(
    struct writing *w, const struct members *m, const void *thing);

static void
put_list(struct writing *w, const struct member *m, const struct any_vec *list)
{
	put(w->body, list->n);
	for (size_t i = 0; i < list->n; i++)
		if (m->kind == MEMBER_LIST)
			put_thing(w, m->of, ((void **)list->v)[i]);
		else
			put_thing(w, m->of, (char *)list->v + i * m->of->size);
}

static void
put_names(struct writing *w, const struct names *list)
{
	put(w->body, list->n);
	for (size_t i = 0; i < list->n; i++)
		put_text(w, list->v[i]);
}

static bool
says_something(const struct member *m, const void *at)
{
	switch (m->kind) {
	case MEMBER_TEXT:
		return *(const char *const *)at;
	case MEMBER_EXPR:
		return ((const struct expr *)at)->text ||
		       ((const struct expr *)at)->key;
	case MEMBER_BOOL:
		return *(const bool *)at;
	case MEMBER_SOURCE:
		return ((const struct source *)at)->file ||
		       ((const struct source *)at)->line;
	case MEMBER_NAMES:
	case MEMBER_LIST:
	case MEMBER_VALUES:
		return ((const struct any_vec *)at)->n;
	case MEMBER_WORD:
		return *(const unsigned char *)at;
	default:
		return *(const int *)at;
	}
}

static void
put_member(struct writing *w, const struct member *m, const void *at)
{
	switch (m->kind) {
	case MEMBER_TEXT:
		put_text(w, *(const char *const *)at);
		break;
	case MEMBER_EXPR:
		put_text(w, ((const struct expr *)at)->text);
		put_text(w, ((const struct expr *)at)->key);
		break;
	case MEMBER_BOOL:
		break;
	case MEMBER_SOURCE:
		put_text(w, ((const struct source *)at)->file);
		put(w->body, (unsigned)((const struct source *)at)->line);
		break;
	case MEMBER_NAMES:
		put_names(w, at);
		break;
	case MEMBER_LIST:
	case MEMBER_VALUES:
		put_list(w, m, at);
		break;
	case MEMBER_WORD:
		put(w->body, *(const unsigned char *)at);
		break;
	default:
		put(w->body, (unsigned)*(const int *)at);
	}
}

static void
put_thing(struct writing *w, const struct members *m, const void *thing)
{
	for (size_t i = 0; i < m->n; i++) {
		const void *at = member_at(&m->v[i], thing);

		if (!says_something(&m->v[i], at))
			continue;
		put(w->body, i + 1);
		put_member(w, &m->v[i], at);
	}
	put(w->body, 0);
}

void
schema_to_bytes(struct buf *out, const struct schema *s)
{
	struct buf body = { 0 };
	struct writing w = { .body = &body };

	put_thing(&w, &members_of_schema, s);
	arena_release(&w.arena);
	put(out, w.n);
	put(out, w.texts.len);
	buf_reserve(out, w.texts.len + body.len);
	buf_add(out, buf_str(&w.texts), w.texts.len);
	buf_release(&w.texts);
	buf_add(out, body.s, body.len);
	buf_release(&body);
}

/* -- in ------------------------------------------------------------------- */

struct reading {
	struct arena *a;
	const unsigned char *p, *end;
	const char **texts;
	size_t n;
	bool bad;
};

static uint64_t
get(struct reading *r)
{
	uint64_t n = 0;

	for (int shift = 0; r->p < r->end && shift < 64; shift += 7) {
		unsigned char c = *r->p++;

		n |= (uint64_t)(c & 127) << shift;
		if (c < 128)
			return n;
	}
	r->bad = true;
	return 0;
}

static const char *
get_text(struct reading *r)
{
	uint64_t n = get(r);

	r->bad |= n > r->n;
	return n && !r->bad ? r->texts[n - 1] : NULL;
}

/* How many there are; each takes a byte at least. */
static unsigned
get_count(struct reading *r)
{
	uint64_t n = get(r);

	r->bad |= n > (size_t)(r->end - r->p) || n > UINT32_MAX;
	return r->bad ? 0 : (unsigned)n;
}

static void get_thing(struct reading *r, const struct members *m, void *thing);

static void
get_list(struct reading *r, const struct member *m, struct any_vec *list)
{
	bool values = m->kind == MEMBER_VALUES;
	unsigned n = get_count(r);
	char *things;

	if (!n)
		return;
	list->n = list->cap = n;
	things = arena_alloc(r->a, n * m->of->size);
	list->v = values ? (void *)things : arena_array(r->a, void *, n);
	for (size_t i = 0; i < n && !r->bad; i++) {
		if (!values)
			((void **)list->v)[i] = things + i * m->of->size;
		get_thing(r, m->of, things + i * m->of->size);
	}
}

static void
get_names(struct reading *r, struct names *list)
{
	unsigned n = get_count(r);

	if (!n)
		return;
	list->n = list->cap = n;
	list->v = arena_array(r->a, const char *, n);
	for (size_t i = 0; i < n; i++) {
		list->v[i] = get_text(r);
		r->bad |= !list->v[i];
	}
}

static void
get_word(struct reading *r, const struct member *m, unsigned char *at)
{
	uint64_t n = get(r);

	r->bad |= n >= m->words_n || !m->words[n];
	if (!r->bad)
		*at = (unsigned char)n;
}

static void
get_number(struct reading *r, const struct member *m, int *at)
{
	uint64_t n = get(r);

	switch (m->kind) {
	case MEMBER_DIALECT:
		r->bad |= n >= DIALECT_COUNT;
		break;
	case MEMBER_OBJECT:
		r->bad |= n >= OBJECT_KIND_COUNT;
		break;
	default:
		r->bad |= n > INT32_MAX;
	}
	if (!r->bad)
		*at = (int)n;
}

static void
get_member(struct reading *r, const struct member *m, void *at)
{
	switch (m->kind) {
	case MEMBER_TEXT:
		*(const char **)at = get_text(r);
		break;
	case MEMBER_EXPR:
		((struct expr *)at)->text = get_text(r);
		((struct expr *)at)->key = get_text(r);
		break;
	case MEMBER_BOOL:
		*(bool *)at = true;
		break;
	case MEMBER_SOURCE:
		((struct source *)at)->file = get_text(r);
		((struct source *)at)->line = (int)(get(r) & INT32_MAX);
		break;
	case MEMBER_NAMES:
		get_names(r, at);
		break;
	case MEMBER_LIST:
	case MEMBER_VALUES:
		get_list(r, m, at);
		break;
	case MEMBER_WORD:
		get_word(r, m, at);
		break;
	default:
		get_number(r, m, at);
	}
}

static bool
is_complete(const struct members *m, const void *thing)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].needed &&
		    !*(const char *const *)((const char *)thing +
					    m->v[i].offset))
			return false;
	return true;
}

static void
get_thing(struct reading *r, const struct members *m, void *thing)
{
	uint64_t last = 0, i;

	while ((i = get(r)) && !r->bad) {
		r->bad |= i <= last || i > m->n;
		if (r->bad)
			return;
		get_member(
		    r, &m->v[i - 1], member_made(r->a, &m->v[i - 1], thing));
		last = i;
	}
	r->bad |= !is_complete(m, thing);
}

/* The texts stay, in one piece. */
static void
get_texts(struct reading *r, struct arena *scratch)
{
	size_t n = get_count(r), size = get_count(r), at = 0;
	char *all;

	if (r->bad || n > size)
		return;
	all = arena_strndup(r->a, (const char *)r->p, size);
	r->p += size;
	r->texts = arena_array(scratch, const char *, n + 1);
	for (r->n = 0; r->n < n && at < size; r->n++) {
		r->texts[r->n] = all + at;
		at += strlen(all + at) + 1;
	}
	r->bad |= r->n != n || at != size;
}

static struct schema *
read_all(struct arena *a, const void *p, size_t n)
{
	struct reading r = {
		.a = a, .p = p, .end = (const unsigned char *)p + n
	};
	struct schema *s = arena_new(a, struct schema);
	struct arena scratch = { 0 };

	get_texts(&r, &scratch);
	if (!r.bad)
		get_thing(&r, &members_of_schema, s);
	arena_release(&scratch);
	if (r.bad || r.p != r.end)
		return NULL;
	schema_reindex(a, s);
	return s;
}

struct schema *
schema_unpack(struct arena *a, const struct buf *bytes)
{
	return read_all(a, buf_str(bytes), bytes->len);
}

struct schema *
schema_from_bytes(struct arena *a, const void *p, size_t n)
{
	struct schema *s = read_all(a, p, n);
	struct err ignored = { 0 };
	bool ok = s && schema_is_sound(s, &ignored);

	err_release(&ignored);
	return ok ? s : NULL;
}
