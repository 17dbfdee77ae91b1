#include <deesse/dsl.h>

COLLECTION(t02) = { MANY_TO_MANY(users, t02_users) };
COLLECTION(t02_users) = { RELATION(a, t02) };
