#include <deesse/dsl.h>

COLLECTION(users, .label = "People who write") = {
	TEXT(email, .required = true, .unique = true, .lowercase = true,
	    .match = "^[^@]+@[^@]+$"),
	TEXT(name, .max = 80, .required = true),
	TEXT(bio, .max = 500),
	BOOLEAN(active, .required = true, .default_value = "true"),

	HAS_MANY(posts, posts, .by = "author"),
	HAS_MANY(comments, comments, .by = "author"),
};
