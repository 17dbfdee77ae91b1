#include <deesse/dsl.h>

COLLECTION(between) = {
	TEXT(name),
};
foo;

COLLECTION(next) = {
	TEXT(name),
};
"text";
)
