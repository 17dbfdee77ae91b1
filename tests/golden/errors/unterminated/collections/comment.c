#include <deesse/dsl.h>

COLLECTION(comment) = {
	TEXT(a), /* why
};
