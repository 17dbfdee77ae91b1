#include <deesse/dsl.h>

COLLECTION(posts, .id = ID_NONE) = {
	TEXT(a),
};
COLLECTION(q, .id = UUID) = { TEXT(a) };
COLLECTION(r, .id = "uuid") = { TEXT(a) };
