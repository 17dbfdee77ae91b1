#include <deesse/dsl.h>

COLLECTION(s22) = { TEXT(t, .comment = “x”) };
