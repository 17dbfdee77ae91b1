#include <deesse/dsl.h>

COLLECTION(s23) = { TEXT(t, .max = 99999999999999999999) };
