#include <deesse/dsl.h>

COLLECTION(s04) = { TEXT(t), INDEX(i, .on = {"t DESC"}) };
