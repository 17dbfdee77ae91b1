#include <deesse/dsl.h>

ENUM_TYPE(t08_e, VALUES("a"));
ENUM_TYPE(t08_e, VALUES("a"));
COLLECTION(t08) = { TEXT(t) };
