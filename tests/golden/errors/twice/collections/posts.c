#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(title),
};

COLLECTION(posts) = {
	TEXT(body),
};
