#include <deesse/dsl.h>

COLLECTION(t10) = { TEXT(t), POLICY(p, "true") };
