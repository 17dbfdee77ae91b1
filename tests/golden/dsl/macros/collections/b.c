#include <deesse/dsl.h>

#include "mixins.h"

#define LIMIT 20
#define STATES "open", "closed"

/* nobody else may see it, and it clashes with another in one unit */
static const char *const hint = "twenty";

COLLECTION(b) = {
	TENANT,
	TEXT(title, .max = LIMIT, .comment = "twenty"),
	ENUM(state, .values = VALUES(STATES)),
};
