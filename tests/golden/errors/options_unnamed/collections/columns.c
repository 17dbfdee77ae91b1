#include <deesse/dsl.h>

COLLECTION(columns) = {
	TEXT(a),
	UNIQUE(u, .on = {"a", "a"}),
	UNIQUE(v, "a"),
	UNIQUE(w, .columns = {"a"}),
};
