#include <deesse/dsl.h>

COLLECTION(t03) = { TEXT(t), CONSTRAINT(c, "t <> ''") };
