#include <deesse/dsl.h>

COLLECTION(s16) = { JSON(j, .default_value = {}) };
