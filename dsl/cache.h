/* cache.h - objects that need not be compiled again.
 *
 * state_dir/cache holds, for each of the last few states of the sources, the
 * objects and beside them a list of every file that took part. What is written
 * is renamed to its place; what is damaged is no entry. So two processes can
 * use the cache at once, and a crash costs a compilation.
 */
#ifndef DSL_CACHE_H
#define DSL_CACHE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "dsl/sources.h"

struct cache {
	const char *dir;     /* ".deesse/cache" */
	const char *slot;    /* "sqlite", "postgres", "config" */
	char args[HASH_HEX]; /* of the compiler and its flags */
	struct names listed; /* the files of the folder, as they are now */
};

struct cache_object {
	const char *path; /* of the file that holds it */
	size_t size;
	char hash[HASH_HEX];
};
VEC(cache_objects, struct cache_object);

struct cache_entry {
	char key[HASH_HEX];
	const char *path; /* of the list */
	int64_t stamp;    /* when it was written */
	struct cache_objects objects;
	struct source_files files; /* without texts */
	size_t listed;  /* the first of them are those of the folder */
	bool refreshed; /* some files had to be hashed */
	int64_t newest; /* the last time that one of them changed */
};

/* Finds the entry for the sources as they stand. */
bool cache_find(struct arena *a, const struct cache *c, struct cache_entry *e);

/* Makes an entry of the objects, which are moved from where they are, and
 * drops old ones. The files of the entry were read before the compiler ran.
 * What fails is forgotten: it is only a cache. */
void cache_store(struct arena *a, const struct cache *c, struct cache_entry *e);

/* Sets the key of what the entry says. */
void cache_key(const struct cache *c, struct cache_entry *e);

#endif
