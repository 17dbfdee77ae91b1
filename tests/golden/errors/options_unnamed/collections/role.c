#include <deesse/dsl.h>

COLLECTION(role) = {
	TEXT(a),
	PERMISSIONS(.read = ROLE),
};
