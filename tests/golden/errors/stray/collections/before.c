#include <deesse/dsl.h>

foo COLLECTION(before) = {
	TEXT(name),
};
