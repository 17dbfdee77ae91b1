#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(),
	INTEGER(.min = "0"),
};
