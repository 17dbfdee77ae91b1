#include <deesse/dsl.h>

COLLECTION(users) = { TEXT(name) };
COLLECTION(words) = {
	RELATION(author, users, .on_delete = CASCAD),
	TEXT(t, .required = ture),
	DATE(d, .default_sql = TODY),
};
