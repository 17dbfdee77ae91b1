#include <deesse/dsl.h>

COLLECTION(s14, "A") = { TEXT(t) };
