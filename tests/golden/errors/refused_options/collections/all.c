#include <deesse/dsl.h>

#define REFUSED(KIND, slug, ...)                                               \
	KIND(slug##_ordered, __VA_ARGS__, .collate = "C"),                 \
	    KIND(slug##_conflict, __VA_ARGS__, .required = true,                 \
		.on_conflict = "REPLACE"),                                     \
	    KIND(slug##_null, __VA_ARGS__, .nullable = true)

COLLECTION(targets) = { TEXT(name) };

COLLECTION(fields) = {
	REFUSED(INTEGER, i, .comment = "c"),
	REFUSED(REAL, r, .comment = "c"),
	REFUSED(DECIMAL, n, .comment = "c"),
	REFUSED(BOOLEAN, b, .comment = "c"),
	REFUSED(TIMESTAMP, ts, .comment = "c"),
	REFUSED(DATE, d, .comment = "c"),
	REFUSED(UUID, u, .comment = "c"),
	REFUSED(JSON, j, .comment = "c"),
	REFUSED(BLOB, bl, .comment = "c"),
	REFUSED(TIME, t, .comment = "c"),
	REFUSED(ENUM, e, .values = VALUES("a")),
};
