#include <deesse/dsl.h>

COLLECTION(beside) = {
	TEXT(a),
	VIEW(v, .sql = "SELECT 1"),
	COLLECTION(x) = { TEXT(b) },
};
