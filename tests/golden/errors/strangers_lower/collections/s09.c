#include <deesse/dsl.h>

COLLECTION(s09) = { TEXT(t), CHECK(c, "select 1") };
