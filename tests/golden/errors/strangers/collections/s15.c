#include <deesse/dsl.h>

COLLECTION(s15) = { DECIMAL(p, 10, 2) };
