#include <deesse/dsl.h>

ENUM_TYPE(s20_e, "a", "b");
COLLECTION(s20) = { ENUM(x, .type = s20_e) };
