/* collections_words.h - what the files of the printer of collections share.
 *
 * Internal to transpile/. A table becomes a telling in passes over all tables:
 * names, what comes by itself, relations, what cannot be said, the other ends;
 * then each is written. A dialect is a row of functions in its own file.
 */
#ifndef TRANSPILE_COLLECTIONS_WORDS_H
#define TRANSPILE_COLLECTIONS_WORDS_H

#include "transpile/collections.h"

struct telling;
struct teller;

/* TEXT(title, .max = 100): a macro and its arguments as they are written. */
struct item {
	const char *macro;
	struct names args;
	const char *comment;   /* for people, above it */
	const char *initially; /* the default, said after what all fields say */
};
VEC(items, struct item);

/* Items stand in groups, an empty line between them. */
enum group {
	GROUP_FIELDS,
	GROUP_OTHER_ENDS,
	GROUP_KEYS,
	GROUP_INDEXES,
	GROUP_CHECKS,
	GROUP_PARTITIONS,
	GROUP_COUNT
};

/* A column as a field. */
struct field {
	const struct column *column;
	const char *name;
	const char *comment;
	bool by_itself; /* id, created_at, updated_at; what is inherited */
	bool key;       /* alone the primary key, and says so */
	const struct constraint *relation; /* the foreign key that it is */
	const struct constraint *unique;   /* the constraint of .unique */
	const struct index *index;         /* that of .index = true */
	struct telling *target;            /* of the relation */
	const struct field *target_field;
};

struct telling {
	struct teller *teller;
	const struct table *table;
	const char *slug, *comment;
	const char *unsaid; /* why it cannot be said, or NULL */
	struct field *fields;
	const struct constraint *key;
	const char *id;   /* "ID_UUID", "ID_NONE"; NULL: the usual one */
	bool id_required; /* it says NOT NULL, which it would not */
	bool timestamps;  /* they come by themselves */
	bool *said;       /* constraints that a field says, by their place */
	struct map taken;
	struct items groups[GROUP_COUNT];
};

/* An enum type, and how collections call it. */
struct enum_telling {
	const struct enum_type *type;
	const char *spelt; /* as columns have it */
	const char *slug;  /* NULL: no ENUM_TYPE, but what else says it */
	size_t columns;    /* that have it */
	const struct column *column;
	const struct table *table; /* of the column */
	bool own;                  /* made by the ENUM of that column */
};

struct collections_dialect {
	const char *suffix; /* of a file of SQL: "sqlite.sql" */
	size_t name_max;    /* bytes of a name; 0: any */
	bool names_constraints;
	bool orders_indexes;   /* they are told in the order of their making */
	bool loose_references; /* what is referred to need not be there */
	/* Which id is the first column, if it is what comes by itself? "" is
	 * the usual one; NULL: none. */
	const char *(*id)(struct telling *t, const struct column *c);
	/* Is the column what created_at is? */
	bool (*timestamp)(struct telling *t, const struct column *c);
	/* Does the column take the type of that other one, as a relation? */
	bool (*same_type)(const struct column *c, const struct column *target);
	/* Or can RELATION say its own, for it holds the same values? NULL: no.
	 */
	bool (*like_type)(const struct column *c, const struct column *target);
	/* Adds what COLLECTION says of the table in this dialect alone. */
	void (*head)(struct telling *t, struct item *i);
	/* Adds the items that are in this dialect alone, or NULL. */
	void (*items)(struct telling *t);
	/* Is a NULL in this column of a key what the language has, unasked? */
	bool (*null_key)(const struct telling *t, const struct column *c);
	/* Is the constraint kept as an index of its own? */
	bool (*makes_index)(const struct telling *t, const struct constraint *);
	/* Sets the macro of a field that is no relation, adds what its type
	 * and its checks say, and its default. */
	void (*field)(struct telling *t, const struct field *f, struct item *i);
	/* Spells what options made as the database will; NULL: as it is. */
	void (*spell)(struct arena *a, struct schema *s);
};

