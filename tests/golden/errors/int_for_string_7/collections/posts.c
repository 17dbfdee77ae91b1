#include <deesse/dsl.h>

COLLECTION(posts) = {
	INTEGER(m, .default_value = 7),
};
