#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(a, .default_sql = NOWW),
	TEXT(b, .max = sizeof(nothing)),
};
