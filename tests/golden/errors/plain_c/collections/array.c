#include <deesse/dsl.h>

int n = 3;
int a[n];
COLLECTION(array) = { TEXT(a) };
