#include <deesse/dsl.h>

#include "posts.c"
COLLECTION(posts) = { TEXT(a) };
