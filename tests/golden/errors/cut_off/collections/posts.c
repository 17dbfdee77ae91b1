#include <deesse/dsl.h>

int x[