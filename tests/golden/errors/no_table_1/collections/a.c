#include <deesse/dsl.h>

TABLE(a) = { TEXT(t) };
