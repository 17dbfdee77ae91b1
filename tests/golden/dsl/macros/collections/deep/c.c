#include <deesse/dsl.h>

static const int hint = 3;

COLLECTION(c) = {
	TEXT(title),
};
