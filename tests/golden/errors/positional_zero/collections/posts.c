#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(title, 0),
	CHECK(listed, "title IN ('a', 0)"),
};
