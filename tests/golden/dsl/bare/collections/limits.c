#include <deesse/dsl.h>

/* What <stdint.h> and <stddef.h> hold, which the header includes. */
COLLECTION(limits) = {
	TEXT(short_text, .max = INT16_MAX, .comment = NULL),
	BLOB(key, .max = sizeof(uint64_t) * 4),
	INTEGER(bits, .bits = (int)sizeof(int32_t) * 8, .required = true),
};
