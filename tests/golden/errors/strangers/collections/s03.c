#include <deesse/dsl.h>

COLLECTION(s03) = { ENUM(s, VALUES("a", "b")) };
