#include <deesse/dsl.h>

COLLECTION(quote) = {
	TEXT(a, .default_value = "x),
};
