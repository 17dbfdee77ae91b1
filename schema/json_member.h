/* json_member.h - structs as JSON, by tables of their members.
 *
 * A struct is an object, a list an array; what is NULL, zero, false or empty is
 * left out. Only schema/ and who adds a struct of their own include this.
 */
#ifndef SCHEMA_JSON_MEMBER_H
#define SCHEMA_JSON_MEMBER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum member_kind {
	MEMBER_TEXT,    /* const char * */
	MEMBER_EXPR,    /* struct expr: {"sql": …, "key": …} */
	MEMBER_BOOL,    /* bool */
	MEMBER_INT,     /* int */
	MEMBER_WORD,    /* an enum of one byte: one of words, NULL for what is
			   left out */
	MEMBER_DIALECT, /* enum dialect */
	MEMBER_OBJECT,  /* enum object_kind, by its label */
	MEMBER_NAMES,   /* struct names */
	MEMBER_SOURCE,  /* struct source: "posts.c:7" */
	MEMBER_LIST,    /* a VEC of pointers to structs */
	MEMBER_VALUES,  /* a VEC of structs */
};

/* As every VEC is. */
struct any_vec {
	void *v;
	unsigned n, cap;
};

struct members;

struct member {
	enum member_kind kind;
	const char *name;
	size_t offset;
	bool needed;
	const char *const *words;
	size_t words_n;
	const struct members *of;  /* of a list */
	size_t more_at, more_size; /* where the struct points to another one,
				      if the member is in that; or 0 */
};

struct members {
	const struct member *v;
	size_t n, size; /* size of the struct */
};

#define NAMED(kind, type, member, name)                                        \
	{                                                                      \
		MEMBER_##kind, name, offsetof(struct type, member), false,     \
		    NULL, 0, NULL, 0, 0                                        \
	}
/* Of struct type_more, to which `more` of struct type points. */
#define MORE(kind, type, member)                                               \
	{                                                                      \
		MEMBER_##kind, #member, offsetof(struct type##_more, member),  \
		    false, NULL, 0, NULL, offsetof(struct type, more),         \
		    sizeof(struct type##_more)                                 \
	}
#define MEMBER(kind, type, member) NAMED(kind, type, member, #member)
#define NEEDED(type, member)                                                   \
	{                                                                      \
		MEMBER_TEXT, #member, offsetof(struct type, member), true,     \
		    NULL, 0, NULL, 0, 0                                        \
	}
#define WORD(type, member, words)                                              \
	{                                                                      \
		MEMBER_WORD, #member, offsetof(struct type, member), false,    \
		    words, sizeof(words) / sizeof(*words), NULL, 0, 0          \
	}
#define LIST(type, member, of)                                                 \
	{                                                                      \
		MEMBER_LIST, #member, offsetof(struct type, member), false,    \
		    NULL, 0, &of_##of, 0, 0                                    \
	}
#define VALUES(type, member, of)                                               \
	{                                                                      \
		MEMBER_VALUES, #member, offsetof(struct type, member), false,  \
		    NULL, 0, &of_##of, 0, 0                                    \
	}
#define STRUCT(name, type)                                                     \
	static const struct members of_##name = { type##_members,              \
		sizeof(type##_members) / sizeof(*type##_members),              \
		sizeof(struct type) }

/* Returns where the member is in the thing, to read it; or, with an arena, to
 * write it. */
const void *member_at(const struct member *m, const void *thing);
void *member_made(struct arena *a, const struct member *m, void *thing);

/* All that a schema holds, but its index (json.c). */
extern const struct members members_of_schema;

/* Adds the struct as an object, with so many spaces a level, of which it is
 * depth deep; 0 is all in one line. Fails where a text is not UTF-8. */
bool members_write(struct buf *out, const struct members *m, const void *thing,
    int indent, int depth, struct err *err);

/* Where text goes while more is written; false ends that. */
struct spill {
	bool (*take)(struct buf *text, void *to, struct err *err);
	void *to;
};

/* The same, but what is in out goes there as soon as it is much. */
bool members_spill(struct buf *out, const struct members *m, const void *thing,
    int indent, int depth, const struct spill *spill, struct err *err);

/* Fills the struct, which is zeroed; where is what the object is called in
 * errors: "schema". */
bool members_read(struct arena *a, const struct members *m,
    const json_t *object, const char *where, void *thing, struct err *err);

#endif
