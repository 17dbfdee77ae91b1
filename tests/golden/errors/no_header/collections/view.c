#include <stddef.h>
COLLECTION(view) = {
	TEXT(a),
};
