#include <deesse/dsl.h>

COLLECTION(t06) = { DATE(t, .default_sql = "NOW") };
