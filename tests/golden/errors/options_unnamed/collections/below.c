#include <deesse/dsl.h>

COLLECTION(below) = {
	ENUM(a, .type = state),
};
ENUM_TYPE(state, VALUES("x"));
