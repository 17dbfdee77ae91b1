#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(title),
	HAS_MANY(comments, comments),
	HAS_MANY(tags, users, .through = "comments", .by = "post"),
};

COLLECTION(comments) = {
	RELATION(post, posts),
	RELATION(origin, posts),
	RELATION(author, users),
};
