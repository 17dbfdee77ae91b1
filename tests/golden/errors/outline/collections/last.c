#include <deesse/dsl.h>

COLLECTION(last) = {
	TEXT(title)

COLLECTION(next) = { TEXT(title) };
