#include <deesse/dsl.h>

#define LIMIT 10

COLLECTION(posts) = {
	BOOLEAN(bool),
	INTEGER(LIMIT),
	INTEGER(_Bad),
};
