#include <deesse/dsl.h>

COLLECTION(s06) = { TEXT(t), CHECK(c, "t <> ") };
