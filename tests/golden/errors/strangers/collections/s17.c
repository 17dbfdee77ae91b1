#include <deesse/dsl.h>

COLLECTION(s17) = { DATE(d, .default_sql = TODAY()) };
