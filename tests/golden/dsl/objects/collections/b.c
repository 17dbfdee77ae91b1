#include "types.h"

IGNORE("log_*");

COLLECTION(desks, .force_row_security = true, .only = POSTGRES) = {
	RELATION(person, people, .unique = true, .deferred = true),
	ENUM(moods, .type = mood, .array = true),
};

COLLECTION(desks_lite, .table = "desks", .only = SQLITE) = {
	RELATION(person, people, .unique = true, .match = "full"),
	ENUM(mood, .type = "mood"),
};
