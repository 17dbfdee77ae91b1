#include <deesse/dsl.h>

COLLECTION(s02) = { RELATION(b, "users") };
