#include <deesse/dsl.h>

COLLECTION(brace_close) = {
	TEXT(title),
;

COLLECTION(a) = { TEXT(x) };
