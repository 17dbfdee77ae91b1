#include <deesse/dsl.h>

COLLECTION(posts) = {
	TEXT(content, .max = 10),
	TEXT(title, .max = 1.5),
#if 0
	TEXT(left_out, .max = 2.5),
#endif
};
