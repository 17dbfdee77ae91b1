#include <deesse/dsl.h>

COLLECTION(defaults) = {
	INTEGER(n, .default_value = "abc"),
	BOOLEAN(b, .default_value = "yes"),
	DATE(d, .default_value = "2026-02-30"),
	INTEGER(m, .default_value = 3),
	BOOLEAN(c, .default_value = true),
	TEXT(e, .max = 2, .default_value = "abc"),
};
