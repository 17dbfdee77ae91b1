#include <deesse/dsl.h>

COLLECTION(posts) = {
	INTEGER(views),
	CHECK(positive),
};
