#include <deesse/dsl.h>

COLLECTION(semicolons) = {
	TEXT(a);
	TEXT(b);
};
