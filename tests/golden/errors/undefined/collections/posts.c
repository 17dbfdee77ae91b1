#include <deesse/dsl.h>

extern const char somewhere[];

COLLECTION(posts) = {
	TEXT(title, .comment = somewhere),
};
