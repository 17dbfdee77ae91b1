#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(title, .default_value = NOW),
	TIMESTAMP(at, .default_value = NOW),
	TIMESTAMP(b, .default_value = "now"),
};
