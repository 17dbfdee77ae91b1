#include <deesse/dsl.h>

COLLECTION(tags) = {
	TEXT(a), TEXT(b),
	UNIQUE(.on = {"a", "b"}),
	INDEX(.on = {"a"}),
};
