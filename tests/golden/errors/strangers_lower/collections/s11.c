#include <deesse/dsl.h>

COLLECTION(s11) = { TEXT(t), INDEX(i, .on = {"lower(t)"}) };
