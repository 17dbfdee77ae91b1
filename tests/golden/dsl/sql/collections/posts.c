#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(title),
	INTEGER(views, .default_value = "0"),
};
