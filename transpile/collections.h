/* collections.h - a schema as the text of collections: dsl/ backwards.
 *
 * Whoever compiles the text gets the schema again, the order of columns
 * included. It is printed as a person would write it: what comes by itself is
 * left out, a foreign key is a RELATION with a HAS_MANY at its other end, a
 * check that is an option is that option, and a comment in a CREATE TABLE is a
 * comment. What has no words is left out by name; what the compiler does not
 * take, or makes something else of, only compiling shows: see sync/pull.h.
 *
 * Everything lives in the arena. The text is the same to the byte for the same
 * schema, in whatever order its tables were made.
 */
#ifndef TRANSPILE_COLLECTIONS_H
#define TRANSPILE_COLLECTIONS_H

#include "base/err.h"
#include "schema/schema.h"

/* What a file says of the schema: one of the three. */
struct said_thing {
	const struct table *table;
	const struct enum_type *type;
	const struct object *object;
	const char *what; /* "table posts" */
	const char *name; /* in the database: "posts" */
	int line;         /* of the file, where it begins */
};
VEC(said_things, struct said_thing);

struct collection_file {
	const char *path; /* "posts.c", "app/views/popular.postgres.sql" */
	const char *text;
	struct said_things things;
};
VEC(collection_files, struct collection_file);

/* What of a schema is not in the text, and why. */
struct unsaid {
	const char *what, *name, *why;
	const void *thing; /* of the schema */
};
VEC(unsaid_list, struct unsaid);

/* Is it in the list? */
bool unsaid_has(const struct unsaid_list *list, const void *thing);

/* Returns the thing itself, as a list of what is unsaid has it. */
const void *said_thing(const struct said_thing *t);

/* Adds a file for each table and each object of the schema, by name, those of
 * another schema than the default one in a folder of its name; statements about
 * a thing stand in its file, or beside it. What cannot be said, and what refers
 * to it, goes to left_out; what is in left_out already is left out, too. Fails
 * where the dialect has no printer. */
bool collections_print(struct arena *a, const struct schema *s,
    struct collection_files *files, struct unsaid_list *left_out,
    struct err *err);

/* Spells what the options of collections made as the database will spell it, so
 * that it compares with what was read. */
void collections_spell(struct arena *a, struct schema *s);

/* Returns the text of config.c. A URL that holds a password is none to write
 * into a file: then url is NULL, and the environment holds it. The schemas are
 * those that the collections manage; NULL or none: the default one. */
const char *collections_config(
    struct arena *a, const char *url, const struct names *schemas);

#endif
