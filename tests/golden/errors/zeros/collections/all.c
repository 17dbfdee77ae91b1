#include <deesse/dsl.h>

#include "shared.h"

#define CUT "a\0b" /* "\0" in a comment */
#define WHOLE "\0601\x00a\\0"

static const char plain[] = "a\0b";

COLLECTION(users) = {
	TEXT(a, .default_value = "x\0y"),
	NAMED(g),
	TEXT(b, .default_value = CUT),
	TEXT(c, .comment = "b\000c"),
	TEXT(d, .default_value = WHOLE),
	CHECK(e, "a <> '\x0'"),
	ENUM(f, .values = VALUES("a\00", "b")),
};

VIEW(v, .sql = "SELECT 1\0");
