#include <deesse/dsl.h>

#warning "not for you"
COLLECTION(warning) = { TEXT(a) };
