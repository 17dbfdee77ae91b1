#include <deesse/dsl.h>

COLLECTION(t09) = { TEXT(t), PERMISSIONS(.read = OWNER("t")) };
