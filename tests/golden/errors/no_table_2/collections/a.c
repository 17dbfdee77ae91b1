#include <deesse/dsl.h>

MODEL(a) = { TEXT(t) };
