#include <deesse/dsl.h>

/* Grьяe */
COLLECTION(comment) = { TEXT(a) }; // д
