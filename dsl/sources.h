/* sources.h - the files that a schema is made of, and their state.
 *
 * A file's facts (size, times, inode) say quickly that it did not change; its
 * hash says it for sure.
 */
#ifndef DSL_SOURCES_H
#define DSL_SOURCES_H

#include <stdint.h>

#include "base/hash.h"
#include "base/vec.h"
#include "dsl/scan.h"

struct facts {
	int64_t size, mtime, ctime; /* times in nanoseconds */
	uint64_t inode;
};

struct source_file {
	const char *path;
	struct facts facts;
	char hash[HASH_HEX];
	const char *text; /* terminated; NULL until it was read */
	size_t size;
	struct scan *scan; /* NULL until it was asked for */
};
VEC(source_files, struct source_file);

/* Lists the files of the folder that can take part, sorted by path; those of
 * folders below that are databases of their own do not. */
bool sources_list(
    struct arena *a, struct names *out, const char *dir, struct err *err);

/* Reads the files, their facts and hashes into out, in the order of paths. */
bool sources_read(struct arena *a, struct source_files *out,
    const struct names *paths, struct err *err);

/* Takes the facts of the file at path; false where there is none. */
bool facts_of(struct facts *f, const char *path);
bool same_facts(const struct facts *a, const struct facts *b);

/* Returns the scan of the file at path, read anew where files do not have it;
 * NULL where it cannot be read. */
const struct scan *sources_scan(
    struct arena *a, struct source_files *files, const char *path);

#endif
