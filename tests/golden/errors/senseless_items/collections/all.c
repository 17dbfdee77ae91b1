#include <deesse/dsl.h>

ENUM_TYPE(mood, VALUES("good", "bad"), .was = "mood",
    .values_was = WAS("good", "bad"));

COLLECTION(posts) = {
	ENUM(state, .values = VALUES("draft", "published"),
	    .values_was = WAS("draft", "published")),
	ENUM(kind, .values = VALUES("a", "b"),
	    .values_was = WAS("x", "a", "x", "b")),
	HOOKS(.before_create = "no function", .after_read = ""),
};

