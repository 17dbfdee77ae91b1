#include <deesse/dsl.h>

COLLECTION(values) = {
	ENUM(s, .values = "draft"),
	ENUM(t, .values = {"a", "b"}),
	ENUM(u, "a", "b"),
};
