#include <deesse/dsl.h>

COLLECTION(users, .label = "People who can sign in") = {
	TEXT(email, .max = 254, .required = true, .unique = true),
	TEXT(password_hash, .required = true, .hidden = true),
	BOOLEAN(active, .required = true, .default_value = "true"),
	TIMESTAMP(last_login_at),
	HAS_MANY(sessions, sessions, .by = "user"),
	HAS_MANY(roles, roles, .through = "user_roles"),
};

COLLECTION(roles) = {
	TEXT(name, .max = 40, .required = true, .unique = true),
	HAS_MANY(users, users, .through = "user_roles"),
};

COLLECTION(user_roles, .id = ID_NONE, .no_timestamps = true) = {
	RELATION(user, users, .on_delete = CASCADE, .required = true),
	RELATION(role, roles, .on_delete = CASCADE, .required = true),
	PRIMARY_KEY(.on = {"user", "role"}),
};