extern const struct collections_dialect collections_sqlite,
    collections_postgres;

struct teller {
	struct arena *a;
	const struct schema *schema;
	const struct collections_dialect *ops;
	struct telling *tables;
	size_t n;
	struct enum_telling *enums;
	struct map by_type; /* enums, as columns spell them */
	struct map slugs;   /* folded: files may not differ by case alone */
	struct map by_table;
	struct map dirs; /* of schemas */
	struct map dirs_taken;
};

/* ---- collections_name.c ---- */

/* Returns an identifier made of the name, which nothing in taken has, and
 * takes it. Where the name says nothing, the fallback is the word. */
const char *name_take(
    struct arena *a, struct map *taken, const char *name, const char *fallback);

/* The same for a name that stands alone in C, and so is no word of it. */
const char *name_take_word(
    struct arena *a, struct map *taken, const char *name, const char *fallback);

/* Is the name as it stands one that the language takes? */
bool name_is_plain(struct arena *a, const char *name);

/* Returns the name of an INDEX, UNIQUE, CHECK or FOREIGN_KEY: "popular" of
 * "posts_popular" and "idx_posts_popular"; sets *physical where .name must say
 * it. Invented is the name of what has none. */
const char *name_local(struct telling *t, struct map *taken, const char *name,
    const char *invented, const char **physical);

/* ---- collections_plural.c ---- */

/* Returns the name of a collection as that of a field which has many of its
 * rows, or one: "posts" of "Post", "category" of "categories". */
const char *name_many(struct arena *a, const char *name);
const char *name_one(struct arena *a, const char *name);

/* ---- collections_find.c: what a table is ---- */

void telling_find_names(struct telling *t);
void telling_find_relations(struct telling *t);
void telling_find_relation_names(struct telling *t);
void telling_find_unsaid(struct telling *t);
void telling_find_uniques(struct telling *t);
void telling_find_indexes(struct telling *t);

/* Returns what the column would be if the table left it to those above it; NULL
 * where they have none. */
const struct column *telling_above(
    const struct telling *t, const struct column *c);

struct field *telling_field(const struct telling *t, const char *column);
/* Returns the table that a foreign key refers to; NULL where there is none, or,
 * where references are loose, not with these columns. */
struct telling *telling_reference(
    const struct telling *t, const struct constraint *c);
struct telling *teller_target(
    const struct teller *r, const char *schema, const char *table);

/* Returns the name that the language gives to what is of the column: "key",
 * "fkey", "check", "pkey" (column: NULL); NULL where the dialect gives none. */
const char *telling_own_name(
    const struct telling *t, const char *column, const char *suffix);

/* Says a name, where the language would not give this one. */
void telling_say_name(struct telling *t, struct item *i, const char *option,
    const char *name, const char *own);

/* Returns the check of its own that a field may have, and that was not said:
 * one that stands in its column or speaks of it alone. */
const struct constraint *telling_own_check(
    struct telling *t, const struct field *f);

/* Is the constraint a field's, and said with it? */
bool telling_said(const struct telling *t, const struct constraint *c);
void telling_say(struct telling *t, const struct constraint *c);

/* ---- collections_comment.c ---- */

void telling_find_comments(struct telling *t);

/* Returns what is said beside the index, behind what is said before; either
 * may be NULL. */
const char *telling_index_comment(
    const struct telling *t, const struct index *x, const char *before);

/* ---- collections_enum.c: enum types ---- */

void teller_begin_enums(struct teller *r, const struct unsaid_list *out);

/* Returns the enum type of a column of that type, or of its elements, or NULL.
 */
struct enum_telling *teller_enum(const struct teller *r, const char *type);

/* Returns VALUES("a", "b"). */
const char *enum_values(struct arena *a, const struct enum_type *e);

void teller_write_enums(
    struct teller *r, const struct unsaid_list *out, struct collection_files *);

/* ---- collections_object.c: what is kept as SQL ---- */

/* Adds what cannot be said, because it needs what is not. */
void teller_leave_out_objects(struct teller *r, struct unsaid_list *out);
void teller_write_objects(
    struct teller *r, const struct unsaid_list *out, struct collection_files *);

