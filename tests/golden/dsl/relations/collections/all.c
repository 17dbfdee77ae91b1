#include <deesse/dsl.h>

/* a circle of three, one to itself, keys of every kind */
COLLECTION(a) = {
	RELATION(b, b, .on_delete = CASCADE, .on_update = RESTRICT),
	RELATION(self, a, .on_delete = SET_NULL, .index = true),
};

COLLECTION(b, .id = ID_UUID) = {
	RELATION(c, c, .required = true, .unique = true),
};

COLLECTION(c, .id = ID_NONE) = {
	TEXT(code, .max = 10, .primary_key = true),
	RELATION(a, a, .column = "back", .constraint = "c_to_a"),
	RELATION(b, b, .on_delete = NO_ACTION),
};

COLLECTION(details, .id = ID_NONE) = {
	RELATION(a, a, .primary_key = true, .on_delete = CASCADE),
	TEXT(text),
};

COLLECTION(more) = {
	RELATION(detail, details),
	RELATION(user, users, .references = "email"),
	ENUM(kind, .values = VALUES("x", "y"), .unique = true),
};

COLLECTION(users) = {
	TEXT(email, .unique = true, .max = 200),
	HAS_MANY(followers, users, .through = "follows", .from = "followed",
	    .to = "follower"),
	HAS_MANY(follows, users, .through = "follows", .from = "follower",
	    .to = "followed"),
	HAS_MANY(more, more),
};

COLLECTION(follows, .id = ID_NONE, .no_timestamps = true) = {
	RELATION(follower, users),
	RELATION(followed, users),
	PRIMARY_KEY(.on = {"followed", "follower"}),
};
