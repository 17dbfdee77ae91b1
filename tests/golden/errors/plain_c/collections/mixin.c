#include <deesse/dsl.h>

#define MONEY(name, ...) DECIMAL(name, .scale = 2, .precision = 9, __VA_ARGS__)
COLLECTION(mixin) = {
	MONEY(paid),
	MONEY(due, .required = true),
};