/* ---- collections.c, for each other ---- */

/* Returns "" or "app/", where what is of the schema stands. */
const char *teller_dir(struct teller *r, const char *schema);

/* Returns a name that no file in taken has, in whatever case. */
const char *file_name(
    struct arena *a, struct map *taken, const char *name, const char *fallback);

/* Returns "app.posts", for people and as a key. */
const char *teller_qualified(
    struct arena *a, const char *schema, const char *name);

/* ---- collections_ends.c: HAS_MANY ---- */

void teller_add_ends(struct teller *r);

/* ---- collections_item.c: what is no field ---- */

void telling_add_items(struct telling *t);

/* Adds .on of an item. */
void telling_add_parts(
    struct telling *t, struct item *i, const struct parts *parts);

/* ---- collections_text.c ---- */

/* Adds an argument: formatted as it stands, or an option with a text. */
void item_arg(struct arena *a, struct item *i, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void item_text(
    struct arena *a, struct item *i, const char *option, const char *value);
void item_flag(struct arena *a, struct item *i, const char *option, bool value);

/* Returns the text as a literal of C. */
const char *c_literal(struct arena *a, const char *s);

/* Returns {"a", "b"} of such literals, or another list of words. */
const char *c_list(struct arena *a, const char *before,
    const struct names *words, const char *after);

/* Returns the file of one item that stands outside of collections. */
const char *item_file(struct arena *a, const struct item *i);

/* Returns the file of a collection. */
const char *telling_text(struct telling *t);

/* ---- collections_sqlite*.c, for each other ---- */

/* A check that compares with a number, and the number. */
struct bound {
	const struct constraint *check;
	const char *number;
};

/* Is it this type? SQLite spells a few itself, however they were written; all
 * others are the same to the letter. */
bool sqlite_is_type(const char *type, const char *wanted);

/* Returns "NOW" of its SQL, or NULL. */
const char *sqlite_portable(const struct expr *e);

/* Returns the name of a column as SQL. */
const char *sqlite_name(const struct telling *t, const struct column *c);

/* Returns the check without a name that is this text, or begins so, and that
 * no field says yet; take_check says it. */
const struct constraint *sqlite_find_check(
    const struct telling *t, const char *text, bool whole);
bool sqlite_take_check(struct telling *t, const char *text);

bool sqlite_is_number(const char *s, bool whole);

/* Returns the check that begins so and ends with a number; find_length with
 * one that is a length in characters. */
struct bound sqlite_find_bound(
    const struct telling *t, const char *compare, bool whole);
struct bound sqlite_find_length(
    const struct telling *t, const char *column, const char *op);
void sqlite_say_bound(
    struct telling *t, struct item *i, const char *option, struct bound *b);
void sqlite_say_length(
    struct telling *t, struct item *i, const char *option, struct bound *b);
long long sqlite_length(const struct bound *b);
bool sqlite_is_within(
    const struct bound *min, const struct bound *max, const char *number);

/* Adds the strings of a list, as a key has it after "in (". */
bool sqlite_read_labels(
    struct arena *a, const char *list, struct names *labels);

void sqlite_say_field(struct telling *t, const struct field *f, struct item *i);

/* ---- collections_postgres*.c, for each other ---- */

/* Returns "NOW" of its SQL, or NULL. */
const char *postgres_portable(const struct expr *e);

void postgres_say_field(
    struct telling *t, const struct field *f, struct item *i);
void postgres_say_partitions(struct telling *t);

/* ---- collections_postgres_check.c ---- */

/* Says the field's own check, as far as it is options. False where the value,
 * its default, is one that they forbid. */
bool postgres_say_check(struct telling *t, const struct field *f,
    struct item *i, const char *value);
/* Returns the value of a default that is one literal of text or of an enum. */
const char *postgres_literal(struct arena *a, const struct column *c);
void postgres_spell_options(struct arena *a, struct schema *s);

#endif
