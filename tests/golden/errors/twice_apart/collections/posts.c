#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(title),
};

COLLECTION(users) = {
	TEXT(title),
};
