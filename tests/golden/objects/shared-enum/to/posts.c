#include <deesse/dsl.h>

ENUM_TYPE(state, VALUES("draft", "sent", "read"));

COLLECTION(posts, .no_timestamps = true) = {
	ENUM(state, .type = state),
	ENUM(before, .type = state),
	INDEX(sent, .on = {"id"}, .where = "state = 'sent'"),
};

COLLECTION(letters, .no_timestamps = true) = {
	ENUM(state, .type = state),
};
