#include <deesse/dsl.h>

COLLECTION(t05) = { TEXT(t), KEY(t) };
