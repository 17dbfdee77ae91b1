/* postgres_spell.h - between the files that ask PostgreSQL how it would spell
 * what is declared; only they include it.
 *
 * A spot is a place in a table where the server keeps something in words of its
 * own: an expression, or a word (a type, an operator class). The same walk
 * finds the spots of a declared table and those at the same places of another
 * table: the one that the database has, the temporary one that was made of what
 * is declared, or the one that a plan has just made. What is learned is put
 * into the spot's key; the text stays what the user wrote.
 */
#ifndef INTROSPECT_POSTGRES_SPELL_H
#define INTROSPECT_POSTGRES_SPELL_H

#include "base/hash.h"
#include "db/db.h"
#include "schema/schema.h"

enum spot_kind {
	SPOT_TYPE,
	SPOT_DEFAULT,
	SPOT_GENERATED,
	SPOT_CHECK,
	SPOT_WHERE,
	SPOT_PART,
	SPOT_OPCLASS,
	SPOT_COLLATION,
	SPOT_OPERATOR,
	SPOT_PARAMETERS,
	SPOT_PARTITION_BY,
	SPOT_BOUND,
};

struct spot {
	enum spot_kind kind;
	struct table *table;
	const char *of;      /* the column, constraint, index or partition */
	struct expr *expr;   /* the declared one, or NULL: a word */
	const char **word;   /* or NULL: an expression */
	const char *subject; /* what it is said of, where that counts */
	const char *method;  /* of an operator class */
	struct source source;
	bool met;          /* the other table has the place */
	const char *other; /* what stands there, as it compares, or NULL */
};

/* Calls see for each spot of the table; other may be NULL, and its parts are
 * found under former names, too. Types come first. */
void spots_walk(struct table *t, const struct table *other,
    void (*see)(void *arg, struct spot *s), void *arg);

/* Makes columns of those parts of keys that are written as expressions and are
 * none: (title), (title COLLATE "C"). */
void spots_settle_columns(struct arena *a, struct table *t);

/* How the spot compares: its key, or NULL. */
const char *spot_key(const struct spot *s);

/* Does it stand in the other table as well, word by word? */
bool spot_same(const struct spot *s);

/* Gives the spot what the server says; NULL: it keeps nothing there. */
void spot_settle(struct spot *s, const char *spelt);

/* "posts.title", for people. */
const char *spot_name(struct arena *a, const struct spot *s);

/* Returns the table of another schema that this one is, or was. */
struct table *spots_table(const struct schema *other, const struct table *t);

/* What is known of a spot's surroundings and makes the server spell as it does.
 * Written once for each table, when its types are settled. */
struct spelling_context {
	const char *server; /* its major version, and the search_path */
	const struct table *table;
	struct map types; /* declared composite types and domains, by name */
	char definitions[HASH_HEX]; /* of them all */
	char columns[HASH_HEX];
};

/* Notes the types that the schema declares. */
void spelling_context_types(
    struct arena *a, struct spelling_context *c, const struct schema *declared);

/* Writes what stands for the table's columns, as they are spelt now. */
void spelling_context_columns(struct spelling_context *c);

/* Writes what stands for the spot as it is declared, before it is settled. */
void spot_hash(
    struct spelling_context *c, const struct spot *s, char hex[HASH_HEX]);

/* -- the file of pairs ----------------------------------------------------- */

/* What the server once said, by spot_hash. The file is only a cache: what
 * cannot be read, is damaged, or cannot be written is forgotten. */
struct spelling_cache {
	struct arena *a;
	const char *dir, *path; /* NULL: there is none */
	struct map known;       /* hash → how it was spelt */
	struct names order;     /* of the hashes; the first `old` were read */
	size_t old;
	bool changed;
};

void spelling_read(
    struct spelling_cache *c, struct arena *a, const char *state_dir);
void spelling_write(struct spelling_cache *c);

/* Returns true where the pair is known; *spelt is NULL for nothing. */
bool spelling_get(
    struct spelling_cache *c, const char *hash, const char **spelt);
void spelling_put(
    struct spelling_cache *c, const char *hash, const char *spelt);

