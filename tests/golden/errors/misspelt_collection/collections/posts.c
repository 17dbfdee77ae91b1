#include <deesse/dsl.h>

COLECTION(posts) = {
	TEXT(title),
};
