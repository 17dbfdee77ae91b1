#include <deesse/dsl.h>

COLLECTION(equals) = {
	TEXT(b, .max == 3),
	TEXT(c, .length = 3, .not_null = true),
};