/* -- the pairs that the database keeps itself ------------------------------ */

/* In schema deesse, for what can be paired only while it is made: hashes of
 * what was declared, and of how the server spells it. */
struct spelling_pairs {
	struct arena *a;
	struct map known;    /* hash → hash */
	struct names hashes; /* pairs to look for, or to write */
};

/* Writes the hash of an object as it is declared, and that of a text. */
void object_hash(const struct object *o, char hex[HASH_HEX]);
void spelling_text_hash(const char *text, char hex[HASH_HEX]);

/* Reads what is known of `hashes`. A database that has no such table knows
 * nothing. */
bool pairs_read(struct spelling_pairs *p, struct db *db, struct err *err);

/* Writes `hashes`, which are pairs, inside the caller's transaction. */
bool pairs_write(struct spelling_pairs *p, struct db *db, struct err *err);

/* -- the scratch transaction ----------------------------------------------- */

/* A spot that is asked: its expression or its word. */
struct asked_spot {
	void *at;
	const char *hash; /* spot_hash, once it was answered */
	bool open;        /* nobody has answered; a pair may */
};

/* A table that is asked about, and which of its spots. */
struct asked {
	struct table *table; /* as it is declared */
	VEC(, struct asked_spot) spots;
};
VEC(asked_list, struct asked *);

/* Returns the spot's row where it is asked, else NULL. */
struct asked_spot *asked_find(const struct asked *x, const struct spot *s);

/* What makes temporary things, a statement each. */
struct scratch_ddl {
	struct arena *a;
	struct map marks; /* "app.mood" → the temporary name of that type */
	struct names out; /* the statements; of a table, it is the first */
	struct names alters; /* in step with out: the column that has another
				default then, or NULL */
	struct names failed; /* columns whose text cannot be asked */
};

/* Calls `take` with each table and what it reads as when it was made as a
 * temporary one, in a transaction that is rolled back; what the server does not
 * take is missing there. Sets *why where nothing can be asked at all; false
 * only where the connection is lost or a query of our own fails. */
bool scratch_ask(struct arena *a, struct db *db, const struct schema *declared,
    const struct schema *current, const struct asked_list *list,
    void (*take)(void *arg, struct asked *x, struct table *spelt), void *arg,
    const char **why, struct err *err);

/* postgres_spell_round.c: asks about each doubtful spot, whose spelling is not
 * what `current` has, once more, and calls `agree` where the server takes both
 * for one. False as scratch_ask. */
bool scratch_ask_again(struct arena *a, struct db *db,
    const struct schema *declared, const struct schema *current,
    const struct asked_list *doubts,
    void (*agree)(void *arg, struct spot *spot, const struct asked_spot *row),
    void *arg, struct err *err);

/* Begins a transaction that will be rolled back, or a savepoint inside the
 * caller's, and makes a first table: what forbids that one forbids all. Ended
 * with spell_scratch_close, always. */
bool spell_scratch_open(struct db *db, bool *inside, struct err *refused);
void spell_scratch_close(struct db *db, bool inside);

/* postgres_spell_search.c: says of declared text search configurations what the
 * server would keep of COPY = …, ALTER MAPPING and DROP MAPPING: the parser,
 * and a mapping for each kind of word. What cannot be tried stays as it is. */
void spell_search(struct arena *a, struct db *db, struct schema *declared,
    const struct schema *current);

/* postgres_spell_ddl.c: writes the bare table, and what is asked of it. */
void scratch_table(struct scratch_ddl *d, const struct asked *x);

/* Writes the same table column by column. */
void scratch_columns(struct scratch_ddl *d, const struct asked *x);

/* Writes the types, domains and sequences that only the plan makes. */
void scratch_types(struct scratch_ddl *d, const struct schema *declared,
    const struct schema *current);

/* Calls types that are temporary by their own names again. */
void scratch_unmark(struct scratch_ddl *d, struct table *spelt);

/* Is it one expression and nothing else: no semicolon, no parenthesis that
 * closes more than was opened, nothing that does not end? */
bool scratch_is_one(const char *text);

#endif
