#include <deesse/dsl.h>

COLLECTION(chars) = {
	TEXT(a, .default_value = 'x'),
	TEXT(b, .default_value = 'draft'),
};
