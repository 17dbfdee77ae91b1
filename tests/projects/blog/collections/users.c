#include <deesse/dsl.h>

COLLECTION(users, .label = "Authors", .comment = "who writes") = {
	TEXT(handle, .required = true, .unique = true, .min = 3, .max = 30,
	    .match = "^[a-z0-9_]+$"),
	TEXT(email, .required = true, .lowercase = true,
	    .match = "^[^@]+@[^@]+$"),
	TEXT(bio, .max = 2000, .default_value = ""),
	BOOLEAN(admin, .default_value = "false", .required = true),
	BLOB(avatar, .max = 1048576),
	HAS_MANY(posts, posts, .by = "author"),
	HAS_ONE(profile, profiles, .by = "user"),
	INDEX(email, .on = { EXPR("lower(email)") }, .unique = true),
};

COLLECTION(profiles) = {
	RELATION(user, users, .unique = true, .required = true,
	    .on_delete = CASCADE),
	TEXT(homepage),
	JSON(links, .default_value = "[]", .required = true),
	DATE(born, .check = "born < " TODAY, .only = POSTGRES),
	DATE(born, .only = SQLITE),
};
