#include <deesse/dsl.h>

COLLECTION(posts) = {
	ENUM(a),
	ENUM(b, .values = VALUES("x", "x")),
	ENUM(c, .values = VALUES("x", "y"), .values_was = WAS("z")),
	ENUM(d, .values = VALUES("x", "y"), .values_was = WAS("w", "z")),
	ENUM(e, .values = "x"),
};
