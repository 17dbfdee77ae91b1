#include <deesse/dsl.h>

COLLECTION(name) = {
	TEXT(grüße),
};