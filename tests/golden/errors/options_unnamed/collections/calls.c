#include <deesse/dsl.h>

static int n = 3;
COLLECTION(calls) = {
	TEXT(a, .max = twice(3)),
	TEXT(b, .max = n),
	TEXT(c, .max = ({ 3; })),
	ENUM(d, .values = VALUE("a")),
	INDEX(e, .on = {DECS("a")}),
	INDEX(f, .on = {a}),
	TEXT,
};
