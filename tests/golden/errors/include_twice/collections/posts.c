#include <deesse/dsl.h>

#include "users.c"
COLLECTION(posts) = { RELATION(author, users) };
