#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(a, .match = "^(x|y)+$"),
	INTEGER(b, .generated = "1 + 1"),
	INDEX(i, .on = {OPS("a", "gin_trgm_ops")}, .method = "gin"),
	INDEX(j, .on = {"a"}, .include = {"b"}, .with = "fillfactor = 70"),
	UNIQUE(u, .on = {"a"}, .nulls_not_distinct = true),
};
