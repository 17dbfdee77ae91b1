#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(title, .min = 1),
	CHECK(title_check, "title <> 'x'"),
	CHECK(second, "1 = 1"),
	CHECK(second, "2 = 2"),
};
