#include <deesse/dsl.h>

COLLECTION(t01) = { RELATION(u, t01_users, CASCADE) };
COLLECTION(t01_users) = { TEXT(t) };
