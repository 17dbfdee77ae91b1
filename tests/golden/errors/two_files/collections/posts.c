#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(title, .maks = 3),
};
