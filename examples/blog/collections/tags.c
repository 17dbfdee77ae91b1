#include <deesse/dsl.h>

COLLECTION(tags) = {
	TEXT(name, .max = 40, .required = true, .unique = true,
	    .match = "^[a-z0-9-]+$"),

	HAS_MANY(posts, posts, .through = "post_tags"),
};
