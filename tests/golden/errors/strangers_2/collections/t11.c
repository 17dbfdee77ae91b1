#include <deesse/dsl.h>

COLLECTION(t11) = { TEXT(t), INDEX(i, .on = {OPS("t")}) };
