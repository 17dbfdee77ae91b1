#include <deesse/dsl.h>

COLLECTION(s10) = { TEXT(t), INDEX(i, .on = {DESC(t)}) };
