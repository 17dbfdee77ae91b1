#include <deesse/dsl.h>

COLLECTION(posts) = {
	INTEGER(n, .default_value = 0),
	INTEGER(m, .min = "0", .max = 0),
};
