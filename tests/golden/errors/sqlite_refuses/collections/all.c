#include <deesse/dsl.h>

EXTENSION(hstore);
SEQUENCE(no);
DOMAIN_TYPE(email, .type = "text");
VIEW(m, .materialized = true, .sql = "SELECT 1");

COLLECTION(posts, .row_security = true) = {
	TEXT(title, .required = true),
	INTERVAL(span),
	ENUM(kinds, .values = VALUES("a"), .array = true),
	TEXT(short_ones, .max = 3, .array = true),
	INDEX(a, .on = {NULLS_LAST("title"), OPS("span", "x")}, .method = "gin"),
	UNIQUE(b, .on = {"title"}, .deferrable = true),
	EXCLUDE(c, .on = {WITH("title", "=")}),
	PARTITION_BY(HASH, .on = {"title"}),
	POLICY(p, .using = "true"),
	TRIGGER(t, .event = "after insert", .execute = "f()"),
	CHECK(d, "title <> ''", .not_valid = true),
};
