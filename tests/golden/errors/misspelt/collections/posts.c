#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(content),
	TEXT(title, .requierd = true,
	    .maxx = 3),
	INTEGER(views, .indx = true),
};
