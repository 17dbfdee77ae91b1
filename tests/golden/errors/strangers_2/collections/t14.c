#include <deesse/dsl.h>

#define BASE TEXT(t) TEXT(u)
COLLECTION(t14) = { BASE };
