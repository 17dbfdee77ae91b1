#include <deesse/dsl.h>

COLLECTION(t12) = { TEXT(t), EXCLUDE(e, .on = {WITH("t")}, .only = POSTGRES) };
