#include <deesse/dsl.h>

COLLECTION(lists) = {
	TEXT(tags, .array = true, .default_value = "[]"),
	TEXT(x, .was = VALUES("a")),
	TEXT(y, .was = {"a", "b"}),
};
