#include <deesse/dsl.h>

COLLECTION(comments) = {
	TEXT(body, .min = 1, .max = 2000, .required = true),

	RELATION(post, posts, .on_delete = CASCADE, .required = true),
	RELATION(author, users, .on_delete = SET_NULL),
	/* an answer belongs to the comment it answers */
	RELATION(parent, comments, .on_delete = CASCADE),
	HAS_MANY(answers, comments, .by = "parent"),

	INDEX(of_post, .on = {"post", "created_at"}),
};
