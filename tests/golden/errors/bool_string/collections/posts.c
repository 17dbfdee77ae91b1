#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(content),
	TEXT(title, .required = "yes"),
};
