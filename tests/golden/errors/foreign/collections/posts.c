#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(content),
	TEXT(title, .on_delete = CASCADE),
};
