#include <deesse/dsl.h>

#include "a.h"
COLLECTION(posts) = { TEXT(a) };
