#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(content),
	STRING(title),
	INTEGR(views),
	FROBNICATE(x),
};
