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

struct collection_file {
	const char *path; /* "posts.c", "views/popular.sqlite.sql" */
	const char *text;
	const char *what;   /* of the database: "table posts" */
	const char *object; /* its name there: "posts" */
};
VEC(collection_files, struct collection_file);

/* What of a schema is not in the text, and why. */
struct unsaid {
	const char *what, *object, *why;
};
VEC(unsaid_list, struct unsaid);

/* Adds a file for each table and each object of the schema, by name; what
 * cannot be said, and what refers to it, goes to left_out. What is named in
 * left_out already is left out, too. Fails where the dialect has no printer. */
bool collections_print(struct arena *a, const struct schema *s,
    struct collection_files *files, struct unsaid_list *left_out,
    struct err *err);

/* Returns the text of config.c. A URL that holds a password is none to write
 * into a file: then url is NULL, and the environment holds it. */
const char *collections_config(struct arena *a, const char *url);

#endif
