#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(1st),
	TEXT(NOW),
	TEXT(DESC),
	TEXT(my-title),
	TEXT(my title),
};
