#include <deesse/dsl.h>

COLLECTION(posts, .comment = "what is written") = {
	TEXT(title),
};
