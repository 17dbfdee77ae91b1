/* portable - expressions that each dialect says in its own way */
#include "sql/portable.h"

#include <string.h>

#include "sql/lang.h"

static const char *const words[PORTABLE_COUNT] = {
	[PORTABLE_NOW] = "NOW",
	[PORTABLE_TODAY] = "TODAY",
	[PORTABLE_UUID] = "NEW_UUID",
};

const char *
sql_portable(enum dialect d, enum portable p)
{
	return sql_lang(d)->portable[p];
}

const char *
sql_portable_word(enum dialect d, const char *text)
{
	for (int p = 0; text && p < PORTABLE_COUNT; p++)
		if (!strcmp(text, sql_portable(d, p)))
			return words[p];
	return NULL;
}
