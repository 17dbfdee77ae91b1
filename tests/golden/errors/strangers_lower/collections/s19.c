#include <deesse/dsl.h>

VIEW(s19_v, .sql = "SELEC 1");
COLLECTION(s19) = { TEXT(t) };
