#include <deesse/dsl.h>

COLLECTION(sessions, .id = ID_UUID) = {
	RELATION(user, users, .on_delete = CASCADE, .required = true),
	TEXT(token_hash, .required = true, .unique = true),
	TIMESTAMP(expires_at, .required = true),
	TEXT(user_agent, .max = 400),
	INDEX(by_expiry, .on = {"expires_at"}),
};

COLLECTION(password_resets, .id = ID_UUID) = {
	RELATION(user, users, .on_delete = CASCADE, .required = true),
	TEXT(token_hash, .required = true, .unique = true),
	TIMESTAMP(expires_at, .required = true),
	TIMESTAMP(used_at),
};
