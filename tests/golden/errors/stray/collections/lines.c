#include <deesse/dsl.h>

foo bar
COLLECTION(lines) = {
	TEXT(name),
};
