/* build.h - one compilation: from the folder to checked objects. */
#ifndef DSL_BUILD_H
#define DSL_BUILD_H

#include "dsl/cache.h"
#include "dsl/cc.h"
#include "dsl/dsl.h"
#include "dsl/object.h"
#include "dsl/report.h"
#include "dsl/unit.h"

struct build {
	struct arena *arena;
	struct arena *image; /* of b->object, which is large; NULL: arena */
	struct arena *texts; /* of b->sources and the entry's lists, which are
				forgotten when the objects are there; NULL:
				arena */
	const struct dsl_options *options;
	struct cc cc;
	struct cache cache; /* its list says which files there are */
	bool alone;         /* each file by itself: for tests */

	bool found;      /* the cache has an entry for the sources */
	bool from_cache; /* the objects are those of it */
	struct cache_entry entry;
	struct source_files sources; /* filled where the compiler ran */
	struct declared object;
	const char *culprit; /* a word that stands where the error is */
	struct report report;
	struct buf messages;
};

/* Finds the compiler and names the place in the cache. */
bool build_begin(struct build *b, const struct dsl_options *options,
    const char *slot, const char *define, struct err *err);

/* Fills b->object for the files of b->cache.listed, from the cache or by the
 * compiler. */
bool build_objects(struct build *b, struct err *err);

#endif
