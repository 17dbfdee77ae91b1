#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(content),
	PERMISSIONS(.read = EVERYONE),
};
