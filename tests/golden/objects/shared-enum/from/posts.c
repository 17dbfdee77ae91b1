#include <deesse/dsl.h>

ENUM_TYPE(state, VALUES("draft", "sent", "gone"));

COLLECTION(posts, .no_timestamps = true) = {
	ENUM(state, .type = state, .default_value = "draft"),
	ENUM(before, .type = state),
	INDEX(sent, .on = {"id"}, .where = "state = 'sent'"),
	CHECK(moved, "state <> 'gone' OR before = 'sent'"),
};

COLLECTION(letters, .no_timestamps = true) = {
	ENUM(state, .type = state),
};
