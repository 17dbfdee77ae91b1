#include <deesse/dsl.h>

VIEW(s18_v, "SELECT 1");
COLLECTION(s18) = { TEXT(t) };
