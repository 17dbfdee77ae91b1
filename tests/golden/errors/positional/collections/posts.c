#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(title, 1, 100),
};
