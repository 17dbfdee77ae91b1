#include <deesse/dsl.h>

static int helper(int x)
{
	return x;
}
struct pair {
	int a, b;
};
typedef int number;
static const number three = 3;
number four = 4;
foo COLLECTION(plain) = {
	TEXT(name),
};
