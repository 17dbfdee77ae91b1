#include <deesse/dsl.h>

COLLECTION(parens) = (
	TEXT(a),
);
