#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(content),
	TEXT(title)
	INTEGER(views),
	TEXT(slug, .maks = 3),
};
