#include <deesse/dsl.h>

COLLECTION(colon) = {
	TEXT(a, max: 3),
	TEXT(b, max = 3),
	TEXT(d, required),
	TEXT(e, .required),
};
