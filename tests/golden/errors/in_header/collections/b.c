#include <deesse/dsl.h>
#include "mixin.h"

COLLECTION(b) = {
	TENANT,
};
