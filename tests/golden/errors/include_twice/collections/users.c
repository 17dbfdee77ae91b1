#include <deesse/dsl.h>

COLLECTION(users) = { TEXT(name) };
