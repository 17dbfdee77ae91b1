#include <deesse/dsl.h>

COLLECTION(t07) = { ENUM(s, .values = VALUES("a", NULL, "b")) };
