#include <deesse/dsl.h>

int f(void);
static int x = f();
COLLECTION(call) = { TEXT(a) };
