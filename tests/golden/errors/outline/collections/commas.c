#include <deesse/dsl.h>

COLLECTION(commas) = {
	TEXT(a),,
	TEXT(b),
};
