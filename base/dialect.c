/* dialect - the two languages that databases speak here */
#include "base/dialect.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *name;
	enum dialect dialect;
} names[] = {
	{ "sqlite", DIALECT_SQLITE },
	{ "postgres", DIALECT_POSTGRES },
	{ "sqlite3", DIALECT_SQLITE },
	{ "postgresql", DIALECT_POSTGRES },
};

const char *
dialect_name(enum dialect d)
{
	return names[d].name;
}

bool
dialect_parse(enum dialect *d, const char *name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (strcmp(names[i].name, name))
			continue;
		*d = names[i].dialect;
		return true;
	}
	return false;
}
