#include <deesse/dsl.h>

COLLECTION(posts, .lable = "x") = {
	TEXT(content),
};
