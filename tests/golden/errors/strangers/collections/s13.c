#include <deesse/dsl.h>

COLLECTION(s13) = { TEXT(t), PRIMARY_KEY("t") };
