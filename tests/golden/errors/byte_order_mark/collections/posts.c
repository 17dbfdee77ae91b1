#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(a, .mx = 3),
};
