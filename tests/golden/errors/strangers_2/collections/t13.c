#include <deesse/dsl.h>

#define LIMIT 10;
COLLECTION(t13) = { TEXT(t, .max = LIMIT) };
