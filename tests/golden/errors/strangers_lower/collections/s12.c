#include <deesse/dsl.h>

COLLECTION(s12) = { TEXT(t), INDEX(i, .on = {"t"}, .where = "t ==") };
