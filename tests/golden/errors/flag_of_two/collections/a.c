#include <deesse/dsl.h>

COLLECTION(a) = {
	TEXT(one, .unique = 1),
	TEXT(two, .unique = 2),
};
