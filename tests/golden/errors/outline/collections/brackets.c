#include <deesse/dsl.h>

COLLECTION(brackets) = [
	TEXT(a),
];
