#include <deesse/dsl.h>

COLLECTION(options) = {
	TEXT(title, .required = true .max = 3),
};
