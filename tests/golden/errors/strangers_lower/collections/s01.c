#include <deesse/dsl.h>

COLLECTION(s01) = { TEXT(t .required = true) };
