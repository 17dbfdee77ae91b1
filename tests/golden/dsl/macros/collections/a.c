#include <deesse/dsl.h>

#include "mixins.h"

#define LIMIT 10
#define \
	STATES "new", "paid"

/* a comment with #define NOTHING in it */
COLLECTION(a) = {
	TENANT,
	TEXT(title, .max = LIMIT),
	ENUM(state, .values = VALUES(STATES)),
#ifdef DEESSE_SQLITE
	TEXT(only_here),
#endif
	TEXT(pg, .only = POSTGRES),
	TEXT(lite, .only = SQLITE),
};

COLLECTION(tenants) = {
	TEXT(name),
};

COLLECTION(elsewhere, .only = POSTGRES) = {
	TEXT(name),
};
