#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(content),
	TEXT(title, .max = 1, .max = 2),
};
