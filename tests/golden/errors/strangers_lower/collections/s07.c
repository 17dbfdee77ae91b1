#include <deesse/dsl.h>

COLLECTION(s07) = { TEXT(t), CHECK(c, "t = 1; DROP TABLE a") };
