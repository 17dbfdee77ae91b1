#include <deesse/dsl.h>

COLLECTION(s08) = { TEXT(t), CHECK(c, "t <> '' -- no") };
