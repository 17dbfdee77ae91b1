#include <deesse/dsl.h>

EXTENSION("hstore");
ENUM_TYPE(empty, VALUES());
SEQUENCE(no, .begin = "1");
VIEW(v, "SELECT 1");

COLLECTION(b) = { TEXT(x) };
