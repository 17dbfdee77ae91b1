#include <deesse/dsl.h>
#include "mixin.h"

COLLECTION(a) = {
	TENANT,
};
