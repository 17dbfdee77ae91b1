#include <deesse/dsl.h>

COLLECTION(t04) = { TEXT(t), FOREIGN_KEY(t, t04_users) };
COLLECTION(t04_users) = { TEXT(t) };
