#include <deesse/dsl.h>

COLLECTION(shops) = {
	ENUM(state, .type = shop_state),
	ENUM_TYPE(inside, VALUES("a")),
};
